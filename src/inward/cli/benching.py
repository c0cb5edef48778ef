"""What ``inward bench`` measures on one database: builds the world, starts a server, and asks it over HTTP. Not a command."""

import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from inward.cli.serve import free_port, leave_database
from inward.cli.setup import prepare

CLIENTS = 8
ITEMS = ("coffee-machine", "kettle", "toaster", "headphones", "espresso-cups")
Measured = dict[str, float | int]


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody of the bench: her code, a token of hers, and a session of the web."""

    person: str
    token: str
    session: str


def measure(leg: str, people: int, orders: int, seconds: float) -> dict[str, object]:
    """Everything about one database."""
    prepare()
    from inward.cli.migrate import migrate
    from inward.kit import clock

    at = clock.now()
    migrate()
    loaded = {"load_people_s": _timed(lambda: _load(at, people))}
    buyers = _buyers(at)
    loaded["load_orders_s"] = _timed(lambda: _past_orders(at, orders, buyers))
    _tidy()
    found: dict[str, object] = {
        "versions": _versions(),
        "people": people,
        "orders": orders,
        **loaded,
        **_in_process(at, buyers[0]),
    }
    with _server(workers=1 if leg == "sqlite" else 2) as port:
        found |= _over_http(port, buyers, seconds)
    return found


def _over_http(port: int, buyers: list[Buyer], seconds: float) -> dict[str, object]:
    first = buyers[0]
    lines = [{"offering": item, "quantity": 1} for item in ITEMS]
    expected = _call(_connection(port), first, "POST", "/api/v1/quotes", {"lines": lines})["total"]
    one_line = {"lines": lines[:1]}
    for buyer in buyers:  # every process prepares its world and price book before anything is timed
        for _ in range(4):
            _call(_connection(port), buyer, "POST", "/api/v1/quotes", one_line)
    return {
        "order_5_lines": _one_by_one(port, first, lambda n: _order(lines, expected, f"one-{n}"), seconds),
        "order_5_lines_8_clients": _together(
            port, buyers, lambda who, n: _order(lines, expected, f"{who}-{n}"), seconds
        ),
        "quote_1_line": _one_by_one(port, first, lambda _n: ("POST", "/api/v1/quotes", one_line, ""), seconds / 2),
        "page_of_50_orders_api": _one_by_one(
            port, first, lambda _n: ("GET", "/api/v1/orders?limit=50", None, ""), seconds / 2
        ),
        "page_of_orders_web": _pages(port, buyers[-1], "/orders/all/", seconds / 2),
        "home_page_web": _pages(port, first, "/", seconds / 2),
        "offering_page_web": _pages(port, first, "/shop/coffee-machine/", seconds / 2),
    }


def _load(at: datetime, people: int) -> None:
    """The named world at this size; the staff scheme without limits that anybody would reach."""
    from inward.catalogue import operations as catalogue
    from inward.demo import goods, loading
    from inward.demo import people as organisation
    from inward.kit.actor import Actor
    from inward.ledger import operations as ledger
    from inward.parties import operations as parties

    house, on = Actor.system("bench", via="cli"), at.date()
    staff, work = organisation.staff(on, people)
    world = {
        "companies": organisation.company_rows(),
        "people": staff,
        "units": organisation.unit_rows(on),
        "holdings": organisation.holding_rows(on),
        "work_relationships": work,
    }
    parties.import_world(by=house, at=at, tables={name: loading.rows(name, rows) for name, rows in world.items()})
    schemes = [row | {"allowance_money": "900000000", "allowance_units": 10**12} for row in goods.scheme_rows(on)]
    shop = {
        "categories": goods.category_rows(),
        "offerings": goods.offering_rows(on),
        "prices": goods.price_rows(on),
        "schemes": schemes,
        "tax_rates": goods.tax_rows(on),
    }
    catalogue.import_catalogue(by=house, at=at, tables={name: loading.rows(name, rows) for name, rows in shop.items()})
    for company in ("jkl", "abc", "xyz", "harbour", "fjord", "bellavista"):
        ledger.open_books(by=house, at=at, company=company, currency="EUR")


def _buyers(at: datetime) -> list[Buyer]:
    """Eight people of ABC Retail and, last, the one who sees every order of its shop."""
    from inward.access import operations as access
    from inward.access.vocabulary import Role
    from inward.kit.actor import Actor
    from inward.parties import queries as known

    house, on = Actor.system("bench", via="cli"), at.date()
    staff = [
        work.person
        for work in known.world().work_relationships
        if work.company == "abc"
        and on in work.period
        and work.kind.value == "FULL_TIME"
        and work.person.startswith("e")
    ]
    found = []
    for person in [*staff[:CLIENTS], "tor-bergli"]:
        user = access.invite_user(by=house, at=at, username=person, person=person)
        if person == "tor-bergli":
            access.grant_role(by=house, at=at, user=user, role=Role.SELLER, party="abc")
        found.append(_signed_in(user, person, at))
    return found


def _signed_in(user: int, person: str, at: datetime) -> Buyer:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    from inward.access import operations as access
    from inward.access import queries as who
    from inward.access.vocabulary import TokenScope

    actor = who.actor_for(user, via="cli", at=at)
    token = access.make_token(by=actor, at=at, name="bench", scopes=list(TokenScope), expires_at=at + timedelta(days=1))
    row = get_user_model().objects.get(pk=user)
    session = SessionStore()
    session[SESSION_KEY] = str(user)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = row.get_session_auth_hash()
    session.save()
    return Buyer(person, token.raw, str(session.session_key))


def _past_orders(at: datetime, count: int, buyers: list[Buyer]) -> None:
    from inward.access import queries as who
    from inward.core.pricing import Wanted
    from inward.kit.actor import Actor
    from inward.trade import operations as trade
    from inward.trade.operations import PastOrder

    actors = [who.actor_for(who.user_named(buyer.person), via="cli", at=at) for buyer in buyers[:CLIENTS]]
    start = at - timedelta(days=200)

    def past() -> Iterator[PastOrder]:
        for number in range(count):
            lines = (Wanted(ITEMS[number % 5], 1), Wanted(ITEMS[(number + 2) % 5], 1))
            placed = start + timedelta(seconds=number * 150)
            yield PastOrder(by=actors[number % CLIENTS], at=placed, lines=lines, delivered_at=placed)

    house = Actor.system("bench", via="cli")
    trade.place_orders_set_wise(by=house, at=at, orders=past())


def _tidy() -> None:
    """Let the database know what it holds, as its own housekeeping would by and by."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
        "verdict_us": round(min(_timed(verdicts) for _ in range(5)) / len(people) * 1e6, 2),
        "decision_5_lines_ms": round(
            statistics.median(_timed(lambda: decide(world=world, book=book, wish=wish, on=on)) for _ in range(50))
            * 1e3,
            3,
        ),
        "limit_write_alone": _write_alone(at, buyer),
    }


