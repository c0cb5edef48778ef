"""Entries as rows for a write set: checked once, and written for one dealing or for many that are alike.

Dealings alike post the same amounts to the same accounts; only their reference and the person they name differ. Reads only what
is kept in memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from inward.core.bookkeeping import Entry, PostingLine
from inward.core.terms import Reason, Refusal
from inward.kit.ids import new_id
from inward.kit.writing import Rows
from inward.ledger import queries
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


@dataclass(frozen=True, slots=True)
class _Shape:
    """An entry as it is kept, but for keys and instants; each line as its columns from the account on, without the day."""

    company: int
    kind: str
    reference: str
    correction_of: str
    lines: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Stencil:
    """Entries that were checked, to be written for a dealing or for several."""

    shapes: tuple[_Shape, ...]

    @classmethod
    def of(cls, entries: Sequence[Entry], *, on: date) -> "Stencil":
        """The entries as they are posted on that day. Refusal: no books, another currency, a closed month, a role without an account."""
        known, keys = queries.prepared(), parties.keys()
        return cls(tuple(_shape(known, keys, entry, on) for entry in entries))


class EntryRows:
    """The entries of an act, gathered: who posts them, when and on which day is the same for all."""

    def __init__(self, *, subject: str, at: datetime, on: date) -> None:
        self._act, self._on = (on, at, subject), on
        self._entries: list[tuple[Any, ...]] = []
        self._lines: list[tuple[Any, ...]] = []

    def add(self, stencil: Stencil, names: Mapping[str, str] = MappingProxyType({})) -> None:
        """Write the entries once more; ``names`` say what stands for ``REFERENCE`` and ``SUBJECT`` in them."""
        named, on = names.get, self._on
        for shape in stencil.shapes:
            key, reference, corrects = new_id(), shape.reference, shape.correction_of
            said = named(reference, reference), named(corrects, corrects)
            self._entries.append((key, shape.company, shape.kind, *said, *self._act))
            for position, (account, role, minor, currency, centre, whom, tax_code, tag) in enumerate(shape.lines, 1):
                amount = (minor, currency, minor, "1", on)
                where = (centre, named(whom, whom), tax_code, tag)
                self._lines.append((new_id(), key, position, account, role, *amount, *where))

    @property
    def rows(self) -> tuple[Rows, ...]:
        """All that was added, as rows of a write set."""
        return _rows("ledger_entry", _ENTRY, self._entries), _rows("ledger_entryline", _LINE, self._lines)


def _shape(known: queries.Prepared, keys: Mapping[str, int], entry: Entry, on: date) -> _Shape:
    _check_postable(known, entry, on)
    lines = tuple(_line(known, keys, entry, line) for line in entry.lines)
    return _Shape(keys[entry.company], entry.kind.value, entry.reference, entry.correction_of or "", lines)


def _line(known: queries.Prepared, keys: Mapping[str, int], entry: Entry, line: PostingLine) -> tuple[Any, ...]:
    account = known.accounts.get((entry.company, entry.kind, line.role))
    if account is None:
        facts = {"company": entry.company, "kind": entry.kind.value, "role": line.role.value}
        raise Refusal(Reason.of("account_not_mapped", **facts))
    centre = None if line.cost_centre is None else keys[line.cost_centre]
    amount = line.amount
    where = (centre, line.counterparty or "", line.tax_code, line.elimination or "")
    return (account, line.role.value, amount.minor, amount.currency, *where)


def _check_postable(known: queries.Prepared, entry: Entry, on: date) -> None:
    functional = known.currencies.get(entry.company)
    if functional is None:
        raise Refusal(Reason.of("books_not_opened", company=entry.company))
    currency = entry.lines[0].amount.currency
    if currency != functional:
        facts = {"company": entry.company, "functional": functional, "currency": currency}
        raise Refusal(Reason.of("books_in_another_currency", **facts))
    if (entry.company, on.replace(day=1)) in known.closed:
        raise Refusal(Reason.of("period_closed", company=entry.company, month=f"{on:%Y-%m}"))


def _rows(table: str, columns: Mapping[str, str], rows: list[tuple[Any, ...]]) -> Rows:
    return Rows(table=table, columns=tuple(columns), types=tuple(columns.values()), rows=tuple(rows))
