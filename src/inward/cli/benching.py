"""What ``inward bench`` measures on one database: decides in process, starts a server, asks it over HTTP. Not a command.

The world it asks about is made by ``bench_filling``, every single page is asked by ``bench_pages``.
"""

import json
import statistics
import time
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction

from inward.cli import bench_filling, bench_pages, bench_pricing
from inward.cli.bench_filling import CLIENTS, ITEMS, Buyer
from inward.cli.bench_http import Client, Measured, Request, one_by_one, pages_of, server, summary, timed, together
from inward.cli.setup import prepare


def measure(leg: str, people: int, orders: int, seconds: float, *, pages: bool) -> dict[str, object]:
    """Everything about one database."""
    prepare()
    from inward.cli.migrate import migrate
    from inward.kit import clock

    at = clock.now()
    migrate()
    world = bench_filling.load_world(at, people)
    bench_filling.load_shop(at)
    buyers = bench_filling.sign_in(at)
    placed = bench_filling.load_orders(at, orders, bench_filling.said("orders", orders))
    buyer, approver = buyers[CLIENTS + 2], buyers[CLIENTS + 1]
    waiting = bench_filling.load_requisitions(at, buyer)
    bench_filling.tidy()
    found: dict[str, object] = {
        "versions": versions(),
        "people": people,
        "orders": orders,
        "import_world": world,
        "place_set_wise": placed,
        "orders_that_wait": waiting,
        **_in_process(at, buyers[0]),
    }
    with server(workers=1 if leg == "sqlite" else 2) as port:
        found |= _over_http(port, buyers, seconds)
        found |= _requisitions(port, approver, seconds)
    if pages:
        who = {buyer.person: buyer.session for buyer in (buyers[0], *buyers[CLIENTS:])}
        found["pages"] = bench_pages.every_page(who, bench_pages.what_is_there(who))
    return found


def _over_http(port: int, buyers: list[Buyer], seconds: float) -> dict[str, object]:
    first = buyers[0]
    lines = [{"offering": item, "quantity": 1} for item in ITEMS]
    asked = Client(port, first).call(("POST", "/api/v1/quotes", {"lines": lines}, ""))
    expected = json.loads(asked)["total"]
    one_line = {"lines": lines[:1]}
    for buyer in buyers:  # every process prepares its world and price book before anything is timed
        for _ in range(4):
            Client(port, buyer).call(("POST", "/api/v1/quotes", one_line, ""))
    return {
        "order_5_lines": one_by_one(port, first, lambda n: _order(lines, expected, f"one-{n}"), seconds),
        "order_5_lines_8_clients": together(
            port, buyers, lambda who, n: _order(lines, expected, f"{who}-{n}"), seconds
        ),
        "quote_1_line": one_by_one(port, first, lambda _n: ("POST", "/api/v1/quotes", one_line, ""), seconds / 2),
        "page_of_50_orders_api": one_by_one(
            port, first, lambda _n: ("GET", "/api/v1/orders?limit=50", None, ""), seconds / 2
        ),
        "page_of_orders_web": pages_of(port, buyers[CLIENTS], "/orders/all/", seconds / 2),
        "home_page_web": pages_of(port, first, "/", seconds / 2),
        "offering_page_web": pages_of(port, first, "/shop/coffee-machine/", seconds / 2),
    }


def _requisitions(port: int, approver: Buyer, seconds: float) -> dict[str, object]:
    """Fifty of the orders that wait for a budget holder's word, among all that there are."""
    asked = ("GET", "/api/v1/orders?which=to_decide&limit=50", None, "")
    return {
        "page_of_50_requisitions_api": one_by_one(port, approver, lambda _n: asked, seconds / 2),
        "page_of_requisitions_web": pages_of(port, approver, "/approvals/", seconds / 2),
    }


def _in_process(at: datetime, buyer: Buyer) -> dict[str, object]:
    """Verdicts on the prepared world, a five-line decision, and the write alone, which is the limit of any order."""
    from inward.catalogue import queries as catalogue
    from inward.core.classification import classify
    from inward.core.pricing import Wanted
    from inward.parties import queries as known
    from inward.trade.deciding import Wish, decide

    world, book, on = known.world(), catalogue.price_book(), at.date()
    people = [work.person for work in world.work_relationships[:2000]]

    def verdicts() -> None:
        for person in people:
            classify(supplier="abc", customer=person, world=world, on=on)

    verdicts()
    wish = Wish(buyer.person, buyer.person, tuple(Wanted(item, 1) for item in ITEMS))
    decide(world=world, book=book, wish=wish, on=on)
    return {
        "verdict_us": round(min(timed(verdicts) for _ in range(5)) / len(people) * 1e6, 2),
        "decision_5_lines_ms": round(
            statistics.median(timed(lambda: decide(world=world, book=book, wish=wish, on=on)) for _ in range(50)) * 1e3,
            3,
        ),
        "pricing": bench_pricing.measured(world, book, items=ITEMS, on=on),
        "limit_write_alone": _write_alone(at, buyer),
        "what_if_a_year": _what_if(at),
        "world_made_whole_ms": _made_anew(known.forget, known.world),
        "price_book_made_whole_ms": _made_anew(catalogue.forget, catalogue.price_book),
    }


def _what_if(at: datetime) -> dict[str, object]:
    """The dealings of the year asked once more, had the group sold XYZ at its beginning: verdicts of all, prices of some."""
    from inward.insight import queries
    from inward.insight.suppositions import SupposedShare
    from inward.kit.actor import Actor

    sold = SupposedShare("jkl", "xyz", Fraction(0), at.date() - queries.YEAR)
    began = time.perf_counter()
    found = queries.what_if(viewer=Actor.system("bench"), at=at, suppositions=[sold])
    return {
        "asked": found.asked,
        "priced": found.priced,
        "differ": found.differ,
        "seconds": round(time.perf_counter() - began, 2),
    }


def _made_anew(forget: Callable[[], object], make: Callable[[], object]) -> float:
    """How long a process needs to make a prepared value from nothing, the best of three."""

    def anew() -> None:
        forget()
        make()

    return round(min(timed(anew) for _ in range(3)) * 1e3, 1)


def _write_alone(at: datetime, buyer: Buyer) -> Measured:
    """The rows of the same order, written by the one statement in process: without HTTP and without deciding."""
    from inward.access import queries as who
    from inward.core.pricing import Wanted
    from inward.trade.operations.placing import prepared_writes

    actor = who.actor_for(who.user_named(buyer.person), via="cli", at=at)
    lines = tuple(Wanted(item, 1) for item in ITEMS)
    times = [timed(act) for act in prepared_writes(by=actor, at=at, lines=lines, count=200)]
    return summary(times[20:], sum(times[20:]))


def versions() -> dict[str, str]:
    """Of Django, and of the database that is asked."""
    import django
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return {"django": django.get_version(), connection.vendor: str(cursor.fetchone()[0])}


def _order(lines: object, expected: object, key: str) -> Request:
    return "POST", "/api/v1/orders", {"lines": lines, "expected": expected}, key
