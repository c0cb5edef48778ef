"""Telling on the day that work, a holding, a household or a post is over, or a household begins: planned for that day's first instant where the company is.

What is planned is checked again when it is due, so that an end that was moved or taken back meanwhile tells nothing.
Nothing that is known of the parties changes.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from inward.kit import audit, outbox
from inward.kit.actor import Actor
from inward.kit.outbox import Announcement
from inward.kit.policy import require
from inward.kit.records import in_order
from inward.kit.transaction import transaction
from inward.parties import graph, leading, policy
from inward.parties.announcements import (
    DeputyOver,
    HeadOver,
    HoldingOver,
    HouseholdBegun,
    HouseholdOver,
    WorkOver,
)
from inward.parties.changing import begins, days
from inward.parties.models import (
    DeputyOfPlace,
    HeadOfPlace,
    Holding,
    HouseholdMember,
    Party,
    UnitPlacement,
    WorkRelationship,
)
from inward.parties.vocabulary import PartyKind

JOB = "parties.tell_ending"
LOOK_BACK = timedelta(days=7)
LOOK_AHEAD = timedelta(days=2)


def plan_endings(*, by: Actor, at: datetime) -> int:
    """Plan to tell what ends about now, and which households begin; answers how many were planned that were not. Planned once for each last day.

    1. Refuse what policy refuses.  2. Find what ended in the last week or ends within two days.  3. Plan each for the
       first instant of the day it no longer holds, in the zone of the company.
    Raises Refused. No audit: nothing is said yet.
    """
    require(policy.may_administer_everything(by, on=at.date()))
    span = (at.date() - LOOK_BACK, at.date() + LOOK_AHEAD)
    work = WorkRelationship.objects.current().filter(valid_until__range=span)
    held = Holding.objects.current().filter(valid_until__range=span)
    found = [("work", each.id, each.company_id, each.valid_until) for each in work]
    found += [("holding", each.id, each.owned_id, each.valid_until) for each in held]
    found += _posts(span)
    found += _households(span)
    with transaction():
        return sum(
            outbox.schedule(
                JOB,
                begins(company, until),
                payload={"table": table, "fact": fact, "until": until.isoformat()},
                key=f"{table} {fact} {until}",
                at=at,
            )
            for table, fact, company, until in found
            if until is not None
        )


def tell_ending(*, by: Actor, at: datetime, table: str, fact: int, until: str) -> bool:
    """Tell that the fact of that key (in the ``table`` "work", "holding", "household", "head" or "deputy") is over since
    ``until`` (ISO); with "household begins", that it holds since then.

    1. Refuse what policy refuses.  2. Look again: known otherwise by now (which is another row), or followed by another of
       the same two parties, it is not over, and False is answered.  3. Audit; tell.
    Raises Refused. Runs in the transaction of its job.
    """
    require(policy.may_administer_everything(by, on=at.date()))
    day = date.fromisoformat(until)
    over: Announcement | None = _LOOKS[table](fact, day)
    if over is None:
        return False
    audit.record(by=by, at=at, act="parties.tell_ending", thing=f"{table} {fact}", facts={"until": until})
    outbox.announce(over, by=by, at=at)
    return True


def _work_over(fact: int, until: date) -> WorkOver | None:
    known = WorkRelationship.objects.current()
    found = known.filter(pk=fact, valid_until=until).select_related("company").first()
    if found is None or known.on(until).filter(person=found.person_id, company=found.company_id).exists():
        return None
    spoken = days(found)
    return WorkOver(found.id, found.person_id, found.company.code, spoken["valid_from"], spoken["valid_until"])


def _holding_over(fact: int, until: date) -> HoldingOver | None:
    known = Holding.objects.current()
    found = known.filter(pk=fact, valid_until=until).select_related("owned").first()
    if found is None or known.on(until).filter(owner=found.owner_id, owned=found.owned_id).exists():
        return None
    spoken = days(found)
    return HoldingOver(found.id, found.owned.code, spoken["valid_from"], spoken["valid_until"])


def _head_over(fact: int, until: date) -> HeadOver | None:
    found = HeadOfPlace.objects.current().filter(pk=fact).select_related("place", "person").first()
    if found is None or graph.head_of(leading.graph(), found.place.code, until) == found.person.code:
        return None
    return HeadOver(found.place.code, found.person_id, until.isoformat())


def _deputy_over(fact: int, until: date) -> DeputyOver | None:
    found = DeputyOfPlace.objects.current().filter(pk=fact).select_related("place", "person").first()
    if found is None:
        return None
    here = leading.graph()
    named = (each for each in here.deputies.get(found.place.code, ()) if each.person == found.person.code)
    if any(until in each.period for each in named) and graph.at_work(here, found.person.code, until):
        return None
    return DeputyOver(found.place.code, found.person_id, until.isoformat())


def _household_begun(fact: int, since: date) -> HouseholdBegun | None:
    found = HouseholdMember.objects.current().filter(pk=fact, valid_from=since).first()
    if found is None:
        return None
    spoken = days(found)
    return HouseholdBegun(found.id, found.member_id, spoken["valid_from"], spoken["valid_until"])


def _household_over(fact: int, until: date) -> HouseholdOver | None:
    known = HouseholdMember.objects.current()
    found = known.filter(pk=fact, valid_until=until).first()
    if found is None or known.on(until).filter(person=found.person_id, member=found.member_id).exists():
        return None
    spoken = days(found)
    return HouseholdOver(found.id, found.member_id, spoken["valid_from"], spoken["valid_until"])


_LOOKS: Mapping[str, Callable[[int, date], Announcement | None]] = {
    "work": _work_over,
    "holding": _holding_over,
    "household": _household_over,
    "household begins": _household_begun,
    "head": _head_over,
    "deputy": _deputy_over,
}


def _households(span: tuple[date, date]) -> list[tuple[str, int, int, date | None]]:
    """The households that begin or end in the span, each with the first company the person of it works for then or ever."""
    known = HouseholdMember.objects.current()
    found = [("household begins", row, row.valid_from) for row in known.filter(valid_from__range=span)]
    found += [("household", row, row.valid_until) for row in known.filter(valid_until__range=span)]
    works: dict[int, list[WorkRelationship]] = defaultdict(list)
    for work in WorkRelationship.objects.current().filter(person__in={row.person_id for _, row, _ in found}):
        works[work.person_id].append(work)
    return [(table, row.id, _employer(works[row.person_id], day), day) for table, row, day in found]


def _employer(works: Sequence[WorkRelationship], day: date | None) -> int:
    """The key of the company she works for on the day, else of any she ever worked for; 0 where her work was taken back."""
    ordered = sorted(works, key=lambda work: (day is None or day not in work.period, work.id))
    return next((work.company_id for work in ordered), 0)


def _posts(span: tuple[date, date]) -> list[tuple[str, int, int, date | None]]:
    """The posts that end in the span: named no longer, or held by somebody whose work ends on one of the post's days."""
    found: list[tuple[str, int, int, date | None]] = []
    leaving = WorkRelationship.objects.current().filter(valid_until__range=span)
    ends: dict[int, set[date]] = defaultdict(set)
    for person, until in leaving.values_list("person_id", "valid_until"):
        ends[person].add(until)
    tables: tuple[tuple[str, type[HeadOfPlace | DeputyOfPlace]], ...] = (
        ("head", HeadOfPlace),
        ("deputy", DeputyOfPlace),
    )
    for table, posts in tables:
        rows = posts._default_manager.filter(known_until=None).select_related("place")
        ended = rows.filter(valid_until__range=span)
        found += [(table, row.id, _company_key(row.place, row.valid_until), row.valid_until) for row in ended]
        for row in rows.filter(person__in=leaving.values("person")):
            held = (until for until in sorted(ends[row.person_id]) if until in row.period)
            found += [(table, row.id, _company_key(row.place, until), until) for until in held]
    return found


def _company_key(place: Party, day: date | None) -> int:
    """The key of the company where the place is on that day, or was last."""
    if place.kind == PartyKind.COMPANY.value:
        return place.id
    rows: list[UnitPlacement] = in_order(UnitPlacement.objects.current().filter(unit=place))
    return next((row.company_id for row in rows if day is not None and day in row.period), rows[-1].company_id)
