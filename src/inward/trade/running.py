"""What runs on: what the days of a period cost by what holds on them, and on which days that becomes otherwise.

Pure but for ``agency_of``: a world, a price book and a contract in, prices and days out. ``operations.running`` charges what is
decided here; docs/explanation/algorithms/subscriptions.md says how.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeAlias

from inward.core.bookkeeping import Agency
from inward.core.classification import Household, Kind, Verdict, World, classify, days_of_change, discreet
from inward.core.classification import decide as placed
from inward.core.pricing import Offering, Outcome, PriceBook, QuotedLine, Used, Wanted
from inward.core.running import Afterwards, Plan, plan_from
from inward.core.terms import Fields, Money, Period, Rate, Refusal, boundaries
from inward.kit.reasons import to_plain
from inward.ledger import queries as ledger
from inward.parties import queries as parties
from inward.parties.vocabulary import Purpose
from inward.trade.deciding import Dealing, Decision, Wish, absorbed_cost, decide
from inward.trade.household import Kept
from inward.trade.vocabulary import Settlement

_ANEW = frozenset({"settlement_not_open", "cost_centre_missing", "cost_centre_elsewhere"})
"""Refused as it was ordered: paid the usual way instead."""


@dataclass(frozen=True, slots=True)
class Contract:
    """Something that runs, as pricing and books need to know it; parties and offering by code."""

    id: int
    reference: str
    subject: str
    person: str | None
    customer: str
    supplier: str
    offering: str
    quantity: int
    settlement: Settlement
    cost_centre: str | None
    plan: Plan
    starts_on: date
    ends_on: date | None
    billed_until: date
    whom: Kept | None = None
    """For whom of the household of whoever ordered it; None: for herself, or for a unit or company."""

    def home(self, world: World, on: date) -> Household | None:
        """The household by which a day is priced."""
        return None if self.whom is None or self.person is None else self.whom.again(world, self.person, on)


Side: TypeAlias = "tuple[str, str, str | None, str, str | None] | None"
"""Where a customer stands: verdict, kind, company, kind of work, and what the member of her household for whom it is is to her
(empty: nothing any more; None: it is for herself). None while one of the two is not there.
"""


@dataclass(frozen=True, slots=True)
class Priced:
    """What a whole period costs by what holds on a day, and how it is paid and posted."""

    side: Side
    books_kind: str
    company: str | None
    supplier_company: str
    settlement: Settlement
    cost_centre: str | None
    ordinary: Money
    tax: Money
    gross: Money
    cost: Money
    tax_code: str
    why: dict[str, Any]

    @property
    def paid(self) -> tuple[Any, ...]:
        """What must be equal for days to need no other charge."""
        return (self.gross, self.tax, self.cost, self.books_kind, self.company, self.settlement, self.cost_centre)


@dataclass(frozen=True, slots=True)
class Stood:
    """A charge as it stands: for which days of which period, at which price."""

    id: int
    period: Period
    since: date
    until: date
    priced: Priced


@dataclass(frozen=True, slots=True)
class Days:
    """Some days of a period at one price."""

    period: Period
    since: date
    until: date
    priced: Priced
    decision: Decision | None = None
    """Where it was decided now, and not kept."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which the price becomes another, or it ends: prices of a whole period before and from then on."""

    on: date
    before: Priced
    after: Priced | None


def world() -> World:
    """The world by which dealings are priced, as it is known now."""
    return parties.world(purpose=Purpose.PRICE)


def side(world: World, contract: Contract, on: date) -> Side:
    """Where the customer stands on that day."""
    try:
        found = placed(
            supplier=contract.supplier,
            customer=contract.customer,
            world=world,
            on=on,
            definition=world.definition_on(on),
        )
    except Refusal as refusal:
        if refusal.reason.code != "unit_not_open":
            raise
        return None
    work, home = found.customer.work, contract.home(world, on)
    kind_of_work = "" if work is None else work.kind.value
    return found.verdict.value, found.kind.value, found.customer.company, kind_of_work, _tie(home, on)


def _tie(home: Household | None, on: date) -> str | None:
    if home is None:
        return None
    return home.tie.value if on in home.period else ""


def cuts(world: World, contract: Contract, days: Period) -> list[tuple[date, Side]]:
    """The first day, and each on which the customer comes to stand elsewhere within the days; with where."""
    assert days.start is not None  # days of a period
    found = [(days.start, side(world, contract, days.start))]
    for day in _changes(world, contract, days):
        there = side(world, contract, day)
        if there != found[-1][1]:
            found.append((day, there))
    return found


