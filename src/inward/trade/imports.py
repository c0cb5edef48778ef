"""What files can bring into this room: budgets, counts of items and what was handed over, each by its operation. Registered at start; ``kit.imports`` keeps the files."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from inward.core.terms import Reason, Refusal
from inward.kit import audit, versions
from inward.kit.actor import Actor
from inward.kit.imports import Sort, Wanted, register
from inward.kit.policy import require
from inward.trade import budgets, policy, stock
from inward.trade.models import Budget, Stock
from inward.trade.operations.budgets import BUDGET_COLUMNS, BUDGET_REQUIRED, count_anew, import_budgets
from inward.trade.operations.handing_over import HAND_OVER_COLUMNS, HAND_OVER_REQUIRED, import_hand_overs
from inward.trade.operations.stock import STOCK_COLUMNS, STOCK_REQUIRED, history_agrees, import_stock
from inward.trade.vocabulary import BUDGET_RULE_LABELS, BudgetRule

_CALLED = {
    "centre": ("cost centre", "cost center", "department", "unit", "kostnadssted", "avdeling", "centro di costo", "pusat biaya"),
    "valid_from": ("from", "start", "first day", "fra", "dal", "sejak"),
    "last_day": ("last", "end", "to", "siste dag", "ultimo giorno", "hari terakhir"),
    "amount": ("budget", "belop", "importo", "jumlah", "anggaran"),
    "currency": ("valuta", "mata uang"),
    "rule": ("what it does", "regel", "regola", "aturan"),
    "source": ("kilde", "fonte", "sumber"),
}  # fmt: skip
"""What others call our columns, as ``kit.search.folded`` writes it."""


@contextmanager
def _undone(*, by: Actor, at: datetime, added: Mapping[str, Collection[int]]) -> Iterator[None]:
    """Refuse whoever sets none of these any more; wait for orders that are being written; count anew, audit."""
    require(policy.may_set_some_budget(by, on=at.date()))
    versions.bump(budgets.VERSION)
    yield
    count_anew()
    audit.record(by=by, at=at, act="trade.undo_import", thing="budgets", facts={"rows": sum(map(len, added.values()))})


_BUDGETS = Sort(
    name="budgets",
    wanted=tuple(Wanted(name, name in BUDGET_REQUIRED, _CALLED[name]) for name in BUDGET_COLUMNS),
    may=lambda actor, on: policy.may_set_some_budget(actor, on=on),
    sees_all=lambda actor, on: policy.may_set_every_budget(actor, on=on),
    bring_in=import_budgets,
    tables=(Budget,),
    line=budgets.VERSION,
    undone=_undone,
    values={
        "rule": {"": BudgetRule.WARN.value}
        | {
            word: rule.value
            for rule, words in BUDGET_RULE_LABELS.items()
            for label in (rule.value, *words.values())
            for word in (label, label.lower())
        }
    },
)

_CALLED_STOCK = {
    "item": ("code", "offering", "vare", "articolo", "barang"),
    "lies_at": (
        "place",
        "where",
        "shop",
        "warehouse",
        "store",
        "sted",
        "lager",
        "luogo",
        "magazzino",
        "tempat",
        "gudang",
    ),
    "pieces": ("count", "counted", "stock", "on hand", "quantity", "antall", "pezzi", "quantita", "jumlah", "buah"),
    "back_order": ("back order", "orders beyond", "restordre", "ordinabile oltre", "pesanan tunda"),
    "answer_days": ("days to answer", "days", "dager", "giorni", "hari"),
    "expected": ("more expected", "expected by", "ventet", "atteso", "diharapkan"),
    "source": ("kilde", "fonte", "sumber"),
}


@contextmanager
def _uncounted(*, by: Actor, at: datetime, added: Mapping[str, Collection[int]]) -> Iterator[None]:
    """Refuse whoever counts nothing any more; make the history agree with what lies there then, audit."""
    require(policy.may_count_something(by, on=at.date()))
    versions.bump(stock.VERSION)
    yield
    moved = history_agrees(by=by, at=at)
    audit.record(by=by, at=at, act="trade.undo_import", thing="stock", facts={"rows": moved})


_STOCK = Sort(
    name="stock",
    wanted=tuple(Wanted(name, name in STOCK_REQUIRED, _CALLED_STOCK[name]) for name in STOCK_COLUMNS),
    may=lambda actor, on: policy.may_count_something(actor, on=on),
    sees_all=lambda actor, on: policy.may_count_everything(actor, on=on),
    bring_in=import_stock,
    tables=(Stock,),
    line=stock.VERSION,
    undone=_uncounted,
)


_CALLED_HAND_OVERS = {
    "order": ("order number", "order no", "number", "ordre", "bestilling", "ordine", "pesanan"),
    "line": ("position", "pos", "line no", "linje", "riga", "baris"),
    "handed_over": (
        "pieces",
        "quantity",
        "quantity handed over",
        "qty",
        "delivered",
        "antall",
        "pezzi",
        "quantita",
        "jumlah",
        "buah",
    ),
    "delivery_note": ("delivery", "note", "shipment", "folgeseddel", "bolla", "surat jalan"),
}


@contextmanager
def _handed_back(*, by: Actor, at: datetime, added: Mapping[str, Collection[int]]) -> Iterator[None]:
    """What was handed over is given back piece by piece, on its order, with the money it cost."""
    raise Refusal(Reason.of("hand_overs_stay"))
    yield  # pragma: no cover - what follows is never reached


_HAND_OVERS = Sort(
    name="hand_overs",
    wanted=tuple(Wanted(name, name in HAND_OVER_REQUIRED, _CALLED_HAND_OVERS[name]) for name in HAND_OVER_COLUMNS),
    may=lambda actor, on: policy.may_deliver_something(actor, on=on),
    sees_all=lambda actor, on: policy.may_count_everything(actor, on=on),
    bring_in=import_hand_overs,
    tables=(),
    line=stock.VERSION,
    undone=_handed_back,
)


def ready() -> None:
    """Let these be loaded."""
    register(_BUDGETS)
    register(_STOCK)
    register(_HAND_OVERS)
