"""What leaves the trade room for analysis: orders, their lines, standing orders, what runs and its charges, how allowances are used,
what lies where. Nobody's private purchases.

A standing order sells nothing, so it is no row of the orders: its parts are.

An order of a private person says for which company she works, never who she is; free texts stay here (decision 0127).
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db.models import Count, F, OuterRef, Subquery, Sum

from inward.core.pricing.limits import EVER
from inward.core.running import Every, Rhythm, RunningKind
from inward.kit.actor import Actor
from inward.kit.columns import AT_ONCE, Column, Export, Value
from inward.kit.policy import Answer, require
from inward.kit.sheets import csv_rows
from inward.ledger import policy as books
from inward.trade import givenup, policy
from inward.trade.framewords import FramePrice
from inward.trade.models import (
    AllowanceUse,
    Budget,
    BudgetUse,
    Frame,
    Order,
    OrderLine,
    OrderShare,
    Running,
    RunningCharge,
    Stock,
    StockMove,
)
from inward.trade.running import plan_of
from inward.trade.runningwords import EndedHow
from inward.trade.vocabulary import BudgetRule, GivenUpWhy, OrderState, Settlement, StockMoveKind

STOCK_FILE = ("item", "lies_at", "pieces", "back_order", "expected", "answer_days")
"""The columns of counts as they are written for a file that is loaded again."""
_PERMISSION = "controllers and auditors of everything"
_UNIT = "smallest unit of the currency"


def _may(actor: Actor, on: date) -> Answer:
    return books.may_see_all_books(actor, on=on)


def _orders() -> Iterator[tuple[Value, ...]]:
    parties = ("customer_id", "customer_company_id", "supplier_id", "supplier_company_id", "cost_centre_id")
    decided = (
        "standing",
        "kind",
        "definition",
        "books_kind",
        "books_definition",
        "tax_definition",
        "world_version",
        "book_version",
        "settlement",
        "currency",
    )
    figures = ("net_minor", "tax_minor", "total_minor", "saving_minor")
    fields = (
        "person_id",
        "id",
        "reference",
        "placed_at",
        "state",
        *parties,
        *decided,
        *figures,
        "draw__frame__order_id",
    )
    rows = Order.objects.filter(frame=None).values_list(*fields)
    for person, key, reference, placed_at, state, customer, *rest in rows.iterator(AT_ONCE):
        private = customer == person
        yield key, reference, placed_at, state, private, None if private else customer, *rest


def _lines() -> Iterator[tuple[Value, ...]]:
    what = ("order_id", "position", "offering_id", "code", "quantity", "includes_tax", "tax_code")
    money = ("ordinary_minor", "price_minor", "saving_minor", "net_minor", "tax_minor", "gross_minor", "cost_minor")
    fields = (*what, *money, "delivered", "received", "returned", "cancelled")
    yield from OrderLine.objects.filter(order__frame=None).values_list(*fields).iterator(AT_ONCE)


def _shares() -> Iterator[tuple[Value, ...]]:
    rows = OrderShare.objects.filter(order__frame=None).values_list("order_id", "position", "centre_id", "bears_minor")
    yield from rows.iterator(AT_ONCE)


def _standing() -> Iterator[tuple[Value, ...]]:
    what = ("order_id", "order__reference", "order__placed_at", "order__state", "order__customer_id")
    sides = ("order__supplier_id", "order__cost_centre_id", "offering_id", "quantity", "drawn")
    terms = ("rhythm", "each", "price", "starts_on", "until", "paused", "order__currency", "order__net_minor")
    yield from Frame.objects.values_list(*what, *sides, *terms).iterator(AT_ONCE)


def _moves() -> Iterator[tuple[Value, ...]]:
    yield from StockMove.objects.values_list("offering_id", "place", "at", "kind", "pieces").iterator(AT_ONCE)


def _counts() -> Iterator[tuple[Value, ...]]:
    rows = Stock.objects.filter(counted=True).order_by("offering_id", "place")
    lies = F("promised") - F("short")
    told = rows.annotate(lies=lies).values_list(
        *("offering_id", "place", "lies", "promised", "back_order", "expected", "answer_days")
    )
    yield from told.iterator(AT_ONCE)


def export_stock(*, viewer: Actor, on: date, folder: Path) -> int:
    """Write what lies where as ``stock.csv``, as it is loaded again; returns how many rows, and makes no file for none.

    A day by which more was expected and that has gone by is left out. Raises Refused.
    """
    require(policy.may_count_everything(viewer, on=on))
    rows = Stock.objects.filter(counted=True).order_by("offering__code", "place")
    lies = F("promised") - F("short")
    told = rows.annotate(lies=lies).values_list(
        *("offering__code", "place", "lies", "back_order", "expected", "answer_days")
    )
    lines = [
        [
            item,
            place,
            str(pieces),
            "yes" if beyond else "no",
            "" if expected is None or expected < on else expected.isoformat(),
            str(days),
        ]
        for item, place, pieces, beyond, expected, days in told
    ]
    if not lines:
        return 0
    with (folder / "stock.csv").open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_rows(STOCK_FILE, lines))
    return len(lines)


def _running() -> Iterator[tuple[Value, ...]]:
    fields = ("id", "order_id", "offering_id", "quantity", "starts_on", "ends_on", "ended_how", "billed_until")
    rows = Running.objects.values_list(*fields, "follows_id", "plan")
    for *told, plain in rows.iterator(AT_ONCE):
        plan = plan_of(plain)
        yield *told, plan.kind.value, plan.every.value, plan.insurer or ""


def _charges() -> Iterator[tuple[Value, ...]]:
    days = (
        "running_id",
        "since",
        "turn",
        "until",
        "stands_until",
        "reverses",
        "by_order",
        "period_from",
        "period_until",
    )
    decided = ("verdict", "kind", "books_kind", "customer_company_id", "settlement", "cost_centre_id", "tax_code")
    money = (
        "currency",
        "full_ordinary_minor",
        "full_gross_minor",
        "net_minor",
        "tax_minor",
        "gross_minor",
        "cost_minor",
    )
    yield from RunningCharge.objects.values_list(*days, "billed_on", *decided, *money).iterator(AT_ONCE)


def _allowances() -> Iterator[tuple[Value, ...]]:
    rows = (
        AllowanceUse.objects.exclude(period=EVER)
        .exclude(counted__startswith=".")  # what came back, what was given
        .values_list("scheme", "counted", "period", "currency")
        .annotate(people=Count("person"), money=Sum(F("used_minor")), units=Sum(F("used_units")))
    )
    yield from rows.order_by("scheme", "counted", "period", "currency").iterator(AT_ONCE)


def _budgets() -> Iterator[tuple[Value, ...]]:
    taken = BudgetUse.objects.filter(centre=OuterRef("centre"), starts=OuterRef("starts"))
    used, posted = (Subquery(taken.values(name)[:1]) for name in ("used_minor", "posted_minor"))
    rows = Budget.objects.annotate(used=used, posted=posted).order_by("centre_id", "starts")
    yield from rows.values_list(
        "centre_id", "starts", "until", "currency", "amount_minor", "used", "posted", "rule"
    ).iterator(AT_ONCE)


EXPORTS = (
    Export(
        "orders",
        "Every order as it was decided; without who placed it, and of a private purchase without the customer",
        _PERMISSION,
        _may,
        (
            Column("id", "integer", "key of the order"),
            Column("reference", "text", "reference of the dealing, the same in the entries"),
            Column("placed_at", "instant", "when it was placed"),
            Column("state", "text", f"one of {', '.join(OrderState.__members__)}"),
            Column("private", "yes/no", "whether a person bought for herself"),
            Column("customer_id", "integer", "key of the company or unit it is for; empty for a private purchase"),
            Column("customer_company_id", "integer", "key of the customer's company; empty for somebody from outside"),
            Column("supplier_id", "integer", "key of the company or unit that supplies"),
            Column("supplier_company_id", "integer", "key of its company"),
            Column("cost_centre_id", "integer", "key of the unit that bears the cost; empty: none"),
            Column("standing", "text", "the verdict: INTERNAL, EXTERNAL or UNKNOWN"),
            Column("kind", "text", "which kind of customer"),
            Column("definition", "text", "definition of inside by which it was decided"),
            Column("books_kind", "text", "which kind of customer for the books: how it is paid and posted"),
            Column("books_definition", "text", "definition of inside by which the books decided"),
            Column(
                "tax_definition", "text", "definition of inside by which it is untaxed: one tax group; empty: taxed"
            ),
            Column("world_version", "integer", "version of the facts by which it was decided"),
            Column("book_version", "integer", "version of the prices by which it was decided"),
            Column("settlement", "text", f"how it is settled: {', '.join(Settlement.__members__)}"),
            Column("currency", "text", "currency of the amounts, ISO 4217"),
            Column("net_minor", "integer", "total without tax", _UNIT),
            Column("tax_minor", "integer", "tax in the total", _UNIT),
            Column("total_minor", "integer", "total with tax", _UNIT),
            Column("saving_minor", "integer", "what was saved against the ordinary price", _UNIT),
            Column("standing_order_id", "integer", "key of the standing order it is a part of; empty: none"),
        ),
        _orders,
    ),
    Export(
        "order_lines",
        "The lines of the orders, with what became of them",
        _PERMISSION,
        _may,
        (
            Column("order_id", "integer", "key of the order"),
            Column("position", "integer", "place in the order, from 1"),
            Column("offering_id", "integer", "key of what was ordered"),
            Column("code", "text", "code of what was ordered"),
            Column("quantity", "integer", "how many were ordered", "pieces"),
            Column("includes_tax", "yes/no", "whether the prices include tax"),
            Column("tax_code", "text", "code of the tax; empty: none"),
            Column("ordinary_minor", "integer", "ordinary price of the line", _UNIT),
            Column("price_minor", "integer", "price of the line", _UNIT),
            Column("saving_minor", "integer", "what was saved on the line", _UNIT),
            Column("net_minor", "integer", "line without tax", _UNIT),
            Column("tax_minor", "integer", "tax of the line", _UNIT),
            Column("gross_minor", "integer", "line with tax", _UNIT),
            Column("cost_minor", "integer", "what the line cost its supplier; empty: not known", _UNIT),
            Column("delivered", "integer", "how many were handed over", "pieces"),
            Column("received", "integer", "how many were confirmed by whoever received them", "pieces"),
            Column("returned", "integer", "how many came back", "pieces"),
            Column("cancelled", "integer", "how many were called off", "pieces"),
        ),
        _lines,
    ),
    Export(
        "order_shares",
        "What each cost centre bears of the orders that several share; all of them together bear the order without tax",
        _PERMISSION,
        _may,
        (
            Column("order_id", "integer", "key of the order"),
            Column("position", "integer", "place among them, from 1"),
            Column("cost_centre_id", "integer", "key of the unit that bears it"),
            Column("bears_minor", "integer", "what it bears now, what came back left out", _UNIT),
        ),
        _shares,
    ),
    Export(
        "standing_orders",
        "Every standing order: what was agreed, and how much of it was ordered. It sells nothing; its parts are among the orders",
        _PERMISSION,
        _may,
        (
            Column("id", "integer", "key of the standing order"),
            Column("reference", "text", "its reference"),
            Column("asked_at", "instant", "when it was asked for"),
            Column("state", "text", "AWAITING_APPROVAL, AGREED, ENDED, DECLINED or CANCELLED"),
            Column("customer_id", "integer", "key of the company or unit it is for"),
            Column("supplier_id", "integer", "key of the company or unit that supplies"),
            Column("cost_centre_id", "integer", "key of the unit that bears the cost; empty: none"),
            Column("offering_id", "integer", "key of what was agreed"),
            Column("quantity", "integer", "how many in all", "pieces"),
            Column("ordered", "integer", "how many of them were ordered", "pieces"),
            Column("rhythm", "text", f"how its parts follow: {', '.join(Rhythm.__members__)}"),
            Column("each", "integer", "pieces of a part that is due; empty: ordered by hand", "pieces"),
            Column("price", "text", f"at which price: {', '.join(FramePrice.__members__)}"),
            Column("starts_on", "day", "first day on which parts are ordered"),
            Column("until", "day", "first day on which nothing is ordered of it"),
            Column("paused", "yes/no", "whether it rests"),
            Column("currency", "text", "currency of the amount, ISO 4217"),
            Column("net_minor", "integer", "what all of it cost without tax when it was asked for", _UNIT),
        ),
        _standing,
    ),
    Export(
        "running",
        "Every subscription and insurance cover, with the order it began with",
        _PERMISSION,
        _may,
        (
            Column("id", "integer", "key of the subscription or cover"),
            Column("order_id", "integer", "key of the order it began with, which says for whom it is"),
            Column("offering_id", "integer", "key of what runs"),
            Column("quantity", "integer", "how many of it", "pieces"),
            Column("starts_on", "day", "first day"),
            Column("ends_on", "day", "first day it no longer runs; empty: nobody has ended it"),
            Column("ended_how", "text", f"why it ends: {', '.join(EndedHow.__members__)}; empty: it does not"),
            Column("billed_until", "day", "first day of the next period to be charged"),
            Column("follows_id", "integer", "key of the one whose place it took; empty: none"),
            Column("plan", "text", f"one of {', '.join(RunningKind.__members__)}"),
            Column("every", "text", f"how often it is charged: {', '.join(Every.__members__)}"),
            Column("insurer", "text", "code of the company that insures, where it is sold for another; empty: none"),
        ),
        _running,
    ),
    Export(
        "running_charges",
        "What days of subscriptions and covers cost; what was taken back is a row of its own, below zero",
        _PERMISSION,
        _may,
        (
            Column("running_id", "integer", "key of the subscription or cover"),
            Column("since", "day", "first day it is for"),
            Column("turn", "integer", "which of the charges that begin on that day, from 0"),
            Column("until", "day", "first day it is no longer for"),
            Column("stands_until", "day", "first day for which it was taken back since; empty: it takes back itself"),
            Column("reverses", "yes/no", "whether it takes back another"),
            Column("by_order", "yes/no", "whether the order charged and posted it: its total has it already"),
            Column("period_from", "day", "first day of the period"),
            Column("period_until", "day", "first day of the next"),
            Column("billed_on", "day", "day on which it was charged"),
            Column("verdict", "text", "the verdict on its first day: INTERNAL, EXTERNAL or UNKNOWN"),
            Column("kind", "text", "which kind of customer"),
            Column("books_kind", "text", "which kind of customer for the books"),
            Column("customer_company_id", "integer", "key of the customer's company; empty for somebody from outside"),
            Column("settlement", "text", f"how it is settled: {', '.join(Settlement.__members__)}"),
            Column("cost_centre_id", "integer", "key of the unit that bears the cost; empty: none"),
            Column("tax_code", "text", "code of the tax; empty: none"),
            Column("currency", "text", "currency of the amounts, ISO 4217"),
            Column("full_ordinary_minor", "integer", "ordinary price of the whole period, as it is listed", _UNIT),
            Column("full_gross_minor", "integer", "price of the whole period, with tax", _UNIT),
            Column("net_minor", "integer", "these days without tax", _UNIT),
            Column("tax_minor", "integer", "tax of these days", _UNIT),
            Column("gross_minor", "integer", "these days with tax", _UNIT),
            Column("cost_minor", "integer", "what the supplier absorbs where it is free for use", _UNIT),
        ),
        _charges,
    ),
    Export(
        "allowances_used",
        "How much of each scheme's allowance was used in a period, by all together",
        _PERMISSION,
        _may,
        (
            Column("scheme", "text", "code of the scheme"),
            Column(
                "limit",
                "text",
                "limit that counts it, and the item where each counts apart; empty: the year's allowance",
            ),
            Column("period", "text", "year, quarter or month it is for; of a rolling limit the day"),
            Column("currency", "text", "currency of the amount, ISO 4217"),
            Column("people", "integer", "how many drew on it", "people"),
            Column("used_minor", "integer", "what they drew", _UNIT),
            Column("used_units", "integer", "how many pieces they drew", "pieces"),
        ),
        _allowances,
    ),
    Export(
        "budgets",
        "Budgets of cost centres, and what orders have taken of them",
        _PERMISSION,
        _may,
        (
            Column("centre_id", "integer", "key of the company or unit"),
            Column("starts", "day", "first day"),
            Column("until", "day", "first day it no longer holds"),
            Column("currency", "text", "currency of the amounts, ISO 4217"),
            Column("amount_minor", "integer", "how much may be spent", _UNIT),
            Column("used_minor", "integer", "what orders take, those that wait for approval included", _UNIT),
            Column("posted_minor", "integer", "what of it is in the books", _UNIT),
            Column("rule", "text", f"what happens beyond it: {', '.join(BudgetRule.__members__)}"),
        ),
        _budgets,
    ),
    Export(
        "stock",
        "Counted items: what lies at each place, and what of it orders hold",
        _PERMISSION,
        _may,
        (
            Column("offering_id", "integer", "key of the item"),
            Column("place", "text", "where"),
            Column("pieces", "integer", "how many lie there, those that orders hold included", "pieces"),
            Column("promised", "integer", "how many orders hold", "pieces"),
            Column("back_order", "yes/no", "whether it can be ordered beyond that"),
            Column("expected", "day", "by when more comes; empty: not said"),
            Column(
                "answer_days", "integer", "in how many working days who waits takes what became free", "working days"
            ),
        ),
        _counts,
    ),
    Export(
        "stock_moves",
        "What became more or less of counted items, without by whom; the sum of an item at a place is what lies there",
        _PERMISSION,
        _may,
        (
            Column("offering_id", "integer", "key of the item"),
            Column("place", "text", "where"),
            Column("at", "instant", "when"),
            Column("kind", "text", f"why: {', '.join(StockMoveKind.__members__)}"),
            Column("pieces", "integer", "how many more; below zero: fewer", "pieces"),
        ),
        _moves,
    ),
    Export(
        "given_up",
        f"Why items were not ordered that somebody had put aside, from {givenup.FEWEST} answers an item and year on",
        _PERMISSION,
        _may,
        (
            Column("offering_id", "integer", "key of the item"),
            Column("year", "integer", "when it was said"),
            Column("why", "text", f"reason: {', '.join(GivenUpWhy.__members__)}"),
            Column("answers", "integer", "how many said so", "people"),
        ),
        givenup.told,
    ),
)
"""The tables for analysis."""
