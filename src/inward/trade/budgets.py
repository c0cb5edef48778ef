"""Budgets of cost centres: what holds on which day, what orders have taken of it, and the gate inside their write. Reads only.

What was set is kept in memory while the version "budgets" stands; what was taken is a counter in the database, asked only where
somebody looks. Why it is so: docs/decisions/0161-budgets-are-taken-when-an-order-is-asked.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from inward.core.terms import Money, Period, Reason, Refusal
from inward.core.terms.money import as_currency
from inward.kit import versions
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.kit.writing import Counter, Unchanged
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.trade import policy, sharing
from inward.trade.deciding import Decision
from inward.trade.models import Budget, BudgetUse, Order
from inward.trade.vocabulary import BudgetRule

VERSION = "budgets"
GATE = "budget:"
BUDGETS = ListSpec(
    {"centre": "centre__name", "starts": "starts", "amount": "amount_minor"},
    {"centre": "centre__code", "rule": "rule"},
    default="-starts",
)
_USES = "trade_budgetuse"


@dataclass(frozen=True, slots=True)
class Allotted:
    """A budget as it was set: so much for a cost centre in these days."""

    centre: str
    period: Period
    amount: Money
    rule: BudgetRule

    @property
    def key(self) -> str:
        """How addresses and the audit name it: ``abc-it:2026-01-01``."""
        return f"{self.centre}:{self.starts.isoformat()}"

    @property
    def starts(self) -> date:
        """Its first day."""
        assert self.period.start is not None  # a budget has a first day
        return self.period.start

    @property
    def stops(self) -> bool:
        """Whether an order beyond it is stopped."""
        return self.rule is BudgetRule.STOP


@dataclass(frozen=True, slots=True)
class BudgetView:
    """A budget with what was taken of it: posted, and committed by orders that wait for approval.

    ``asked`` is what an order that is being looked at would take beside that.
    """

    allotted: Allotted
    centre: Named
    posted: Money
    committed: Money
    asked: Money

    @property
    def used(self) -> Money:
        """What orders take, those that wait included, and the one that is looked at."""
        return self.posted + self.committed + self.asked

    @property
    def left(self) -> Money:
        """What is left; negative where it is overdrawn."""
        return self.allotted.amount - self.used


class Take(NamedTuple):
    """So much of a budget."""

    budget: Allotted
    amount: Money


def on_day(centre: str, on: date) -> Allotted | None:
    """The budget of a cost centre on a day; None where none is set. Its own alone: what is above it has a budget of its own."""
    return next((each for each in _known.value().get(centre, ()) if on in each.period), None)


def of_centre(centre: str) -> tuple[Allotted, ...]:
    """All budgets of a cost centre, the earliest first."""
    return _known.value().get(centre, ())


def takes(decision: Decision, *, on: date | None = None) -> tuple[Take, ...]:
    """What an order takes of budgets when it is written; a standing order of those that hold ``on`` its first day. Refusal where a
    budget that stops is in another currency.
    """
    private = decision.wish.customer == decision.wish.person
    amount = decision.quote.total if private else decision.quote.net
    if not decision.shares:
        return _takes(decision.cost_centre, on or decision.on, amount)
    return tuple(each for share in decision.shares for each in _takes(share.centre, on or decision.on, share.bears))


def takes_of(found: Order, amount: Money) -> tuple[Take, ...]:
    """Of which budgets a stored order has taken that much, by what the cost centres that share it bear less without it."""
    if found.cost_centre is None:
        return ()
    on = found.frame.starts_on if hasattr(found, "frame") else found.placed_at.date()
    borne = [(centre, -part) for centre, part in sharing.change(found, -amount)] or [(found.cost_centre.code, amount)]
    known = ((on_day(centre, on), part) for centre, part in borne)
    return tuple(Take(held, part) for held, part in known if held is not None and held.amount.currency == part.currency)


def borne(*, private: bool, net: Money, tax: Money) -> Money:
    """What the cost centre bears: a purchase of a person for work with its tax, that of a department without."""
    return net + tax if private else net


def gates(
    taken: Iterable[Take], *, keys: Mapping[str, int], used: int = 1, posted: int = 0, bound: bool = True
) -> tuple[Counter, ...]:
    """One compare-and-set for each budget: used + amount stays within what stops, inside the write itself.

    ``used`` and ``posted`` say in which direction each of the two counters goes: 1, 0 or -1. What has happened is not ``bound``.
    """
    return tuple(
        Counter(
            name=f"{GATE}{each.budget.key}",
            table=_USES,
            key={"centre_id": keys[each.budget.centre], "starts": each.budget.starts},
            add={"used_minor": used * each.amount.minor, "posted_minor": posted * each.amount.minor},
            limits={"used_minor": each.budget.amount.minor} if bound and each.budget.stops else {},
        )
        for each in taken
        if each.amount.minor
    )


def still(number: int) -> Unchanged:
    """That no budget is set, raised or lifted while this is written: whoever does waits, and then counts what was written."""
    return replace(versions.unchanged(VERSION, number), hold=True)


def spent(taken: Sequence[Take], name: str) -> Refusal:
    """Why an order is stopped by the budget of that gate: what is left, and what it takes."""
    each = next(take for take in taken if name == f"{GATE}{take.budget.key}")
    seen = _views([each.budget])[0]
    reason = Reason.of(
        "budget_spent",
        unit=seen.centre.name,
        since=each.budget.starts,
        last=each.budget.period.last,
        left=seen.left,
        total=each.amount,
    )
    return Refusal(reason)


def before_ordering(decision: Decision, *, on: date | None = None) -> tuple[BudgetView, ...]:
    """The budgets as they would stand after the order; none for what is no cost centre's. One query."""
    taken = takes(decision, on=on)
    found = _views([each.budget for each in taken])
    return tuple(replace(view, asked=take.amount) for view, take in zip(found, taken, strict=True))


