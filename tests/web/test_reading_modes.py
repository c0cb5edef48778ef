"""How people read: letters twice as large, wider distances, the system's own colours, no motion, no mouse (WCAG 2.2 AA)."""

import re

import pytest
from tests.cast import JONAS, MAYA
from tests.web.browsing import DESKTOP, PHONE, chromium_at, window

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chrome(chromium):
    with chromium_at(chromium) as browser:
        yield browser


@pytest.fixture
def visits(street):
    """A house with an order in it: where to look, and the pages."""
    house, base = street
    order = house.order(JONAS, ("coffee-machine", 8)).reference
    pages = (
        "/",
        "/shop/",
        "/shop/coffee-machine/?quantity=8",
        "/orders/",
        f"/orders/{order}/",
        "/allowance/",
        "/basket/",
    )
    return base, pages


CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(one => {
    const look = getComputedStyle(one);
    if (!one.checkVisibility({visibilityProperty: true}) || one.closest('.visually-hidden, .skip, svg, [popover]')) return false;
    if (!one.textContent.trim() || look.clipPath !== 'none' || look.overflowX === 'visible' || look.overflowX === 'auto') return false;
    return one.scrollWidth > one.clientWidth + 2 || one.scrollHeight > one.clientHeight + 2;
}).map(one => one.outerHTML.slice(0, 140))"""
TWICE = "() => { document.documentElement.style.fontSize = '200%'; }"
APART = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }'
        + ' p { margin-block-end: 2em !important; }');
    document.adoptedStyleSheets = [sheet];
}"""


@pytest.mark.parametrize(("change", "size"), [(TWICE, DESKTOP), (APART, DESKTOP), (APART, PHONE)])
def test_larger_letters_and_wider_distances_cut_nothing_off(visits, chrome, change, size):
    base, pages = visits
    wrong = {}
    with window(chrome, base, JONAS, size=size) as browser:
        for address in pages:
            browser.go(address).page.evaluate(change)
            cut, wide = browser.page.evaluate(CUT_OFF), browser.overflow()
            if cut or wide > 0:
                wrong[address] = (cut, wide)
    assert wrong == {}


def test_in_the_system_s_own_colours_states_have_borders_and_the_focus_a_ring(visits, chrome):
    base, pages = visits
    with window(chrome, base, JONAS) as browser:
        page = browser.page
        page.emulate_media(forced_colors="active")
        for address in pages:
            browser.go(address)
            bare = page.evaluate(
                """() => [...document.querySelectorAll('main :is(.tag, .note, .card, .btn, .form-control, .form-select)')]
                .filter(one => one.checkVisibility() && parseFloat(getComputedStyle(one).borderTopWidth) === 0)
                .map(one => one.outerHTML.slice(0, 100))"""
            )
            assert bare == [], address
        browser.go("/shop/coffee-machine/")
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert ring == "3px"


def test_nothing_moves_for_those_who_asked_for_that(visits, chrome):
    base, pages = visits
    with window(chrome, base, JONAS) as browser:
        for address in pages:
            moving = browser.go(address).page.evaluate(
                """() => [...document.querySelectorAll('*')].filter(one => { const look = getComputedStyle(one);
                return parseFloat(look.transitionDuration) > 0 || parseFloat(look.animationDuration) > 0.001
                    || look.scrollBehavior === 'smooth'; }).map(one => one.outerHTML.slice(0, 100))"""
            )
            assert moving == [], address


def test_by_keyboard_a_filter_waits_for_its_button_and_by_hand_it_follows_at_once(visits, chrome):
    base, _ = visits
    with window(chrome, base, JONAS) as browser:
        page = browser.go("/orders/").page
        button = page.locator("[data-auto-button]")
        assert not button.is_visible()
        page.keyboard.press("Tab")
        page.focus("select[name=state]")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.url == f"{base}/orders/"
        assert button.is_visible()
        page.locator("[data-auto-button] button").press("Enter")
        browser.reached(re.compile("state=PLACED"))
        page.mouse.click(5, 5)
        page.select_option("select[name=state]", "DELIVERED")
        browser.reached(re.compile("state=DELIVERED"))


def test_a_page_that_opens_because_of_a_refusal_begins_at_the_reason(street, chrome):
    _, base = street
    with window(chrome, base, MAYA) as browser:
        browser.go("/door/password/change/")
        browser.page.evaluate(
            "for (const one of document.querySelectorAll('form[novalidate], form')) one.noValidate = true"
        )
        browser.page.click("main form:has(#id_oldpassword) button:not([name])")
        browser.page.wait_for_load_state("load")
        browser.until("document.activeElement.classList.contains('note')")
        summary = browser.page.locator(".note a").first
        summary.click()
        assert browser.page.evaluate("document.activeElement.id") == "id_oldpassword"
        browser.page.evaluate(
            "scrollTo(0, 0)"
        )  # a link of which the bar leaves a line to see would be called too small
        assert browser.faults() == []


def test_a_page_weighs_less_than_a_megabyte_with_all_that_it_brings(visits, chrome):
    base, pages = visits
    with window(chrome, base, JONAS) as browser:
        browser.go(pages[2]).page.wait_for_load_state("networkidle")
        weight = browser.page.evaluate(
            "performance.getEntries().reduce((sum, one) => sum + (one.encodedBodySize || 0), 0)"
        )
    assert 10_000 < weight < 1_000_000


def test_a_table_laid_out_as_cards_still_says_that_it_is_a_table(visits, chrome):
    base, _ = visits
    roles = (
        "() => [...document.querySelectorAll('.cards :is(table, tbody, tr, td)')].map(one => [one.localName, one.role])"
    )
    with window(chrome, base, JONAS, size=PHONE) as browser:
        found = dict(browser.go("/orders/").page.evaluate(roles))
    assert found == {"table": "table", "tbody": "rowgroup", "tr": "row", "td": "cell"}


def test_a_list_that_follows_a_choice_at_once_says_so_beforehand(visits, chrome):
    base, _ = visits
    with window(chrome, base, MAYA) as browser:
        for address in ("/shop/", "/orders/"):
            said = browser.go(address).page.locator("form:has([data-auto-submit]) .at-once").all_inner_texts()
            assert said == ["What you choose with mouse or finger is shown at once."]
