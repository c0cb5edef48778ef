"""What leaves the books for analysis: entries, their lines and the accounts. The journal for bookkeepers is in ``queries``.

Companies and units are keys of the table ``parties``. A line about a private person does not say who she is, not even by
her subject key: sums need none (decision 0127).
"""

from collections.abc import Iterator
from datetime import date

from inward.core.bookkeeping import EntryKind, Role
from inward.kit.actor import Actor
from inward.kit.columns import AT_ONCE, Column, Export, Value
from inward.kit.policy import Answer
from inward.ledger import policy
from inward.ledger.models import Account, Entry, EntryLine
from inward.ledger.vocabulary import AccountKind
from inward.parties import queries as parties

_PERMISSION = "controllers and auditors of everything"


def _may(actor: Actor, on: date) -> Answer:
    return policy.may_see_all_books(actor, on=on)


def _accounts() -> Iterator[tuple[Value, ...]]:
    fields = ("id", "company_id", "code", "name", "kind", "closed_on")
    yield from Account.objects.values_list(*fields).iterator(AT_ONCE)


def _entries() -> Iterator[tuple[Value, ...]]:
    fields = ("id", "company_id", "kind", "reference", "correction_of", "posted_on", "entered_at", "number")
    yield from Entry.objects.values_list(*fields).iterator(AT_ONCE)


def _lines() -> Iterator[tuple[Value, ...]]:
    keys = parties.keys()
    fields = ("entry_id", "position", "account_id", "role", "amount_minor", "currency", "functional_minor")
    rows = EntryLine.objects.values_list(*fields, "rate", "cost_centre_id", "counterparty", "tax_code", "elimination")
    for *figures, rate, centre, counterparty, tax_code, elimination in rows.iterator(AT_ONCE):
        yield *figures, rate, centre, keys.get(counterparty), tax_code, elimination


EXPORTS = (
    Export(
        "accounts",
        "The accounts of every company that keeps books",
        _PERMISSION,
        _may,
        (
            Column("id", "integer", "key of the account"),
            Column("company_id", "integer", "key of the company"),
            Column("code", "text", "number of the account"),
            Column("name", "text", "what it is called"),
            Column("kind", "text", f"one of {', '.join(AccountKind.__members__)}"),
            Column("closed_on", "day", "since when nothing may be mapped to it; empty: open"),
        ),
        _accounts,
    ),
    Export(
        "entries",
        "Every entry in the books of every company",
        _PERMISSION,
        _may,
        (
            Column("id", "integer", "key of the entry"),
            Column("company_id", "integer", "key of the company in whose books it stands"),
            Column("kind", "text", f"one of {', '.join(kind.value for kind in EntryKind)}"),
            Column("reference", "text", "the dealing it comes from; the same in the books of both sides"),
            Column("correction_of", "text", "reference of what it corrects; empty: nothing"),
            Column("posted_on", "day", "day it counts for"),
            Column("entered_at", "instant", "when it was posted"),
            Column("number", "integer", "its number in the company's series; empty for some seconds after posting"),
        ),
        _entries,
    ),
    Export(
        "entry_lines",
        "The lines of the entries; those of one entry sum to nought",
        _PERMISSION,
        _may,
        (
            Column("entry_id", "integer", "key of the entry"),
            Column("position", "integer", "place in the entry, from 1"),
            Column("account_id", "integer", "key of the account"),
            Column("role", "text", f"what it is for: {', '.join(role.value for role in Role)}"),
            Column("amount_minor", "integer", "debit positive, credit negative", "smallest unit of the currency"),
            Column("currency", "text", "currency of the dealing, ISO 4217"),
            Column(
                "functional_minor", "integer", "the same in the currency of the books", "smallest unit of the books"
            ),
            Column("rate", "text", "price of one unit of the currency in that of the books, an exact fraction"),
            Column("cost_centre_id", "integer", "key of the unit that bears it; empty: none"),
            Column("counterparty_id", "integer", "key of the company or unit on the other side; empty for a person"),
            Column("tax_code", "text", "code of the tax; empty: none"),
            Column("elimination", "text", "mark by which both sides of a group vanish; empty: nothing to eliminate"),
        ),
        _lines,
    ),
)
"""The tables for analysis."""
