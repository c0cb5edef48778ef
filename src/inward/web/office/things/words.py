"""Words that several things have in common. No rules, no reads."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as __

from inward.access.vocabulary import Role
from inward.core.classification import CompanyKind, RightKind, WorkKind, WorkState
from inward.kit import vocabularies
from inward.parties.deciding import Speaker
from inward.parties.vocabulary import SourceRank
from inward.web.components import formats
from inward.web.office import fields
from inward.web.office.declaring import Field, Looking


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


def speaker(said: Speaker) -> str:
    """Whose word a fact of ownership is: "own register", "gleif (public register, fully corroborated)"."""
    trusted = rank(said.rank.value)
    return f"{said.register} ({trusted})" if said.register else trusted


def rank(value: Any) -> str:
    """How far a source is trusted, in words; nothing said is one's own register."""
    return vocabularies.label("source_rank", str(value or SourceRank.OWN_REGISTER.value), formats.language())


def ranks(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    """How far a source may be trusted less than one's own register, the first most."""
    return [(each.value, rank(each.value)) for each in SourceRank if each is not SourceRank.OWN_REGISTER]


RANK = Field(
    "rank",
    fields.choice(__("How far the source is trusted"), ranks, required=False, none=__("Our own register")),
    rank,
)
"""On whose word a fact of ownership is recorded by hand."""


def rank_of(values: Mapping[str, Any]) -> SourceRank:
    """The rank that was chosen."""
    return SourceRank(values["rank"] or SourceRank.OWN_REGISTER)


def right_kinds(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    """The kinds of power over a company, to choose from."""
    return [(kind.value, right_kind(kind.value)) for kind in RightKind]


def right_kind(value: Any) -> str:
    """A kind of power, in words."""
    return vocabularies.label("right_kind", str(value), formats.language()) if value else ""


def company_kinds(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    """The sorts of companies, to choose from."""
    return [(kind.value, company_kind(kind.value)) for kind in CompanyKind]


def company_kind(value: Any) -> str:
    """A sort of company, in words."""
    return vocabularies.label("company_kind", str(value), formats.language()) if value else ""


def role_name(role: Role) -> str:
    """What people call a role."""
    return vocabularies.label("role", role.value, formats.language())


def work_states(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    """The states that somebody's work may be in, to choose among."""
    language = formats.language()
    return [(state.value, vocabularies.label("work_state", state.value, language)) for state in WorkState]
