"""The first thing a newcomer sees: one coffee machine, three buyers, three prices, and why each is what it is.

Asked of the working shop at that moment; nothing is written down here but who asks for what.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inward.catalogue import queries as catalogue
from inward.core.pricing import PriceBook, Wanted, quote
from inward.core.terms import Money
from inward.parties import queries as parties
from inward.parties.vocabulary import Purpose
from inward.web.components.naming import full_name
from inward.web.components.records import VerdictWords
from inward.web.home import words
from inward.web.home.quoting import LineRow, line_row

OFFERING: Final = "coffee-machine"
BUYERS: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("maya-lund", _("Shop assistant")),
    ("xyz", _("Sister company")),
    ("rossi", _("Outsider")),
)


@dataclass(frozen=True, slots=True)
class Buyer:
    """One of the three: who she is, what she pays, and why."""

    role: str
    name: str
    total: Money
    line: LineRow
    verdict: VerdictWords


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The machine, and what each of the three pays for it."""

    name: str
    supplier: str
    buyers: tuple[Buyer, ...]


def side_by_side(*, at: datetime) -> SideBySide | None:
    """The three prices as they are now; None where the machine is no longer sold."""
    book = catalogue.price_book()
    offering = book.offerings.get(OFFERING)
    if offering is None:
        return None
    buyers = tuple(_buyer(code, str(role), offering.supplier, book, at.date()) for code, role in BUYERS)
    return SideBySide(offering.name, full_name(offering.supplier, on=at.date()), buyers)


def _buyer(code: str, role: str, supplier: str, book: PriceBook, on: date) -> Buyer:
    """Asked of the core itself: nobody is signed in, and nobody asks a private price for somebody else."""
    asked = quote(
        world=parties.world(purpose=Purpose.PRICE),
        book=book,
        supplier=supplier,
        customer=code,
        on=on,
        lines=[Wanted(OFFERING, 1)],
    )
    said = words.verdict(asked.standing, customer=code, supplier=supplier, on=on)
    return Buyer(role, full_name(code, on=on), asked.total, line_row(asked.lines[0], book), said)
