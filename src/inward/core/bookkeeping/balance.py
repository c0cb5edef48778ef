"""Sums over postings, and the one law of bookkeeping: every entry is zero in every currency. No tolerance."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from inward.core.terms import Currency, Money, Reason, Refusal

if TYPE_CHECKING:
    from inward.core.bookkeeping.posting import Entry, PostingLine, Role


def total(lines: Iterable["PostingLine"]) -> dict[Currency, Money]:
    """The sum of the lines by currency, debit positive."""
    sums: dict[Currency, Money] = {}
    for line in lines:
        sums[line.amount.currency] = sums.get(line.amount.currency, Money.zero(line.amount.currency)) + line.amount
    return sums


def by_role(entries: Iterable["Entry"]) -> dict[tuple[str, "Role", Currency], Money]:
    """The sum by company, role and currency over any number of entries; zero sums are left out."""
    sums: dict[tuple[str, Role, Currency], Money] = {}
    for entry in entries:
        for line in entry.lines:
            place = (entry.company, line.role, line.amount.currency)
            sums[place] = sums.get(place, Money.zero(line.amount.currency)) + line.amount
    return {place: amount for place, amount in sums.items() if amount}


def balanced(entry: "Entry") -> "Entry":
    """The entry itself when it is zero in every currency; Refusal ``entry_not_balanced`` with what is left otherwise."""
    for left in total(entry.lines).values():
        if left:
            raise Refusal(Reason.of("entry_not_balanced", company=entry.company, reference=entry.reference, left=left))
    return entry
