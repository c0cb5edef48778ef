"""The data quality board: what each check finds and what it leaves alone, for whom, and what is left as it is."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import (
    AT,
    HOUSE,
    ON,
    given_actor,
    given_company,
    given_holding,
    given_person,
    given_unit,
    given_user,
    given_work,
    nothing_written,
)

from inward.access import operations as access
from inward.core.classification import WorkKind
from inward.core.terms import ALWAYS, Period, Refusal
from inward.kit import vocabularies
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import jobs, operations, quality, queries
from inward.parties.models import FindingCount, LeftFinding, UnitPlacement, WorkRelationship
from inward.parties.operations import Source
from inward.parties.quality import Mend
from inward.parties.vocabulary import Power, SourceRank
from inward.parties.weeks import hours_of
from inward.parties.worldfiles import HoldingRow, Place

pytestmark = [pytest.mark.django_db, pytest.mark.database]


WEEK = {"mon": hours_of([["09:00", "17:00"]])}


def found(check, viewer=HOUSE, at=AT, **more):
    return [(each.reason.facts, each.mend) for each in quality.findings(viewer=viewer, at=at, check=check, **more).rows]


def numbers(viewer=HOUSE, at=AT):
    """The checks that find something, with how much."""
    return {each.check: each.findings for each in quality.counts(viewer=viewer, at=at) if each.findings}


def given_whole(*companies):
    """Companies about which nothing is missing."""
    for company in companies:
        given_company(company)
        operations.set_working_week(by=HOUSE, at=AT, party=company, week=WEEK, time_zone="UTC")


def given_worker(person, company="abc", *, unit="abc-shop", **more):
    given_person(person)
    return given_work(person, company, unit=unit, **more)


@pytest.fixture(autouse=True)
def _abc():
    given_whole("top", "abc")
    given_unit("abc-shop", "abc", valid_from=None)


class TestWhatIsFound:
    def test_records_that_are_whole_are_not_on_the_board(self):
        given_holding("top", "abc", 100)
        given_worker("ann")
        given_person("visitor")
        assert numbers() == {}

    def test_more_than_the_whole_of_the_capital_leads_to_the_shares_of_the_company(self):
        given_whole("other")
        given_holding("top", "abc", 50, capital=Fraction(4, 5))
        given_holding("other", "abc", 50, capital=Fraction(2, 5))
        assert numbers() == {"over_whole": 1}
        ((facts, mend),) = found("over_whole")
        assert (facts["company_name"], facts["percent"].percentage) == ("ABC", 120)
        assert mend == Mend("holdings", "", "", {"owned": "abc"})

    def test_a_share_told_by_two_facts_leads_to_ending_the_later_one(self):
        given_holding("top", "abc", 50, source=Source("register"))
        second = given_holding("top", "abc", 50, source=Source("annual report"))
        assert numbers() == {"share_twice": 1}
        assert found("share_twice") == [
            ({"owner_name": "TOP", "owned_name": "ABC", "source": "annual report"}, Mend("holdings", "end", second))
        ]

    def test_a_share_an_outside_source_tells_twice_leads_to_the_shares_for_nobody_here_ends_it(self):
        register = Source("GLEIF, 1 May", register="gleif", rank=SourceRank.CORROBORATED)
        said = [
            HoldingRow(Place("gleif.csv", 2), code, "top", "abc", Fraction(1, 4), None, ALWAYS, "")
            for code in ("gleif:1", "gleif:2")
        ]
        operations.record_ownership(by=HOUSE, at=AT, source=register, rows=said)
        ((facts, mend),) = found("share_twice")
        assert (facts["owner_name"], facts["owned_name"]) == ("TOP", "ABC")
        assert mend == Mend("holdings", given={"owned": "abc"})

    def test_a_company_of_which_sources_differ_today_leads_to_what_each_of_them_says(self):
        register = Source("GLEIF, 1 May", register="gleif", rank=SourceRank.CORROBORATED)
        place = Place("gleif.csv", 2)
        given_whole("other")
        given_holding("top", "abc", 100)
        given_holding("top", "other", 100, valid_until=ON)
        said = [
            HoldingRow(place, f"gleif:{owned}", "top", owned, Fraction(3, 4), None, period, "")
            for owned, period in (("abc", ALWAYS), ("other", Period(None, ON)))
        ]
        operations.record_ownership(by=HOUSE, at=AT, source=register, rows=said)
        assert len(queries.differences()) == 2
        assert numbers() == {"sources_differ": 1}
        assert found("sources_differ") == [({"company_name": "ABC"}, Mend("differences", given={"text": "abc"}))]

    def test_a_loop_that_owns_itself_is_told_apart_from_a_circle_with_an_owner(self):
        given_whole("one", "two", "left", "right")
        given_holding("one", "two", 100)
        given_holding("two", "one", 100)
        given_holding("left", "right", 100)
        given_holding("right", "left", 10)
        given_holding("top", "left", 90)
        assert numbers() == {"owns_itself": 2, "in_circle": 2}
        assert sorted(facts["company_name"] for facts, _ in found("owns_itself")) == ["ONE", "TWO"]
        assert sorted(facts["company_name"] for facts, _ in found("in_circle")) == ["LEFT", "RIGHT"]

    def test_votes_nobody_is_known_to_hold_lead_to_a_new_share_of_that_company(self):
        given_holding("top", "abc", "100/3")
        ((facts, mend),) = found("holders_not_known")
        assert facts["percent"].percentage == Fraction(200, 3)
        assert mend == Mend("holdings", "record", "", {"owned": "abc"})

    def test_a_share_that_is_over_counts_no_more(self):
        given_holding("top", "abc", 50, valid_until=ON)
        assert numbers() == {}

    def test_a_company_without_country_or_working_week_leads_to_both_forms(self):
        given_company("bare", country="")
        assert numbers() == {"no_country": 1, "no_calendar": 1}
        assert found("no_country") == [
            ({"company_name": "BARE"}, Mend("companies", "change", "bare", {"valid_from": "2026-11-24"}))
        ]
        assert found("no_calendar") == [({"company_name": "BARE"}, Mend("calendars", "set", "bare"))]

    def test_people_without_a_department_are_those_who_should_have_one(self):
        code = given_worker("ann", unit=None)
        given_worker("dora", unit=None, kind=WorkKind.DIRECTOR)
        given_worker("rolf", unit=None, kind=WorkKind.RETIREE)
        given_worker("gone", unit=None, valid_until=ON)
        assert numbers() == {"no_unit": 1}
        ((facts, mend),) = found("no_unit")
        assert (facts["person_name"], facts["company_name"]) == ("Ann", "ABC")
        assert mend == Mend("work", "move", code, {"valid_from": "2026-11-24"})

    def test_people_in_a_department_that_closed_are_found(self):
        code = given_worker("ann")
        UnitPlacement.objects.update(valid_until=ON)
        assert numbers() == {"unit_closed": 1}
        ((facts, mend),) = found("unit_closed")
        assert (facts["unit"], mend.code) == ("Shop", code)

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ((None, None), (None, None)),
            ((None, None), (date(2020, 1, 1), None)),
            ((date(2020, 1, 1), None), (date(2020, 1, 1), None)),
            ((date(2020, 1, 1), date(2027, 1, 1)), (date(2026, 12, 31), None)),
        ],
    )
    def test_work_told_twice_for_the_same_days_is_found_once(self, first, second):
        given_worker("ann", valid_from=first[0], valid_until=first[1])
        code = given_work("ann", "abc", unit="abc-shop", valid_from=second[0], valid_until=second[1])
        assert numbers() == {"work_overlaps": 1}
        assert found("work_overlaps")[0][1] == Mend("work", "end", code)

    def test_work_that_follows_or_is_for_another_company_does_not_overlap(self):
        given_worker("ann", valid_from=date(2020, 1, 1), valid_until=date(2026, 1, 1))
        given_work("ann", "abc", unit="abc-shop", valid_from=date(2026, 1, 1))
        given_work("ann", "top", unit="abc-shop", valid_from=date(2020, 1, 1))
        assert numbers() == {}

    def test_days_missing_between_two_spells_are_found_for_a_year(self):
        first = given_worker("ann", valid_from=date(2020, 1, 1), valid_until=date(2026, 1, 1))
        given_work("ann", "abc", unit="abc-shop", valid_from=date(2026, 2, 1))
        assert numbers() == {"work_gap": 1}
        ((facts, mend),) = found("work_gap")
        assert (facts["until"], mend) == (date(2026, 1, 1), Mend("work", "end", first))
        assert numbers(at=AT + timedelta(days=365)) == {}

    def test_who_left_and_can_still_sign_in_is_found_until_she_is_locked(self):
        given_worker("ann", valid_until=ON)
        given_worker("bo")
        user = given_user("ann", person="ann")
        given_user("bo", person="bo")
        given_user("auditor")
        assert numbers() == {"left_but_active": 1}
        assert found("left_but_active") == [({"person_name": "Ann"}, Mend("users", "lock", str(user)))]
        access.lock_user(by=HOUSE, at=AT, user=user)
        assert numbers() == {}


class TestForWhom:
    def test_an_administrator_of_one_company_sees_that_one_alone(self):
        given_company("bare", country="")
        given_company("naked", country="")
        viewer = given_actor("keeper", ("DATA_ADMINISTRATOR", "bare"))
        assert numbers(viewer) == {"no_country": 1, "no_calendar": 1}
        assert [facts["company_name"] for facts, _ in found("no_country", viewer)] == ["BARE"]

    @pytest.mark.parametrize("ask", [quality.counts, quality.history])
    def test_nobody_else_sees_any(self, ask):
        for viewer in (NOBODY, given_actor("seller", ("SELLER", "abc"))):
            with pytest.raises(Refused):
                ask(viewer=viewer, at=AT)
            with pytest.raises(Refused):
                quality.findings(viewer=viewer, at=AT, check="no_unit")
            with pytest.raises(Refused):
                quality.finding(viewer=viewer, at=AT, check="no_unit", key=1)

    def test_a_check_there_is_not_is_not_there(self):
        with pytest.raises(NotThere):
            quality.findings(viewer=HOUSE, at=AT, check="bees")

    def test_all_counts_are_one_question_and_a_page_is_one(self):
        given_worker("ann", unit=None)
        quality.counts(viewer=HOUSE, at=AT)
        with CaptureQueriesContext(connection) as asked:
            quality.counts(viewer=HOUSE, at=AT)
        assert len([each for each in asked if "EXISTS" in each["sql"]]) == 1
        with CaptureQueriesContext(connection) as asked:
            quality.findings(viewer=HOUSE, at=AT, check="no_unit")
        assert len([each for each in asked if "EXISTS" in each["sql"]]) == 1

    def test_long_lists_are_paged(self):
        for number in range(3):
            given_worker(f"person-{number}", unit=None)
        first = quality.findings(viewer=HOUSE, at=AT, check="no_unit", params={"limit": "2"})
        second = quality.findings(
            viewer=HOUSE, at=AT, check="no_unit", params={"limit": "2", "cursor": first.next_cursor}
        )
        assert [len(first.rows), len(second.rows), second.next_cursor] == [2, 1, None]

    def test_every_check_is_worded(self):
        assert [name for name in quality.checks() if vocabularies.label("check", name, "id") == name] == []
        assert len(quality.checks()) == 17


class TestWhoLeads:
    @pytest.fixture(autouse=True)
    def _leaders(self):
        given_worker("ann", valid_until=date(2026, 12, 1))
        given_worker("ben", valid_until=date(2026, 12, 1))

    def name(self, place, person):
        operations.name_head(by=HOUSE, at=AT, place=place, person=person, valid_from=ON)

    def test_where_nobody_names_heads_nothing_is_found(self):
        assert numbers() == {}

    @pytest.mark.parametrize("place", ["abc", "abc-shop"])
    def test_a_department_without_a_head_is_found_once_its_company_names_heads(self, place):
        given_unit("abc-it", "abc", "IT", valid_from=None)
        given_unit("abc-old", "abc", valid_from=None, valid_until=ON)
        given_unit("top-it", "top", valid_from=None)  # its company names none
        self.name(place, "ann")
        expected = {"abc-it", "abc-shop"} - {place}
        assert numbers() == {"no_head": len(expected)}
        mends = [mend for _, mend in found("no_head")]
        assert {mend.code for mend in mends} == expected
        assert ({"unit": "IT", "company_name": "ABC"}, Mend("units", "name-head", "abc-it", {"valid_from": "2026-11-24"})) in [
            (dict(facts), mend) for facts, mend in found("no_head")
        ]  # fmt: skip
        assert numbers(given_actor("ida", ("DATA_ADMINISTRATOR", "top"))) == {}

    def test_a_head_and_a_deputy_who_left_are_found_from_that_day_on(self):
        self.name("abc", "ann")
        self.name("abc-shop", "ben")
        powers = [Power.SPENDING]
        operations.name_deputy(by=HOUSE, at=AT, place="abc", person="ben", powers=powers, valid_from=ON)
        assert numbers() == {}
        gone = AT + timedelta(days=7)
        assert numbers(at=gone) == {"head_left": 2, "deputy_left": 1}
        assert [(dict(facts), mend) for facts, mend in found("head_left", at=gone)] == [
            ({"person_name": "Ann", "place_name": "ABC"}, Mend("companies", "name-head", "abc", {"valid_from": "2026-12-01"})),
            ({"person_name": "Ben", "place_name": "Shop"}, Mend("units", "name-head", "abc-shop", {"valid_from": "2026-12-01"})),
        ]  # fmt: skip
        ((_, mend),) = found("deputy_left", at=gone)
        assert mend == Mend("companies", "end-deputy", "abc", {"person": "ben"})
        assert numbers(given_actor("ida", ("DATA_ADMINISTRATOR", "top"), at=gone), at=gone) == {}
        operations.end_deputy(by=HOUSE, at=gone, place="abc", person="ben", valid_until=gone.date())
        assert numbers(at=gone) == {"head_left": 2}


class TestLeavingAsItIs:
    @pytest.fixture
    def key(self):
        given_worker("ann", unit=None)
        return WorkRelationship.objects.get().pk

    def leave(self, key, *, by=HOUSE, check="no_unit", reason="She is on every floor.", until=None):
        operations.leave_finding(by=by, at=AT, check=check, key=key, reason=reason, until=until)

    def test_what_is_left_is_counted_no_more_and_found_among_what_is_left(self, key):
        self.leave(key)
        assert (numbers(), found("no_unit")) == ({}, [])
        (left,) = quality.findings(viewer=HOUSE, at=AT, check="no_unit", left=True).rows
        assert (left.key, left.left) == (key, "She is on every floor.")
        row = AuditRow.objects.get(act="parties.leave_finding")
        assert (row.thing, row.facts) == (f"finding no_unit {key}", {"until": None})

    def test_it_comes_back_on_the_day_it_was_left_until(self, key):
        self.leave(key, until=date(2026, 12, 1))
        assert numbers(at=AT + timedelta(days=6)) == {}
        assert numbers(at=AT + timedelta(days=7)) == {"no_unit": 1}

    def test_left_twice_the_later_word_stands(self, key):
        self.leave(key)
        self.leave(key, reason="Until she chooses.", until=date(2026, 12, 1))
        assert list(LeftFinding.objects.values_list("reason", "until")) == [("Until she chooses.", date(2026, 12, 1))]

    def test_a_record_that_is_changed_is_looked_at_again(self, key):
        self.leave(key)
        code = WorkRelationship.objects.get().code
        operations.end_work(by=HOUSE, at=AT, work=code, valid_until=date(2030, 1, 1))
        assert numbers() == {"no_unit": 1}

    def test_taken_up_it_is_on_the_board_again(self, key):
        self.leave(key)
        operations.take_up_finding(by=HOUSE, at=AT, check="no_unit", key=key)
        assert (numbers(), LeftFinding.objects.count()) == ({"no_unit": 1}, 0)
        with nothing_written():
            operations.take_up_finding(by=HOUSE, at=AT, check="no_unit", key=key)

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"reason": " "}, "finding_reason_missing"),
            ({"reason": "x" * 201}, "text_too_long"),
            ({"until": ON}, "finding_until_over"),
        ],
    )
    def test_without_a_reason_or_with_a_day_that_is_over_nothing_is_kept(self, key, said, code):
        with pytest.raises(Refusal) as refusal, nothing_written():
            self.leave(key, **said)
        assert refusal.value.reason.code == code

    def test_who_does_not_look_after_it_leaves_and_takes_up_nothing(self, key):
        other = given_actor("keeper", ("DATA_ADMINISTRATOR", "top"))
        for viewer, error in ((other, NotThere), (NOBODY, Refused)):
            with pytest.raises(error), nothing_written():
                self.leave(key, by=viewer)
            with pytest.raises(error), nothing_written():
                operations.take_up_finding(by=viewer, at=AT, check="no_unit", key=key)

    def test_the_reason_is_forgotten_with_the_person(self, key):
        self.leave(key, reason="Ann asked for it.")
        operations.end_work(by=HOUSE, at=AT, work=WorkRelationship.objects.get().code, valid_until=ON)
        operations.erase_person(by=HOUSE, at=AT, person="ann", reason="Asked for it.")
        assert LeftFinding.objects.get().reason == ""


class TestHistory:
    def test_the_worker_notes_every_check_once_a_day(self):
        given_worker("ann", unit=None)
        jobs.count_findings(at=AT)
        given_worker("bo", unit=None)
        jobs.count_findings(at=AT)
        jobs.count_findings(at=AT + timedelta(days=1))
        told = quality.history(viewer=HOUSE, at=AT + timedelta(days=1))
        assert [(day, numbers["no_unit"], numbers["in_circle"]) for day, numbers in told.items()] == [
            (date(2026, 11, 25), 2, 0),
            (date(2026, 11, 24), 2, 0),
        ]
        assert FindingCount.objects.count() == 2 * 17

    def test_older_days_are_not_told(self):
        jobs.count_findings(at=AT)
        assert quality.history(viewer=HOUSE, at=AT + timedelta(days=30)) == {}

    def test_only_the_administrators_of_everything_count(self):
        keeper = given_actor("keeper", ("DATA_ADMINISTRATOR", "abc"))
        with pytest.raises(Refused), nothing_written():
            operations.count_findings(by=keeper, at=AT)
