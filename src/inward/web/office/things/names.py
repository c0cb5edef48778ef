"""What companies and departments are called, and were on other days, in the office: both pages share it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.kit.policy import Answer
from inward.parties import operations, queries, register
from inward.parties.evidence import Shows
from inward.parties.operations import Source
from inward.web.components import formats
from inward.web.office import fields
from inward.web.office.acts import evidence
from inward.web.office.declaring import Act, Doing, Fact, Field, Looking, Version

NAME = Field("name", fields.text(__("Name")))
EVENTS = {
    "parties.attach_evidence": __("File added"),
    "parties.rename_party": __("Renamed"),
    "parties.correct_name": __("Name corrected"),
    "parties.take_name": __("New name taken"),
}


def facts(looking: Looking, code: str) -> Iterable[Fact]:
    """The names of other days, the latest first."""
    for period, name in reversed(queries.names_through(code)):
        if looking.on in period:
            continue
        first, last = period.start, period.last
        if first is not None and first > looking.on:
            said = _("%(name)s, from %(day)s") % {"name": name, "day": formats.short_day(first)}
        elif last is not None:
            said = _("%(name)s, until %(day)s") % {"name": name, "day": formats.short_day(last)}
        else:
            continue
        yield Fact(__("Called on other days"), said)


def versions(looking: Looking, code: str) -> Iterable[Version]:
    """What it was ever said to be called on which days, the latest knowledge first."""
    for each in register.name_versions(viewer=looking.viewer, at=looking.at, code=code, params={}).rows:
        said = _("called %(name)s") % {"name": each.says["name"]}
        yield Version(each.period, said, each.known_from, each.known_until, each.source, each.evidence)


def renaming(may: Callable[[Looking, Any], Answer]) -> Act:
    """A new name from a day on."""
    return Act(
        name="rename",
        label=__("Rename"),
        icon="edit",
        lead=__(
            "What people call it from a day on. The days before keep their name, and past orders and books show it."
        ),
        form=(NAME, Field("valid_from", fields.day(__("From"), required=False, help=__("Empty: today.")))),
        initial=lambda _looking, record: {"name": record.name},
        do=_rename,
        keeps_evidence=True,
        may=may,
        done=__("The new name is kept."),
    )


def correcting(may: Callable[[Looking, Any], Answer]) -> Act:
    """The name as it should have been written all along."""
    return Act(
        name="correct-name",
        label=__("Correct the name"),
        icon="edit",
        lead=__("The name was never written so. On all its days it is another."),
        form=(NAME,),
        initial=lambda _looking, record: {"name": record.name},
        do=_correct,
        keeps_evidence=True,
        may=may,
        done=__("The correction is kept."),
    )


def showing(may: Callable[[Looking, Any], Answer]) -> Act:
    """A file that shows the name of today."""
    return evidence(
        shows=Shows.NAME, may=may, name="name-paper", label=__("Add a file to the name"), fits=lambda *_: True
    )


def _rename(doing: Doing) -> str:
    values = doing.values
    operations.rename_party(
        by=doing.by,
        at=doing.at,
        party=doing.key,
        name=values["name"],
        valid_from=values["valid_from"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _correct(doing: Doing) -> str:
    operations.correct_name(
        by=doing.by,
        at=doing.at,
        party=doing.key,
        name=doing.values["name"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key
