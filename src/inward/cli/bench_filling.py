"""Fills the database of ``inward bench``: the named world at the size asked, a year of past orders, people who sign in.

Through the doors that everybody has: imports of a world and a catalogue, set-wise orders, numbering. Not a command.
"""

import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inward.trade.operations import PastOrder

CLIENTS = 8
ITEMS = ("coffee-machine", "kettle", "toaster", "headphones", "espresso-cups")
BOOKS = ("jkl", "abc", "xyz", "harbour", "fjord", "bellavista")
FACES = ("tor-bergli", "henk-verhoef", "ines-contarini", "luca-bilancini", "siti-hartati")
"""Whose pages are asked beside a customer's: who delivers, approves, buys for a company, keeps the books, the data."""

REQUISITIONS = 120
_DAYS = 365
_OPEN_DAYS = 2
_SEED = 20260102
_DEPARTMENT, _OUTSIDER, _SAME = 6, 8, 100
"""Every so many orders: a department's, an outsider's, one of somebody whose pages are asked."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody of the bench: her code, a token of hers, and a session of the web."""

    person: str
    token: str
    session: str


def load_world(at: datetime, people: int) -> dict[str, float | int]:
    """The organisation, by the import that ``inward load`` calls; rows, seconds, and what the process needed at most."""
    from inward.demo import loading
    from inward.demo import people as organisation
    from inward.kit.actor import Actor
    from inward.parties import operations as parties

    house, on = Actor.system("bench", via="cli"), at.date()
    tables = {
        "companies": loading.rows("companies", organisation.company_rows()),
        "people": loading.rows("people", (person for person, _ in organisation.staff(on, people))),
        "units": loading.rows("units", organisation.unit_rows(on)),
        "holdings": loading.rows("holdings", organisation.holding_rows(on)),
        "work_relationships": loading.rows("work_relationships", (work for _, work in organisation.staff(on, people))),
    }
    began = time.perf_counter()
    report = parties.import_world(by=house, at=at, tables=tables).report
    return _rate(report.read, time.perf_counter() - began)


def load_shop(at: datetime) -> None:
    """The shop, its staff schemes without limits that anybody would reach, and open books."""
    from inward.catalogue import operations as catalogue
    from inward.demo import goods, loading
    from inward.kit.actor import Actor
    from inward.ledger import operations as ledger

    house, on = Actor.system("bench", via="cli"), at.date()
    wide = {"allowance_money": "900000000", "allowance_units": 10**9, "limits": []}
    schemes = [row | wide for row in goods.scheme_rows(on)]
    shop = {
        "categories": goods.category_rows(),
        "offerings": goods.offering_rows(on),
        "prices": goods.price_rows(on),
        "schemes": schemes,
        "tax_rates": goods.tax_rows(on),
    }
    tables = {name: loading.rows(name, rows) for name, rows in shop.items()}
    problems = catalogue.import_catalogue(by=house, at=at, tables=tables).report.problems
    if problems:  # a bench of half a shop would measure something else
        raise ValueError(problems[:3])
    for company in BOOKS:
        ledger.open_books(by=house, at=at, company=company, currency="EUR")


def sign_in(at: datetime) -> list[Buyer]:
    """Eight people of ABC Retail who buy, and then the faces with the roles of their parts."""
    from inward.access import operations as access
    from inward.access.vocabulary import EVERYTHING, Role
    from inward.demo.cast import PEOPLE
    from inward.kit.actor import Actor

    house = Actor.system("bench", via="cli")
    roles = {part.id: part.roles for part in PEOPLE}
    found = []
    for person in [*shoppers(at)[:CLIENTS], *FACES]:
        user = access.invite_user(by=house, at=at, username=person, person=person)
        for role, party in roles.get(person, ()):
            over = None if party == EVERYTHING else party
            access.grant_role(by=house, at=at, user=user, role=Role(role), party=over)
        found.append(signed_in(user, person, at))
    return found


def load_orders(at: datetime, count: int, progress: Callable[[int], None] | None = None) -> dict[str, float | int]:
    """So many past orders over a year, set-wise, then numbered; those of the last two days are still to be delivered."""
    from inward.kit.actor import Actor
    from inward.ledger import operations as ledger
    from inward.trade import operations as trade

    house = Actor.system("bench", via="cli")
    began = time.perf_counter()
    trade.place_orders_set_wise(by=house, at=at, orders=_past_orders(at, count), progress=progress)
    placed = _rate(count, time.perf_counter() - began)
    began = time.perf_counter()
    numbered = 0
    for company in BOOKS:
        while some := ledger.number_entries(by=house, at=at, company=company):
            numbered += some
    return placed | {"numbered": numbered, "numbering_s": round(time.perf_counter() - began, 1)}


