"""Entries as rows for a write set: checked once, and written for one dealing or for many that are alike.

Dealings alike post the same amounts to the same accounts; only their reference and the person they name differ. Reads only what
is kept in memory, but for an entry in another currency than that of the books: it is turned at the rate of the day, what is given
back at the rate it was sold at (decision 0189).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from inward.core.bookkeeping import Booked, Entry, Exchange, Role, booked
from inward.core.terms import Reason, Refusal
from inward.kit import versions
from inward.kit.ids import new_id
from inward.kit.writing import Rows, Unchanged
from inward.ledger import queries, rates
from inward.parties import queries as parties

REFERENCE, SUBJECT = "\0reference", "\0subject"
"""Stand in entries for the reference and the subject of any dealing; no text that is kept has this sign."""

_ENTRY = {
    "id": "bigint",
    "company_id": "bigint",
    "kind": "text",
    "reference": "text",
    "correction_of": "text",
    "posted_on": "date",
    "entered_at": "timestamptz",
    "subject": "text",
}
_LINE = {
    "id": "bigint",
    "entry_id": "bigint",
    "position": "smallint",
    "account_id": "bigint",
    "role": "text",
    "amount_minor": "bigint",
    "currency": "text",
    "functional_minor": "bigint",
    "rate": "text",
    "posted_on": "date",
    "cost_centre_id": "bigint",
    "counterparty": "text",
    "tax_code": "text",
    "elimination": "text",
}
_RATE = {"entry_id": "bigint", "rate": "text", "rate_on": "date", "rate_source": "text", "via": "text"}
_PAID_OUT_OF_PAY = Role.EMPLOYEE_RECEIVABLE


@dataclass(frozen=True, slots=True)
class _Shape:
    """An entry as it is kept, but for keys and instants; each line as its columns from the account on, without the day."""

    company: int
    kind: str
    reference: str
    correction_of: str
    lines: tuple[tuple[Any, ...], ...]
    exchange: Exchange | None
    """The rate at which it was turned into the currency of the books; None: it is in that currency."""


@dataclass(frozen=True, slots=True)
class Stencil:
    """Entries that were checked, to be written for a dealing or for several."""

    shapes: tuple[_Shape, ...]

    @property
    def of_one(self) -> bool:
        """Whether it is for one dealing alone: what is given back is turned at the rate that one was sold at."""
        return any(shape.exchange is not None and shape.correction_of for shape in self.shapes)

    @classmethod
    def of(cls, entries: Sequence[Entry], *, on: date) -> "Stencil":
        """The entries as they are posted on that day. Refusal: no books, no rate, a closed month, a role without an account, and what
        leaves somebody's pay in another currency.
        """
        known, keys = queries.prepared(), parties.keys()
        return cls(tuple(_shape(known, keys, entry, on) for entry in entries))


class EntryRows:
    """The entries of an act, gathered: who posts them, when and on which day is the same for all."""

    def __init__(self, *, subject: str, at: datetime, on: date) -> None:
        self._act, self._on = (on, at, subject), on
        self._entries: list[tuple[Any, ...]] = []
        self._lines: list[tuple[Any, ...]] = []
        self._rates: list[tuple[Any, ...]] = []

    def add(self, stencil: Stencil, names: Mapping[str, str] = MappingProxyType({})) -> None:
        """Write the entries once more; ``names`` say what stands for ``REFERENCE`` and ``SUBJECT`` in them."""
        named, on = names.get, self._on
        for shape in stencil.shapes:
            key, reference, corrects = new_id(), shape.reference, shape.correction_of
            said = named(reference, reference), named(corrects, corrects)
            self._entries.append((key, shape.company, shape.kind, *said, *self._act))
            exchange = shape.exchange
            rate = "1" if exchange is None else str(exchange.price)
            if exchange is not None:
                self._rates.append((key, rate, exchange.on, exchange.source, exchange.via or ""))
            for position, line in enumerate(shape.lines, 1):
                account, role, minor, currency, functional, centre, whom, tax_code, tag = line
                amount = (minor, currency, functional, rate, on)
                where = (centre, named(whom, whom), tax_code, tag)
                self._lines.append((new_id(), key, position, account, role, *amount, *where))

    @property
    def rows(self) -> tuple[Rows, ...]:
        """All that was added, as rows of a write set."""
        found = _rows("ledger_entry", _ENTRY, self._entries), _rows("ledger_entryline", _LINE, self._lines)
        return (*found, _rows("ledger_entryrate", _RATE, self._rates)) if self._rates else found

    @property
    def gates(self) -> tuple[Unchanged, ...]:
        """By which a month that was closed, an account that moved or a rate told otherwise since entries were checked is noticed."""
        asked = (queries.VERSION, rates.VERSION) if self._rates else (queries.VERSION,)
        return tuple(versions.unchanged(name, versions.seen(name)) for name in asked)


def _shape(known: queries.Prepared, keys: Mapping[str, int], entry: Entry, on: date) -> _Shape:
    _check_postable(known, entry, on)
    said, exchange = _booked(known, entry, on)
    lines = tuple(_line(known, keys, entry, each) for each in said)
    return _Shape(keys[entry.company], entry.kind.value, entry.reference, entry.correction_of or "", lines, exchange)


def _booked(known: queries.Prepared, entry: Entry, on: date) -> tuple[Sequence[Booked], Exchange | None]:
    """The lines in the currency of the books, and the rate; without one where the dealing is in that currency."""
    into, currency = known.currencies[entry.company], entry.lines[0].amount.currency
    if into == currency:
        return [Booked(line, line.amount) for line in entry.lines], None
    if entry.correction_of is not None:
        sold = rates.sold_at(company=entry.company, kind=entry.kind.value, reference=entry.correction_of)
        if sold is not None:
            return booked(entry, *sold), sold[0]
    exchange = rates.rate_for(currency=currency, into=into, on=on, company=entry.company)
    return booked(entry, exchange), exchange


def _line(known: queries.Prepared, keys: Mapping[str, int], entry: Entry, said: Booked) -> tuple[Any, ...]:
    line = said.line
    account = known.accounts.get((entry.company, entry.kind, line.role))
    if account is None:
        facts = {"company": entry.company, "kind": entry.kind.value, "role": line.role.value}
        raise Refusal(Reason.of("account_not_mapped", **facts))
    centre = None if line.cost_centre is None else keys[line.cost_centre]
    amount = line.amount
    where = (centre, line.counterparty or "", line.tax_code, line.elimination or "")
    return (account, line.role.value, amount.minor, amount.currency, said.functional.minor, *where)


def _check_postable(known: queries.Prepared, entry: Entry, on: date) -> None:
    functional = known.currencies.get(entry.company)
    if functional is None:
        raise Refusal(Reason.of("books_not_opened", company=entry.company))
    currency = entry.lines[0].amount.currency
    if currency != functional and any(line.role is _PAID_OUT_OF_PAY for line in entry.lines):
        facts = {"company": entry.company, "functional": functional, "currency": currency}
        raise Refusal(Reason.of("books_in_another_currency", **facts))
    if (entry.company, on.replace(day=1)) in known.closed:
        raise Refusal(Reason.of("period_closed", company=entry.company, month=f"{on:%Y-%m}"))


def _rows(table: str, columns: Mapping[str, str], rows: list[tuple[Any, ...]]) -> Rows:
    return Rows(table=table, columns=tuple(columns), types=tuple(columns.values()), rows=tuple(rows))
