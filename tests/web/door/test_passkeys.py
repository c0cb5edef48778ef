"""Passkeys and an app in a real Chromium, with a virtual authenticator: set up, named, signed in with, removed; scripts of ours
alone under the strict policy. And that leaving, going back and meters do what they say there.
"""

import re
from contextlib import contextmanager

import pytest
from tests.builders import PASSWORD
from tests.cast import INES, MAYA
from tests.web.browsing import DESKTOP, PHONE, chromium_at, window
from tests.web.door.conftest import code_of, letters, link_in

from inward.access import passwords
from inward.kit import clock
from inward.kit.models import Task

pytestmark = pytest.mark.browser
FACTOR = "/account/second-factor/"


@pytest.fixture(scope="module")
def chrome(chromium):
    with chromium_at(chromium) as browser:
        yield browser


@pytest.fixture
def base(street, settings):
    """The address by its name: a passkey never belongs to a number."""
    _, url = street
    settings.INWARD_BASE_URL = url.replace("127.0.0.1", "localhost")
    settings.CSRF_TRUSTED_ORIGINS = [settings.INWARD_BASE_URL]
    return settings.INWARD_BASE_URL


@contextmanager
def authenticator(browser, *, verified=True):
    """A device that has passkeys and says yes at once."""
    devtools = browser.page.context.new_cdp_session(browser.page)
    devtools.send("WebAuthn.enable")
    made = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": verified,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield devtools, made["authenticatorId"]


def sign_out(browser):
    browser.go("/door/logout/").click("form.stack button.btn-primary")


def sign_in(browser, password=PASSWORD):
    browser.go("/door/login/")
    browser.page.fill("#id_login", MAYA.code)
    browser.page.fill("#id_password", password)
    browser.click("form[action='/door/login/'] button.btn-primary")


def path(browser):
    return browser.page.evaluate("location.pathname")


def add_passkey(browser, name):
    browser.go(f"{FACTOR}passkeys/add/")
    browser.page.fill("#id_name", name)
    browser.click("form[data-passkey] button.btn-primary")
    browser.until("location.pathname.includes('/add/')", expected=False)


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_a_passkey_is_added_signs_in_alone_is_named_and_removed(base, chrome, size, look):
    with window(chrome, base, MAYA, size=size, look=look) as browser, authenticator(browser):
        add_passkey(browser, "My laptop")
        assert path(browser) == f"{FACTOR}codes/"
        assert "You see these codes this once." in browser.text()
        assert (browser.faults(), browser.overflow()) == ([], 0)
        browser.go(FACTOR)
        assert "My laptop signs in without a password" in browser.text()
        assert (browser.faults(), browser.overflow()) == ([], 0)
        sign_out(browser)
        browser.go("/door/login/?next=/orders/")
        browser.click("form[action='/door/passkey/'] button")
        browser.until("location.pathname", "/orders/")
        browser.go(FACTOR).click("a:has-text('Rename')")
        browser.page.fill("#id_name", "Old laptop")
        browser.click("form.stack button.btn-primary")
        assert "Old laptop" in browser.text()
        browser.click("a:has-text('Remove')")
        assert "Remove Old laptop?" in browser.text()
        browser.click("form.stack button.btn-danger")
        assert "Old laptop" not in browser.text()
        sign_out(browser)
        sign_in(browser)
        assert path(browser) == "/"


def test_a_passkey_is_the_second_step_after_the_password_and_when_asked_again(base, chrome):
    with window(chrome, base, MAYA) as browser, authenticator(browser):
        browser.go(f"{FACTOR}passkeys/add/")
        browser.page.uncheck("#id_passwordless")
        browser.click("form[data-passkey] button.btn-primary")
        browser.until("location.pathname", f"{FACTOR}codes/")
        sign_out(browser)
        sign_in(browser)
        assert path(browser) == "/door/second-factor/"
        assert (browser.faults(), browser.overflow()) == ([], 0)
        browser.click("form[data-passkey] button")
        browser.until("location.pathname", "/")
        browser.go("/door/passkey/again/?next=/orders/")
        browser.click("form[data-passkey] button")
        browser.until("location.pathname", "/orders/")


def test_a_passkey_that_says_no_is_told_in_words_and_nothing_changes(base, chrome):
    with window(chrome, base, MAYA) as browser, authenticator(browser, verified=False):
        browser.go(f"{FACTOR}passkeys/add/")
        browser.click("form[data-passkey] button.btn-primary")
        browser.until("!!document.querySelector('[data-passkey-trouble] .note')")
        assert "No passkey was made" in browser.text()
        assert path(browser) == f"{FACTOR}passkeys/add/"
        assert "Add a passkey" in browser.go(FACTOR).text()


