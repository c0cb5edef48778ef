"""Disputing a dealing between companies from its order, saying who settles it, answering: on the pages of both sides."""

import pytest
from tests.builders import given_role
from tests.cast import INES, JONAS, MAYA, RATNA
from tests.web.reading import form, words

from inward.trade.models import Dispute


@pytest.fixture
def bought(house):
    return house, house.order(INES, ("widget-a", 10), customer="abc").reference


def typed(**more):
    return {"reason": "PERIOD", "amount": "12,50", "words": "It is June.", "due": "2026-12-01"} | more


def test_either_side_disputes_from_the_order_and_the_other_says_who_settles_it_and_answers(bought):
    house, reference = bought
    given_role(house.users[JONAS.code], "BUYER", "abc")
    seller, buyer = house.browser(RATNA), house.browser(INES)
    page = seller.get(f"/orders/{reference}/")
    assert "Dispute this dealing" in words(page)
    sent = {name: values[-1] for name, values in form(page, f"/orders/{reference}/dispute/").items()}
    assert sent["due"] == "2026-12-01"
    said = words(seller.post(f"/orders/{reference}/dispute/", typed(), follow=True))
    assert "Disputed: Posted in another month · €12.50 – answer needed by 1 December 2026" in said
    assert "Dispute this dealing" not in said
    mine = words(seller.get("/disputes/"))
    assert "Raised by: Whoever sells" in mine
    assert "waits for whoever buys" in mine
    key = Dispute.objects.get().reference
    owned = words(buyer.post(f"/disputes/{key}/owner/", {"owner": "Jonas Vik"}, follow=True))
    assert "It is noted who settles it." in owned
    assert "Jonas Vik" in words(seller.get("/disputes/"))
    assert "Name somebody who may answer" in words(
        buyer.post(f"/disputes/{key}/owner/", {"owner": MAYA.code}, follow=True)
    )
    buyer.post(f"/disputes/{key}/answer/", {"answer": "CORRECTED", "words": "Moved."})
    assert "Posted in another month · €12.50 – Corrected" in words(seller.get(f"/orders/{reference}/"))


def test_whoever_buys_disputes_from_the_order_too(bought):
    house, reference = bought
    buyer = house.browser(INES)
    said = words(buyer.post(f"/orders/{reference}/dispute/", typed(reason="QUANTITY", amount=""), follow=True))
    assert "Disputed: Wrong quantity – answer needed by" in said
    assert Dispute.objects.get().side == "CUSTOMER"


@pytest.mark.parametrize(("more", "said"), [({"amount": "x"}, "The disputed amount"), ({"due": ""}, "Choose a day")])
def test_what_cannot_be_read_is_said_and_nothing_is_disputed(bought, more, said):
    house, reference = bought
    page = words(house.browser(RATNA).post(f"/orders/{reference}/dispute/", typed(**more), follow=True))
    assert said in page
    assert Dispute.objects.count() == 0


def test_an_unknown_reason_is_something_else(bought):
    house, reference = bought
    house.browser(RATNA).post(f"/orders/{reference}/dispute/", typed(reason="?"))
    assert Dispute.objects.get().reason == "OTHER"


def test_what_somebody_bought_for_herself_is_not_disputed_there(house):
    reference = house.order(MAYA, ("coffee-machine", 1)).reference
    assert "Dispute this dealing" not in words(house.browser(MAYA).get(f"/orders/{reference}/"))