def _write_alone(at: datetime, buyer: Buyer) -> Measured:
    """The rows of the same order, written by the one statement in process: without HTTP and without deciding."""
    from inward.access import queries as who
    from inward.core.pricing import Wanted
    from inward.trade.operations.placing import prepared_writes

    actor = who.actor_for(who.user_named(buyer.person), via="cli", at=at)
    lines = tuple(Wanted(item, 1) for item in ITEMS)
    times = [_timed(act) for act in prepared_writes(by=actor, at=at, lines=lines, count=200)]
    return _summary(times[20:], sum(times[20:]))


def _versions() -> dict[str, str]:
    import django
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return {"django": django.get_version(), connection.vendor: str(cursor.fetchone()[0])}


@contextmanager
def _server(workers: int) -> Iterator[int]:
    """A server of this installation on 127.0.0.1, ended by its own id."""
    leave_database()
    port = free_port("127.0.0.1", 8200)
    if port is None:
        raise OSError("no free port from 8200 on")
    words = [sys.executable, "-m", "inward", "serve", "--port", str(port), "--workers", str(workers), "--no-worker"]
    process = subprocess.Popen(words, env=os.environ, stdout=subprocess.DEVNULL)  # what it says on stderr is for people
    try:
        _wait_until_ready(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_ready(port: int) -> None:
    for _ in range(200):
        try:
            connection = _connection(port)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
    raise OSError("the server did not start")


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)


Request = tuple[str, str, object, str]


def _order(lines: object, expected: object, key: str) -> Request:
    return "POST", "/api/v1/orders", {"lines": lines, "expected": expected}, key


def _call(
    connection: http.client.HTTPConnection, buyer: Buyer, method: str, path: str, body: object = None, key: str = ""
) -> dict[str, object]:
    """One call with the buyer's token; anything but success is an error of the bench."""
    headers = {"Authorization": f"Bearer {buyer.token}", "Content-Type": "application/json"}
    if key:
        headers["Idempotency-Key"] = key
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
        raise RuntimeError(f"{path}: {answer.status} {content[:300]!r}")
    found: dict[str, object] = json.loads(content)
    return found


def _one_by_one(port: int, buyer: Buyer, request: Callable[[int], Request], seconds: float) -> Measured:
    """One client, one call after the other."""
    connection, times, number = _connection(port), [], 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        number += 1
        method, path, body, key = request(number)
        times.append(_timed(lambda: _call(connection, buyer, method, path, body, key)))  # noqa: B023 - called at once
    return _summary(times[len(times) // 10 :], seconds, count=len(times))


def _together(port: int, buyers: list[Buyer], request: Callable[[str, int], Request], seconds: float) -> Measured:
    """Eight clients at once, each a person of her own."""
    times: list[float] = []
    wrong: list[BaseException] = []
    end = time.perf_counter() + seconds

    def client(buyer: Buyer) -> None:
        connection, number = _connection(port), 0
        try:
            while time.perf_counter() < end:
                number += 1
                method, path, body, key = request(buyer.person, number)
                times.append(_timed(lambda: _call(connection, buyer, method, path, body, key)))  # noqa: B023 - called at once
        except (OSError, RuntimeError) as error:
            wrong.append(error)

    threads = [threading.Thread(target=client, args=(buyer,)) for buyer in buyers[:CLIENTS]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return _summary(times, seconds)


def _pages(port: int, buyer: Buyer, path: str, seconds: float) -> Measured:
    """A page of the web with a session, as a browser asks for it."""
    connection, times = _connection(port), []
    end = time.perf_counter() + seconds

    def get() -> None:
        connection.request("GET", path, headers={"Cookie": f"sessionid={buyer.session}"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"{path}: {answer.status}")

    for _ in range(5):
        get()
    while time.perf_counter() < end:
        times.append(_timed(get))
    return _summary(times, seconds)


def _summary(times: list[float], seconds: float, *, count: int = 0) -> Measured:
    ordered = sorted(times)
    return {
        "count": count or len(ordered),
        "per_second": round((count or len(ordered)) / seconds, 1),
        "p50_ms": round(statistics.median(ordered) * 1e3, 2),
        "p99_ms": round(ordered[int(len(ordered) * 0.99)] * 1e3, 2),
    }


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
