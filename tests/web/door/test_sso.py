"""Signing on by another's word at the door: the way there, the way back, second factors, links, and what is refused."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client as Browser
from tests.builders import AT, HOUSE, PASSWORD
from tests.cast import JONAS, MAYA, SITI
from tests.identity import CLIENT_ID, SECRET, running
from tests.web.door.conftest import letters, link_in, set_up_an_app, through_the_door
from tests.web.reading import words

from inward.access import operations as access
from inward.access.models import SignOnLink, User
from inward.access.providers import Provider
from inward.kit.models import AuditRow
from inward.kit.oidc import Client
from inward.web.door import sso


@pytest.fixture
def identity(settings):
    with running() as found:
        settings.INWARD_PROVIDERS = (
            Provider("abc", "ABC Group", Client(found.issuer, CLIENT_ID, SECRET), second_factor=frozenset({"mfa"})),
        )
        yield found


def path_of(address):
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def way_of(browser, then=""):
    return browser.get(f"/door/with/abc/?next={then}").url


def comes_back(identity, browser, way):
    return browser.get(path_of(identity.authorise(way)))


@pytest.fixture
def linked(house, identity):
    """Maya's sign-in, linked as she would do it herself."""
    user = house.users[MAYA.code]
    SignOnLink.objects.create(user_id=user, provider="abc", issuer=identity.issuer, subject="s-1", made_at=AT)
    return user


def test_without_providers_the_door_shows_none(house):
    assert "/door/with/" not in Browser().get("/door/login/").content.decode()


def test_she_goes_by_the_button_and_comes_back_to_where_she_wanted(linked, identity):
    browser = Browser()
    door = browser.get("/door/login/?next=/orders/").content.decode()
    assert "Sign in with ABC Group" in door
    address = re.search(r'href="(/door/with/abc/[^"]*)"', door)[1]
    way = browser.get(address).url
    asked = parse_qs(urlsplit(way).query)
    assert asked["redirect_uri"] == ["http://localhost:8000/door/with/abc/back/"]
    answer = comes_back(identity, browser, way)
    assert (answer.status_code, answer.url) == (302, "/orders/")
    assert browser.get("/orders/").status_code == 200
    assert browser.session["_auth_user_id"] == str(linked)
    row = AuditRow.objects.filter(act="access.sign_in").latest("id")
    assert row.facts == {"how": "sso:abc"}
    assert browser.get("/door/with/abc/?next=/shop/").url == "/shop/"


def test_the_way_back_leads_nowhere_outside(linked, identity):
    browser = Browser()
    answer = comes_back(identity, browser, way_of(browser, "https://evil.example/"))
    assert answer.url == "/"


def signed_in(browser):
    return "_auth_user_id" in browser.session


def test_a_stranger_is_refused_and_told_whom_to_ask(house, identity):
    browser, before = Browser(), User.objects.count()
    answer = comes_back(identity, browser, way_of(browser))
    assert answer.status_code == 403
    assert "Ask the data administrator of your company to invite you." in words(answer)
    assert not signed_in(browser)
    assert User.objects.count() == before


def test_a_state_works_once_in_the_browser_that_began_and_at_that_provider(linked, identity, settings):
    browser, other = Browser(), Browser()
    back = path_of(identity.authorise(way_of(browser)))
    assert other.get(back).status_code == 403
    assert not signed_in(other)
    settings.INWARD_PROVIDERS += (Provider("def", "DEF", Client("https://def.example", "c", "s")),)
    assert browser.get(back.replace("/abc/", "/def/")).status_code == 403
    assert browser.get(back).status_code == 302
    browser.post("/door/logout/")
    assert browser.get(back).status_code == 403
    assert "begun elsewhere" in words(browser.get(back))
    assert not signed_in(browser)


def test_a_way_that_took_too_long_is_over(linked, identity):
    browser = Browser()
    way = way_of(browser)
    session = browser.session
    session["sign_on"] = [{**each, "until": "2020-01-01T00:00:00+00:00"} for each in session["sign_on"]]
    session.save()
    assert comes_back(identity, browser, way).status_code == 403
    assert not signed_in(browser)


def test_several_windows_may_be_on_their_way_at_once_but_not_any_number(linked, identity):
    browser = Browser()
    ways = [way_of(browser) for _window in range(6)]
    assert len(browser.session["sign_on"]) == 5
    assert comes_back(identity, browser, ways[0]).status_code == 403
    assert comes_back(identity, browser, ways[1]).status_code == 302


def test_whoever_calls_it_off_there_is_told_so(linked, identity):
    browser = Browser()
    state = parse_qs(urlsplit(way_of(browser)).query)["state"][0]
    answer = browser.get(f"/door/with/abc/back/?error=access_denied&state={state}")
    assert answer.status_code == 403
    assert "ABC Group did not sign you in." in words(answer)


def test_a_token_that_does_not_hold_lets_nobody_in_and_its_fault_is_for_the_log(linked, identity, caplog):
    browser = Browser()
    identity.claims = {"aud": "another"}
    answer = comes_back(identity, browser, way_of(browser))
    assert answer.status_code == 502
    assert "ABC Group does not answer as it should." in words(answer)
    assert "Audience" in caplog.text
    assert "Audience" not in words(answer)
    assert not signed_in(browser)


def test_a_provider_that_is_away_is_said_so_at_both_ends_of_the_way(linked, identity):
    browser = Browser()
    identity.pages["/.well-known/openid-configuration"] = 500, {}
    assert browser.get("/door/with/abc/").status_code == 502
    member = through_the_door(MAYA)
    assert member.get("/account/sign-on/abc/").status_code == 502


