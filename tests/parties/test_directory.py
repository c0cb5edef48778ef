"""What people look up: always for a viewer, on a day; what is out of bounds is not there."""

from datetime import date
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, ON, given_actor, given_company, given_employee, given_holding, given_person
from tests.cast import (
    ABC,
    BELLAVISTA,
    JKL,
    KARIN,
    KESTREL,
    LUCA,
    MAYA,
    MILAN,
    NORA,
    SITI,
    TOR,
    XYZ,
    acting,
    given_the_cast,
)

from inward.core.classification import WorkKind
from inward.core.terms import Refusal
from inward.kit.actor import NOBODY
from inward.kit.policy import NotThere
from inward.parties import directory, operations
from inward.parties.queries import Named

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return given_the_cast(MAYA, TOR, KARIN, LUCA, SITI, NORA, MILAN)


def codes(found):
    return [row.code for row in found.rows]


class TestCompanies:
    def test_each_sees_those_she_belongs_to_or_looks_after(self, house):
        seen = {
            part.code: codes(directory.companies(viewer=acting(house, part), on=ON, params={}))
            for part in (MAYA, LUCA, NORA)
        }
        assert seen == {MAYA.code: [ABC], LUCA.code: [ABC, JKL, XYZ], NORA.code: [KESTREL]}
        assert len(directory.companies(viewer=acting(house, SITI), on=ON, params={}).rows) == 10
        assert directory.companies(viewer=NOBODY, on=ON, params={}).rows == ()
        assert directory.companies(viewer=acting(house, MILAN), on=ON, params={}).rows == ()  # he left in August

    def test_a_row_tells_what_the_register_says_on_the_day(self, house):
        (row,) = directory.companies(viewer=acting(house, SITI), on=ON, params={"name": "fjord"}).rows
        assert (row.name, row.country, row.currency, row.time_zone) == ("Fjord Telecom", "NO", "EUR", "UTC")

    def test_one_and_ten_rows_take_the_same_queries(self, house, django_assert_num_queries):
        siti = acting(house, SITI)
        for params in ({}, {"limit": "1"}):
            with django_assert_num_queries(3):  # the version, the parties, their registrations
                directory.companies(viewer=siti, on=ON, params=params)

    def test_a_page_shows_owners_to_those_who_look_after_records_and_books(self, house):
        page = directory.company(viewer=acting(house, LUCA), code=XYZ, on=ON)
        (held,) = page.owners
        assert (held.owner, held.votes) == (Named(JKL, "JKL Group"), Fraction(3, 5))
        assert page.holdings == ()
        assert page.staff == 1
        assert not page.may_change.allowed
        assert [row.owned.code for row in directory.company(viewer=acting(house, LUCA), code=ABC, on=ON).holdings] == [
            BELLAVISTA
        ]
        assert directory.company(viewer=acting(house, SITI), code=XYZ, on=ON).may_change.allowed

    def test_colleagues_see_the_page_without_its_owners(self, house):
        page = directory.company(viewer=acting(house, MAYA), code=ABC, on=ON)
        assert (page.owners, page.holdings, page.staff) == (None, None, 2)
        assert page.company.name == "ABC Retail"

    def test_out_of_bounds_and_unknown_are_the_same(self, house):
        for code in (XYZ, "nobody", MAYA.code):
            with pytest.raises(NotThere):
                directory.company(viewer=acting(house, MAYA), code=code, on=ON)

    def test_a_company_without_registration_on_the_day_is_shown_without_it(self, house):
        operations.found_company(by=HOUSE, at=AT, code="new", name="New", currency="EUR", valid_from=date(2027, 1, 1))
        page = directory.company(viewer=acting(house, SITI), code="new", on=ON)
        assert (page.company.currency, page.company.time_zone) == ("", "UTC")


class TestUnits:
    def test_the_tree_is_by_name_with_who_works_there(self, house):
        tree = directory.unit_tree(viewer=acting(house, MAYA), company=ABC, on=ON)
        assert [node.name for node in tree] == ["IT", "Marketing", "Purchasing", "Shops"]
        shops = tree[-1]
        assert [(node.name, node.staff, node.below) for node in shops.below] == [
            ("Shop Centre", 2, ()),
            ("Shop Harbour", 0, ()),
        ]
        assert directory.unit_tree(viewer=acting(house, SITI), company=KESTREL, on=ON) == ()

    def test_the_tree_of_another_company_is_not_there(self, house):
        with pytest.raises(NotThere):
            directory.unit_tree(viewer=acting(house, MAYA), company=XYZ, on=ON)

    def test_the_list_can_be_asked_by_company_parent_and_name(self, house):
        siti, maya = acting(house, SITI), acting(house, MAYA)
        below = directory.units(viewer=siti, on=ON, params={"parent": "xyz-plant"})
        assert [(row.code, row.company.code, row.parent.code) for row in below.rows] == [
            ("xyz-assembly", XYZ, "xyz-plant"),
            ("xyz-moulding", XYZ, "xyz-plant"),
        ]
        assert directory.units(viewer=maya, on=ON, params={"company": XYZ}).rows == ()
        assert codes(directory.units(viewer=maya, on=ON, params={"name": "harbour"})) == ["abc-shop-harbour"]
        assert directory.units(viewer=maya, on=date(2014, 1, 1), params={}).rows == ()

    def test_what_a_list_does_not_know_is_refused(self, house):
        with pytest.raises(Refusal):
            directory.units(viewer=acting(house, MAYA), on=ON, params={"secret": "1"})


