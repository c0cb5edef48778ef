"""The basket: what somebody has put aside for a customer, kept in her session until it is ordered or taken out.

Every customer she acts for has a basket of its own. Prices are never kept here: they are asked when shown.
"""

from collections.abc import Iterable, Mapping

from inward.web.components.frame import BASKET
from inward.web.components.requests import ActingRequest

LINES_MAX = 200


def lines(request: ActingRequest) -> dict[str, int]:
    """Pieces by offering, in the order in which they were put in."""
    return dict(_all(request).get(_customer(request), {}))


def put(request: ActingRequest, offering: str, quantity: int) -> None:
    """Put so many more pieces in."""
    here = lines(request)
    if offering in here or len(here) < LINES_MAX:
        keep(request, here | {offering: here.get(offering, 0) + quantity})


def change(request: ActingRequest, quantities: Mapping[str, int]) -> None:
    """Set how many pieces of each; nothing at all takes a line out. Only what is in the basket is changed."""
    here = lines(request)
    changed = {code: quantities.get(code, count) for code, count in here.items()}
    keep(request, {code: count for code, count in changed.items() if count > 0})


def take_out(request: ActingRequest, offerings: Iterable[str]) -> None:
    """Take lines out, because they were ordered or are not wanted."""
    gone = set(offerings)
    keep(request, {code: count for code, count in lines(request).items() if code not in gone})


def keep(request: ActingRequest, quantities: Mapping[str, int]) -> None:
    """Make the basket exactly this."""
    baskets = _all(request)
    baskets[_customer(request)] = dict(quantities)
    request.session[BASKET] = {customer: held for customer, held in baskets.items() if held}


def _all(request: ActingRequest) -> dict[str, dict[str, int]]:
    return dict(request.session.get(BASKET, {}))


def _customer(request: ActingRequest) -> str:
    return request.actor.customer or ""
