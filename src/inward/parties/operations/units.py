"""Departments and teams open, move and close."""

from datetime import date, datetime

from django.db.models import Q

from inward.core.terms import Reason, Refusal
from inward.kit import outbox
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.records import correct
from inward.parties import policy
from inward.parties.announcements import UnitClosed, UnitMoved, UnitOpened
from inward.parties.changing import (
    NO_SOURCE,
    Source,
    changing,
    check_period,
    check_units,
    learned,
    new_party,
    note,
    party_of,
    said_by,
)
from inward.parties.models import Party, UnitPlacement, WorkRelationship
from inward.parties.vocabulary import PartyKind


def open_unit(
    *,
    by: Actor,
    at: datetime,
    code: str,
    name: str,
    company: str,
    parent: str | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    source: Source = NO_SOURCE,
) -> str:
    """Open a department or team of a company, below another unit of it or at its top; returns its code.

    1. Wait; refuse what policy refuses.                    3. Keep the party and its place.
    2. Refuse a taken or unusable code, a parent that is    4. Bump, audit, announce UnitOpened.
       not a unit of the company, days backwards.
    Raises Refused, Refusal, NotThere (no such company or parent).
    """
    with changing():
        home = party_of(company, PartyKind.COMPANY)
        require(policy.may_administer(by, companies=[company], on=at.date()))
        above = None if parent is None else party_of(parent, PartyKind.UNIT)
        unit = new_party(at, code, PartyKind.UNIT, name)
        place = UnitPlacement(
            unit=unit, company=home, parent=above, valid_from=valid_from, valid_until=valid_until, **learned(at, source)
        )
        check_period(valid_from, valid_until)
        place.save(force_insert=True)
        check_units()
        _note_unit(by, at, "open_unit", place, UnitOpened, source)
    return code


def move_unit(
    *,
    by: Actor,
    at: datetime,
    unit: str,
    company: str,
    parent: str | None,
    valid_from: date,
    source: Source = NO_SOURCE,
) -> None:
    """Place a unit elsewhere from a day on: below another unit, at the top, or in another company. Its id stays.

    1. Wait; refuse what policy refuses, at both ends.         3. End the place it has there and add the new one (on the
    2. Refuse a day on which it does not exist, a circle, and     first day of that place: correct it).
       a parent that is not a unit of that company.            4. Bump, audit, announce UnitMoved.
    Raises Refused, Refusal, NotThere (no such unit, company or parent).
    """
    with changing():
        place = _place_on(unit, valid_from)
        home = party_of(company, PartyKind.COMPANY)
        require(policy.may_administer(by, companies=sorted({company, place.company.code}), on=at.date()))
        above = None if parent is None else party_of(parent, PartyKind.UNIT)
        if parent == unit:
            raise Refusal(Reason.of("units_in_circle", unit=place.unit.name), where="parent")
        change = {"company": home, "parent": above, **said_by(source)}
        if place.valid_from == valid_from:
            moved = correct(place, at=at, **change)
        else:
            until = place.valid_until
            ended = correct(place, at=at, valid_until=valid_from)
            moved = UnitPlacement(unit=ended.unit, valid_from=valid_from, valid_until=until, known_from=at, **change)
            moved.save(force_insert=True)
        check_units()
        _note_unit(by, at, "move_unit", moved, UnitMoved, source)


def close_unit(*, by: Actor, at: datetime, unit: str, valid_until: date, source: Source = NO_SOURCE) -> None:
    """Close a unit: the day before ``valid_until`` is its last.

    1. Wait; refuse what policy refuses.                    3. Correct its last place.
    2. Refuse while units below it or people working in     4. Bump, audit, announce UnitClosed.
       it would outlive it, and an end before its start.
    Raises Refused, Refusal, NotThere (no such unit).
    """
    with changing():
        place = _last_place(unit)
        require(policy.may_administer(by, companies=[place.company.code], on=at.date()))
        check_period(place.valid_from, valid_until)
        _check_left(place.unit, valid_until)
        closed = correct(place, at=at, valid_until=valid_until, **said_by(source))
        note(by, at, "close_unit", unit, {"valid_until": valid_until.isoformat()}, source)
        outbox.announce(UnitClosed(unit, closed.company.code, valid_until.isoformat()), by=by, at=at)


def _places(unit: str) -> list[UnitPlacement]:
    """Where a unit stands, in order of days; NotThere for no unit."""
    found = party_of(unit, PartyKind.UNIT)
    placed = UnitPlacement.objects.current().filter(unit=found).select_related("unit", "company", "parent")
    return sorted(placed, key=lambda place: place.valid_from or date.min)


def _place_on(unit: str, day: date) -> UnitPlacement:
    """Where a unit stands on a day; Refusal when it does not exist then."""
    places = _places(unit)
    for place in places:
        if (place.valid_from is None or place.valid_from <= day) and (
            place.valid_until is None or day < place.valid_until
        ):
            return place
    first, last = places[0].valid_from, places[-1].valid_until
    reason = Reason.of("unit_not_open", unit=places[0].unit.name, on=day, since=first, until=last)
    raise Refusal(reason, where="valid_from")


def _last_place(unit: str) -> UnitPlacement:
    return _places(unit)[-1]


def _check_left(unit: Party, valid_until: date) -> None:
    """Refusal while something in the unit would outlive it."""
    later = Q(valid_until=None) | Q(valid_until__gt=valid_until)
    below = UnitPlacement.objects.current().filter(later, parent=unit).select_related("unit").first()
    if below is not None:
        reason = Reason.of("unit_has_units", unit=unit.name, below=below.unit.name)
        raise Refusal(reason, where="valid_until")
    staff = WorkRelationship.objects.current().filter(later, unit=unit).count()
    if staff:
        raise Refusal(Reason.of("unit_has_staff", unit=unit.name, count=staff), where="valid_until")


def _note_unit(
    by: Actor, at: datetime, act: str, place: UnitPlacement, told: type[UnitOpened | UnitMoved], source: Source
) -> None:
    starts = "" if place.valid_from is None else place.valid_from.isoformat()
    facts = {"company": place.company.code, "parent": place.parent and place.parent.code, "valid_from": starts}
    note(by, at, act, place.unit.code, facts, source)
    outbox.announce(told(place.unit.code, place.company.code, starts), by=by, at=at)
