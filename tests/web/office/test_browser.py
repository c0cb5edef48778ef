"""The office in a real Chromium: axe finds nothing, nothing overflows a phone, the keyboard is enough for a dated change."""

import re
from datetime import date

import pytest
from tests.builders import AT, HOUSE
from tests.cast import SITI
from tests.web.browsing import DESKTOP, NARROW, PHONE, chromium_at, window

from inward.catalogue import operations as catalogue
from inward.core.pricing.raising import Raise
from inward.core.terms import Rate
from inward.kit import imports
from inward.kit.intake import Table
from inward.parties.models import Holding

pytestmark = pytest.mark.browser
WRONG = b"id,name,email\ne1,Ada,\ne 2,Bo,\n=1+1,Cee,\n"


@pytest.fixture(scope="module")
def chrome(chromium):
    with chromium_at(chromium) as browser:
        yield browser


@pytest.fixture
def lived_in(street):
    """A house with a file whose columns are to be chosen and one that was checked, with two refused rows."""
    _, base = street
    new, checked = (imports.bring(by=HOUSE, at=AT, sort="people", chunks=[WRONG], name="hr.csv") for _ in range(2))
    imports.match(by=HOUSE, at=AT, reference=checked, table=Table())
    imports.work(at=AT, reference=checked)
    how = Raise("abc", Rate.percent(3), date(2027, 1, 1))
    raised = catalogue.raise_prices(by=HOUSE, at=AT, how=how).reference
    return base, {"new": new, "checked": checked, "raised": raised}


ADDRESSES = (
    "",
    "companies/",
    "holdings/?text=jkl",
    "people/?text=nobody",
    "holdings/jkl-xyz/",
    "holdings/jkl-xyz/history/",
    "holdings/jkl-xyz/do/change/",
    "work/-/new/start/",
    "what-if/",
    "what-if/?s=share:jkl:xyz:0:2026-01-01&owner=nobody&owned=xyz&percent=1&since=2026-01-01",
    "directory-waiting/",
    "directory-words/-/new/say/",
    "price-raises/",
    "price-raises/{raised}/",
    "price-raises/{raised}/do/take-back/",
    "imports/",
    "imports/new/",
    "imports/{new}/columns/",
    "imports/{checked}/",
    "imports/{checked}/undo/",
    "quality/",
    "quality/no_calendar/",
    "quality/no_calendar/?left=yes",
)


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "light"), (PHONE, "dark"), (NARROW, "light")])
def test_axe_finds_nothing_and_no_page_of_the_office_is_wider_than_its_window(lived_in, chrome, size, look):
    base, known = lived_in
    found = {}
    with window(chrome, base, SITI, size=size, look=look) as browser:
        for address in ADDRESSES:
            browser.go(f"/office/{address}".format(**known))
            faults, wide = browser.faults(), browser.overflow()
            if faults or wide > 0:
                found[address] = (faults, wide)
        browser.go("/office/holdings/jkl-xyz/do/end/").click("button[value=preview]")
        found |= {"wrong": (browser.faults(), browser.overflow())}
        browser.page.fill("#id_valid_until", "2026-12-31")
        browser.click("button[value=preview]")
        found |= {"preview": (browser.faults(), browser.overflow())}
    assert found == {"wrong": ([], 0), "preview": ([], 0)}


def until_focus(browser, words, presses=60):
    """Press Tab until the focus stands on something with these words."""
    for _ in range(presses):
        browser.page.keyboard.press("Tab")
        said = browser.page.evaluate(
            "(document.activeElement.textContent || '') + ' ' + (document.activeElement.id || '')"
        )
        if words in said:
            return
    raise AssertionError(words)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_keyboard_is_enough_for_a_change_from_a_day_on(lived_in, chrome, size):
    base, _ = lived_in
    with window(chrome, base, SITI, size=size) as browser:
        keyboard = browser.go("/office/holdings/jkl-xyz/").page.keyboard
        until_focus(browser, "Change from a day on")
        keyboard.press("Enter")
        browser.reached(re.compile("/do/change/$"))
        until_focus(browser, "See what it changes")
        keyboard.press("Enter")  # nothing typed: the summary says so and has the focus
        browser.until("document.activeElement.id", "wrongs")
        assert "From: Choose a day." in browser.text("#wrongs")
        keyboard.press("Tab")
        keyboard.press("Enter")  # the summary leads to the field
        browser.until("document.activeElement.id", "id_valid_from")
        keyboard.type("01012027")
        until_focus(browser, "id_percent")
        keyboard.press("Control+A")
        keyboard.type("45")
        until_focus(browser, "id_source")
        keyboard.type("Letter of 3 November")
        until_focus(browser, "See what it changes")
        keyboard.press("Enter")
        browser.until("document.querySelector('h1').textContent.trim()", "What this will change")
        assert "5 pairs of companies become outside" in browser.text()
        until_focus(browser, "Save")
        keyboard.press("Enter")
        browser.reached(re.compile("/office/holdings/jkl-xyz-2/"))
        assert "The change is kept." in browser.text()
    shares = Holding.objects.current().filter(owned__code="xyz").order_by("valid_from").values_list("votes", "source")
    assert [(str(votes), source) for votes, source in shares] == [("3/5", ""), ("9/20", "Letter of 3 November")]


def test_a_file_is_brought_matched_checked_and_loaded_without_scripts(lived_in, chrome, tmp_path):
    base, _ = lived_in
    file = tmp_path / "<b>hr.csv"
    file.write_text("Ansattnummer;Navn\ne7;Åse Dahl\n", encoding="utf-8")
    with window(chrome, base, SITI, scripts=False) as browser:
        browser.go("/office/imports/new/")
        browser.page.check("input[name=sort][value=people]")
        browser.page.set_input_files("#id_file", str(file))
        browser.click("button.btn-primary")
        assert "Ansattnummer (e7)" in browser.text()
        browser.click("form.stack button.btn-primary")
        assert "Would be new 1" in browser.text()
        browser.click("button[name=which]")
        assert "Loaded" in browser.text()
