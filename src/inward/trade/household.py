"""For whom of her household a person may buy, and for whom she bought. Reads only; docs/decisions/0177.

Whose household somebody belongs to is known to the two alone, so this is told to nobody but whoever buys.
"""

from dataclasses import dataclass
from datetime import date

from inward.catalogue import queries as catalogue
from inward.core.classification import Household, Tie, World
from inward.core.pricing import home_of
from inward.core.terms import Period, Refusal
from inward.kit.actor import Actor
from inward.parties import queries as parties
from inward.parties import veil
from inward.parties.queries import Named
from inward.parties.vocabulary import Purpose
from inward.trade.deciding import Decision


@dataclass(frozen=True, slots=True)
class Kept:
    """For whom an order was: the member by code (None: forgotten) and what she was to whoever ordered (None: not of it)."""

    member: str | None
    tie: Tie | None

    def again(self, world: World, person: str, on: date) -> Household:
        """The household by which an order of that day is asked again: as this world knows it, else as it was kept."""
        over = Household("", person, "", Tie.OTHER, Period(None, on))
        if self.member is None:
            return over if self.tie is None else Household("", person, "", self.tie)
        try:
            return home_of(world, person, self.member, on)
        except Refusal:
            return over


def named(code: str) -> Named:
    """Somebody of one's household by the name the reader may know."""
    return parties.told(code, parties.names([code]).get(code, code))


def members(decision: Decision, *, viewer: Actor) -> tuple[Named, ...]:
    """For whom of her household the viewer could buy this on that day: whom a scheme of the supplier lets in, by name."""
    person, on, book = viewer.person, decision.on, catalogue.price_book()
    if person is None or decision.wish.customer != person:
        return ()
    if any(book.offerings[line.offering].plan is not None for line in decision.wish.lines):
        return ()
    homes = [home for home in parties.world(purpose=Purpose.PRICE).leaning.get(person, ()) if on in home.period]
    if not homes:
        return ()
    schemes = (book.scheme_on(code, on) for code in book.schemes_of(decision.supplier))
    ties = frozenset[Tie]().union(*(scheme.household for scheme in schemes if on in scheme.period))
    found = {home.member for home in homes if home.tie in ties} - veil.closed()
    return tuple(sorted(map(named, found), key=lambda each: (each.name, each.code)))


def kept(member: int | None, tie: str | None) -> Kept | None:
    """For whom an order was, as its row beside the order says it by keys; None where there is none: for oneself."""
    if tie is None:
        return None
    code = None if member is None else parties.known().codes.get(member)
    return Kept(code, Tie(tie) if tie else None)
