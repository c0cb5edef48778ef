"""A second company of real shape comes in by a column mapping: people, departments, their managers, and jobs they had before.

Whoever worked there on a day, in which department, for how long, and who holds its budget is counted apart, straight from
the files.
"""

import csv
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from tests.builders import actor, given_role, given_user

from inward.catalogue import operations as catalogue
from inward.catalogue import queries as offered
from inward.core.classification import Kind, classify
from inward.core.pricing import (
    Fixed,
    Level,
    Offering,
    OfferingKind,
    PercentOff,
    PriceRule,
    Scheme,
    Scope,
    Target,
    TargetKind,
    Wanted,
    quote,
)
from inward.core.terms import Money, Period, Rate, UnitPrice
from inward.kit.actor import Actor
from inward.kit.intake import read_directory, read_mapping
from inward.kit.policy import NotThere
from inward.ledger import operations as ledger
from inward.ledger import queries as books
from inward.parties import graph as leaders
from inward.parties import leading
from inward.parties import operations as parties
from inward.parties import queries as known
from inward.parties.worldfiles import LOADED, TABLES
from inward.trade import operations as trade
from inward.trade import queries as trading

FOLDER = Path(__file__).parent.parent / "data" / "oracle-hr"
AT = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)
HOUSE = Actor.system("story")
COMPANY = "oracle-hr"
DAYS = (date(2008, 1, 1), date(2012, 2, 29), date(2015, 6, 1), date(2016, 7, 24), date(2016, 7, 25), AT.date())


@pytest.fixture
def oracle_hr(db):
    return brought(TABLES)


def brought(names):
    """Those tables of the files, loaded by the mapping."""
    mapping = {name: table for name, table in read_mapping(FOLDER / "mapping.json").items() if name in names}
    return parties.import_world(by=HOUSE, at=AT, tables=read_directory(FOLDER, names, mapping), source="oracle-hr")


def rows(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def at_work(on):
    """Who works in which department that day, by the files: (person, department) of present and of earlier jobs."""
    day = on.isoformat()
    present = [(r["employee_id"], r["department_id"]) for r in rows("employees") if r["hire_date"] <= day]
    earlier = [
        (r["employee_id"], r["department_id"]) for r in rows("job_history") if r["start_date"] <= day <= r["end_date"]
    ]
    return sorted(present + earlier)


def test_every_row_of_the_files_comes_in(oracle_hr):
    assert (oracle_hr.report.read, oracle_hr.report.problems, oracle_hr.written) == (2 + 27 + 107 + 117, (), True)
    world = known.world()
    assert (len(world.people), len(world.units), len(world.work_relationships)) == (107, 27, 117)
    assert sum(1 for work in world.work_relationships if work.period.until is not None) == 10
    titles = {row["job_id"]: row["job_title"] for row in rows("jobs")}
    wanted = {f"e{row['employee_id']}": titles[row["job_id"]] for row in rows("employees")}
    assert known.jobs(wanted, on=AT.date()) == wanted
    assert world.names["e100"] == "Steven King"


def test_a_second_time_nothing_is_new(oracle_hr):
    again = brought(TABLES)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2 + 2 + 27 + 27 + 107 + 117)


def test_everybody_is_led_by_whom_the_column_of_managers_says(db):
    """All 107, counted straight from the file; among them one who works in no department, whose manager heads another."""
    loaded = brought(LOADED)
    assert (loaded.report.problems, loaded.written) == ((), True)
    of_file = {f"e{row['employee_id']}": row["manager_id"] and f"e{row['manager_id']}" for row in rows("employees")}
    graph = leading.graph()
    found = {
        person: [each.manager or "" for each in leaders.managers_of(graph, person, AT.date())] for person in of_file
    }
    assert found == {person: [manager] for person, manager in of_file.items()}
    assert (len(found), len(set(of_file.values())), of_file["e178"], of_file["e100"]) == (107, 19, "e149", "")
    assert (brought(LOADED).changed, leading.graph().heads) == (0, graph.heads)


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_whoever_works_there_on_a_day_is_inside_that_day_and_nobody_else(oracle_hr, on):
    found = sorted(
        (work.person[1:], (work.unit or "d")[1:])
        for person in known.world().person
        for work in known.work_of(person, on=on)
    )
    assert found == at_work(on)
    inside = {f"e{person}" for person, _ in at_work(on)}
    for person in known.world().person:
        standing = classify(supplier=COMPANY, customer=person, world=known.world(), on=on)
        assert standing.kind is (Kind.STAFF if person in inside else Kind.OUTSIDE), person


