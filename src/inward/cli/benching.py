"""What ``inward bench`` measures on one database: decides in process, starts a server, asks it over HTTP. Not a command.

The world it asks about is made by ``bench_filling``, every single page is asked by ``bench_pages``.
"""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from fractions import Fraction
from http import HTTPStatus

from inward.cli import bench_filling, bench_pages, bench_pricing
from inward.cli.bench_filling import CLIENTS, ITEMS, Buyer
from inward.cli.serve import free_port, leave_database
from inward.cli.setup import prepare

Measured = dict[str, float | int]


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
        "versions": _versions(),
        "people": people,
        "orders": orders,
        "import_world": world,
        "place_set_wise": placed,
        "orders_that_wait": waiting,
        **_in_process(at, buyers[0]),
    }
    with _server(workers=1 if leg == "sqlite" else 2) as port:
        found |= _over_http(port, buyers, seconds)
        found |= _requisitions(port, approver, seconds)
    if pages:
        who = {buyer.person: buyer.session for buyer in (buyers[0], *buyers[CLIENTS:])}
        found["pages"] = bench_pages.every_page(who, bench_pages.what_is_there(who))
    return found


def _over_http(port: int, buyers: list[Buyer], seconds: float) -> dict[str, object]:
    first = buyers[0]
    lines = [{"offering": item, "quantity": 1} for item in ITEMS]
    asked = _Client(port, first).call(("POST", "/api/v1/quotes", {"lines": lines}, ""))
    expected = json.loads(asked)["total"]
    one_line = {"lines": lines[:1]}
    for buyer in buyers:  # every process prepares its world and price book before anything is timed
        for _ in range(4):
            _Client(port, buyer).call(("POST", "/api/v1/quotes", one_line, ""))
    return {
        "order_5_lines": _one_by_one(port, first, lambda n: _order(lines, expected, f"one-{n}"), seconds),
        "order_5_lines_8_clients": _together(
            port, buyers, lambda who, n: _order(lines, expected, f"{who}-{n}"), seconds
        ),
        "quote_1_line": _one_by_one(port, first, lambda _n: ("POST", "/api/v1/quotes", one_line, ""), seconds / 2),
        "page_of_50_orders_api": _one_by_one(
            port, first, lambda _n: ("GET", "/api/v1/orders?limit=50", None, ""), seconds / 2
        ),
        "page_of_orders_web": _pages(port, buyers[CLIENTS], "/orders/all/", seconds / 2),
        "home_page_web": _pages(port, first, "/", seconds / 2),
        "offering_page_web": _pages(port, first, "/shop/coffee-machine/", seconds / 2),
    }


def _requisitions(port: int, approver: Buyer, seconds: float) -> dict[str, object]:
    """Fifty of the orders that wait for a budget holder's word, among all that there are."""
    asked = ("GET", "/api/v1/orders?which=to_decide&limit=50", None, "")
    return {
        "page_of_50_requisitions_api": _one_by_one(port, approver, lambda _n: asked, seconds / 2),
        "page_of_requisitions_web": _pages(port, approver, "/approvals/", seconds / 2),
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
        "verdict_us": round(min(_timed(verdicts) for _ in range(5)) / len(people) * 1e6, 2),
        "decision_5_lines_ms": round(
            statistics.median(_timed(lambda: decide(world=world, book=book, wish=wish, on=on)) for _ in range(50))
            * 1e3,
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

    return round(min(_timed(anew) for _ in range(3)) * 1e3, 1)


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


class _Client:
    """A client that costs next to nothing, since it shares its cores with the server: one connection, answers cut at their
    length. Only for our own server on this machine; anything but success is an error of the bench.
    """

    def __init__(self, port: int, buyer: Buyer) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = (
            f"Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {buyer.token}\r\nContent-Type: application/json\r\n"
        )

    def call(self, request: Request) -> bytes:
        """The body of the answer."""
        method, path, body, key = request
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\n{self._head}Content-Length: {len(content)}\r\n"
        if key:
            head += f"Idempotency-Key: {key}\r\n"
        self._socket.sendall(f"{head}\r\n".encode() + content)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._received()
        told, _, answer = got.partition(b"\r\n\r\n")
        lengths = [line for line in told.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        length = int(lengths[0].partition(b":")[2])
        while len(answer) < length:
            answer += self._received()
        if not told[9:12].startswith(b"2"):
            raise RuntimeError(f"{path}: {told[:40]!r} {answer[:300]!r}")
        return answer

    def _received(self) -> bytes:
        part = self._socket.recv(65_536)
        if not part:
            raise OSError("the server closed the connection")
        return part

    def close(self) -> None:
        """End the connection."""
        self._socket.close()


def _one_by_one(port: int, buyer: Buyer, request: Callable[[int], Request], seconds: float) -> Measured:
    """One client, one call after the other."""
    client, times, number = _Client(port, buyer), [], 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        number += 1
        asked = request(number)
        times.append(_timed(lambda: client.call(asked)))  # noqa: B023 - called at once
    client.close()
    return _summary(times[len(times) // 10 :], seconds, count=len(times))


def _together(port: int, buyers: list[Buyer], request: Callable[[str, int], Request], seconds: float) -> Measured:
    """Eight clients at once, each a person of her own."""
    times: list[float] = []
    wrong: list[BaseException] = []
    end = time.perf_counter() + seconds

    def buying(buyer: Buyer) -> None:
        client, number = _Client(port, buyer), 0
        try:
            while time.perf_counter() < end:
                number += 1
                asked = request(buyer.person, number)
                times.append(_timed(lambda: client.call(asked)))  # noqa: B023 - called at once
        except (OSError, RuntimeError) as error:
            wrong.append(error)
        finally:
            client.close()

    threads = [threading.Thread(target=buying, args=(buyer,)) for buyer in buyers[:CLIENTS]]
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