def listed(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[BudgetView]:
    """The budgets that the viewer reads, with what was taken. ``text`` looks in names and codes of cost centres."""
    rows = Budget.objects.filter(_seen(viewer, at.date()))
    text = params.get("text", "").replace("\0", "").strip()
    if text:
        rows = rows.filter(Q(centre__name__icontains=text) | Q(centre__code__icontains=text))
    found = page(rows.select_related("centre"), BUDGETS, params)
    views = dict(zip([row.pk for row in found.rows], _views([allotted(row) for row in found.rows]), strict=True))
    return found.map(lambda row: views[row.pk])


def running(*, viewer: Actor, at: datetime, centre: str | None = None) -> tuple[BudgetView, ...]:
    """The budgets of today that the viewer reads, of one cost centre or of all that she buys or answers for."""
    on = at.date()
    rows = Budget.objects.filter(_seen(viewer, on), starts__lte=on, until__gt=on)
    if centre is not None:
        rows = rows.filter(centre__code=centre)
    return _views([allotted(row) for row in rows.select_related("centre").order_by("centre__name")[:_RUNNING_MOST]])


def one(*, viewer: Actor, at: datetime, key: str) -> BudgetView:
    """One budget. NotThere for none, and for one that she does not read."""
    found = Budget.objects.filter(_seen(viewer, at.date()), **which(key)).select_related("centre").first()
    if found is None:
        raise NotThere
    return _views([allotted(found)])[0]


def which(key: str) -> dict[str, object]:
    """The row of a key, as a filter. NotThere for what is no key."""
    parts = key.rsplit(":", 1)
    try:
        return {"centre__code": parts[0], "starts": date.fromisoformat(parts[1])}
    except (IndexError, ValueError):
        raise NotThere from None


def _takes(centre: str | None, on: date, amount: Money) -> tuple[Take, ...]:
    held = None if centre is None else on_day(centre, on)
    if held is None:
        return ()
    if held.amount.currency == amount.currency:
        return (Take(held, amount),)
    if held.stops:
        name = parties.name_of(held.centre)
        facts = {"unit": name, "currency": held.amount.currency, "given": amount.currency}
        raise Refusal(Reason.of("budget_other_currency", **facts))
    return ()


def _views(budgets: Sequence[Allotted]) -> tuple[BudgetView, ...]:
    """These budgets with what was taken of each; one query."""
    if not budgets:
        return ()
    keys = parties.keys()
    rows = BudgetUse.objects.filter(
        centre_id__in={keys[each.centre] for each in budgets}, starts__in={each.starts for each in budgets}
    )
    used = {(row.centre_id, row.starts): (row.used_minor, row.posted_minor) for row in rows}
    return tuple(_view(each, *used.get((keys[each.centre], each.starts), (0, 0))) for each in budgets)


def _view(budget: Allotted, used: int, posted: int) -> BudgetView:
    currency = budget.amount.currency
    return BudgetView(
        allotted=budget,
        centre=parties.told(budget.centre, parties.name_of(budget.centre)),
        posted=Money(posted, currency),
        committed=Money(used - posted, currency),
        asked=Money.zero(currency),
    )


def _seen(viewer: Actor, on: date) -> Q:
    if viewer.nobody:
        return Q(pk__in=())
    over = policy.budgets_seen_by(viewer, on=on)
    return Q(centre__isnull=False) if over is None else Q(centre__code__in=sorted(over))


def allotted(row: Budget) -> Allotted:
    """A row as a value."""
    amount = Money(row.amount_minor, as_currency(row.currency))
    return Allotted(row.centre.code, Period(row.starts, row.until), amount, BudgetRule(row.rule))


def _read(_number: int) -> Mapping[str, tuple[Allotted, ...]]:
    found: dict[str, list[Allotted]] = defaultdict(list)
    for row in Budget.objects.select_related("centre").order_by("centre__code", "starts"):
        found[row.centre.code].append(allotted(row))
    return {centre: tuple(budgets) for centre, budgets in found.items()}


_RUNNING_MOST = 100
_known: Kept[Mapping[str, tuple[Allotted, ...]]] = Kept(VERSION, _read)
