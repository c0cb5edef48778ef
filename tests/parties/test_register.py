"""The records as their keepers see them: those of their own companies, on any day, with every version and who made it."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    actor,
    given_actor,
    given_company,
    given_employee,
    given_holding,
    given_person,
    given_role,
    given_unit,
    given_user,
)

from inward.core.classification import WorkKind
from inward.core.terms import Period, Rate
from inward.kit.actor import NOBODY
from inward.kit.policy import NotThere
from inward.parties import operations, policy, queries, register
from inward.parties.operations import Source
from inward.parties.vocabulary import PartyKind

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def house():
    """JKL holds ABC and XYZ; each has IT; Maya works for ABC, Piet for XYZ, Nora for nobody."""
    for code, name in (("jkl", "JKL Group"), ("abc", "ABC Retail"), ("xyz", "XYZ Widgets")):
        given_company(code, name)
    given_holding("jkl", "abc", 80)
    given_holding("jkl", "xyz", 60)
    for company in ("abc", "xyz"):
        given_unit(f"{company}-it", company, "IT")
    given_employee("maya", "abc", unit="abc-it", name="Maya Lund")
    given_employee("piet", "xyz", name="Piet van Moulen")
    given_person("nora", "Nora Quistgaard", email="nora@example.org")
    return {
        "all": given_actor("siti", ("DATA_ADMINISTRATOR", None)),
        "abc": given_actor("abe", ("DATA_ADMINISTRATOR", "abc")),
        "none": given_actor("luca", ("CONTROLLER", "abc")),
    }


def codes(found):
    return [row.code for row in found.rows]


def seen(query, viewer, *, on=ON, **params):
    return codes(query(viewer=viewer, at=AT, on=on, params=params))


LISTS = {
    register.companies: (["abc", "jkl", "xyz"], ["abc"]),
    register.holdings: (["jkl-abc", "jkl-xyz"], ["jkl-abc"]),
    register.units: (["abc-it", "xyz-it"], ["abc-it"]),
    register.people: (["maya", "nora", "piet"], ["maya", "nora"]),
    register.work: (["maya-abc", "piet-xyz"], ["maya-abc"]),
}


@pytest.mark.parametrize("query", LISTS, ids=lambda query: query.__name__)
def test_keepers_see_the_records_of_their_own_companies_and_others_none(house, query):
    everything, own = LISTS[query]
    assert sorted(seen(query, house["all"])) == everything
    assert sorted(seen(query, house["abc"])) == own
    assert seen(query, house["none"]) == []
    assert seen(query, NOBODY) == []


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        (register.companies, "retail", ["abc"]),
        (register.companies, "xy", ["xyz"]),
        (register.holdings, "widgets", ["jkl-xyz"]),
        (register.units, "abc-", ["abc-it"]),
        (register.people, "nora@", ["nora"]),
        (register.people, "or\0a", ["nora"]),
        (register.work, "lund", ["maya-abc"]),
        (register.work, "  ", ["maya-abc", "piet-xyz"]),
    ],
)
def test_a_search_looks_in_names_and_codes(house, query, text, found):
    assert sorted(seen(query, house["all"], text=text)) == found


def test_filters_narrow_a_list(house):
    assert seen(register.holdings, house["all"], owned="abc") == ["jkl-abc"]
    assert seen(register.units, house["all"], company="xyz") == ["xyz-it"]
    assert seen(register.people, house["all"], company="abc") == ["maya"]
    assert seen(register.people, house["all"], company="nobody") == []
    assert seen(register.work, house["all"], kind="AGENT") == []


def test_another_day_shows_what_held_then_and_an_old_role_opens_nothing(house):
    operations.end_holding(by=HOUSE, at=AT, holding="jkl-xyz", valid_until=NEW_YEAR)
    assert seen(register.holdings, house["all"], on=NEW_YEAR) == ["jkl-abc"]
    assert seen(register.holdings, house["all"], on=date(2014, 12, 31)) == []
    user = given_user("past")
    given_role(user, "DATA_ADMINISTRATOR", "xyz", valid_until=ON)
    assert seen(register.units, actor(user), on=ON - timedelta(days=1)) == []


def test_lists_cost_the_same_for_one_row_and_three(house, django_assert_num_queries):
    register.people(viewer=house["all"], at=AT, on=ON, params={})
    for asked in ({"text": "maya"}, {}):
        with django_assert_num_queries(3):
            register.people(viewer=house["all"], at=AT, on=ON, params=asked)
    for asked in ({"text": "abc"}, {}):
        with django_assert_num_queries(3):
            register.companies(viewer=house["all"], at=AT, on=ON, params=asked)


def test_a_share_shows_every_version_that_was_ever_known_with_its_source(house):
    later = AT + timedelta(days=1)
    operations.change_holding(
        by=HOUSE, at=later, holding="jkl-xyz", votes=Fraction(45, 100), valid_from=NEW_YEAR, source=Source("letter")
    )
    sheet = register.holding(viewer=house["all"], at=AT, on=ON, code="jkl-xyz")
    assert (sheet.record.votes, sheet.record.period) == (Rate.percent(60), Period(LONG_AGO, NEW_YEAR))
    assert [(v.says["votes"], v.period, v.known_from, v.current, v.source) for v in sheet.versions] == [
        (Rate.percent(45), Period(NEW_YEAR), later, True, "letter"),
        (Rate.percent(60), Period(LONG_AGO, NEW_YEAR), later, True, ""),
        (Rate.percent(60), Period(LONG_AGO), AT, False, ""),
    ]
    assert [(told.act, told.facts.get("source")) for told in register.acts_on(sheet)] == [
        ("parties.change_holding", "letter"),
        ("parties.record_holding", None),
    ]


def test_a_company_shows_what_its_register_says_on_the_day(house):
    change = {"country": "NO", "currency": "NOK", "time_zone": "UTC"}
    operations.change_registration(by=HOUSE, at=AT, company="abc", valid_from=NEW_YEAR, **change)
    for on, country in ((ON, "NL"), (NEW_YEAR, "NO")):
        sheet = register.company(viewer=house["abc"], at=AT, on=on, code="abc")
        assert sheet.record.registration.says["country"] == country
    assert len(sheet.versions) == 3
    given_company("young", valid_from=NEW_YEAR)
    assert register.company(viewer=house["all"], at=AT, on=ON, code="young").record.registration is None


def test_a_unit_shows_its_places_and_a_closed_one_its_last(house):
    operations.close_unit(by=HOUSE, at=AT, unit="xyz-it", valid_until=ON)
    record = register.unit(viewer=house["all"], at=AT, on=NEW_YEAR, code="xyz-it").record
    assert (record.company.code, record.parent, record.period.until) == ("xyz", None, ON)


def test_a_person_shows_her_work_as_far_as_the_viewer_keeps_it(house):
    operations.start_work(by=HOUSE, at=AT, person="maya", company="xyz", kind=WorkKind.AGENT, valid_from=ON)
    both = register.person(viewer=house["all"], at=AT, on=ON, code="maya")
    own = register.person(viewer=house["abc"], at=AT, on=ON, code="maya")
    assert [work.company.code for work in both.record.work] == ["abc", "xyz"]
    assert [work.company.code for work in own.record.work] == ["abc"]
    assert own.audited[0] == queries.subject_of("maya")
    sheet = register.work_relationship(viewer=house["abc"], at=AT, on=ON, code="maya-abc")
    assert (sheet.record.unit.name, sheet.record.kind) == ("IT", WorkKind.FULL_TIME)


ELSEWHERE = [
    (register.company, "xyz"),
    (register.holding, "jkl-xyz"),
    (register.unit, "xyz-it"),
    (register.person, "piet"),
    (register.work_relationship, "piet-xyz"),
]


@pytest.mark.parametrize(("query", "code"), ELSEWHERE, ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_elsewhere_is_not_there(house, query, code):
    for viewer, asked in ((house["abc"], code), (house["none"], code), (NOBODY, code), (house["all"], "nobody")):
        with pytest.raises(NotThere):
            query(viewer=viewer, at=AT, on=ON, code=asked)


def test_a_party_is_found_by_code_then_whole_name_then_part_of_it(house):
    def found(kind, name, viewer="all"):
        return [p.code for p in register.found_by_name(viewer=house[viewer], at=AT, kind=kind, name=name)]

    assert found(PartyKind.COMPANY, "abc") == ["abc"]
    assert found(PartyKind.COMPANY, "xyz widgets") == ["xyz"]
    assert found(PartyKind.PERSON, "lund") == ["maya"]
    assert found(PartyKind.UNIT, "IT") == ["abc-it", "xyz-it"]
    assert found(PartyKind.UNIT, "IT", "abc") == ["abc-it"]
    assert found(PartyKind.PERSON, "piet", "abc") == []
    assert found(PartyKind.COMPANY, "nothing") == []


def test_who_keeps_records_is_asked_of_the_actor(house):
    answers = [policy.may_keep_records(who, on=ON).allowed for who in (*house.values(), NOBODY)]
    assert answers == [True, True, False, False]


VERSIONS = {
    register.company_versions: "abc",
    register.holding_versions: "jkl-abc",
    register.unit_versions: "abc-it",
    register.work_versions: "maya-abc",
}


def change_everything_of_abc():
    later = AT + timedelta(days=1)
    operations.change_registration(
        by=HOUSE,
        at=later,
        company="abc",
        register_number="NEW 1",
        country="NL",
        currency="EUR",
        time_zone="UTC",
        valid_from=NEW_YEAR,
    )
    operations.change_holding(by=HOUSE, at=later, holding="jkl-abc", votes=Fraction(4, 5), valid_from=NEW_YEAR)
    operations.move_unit(by=HOUSE, at=later, unit="abc-it", company="abc", parent=None, valid_from=NEW_YEAR)
    operations.move_work(
        by=HOUSE, at=later, work="maya-abc", kind=WorkKind.PART_TIME, unit=None, valid_from=NEW_YEAR, job_title="Cook"
    )


@pytest.mark.parametrize("query", VERSIONS, ids=lambda query: query.__name__)
def test_versions_come_page_by_page_none_twice_none_left_out(house, query):
    change_everything_of_abc()
    code, viewer = VERSIONS[query], house["abc"]
    whole = query(viewer=viewer, at=AT, code=code, params={})
    single, cursor = [], ""
    while cursor is not None:
        found = query(viewer=viewer, at=AT, code=code, params={"limit": "1", "cursor": cursor})
        single += found.rows
        cursor = found.next_cursor
    assert tuple(single) == whole.rows
    assert sorted((v.period.start or LONG_AGO, v.known_from, v.current) for v in single) == [
        (LONG_AGO, AT, False),
        (LONG_AGO, AT + timedelta(days=1), True),
        (NEW_YEAR, AT + timedelta(days=1), True),
    ]


@pytest.mark.parametrize("query", VERSIONS, ids=lambda query: query.__name__)
def test_versions_of_others_are_not_there(house, query):
    for viewer, code in ((house["none"], VERSIONS[query]), (house["abc"], VERSIONS[query].replace("abc", "xyz"))):
        with pytest.raises(NotThere):
            query(viewer=viewer, at=AT, code=code, params={})
