"""Confidential requests opened to read, in the office: by number, for a reason and a while; each reads her own openings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.core.terms import Reason
from inward.desk import operations, policy, things
from inward.desk.things import OpeningView
from inward.kit.policy import ALLOWED, Answer, refusal
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Effect, Fact, Field, Looking, Thing
from inward.web.office.things.desks import GROUP


def _may(looking: Looking, _record: Any = None) -> Answer:
    on = looking.at.date()
    return ALLOWED if policy.may_open_some_cases(looking.viewer, on=on) else refusal(Reason.of("case_not_to_open"))


def _over(row: OpeningView, at: datetime) -> bool:
    return row.ended_at is not None or row.ends_at <= at


def _page(looking: Looking, key: str) -> Detail:
    row = things.own_opening(viewer=looking.viewer, at=looking.at, reference=key)
    number = _("Request %(number)s") % {"number": row.number}
    return Detail(
        title=number,
        record=row,
        facts=(
            Fact(__("Opened at"), row.opened_at),
            Fact(__("Open until"), row.ended_at or row.ends_at),
            Fact(__("Reason"), row.reason),
        ),
        links=() if _over(row, looking.at) else (Link(reverse("request", args=[row.case]), number, "eye"),),
    )


def _open(doing: Doing) -> str:
    values = doing.values
    return operations.open_confidential(by=doing.by, at=doing.at, number=values["number"], reason=values["reason"])


def _end(doing: Doing) -> str:
    operations.end_confidential(by=doing.by, at=doing.at, opening=doing.key)
    return doing.key


def _effects(_doing: Doing) -> Sequence[Effect]:
    minutes = settings.INWARD_OPENING_MINUTES
    open_for = ngettext(
        "It is open to you for %(count)s minute, to read and not to act on.",
        "It is open to you for %(count)s minutes, to read and not to act on.",
        minutes,
    ) % {"count": formats.count(minutes)}
    told = _("Those who handle it are told at once that you opened it, and read your reason.")
    return (Effect(_("What follows"), (open_for, told), tone="warn"),)


THING = Thing(
    name="case-openings",
    group=GROUP,
    label=__("Confidential requests opened"),
    lead=__("What you opened to read, why, and until when."),
    icon="eye",
    may=_may,
    columns=(
        Column(__("Request"), lambda row: str(row.number)),
        Column(__("Opened at"), lambda row: row.opened_at, sort="opened"),
        Column(__("Open until"), lambda row: row.ended_at or row.ends_at),
    ),
    rows=lambda looking, params: things.own_openings(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.reference,
    page=_page,
    creates=(
        Act(
            name="open",
            label=__("Open a confidential request"),
            icon="eye",
            lead=__("Only when it must be. You need its number; what cannot be opened is answered alike."),
            form=(
                Field("number", fields.whole(__("Number of the request"), least=1)),
                Field(
                    "reason",
                    fields.area(__("Reason"), required=True, most=1000, help=__("Those who handle it read it.")),
                ),
            ),
            do=_open,
            effects=_effects,
            may=_may,
            done=__("The request is open to you for a while."),
            keeps_source=False,
            danger=True,
        ),
    ),
    acts=(
        Act(
            name="end",
            label=__("Close it again"),
            icon="x",
            do=_end,
            may=_may,
            fits=lambda looking, record: not _over(record, looking.at),
            done=__("It is closed again."),
            keeps_source=False,
        ),
    ),
)
