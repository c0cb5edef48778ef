"""Two people write to each other in a real Chromium, at phone width and by keyboard alone; axe finds nothing, nothing overflows."""

import os
import re

import pytest
from tests.builders import AT, given_role
from tests.cast import HENK, INES, MAYA, TOR
from tests.web.browsing import DESKTOP, NARROW, PHONE, chromium_at, window
from tests.web.home.test_help import given_help
from tests.web.home.test_requests import asked

from inward.desk import operations
from inward.desk.models import Case

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chrome(chromium):
    with chromium_at(chromium) as browser:
        yield browser


@pytest.fixture
def desk(street):
    house, base = street
    given_help(house)
    given_role(house.users[INES.code], "CASE_HANDLER", "abc-it")
    given_role(house.users[HENK.code], "SERVICE_OWNER", "abc-it")
    return house, base


def pictured(browser, name):
    """A picture for whoever looks, where a folder for them is named; tests need none."""
    folder = os.environ.get("INWARD_PICTURES")
    if folder:
        browser.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_two_people_write_to_each_other_on_phones_and_see_it_without_reloading(desk, chrome):
    _, base = desk
    with window(chrome, base, MAYA, size=PHONE) as maya, window(chrome, base, INES, size=PHONE) as ines:
        maya.go("/help/write/it/").page.fill("#id_text", "The till does not start.")
        maya.click("form button:has-text('Send')").reached(re.compile("/requests/[^/]+/$"))
        case = Case.objects.get().reference
        ines.go(f"/desk/{case}/").page.fill("#say-text", "Which till?")
        ines.page.check("input[name=what][value=ask]")
        ines.click("button:has-text('Send')")
        maya.until("document.querySelector('#live').textContent.includes('Which till?')", seconds=25)
        assert "Waits for whoever asked" in maya.text()
        maya.page.fill("#id_text", "The left one")
        maya.click("button:has-text('Send')")
        ines.until("document.querySelector('#live').textContent.includes('The left one')", seconds=25)
        ines.page.fill("#say-text", "It runs again.")
        ines.page.check("input[name=what][value=solve]")
        ines.click("button:has-text('Send')")
        maya.until("document.querySelector('#live').textContent.includes('Is it solved?')", seconds=25)
        maya.click("button:has-text('Yes, it is solved')")
        assert "The request is closed." in maya.text()
    assert Case.objects.get().solved is True


def test_the_keyboard_alone_is_enough_to_handle_a_request(desk, chrome):
    house, base = desk
    first = asked(house, text="First of all")
    asked(house, text="Second")
    with window(chrome, base, INES, size=DESKTOP) as browser:
        page, keys = browser.go("/desk/").page, browser.page.keyboard
        page.set_viewport_size({"width": DESKTOP[0], "height": 420})  # a list longer than its window crushes nothing
        assert page.evaluate("document.querySelector('.bench-list .tabs').clientHeight") >= 40
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        keys.press("j")
        assert page.evaluate("document.activeElement.textContent") == "First of all"
        keys.press("j")
        keys.press("k")
        keys.press("Enter")
        browser.reached(re.compile(f"case={first}"))
        keys.press("s")
        assert page.evaluate("document.activeElement.id") == "say-text"
        assert page.evaluate("document.querySelector('[name=what]:checked').value") == "solve"
        keys.type("Restarted; it runs.")
        for _ in range(6):
            keys.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()") == "Send":
                break
        keys.press("Enter")
        browser.until("document.querySelector('.flashes').textContent.includes('It is called solved.')")
        keys.press("?")
        assert page.is_visible("#bench-keys")
        keys.press("Escape")
        page.click("text=Keys (?)")
        page.click("[data-keys]")
        keys.press("Escape")
        page.evaluate("document.activeElement.blur()")
        keys.press("/")
        assert page.evaluate("document.activeElement.id") != "id_text"
    assert Case.objects.get(reference=first).state == "SOLVED"


def test_questions_show_when_they_are_asked_and_what_is_typed_is_there_again_after_another_page(desk, chrome):
    _, base = desk
    with window(chrome, base, MAYA) as browser:
        page = browser.go("/help/ask/broken/").page
        paper = "[name=answer-paper]"
        assert not page.is_visible(paper)
        page.select_option("[name=answer-what]", "Printer")
        page.fill(paper, "A4")
        page.fill("#id_text", "It smells.")
        with page.expect_response("**/help/draft/"):
            page.keyboard.press("Tab")
        page.wait_for_timeout(300)
        browser.go("/help/").go("/help/ask/broken/")
        assert page.input_value(paper) == "A4"
        assert page.input_value("#id_text") == "It smells."
        page.select_option("[name=answer-what]", "Till")
        assert not page.is_visible(paper)


VISITS = (
    (MAYA, ("/help/", "/help/at/abc-it/", "/help/ask/broken/", "/help/write/it/", "/requests/", "/requests/{case}/", "/requests/{solved}/", "/")),
    (INES, ("/desk/", "/desk/?case={case}", "/desk/{case}/", "/desk/{solved}/", "/desk/board/", "/desk/log/")),
    (HENK, ("/desk/service/",)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("size", "look"), [(DESKTOP, "light"), (PHONE, "dark"), (DESKTOP, "dark"), (PHONE, "light"), (NARROW, "light")]
)
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(desk, chrome, size, look):
    house, base = desk
    case, solved = asked(house), asked(house, text="No paper, not even in the cupboard beside the door")
    operations.answer(by=house.actor(TOR), at=AT, case=case, text="Switch it off and on, please.")
    operations.note_down(by=house.actor(TOR), at=AT, case=case, text="She forgets the plug.")
    operations.add_task(by=house.actor(TOR), at=AT, case=case, title="Order a cable", owner=INES.code, blocks=True)
    operations.solve(by=house.actor(TOR), at=AT, case=solved, words="Filled up.")
    asked(house, text="Nobody has this")
    known, found = {"case": case, "solved": solved}, {}
    for part, addresses in VISITS:
        with window(chrome, base, part, size=size, look=look) as browser:
            for number, address in enumerate(addresses):
                browser.go(address.format(**known))
                pictured(browser, f"{part.code[:4]}-{number}-{size[0]}-{look}")
                faults, wide = browser.faults(), browser.overflow()
                if faults or wide > 0:
                    found[address] = (faults, wide)
    assert found == {}
