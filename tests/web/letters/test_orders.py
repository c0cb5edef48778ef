"""Letters about orders: what is told when an order, or only the rest of one, is called off."""

from tests.builders import AT
from tests.cast import MAYA, TOR

from inward.kit.outbox import announced
from inward.notices import queries as notices
from inward.trade import operations as trade
from inward.trade.announcements import OrderCancelled
from inward.web.letters import reactions, sending


def letter_about(told):
    """The letter that the announcement leads to."""
    reactions.order_cancelled(told, at=AT)
    (due,) = notices.due(at=AT)
    assert due.person == "maya-lund"
    return sending.render(due, "en")


def called_off(house, delivered):
    reference = house.order(MAYA, ("coffee-machine", 3)).reference
    if delivered:
        trade.confirm_delivery(by=house.actor(TOR), at=AT, reference=reference, pieces={1: delivered})
    trade.cancel_order(by=house.actor(TOR), at=AT, reference=reference, reason="Out of stock.")
    (told,) = announced(OrderCancelled)
    return told


def test_an_order_called_off_whole_says_so(house):
    told = called_off(house, 0)
    letter = letter_about(told)
    assert letter.subject == f"Order {told.number} was cancelled"
    assert "“Out of stock.” What was charged is given back." in letter.text


def test_of_an_order_partly_handed_over_the_rest_is_named_with_what_comes_back(house):
    told = called_off(house, 1)
    letter = letter_about(told)
    assert letter.subject == f"The rest of order {told.number} was cancelled"
    assert "“Out of stock.” You get 181.50 EUR back." in letter.text