def _changes(world: World, contract: Contract, days: Period) -> list[date]:
    """The days after the first on which something that concerns the two changes."""
    assert days.start is not None  # as above
    changed = days_of_change(
        supplier=contract.supplier,
        customer=contract.customer,
        world=world,
        definition=world.definition_on(days.start),
    )
    if world.usual:
        changed = sorted({*changed, *boundaries(period for period, _ in world.usual)})
    if contract.whom is not None:
        changed = sorted({*changed, *boundaries(_belongs(world, contract, contract.whom))})
    return [day for day in changed if day > days.start and day in days]


def _belongs(world: World, contract: Contract, whom: Kept) -> Iterator[Period]:
    """The days on which the member for whom it is belongs to the household, as far as they are known."""
    if whom.until is not None:
        yield Period(None, whom.until)
    homes = world.leaning.get(contract.person or "", ())
    yield from (home.period for home in homes if home.member == whom.member)


def priced(
    world: World, book: PriceBook, contract: Contract, on: date, used: Sequence[Used] = (), there: Side = None
) -> tuple[Priced, Decision]:
    """What a period costs by what holds on that day, ``there`` where the customer stands then, if that is known already.

    Refusal where it has no price then.
    """
    wanted = (Wanted(contract.offering, contract.quantity),)
    wish = Wish(contract.customer, contract.person, wanted, contract.settlement, contract.cost_centre)
    home = contract.home(world, on)
    try:
        decision = decide(world=world, book=book, wish=wish, on=on, used=used, home=home)
    except Refusal as refusal:
        if refusal.reason.code not in _ANEW:
            raise
        anew = replace(wish, settlement=None, cost_centre=None)
        decision = decide(world=world, book=book, wish=anew, on=on, used=used, home=home)
    return priced_by(decision, there or side(world, contract, on), book.offerings[contract.offering].tax_code), decision


def priced_by(decision: Decision, there: Side, tax_code: str) -> Priced:
    """A decision about one line as the price of a period."""
    line = decision.quote.lines[0]
    return Priced(
        side=there,
        books_kind=decision.books.kind.value,
        company=decision.books.customer_company,
        supplier_company=decision.books.supplier_company,
        settlement=decision.settlement,
        cost_centre=decision.cost_centre,
        ordinary=line.ordinary,
        tax=line.tax,
        gross=line.gross,
        cost=absorbed_cost(line) or Money.zero(line.gross.currency),
        tax_code=tax_code,
        why=_why(decision, line),
    )


def _why(decision: Decision, line: QuotedLine) -> dict[str, Any]:
    """Why it costs so much, in short: the rules that won, and the grounds of the verdict but for whose household it is."""
    won = [traced for traced in line.trace if traced.outcome is Outcome.WON]
    return {
        "rules": [{"rule": traced.rule, "level": traced.level.value, "why": to_plain(traced.why)} for traced in won],
        "basis": line.parts[0].basis.value if line.parts else "",
        "includes_tax": line.includes_tax,
        "grounds": [to_plain(ground) for ground in discreet(decision.quote.standing).grounds],
    }


def new_days(
    world: World, book: PriceBook, contract: Contract, period: Period, used: Sequence[Used] = ()
) -> Iterator[Days]:
    """What a period costs that was never charged: its days, cut where the customer comes to stand elsewhere.

    Only the first days draw on allowances (``used``), as an order of that day would.
    """
    until = _end(period.until, contract.ends_on)
    assert period.start is not None  # a period of what runs
    found = cuts(world, contract, Period(period.start, until))
    for place, ((since, there), (end, _)) in enumerate(pairwise([*found, (until, None)])):
        price, decision = priced(world, book, contract, since, used if place == 0 else (), there)
        yield Days(period, since, end, price, decision)


def wanted_days(
    world: World, book: PriceBook, contract: Contract, period: Period, stood: Sequence[Stood]
) -> list[Days]:
    """What a period that was charged costs by what is known now: days on which the customer stands where the charge has her
    keep its price, for what was charged in advance was charged; the others are priced by the rules of their first day.
    """
    until = _end(period.until, contract.ends_on)
    assert period.start is not None  # as above
    if until <= period.start:
        return []
    found = []
    for (since, there), (end, _) in pairwise([*cuts(world, contract, Period(period.start, until)), (until, None)]):
        kept = next(
            (each.priced for each in stood if each.since <= since < each.until and each.priced.side == there), None
        )
        kept = kept or next((each.priced for each in stood if each.priced.side == there), None)
        price = kept or priced(world, book, contract, since)[0]
        found.append(Days(period, since, end, price))
    return found


