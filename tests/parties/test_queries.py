"""The world as rooms decide with it: prepared, kept while its version stands, never older than asked for."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    given_company,
    given_employee,
    given_holding,
    given_person,
    given_unit,
)
from tests.cast import ABC, JKL, MAYA, XYZ, given_the_cast, given_the_group

from inward.core.classification import Kind, classify
from inward.kit import versions
from inward.kit.kept import forget_all
from inward.kit.policy import NotThere
from inward.kit.transaction import transaction
from inward.parties import operations, queries
from inward.parties.vocabulary import PartyKind

pytestmark = pytest.mark.django_db


def test_it_is_the_same_value_until_something_changes(django_assert_num_queries):
    given_the_group()
    first = queries.known()
    with django_assert_num_queries(1):
        assert queries.known() is first
    given_company("new")
    assert queries.known() is not first
    assert "new" in queries.world().company
    assert first.world.version < queries.world().version == versions.current("parties")["parties"]


def test_within_one_request_the_version_is_looked_at_once(django_assert_num_queries):
    given_the_group()
    queries.known()
    with versions.seen_once(), django_assert_num_queries(1):
        queries.world()
        queries.keys()
        queries.names(["abc"])
        queries.unit_path("abc", on=ON)


def test_an_act_within_the_request_is_seen_by_what_follows():
    given_the_group()
    with versions.seen_once():
        assert "new" not in queries.world().company
        given_company("new")
        assert "new" in queries.world().company


def test_what_another_process_changed_is_seen_with_the_next_request():
    given_the_group()
    with versions.seen_once():
        queries.world()
    given_company("new")
    with versions.seen_once():
        assert "new" in queries.world().company


def test_what_is_undone_is_never_kept():
    given_company("abc", "ABC")
    with pytest.raises(ZeroDivisionError), transaction():  # noqa: PT012 - the block is what is undone
        versions.bump("parties")
        queries.models.Party.objects.update(name="Undone")
        assert queries.name_of("abc") == "Undone"
        raise ZeroDivisionError
    with transaction():
        versions.bump("parties")
    assert queries.name_of("abc") == "ABC"


def test_verdicts_rest_on_it():
    given_the_cast(MAYA)
    world = queries.world()
    assert classify(supplier=ABC, customer=MAYA.code, world=world, on=ON).kind is Kind.STAFF
    assert classify(supplier=XYZ, customer=ABC, world=world, on=ON).kind is Kind.AFFILIATE
    assert classify(supplier=JKL, customer="northgate", world=world, on=ON).kind is Kind.OUTSIDE
    assert {holding.votes for holding in world.holdings if holding.owned == XYZ} == {Fraction(3, 5)}


def test_keys_lead_to_codes_and_back():
    given_the_group()
    known = queries.known()
    assert all(known.codes[key] == code for code, key in known.keys.items())
    assert len(known.keys) == 10


def test_names_are_what_people_say_and_codes_where_nobody_knows():
    given_the_group()
    assert queries.names([ABC, "nobody"]) == {ABC: "ABC Retail", "nobody": "nobody"}


def test_every_party_is_of_one_kind():
    given_company("abc")
    given_unit("abc-it", "abc")
    given_person("maya")
    kinds = [queries.kind_of(code) for code in ("abc", "abc-it", "maya", "nobody")]
    assert kinds == [PartyKind.COMPANY, PartyKind.UNIT, PartyKind.PERSON, None]


def test_subjects_are_told_of_people_alone():
    given_company("abc")
    given_person("maya")
    assert queries.subject_of("maya").startswith("s-")
    for code in ("abc", "nobody"):
        with pytest.raises(NotThere):
            queries.subject_of(code)


class TestUnits:
    @pytest.fixture(autouse=True)
    def _units(self):
        given_company("abc")
        given_company("xyz")
        given_unit("shops", "abc", valid_until=date(2026, 6, 1))
        given_unit("centre", "abc", parent="shops", valid_until=date(2026, 6, 1))
        given_unit("till", "abc", parent="centre", valid_until=date(2026, 6, 1))
        given_unit("plant", "xyz")
        given_person("maya")

    def test_a_company_reaches_all_its_units_of_the_day_and_a_unit_all_below_it(self):
        assert queries.reach("abc", on=date(2026, 5, 31)) == {"abc", "shops", "centre", "till"}
        assert queries.reach("abc", on=date(2026, 6, 1)) == {"abc"}
        assert queries.reach("centre", on=date(2026, 5, 31)) == {"centre", "till"}
        assert queries.reach("maya", on=ON) == {"maya"}

    def test_the_path_goes_up_to_the_company(self):
        assert queries.unit_path("till", on=LONG_AGO) == ("till", "centre", "shops", "abc")
        assert queries.unit_path("abc", on=ON) == ("abc",)
        assert queries.unit_path("maya", on=ON) == ()
        with pytest.raises(NotThere):
            queries.unit_path("till", on=date(2026, 6, 1))

    def test_the_company_of_a_unit_is_that_of_the_day(self):
        assert (queries.company_of("abc", on=ON), queries.company_of("plant", on=ON)) == ("abc", "xyz")
        for code in ("maya", "nobody", "till"):
            with pytest.raises(NotThere):
                queries.company_of(code, on=ON)


def test_employers_are_told_of_all_days_and_work_of_the_day():
    given_company("abc")
    given_company("xyz")
    given_employee("maya", "abc", valid_until=date(2026, 1, 1))
    operations.start_work(
        by=HOUSE, at=AT, person="maya", company="xyz", kind=queries.WorkKind.AGENT, valid_from=date(2026, 1, 1)
    )
    assert queries.employers("maya") == ("abc", "xyz")
    assert [work.company for work in queries.work_of("maya", on=ON)] == ["xyz"]
    assert queries.employers("nobody") == ()


def test_a_fresh_process_reads_it_in_few_queries(django_assert_num_queries):
    given_the_group()
    forget_all()
    with django_assert_num_queries(17):  # the version before and after, the latest change, and fourteen tables
        queries.world()


class TestWhatWasKnown:
    """JKL's 60 % of XYZ, learned at nine; at ten we learn that it was 40 % all along."""

    TEN = AT + timedelta(hours=1)
    BEFORE = AT - timedelta(seconds=1)

    @pytest.fixture(autouse=True)
    def _told_late(self):
        given_company("jkl")
        given_company("xyz")
        code = given_holding("jkl", "xyz", 60)
        self.told = queries.world()
        operations.change_holding(
            by=HOUSE, at=self.TEN, holding=code, votes=Fraction(2, 5), valid_from=LONG_AGO, source=operations.NO_SOURCE
        )

    def verdict(self, known_at):
        world = queries.world(known_at=known_at)
        return classify(supplier="jkl", customer="xyz", world=world, on=ON)

    def test_a_late_fact_changes_no_world_of_before(self):
        assert queries.world(known_at=AT) == self.told
        assert queries.world(known_at=self.TEN - timedelta(microseconds=1)) == self.told
        assert self.verdict(AT).kind is Kind.AFFILIATE
        assert queries.world(known_at=self.TEN) == queries.world() != self.told
        assert self.verdict(self.TEN).kind is Kind.OUTSIDE

    def test_it_bears_the_number_of_the_last_change_known_then(self):
        now = versions.current("parties")["parties"]
        assert queries.world(known_at=AT).version == self.told.version == now - 1
        assert queries.world(known_at=self.TEN).version == now

    def test_nothing_is_known_before_the_first_fact(self):
        empty = queries.world(known_at=self.BEFORE)
        assert (empty.version, empty.companies, empty.holdings) == (0, (), ())

    def test_a_company_founded_later_is_not_in_it(self):
        operations.found_company(by=HOUSE, at=self.TEN, code="late", name="Late", currency="EUR", country="NL")
        assert "late" not in queries.world(known_at=AT).company
        assert "late" in queries.world(known_at=self.TEN).company

    def test_units_and_work_are_as_they_were_believed(self):
        given_unit("lab", "jkl")
        given_employee("ada", "jkl", unit="lab")
        (work,) = queries.work_of("ada", on=ON)
        operations.end_work(by=HOUSE, at=self.TEN, work=work.id, valid_until=date(2020, 1, 1))
        operations.close_unit(by=HOUSE, at=self.TEN, unit="lab", valid_until=date(2021, 1, 1))
        before, after = queries.world(known_at=AT), queries.world(known_at=self.TEN)
        assert [(w.period.until, w.unit) for w in before.work["ada"]] == [(None, "lab")]
        assert [w.period.until for w in after.work["ada"]] == [date(2020, 1, 1)]
        assert [u.period.until for u in before.unit["lab"]] == [None]
        assert [u.period.until for u in after.unit["lab"]] == [date(2021, 1, 1)]

    def test_who_was_erased_stays_erased(self):
        given_person("ada", "Ada Moen")
        new = operations.erase_person(by=HOUSE, at=self.TEN, person="ada", reason="Asked for it.")
        people = queries.world(known_at=AT).person
        assert "ada" not in people
        assert people[new].name == ""
