"""The first five minutes in a real Chromium, with the real command behind it: in every language, by keyboard, on a phone.

One demo serves all tests of this file; each starts it over, as a visitor would. With ``INWARD_PICTURES=yes`` the last ones
write the pictures of the README and the documentation (docs/images); otherwise they only look at the pages they show.
"""

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import expect
from tests.web.browsing import DESKTOP, PHONE, chromium_at, window

from inward.cli.serve import free_port
from inward.demo.front.tours import TOURS

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

PICTURES = Path(__file__).parents[2] / "docs/images"
LANGUAGES = dict(settings.LANGUAGES)


@pytest.fixture(scope="module")
def chrome(chromium):
    with chromium_at(chromium) as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A demo of forty people on a fixed day, as the command starts it; its address."""
    folder = tmp_path_factory.mktemp("demo")
    # Apart for each process of the suite: a port that is free now is taken only when the demo has loaded.
    port = free_port("127.0.0.1", 8160 + 20 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")))
    mine = {name: value for name, value in os.environ.items() if not name.startswith("INWARD_")}
    mine |= {"INWARD_DATA": str(folder), "TZ": "UTC", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "inward", "demo", "--people", "40", "--as-of", "2026-11-24", "--port", str(port)]
    with (folder / "log").open("w") as log, subprocess.Popen(command, env=mine, stdout=log, stderr=log) as server:
        try:
            base = f"http://localhost:{port}"
            _until_it_says_so(base, server, folder)
            yield base
        finally:
            server.terminate()


def _until_it_says_so(base, server, folder):
    """Wait for the address to be told; whoever opens it then is answered at once."""
    for _ in range(600):
        assert server.poll() is None, (folder / "log").read_text()
        if base in (folder / "log").read_text():
            with urlopen(f"{base}/healthz", timeout=10) as answer:
                assert answer.status == 200
            return
        time.sleep(0.2)
    raise AssertionError((folder / "log").read_text())


@contextmanager
def newcomer(chrome, address, **look):
    """A window of somebody who comes for the first time, after whoever was there before has left it as it was."""
    with window(chrome, address, **look) as browser:
        browser.go("/welcome/start-over/")
        browser.click("form button.btn-danger")
        expect(browser.page.locator(".flashes")).to_be_visible()
        browser.page.context.clear_cookies()
        yield browser


def by_keyboard(browser, words, *, inside="body", most=80):
    """Walk with the tabulator until the thing with these words has the focus, see that it is seen, and press Enter."""
    page = browser.page
    for _ in range(most):
        page.keyboard.press("Tab")
        said, here, seen = page.evaluate(
            """inside => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e),
               x = Math.min(Math.max(r.left + r.width / 2, 0), innerWidth - 1),
               y = Math.min(Math.max(r.top + Math.min(r.height / 2, 20), 0), innerHeight - 1),
               top = document.elementFromPoint(x, y);
               return [(e.innerText || e.value || '') + ' ' + (e.getAttribute('aria-label') || ''), !!e.closest(inside),
                       s.outlineStyle !== 'none' && (e.contains(top) || top.contains(e))]; }""",
            inside,
        )
        if words in " ".join(said.replace("\xa0", " ").split()) and here:
            assert seen, f"{words}: the focus is hidden or cannot be seen"
            page.keyboard.press("Enter")
            page.wait_for_load_state("load")
            return
    raise AssertionError(f"no way by keyboard to: {words}")


def by_hand(browser, words, *, inside="body"):
    """Touch it."""
    found = browser.page.locator(f"{inside} :is(a, button, summary):visible", has_text=words).first
    found.scroll_into_view_if_needed()
    found.click()
    browser.page.wait_for_load_state("load")


def clean(browser):
    """The page is whole: nothing that axe finds, nothing wider than the window, no text left in English by mistake."""
    assert browser.faults() == []
    assert browser.overflow() <= 0


@pytest.mark.parametrize(("way", "size", "look"), [(by_keyboard, DESKTOP, "light"), (by_hand, PHONE, "dark")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_five_minutes(chrome, address, language, way, size, look):
    with newcomer(chrome, address, size=size, look=look) as browser, translation.override(language):
        browser.go("/")
        assert browser.page.url.endswith("/welcome/?next=/")
        browser.page.evaluate("window.before = true")
        way(browser, LANGUAGES[language], inside=".front-languages")
        browser.until("!window.before && document.readyState", "complete")  # also where the language is the one it was
        assert browser.page.get_attribute("html", "lang") == language
        assert gettext("One coffee machine, three buyers, three prices") in browser.text("h1")
        prices = [
            re.sub(r"[^0-9]", "", found) for found in browser.page.locator(".buyers .price-now").all_inner_texts()
        ]
        assert prices == ["9743", "11431", "12990"]
        way(browser, gettext("See all reasons"))
        assert browser.page.locator(".buyers details[open]").count() == 1
        clean(browser)

        way(browser, "Maya Lund", inside="#shoes")
        browser.reached(re.compile(re.escape(address) + "/$"))
        assert "Maya Lund" in browser.text("h1")
        assert "Shop assistant" in browser.text(".strip-who")  # who I am and what day it is, on a phone too
        assert "2026" in browser.text(".strip-line")
        letters = sent(browser, to="maya-lund@")
        browser.go("/shop/coffee-machine/")
        way(browser, gettext("Why this price?"))
        assert browser.page.locator("details[open]").count() == 1
        clean(browser)
        way(browser, gettext("Order now"))
        browser.reached(re.compile(r"/orders/[^/]+/$"))
        browser.until("document.activeElement.className", "flashes")
        clean(browser)
        order = browser.page.url

        way(browser, gettext("Start over"), inside=".strip")
        browser.reached(re.compile("/welcome/start-over/$"))
        clean(browser)
        browser.page.go_back()  # asked first, and no is an answer
        assert browser.page.url == order
        one_more_letter(browser, letters, to="maya-lund@")
        browser.go("/allowance/")
        clean(browser)
        browser.go("/welcome/letters/")
        clean(browser)
        browser.page.locator("tbody tr", has_text="maya-lund@").first.locator("a").click()
        browser.page.wait_for_load_state("load")
        assert browser.page.locator(".letter").get_attribute("lang") == language
        clean(browser)


def sent(browser, *, to):
    """The letters to somebody, newest first, as far back as the page shows any: the worker also writes to others, as their hours come."""
    browser.go("/welcome/letters/")
    said = browser.page.inner_text('.strip a[href="/welcome/letters/"]')
    assert int(re.sub(r"[^0-9]", "", said)) >= browser.page.locator("tbody tr").count() > 0
    rows = browser.page.locator("tbody tr", has_text=to)
    return rows.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")


def one_more_letter(browser, before, *, to):
    """The worker writes the letter a moment after the order."""
    for _ in range(40):
        newest, *older = sent(browser, to=to)
        if newest not in before:
            assert older == before[: len(older)]  # one, and no more
            return
        browser.page.wait_for_timeout(500)
    raise AssertionError("no letter came")


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_a_letter_to_somebody_else_opens_in_her_shoes(chrome, address, size, look):
    with newcomer(chrome, address, size=size, look=look) as browser:
        by_hand(browser.go("/welcome/"), "Maya Lund", inside="#shoes")
        browser.go("/welcome/letters/")
        ordered = browser.page.locator("tbody tr", has_text="paolo-servente@example.org")
        ordered.filter(has_text=re.compile("order", re.IGNORECASE)).first.locator("a").click()
        browser.page.wait_for_load_state("load")
        clean(browser)
        by_hand(browser, "Open this as Paolo Servente")
        browser.reached(re.compile(r"/orders/[^/]+/$"))
        assert "Paolo Servente" in browser.text(".strip-who")
        clean(browser)


NEXT, FINISH = "Next step", "Finish"


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_the_tour_of_the_machine(chrome, address, size, look):
    with newcomer(chrome, address, size=size, look=look) as browser:
        begin(browser, "machine")
        by_hand(browser, NEXT)
        by_hand(browser, "Why this price?")
        clean(browser)
        by_hand(browser, NEXT)
        by_hand(browser, "Let the price rise", inside=".strip")
        expect(browser.page.locator("#turned")).to_contain_text("This page does not know it yet")
        assert "€97.43" in browser.text("main .price.large")
        by_hand(browser, "Order now")
        assert browser.text("h1") == "The price has changed"
        assert "You were shown €97.43. It is now €104.93." in browser.text()
        browser.until("document.activeElement.classList.contains('note')")
        clean(browser)
        by_hand(browser, "Order for €104.93")
        assert "is placed." in browser.text(".flashes")
        by_hand(browser, NEXT)
        assert "step 4 of 5" in browser.text(".strip-tour")
        by_hand(browser, "Put the tour away")
        assert browser.page.locator(".strip-tour").count() == 0
        browser.go("/welcome/")
        by_hand(browser, "Go on with step 4 of 5")
        by_hand(browser, NEXT)
        clean(browser)
        by_hand(browser, FINISH)
        assert browser.text("h1") == "That was the tour"
        assert "for €104.93: €34.97 less than others pay." in browser.text()
        clean(browser)


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_the_tour_of_the_sisters(chrome, address, size, look):
    with newcomer(chrome, address, size=size, look=look) as browser:
        begin(browser, "sisters")
        assert "Inside: ABC Retail and XYZ Widgets belong to one group." in browser.text()
        by_hand(browser, NEXT)
        by_hand(browser, "Order now")
        old = browser.page.url
        by_hand(browser, NEXT)
        clean(browser)
        by_hand(browser, "Let JKL sell XYZ")
        assert "step 4 of 5" in browser.text(".strip-tour")
        assert "Outside: nothing ties" in browser.text()
        clean(browser)
        browser.page.goto(old)
        assert "Inside: ABC Retail and XYZ Widgets belong to one group." in browser.text()
        by_hand(browser, NEXT)
        by_hand(browser, FINISH)
        text = browser.text()
        assert "The next order. Outside: nothing ties" in text
        assert "keeps its own. Inside:" in text
        clean(browser)


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_the_tour_of_the_books(chrome, address, size, look):
    with newcomer(chrome, address, size=size, look=look) as browser:
        begin(browser, "books")
        by_hand(browser, "Order 100", inside="main")
        by_hand(browser, "These are handed over")
        clean(browser)
        by_hand(browser, NEXT)
        clean(browser)
        by_hand(browser, NEXT)
        browser.page.locator("main tbody a").first.click()
        browser.page.wait_for_load_state("load")
        assert "The same order in the books" in browser.text()
        clean(browser)
        by_hand(browser, NEXT)
        by_hand(browser, NEXT)
        clean(browser)
        by_hand(browser, FINISH)
        for company, debit, credit in re.findall(r"(\w+ \w+): debit (€[\d,.]+), credit (€[\d,.]+)\.", browser.text()):
            assert debit == credit, company
        clean(browser)


def begin(browser, name):
    (tour,) = (tour for tour in TOURS if tour.name == name)
    browser.go("/welcome/")
    by_hand(browser, str(tour.title), inside=".tours")
    assert "step 1 of 5" in browser.text(".strip-tour")


def test_without_scripts_a_price_that_rises_is_told_too(chrome, address):
    with newcomer(chrome, address, scripts=False) as browser:
        begin(browser, "machine")
        by_hand(browser, NEXT)
        by_hand(browser, NEXT)
        by_hand(browser, "Let the price rise", inside=".strip")
        assert "has just risen by ten euro" in browser.text(".flashes")
        assert "€104.93" in browser.text("main .price.large")


def test_a_double_click_is_one_order_and_going_back_and_forth_sends_nothing_again(chrome, address):
    with newcomer(chrome, address) as browser:
        by_hand(browser.go("/welcome/"), "Maya Lund", inside="#shoes")
        browser.go("/orders/")
        before = orders(browser)
        browser.go("/shop/kettle/")
        other = browser.page.context.new_page()
        other.goto(f"{address}/shop/kettle/")
        browser.page.dblclick("button:has-text('Order now')")
        browser.reached(re.compile(r"/orders/[^/]+/$"))
        for step in (browser.page.go_back, browser.page.go_forward, browser.page.reload, browser.page.go_back):
            step()  # none of them sends anything again
            browser.page.wait_for_load_state("load")
        browser.go("/orders/")
        assert orders(browser) == before + 1
        other.click("button:has-text('Order now')")  # another page was shown another key: it is another order
        other.wait_for_url(re.compile(r"/orders/[^/]+/$"))
        browser.go("/orders/")
        assert orders(browser) == before + 2


def orders(browser):
    return len(set(re.findall(r"Order (\d+)", browser.text())))


def test_another_person_in_another_tab_never_orders_for_the_first(chrome, address):
    with newcomer(chrome, address) as browser:
        by_hand(browser.go("/welcome/"), "Maya Lund", inside="#shoes")
        browser.go("/shop/kettle/")
        other = browser.page.context.new_page()
        other.goto(f"{address}/welcome/")
        other.click("#shoes button[value=nora-quistgaard]")
        other.wait_for_load_state("load")
        browser.click("button:has-text('Order now')")
        assert "/orders/" not in browser.page.url.removesuffix("/orders/place/")
        assert "Nothing has happened yet." in browser.text()
        other.goto(f"{address}/orders/")
        assert "Kettle" not in other.inner_text("main")


def test_after_starting_over_in_one_tab_the_other_is_led_back_and_nothing_breaks(chrome, address):
    with newcomer(chrome, address) as browser:
        by_hand(browser.go("/welcome/"), "Maya Lund", inside="#shoes")
        browser.go("/shop/kettle/").click("button:has-text('Order now')")
        gone = browser.page.url
        other = browser.page.context.new_page()
        other.goto(f"{address}/welcome/start-over/")
        other.dblclick("form button.btn-danger")
        expect(other.locator(".flashes")).to_contain_text("as it was at its start")
        browser.page.reload()
        assert "/welcome/" in browser.page.url
        by_hand(browser, "Maya Lund", inside="#shoes")
        assert browser.page.url in (gone, f"{address}/")
        browser.page.goto(gone)
        assert browser.page.title() == "There is nothing here · Inward"
        assert "Go to the start page" in browser.text("main")


SHOTS = (
    # name, size, look, whose shoes, page, what is opened first
    ("first-screen", DESKTOP, "light", None, "/welcome/", None),
    ("reasons", (1280, 1100), "light", None, "/welcome/", "See all reasons"),
    ("offering", (1280, 1000), "light", "Maya Lund", "/shop/coffee-machine/", "Why this price?"),
    ("verdict", (1280, 1000), "light", "Ines Contarini", "/shop/widget-a/", None),
    ("books", (1280, 860), "light", "Luca Bilancini", "/books/abc/", None),
    ("yours", (1280, 860), "light", None, "/welcome/yours/", "Inside or outside?"),
    ("phone", PHONE, "dark", "Maya Lund", "/shop/coffee-machine/", None),
    ("tour", PHONE, "light", None, "/welcome/", "Sell a sister company"),
)


STORIES = (
    # name, size, look, whose shoes, page, which link of it
    ("requisition", DESKTOP, "light", "bram-plantinga", "/approvals/", "main tbody a"),
    ("benefit", DESKTOP, "light", "maya-lund", "/benefit/", None),
    ("payroll", DESKTOP, "light", "hanne-sunde", "/office/pay-runs/", None),
    ("cover", DESKTOP, "light", "dina-claes", "/subscriptions/", "main tbody a"),
    ("service", DESKTOP, "light", "tor-bergli", "/desk/service/", None),
    ("desk", DESKTOP, "light", "sam-techter", "/desk/", "main a[href*='case=']"),
    ("request", DESKTOP, "light", "anna-ragioni", "/requests/", "main tbody a:has-text('night audit')"),
    ("standards", DESKTOP, "light", "maya-lund", "/help/at/abc-it/standards/", None),
    ("dsl", PHONE, "dark", "erik-fossdal", "/subscriptions/", "main a:has-text('DSL')"),
    ("help", PHONE, "dark", "maya-lund", "/help/", None),
)
"""What the stories S2 to S6, S9 and S14 look like, for the how-to pages."""


def in_shoes(browser, person):
    """Step into the shoes of somebody who has no card too."""
    browser.go("/welcome/").page.evaluate("who => { document.querySelector('#shoes button').value = who; }", person)
    browser.click("#shoes button")


def picture(browser, name):
    """Without a focus ring, from the top; with few colours, so that it is small."""
    browser.page.evaluate("document.fonts.ready.then(() => { document.activeElement.blur(); scrollTo(0, 0); })")
    assert browser.page.locator("h1").count() == 1
    if os.environ.get("INWARD_PICTURES") == "yes":
        from PIL import Image  # only for whoever draws

        browser.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
        with Image.open(PICTURES / f"{name}.png") as whole:
            whole.convert("RGB").quantize(128).save(PICTURES / f"{name}.png", optimize=True)


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_the_pages_of_the_stories_are_there_clean_and_fit_and_with_the_flag_they_are_drawn(chrome, address, size, look):
    shots = [shot for shot in STORIES if shot[1:3] == (size, look)]
    with newcomer(chrome, address, size=size, look=look) as browser:
        for name, _, _, person, page, link in shots:
            in_shoes(browser, person)
            browser.go(page)
            if link:
                browser.page.locator(link).first.click()
                browser.page.wait_for_load_state("load")
            clean(browser)
            picture(browser, name)


def test_the_pages_of_the_pictures_are_there_and_with_the_flag_they_are_drawn(chrome, address):
    drawn = os.environ.get("INWARD_PICTURES") == "yes"
    for name, size, look, shoes, page, first in SHOTS:
        with newcomer(chrome, address, size=size, look=look) as browser:
            browser.go("/welcome/")
            if shoes:
                by_hand(browser, shoes, inside="#shoes")
            browser.go(page)
            if shoes == "Ines Contarini" and browser.page.locator("#menu-places").count():
                browser.page.click("button[popovertarget=menu-places]")
                browser.click("#menu-places button[value=abc-purchasing]")
                browser.go(page)
            if first:
                by_hand(browser, first)
            browser.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
            assert browser.page.locator("h1").count() == 1
            if drawn:
                browser.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
    if drawn:
        order_picture(chrome, address)
    assert {f"{shot[0]}.png" for shot in (*SHOTS, *STORIES)} | {"order.png"} == {
        path.name for path in PICTURES.glob("*.png")
    }


def order_picture(chrome, address):
    """The newest order of the buyer of ABC Retail."""
    with newcomer(chrome, address) as browser:
        by_hand(browser.go("/welcome/"), "Ines Contarini", inside="#shoes")
        browser.go("/orders/").page.locator("main tbody a").first.click()
        browser.page.wait_for_load_state("load")
        browser.page.screenshot(path=PICTURES / "order.png", animations="disabled")
