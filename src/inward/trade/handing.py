"""How a supplier hands over what it sells: places to pick it up, and whether it brings it; and what an order chose. Reads only.

What suppliers say is kept in memory while the version "trade" stands, which gates every order: whoever offers nothing costs an order
no question. Why: docs/decisions/0186.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from inward.catalogue import queries as catalogue
from inward.core.classification import Kind
from inward.core.pricing import OfferingKind, PriceBook
from inward.core.terms import Reason, Refusal
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, held
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.trade import policy
from inward.trade.deciding import Decision, Handover
from inward.trade.models import Order, SupplierHandover
from inward.trade.vocabulary import HandoverWay

VERSION = "trade"
ADDRESS_LENGTH_MAX = 300
LISTED = ListSpec({"supplier": "code"}, {}, default="supplier")
_AT_WORK = frozenset({Kind.STAFF, Kind.GROUP_STAFF})
"""Whoever works in the house has a place there to which something can be brought."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Where what a supplier sells can be picked up, in the order in which it is offered, and whether it is brought."""

    places: tuple[str, ...]
    brings: bool


@dataclass(frozen=True, slots=True)
class WaysView:
    """A supplier and how it hands over."""

    supplier: Named
    ways: Ways

    @property
    def code(self) -> str:
        """By which it is listed."""
        return self.supplier.code


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen for an order, and what is taken where nothing is chosen."""

    ways: Ways
    usual: Handover
    address_needed: bool
    """Whether whoever orders has no place in the house, so that where it is brought must be said."""


def said() -> Mapping[str, Ways]:
    """The suppliers that say how they hand over."""
    return _said.value()


def choice(decision: Decision, book: PriceBook | None = None) -> Choice | None:
    """What can be chosen for what is decided; None where the supplier says nothing or nothing of it is handed over."""
    ways = said().get(decision.supplier)
    if ways is None:
        return None
    known = (book or catalogue.price_book()).offerings
    items = [known[line.offering] for line in decision.wish.lines]
    if not any(item.kind is OfferingKind.GOOD and item.plan is None for item in items):
        return None
    private = decision.wish.customer == decision.wish.person
    needed = private and decision.quote.standing.kind not in _AT_WORK
    first = Handover(HandoverWay.COLLECT, ways.places[0]) if ways.places else None
    brought = Handover(HandoverWay.BRING) if ways.brings else None
    usual = first or brought if private else brought or first
    assert usual is not None  # a supplier that says neither is not kept
    return Choice(ways, usual, needed)


def decided(decision: Decision) -> Handover | None:
    """How what is decided is handed over: as was chosen, else the usual way. Refusal for what the supplier does not offer."""
    asked, open_to = decision.wish.handover, choice(decision)
    name = {"supplier": parties.name_of(decision.supplier)}
    if open_to is None:
        if asked is None:
            return None
        raise Refusal(Reason.of("handover_not_offered", **name), where="handover")
    chosen = open_to.usual if asked is None else asked
    known = chosen.place in open_to.ways.places and not chosen.address
    if chosen.way is HandoverWay.BRING:
        known = open_to.ways.brings and not chosen.place
    if not known:
        raise Refusal(Reason.of("handover_way_unknown", **name), where="handover")
    missing = chosen.way is HandoverWay.BRING and open_to.address_needed and not chosen.address.strip()
    if missing or len(chosen.address) > ADDRESS_LENGTH_MAX:
        raise Refusal(Reason.of("handover_address_missing", most=ADDRESS_LENGTH_MAX), where="handover")
    return chosen


def of_order(found: Order) -> Handover | None:
    """How an order is handed over, as it was chosen; None where nothing was."""
    kept = getattr(found, "handover", None)
    return None if kept is None else Handover(HandoverWay(kept.way), kept.place, kept.address)


def suppliers(viewer: Actor, *, on: date) -> tuple[str, ...]:
    """The suppliers for which the viewer may say it, by name: those that offer something."""
    codes = {offering.supplier for offering in catalogue.price_book().offerings.values()}
    found = [code for code in codes if policy.may_say_handover(viewer, supplier=code, on=on)]
    return tuple(sorted(found, key=lambda code: (parties.name_of(code), code)))


def views(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[WaysView]:
    """Of the suppliers for which the viewer may say it. Refused."""
    on = at.date()
    require(policy.may_say_some_handover(viewer, on=on))
    text = params.get("text", "").strip().casefold()
    found = [
        _view(code, ways)
        for code, ways in said().items()
        if policy.may_say_handover(viewer, supplier=code, on=on)
        and text in f"{parties.name_of(code)} {code}".casefold()
    ]
    return held(found, LISTED, params)


def view(*, viewer: Actor, at: datetime, supplier: str) -> WaysView:
    """One of them. NotThere out of bounds, and for a supplier that says nothing."""
    ways = said().get(supplier)
    if ways is None or not policy.may_say_handover(viewer, supplier=supplier, on=at.date()):
        raise NotThere
    return _view(supplier, ways)


def _view(code: str, ways: Ways) -> WaysView:
    return WaysView(Named(code, parties.name_of(code)), ways)


def _read(_number: int) -> Mapping[str, Ways]:
    rows = SupplierHandover.objects.order_by("supplier__code").values_list("supplier__code", "places", "brings")
    return {code: Ways(tuple(places), brings) for code, places, brings in rows}


_said: Kept[Mapping[str, Ways]] = Kept(VERSION, _read)
