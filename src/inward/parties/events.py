"""What mergers, splits, new names and reorganisations there were, and what is meant by a line that moves somebody. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from inward.core.terms import Reason, Refusal
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.parties import policy, queries, register
from inward.parties.models import ChangeEvent, ChangePart
from inward.parties.papers import Evidence, told
from inward.parties.queries import Named
from inward.parties.vocabulary import EventKind, PartyKind

EVENTS = ListSpec({"day": "day"}, {"kind": "kind"}, default="-day")
ARROW = "="
"""Stands between who and where in a line that people type."""
PARTS_MAX = 20
"""So many units and companies of an event are told by name."""


@dataclass(frozen=True, slots=True)
class Part:
    """A unit or company an event was about, and its other end."""

    party: Named
    other: Named | None
    kind: PartyKind


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event: what, from which day, when it was entered and, if it was, taken back; whom it was about."""

    key: int
    kind: EventKind
    day: date
    entered_at: datetime
    undone_at: datetime | None
    source: str
    before: str
    after: str
    units: int
    people: int
    companies: tuple[str, ...]
    parts: tuple[Part, ...]
    evidence: Evidence | None = None


def events(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[EventRecord]:
    """The events that touched a company whose records the viewer looks after; three queries."""
    text = params.get("text", "").replace("\0", "").strip()
    rows = ChangeEvent.objects.select_related("evidence")
    mine = policy.calendars_kept_by(viewer, on=at.date())
    if mine is not None:
        about = ChangePart.objects.filter(Q(party__code__in=sorted(mine)) | Q(other__code__in=sorted(mine)))
        rows = rows.filter(pk__in=about.values("event"))
    if text:
        named = Q(party__name__icontains=text) | Q(party__code__icontains=text)
        rows = rows.filter(pk__in=ChangePart.objects.filter(named).values("event"))
    found = page(rows, EVENTS, params)
    parts = _parts([row.pk for row in found.rows])
    return found.map(lambda row: _record(row, parts.get(row.pk, ())))


def gone_up_in(company: str, *, on: date) -> str | None:
    """The company in which another has gone up by that day, the last where that one has gone up as well; None where it has not."""
    steps = queries.world().succeeded_by(company, on)
    return steps[-1].into if steps else None


def event(*, viewer: Actor, at: datetime, key: int) -> EventRecord:
    """One event. NotThere out of bounds."""
    row = ChangeEvent.objects.filter(pk=key).select_related("evidence").first()
    kept = row is not None and any(
        policy.may_administer(viewer, companies=[company], on=at.date()) for company in row.companies
    )
    if row is None or not kept:
        raise NotThere
    return _record(row, _parts([row.pk]).get(row.pk, ()))


def events_of(party: str) -> tuple[EventRecord, ...]:
    """The events that a unit or company was in and that were not taken back, the latest first. Whoever sees its page may."""
    keys = queries.keys()
    if party not in keys:
        return ()
    about = ChangePart.objects.filter(Q(party=keys[party]) | Q(other=keys[party])).values("event")
    events = ChangeEvent.objects.filter(pk__in=about, undone_at=None).select_related("evidence")
    rows = list(events.order_by("-day", "-id")[:PARTS_MAX])
    parts = _parts([row.pk for row in rows])
    return tuple(_record(row, parts.get(row.pk, ())) for row in rows)


def _parts(events: list[int]) -> dict[int, tuple[Part, ...]]:
    found: dict[int, list[Part]] = {}
    rows = ChangePart.objects.filter(event__in=events).select_related("party", "other").order_by("pk")
    for row in rows:
        other = None if row.other is None else Named(row.other.code, row.other.name)
        part = Part(Named(row.party.code, row.party.name), other, PartyKind(row.party.kind))
        found.setdefault(row.event_id, []).append(part)
    return {event: tuple(parts) for event, parts in found.items()}


def _record(row: ChangeEvent, parts: tuple[Part, ...]) -> EventRecord:
    return EventRecord(
        key=row.pk,
        kind=EventKind(row.kind),
        day=row.day,
        entered_at=row.entered_at,
        undone_at=row.undone_at,
        source=row.source,
        before=row.before,
        after=row.after,
        units=row.units,
        people=row.people,
        companies=tuple(row.companies),
        parts=parts,
        evidence=told(row.evidence),
    )


# --- what people type ------------------------------------------------------------------------------------------------------


def move_said(*, viewer: Actor, at: datetime, line: str) -> tuple[str, str]:
    """Who goes where, as codes, out of a line "who = where". Refusal for what is no such line, and a name of several or none."""
    who, mark, where = line.partition(ARROW)
    if not mark:
        raise Refusal(Reason.of("move_not_readable", line=line[:80]), where="moves")
    place = _meant(viewer, at, where.strip(), PartyKind.UNIT, PartyKind.COMPANY)
    return mover(viewer=viewer, at=at, typed=who.strip()), place


def mover(*, viewer: Actor, at: datetime, typed: str) -> str:
    """The code of the one person or unit that is meant by a code or a whole name. Refusal for several or none."""
    return _meant(viewer, at, typed, PartyKind.PERSON, PartyKind.UNIT)


def _meant(viewer: Actor, at: datetime, typed: str, *kinds: PartyKind) -> str:
    if queries.kind_of(typed) in kinds:
        return typed
    found = [party for kind in kinds for party in register.found_by_name(viewer=viewer, at=at, kind=kind, name=typed)]
    if len(found) != 1:
        raise Refusal(Reason.of("party_not_meant", typed=typed[:80], count=len(found)), where="moves")
    return found[0].code