def test_between_two_employments_neena_is_a_stranger(oracle_hr):
    kinds = [
        classify(supplier=COMPANY, customer="e101", world=known.world(), on=on).kind
        for on in (date(2015, 3, 15), date(2015, 3, 16), date(2015, 9, 20), date(2015, 9, 21))
    ]
    assert kinds == [Kind.STAFF, Kind.OUTSIDE, Kind.OUTSIDE, Kind.STAFF]


def given_a_canteen():
    """Finance sells to the house and its people: a meal for 10.00, staff after five years a fifth off."""
    ever = Period()
    usd = UnitPrice.of("10.00", "USD")
    catalogue.offer_item(
        by=HOUSE, at=AT, offering=Offering("meal", COMPANY, "", OfferingKind.SERVICE, "", "A meal in the canteen")
    )
    scheme = Scheme("five-years", COMPANY, "After five years", ever, tenure_months=60)
    catalogue.set_up_scheme(by=HOUSE, at=AT, scheme=scheme)
    for rule in (
        PriceRule("list-meal", Level.LIST, COMPANY, Fixed(usd), Target(TargetKind.ITEM, "meal"), period=ever),
        PriceRule("staff-meal", Level.SCHEME, COMPANY, PercentOff(Rate(Fraction(1, 5))), scope=Scope(), period=ever,
                  scheme="five-years"),
    ):  # fmt: skip
        catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    ledger.open_books(by=HOUSE, at=AT, company=COMPANY, currency="USD")


def long_there(on, years=5):
    """Who was there without a break for so many years, by the files: jobs that touch or overlap are one stretch."""
    found = set()
    spans = {row["employee_id"]: [(row["hire_date"], "9999-12-31")] for row in rows("employees")}
    for row in rows("job_history"):
        spans[row["employee_id"]].append((row["start_date"], row["end_date"]))
    for person, periods in spans.items():
        start = end = ""
        for first, last in sorted(periods):
            if first > on.isoformat():
                break
            next_day = date.fromisoformat(end).toordinal() + 1 if end else 0
            if not end or date.fromisoformat(first).toordinal() > next_day:
                start = first
            end = max(end, last)
        if start and end >= on.isoformat() and start <= on.replace(year=on.year - years).isoformat():
            found.add(f"e{person}")
    return found


def test_the_staff_price_after_five_years_reaches_those_whom_the_files_say(oracle_hr):
    given_a_canteen()
    world, book, on = known.world(), offered.price_book(), AT.date()
    reduced = {
        person
        for person in world.person
        if quote(world=world, book=book, supplier=COMPANY, customer=person, on=on, lines=[Wanted("meal", 1)]).total
        == Money.of("8.00", "USD")
    }
    assert reduced == long_there(on)
    assert (len(reduced), len(world.person)) == (11, 107)


def test_the_manager_of_each_department_and_nobody_else_decides_what_it_spends(oracle_hr):
    given_a_canteen()
    managed = {f"d{r['department_id']}": f"e{r['manager_id']}" for r in rows("departments") if r["manager_id"]}
    assert len(managed) == 11
    for unit, manager in managed.items():
        user = given_user(manager, person=manager)
        given_role(user, "BUDGET_HOLDER", unit)
    trade.set_approval_limit(by=HOUSE, at=AT, party=COMPANY, limit=Money.of("100.00", "USD"))
    buyer_user = given_user("e178", person="e178")  # the one employee without a department
    placed = {}
    for unit in managed:
        given_role(buyer_user, "BUYER", unit)
    for unit in managed:
        buyer = actor(buyer_user, acting_for=unit, at=AT)
        total = trading.quote_for(viewer=buyer, at=AT, lines=[Wanted("meal", 20)]).quote.total
        placed[unit] = trade.place_order(
            by=buyer, at=AT, lines=[Wanted("meal", 20)], expected=total, key=unit
        ).reference
    from inward.access import queries as who

    for manager in managed.values():
        deciding = who.actor_for(who.user_named(manager), via="web", at=AT)
        waits = trading.orders(viewer=deciding, at=AT, which="to_decide").rows
        assert [row.reference for row in waits] == [placed[unit] for unit in managed if managed[unit] == manager]
        foreign = next(placed[unit] for unit in managed if managed[unit] != manager)
        with pytest.raises(NotThere):
            trade.approve_order(by=deciding, at=AT, reference=foreign)
        for row in waits:
            trade.approve_order(by=deciding, at=AT, reference=row.reference)
    sums = books.trial_balance(viewer=HOUSE, at=AT, company=COMPANY)
    assert sum(row.debit.minor for row in sums) == sum(row.credit.minor for row in sums) == 11 * 20_000
