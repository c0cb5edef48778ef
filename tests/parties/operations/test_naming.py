"""Names have days: what a company or unit is called from a day on leaves the days before alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    given_company,
    given_holding,
    given_person,
    given_unit,
    nothing_written,
)

from inward.core.terms import Period, Refusal
from inward.kit import outbox
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow, Task
from inward.kit.policy import NotThere, Refused
from inward.parties import explaining, operations, queries
from inward.parties.announcements import PartyRenamed
from inward.parties.models import Party, PartyName

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)
TO_COME = ON + timedelta(days=40)


@pytest.fixture(autouse=True)
def _parties():
    given_company("abc", "ABC")
    given_company("jkl", "JKL")
    given_unit("abc-it", "abc", "IT")


def renamed(name, since=None, party="abc", at=LATER):
    operations.rename_party(by=HOUSE, at=at, party=party, name=name, valid_from=since)


def days(party="abc"):
    return list(queries.names_through(party))


def test_the_days_before_keep_their_name_and_whoever_was_never_renamed_has_one():
    assert days() == []
    renamed("ABC Retail", MAY)
    assert [queries.name_on("abc", day) for day in (MAY - timedelta(days=1), MAY, ON, date.max)] == [
        "ABC", "ABC Retail", "ABC Retail", "ABC Retail",
    ]  # fmt: skip
    assert queries.names_on(["abc", "jkl", "nobody"], LONG_AGO) == {"abc": "ABC", "jkl": "JKL", "nobody": "nobody"}
    renamed("ABC Shops")
    assert days() == [
        (Period(None, MAY), "ABC"),
        (Period(MAY, ON), "ABC Retail"),
        (Period(ON, None), "ABC Shops"),
    ]
    assert AuditRow.objects.filter(act="parties.rename_party").order_by("pk").last().facts == {
        "before": "ABC Retail", "after": "ABC Shops", "valid_from": ON.isoformat(),
    }  # fmt: skip


def test_a_name_of_the_past_that_became_known_late_leaves_todays_alone_and_tells_nobody():
    renamed("ABC Retail", JULY)
    renamed("ABC Trade", MAY)
    assert [queries.name_on("abc", day) for day in (LONG_AGO, MAY, JULY)] == ["ABC", "ABC Trade", "ABC Retail"]
    assert Party.objects.get(code="abc").name == "ABC Retail"
    assert len(list(outbox.announced(PartyRenamed))) == 1
    assert not Task.objects.filter(name="parties.take_name").exists()


def test_a_name_to_come_is_taken_on_its_day_as_it_begins_where_the_company_is():
    operations.change_registration(
        by=HOUSE, at=AT, company="abc", valid_from=None, currency="EUR", time_zone="Asia/Jakarta"
    )
    renamed("ABC Retail", TO_COME)
    renamed("ICT", TO_COME, party="abc-it")
    assert (queries.name_of("abc"), queries.name_on("abc", TO_COME)) == ("ABC", "ABC Retail")
    assert not list(outbox.announced(PartyRenamed))
    midnight = datetime(TO_COME.year, TO_COME.month, TO_COME.day, tzinfo=UTC) - timedelta(hours=7)
    due = list(Task.objects.filter(name="parties.take_name").values_list("due_at", flat=True))
    assert due == [midnight, midnight]
    key = queries.keys()["abc"]
    with nothing_written():
        assert operations.take_name(by=HOUSE, at=midnight - timedelta(seconds=1), party=key) is False
    assert operations.take_name(by=HOUSE, at=midnight, party=key) is True
    assert queries.name_of("abc") == "ABC Retail"
    assert AuditRow.objects.get(act="parties.take_name").facts == {"before": "ABC", "after": "ABC Retail"}
    assert [told.party_id for told in outbox.announced(PartyRenamed)] == [key]
    with nothing_written():
        assert operations.take_name(by=HOUSE, at=midnight, party=key) is False
        assert operations.take_name(by=HOUSE, at=midnight, party=1) is False
        with pytest.raises(Refused):
            operations.take_name(by=NOBODY, at=midnight, party=key)


def test_the_worker_takes_the_name_of_the_day():
    renamed("ABC Retail", TO_COME)
    day = datetime(TO_COME.year, TO_COME.month, TO_COME.day, 12, tzinfo=UTC)
    (task,) = Task.objects.filter(name="parties.take_name")
    outbox.jobs()["parties.take_name"].function(at=day, **task.payload)
    assert queries.name_of("abc") == "ABC Retail"


def test_a_name_that_was_never_written_so_is_another_on_all_its_days():
    renamed("ABC Retial", MAY)
    operations.correct_name(by=HOUSE, at=LATER, party="abc", name="ABC Retail")
    assert days() == [(Period(None, MAY), "ABC"), (Period(MAY, None), "ABC Retail")]
    assert queries.name_of("abc") == "ABC Retail"
    operations.correct_name(by=HOUSE, at=LATER, party="abc", name="Abc", on=LONG_AGO)
    assert days() == [(Period(None, MAY), "Abc"), (Period(MAY, None), "ABC Retail")]
    assert queries.name_of("abc") == "ABC Retail"
    assert [row.facts for row in AuditRow.objects.filter(act="parties.correct_name").order_by("pk")] == [
        {"before": "ABC Retial", "after": "ABC Retail"},
        {"before": "ABC", "after": "Abc"},
    ]
    assert len(list(outbox.announced(PartyRenamed))) == 2
    operations.correct_name(by=HOUSE, at=LATER, party="jkl", name="JKL Group")
    assert (queries.name_on("jkl", LONG_AGO), queries.names_through("jkl")) == ("JKL Group", ())


def test_a_day_of_which_no_name_is_said_has_none_to_correct():
    abc = Party.objects.get(code="abc")
    PartyName.objects.create(party=abc, name="ABC", valid_from=MAY, known_from=AT)
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.correct_name(by=HOUSE, at=LATER, party="abc", name="Abc", on=LONG_AGO)
    assert (refused.value.reason.code, refused.value.where) == ("name_not_said", "valid_from")
    renamed("Abc", LONG_AGO)
    assert days() == [(Period(LONG_AGO, MAY), "Abc"), (Period(MAY, None), "ABC")]


def test_a_person_has_one_name_and_no_days():
    given_person("maya", "Maya")
    with nothing_written(), pytest.raises(Refusal) as refused:
        renamed("Maya Berg", MAY, party="maya")
    assert refused.value.reason.code == "person_name_undated"
    operations.correct_name(by=HOUSE, at=LATER, party="maya", name="Maya Berg")
    assert queries.name_on("maya", LONG_AGO) == "Maya Berg"
    assert not PartyName.objects.exists()
    assert AuditRow.objects.get(act="parties.correct_name").facts == {}


def test_whoever_may_not_corrects_no_name():
    for party, raised in (("abc", Refused), ("nobody", NotThere)):
        with nothing_written(), pytest.raises(raised):
            operations.correct_name(by=NOBODY, at=LATER, party=party, name="X")


def test_an_explanation_calls_everybody_as_on_the_day_it_tells_of():
    given_holding("jkl", "abc", 60, valid_from=LONG_AGO)
    operations.end_holding(by=HOUSE, at=AT, holding="jkl-abc", valid_until=JULY)
    renamed("ABC Retail", MAY)

    def told(on):
        return explaining.explained(viewer=HOUSE, at=LATER, supplier="abc", customer="jkl", on=on)

    april, june = (told(day) for day in (MAY - timedelta(days=1), JULY - timedelta(days=1)))
    assert [dict(ground.items)["owned_name"] for ground in april.standing.grounds] == ["ABC"]
    assert [dict(ground.items)["owned_name"] for ground in june.standing.grounds] == ["ABC Retail"]
    assert [dict(cause.items)["owned_name"] for cause in june.history.stretches[-1].causes] == ["ABC Retail"]
    verdict = explaining.verdict(
        viewer=HOUSE, at=LATER, supplier="abc", customer="jkl", on=LONG_AGO, definition=explaining.STRICT_MAJORITY
    )
    assert [dict(ground.items)["owned_name"] for ground in verdict.grounds] == ["ABC"]
    assert dict(told(ON).standing.nearest_miss.items)["owned_name"] == "ABC Retail"
