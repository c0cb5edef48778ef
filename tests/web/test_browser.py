"""Every page in a real Chromium: axe finds nothing, nothing overflows a phone, the keyboard is enough, no policy is broken."""

import re

import pytest
from tests.builders import AT, HOUSE
from tests.cast import HENK, INES, JONAS, LUCA, MAYA, RATNA
from tests.web.browsing import DESKTOP, NARROW, PHONE, chromium_at, window

from inward.ledger import operations as ledger
from inward.ledger.models import Entry

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chrome(chromium):
    with chromium_at(chromium) as browser:
        yield browser


@pytest.fixture
def lived_in(street):
    """A house in which something has happened: an order of each sort."""
    house, base = street
    mine = house.order(JONAS, ("coffee-machine", 8)).reference
    waiting = house.order(INES, ("widget-a", 2000), customer="abc", key="big").reference
    house.order(INES, ("widget-a", 10), customer="abc", key="small")
    ledger.number_entries(by=HOUSE, at=AT, company="xyz")
    ledger.export_journal(by=HOUSE, at=AT, company="xyz")
    entry = Entry.objects.filter(company__code="xyz").first().pk
    return house, base, {"mine": mine, "waiting": waiting, "entry": entry}


VISITS = (
    (None, ("/door/login/", "/door/password/reset/", "/door/signup/", "/style/")),
    (JONAS, ("/", "/shop/", "/shop/coffee-machine/?quantity=8", "/basket/", "/orders/", "/orders/{mine}/", "/orders/{mine}/receipt/",
             "/allowance/", "/door/password/change/", "/nothing/such/")),
    (HENK, ("/", "/approvals/", "/orders/{waiting}/")),
    (RATNA, ("/deliveries/", "/orders/all/")),
    (LUCA, ("/books/xyz/", "/books/entries/{entry}/", "/books/xyz/balance/", "/books/xyz/accounts/", "/books/xyz/months/", "/books/xyz/exports/",
             "/books/xyz/related/", "/books/xyz/related/abc/")),
)  # fmt: skip


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(lived_in, chrome, size, look):
    _, base, known = lived_in
    found = {}
    for part, addresses in VISITS:
        with window(chrome, base, part, size=size, look=look) as browser:
            for address in addresses:
                browser.go(address.format(**known))
                faults, wide = browser.faults(), browser.overflow()
                if faults or wide > 0:
                    found[address] = (faults, wide)
    assert found == {}


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_every_component_is_clean_in_the_other_looks_too(street, chrome, size, look):
    _, base = street
    with window(chrome, base, size=size, look=look) as browser:
        assert (browser.go("/style/").faults(), browser.overflow()) == ([], 0)


def test_pages_fit_into_320_pixels(lived_in, chrome):
    _, base, known = lived_in
    with window(chrome, base, JONAS, size=NARROW) as browser:
        wide = {address: browser.go(address.format(**known)).overflow() for address in VISITS[1][1]}
    assert {address: by for address, by in wide.items() if by > 0} == {}


def test_the_keyboard_is_enough_to_order(street, chrome):
    _, base = street
    with window(chrome, base, MAYA) as browser:
        keyboard = browser.go("/shop/coffee-machine/").page.keyboard
        keyboard.press("Tab")
        assert browser.page.evaluate("document.activeElement.className") == "skip"
        keyboard.press("Enter")
        assert browser.page.evaluate("document.activeElement.id") == "main"
        for _ in range(12):
            keyboard.press("Tab")
            if "Order now" in browser.page.evaluate("document.activeElement.textContent"):
                break
        ring = browser.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid"
        keyboard.press("Enter")
        browser.reached(re.compile("/orders/[^/]+/$"))
        assert "is placed." in browser.text()


def test_enter_in_the_basket_updates_prices_and_throws_nothing_away(street, chrome):
    _, base = street
    with window(chrome, base, MAYA) as browser:
        browser.go("/shop/coffee-machine/").click("button:has-text('Put in the basket')")
        browser.page.fill("input[name=quantity]", "2")
        browser.page.press("input[name=quantity]", "Enter")
        browser.page.wait_for_load_state("networkidle")
        assert "€181.50" in browser.text()
        assert browser.page.input_value("input[name=quantity]") == "2"


def test_the_menu_of_a_phone_opens_and_closes_without_a_mouse(street, chrome):
    _, base = street
    with window(chrome, base, MAYA, size=PHONE) as browser:
        page = browser.go("/").page
        assert not page.is_visible("#side")
        page.focus(".burger")
        page.keyboard.press("Enter")
        assert page.is_visible("#side")
        page.keyboard.press("Escape")
        assert not page.is_visible("#side")


def test_the_look_changes_at_once_and_stays(street, chrome):
    _, base = street
    with window(chrome, base, MAYA) as browser:
        page = browser.go("/").page
        bright = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.click("button[popovertarget=menu-me]")
        with page.expect_response("**/door/look/"):
            page.click("button[name=theme][value=dark]")
        browser.until(f"getComputedStyle(document.body).backgroundColor !== '{bright}'")
        browser.go("/shop/")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_shop_answers_while_one_types_and_back_leads_back(street, chrome):
    _, base = street
    with window(chrome, base, MAYA) as browser:
        page = browser.go("/shop/").page
        page.type("#id_text", "coff", delay=20)
        browser.reached(re.compile("text=coff"))
        browser.until("document.querySelectorAll('#shelves li').length", 1)
        assert page.text_content("#said") == "1 item shown"
        assert "Coffee machine" in browser.text("#shelves")
        page.go_back()
        browser.until("document.querySelectorAll('#shelves li').length", 3)


def test_a_new_total_is_said_to_those_who_cannot_see_it(street, chrome):
    _, base = street
    with window(chrome, base, MAYA) as browser:
        page = browser.go("/shop/coffee-machine/").page
        page.fill("#id_quantity", "2")
        page.press("#id_quantity", "Tab")
        browser.until("document.querySelector('#said').textContent", "To pay: €181.50")
        assert page.get_attribute("#said", "role") == "status"


def test_a_lost_line_is_told_and_the_page_goes_on_when_it_is_back(street, chrome):
    _, base = street
    with window(chrome, base, MAYA) as browser:
        page = browser.go("/shop/coffee-machine/").page
        page.context.set_offline(True)
        page.fill("#id_quantity", "2")
        page.press("#id_quantity", "Tab")
        page.wait_for_selector("text=No answer came.")
        page.context.set_offline(False)
        page.fill("#id_quantity", "3")
        page.press("#id_quantity", "Tab")
        page.wait_for_selector("text=€272.25")
        assert "No answer came." not in browser.text()
        browser.complaints.clear()  # the browser's own word on the lost line
