"""A company of real shape comes in by a column mapping, and every product is priced for three kinds of customer.

The sums are checked by a count of their own, straight from the files, with another arithmetic (decimals).
"""

import csv
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from inward.catalogue import operations as catalogue
from inward.catalogue import queries as offered
from inward.core.classification import Kind
from inward.core.pricing import Wanted, quote
from inward.core.terms import Money, Period
from inward.kit.actor import Actor, Grant
from inward.kit.intake import read_directory, read_mapping
from inward.ledger import operations as ledger
from inward.ledger import queries as books
from inward.parties import graph as leaders
from inward.parties import leading
from inward.parties import operations as parties
from inward.parties import queries as known
from inward.parties.worldfiles import LOADED
from inward.trade import operations as trade
from inward.trade import queries as trading

FOLDER = Path(__file__).parent.parent / "data" / "adventureworks"
AT = datetime(2014, 6, 2, 9, 0, tzinfo=UTC)
ON = date(2014, 6, 2)
HOUSE = Actor.system("story")
CENT = Decimal("0.01")


@pytest.fixture
def adventure_works(db):
    """Everything loaded through the column mapping, books opened."""
    mapping = read_mapping(FOLDER / "mapping.json")
    people = {name: table for name, table in mapping.items() if name in LOADED}
    goods = {name: table for name, table in mapping.items() if name in catalogue.TABLES}
    world = parties.import_world(by=HOUSE, at=AT, tables=read_directory(FOLDER, LOADED, people))
    shop = catalogue.import_catalogue(by=HOUSE, at=AT, tables=read_directory(FOLDER, catalogue.TABLES, goods))
    ledger.open_books(by=HOUSE, at=AT, company="adventure-works", currency="USD")
    return world, shop


