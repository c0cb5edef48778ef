"""When companies and units work: their week from a day on, and days of their own. Dated, audited, never overwritten."""

from datetime import date, datetime
from typing import Any

from inward.core.terms import Reason, Refusal
from inward.kit import audit, clock, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.records import end, in_order, retract, take_over
from inward.parties import calendars, policy, queries
from inward.parties.changing import NO_SOURCE, Source, changing, learned, party_of, said_by, usable_name
from inward.parties.models import OwnDay, Party, WorkingWeek
from inward.parties.vocabulary import PartyKind
from inward.parties.weeks import Hours, Week, checked, checked_week, kept_hours


def set_working_week(
    *,
    by: Actor,
    at: datetime,
    party: str,
    week: Week,
    time_zone: str,
    holidays_of: str = "",
    region: str = "",
    valid_from: date | None = None,
    source: Source = NO_SOURCE,
) -> None:
    """From a day on, a company or unit works these hours; the week before ends the day before, one of that day is corrected.

    1. Wait; refuse what policy refuses.                       3. End or correct what it had, keep the new.
    2. Refuse hours out of order, a week without hours, a      4. Bump, audit.
       zone or holidays nobody knows, no day while one runs.
    Raises Refused, Refusal, NotThere (no such company or unit).
    """
    with changing():
        found = _kept(by, at, party)
        hours = checked_week(week)
        if time_zone not in clock.zones():
            raise Refusal(Reason.of("zone_not_known", time_zone=time_zone), where="time_zone")
        calendars.check_holidays(holidays_of, region)
        fresh = WorkingWeek(
            party=found,
            hours={day: kept_hours(spans) for day, spans in hours.items() if spans},
            time_zone=time_zone,
            holidays_of=holidays_of,
            region=region,
            **learned(at, source),
        )
        take_over(_weeks(found), fresh, since=valid_from, at=at)
        _note(by, at, "set_working_week", party, {"valid_from": valid_from, "source": source.text})


def end_working_week(*, by: Actor, at: datetime, party: str, valid_until: date, source: Source = NO_SOURCE) -> None:
    """From ``valid_until`` on a unit has the week of what is above it again, and a company none.

    1. Wait; refuse what policy refuses, and an end before its start.  2. End what it has.  3. Bump, audit.
    Raises Refused, Refusal, NotThere (no such company or unit, or no week of its own).
    """
    with changing():
        found = _kept(by, at, party)
        running = _weeks(found)
        if not running:
            raise NotThere
        end(running, until=valid_until, at=at, **said_by(source))
        _note(by, at, "end_working_week", party, {"valid_until": valid_until, "source": source.text})


def set_own_day(
    *, by: Actor, at: datetime, party: str, day: date, name: str, hours: Hours = (), source: Source = NO_SOURCE
) -> None:
    """On this day a company or unit works other hours than its week says, or none; said anew, it is corrected.

    1. Wait; refuse what policy refuses, no name, hours out of order.  2. Keep the day.  3. Bump, audit.
    Raises Refused, Refusal, NotThere (no such company or unit).
    """
    with changing():
        found = _kept(by, at, party)
        spans, called = checked(hours, "hours"), usable_name(name)
        before = OwnDay.objects.current().filter(party=found, day=day).first()
        known_from = at if before is None else retract(before, at=at)
        fresh = OwnDay(party=found, day=day, name=called, hours=kept_hours(spans), **learned(known_from, source))
        fresh.save(force_insert=True)
        _note(by, at, "set_own_day", party, {"day": day, "name": called, "source": source.text})


def remove_own_day(*, by: Actor, at: datetime, party: str, day: date, source: Source = NO_SOURCE) -> None:
    """On this day a company or unit works as its week says after all.

    1. Wait; refuse what policy refuses.  2. Believe the day no more.  3. Bump, audit.
    Raises Refused, NotThere (no such company or unit, or no such day of its own).
    """
    with changing():
        found = _kept(by, at, party)
        before = OwnDay.objects.current().filter(party=found, day=day).first()
        if before is None:
            raise NotThere
        retract(before, at=at)
        _note(by, at, "remove_own_day", party, {"day": day, "source": source.text})


def _kept(by: Actor, at: datetime, code: str) -> Party:
    """The company or unit, when its calendar is the actor's to change; where a unit stands latest decides whose it is."""
    found = party_of(code, PartyKind.COMPANY, PartyKind.UNIT)
    company = code if found.kind == PartyKind.COMPANY.value else queries.world().unit[code][-1].company
    require(policy.may_administer(by, companies=[company], on=at.date()))
    return found


def _weeks(party: Party) -> list[WorkingWeek]:
    return in_order(WorkingWeek.objects.current().filter(party=party))


def _note(by: Actor, at: datetime, act: str, party: str, facts: dict[str, Any]) -> None:
    """Bump the calendars alone: the world does not change by hours. Audit under a name of their own."""
    versions.bump(calendars.VERSION)
    audit.record(by=by, at=at, act=f"parties.{act}", thing=f"{party} calendar", facts=facts)