def test_a_passkey_of_another_person_does_not_let_anybody_in(base, chrome):
    with window(chrome, base, MAYA) as browser, authenticator(browser) as (devtools, device):
        add_passkey(browser, "x")
        (kept,) = devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
        browser.go(FACTOR).click("a:has-text('Remove')").click("form.stack button.btn-danger")
        sign_out(browser)
        devtools.send(
            "WebAuthn.addCredential", {"authenticatorId": device, "credential": kept | {"signCount": 9}}
        ) if not devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"] else None
        browser.go("/door/login/").click("form[action='/door/passkey/'] button")
        browser.until("document.querySelector('.flashes').textContent.includes('not right')")
        assert path(browser) == "/door/login/"


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_an_app_is_set_up_by_its_picture_and_asked_for_at_the_door(base, chrome, size, look):
    with window(chrome, base, MAYA, size=size, look=look) as browser:
        browser.go(f"{FACTOR}app/")
        assert browser.page.evaluate("document.querySelector('img.qr').naturalWidth > 50")
        assert (browser.faults(), browser.overflow()) == ([], 0)
        secret = browser.page.inner_text(".secret-key")
        browser.page.fill("#id_code", code_of(secret))
        browser.click("form.stack button.btn-primary")
        assert path(browser) == f"{FACTOR}codes/"
        with browser.page.expect_download() as saved:
            browser.page.click("a[download]")
        codes = saved.value.path().read_text().split()
        assert re.fullmatch(r"(\d{8} ?){10}", " ".join(codes))
        sign_out(browser)
        sign_in(browser)
        browser.page.fill("#id_code", codes[0])
        browser.click("form.stack button.btn-primary")
        assert path(browser) == "/"


def test_without_scripts_everything_but_passkeys_works_and_says_so(base, chrome):
    with window(chrome, base, MAYA, scripts=False) as browser:
        assert "Passkeys need scripts." in browser.go(f"{FACTOR}passkeys/add/").text()
        secret = browser.go(f"{FACTOR}app/").page.inner_text(".secret-key")
        browser.page.fill("#id_code", code_of(secret))
        browser.click("form.stack button.btn-primary")
        assert "You see these codes this once." in browser.text()


def test_the_meter_says_while_one_types_what_the_server_says_afterwards(base, chrome):
    with window(chrome, base, MAYA) as browser:
        browser.go("/door/password/change/")
        for typed in (
            "abcdefghij",
            "kxqwrz",
            "kettle-9",
            "harbour-77-x",
            "kettle harbour violin",
            "ключ-от-дома",
            "aaaa",
        ):
            browser.page.fill("#id_password1", typed)
            expected = str(passwords.STRENGTH_WORDS[passwords.strength(typed)])
            browser.until("document.querySelector('[data-strength-word]').textContent", expected)
        assert (browser.faults(), browser.overflow()) == ([], 0)


def test_the_link_of_a_letter_works_in_a_browser_with_its_own_policies(base, chrome):
    with window(chrome, base) as browser:
        browser.go("/door/password/reset/")
        browser.page.fill("#id_email", "maya-lund@example.org")
        browser.click("form.stack button.btn-primary")
        with clock.shifted(
            Task.objects.get(name="access.PasswordForgotten").due_at
        ):  # the server's hour, not the test's
            (letter,) = letters()
        browser.go(link_in(letter))
        assert (browser.faults(), browser.overflow()) == ([], 0)
        browser.page.fill("#id_password1", "kettle harbour violin")
        browser.page.fill("#id_password2", "kettle harbour violin")
        browser.click("form.stack button.btn-primary")
        assert path(browser) == "/door/login/"
        assert browser.page.input_value("#id_login") == MAYA.code
        sign_in(browser, "kettle harbour violin")
        assert path(browser) == "/"


@pytest.mark.parametrize(("size", "look"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_whom_one_acts_for_is_in_sight_and_one_click_leads_back(base, chrome, size, look):
    with window(chrome, base, INES, size=size, look=look) as browser:
        browser.go("/orders/").page.click("button[popovertarget=menu-places]")
        browser.click("#menu-places button[value=abc]")
        for address in ("/shop/", "/account/", "/door/logout/"):
            strip = browser.go(address).page.locator(".acting-strip")
            box = strip.bounding_box()
            assert "You act for ABC Retail." in strip.inner_text()
            assert box["y"] >= 0
            assert box["y"] + box["height"] < size[1] / 2
        assert (browser.faults(), browser.overflow()) == ([], 0)
        browser.go("/shop/").click(".acting-strip button")
        assert path(browser) == "/shop/"
        assert browser.page.locator(".acting-strip").count() == 0


def test_going_back_after_signing_out_shows_nobodys_page(base, chrome):
    with window(chrome, base, MAYA) as browser:
        browser.go("/orders/")
        sign_out(browser)
        browser.page.go_back()
        browser.page.go_back()
        browser.until("location.pathname", "/door/login/")
        assert "Maya Lund" not in browser.page.inner_text("body")


def test_a_form_sent_after_the_session_ended_comes_back_and_is_sent(base, chrome):
    from inward.trade.models import Order

    with window(chrome, base, MAYA) as browser:
        browser.go("/shop/coffee-machine/")
        browser.page.context.clear_cookies(name="sessionid")
        browser.click("button:has-text('Order now')")
        assert path(browser) == "/door/login/"
        assert "What you typed is kept" in browser.text()
        browser.page.fill("#id_login", MAYA.code)
        browser.page.fill("#id_password", PASSWORD)
        browser.click("form[action='/door/login/'] button.btn-primary")
        assert path(browser) == "/door/unsent/"
        assert (browser.faults(), browser.overflow()) == ([], 0)
        assert Order.objects.count() == 0
        browser.click("form[action='/orders/place/'] button")
        assert Order.objects.count() == 1
