"""The first thing a newcomer sees: one coffee machine, three buyers, three prices, and why each is what it is.

Asked of the working shop at that moment; nothing is written down here but who asks for what.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inward.access import queries as who
from inward.catalogue import queries as catalogue
from inward.core.pricing import Wanted
from inward.core.terms import Money
from inward.kit.actor import Actor
from inward.trade import queries as trade
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
_HOUSE = Actor.system("demo")


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
    buyers = tuple(_buyer(code, str(role), at) for code, role in BUYERS)
    return SideBySide(offering.name, full_name(offering.supplier, on=at.date()), buyers)


def _buyer(code: str, role: str, at: datetime) -> Buyer:
    user = who.user_named(code)  # a person asks for herself alone; for companies the house asks
    viewer, customer = (_HOUSE, code) if user is None else (who.actor_for(user, via="web", at=at), None)
    asked = trade.quote_for(viewer=viewer, at=at, lines=[Wanted(OFFERING, 1)], customer=customer)
    said = words.verdict(asked.quote.standing, customer=code, supplier=asked.supplier.code, on=at.date())
    line = line_row(asked.quote.lines[0], catalogue.price_book())
    return Buyer(role, full_name(code, on=at.date()), asked.quote.total, line, said)