def differs_from(stood: Sequence[Stood], wanted: Sequence[Days]) -> date | None:
    """The first day of a period from which on what was charged is not what it costs; None when every day is."""
    was = [(each.since, each.until, each.priced.paid) for each in stood]
    now = [(each.since, each.until, each.priced.paid) for each in wanted]
    edges = sorted({day for since, until, _ in (*was, *now) for day in (since, until)})
    return next((day for day in edges[:-1] if _on(was, day) != _on(now, day)), None)


def _on(days: Sequence[tuple[date, date, tuple[Any, ...]]], day: date) -> tuple[Any, ...] | None:
    return next((paid for since, until, paid in days if since <= day < until), None)


def ground_ends(world: World, contract: Contract) -> date | None:
    """The first day on which what made the customer an inside one has ended and its plan ends with that; or on which one of
    the two is there no more.
    """
    before: Side = None
    for day, there in cuts(world, contract, Period(contract.starts_on, None)):
        if day > contract.starts_on:
            if there is None and before is not None:
                return day
            lost = _inside(before) and there is not None and not _inside(there)
            if lost and contract.plan.afterwards is Afterwards.END:
                return day
        before = there
    return None


def _inside(there: Side) -> bool:
    """Whether what makes the price an inside one holds: the customer's standing, and that whoever it is for is of her household."""
    return there is not None and there[0] == Verdict.INTERNAL.value and there[4] != ""


def turns(world: World, book: PriceBook, contract: Contract, since: date) -> Iterator[Turn]:
    """The days after ``since`` on which the customer comes to stand elsewhere and the price of a period is another one.

    Nothing of a day on which it has no price: that is told when it cannot be charged.
    """
    before: Priced | None = None
    if contract.ends_on is not None and contract.ends_on <= since:  # another plan took its place on its first day
        return
    for day, _ in cuts(world, contract, Period(since, contract.ends_on)):
        try:
            after = priced(world, book, contract, day)[0]
        except Refusal:
            continue
        if before is not None and before.gross != after.gross:
            yield Turn(day, before, after)
        before = after


def agency_of(plan: Plan, agent: str, on: date) -> Agency | None:
    """For whom a company sells by this plan; None where it insures itself, or insures nothing."""
    insurer = None if plan.insurer is None else world().stands_for(plan.insurer, on)
    if insurer is None or insurer == agent:
        return None
    return _agency(insurer, agent, on, plan.commission, world(), _books())


def _books() -> frozenset[str]:
    return frozenset(ledger.prepared().currencies)


def _agency(insurer: str, agent: str, on: date, rate: Rate, known: World, books: frozenset[str]) -> Agency:
    key = ("trade.agency", insurer, agent, on)
    inside = known.prepared.get(key)
    if inside is None:
        definition = known.books_definition_on(on)
        found = classify(supplier=insurer, customer=agent, world=known.of_books, on=on, definition=definition)
        inside = known.prepared[key] = found.internal
    return Agency(agent, insurer, rate, inside=inside, keeps_books=insurer in books)


def dealing_of(contract: Contract, price: Priced, on: date) -> Dealing:
    """A charge as the books know it: its reference is the order's with which it began."""
    return Dealing(
        reference=contract.reference,
        subject=contract.subject,
        kind=Kind(price.books_kind),
        settlement=price.settlement,
        supplier=contract.supplier,
        supplier_company=price.supplier_company,
        customer=contract.customer,
        customer_company=price.company,
        cost_centre=price.cost_centre,
        private=contract.customer == contract.person,
        agency=agency_of(contract.plan, price.supplier_company, on),
    )


def alike(one: Offering, other: Offering) -> bool:
    """Whether two offerings are plans of the same thing, so that one may take the place of the other: by supplier and category."""
    return (one.supplier, one.category) == (other.supplier, other.category)


def plan_of(plain: dict[str, Any]) -> Plan:
    """The plan as it is kept with a contract. Many have the same: each is read once."""
    return _plan(tuple(plain.items()))


@lru_cache(maxsize=1024)
def _plan(items: tuple[tuple[str, Any], ...]) -> Plan:
    found = plan_from(Fields(dict(items)))
    assert found is not None  # only what has one runs
    return found


def _end(until: date | None, ends_on: date | None) -> date:
    assert until is not None  # a period of what runs has both days
    return until if ends_on is None else min(until, ends_on)