class TestHoldings:
    def test_they_are_seen_from_either_end_and_by_no_colleague(self, house):
        luca = directory.holdings(viewer=acting(house, LUCA), on=ON, params={})
        assert {(row.owner.code, row.owned.code) for row in luca.rows} == {
            (JKL, ABC), (JKL, XYZ), (JKL, "harbour"), (JKL, "fjord"), (JKL, "northgate"), (JKL, "solberg"), (ABC, BELLAVISTA),
        }  # fmt: skip
        assert directory.holdings(viewer=acting(house, MAYA), on=ON, params={}).rows == ()
        assert len(directory.holdings(viewer=acting(house, SITI), on=ON, params={"owned": BELLAVISTA}).rows) == 2


class TestPeople:
    def test_colleagues_are_listed_with_their_work_and_nobody_elses(self, house):
        rows = directory.people(viewer=acting(house, MAYA), on=ON, params={}).rows
        assert [(row.name, work.job_title, work.unit.name) for row in rows for work in row.work] == [
            ("Maya Lund", "Shop assistant", "Shop Centre"),
            ("Tor Bergli", "Shop manager", "Shop Centre"),
        ]
        assert [work.kind for row in rows for work in row.work] == [WorkKind.FULL_TIME] * 2

    def test_strangers_list_nobody_and_the_one_who_looks_after_everything_finds_who_works_for_nobody(self, house):
        given_person("zoe", "Zoë Zwart")
        siti = acting(house, SITI)
        assert directory.people(viewer=NOBODY, on=ON, params={}).rows == ()
        last = directory.people(viewer=siti, on=ON, params={"sort": "-name", "limit": "1"}).rows
        assert [(row.name, row.work) for row in last] == [("Zoë Zwart", ())]
        everybody = {row.code for row in directory.people(viewer=siti, on=ON, params={}).rows}
        assert everybody == {"zoe", MAYA.code, TOR.code, KARIN.code, LUCA.code, SITI.code, NORA.code, MILAN.code}

    @pytest.mark.parametrize(
        ("params", "expected"),
        [
            ({"name": "lund"}, ["Maya Lund"]),
            ({"company": XYZ}, ["Karin Assemakers"]),
            ({"unit": "abc-shop-centre", "sort": "-name"}, ["Tor Bergli", "Maya Lund"]),
            ({"kind": "DIRECTOR"}, ["Nora Quistgaard"]),
            ({"job": "controller"}, ["Luca Bilancini"]),
        ],
    )
    def test_the_list_can_be_asked_by_what_it_shows(self, house, params, expected):
        found = directory.people(viewer=acting(house, SITI), on=ON, params=params)
        assert [row.name for row in found.rows] == expected
        assert found.filters == {name: value for name, value in params.items() if name != "sort"}

    def test_one_and_three_rows_take_two_queries_beside_the_version(self, house, django_assert_num_queries):
        siti = acting(house, SITI)
        for limit in ("1", "3"):
            with django_assert_num_queries(3):
                directory.people(viewer=siti, on=ON, params={"limit": limit})

    def test_a_card_shows_the_work_that_the_viewer_may_see(self, house):
        operations.start_work(
            by=HOUSE,
            at=AT,
            person=MAYA.code,
            company=XYZ,
            kind=WorkKind.AGENT,
            valid_from=MAYA.since,
            cost_centre="xyz-sales",
        )
        seen = {
            part.code: directory.person(viewer=acting(house, part), code=MAYA.code, on=ON)
            for part in (MAYA, TOR, KARIN)
        }
        assert [work.company.code for work in seen[MAYA.code].work] == [ABC, XYZ]
        assert [work.company.code for work in seen[TOR.code].work] == [ABC]
        (elsewhere,) = seen[KARIN.code].work
        assert (elsewhere.company.code, elsewhere.unit, elsewhere.cost_centre) == (
            XYZ,
            None,
            Named("xyz-sales", "Sales"),
        )
        assert (seen[TOR.code].name, seen[TOR.code].email) == ("Maya Lund", "maya-lund@example.org")

    def test_strangers_find_nobody(self, house):
        for viewer in (acting(house, NORA), NOBODY, acting(house, KARIN)):
            for code in (MAYA.code, "nobody", ABC):
                with pytest.raises(NotThere):
                    directory.person(viewer=viewer, code=code, on=ON)

    def test_the_history_tells_all_work_newest_first_to_those_who_see_it(self, house):
        operations.move_work(
            by=HOUSE,
            at=AT,
            work="tor-bergli-abc",
            kind=WorkKind.PART_TIME,
            unit=None,
            job_title="Adviser",
            valid_from=ON,
        )
        rows = directory.history(viewer=acting(house, MAYA), code=TOR.code, on=ON)
        assert [(row.job_title, row.period.start) for row in rows] == [("Adviser", ON), ("Shop manager", TOR.since)]
        for code in (TOR.code, "nobody"):
            with pytest.raises(NotThere):
                directory.history(viewer=acting(house, KARIN), code=code, on=ON)

    def test_an_erased_person_is_shown_by_her_code(self):
        given_company("abc")
        given_employee("maya", "abc", valid_until=date(2026, 1, 1))
        given_company("kestrel")
        given_holding("maya", "kestrel", 100)
        code = operations.erase_person(by=HOUSE, at=AT, person="maya", reason="Asked for it.")
        admin = given_actor("admin", ("DATA_ADMINISTRATOR", None))
        assert directory.person(viewer=admin, code=code, on=ON).name == code
        (held,) = directory.holdings(viewer=admin, on=ON, params={}).rows
        assert held.owner == Named(code, code)
