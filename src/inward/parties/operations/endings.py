"""Telling on the day that work or a holding is over: planned for that day's first instant where the company is.

What is planned is checked again when it is due, so that an end that was moved or taken back meanwhile tells nothing.
Nothing that is known of the parties changes.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from inward.kit import audit, outbox
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import transaction
from inward.parties import policy
from inward.parties.announcements import HoldingOver, WorkOver
from inward.parties.changing import days
from inward.parties.models import Holding, Registration, WorkRelationship

JOB = "parties.tell_ending"
LOOK_BACK = timedelta(days=7)
LOOK_AHEAD = timedelta(days=2)


def plan_endings(*, by: Actor, at: datetime) -> int:
    """Plan to tell what ends about now; answers how many were planned that were not. Planned once for each last day.

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
    with transaction():
        return sum(
            outbox.schedule(
                JOB,
                _begins(company, until),
                payload={"table": table, "fact": fact, "until": until.isoformat()},
                key=f"{table} {fact} {until}",
                at=at,
            )
            for table, fact, company, until in found
            if until is not None
        )


def tell_ending(*, by: Actor, at: datetime, table: str, fact: int, until: str) -> bool:
    """Tell that the fact of that key ("work" or "holding") is over since ``until`` (ISO); False if it no longer is so.

    1. Refuse what policy refuses.  2. Look again: known otherwise by now (which is another row), or followed by another of
       the same two parties, it is not over.  3. Audit; tell.
    Raises Refused. Runs in the transaction of its job.
    """
    require(policy.may_administer_everything(by, on=at.date()))
    day = date.fromisoformat(until)
    told = _work_over(fact, day) if table == "work" else _holding_over(fact, day)
    if told is None:
        return False
    audit.record(by=by, at=at, act="parties.tell_ending", thing=f"{table} {fact}", facts={"until": until})
    outbox.announce(told, by=by, at=at)
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


def _begins(company: int, day: date) -> datetime:
    """The first instant of the day where the company is; in UTC where its zone is not known."""
    zone = Registration.objects.current().on(day).filter(company=company).values_list("time_zone", flat=True).first()
    return datetime.combine(day, time.min, ZoneInfo(zone) if zone else UTC).astimezone(UTC)
