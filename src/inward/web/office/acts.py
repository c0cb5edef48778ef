"""Acts that many things have in common. What each does, and who may, stays with the thing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as __

from inward.kit.policy import Answer
from inward.parties import operations
from inward.parties.evidence import Shows
from inward.parties.operations import Source
from inward.web.office import fields
from inward.web.office.declaring import Act, Doing, Effect, Field, Looking, Text

_END = __("End")
_ADD_FILE = __("Add a file")


def ending(
    *,
    lead: Text,
    do: Callable[[Doing], str],
    may: Callable[[Looking, Any], Answer],
    label: Text = _END,
    fits: Callable[[Looking, Any], bool] = lambda _looking, _record: True,
    initial: Callable[[Looking, Any], Mapping[str, Any]] = lambda _looking, _record: {},
    effects: Callable[[Doing], Sequence[Effect]] = lambda _doing: (),
    keeps_evidence: bool = False,
) -> Act:
    """Give a dated thing its last day; ``do`` finds the day after it as ``valid_until``."""
    return Act(
        name="end",
        label=label,
        icon="x",
        lead=lead,
        form=(Field("valid_until", fields.last_day(__("Last day")), fields.day_before),),
        initial=initial,
        fits=fits,
        do=do,
        effects=effects,
        may=may,
        done=__("The last day is kept."),
        danger=True,
        keeps_evidence=keeps_evidence,
    )


def evidence(
    *,
    shows: Shows,
    may: Callable[[Looking, Any], Answer],
    fits: Callable[[Looking, Any], bool],
    name: str = "paper",
    label: Text = _ADD_FILE,
) -> Act:
    """Put a file to a fact that is known already. Where a page has several such, each has a name and a label of its own."""

    def done(doing: Doing) -> str:
        source = Source(doing.source, doing.evidence)
        operations.attach_evidence(by=doing.by, at=doing.at, shows=shows, code=doing.key, source=source)
        return doing.key

    return Act(
        name=name,
        label=label,
        icon="plus",
        lead=__("A file that shows it: a register, a contract, a minute. What is known stays as it is."),
        do=done,
        may=may,
        fits=lambda looking, record: settings.INWARD_EVIDENCE_MB > 0 and fits(looking, record),
        done=__("The file is kept."),
        keeps_evidence=True,
    )
