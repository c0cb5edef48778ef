"""Every page of the address table, for everybody who may open it: whole as a document, light, and open to everybody.

The pages come from the table in ``test_url_roles``, so that a new address is looked at the day it is there. What a machine
can check of WCAG 2.2 AA is checked here; docs/explanation/accessibility.md says what else is looked at, and how.
"""

import re
from functools import cache
from pprint import pformat

import pytest
from django.test import Client
from tests.web.browsing import AXE, DESKTOP, NARROW, WHOLE, chromium_at, window
from tests.web.test_url_roles import PARTS, ROLES, TABLE, address_of, addresses, world

__all__ = ["world"]
PAGE_BYTES_MAX = 1_000_000


def pages(house, known, role):
    """(name, address, answer) of every page that this role may open; files and fragments are none."""
    place = ROLES.index(role)
    client = Client() if role == "stranger" else house.browser(PARTS[role])
    for entry in addresses():
        if TABLE.get(entry.name, ())[place : place + 1] == ("ok",):
            address = address_of(entry, known)
            response = client.get(address)
            if response.headers["Content-Type"].startswith("text/html"):
                yield entry.name, address, response


@pytest.mark.parametrize("role", ROLES)
def test_every_page_has_title_language_landmark_and_one_heading_and_is_light(world, role):
    house, known = world
    lacking = {}
    titles = {}
    for name, _, response in pages(house, known, role):
        text = response.content.decode()
        title = re.search(r"<title>\s*(.*?)\s*· Inward\s*</title>", text, re.DOTALL)
        found = {
            "title": title is not None and bool(title[1].strip()),
            "language": bool(re.search(r'<html lang="[a-z]{2}"', text)),
            "landmark": len(re.findall(r"<main\b", text)) == 1,
            "heading": len(re.findall(r"<h1\b", text)) == 1,
            "weight": len(response.content) < PAGE_BYTES_MAX,
        }
        titles[name] = title and title[1]
        wrong = [what for what, well in found.items() if not well]
        if wrong:
            lacking[name] = wrong
    assert lacking == {}
    assert len(titles) >= 5


@pytest.fixture(scope="module")
def chrome(chromium):
    with chromium_at(chromium) as browser:
        yield browser


@pytest.fixture
def house(street):
    """The house behind a real server: the table's world is built in it."""
    return street[0]


@cache
def axe():
    return AXE.read_text(encoding="utf-8")


COLOURS = "{resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']}"
HIDDEN_FOCUS = """() => {
    const what = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]', lost = [];
    for (const one of document.querySelectorAll(what)) {
        if (!one.checkVisibility({visibilityProperty: true}) || one.tabIndex < 0 || one.disabled) continue;
        one.focus();
        if (document.activeElement !== one) continue;
        const box = one.getBoundingClientRect(), dx = Math.min(3, box.width / 4), dy = Math.min(3, box.height / 4);
        const points = [[box.left + box.width / 2, box.top + box.height / 2], [box.left + dx, box.top + dy],
            [box.right - dx, box.top + dy], [box.left + dx, box.bottom - dy], [box.right - dx, box.bottom - dy]];
        const seen = points.some(([x, y]) => {
            const top = document.elementFromPoint(x, y);
            return top && (one.contains(top) || top.contains(one));
        });
        const ring = getComputedStyle(one);
        if (!seen || (ring.outlineStyle === 'none' && ring.boxShadow === 'none')) lost.push(one.outerHTML.slice(0, 120));
    }
    document.activeElement.blur();
    scrollTo(0, 0);
    return lost;
}"""


@pytest.mark.browser
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_open_to_everybody(street, world, chrome, role):
    """Both looks, a desktop and a window of 320 pixels: axe with target sizes finds nothing, the page flows, no focus is
    hidden. The whole four are looked at for whoever comes first in the table; for the others, each page in one of them.
    """
    house, known = world
    found = {}
    with window(chrome, street[1], PARTS.get(role)) as browser:
        for number, (name, address, _) in enumerate(pages(house, known, role)):
            first = TABLE[name].index("ok") == ROLES.index(role)
            if first or number % 2:
                found |= looked_at(browser.go(address), name, DESKTOP, both=first)
            if first or not number % 2:
                found |= looked_at(browser.go(address), name, NARROW, both=first)
    assert found == {}, pformat(found, width=160)


def looked_at(browser, name, size, *, both):
    """What is wrong on the page in a window of this size; in both looks, or in the one that is its turn."""
    page, complaints, wrong = browser.page, list(browser.complaints), {}
    page.set_viewport_size({"width": size[0], "height": size[1]})
    look = "light" if size == DESKTOP else "dark"
    page.emulate_media(color_scheme=look)
    page.evaluate(axe())
    violations = page.evaluate(f"axe.run(document, {WHOLE})")["violations"]
    if both:
        page.emulate_media(color_scheme="dark" if look == "light" else "light")
        violations += page.evaluate(f"axe.run(document, {COLOURS})")["violations"]
    if violations:
        wrong["axe"] = [(fault["id"], [node["html"][:160] for node in fault["nodes"][:3]]) for fault in violations]
    if browser.overflow() > 0:
        wrong["wider by"] = browser.overflow()
    if lost := page.evaluate(HIDDEN_FOCUS):
        wrong["focus not seen"] = lost
    browser.complaints[:] = complaints  # what the policy forbids axe is no complaint of the page
    return {(name, size, look): wrong} if wrong else {}
