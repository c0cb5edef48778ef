"""Who waits for whom on its page and over HTTP."""

from datetime import timedelta

from tests.api.conftest import Caller, token_of
from tests.builders import AT
from tests.cast import INES, LUCA, MAYA, TOR
from tests.trade.test_budgets import office
from tests.web.reading import words

from inward.kit import clock
from inward.trade import operations as trade

__all__ = ["office"]


def test_the_page_tells_table_and_picture_and_links_only_what_she_may_see(office):
    reference = office.order(INES, ("chair", 3), customer="abc-it").reference
    with clock.shifted(AT + timedelta(days=9)):
        page = office.browser(INES).get("/chain/")
        said = words(page)
        assert "IT, ABC Retail Purchasing, ABC Retail to hand over 1 3 Order" in said
        assert "24 November 2026 7 working days" in said
        assert f"/orders/{reference}/" in page.content.decode()
        assert "<svg" in page.content.decode()
        controller = office.browser(LUCA).get("/chain/").content.decode()
    assert f"/orders/{reference}/" not in controller
    assert "Purchasing" in controller
    assert "Nobody waits" in words(office.browser(MAYA).get("/chain/"))


def test_what_is_to_be_confirmed_waits_since_today(office):
    reference = office.order(INES, ("chair", 3), customer="abc-it").reference
    trade.confirm_delivery(by=office.actor(TOR), at=AT, reference=reference)
    assert "to confirm what came 1 3" in words(office.browser(INES).get("/chain/"))
    assert "since today" in words(office.browser(INES).get("/chain/"))


def test_programs_read_the_same(office):
    office.order(INES, ("chair", 3), customer="abc-it")
    found = Caller(token_of(office, INES)).get("/waiting-chain").json()
    (link,) = found["links"]
    told = (link["who"]["code"], link["on"]["code"], link["turn"], link["orders"], link["pieces"], link["working_days"])
    assert (told, found["cut"]) == (("abc-it", "abc-purchasing", "SUPPLIER", 1, 3, 0), False)
