"""What something costs a colleague for whom one may order, and who may order for whom. Reads only; docs/decisions/0188."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from inward.catalogue import queries as catalogue
from inward.core.pricing import Wanted
from inward.core.terms import Reason, Refusal
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.parties import queries as parties
from inward.parties import veil
from inward.parties.queries import Named
from inward.parties.vocabulary import Purpose
from inward.trade import ordering_for, policy, queries
from inward.trade.deciding import Handover, Wish
from inward.trade.queries import QuoteView
from inward.trade.vocabulary import Settlement


@dataclass(frozen=True, slots=True)
class HelpView:
    """Somebody who may order for another, or for whom one may: ``other`` is not the reader."""

    other: Named
    since: date
    last_day: date


def wish(
    person: str,
    lines: Sequence[Wanted],
    *,
    settlement: Settlement | None = None,
    note: str = "",
    handover: Handover | None = None,
    payment: str = "",
) -> Wish:
    """What is asked for somebody, as if she asked herself.

    Refusal for a cost centre, whose budget holder would have to approve, and for what runs on: both she asks for herself.
    """
    if settlement is Settlement.COST_CENTRE:
        raise Refusal(Reason.of("behalf_needs_approval"), where="settlement")
    book = catalogue.price_book().offerings
    if any(line.offering in book and book[line.offering].plan is not None for line in lines):
        raise Refusal(Reason.of("behalf_not_running"), where="on_behalf")
    return Wish(person, person, tuple(lines), settlement, note=note, handover=handover, payment=payment)


def quote(
    *, viewer: Actor, at: datetime, person: str, lines: Sequence[Wanted], settlement: Settlement | None = None
) -> QuoteView:
    """What the lines cost somebody for whom the viewer may order; what is left of her allowances is not told.

    Raises Refused, Refusal.
    """
    require(policy.may_order_for(viewer, person=person, on=at.date()))
    decision = queries.decision_for(
        world=parties.world(purpose=Purpose.PRICE),
        book=catalogue.price_book(),
        wish=wish(person, lines, settlement=None if settlement is Settlement.EXTERNAL else settlement),
        on=at.date(),
    )
    view = queries.quote_view(decision, viewer=viewer, settlement=settlement)
    ways = tuple(way for way in view.settlements if way is not Settlement.COST_CENTRE)
    return replace(view, quote=replace(view.quote, allowances=()), settlements=ways, plans=(), terms=())


def open_to(viewer: Actor, *, on: date) -> tuple[Named, ...]:
    """For whom the viewer may order today, by name."""
    return _named(ordering_for.helped_by(viewer.person, on=on))


def mine(viewer: Actor, *, on: date) -> tuple[HelpView, ...]:
    """Who may order for the viewer, now or later."""
    if viewer.person is None:
        return ()
    found = ordering_for.of(viewer.person, on=on)
    return tuple(_view(each.helper, each) for each in found if each.helper not in veil.closed())


def _view(other: str, found: ordering_for.Help) -> HelpView:
    name = parties.told(other, parties.names([other]).get(other, other))
    return HelpView(name, found.since, found.until - timedelta(days=1))


def _named(codes: Sequence[str]) -> tuple[Named, ...]:
    names = parties.names(list(codes))
    found = (parties.told(code, names.get(code, code)) for code in codes if code not in veil.closed())
    return tuple(sorted(found, key=lambda each: (each.name, each.code)))
