"""Words that several things have in common. No rules, no reads."""

from collections.abc import Iterable, Mapping
from typing import Any

from inward.access.vocabulary import Role
from inward.core.classification import WorkKind
from inward.kit import vocabularies
from inward.web.components import formats
from inward.web.office.declaring import Looking


def work_words(says: Mapping[str, Any]) -> str:
    """What a version says of somebody's work: "Shop assistant, Shop Centre, ABC Retail, full-time"."""
    kind = vocabularies.label("work_kind", says["kind"].value, formats.language())
    unit = "" if says["unit"] is None else says["unit"].name
    return ", ".join(
        part for part in (says["job_title"], unit, says["company"].name, kind, says["line_of_business"]) if part
    )


def work_kinds(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    """The kinds of work, to choose from."""
    language = formats.language()
    return [(kind.value, vocabularies.label("work_kind", kind.value, language)) for kind in WorkKind]


def role_name(role: Role) -> str:
    """What people call a role."""
    return vocabularies.label("role", role.value, formats.language())