def test_too_many_ways_from_one_address_are_held_up(linked, identity, settings, monkeypatch):
    asked = []
    monkeypatch.setattr(sso.ratelimit, "consume", lambda request, *, action: asked.append(action))
    browser = Browser()
    assert browser.get("/door/with/abc/").status_code == 429
    assert browser.get("/door/with/abc/back/").status_code == 429
    assert asked == ["sign_on"] * 2
    assert settings.ACCOUNT_RATE_LIMITS["sign_on"] == "300/m/ip"
    assert identity.asked == []


def test_our_second_factor_is_asked_for_unless_what_was_shown_there_counts(linked, identity):
    set_up_an_app(through_the_door(MAYA))
    browser = Browser()
    assert comes_back(identity, browser, way_of(browser)).url.startswith("/door/second-factor/")
    assert not signed_in(browser)
    identity.claims = {"amr": ["pwd", "mfa"]}
    counted = Browser()
    assert comes_back(identity, counted, way_of(counted)).url == "/"
    assert signed_in(counted)


def test_whoever_owes_a_second_factor_owes_none_where_what_was_shown_there_counts(linked, identity, settings):
    settings.INWARD_SECOND_FACTOR = "all"
    browser = Browser()
    comes_back(identity, browser, way_of(browser))
    assert browser.get("/shop/").url == "/account/second-factor/"
    identity.claims = {"amr": ["mfa"]}
    counted = Browser()
    comes_back(identity, counted, way_of(counted))
    assert counted.get("/shop/").status_code == 200


def test_whoever_is_locked_is_told_at_the_door(linked, identity):
    access.lock_user(by=HOUSE, at=AT, user=linked)
    browser = Browser()
    answer = comes_back(identity, browser, way_of(browser))
    assert answer.status_code == 403
    assert "Your sign-in here is locked." in words(answer)
    assert not signed_in(browser)


def test_signing_out_here_leads_on_to_signing_out_there(linked, identity, settings):
    (provider,) = settings.INWARD_PROVIDERS
    browser = Browser()
    comes_back(identity, browser, way_of(browser))
    assert browser.post("/door/logout/").url == "/"
    settings.INWARD_PROVIDERS = (replace(provider, sign_out="https://id.example/out"),)
    comes_back(identity, browser, way_of(browser))
    answer = browser.post("/door/logout/")
    assert answer.url == "/door/login/?left=sso%3Aabc"
    assert not signed_in(browser)
    assert 'href="https://id.example/out"' in browser.get(answer.url).content.decode()
    assert "still signed in" not in words(browser.get("/door/login/?left=sso:other"))


# --- links on the profile ----------------------------------------------------------------------------------------------


def test_she_links_and_unlinks_it_herself_and_is_written_to(house, identity):
    member = through_the_door(MAYA)
    assert "Not linked." in words(member.get("/account/"))
    page = member.get("/account/sign-on/abc/").content.decode()
    way = re.search(r'href="(http://127[^"]*)"', page)[1].replace("&amp;", "&")
    answer = comes_back(identity, member, way)
    assert answer.url == "/account/"
    kept = SignOnLink.objects.get()
    assert (kept.user_id, kept.subject) == (house.users[MAYA.code], "s-1")
    assert any("sign-in service" in letter.body for letter in letters())
    browser = Browser()
    assert comes_back(identity, browser, way_of(browser)).status_code == 302
    assert "Linked since" in words(member.get("/account/"))
    member.post("/account/sign-on/", {"link": kept.pk})
    assert not SignOnLink.objects.exists()
    assert member.post("/account/sign-on/", {"link": "x"}).status_code == 404


def test_linking_asks_first_who_she_is(house, identity):
    answer = house.browser(MAYA).get("/account/sign-on/abc/")
    assert answer.url.startswith("/door/reauthenticate/")


def test_a_link_begun_by_one_is_not_made_for_another(house, identity):
    member = through_the_door(MAYA)
    page = member.get("/account/sign-on/abc/").content.decode()
    way = re.search(r'href="(http://127[^"]*)"', page)[1].replace("&amp;", "&")
    session = member.session
    session["sign_on"] = [{**each, "links": house.users[JONAS.code]} for each in session["sign_on"]]
    session.save()
    assert comes_back(identity, member, way).status_code == 404
    assert not SignOnLink.objects.exists()


def test_an_invited_person_comes_in_by_her_provider_instead_of_a_password(house, identity):
    key = access.invite_user(by=HOUSE, at=AT, username="newcomer", email="newcomer@example.org")
    letter = next(each for each in letters() if "newcomer@example.org" in each.to)
    browser = Browser()
    page = browser.get(link_in(letter)).content.decode()
    address = re.search(r'href="(/door/with/abc/\?invitation=[^"]*)"', page)[1].replace("&amp;", "&")
    assert comes_back(identity, browser, browser.get(address).url).status_code == 302
    assert browser.session["_auth_user_id"] == str(key)


# --- passwords for administrators alone --------------------------------------------------------------------------------


def test_where_providers_let_in_a_password_opens_the_door_for_who_looks_after_everything(linked, identity, settings):
    settings.INWARD_LOCAL_SIGN_IN = "administrators"
    browser = Browser()
    assert "only administrators of everything come in" in words(browser.get("/door/login/"))
    answer = through(MAYA)
    assert answer[0].status_code == 403
    assert "Sign in by your organisation’s sign-in service." in words(answer[0])
    assert not signed_in(answer[1])
    keeper = through(SITI)
    assert keeper[0].status_code == 302
    assert signed_in(keeper[1])
    assert comes_back(identity, browser, way_of(browser)).status_code == 302


def through(part):
    browser = Browser()
    return browser.post("/door/login/", {"login": part.code, "password": PASSWORD}), browser