def products():
    with (FOLDER / "Product.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cents(amount):
    return amount.quantize(CENT, ROUND_HALF_UP)


def asked(customer):
    """What each product costs this customer, by the house's own pricing."""
    world, book = known.world(), offered.price_book()
    found = {}
    for product in products():
        wanted = [Wanted(f"p{product['ProductID']}", 1)]
        quoted = quote(world=world, book=book, supplier="adventure-works", customer=customer, on=ON, lines=wanted)
        found[product["ProductID"]] = (quoted.standing.kind, Decimal(quoted.total.amount))
    return found


def test_every_row_of_the_files_comes_in(adventure_works):
    world, shop = adventure_works
    assert (world.report.read, world.report.problems, world.written) == (2 + 16 + 290 + 296 + 290, (), True)
    assert (shop.report.read, shop.report.problems, shop.written) == (504 + 504 + 2 + 1, (), True)
    assert len(known.world().people) == 290
    departments = {unit.id for unit in known.world().units if unit.id.count("-") == 1}
    assert departments == {f"aw-{number}" for number in range(1, 17)}
    assert sum(1 for work in known.world().work_relationships if work.period.until is not None) == 6
    assert len(offered.price_book().offerings) == 504


def test_everybody_is_led_by_whom_the_chart_of_the_file_says(adventure_works):
    """Counted apart: whoever has the longest part of somebody's path in bits, without what fills its last byte, leads her."""
    with (FOLDER / "Employee.csv").open(encoding="utf-8") as file:
        nodes = {f"e{row['BusinessEntityID']}": row["OrganizationNode"] for row in csv.DictReader(file)}
    bits = {person: "".join(f"{int(digit, 16):04b}" for digit in node).rstrip("0") for person, node in nodes.items()}
    above = {
        person: max(
            (other for other in bits if other != person and path.startswith(bits[other])),
            key=lambda other: len(bits[other]),
            default=None,
        )
        for person, path in bits.items()
    }
    graph = leading.graph()
    found = {person: [managed.manager for managed in leaders.managers_of(graph, person, ON)] for person in nodes}
    assert found == {person: [leader] for person, leader in above.items()}
    by_hand = {"e1": None, "e2": "e1", "e4": "e3", "e7": "e3", "e10": "e7", "e28": "e27", "e121": "e26", "e262": "e234"}
    assert {person: found[person][0] for person in by_hand} == by_hand
    heads = {place: leaders.head_of(graph, place, ON) for place in ("aw-1", "aw-2", "aw-6", "aw-7", "aw-10", "aw-16")}
    assert heads == {"aw-1": "e2", "aw-2": "e3", "aw-6": "e7", "aw-7": "e25", "aw-10": "e234", "aw-16": "e1"}
    assert leaders.head_of(graph, "adventure-works", ON) == "e1"
    assert list(leaders.path(graph, "aw-6", ON)) == [
        "aw-6",
        "aw-1-e3",
        "aw-1",
        "aw-16",
        "adventure-works",
    ]
    assert known.world().names["aw-1-e3"] == "Engineering Manager"


def test_the_chart_is_tried_first_and_twice_is_once(db):
    mapping = {name: table for name, table in read_mapping(FOLDER / "mapping.json").items() if name in LOADED}

    def brought(*, dry_run=False):
        return parties.import_world(by=HOUSE, at=AT, tables=read_directory(FOLDER, LOADED, mapping), dry_run=dry_run)

    tried = brought(dry_run=True)
    assert (tried.report.problems, tried.written, known.world().units, leading.graph().heads) == ((), False, (), {})
    first = brought()
    stood = (known.world(), leading.graph().heads)
    second = brought()
    assert (first.added, second.added, second.changed) == (tried.added, 0, 0)
    assert second.unchanged == first.added
    assert (known.world(), leading.graph().heads) == stood


def test_staff_buy_at_a_quarter_off_and_never_under_cost(adventure_works):
    prices = asked("e1")
    assert {kind for kind, _ in prices.values()} == {Kind.STAFF}
    floors = 0
    for product in products():
        cost, listed = Decimal(product["StandardCost"]), Decimal(product["ListPrice"])
        assert prices[product["ProductID"]][1] == cents(max(listed * 3 / 4, cost)), product["Name"]
        floors += listed * 3 / 4 < cost
    assert floors == 9
    total = sum(cents(max(Decimal(p["ListPrice"]) * 3 / 4, Decimal(p["StandardCost"]))) for p in products())
    assert sum(price for _, price in prices.values()) == total


def test_a_department_pays_cost_and_an_outsider_the_list_price(adventure_works):
    department, outsider = asked("aw-7"), asked("wingtip")
    assert {kind for kind, _ in department.values()} == {Kind.DEPARTMENT}
    assert {kind for kind, _ in outsider.values()} == {Kind.OUTSIDE}
    for product in products():
        assert department[product["ProductID"]][1] == cents(Decimal(product["StandardCost"])), product["Name"]
        assert outsider[product["ProductID"]][1] == cents(Decimal(product["ListPrice"])), product["Name"]


def test_orders_of_all_three_post_what_the_files_say(adventure_works):
    always = Period()
    subject = known.subject_of("e1")
    buyer = Grant("BUYER", "x", frozenset({"aw-7", "wingtip"}), always)
    priced = [product for product in products() if Decimal(product["ListPrice"]) > 0][:5]
    lines = [Wanted(f"p{product['ProductID']}", count) for count, product in enumerate(priced, 1)]
    for acting_for in (None, "aw-7", "wingtip"):
        actor = Actor(user=1, person="e1", acting_for=acting_for, grants=(buyer,), subject=subject)
        total = trading.quote_for(viewer=actor, at=AT, lines=lines).quote.total
        trade.place_order(by=actor, at=AT, lines=lines, expected=total, key=f"story-{acting_for}")

    counted = dict.fromkeys(("staff", "department", "outsider"), Decimal(0))
    for count, product in enumerate(priced, 1):
        cost, listed = Decimal(product["StandardCost"]), Decimal(product["ListPrice"])
        counted["staff"] += cents(max(listed * 3 / 4, cost) * count)
        counted["department"] += cents(cost * count)
        counted["outsider"] += cents(listed * count)

    def balance(account):
        return books.balance(viewer=HOUSE, at=AT, company="adventure-works", account=account)

    def usd(amount):
        return Money.of(amount, "USD")

    assert balance("1530") == usd(counted["staff"])
    assert balance("3050") == -usd(counted["staff"])
    assert balance("6900") == usd(counted["department"])
    assert balance("3900") == -usd(counted["department"])
    assert balance("1500") == usd(counted["outsider"])
    assert balance("3000") == -usd(counted["outsider"])
    rows = books.trial_balance(viewer=HOUSE, at=AT, company="adventure-works")
    assert sum(row.debit.minor for row in rows) == sum(row.credit.minor for row in rows)
    assert len(rows) == 6
