"""Inside or outside, explained, and what would be, in a real Chromium: sentence, picture and its table, slider and its form,
history, print and the address, on a telephone and a desk, light and dark, with and without scripts; axe-core at each stop.
"""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from tests.builders import AT, HOUSE, ON, nothing_written
from tests.cast import INES, SITI
from tests.web.browsing import DESKTOP, PHONE, chromium_at, window

from inward.core.classification import RightKind
from inward.parties import operations as parties
from inward.parties.models import Holding

pytestmark = pytest.mark.browser
BEFORE = (ON - timedelta(days=300)).isoformat()
ASKED = "/inside/?" + urlencode({"supplier": "xyz", "customer": "abc"})
SIZES = [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark")]
SHOWN = ["desk-light", "desk-dark", "telephone-light", "telephone-dark"]
OUTSIDE = "Outside: nothing ties ABC Retail to XYZ Widgets."
INSIDE = "Inside: ABC Retail and XYZ Widgets belong to one group."


@pytest.fixture(scope="module")
def chrome(chromium):
    with chromium_at(chromium) as browser:
        yield browser


@pytest.fixture
def sold(street):
    """JKL sells XYZ: yesterday was the last day of its share, and an order was placed before."""
    house, base = street
    house.order(INES, ("widget-a", 10), customer="abc")
    share = Holding.objects.get(owner__code="jkl", owned__code="xyz", known_until=None)
    parties.end_holding(by=HOUSE, at=AT + timedelta(minutes=1), holding=share.code, valid_until=ON)
    return house, base


def clean(browser):
    """Nothing for axe-core to find, and nothing wider than the window."""
    assert browser.faults() == []
    assert browser.overflow() <= 0


@pytest.mark.parametrize(("size", "look"), SIZES, ids=SHOWN)
def test_s1_the_sale_of_a_sister_is_told_drawn_and_dated(sold, chrome, size, look):
    _, base = sold
    with window(chrome, base, SITI, size=size, look=look) as she:
        she.go(ASKED)
        assert OUTSIDE in she.text()
        assert "What would make it inside:" in she.text()
        assert "JKL Group no longer holds any of XYZ Widgets; it was 60%." in she.text(".stretches")
        clean(she)
        she.go(f"{ASKED}&on={(ON - timedelta(days=1)).isoformat()}")
        assert INSIDE in she.text()
        assert "What would turn it" in she.text()
        assert she.page.locator("svg .arrow.strong").count() == 2
        she.page.click("summary:has-text('The same as a table')")
        table = she.text("table:has-text('80%')")
        assert "JKL Group" in table
        assert table.count("yes") == 2
        for percent in ("80%", "60%"):
            assert percent in table
        clean(she)


def test_the_slider_moves_through_time_by_key_and_its_twin_by_link_and_by_button(sold, chrome):
    _, base = sold
    with window(chrome, base, SITI) as she:
        she.go(ASKED)
        slider = she.page.locator("input.slider")
        last = slider.get_attribute("max")
        assert slider.input_value() == last
        assert not she.page.locator("[data-auto-button]").is_visible()
        slider.focus()
        she.page.keyboard.press("ArrowLeft")
        assert OUTSIDE in she.text(), "by key nothing is sent while one walks through time"
        she.click("[data-auto-button] button")
        assert INSIDE in she.text()
        assert f"stretch={int(last) - 1}" in she.page.url
        she.click(".stretches li:first-child a")
        assert OUTSIDE in she.text()
        with she.page.expect_navigation():
            she.page.fill("input.slider", str(int(last) - 1))
        assert INSIDE in she.text()
    with window(chrome, base, SITI, scripts=False) as she:
        she.go(ASKED)
        she.page.fill("input.slider", str(int(last) - 1))
        she.click("[data-auto-button] button")
        assert INSIDE in she.text()


def test_on_paper_stand_the_answer_the_picture_and_its_table_but_no_form(sold, chrome):
    _, base = sold
    with window(chrome, base, SITI) as she:
        she.go(f"{ASKED}&on={(ON - timedelta(days=1)).isoformat()}")
        she.page.emulate_media(media="print")
        assert not she.page.locator("form").first.is_visible()
        assert not she.page.locator("input.slider").is_visible()
        assert she.page.locator("svg .arrow.strong").first.is_visible()
        assert INSIDE in she.text()
        assert "How it came about" in she.text()
        assert len(she.page.pdf(format="A4")) > 10_000


def test_a_button_prints_where_scripts_run_and_is_not_there_otherwise(sold, chrome):
    _, base = sold
    with window(chrome, base, SITI) as she:
        she.go(ASKED)
        she.page.evaluate("window.print = () => { window.printed = true }")
        she.page.click("button:has-text('Print')")
        assert she.page.evaluate("window.printed")
        she.page.emulate_media(media="print")
        assert not she.page.locator("button:has-text('Print')").is_visible()
    with window(chrome, base, SITI, scripts=False) as she:
        she.go(ASKED)
        assert not she.page.locator("button:has-text('Print')").is_visible()


@pytest.mark.parametrize(("size", "look"), SIZES, ids=SHOWN)
def test_powers_that_a_rule_does_not_count_are_told_and_fit(street, chrome, size, look):
    _, base = street
    parties.record_right(by=HOUSE, at=AT, target="kestrel", kind=RightKind.CONTRACT, holder="jkl")
    with window(chrome, base, SITI, size=size, look=look) as she:
        she.go("/inside/?" + urlencode({"supplier": "jkl", "customer": "kestrel"}))
        assert "JKL Group has power over Kestrel Café (contract)." in she.text()
        clean(she)


@pytest.mark.parametrize(("size", "look"), SIZES, ids=SHOWN)
def test_what_would_be_is_asked_in_the_sandbox_sent_on_and_saved_nowhere(street, chrome, size, look):
    house, base = street
    house.order(INES, ("widget-a", 10), customer="abc")
    with window(chrome, base, SITI, size=size, look=look) as she, nothing_written():
        she.go("/office/what-if/")
        clean(she)
        for name, value in (("owner", "JKL Group"), ("owned", "XYZ Widgets"), ("percent", "48"), ("since", BEFORE)):
            she.page.fill(f"[name={name}] >> nth=0", value)
        with she.page.expect_navigation(url="**s=share*"):
            she.page.click("button:has-text('Suppose it') >> nth=0")
        text = she.text()
        assert "JKL Group holds 48% of XYZ Widgets." in text
        assert "1 of them would have been another one." in text
        assert "€43.56" in text
        assert "€60.50" in text
        clean(she)
        sent_on = she.page.url
        with she.page.expect_navigation():
            she.page.click("a:has-text('take away')")
        assert "1 of them would have been another one." not in she.text()
        she.page.goto(sent_on)
        assert "1 of them would have been another one." in she.text()
        she.page.emulate_media(media="print")
        assert not she.page.locator("form").first.is_visible()
    assert Holding.objects.get(owner__code="jkl", owned__code="xyz", known_until=None).valid_until is None
