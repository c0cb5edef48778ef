"""Asks every page of the house for ``inward bench --pages``: as a customer, a seller, an approver, a buyer, a controller,
a data administrator. Server time in this process
(and how much of it this process computed, which a busy machine does not change), beside it the limit: the same statements
alone, by hand. Not a command.
"""

import statistics
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

TIMES = 7
"""How often a page is asked; two more before that are not counted."""

WIDER = {
    "shop": ("?text=coffee", "?category=coffee", "?supplier=abc", "?sort=-newest", "?kind=SERVICE"),
    "orders": ("?state=PLACED", "?sort=total", "?sort=-total", "?settlement=PAYROLL"),
    "orders_all": (
        *("?state=PLACED", "?state=AWAITING_APPROVAL", "?standing=external", "?settlement=INVOICE"),
        *("?settlement=COST_CENTRE", "?sort=total", "?sort=-total", "?sort=number", "?text=100123"),
        "?state=PLACED&sort=total",
    ),
    "deliveries": ("?sort=total", "?settlement=INVOICE"),
    "books_journal": (
        "?kind=STAFF_SALE",
        "?kind=FREE_USE",
        "?sort=posted",
        "?posted_on={day}",
        "?reference={reference}",
    ),
    "books_balance": ("?since={month}&until={day}",),
}
"""Questions that lists and sheets answer beside the plain one."""

_FACES = ("inward.web", "inward.demo")


@dataclass(frozen=True, slots=True)
class Asked:
    """One address as one person."""

    page: str
    address: str
    person: str


def every_page(sessions: Mapping[str, str], known: Mapping[str, Mapping[str, object]]) -> list[dict[str, object]]:
    """Every page that answers, the slowest first. ``known`` says by person what may stand in addresses."""
    from django.conf import settings
    from django.test import Client

    found = []
    for person, session in sessions.items():
        client = Client(SERVER_NAME="localhost")
        client.cookies[settings.SESSION_COOKIE_NAME] = session
        found += [one for asked in _addresses(person, known[person]) if (one := _measured(client, asked)) is not None]
    return sorted(found, key=lambda one: -float(str(one["p50_ms"])))


def _addresses(person: str, known: Mapping[str, object]) -> Iterator[Asked]:
    from django.urls import NoReverseMatch, reverse

    for name, wanted in _patterns():
        if not wanted <= set(known):
            continue
        try:
            address = reverse(name, kwargs={part: known[part] for part in wanted})
        except NoReverseMatch:
            continue
        yield Asked(name, address, person)
        for more in WIDER.get(name, ()):
            yield Asked(name, address + more.format(**known), person)


def _patterns(resolver: Any = None) -> Iterator[tuple[str, frozenset[str]]]:
    """Every named address of the faces with the names of what it takes."""
    from django.urls import URLResolver, get_resolver

    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        elif entry.name and entry.callback.__module__.startswith(_FACES):
            yield entry.name, frozenset(entry.pattern.regex.groupindex)


def _measured(client: Any, asked: Asked) -> dict[str, object] | None:
    """Its server time and the time of its statements alone; None for what is no page of hers."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answer = client.get(asked.address)
    if answer.status_code != 200:  # noqa: PLR2004 - a page
        return None
    size = len(_content(answer))
    _content(client.get(asked.address))
    began = time.process_time()
    times = [_timed(client, asked.address) for _ in range(TIMES)]
    worked = (time.process_time() - began) / TIMES
    with CaptureQueriesContext(connection) as captured:
        _content(client.get(asked.address))
    return {
        "page": asked.page,
        "address": asked.address,
        "as": asked.person,
        "p50_ms": round(statistics.median(times) * 1e3, 1),
        "least_ms": round(min(times) * 1e3, 1),
        "processor_ms": round(worked * 1e3, 1),
        "limit_statements_alone_ms": round(_alone([query["sql"] for query in captured.captured_queries]) * 1e3, 1),
        "statements": len(captured.captured_queries),
        "kb": size // 1024,
    }


def _content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def _timed(client: Any, address: str) -> float:
    began = time.perf_counter()
    _content(client.get(address))
    return time.perf_counter() - began


def _alone(statements: Iterable[str]) -> float:
    """How long the reading statements of a page take when nothing else is done: no page can be faster."""
    from django.db import connection

    took = 0.0
    with connection.cursor() as cursor:
        for statement in statements:
            if statement.lstrip().upper().startswith(("SELECT", "WITH", "(SELECT")):
                began = time.perf_counter()
                cursor.execute(statement.replace("%", "%%"), [])
                cursor.fetchall()
                took += time.perf_counter() - began
    return took


def what_is_there(people: Iterable[str]) -> dict[str, dict[str, object]]:
    """By person, what may stand in addresses: an order and an entry she may see, and the rest alike for all."""
    from inward.access import queries as who
    from inward.kit import clock
    from inward.ledger import queries as books
    from inward.trade import queries as trade

    at = clock.now()
    found: dict[str, dict[str, object]] = {}
    for person in people:
        actor = who.actor_for(who.user_named(person), via="web", at=at)
        orders = trade.orders(viewer=actor, at=at, params={"limit": "1"}).rows
        companies = {named.code for named in books.companies(viewer=actor, at=at)}
        entries = books.entries(viewer=actor, at=at, params={"limit": "1", "company": "abc"}).rows if companies else ()
        found[person] = {
            "code": "coffee-machine",
            "which": "all",
            "form": "csv",
            "company": "abc",
            "number": 1,
            "person": person,
            "day": at.date().isoformat(),
            "month": at.date().replace(day=1).isoformat(),
            "reference": orders[0].reference if orders else "none",
            **({"key": entries[0].id} if entries else {}),
        }
    return found
