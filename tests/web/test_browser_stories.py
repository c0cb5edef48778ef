"""S1 and S3 as people live them, in a real Chromium, in English and Norwegian, with and without scripts."""

import re
from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, ON
from tests.cast import INES, JONAS, MAYA
from tests.shop import change_price
from tests.web.browsing import PHONE, chromium_at, window

from inward.parties import operations as parties
from inward.trade.models import Order

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chrome(chromium):
    with chromium_at(chromium) as browser:
        yield browser


WORDS = {
    MAYA: {
        "price": "€90.75", "two": "€181.50", "saved": "€60.50 saved (25%)", "inside": "Inside: Maya Lund works for ABC Retail",
        "order": "Order now", "placed": "for €181.50 is placed.", "left": "€418.50", "paid": "Deducted from pay",
        "changed": "The price has changed", "again": "Order for €99.83",
    },
    JONAS: {
        "price": "90,75 €", "two": "181,50 €", "saved": "60,50 € spart (25 %)", "inside": "Innenfor: Jonas Vik arbeider for ABC Retail",
        "order": "Bestill nå", "placed": "på 181,50 € er sendt.", "left": "418,50 €", "paid": "Trekkes i lønn",
        "changed": "Prisen er endret", "again": "Bestill for 99,83",
    },
}  # fmt: skip


@pytest.mark.parametrize("part", [MAYA, JONAS], ids=["en", "nb"])
def test_s3_a_shop_assistant_buys_a_coffee_machine_below_the_ordinary_price(street, chrome, part):
    _, base = street
    said = WORDS[part]
    with window(chrome, base, part) as browser:
        browser.go("/shop/").click("a.cover:has-text('Coffee machine')")
        assert said["price"] in browser.text()
        assert said["inside"] in browser.text()
        browser.page.fill("#id_quantity", "2")
        browser.page.press("#id_quantity", "Tab")
        browser.page.wait_for_selector(f"text={said['saved'][:5]}")
        browser.page.wait_for_load_state("networkidle")
        assert said["saved"] in browser.text()
        assert browser.faults() == []
        browser.page.dblclick(f"button:has-text('{said['order']}')")
        browser.reached(re.compile("/orders/[^/]+/$"))
        assert said["placed"] in browser.text()
        assert said["paid"] in browser.text()
        assert browser.faults() == []
        assert said["left"] in browser.go("/allowance/").text()
    assert Order.objects.count() == 1


@pytest.mark.parametrize("part", [MAYA, JONAS], ids=["en", "nb"])
def test_s3_a_price_that_changes_meanwhile_is_told_and_one_button_orders(street, chrome, part):
    _, base = street
    said = WORDS[part]
    with window(chrome, base, part, size=PHONE, look="dark") as browser:
        browser.go("/shop/coffee-machine/")
        change_price("coffee-machine", "abc", "133.10", includes_tax=True)
        browser.click(f"button:has-text('{said['order']}')")
        assert said["changed"] in browser.text("h1")
        assert not Order.objects.exists()
        assert browser.faults() == []
        browser.click(f"button:has-text('{said['again']}')")
    assert Order.objects.get().total_minor == 9983


def test_s3_works_without_scripts(street, chrome):
    _, base = street
    with window(chrome, base, MAYA, size=PHONE, scripts=False) as browser:
        browser.go("/shop/?text=coffee").click("a.cover")
        browser.page.fill("#id_quantity", "2")
        browser.click("button:has-text('Order now')")
        assert "You changed how many, so the total is €181.50 instead of €90.75." in browser.text()
        browser.click("button:has-text('Order for €181.50')")
        assert "is placed." in browser.text()
    assert Order.objects.get().total_minor == 18150


SISTERS = {
    "en": {
        "inside": "Inside: ABC Retail and XYZ Widgets belong to one group.",
        "shares": ("JKL Group holds 80% of ABC Retail, since 1 January 2015", "JKL Group holds 60% of XYZ Widgets, since 1 January 2015"),
        "order": "Order now", "price": "€3.60", "list": "€5.00",
        "outside": "Outside: nothing ties ABC Retail to XYZ Widgets.",
        "miss": "What would make it inside:", "paid": "Invoice",
    },
    "nb": {
        "inside": "Innenfor: ABC Retail og XYZ Widgets hører til samme konsern.",
        "shares": ("JKL Group eier 80 % av ABC Retail, siden 1. januar 2015", "JKL Group eier 60 % av XYZ Widgets, siden 1. januar 2015"),
        "order": "Bestill nå", "price": "3,60 €", "list": "5,00 €",
        "outside": "Utenfor: ingenting knytter ABC Retail til XYZ Widgets.",
        "miss": "Hva som ville gjort den intern:", "paid": "Faktura",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", SISTERS)
def test_s1_sisters_trade_inside_until_the_group_sells_one_and_the_past_keeps_its_verdict(street, chrome, language):
    _, base = street
    said = SISTERS[language]
    with window(chrome, base, INES) as browser:
        browser.go("/").page.click("button[popovertarget=menu-me]")
        browser.click(f"#menu-me button[value={language}]")
        browser.page.click("button[popovertarget=menu-places]")
        browser.click("#menu-places button[value=abc]")
        text = browser.go("/shop/widget-a/").text()
        assert [words for words in (said["inside"], *said["shares"], said["price"]) if words not in text] == []
        assert browser.faults() == []
        browser.click(f"button:has-text('{said['order']}')")
        old = browser.page.url
        assert browser.faults() == []
        sell_xyz()
        text = browser.go("/shop/widget-a/").text()
        told = (said["outside"], said["miss"], said["paid"], said["list"])
        assert [words for words in told if words not in text] == []
        assert browser.faults() == []
        browser.click(f"button:has-text('{said['order']}')")
        assert said["outside"] in browser.text()
        browser.page.goto(old)
        assert said["inside"] in browser.text()
    assert sorted(Order.objects.values_list("standing", flat=True)) == ["external", "internal"]


def sell_xyz():
    """JKL sells its share of XYZ: yesterday was its last day."""
    from inward.parties.models import Holding

    found = Holding.objects.get(owner__code="jkl", owned__code="xyz", known_until=None)
    parties.end_holding(by=HOUSE, at=AT + timedelta(minutes=1), holding=found.code, valid_until=ON)
