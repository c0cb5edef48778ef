"""Outages that are open, things departments look after, and who opened a confidential case: read. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q, QuerySet

from inward.core.terms import Period, Reason, Refusal
from inward.desk import cases, policy
from inward.desk.cases import CaseRow
from inward.desk.casewords import UNDER_WAY, LinkKind
from inward.desk.models import CaseOpening, Equipment, EquipmentHeld, Outage
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.parties import queries as parties
from inward.parties.queries import Named

EQUIPMENT: Final = ListSpec(
    {"code": "code", "name": "name"},
    {"supplier": "supplier__code", "sort_of": "sort", "serial": "serial"},
    default="name",
)
OPENINGS: Final = ListSpec({"opened": "opened_at"}, {}, default="-opened")
LAST_CASES: Final = 20
_ROW: Final = ("queue", "supplier", "customer", "person", "owner")


@dataclass(frozen=True, slots=True)
class Banner:
    """What is shown where help is asked while an outage is open."""

    reference: str
    queue: Named
    supplier: Named
    words: str
    since: datetime


@dataclass(frozen=True, slots=True)
class HeldView:
    """Who has a thing, where, on which days."""

    holder: Named
    place: str
    period: Period
    known_from: datetime
    known_until: datetime | None


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A thing in a list."""

    code: str
    supplier: Named
    name: str
    sort: str
    serial: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ThingView:
    """A thing on its page: who has it on a day, everything that was said of that, and its last cases as far as the viewer sees them."""

    row: ThingRow
    now: HeldView | None
    held: tuple[HeldView, ...]
    cases: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class OpeningView:
    """That somebody (a subject key) had a confidential case open."""

    reference: str
    case: str
    number: int
    subject: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    ended_at: datetime | None


def banners(*, supplier: str | None = None) -> tuple[Banner, ...]:
    """The outages that are open, of a department or of all, the latest first. For everybody who asks for help."""
    rows = Outage.objects.filter(case__state__in=sorted(state.value for state in UNDER_WAY), case__confidential=False)
    if supplier is not None:
        rows = rows.filter(case__supplier__code=supplier)
    found = rows.select_related("case__queue", "case__supplier").order_by("-case__opened_at")
    return tuple(
        Banner(
            row.case.reference,
            Named(row.case.queue.code, row.case.queue.name),
            parties.named(row.case.supplier),
            row.words,
            row.case.opened_at,
        )
        for row in found
    )


def gathered(*, viewer: Actor, at: datetime, reference: str) -> tuple[CaseRow, ...]:
    """The cases an outage gathered, as far as the viewer sees them. NotThere out of bounds."""
    found = cases.visible(viewer, at).filter(reference=reference).first()
    if found is None:
        raise NotThere
    rows = cases.visible(viewer, at).filter(links__other=found, links__kind=LinkKind.CAUSED_BY.value)
    return tuple(map(cases.row_of, rows.select_related(*_ROW).order_by("id")))


def equipment(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[ThingRow]:
    """The things of departments the viewer keeps or serves for, and those she has herself."""
    rows = Equipment.objects.filter(_seen(viewer, at), closed_at=None).select_related("supplier").distinct()
    text = params.get("text", "").replace("\0", "").strip()
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(code__icontains=text) | Q(serial__icontains=text))
    return page(rows, EQUIPMENT, params).map(_row)


def thing(*, viewer: Actor, at: datetime, on: date, code: str) -> ThingView:
    """One thing, with its last cases. NotThere out of bounds."""
    found = Equipment.objects.filter(_seen(viewer, at), code=code).select_related("supplier").distinct().first()
    if found is None:
        raise NotThere
    rows = EquipmentHeld.objects.filter(equipment=found).select_related("holder").order_by("-known_from", "-id")
    held = [(row, _held(row)) for row in rows]
    now = next((view for row, view in held if row.known_until is None and on in row.period), None)
    last = cases.visible(viewer, at).filter(equipment=found).select_related(*_ROW).order_by("-id")[:LAST_CASES]
    return ThingView(_row(found), now, tuple(view for _, view in held), tuple(map(cases.row_of, last)))


def meant(*, viewer: Actor, at: datetime, typed: str) -> str:
    """The code of the one thing that is meant: by its code or serial number, or as the only one whose name has these words in it.

    Refusal where there is none, or where several fit.
    """
    rows = equipment(viewer=viewer, at=at, params={"text": typed}).rows
    known = [row.code for row in rows if typed in (row.code, row.serial)] or [row.code for row in rows]
    if not known:
        raise Refusal(Reason.of("thing_not_known", typed=typed), where="thing")
    if len(known) > 1:
        raise Refusal(Reason.of("things_fit", typed=typed), where="thing")
    return known[0]


def openings(*, viewer: Actor, at: datetime, reference: str) -> tuple[OpeningView, ...]:
    """Who opened a confidential case, the latest first, for those who handle it. NotThere for everybody else."""
    found = cases.visible(viewer, at).filter(reference=reference).first()
    if found is None or not policy.may_handle(viewer, case=cases.parties_of(viewer, at, found), on=at.date()):
        raise NotThere
    rows = CaseOpening.objects.filter(case=found).select_related("case").order_by("-opened_at")
    return tuple(map(_opening, rows))


def own_openings(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[OpeningView]:
    """What the viewer opened, the latest first. NotThere for whoever may open nothing."""
    return page(_opened_by(viewer, at), OPENINGS, params).map(_opening)


def own_opening(*, viewer: Actor, at: datetime, reference: str) -> OpeningView:
    """One of them. NotThere out of bounds."""
    found = _opened_by(viewer, at).filter(reference=reference).first()
    if found is None:
        raise NotThere
    return _opening(found)


def _opened_by(viewer: Actor, at: datetime) -> QuerySet[CaseOpening]:
    if not policy.may_open_some_cases(viewer, on=at.date()):
        raise NotThere
    return CaseOpening.objects.filter(subject=viewer.subject).select_related("case")


def _opening(row: CaseOpening) -> OpeningView:
    return OpeningView(
        row.reference,
        row.case.reference,
        row.case.number,
        row.subject,
        row.reason,
        row.opened_at,
        row.ends_at,
        row.ended_at,
    )


def _seen(viewer: Actor, at: datetime) -> Q:
    over = policy.procedures_read_by(viewer, on=at.date())
    if over is None:
        return Q(pk__isnull=False)
    own = EquipmentHeld.objects.current().on(at.date()).filter(holder__code=viewer.person or "")
    return Q(supplier__code__in=sorted(over)) | Q(pk__in=own.values("equipment_id"))


def _row(found: Equipment) -> ThingRow:
    supplier = parties.named(found.supplier)
    return ThingRow(found.code, supplier, found.name, found.sort, found.serial, found.closed_at)


def _held(row: EquipmentHeld) -> HeldView:
    return HeldView(parties.named(row.holder), row.place, row.period, row.known_from, row.known_until)