def load_requisitions(at: datetime, buyer: Buyer) -> int:
    """Orders of a department that wait for a budget holder, two pages of them and more; returns how many."""
    from inward.access import queries as who
    from inward.core.pricing import Wanted
    from inward.core.terms import Money
    from inward.kit.actor import Actor
    from inward.trade import operations as trade
    from inward.trade import queries

    house, nothing = Actor.system("bench", via="cli"), Money.of("0", "EUR")
    trade.set_approval_limit(by=house, at=at, party="abc-purchasing", limit=nothing)
    by, lines = who.actor_for(who.user_named(buyer.person), via="cli", at=at), (Wanted("widget-a", 1),)
    total = queries.quote_for(viewer=by, at=at, lines=lines, customer="abc-purchasing").quote.total
    order = partial(trade.place_order, by=by, at=at, lines=lines, expected=total, customer="abc-purchasing")
    for number in range(REQUISITIONS):
        order(key=f"requisition-{number}")
    return REQUISITIONS


def tidy() -> None:
    """Let the database know what it holds, as its own housekeeping would by and by."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def said(what: str, total: int) -> Callable[[int], None]:
    """A line on standard error that tells how far something is, where somebody looks on."""

    def tell(done: int) -> None:
        if sys.stderr.isatty() or done % 50_000 == 0:
            end = "\r" if sys.stderr.isatty() else "\n"
            print(f"  {what}: {done:,} of {total:,}", end=end, file=sys.stderr, flush=True)

    return tell


def _rate(rows: int, seconds: float) -> dict[str, float | int]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "rows": rows,
        "seconds": round(seconds, 1),
        "rows_per_second": round(rows / max(seconds, 1e-9)),
        "peak_mb": peak,
    }


def shoppers(at: datetime) -> list[str]:
    """Full-time staff of ABC Retail without a part in the story."""
    from inward.parties import queries as known

    return [
        work.person
        for work in known.world().work_relationships
        if work.company == "abc"
        and at.date() in work.period
        and work.kind.value == "FULL_TIME"
        and work.person.startswith("e")
    ]


def _past_orders(at: datetime, count: int) -> Iterator["PastOrder"]:
    """Private purchases of all shoppers for the most part; some are a department's or an outsider's."""
    from inward.core.pricing import Wanted
    from inward.core.terms import Period
    from inward.kit.actor import Actor, Grant
    from inward.parties import queries as known
    from inward.trade.operations import PastOrder

    chance, people = Random(_SEED), shoppers(at)  # noqa: S311 - the same orders every time, no secret
    subjects = known.subjects_of([*people, "ines-contarini", "nora-quistgaard"])

    def acting(person: str, party: str | None = None) -> Actor:
        grants = () if party is None else (Grant("BUYER", party, frozenset({party}), Period()),)
        return Actor(user=None, person=person, acting_for=party, grants=grants, via="cli", subject=subjects[person])

    department = acting("ines-contarini", "abc-purchasing")
    outsider = acting("nora-quistgaard", "kestrel")
    start, step = at - timedelta(days=_DAYS), timedelta(days=_DAYS) / max(count, 1)
    still_open = at - timedelta(days=_OPEN_DAYS)
    for number in range(count):
        placed = start + number * step
        given = placed + timedelta(hours=20) if placed < still_open else None
        order = partial(PastOrder, at=placed, delivered_at=given)
        if number % _DEPARTMENT == 0:
            yield order(by=department, lines=(Wanted("widget-a", chance.randrange(1, 40)),))
        elif number % _OUTSIDER == 0:
            yield order(by=outsider, lines=(Wanted(ITEMS[number % 5], chance.randrange(1, 4)),))
        else:
            items = (ITEMS[number % 5], ITEMS[(number + 2) % 5])
            person = people[number % CLIENTS] if number % _SAME == 1 else chance.choice(people)
            yield order(by=acting(person), lines=tuple(Wanted(item, 1) for item in items))


def signed_in(user: int, person: str, at: datetime) -> Buyer:
    """Somebody with a session of the web and a token that may do everything she may."""
    from django.conf import settings
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
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = row.get_session_auth_hash()
    session.save()
    return Buyer(person, token.raw, str(session.session_key))
