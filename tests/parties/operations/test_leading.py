"""Heads, deputies, limits and absences are named, end, and are never overwritten; what ends is told on its day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    given_actor,
    given_company,
    given_employee,
    given_person,
    given_unit,
    given_work,
    nothing_written,
)

from inward.core.terms import Money, Refusal
from inward.kit import outbox
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow, Task
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import transaction
from inward.parties import graph, jobs, leading, operations, queries
from inward.parties.announcements import AbsenceNoted, DeputyOver, HeadOver, LeadingChanged
from inward.parties.models import Absence, DeputyOfPlace, HeadOfPlace, Party, SpendingLimit, WorkRelationship
from inward.parties.operations.endings import JOB
from inward.parties.vocabulary import Post, Power

pytestmark = pytest.mark.django_db
JUNE, LATER = date(2026, 6, 1), AT + timedelta(hours=1)
TOMORROW = ON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _organisation():
    given_company("abc", "ABC Retail")
    given_company("xyz", "XYZ Widgets")
    given_unit("abc-shops", "abc", "Shops")
    given_unit("abc-centre", "abc", "Shop Centre", parent="abc-shops")
    for code in ("anna", "bo", "cleo"):
        given_employee(code, "abc", unit="abc-centre", name=code.title())


def headed(place="abc-centre", person="anna", valid_from=LONG_AGO, by=HOUSE, at=AT):
    operations.name_head(by=by, at=at, place=place, person=person, valid_from=valid_from)


def deputised(person="cleo", place="abc-centre", powers=(Power.SPENDING,), valid_from=LONG_AGO, by=HOUSE, **more):
    operations.name_deputy(by=by, at=AT, place=place, person=person, powers=powers, valid_from=valid_from, **more)


def limited(amount="500.00", place="abc-centre", post=Post.HEAD, valid_from=None, by=HOUSE, currency="EUR"):
    limit = Money.of(amount, currency)
    operations.set_spending_limit(by=by, at=AT, place=place, post=post, limit=limit, valid_from=valid_from)


def away(person="anna", valid_from=ON, valid_until=None, by=HOUSE):
    operations.note_absence(by=by, at=AT, person=person, valid_from=valid_from, valid_until=valid_until)


def head(on=ON, place="abc-centre"):
    return graph.head_of(leading.graph(), place, on)


def refusal(act, *args, **more):
    with nothing_written(), pytest.raises(Refusal) as refused:
        act(*args, **more)
    return refused.value.reason.code, refused.value.where


class TestHead:
    def test_a_place_is_headed_from_that_day_and_by_whoever_headed_it_until_then(self):
        headed()
        headed(person="bo", valid_from=JUNE)
        assert (head(JUNE - timedelta(days=1)), head(JUNE)) == ("anna", "bo")
        assert HeadOfPlace.objects.count() == 3
        told = [(each.place, each.post, each.valid_from) for each in outbox.announced(LeadingChanged)]
        assert told == [("abc-centre", "HEAD", "2015-01-01"), ("abc-centre", "HEAD", "2026-06-01")]
        facts = AuditRow.objects.filter(act="parties.name_head").last().facts
        assert facts["person"] == Party.objects.get(code="bo").subject
        assert "bo" not in str(facts.values())

    def test_named_again_for_the_same_day_she_is_corrected_and_what_was_known_before_can_be_asked(self):
        headed()
        headed(person="bo", at=LATER)
        assert head() == "bo"
        assert graph.head_of(leading.graph(known_at=AT), "abc-centre", ON) == "anna"

    def test_a_company_may_be_headed_too(self):
        headed("abc")
        assert head(place="abc") == "anna"

    def test_who_leads_changes_no_world(self):
        before = queries.world()
        headed()
        assert queries.world() is before

    def test_somebody_without_work_on_that_day_heads_nothing(self):
        given_person("dan")
        given_work("dan", "abc", valid_from=TOMORROW)
        assert refusal(headed, person="dan", valid_from=ON) == ("leader_not_at_work", "person")
        assert refusal(headed, valid_from=date(2014, 1, 1)) == ("unit_not_open", "valid_from")

    def test_unknown_places_and_people_are_not_there(self):
        for asked in ({"place": "nowhere"}, {"place": "anna"}, {"person": "nobody"}, {"person": "abc"}):
            with nothing_written(), pytest.raises(NotThere):
                headed(**asked)

    def test_only_administrators_of_the_company_name_and_end_heads(self):
        headed()
        other = given_actor("other", ("DATA_ADMINISTRATOR", "xyz"))
        for act in (
            lambda: headed(by=other, person="bo"),
            lambda: operations.end_head(by=other, at=AT, place="abc-centre", valid_until=TOMORROW),
            lambda: deputised(by=other),
            lambda: operations.end_deputy(by=other, at=AT, place="abc-centre", person="cleo", valid_until=TOMORROW),
        ):
            with nothing_written(), pytest.raises(Refused):
                act()
        headed(by=given_actor("own", ("DATA_ADMINISTRATOR", "abc")), person="bo")
        assert head() == "bo"

    def test_ended_she_heads_it_until_the_day_before(self):
        headed()
        operations.end_head(by=HOUSE, at=AT, place="abc-centre", valid_until=TOMORROW)
        assert (head(ON), head(TOMORROW)) == ("anna", None)

    def test_who_was_to_follow_does_not_and_one_who_has_begun_is_not_undone(self):
        headed()
        headed(person="bo", valid_from=JUNE)
        headed(person="cleo", valid_from=TOMORROW)
        operations.end_head(by=HOUSE, at=LATER, place="abc-centre", valid_until=TOMORROW)
        assert (head(ON), head(TOMORROW)) == ("bo", None)
        end = {"by": HOUSE, "at": LATER, "place": "abc-centre", "valid_until": JUNE}
        assert refusal(operations.end_head, **end) == ("later_version_begins", "valid_until")

    def test_a_place_that_nobody_heads_has_nothing_to_end(self):
        with nothing_written(), pytest.raises(NotThere):
            operations.end_head(by=HOUSE, at=AT, place="abc-centre", valid_until=ON)


class TestDeputy:
    def test_she_stands_in_for_what_she_was_named_on_her_days(self):
        headed()
        deputised(powers=(Power.SPENDING, Power.PEOPLE), valid_from=ON, valid_until=TOMORROW)
        away()
        here = leading.graph()
        assert graph.acting_head(here, "abc-centre", ON, power=Power.PEOPLE).person == "cleo"
        assert graph.acting_head(here, "abc-centre", ON, power=Power.REQUESTS) is None
        assert graph.acting_head(here, "abc-centre", TOMORROW) is None
        assert DeputyOfPlace.objects.get().powers == ["PEOPLE", "SPENDING"]

    @pytest.mark.parametrize(
        ("asked", "code", "where"),
        [
            ({"powers": ()}, "deputy_for_nothing", "powers"),
            ({"valid_until": LONG_AGO}, "period_backwards", "valid_until"),
            ({"person": "anna"}, "deputy_of_oneself", "person"),
            ({"valid_from": JUNE}, "days_taken", "valid_from"),
            ({"valid_from": date(2014, 1, 1)}, "unit_not_open", "valid_from"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_written(self, asked, code, where):
        headed()
        deputised(valid_from=date(2020, 1, 1))
        assert refusal(deputised, **asked) == (code, where)

    def test_ended_she_stands_in_no_longer_and_what_has_not_begun_will_not(self):
        deputised(valid_until=JUNE)
        deputised(valid_from=TOMORROW)
        operations.end_deputy(by=HOUSE, at=AT, place="abc-centre", person="cleo", valid_until=TOMORROW)
        assert [fact.valid_until for fact in DeputyOfPlace.objects.current()] == [JUNE]
        with nothing_written(), pytest.raises(NotThere):
            operations.end_deputy(by=HOUSE, at=AT, place="abc-centre", person="bo", valid_until=TOMORROW)


class TestLimit:
    def test_a_post_may_approve_up_to_its_limit_of_the_day(self):
        headed()
        limited()
        limited("900.00", valid_from=JUNE)
        here = leading.graph()
        assert graph.limit_of(here, "anna", "abc-centre", JUNE - timedelta(days=1)).amount == Money.of("500", "EUR")
        assert graph.limit_of(here, "anna", "abc-centre", JUNE).amount == Money.of("900", "EUR")
        assert refusal(limited, "1.00") == ("day_missing", "valid_from")

    def test_ended_it_is_that_of_what_is_above(self):
        headed()
        limited("100.00", place="abc", valid_from=LONG_AGO)
        limited(valid_from=LONG_AGO)
        ending = {"by": HOUSE, "at": AT, "place": "abc-centre", "post": Post.HEAD}
        operations.end_spending_limit(**ending, valid_until=ON)
        assert graph.limit_of(leading.graph(), "anna", "abc-centre", ON).amount == Money.of("100", "EUR")
        with nothing_written(), pytest.raises(NotThere):
            operations.end_spending_limit(**ending, valid_until=TOMORROW)

    def test_it_is_in_the_currency_of_the_books_and_not_below_nothing(self):
        assert refusal(limited, currency="NOK") == ("spending_currency", "currency")
        assert refusal(limited, "-0.01") == ("spending_not_usable", "limit")
        limited("0.00")
        assert SpendingLimit.objects.get().amount == Money.of("0", "EUR")

    def test_controllers_set_it_and_whoever_names_heads_does_not(self):
        steward = given_actor("steward", ("DATA_ADMINISTRATOR", None))
        for act in (
            lambda: limited(by=steward),
            lambda: operations.end_spending_limit(
                by=steward, at=AT, place="abc-centre", post=Post.HEAD, valid_until=ON
            ),
            lambda: limited(by=NOBODY),
        ):
            with nothing_written(), pytest.raises(Refused):
                act()
        limited(by=given_actor("controller", ("CONTROLLER", "abc")))
        assert SpendingLimit.objects.get().limit_minor == 50_000


class TestAbsence:
    def test_she_is_away_on_these_days_and_nothing_says_why(self):
        headed()
        away(valid_until=TOMORROW)
        here = leading.graph()
        assert (graph.is_away(here, "anna", ON), graph.is_away(here, "anna", TOMORROW)) == (True, False)
        assert Absence.objects.get().source == ""
        assert [(t.valid_from, t.valid_until) for t in outbox.announced(AbsenceNoted)] == [
            (ON.isoformat(), TOMORROW.isoformat())
        ]

    def test_she_notes_it_herself_and_comes_back(self):
        anna = given_actor("anna", person="anna")
        away(by=anna)
        operations.end_absence(by=anna, at=AT, person="anna", valid_until=TOMORROW)
        assert Absence.objects.current().get().valid_until == TOMORROW
        assert refusal(away) == ("days_taken", "valid_from")
        assert refusal(away, valid_from=TOMORROW, valid_until=ON) == ("period_backwards", "valid_until")

    def test_who_does_not_look_after_her_does_not_learn_that_she_is_known(self):
        for who in (given_actor("bo", person="bo"), given_actor("other", ("DATA_ADMINISTRATOR", "xyz")), NOBODY):
            with nothing_written(), pytest.raises(NotThere):
                away(by=who)
            with nothing_written(), pytest.raises(NotThere):
                operations.end_absence(by=who, at=AT, person="anna", valid_until=TOMORROW)

    def test_forgotten_she_was_never_away_and_heads_things_under_her_new_code(self):
        headed()
        away()
        operations.end_work(
            by=HOUSE, at=AT, work=WorkRelationship.objects.get(person__code="anna").code, valid_until=ON
        )
        new = operations.erase_person(by=HOUSE, at=AT, person="anna", reason="asked")
        assert not Absence.objects.exists()
        assert [each.person for each in leading.graph().heads["abc-centre"]] == [new]


class TestOver:
    def told(self):
        operations.plan_endings(by=HOUSE, at=AT)
        with transaction():
            for each in Task.objects.filter(name=JOB):
                jobs.tell_ending(at=AT, **each.payload)
        heads = sorted((t.place, t.valid_until) for t in outbox.announced(HeadOver))
        return heads, [(t.place, t.valid_until) for t in outbox.announced(DeputyOver)]

    def test_on_the_day_on_which_head_and_deputy_end_it_is_told_where_the_company_is(self):
        headed()
        headed("abc")
        deputised()
        for place in ("abc-centre", "abc"):
            operations.end_head(by=HOUSE, at=AT, place=place, valid_until=TOMORROW)
        operations.end_deputy(by=HOUSE, at=AT, place="abc-centre", person="cleo", valid_until=TOMORROW)
        day = TOMORROW.isoformat()
        assert self.told() == ([("abc", day), ("abc-centre", day)], [("abc-centre", day)])
        assert {each.due_at for each in Task.objects.filter(name=JOB)} == {
            datetime.combine(TOMORROW, datetime.min.time(), UTC)
        }

    def test_whose_work_is_over_no_longer_heads_or_stands_in(self):
        headed()
        deputised()
        for person in ("anna", "cleo"):
            work = WorkRelationship.objects.get(person__code=person).code
            operations.end_work(by=HOUSE, at=AT, work=work, valid_until=TOMORROW)
        day = TOMORROW.isoformat()
        assert self.told() == ([("abc-centre", day)], [("abc-centre", day)])

    def test_what_was_moved_or_goes_on_otherwise_tells_nothing(self):
        headed()
        deputised()
        for person in ("anna", "cleo"):
            work = WorkRelationship.objects.get(person__code=person).code
            operations.end_work(by=HOUSE, at=AT, work=work, valid_until=TOMORROW)
        operations.plan_endings(by=HOUSE, at=AT)
        for person in ("anna", "cleo"):
            given_work(person, "xyz", valid_from=TOMORROW)
        assert self.told() == ([], [])
        operations.end_head(by=HOUSE, at=LATER, place="abc-centre", valid_until=TOMORROW)
        operations.end_deputy(by=HOUSE, at=LATER, place="abc-centre", person="cleo", valid_until=TOMORROW)
        operations.plan_endings(by=HOUSE, at=LATER)
        headed(valid_from=TOMORROW)
        operations.end_deputy(by=HOUSE, at=LATER, place="abc-centre", person="cleo", valid_until=ON)
        assert self.told()[0] == []

    def test_a_unit_that_closed_is_told_where_it_was_last(self):
        headed(place="abc-shops")
        operations.end_head(by=HOUSE, at=AT, place="abc-shops", valid_until=TOMORROW)
        for work in WorkRelationship.objects.all():
            operations.end_work(by=HOUSE, at=AT, work=work.code, valid_until=TOMORROW)
        for unit in ("abc-centre", "abc-shops"):
            operations.close_unit(by=HOUSE, at=AT, unit=unit, valid_until=TOMORROW)
        assert self.told()[0] == [("abc-shops", TOMORROW.isoformat())]


def test_what_was_ever_known_is_for_those_who_look_after_the_records():
    headed()
    own, other = given_actor("own", ("DATA_ADMINISTRATOR", "abc")), given_actor("other", person="bo")
    known = {who: leading.post_versions(viewer=who, at=AT, place="abc-centre") for who in (own, other)}
    assert [(each.person.code, each.post) for each in known[own]] == [("anna", Post.HEAD)]
    assert known[other] == ()


def test_however_many_lead_they_are_read_in_four_statements_and_then_in_none():
    def statements():
        leading._known.forget()
        queries.world()
        with CaptureQueriesContext(connection) as seen:
            leading.graph()
        return len([each for each in seen if "parties_" in each["sql"]])

    headed()
    one = statements()
    for code in ("abc", "abc-shops"):
        headed(code, "bo")
        deputised(place=code)
        limited(place=code)
    away()
    assert (one, statements()) == (4, 4)
    with CaptureQueriesContext(connection) as seen:
        graph.vacancies(leading.graph(), ON)
    assert [each for each in seen if "parties_" in each["sql"]] == []
