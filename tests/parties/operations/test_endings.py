"""On the day on which work or a holding is over, it is told: once, where the company is, and only if it still is so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.builders import AT, HOUSE, given_company, given_holding, given_person, given_work, nothing_written

from inward.kit import outbox
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow, Task
from inward.kit.policy import Refused
from inward.kit.transaction import transaction
from inward.parties import jobs, operations
from inward.parties.announcements import HoldingOver, WorkOver
from inward.parties.models import Holding, Registration, WorkRelationship
from inward.parties.operations.endings import JOB

pytestmark = pytest.mark.django_db
END = AT.date() + timedelta(days=1)


@pytest.fixture(autouse=True)
def _parties():
    given_company("abc")
    given_company("xyz")
    given_person("maya")


def planned():
    return Task.objects.filter(name=JOB)


def told_now():
    with transaction():
        for each in planned():
            jobs.tell_ending(at=AT, **each.payload)
    return [t.valid_until for t in outbox.announced(WorkOver)], [t.valid_until for t in outbox.announced(HoldingOver)]


def test_work_and_holding_are_planned_once_for_midnight_where_the_company_is():
    Registration.objects.update(time_zone="Europe/Oslo")
    given_work("maya", "abc", valid_until=END)
    given_holding("abc", "xyz", 60, valid_until=END)
    jobs.plan_endings(at=AT)
    assert operations.plan_endings(by=HOUSE, at=AT) == 0
    midnight = datetime.fromisoformat(f"{END}T00:00:00+00:00")
    assert planned().count() == 2
    assert {each.due_at.astimezone(UTC) for each in planned()} <= {midnight - timedelta(hours=h) for h in (1, 2)}
    assert told_now() == ([END.isoformat()], [END.isoformat()])
    assert AuditRow.objects.filter(act="parties.tell_ending").count() == 2


def test_without_a_zone_the_day_begins_in_utc_and_what_ends_later_is_not_planned_yet():
    Registration.objects.all().delete()
    given_work("maya", "abc", valid_until=END)
    given_holding("abc", "xyz", 60, valid_until=END + timedelta(days=30))
    assert operations.plan_endings(by=HOUSE, at=AT) == 1
    assert planned().get().due_at == datetime.fromisoformat(f"{END}T00:00:00+00:00")


def test_an_end_that_was_taken_back_tells_nothing():
    given_work("maya", "abc", valid_until=END)
    given_holding("abc", "xyz", 60, valid_until=END)
    operations.plan_endings(by=HOUSE, at=AT)
    WorkRelationship.objects.update(valid_until=None)
    Holding.objects.update(valid_until=date(2030, 1, 1))
    assert told_now() == ([], [])
    assert not AuditRow.objects.filter(act="parties.tell_ending").exists()


def test_what_is_followed_by_the_next_of_the_same_two_is_not_over():
    given_work("maya", "abc", valid_until=END)
    given_work("maya", "abc", valid_from=END)
    given_holding("abc", "xyz", 60, valid_until=END)
    given_holding("abc", "xyz", 40, valid_from=END)
    assert operations.plan_endings(by=HOUSE, at=AT) == 2
    assert told_now() == ([], [])


def test_nobody_may_not_plan_or_tell():
    with nothing_written(), pytest.raises(Refused):
        operations.plan_endings(by=NOBODY, at=AT)
    with nothing_written(), pytest.raises(Refused):
        operations.tell_ending(by=NOBODY, at=AT, table="work", fact=1, until="2026-01-01")


def test_an_end_that_was_moved_and_moved_back_is_told_once():
    given_work("maya", "abc", valid_until=END)
    work = WorkRelationship.objects.get().code
    operations.plan_endings(by=HOUSE, at=AT)
    for day in (END + timedelta(days=30), END):
        operations.end_work(by=HOUSE, at=AT, work=work, valid_until=day)
        operations.plan_endings(by=HOUSE, at=AT)
    assert told_now() == ([END.isoformat()], [])
