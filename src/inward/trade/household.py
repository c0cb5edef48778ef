"""For whom of her household a person may buy, and for whom she bought. Reads only; docs/decisions/0177 and 0208.

Whose household somebody belongs to is known to the two alone, so this is told to nobody but whoever buys.
"""

from collections.abc import Collection, Mapping
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
from inward.trade.models import Order, OrderHousehold


@dataclass(frozen=True, slots=True)
class Kept:
    """For whom an order was: the member by code (None: forgotten) and what she was to whoever ordered (None: not of it)."""

    member: str | None
    tie: Tie | None
    until: date | None = None
    """Of whoever is forgotten: from which day on she counts no more, for what runs on."""

    def again(self, world: World, person: str, on: date) -> Household:
        """The household by which an order of that day is asked again: as this world knows it, else as it was kept."""
        over = Household("", person, "", Tie.OTHER, Period(None, on))
        if self.member is None:
            return over if self.tie is None else Household("", person, "", self.tie, Period(None, self.until))
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
    homes = [home for home in parties.world(purpose=Purpose.PRICE).leaning.get(person, ()) if on in home.period]
    if not homes:
        return ()
    schemes = (book.scheme_on(code, on) for code in book.schemes_of(decision.supplier))
    ties = frozenset[Tie]().union(*(scheme.household for scheme in schemes if on in scheme.period))
    found = {home.member for home in homes if home.tie in ties} - veil.closed()
    return tuple(sorted(map(named, found), key=lambda each: (each.name, each.code)))


def kept(member: int | None, tie: str | None, until: date | None = None) -> Kept | None:
    """For whom an order was, as its row beside the order says it by keys; None where there is none: for oneself."""
    if tie is None:
        return None
    code = None if member is None else parties.known().codes.get(member)
    return Kept(code, Tie(tie) if tie else None, until)


def kept_of(order: Order) -> Kept | None:
    """For whom an order was; None: for oneself."""
    row = getattr(order, "household", None)
    return None if row is None else kept(row.member_id, row.tie, row.until)


def all_kept(orders: Collection[int]) -> Mapping[int, Kept]:
    """For whom these orders were, by key; those for oneself are not among them."""
    rows = OrderHousehold.objects.filter(order_id__in=orders).values_list("order_id", "member_id", "tie", "until")
    found = ((order, kept(member, tie, until)) for order, member, tie, until in rows)
    return {order: whom for order, whom in found if whom is not None}
