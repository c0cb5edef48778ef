"""One whole price change as a data administrator lives it, and a calendar, in a real Chromium, wide and narrow, light and dark."""

import re

import pytest
from tests.builders import AT, HOUSE
from tests.cast import MAYA, SITI
from tests.web.browsing import DESKTOP, PHONE, chromium_at, window

from inward.catalogue.models import PriceRule
from inward.parties import operations as parties
from inward.parties.weeks import read_hours

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chrome(chromium):
    with chromium_at(chromium) as browser:
        yield browser


def sound(browser):
    """The page has nothing that axe finds, and is no wider than its window."""
    assert browser.faults() == []
    assert browser.overflow() <= 0


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["1280", "360"])
def test_a_price_is_found_changed_previewed_saved_and_seen_in_the_history(street, chrome, size, look):
    house, base = street
    house.order(MAYA, ("coffee-machine", 2))
    with window(chrome, base, SITI, size=size, look=look) as browser:
        browser.go("/office/").click("a.cover:has-text('Prices')")
        sound(browser)
        browser.page.fill("#id_text", "coffee machine")
        browser.page.press("#id_text", "Enter")
        browser.page.wait_for_load_state("load")
        browser.click("th a:has-text('list-coffee-machine')")
        sound(browser)
        browser.click("a:has-text('Change from a day on')")
        browser.page.fill("#id_value", "145,20")
        browser.click("button:has-text('See what it changes')")
        assert "This cannot be saved yet" in browser.text()
        sound(browser)
        browser.page.fill("#id_valid_from", "2027-01-01")
        browser.page.fill("#id_source", "Board, 3 November")
        browser.click("button:has-text('See what it changes')")
        said = browser.text()
        assert "Nothing is saved yet." in said
        assert "An employee: Henk Verhoef" in said
        assert "+€18.15" in said
        assert "+€36.30" in said
        assert PriceRule.objects.current().filter(code__startswith="list-coffee").count() == 1
        sound(browser)
        browser.click("button:has-text('Change what I typed')")
        assert browser.page.input_value("#id_value") == "145,20"
        browser.click("button:has-text('See what it changes')")
        browser.page.dblclick("button:has-text('Save')")
        browser.reached(re.compile("/office/prices/[^/]+/$"))
        assert "The price is changed from that day on." in browser.text("body")
        sound(browser)
        browser.click("a:has-text('History')")
        assert "Board, 3 November" in browser.text()
        sound(browser)
    assert PriceRule.objects.current().filter(code__startswith="list-coffee").count() == 2


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["1280", "360"])
def test_a_calendar_s_month_and_forms_are_sound(street, chrome, size, look):
    _, base = street
    week = {day: read_hours("09:00-12:00, 13:00-17:00") for day in ("mon", "tue", "wed", "thu", "fri")}
    parties.set_working_week(by=HOUSE, at=AT, party="abc", week=week, time_zone="Europe/Amsterdam", holidays_of="NL")
    with window(chrome, base, SITI, size=size, look=look) as browser:
        for address in (
            "/office/calendars/",
            "/office/calendars/abc-shops/",
            "/office/calendars/abc-shops/month/2026-12/",
            "/office/calendars/xyz/month/2026-12/",
            "/office/calendars/abc/do/set/",
            "/office/schemes/abc-staff/do/change/",
            "/office/prices/-/new/staff/",
        ):
            browser.go(address)
            sound(browser)
