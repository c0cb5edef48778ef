"""The basket: what somebody has put aside for a customer, in her session and kept beyond it until it is ordered or taken out.

Every customer she acts for has a basket of its own. Prices are never kept here: they are asked when shown.
"""

from collections.abc import Iterable, Mapping

from inward.trade import givenup
from inward.trade import operations as trade
from inward.web.components.frame import BASKET
from inward.web.components.requests import ActingRequest

LINES_MAX = 200
RESTORED = "basket_restored"
"""Under which the session keeps whose baskets it has brought back."""


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
    if quantities == lines(request):
        return
    baskets = _all(request)
    baskets[_customer(request)] = dict(quantities)
    request.session[BASKET] = {customer: held for customer, held in baskets.items() if held}
    if request.actor.person is not None:
        trade.keep_basket(by=request.actor, at=request.at, pieces=quantities)


def restore(request: ActingRequest) -> None:
    """What was put aside in a session of before lies in the basket again, once after signing in."""
    who = _customer(request)
    if who and who not in request.session.get(RESTORED, []):
        request.session[RESTORED] = [*request.session.get(RESTORED, []), who]
        found = {} if lines(request) else givenup.kept(request.actor)
        if found:
            request.session[BASKET] = _all(request) | {who: dict(found)}


def _all(request: ActingRequest) -> dict[str, dict[str, int]]:
    return dict(request.session.get(BASKET, {}))


def _customer(request: ActingRequest) -> str:
    return request.actor.customer or ""
