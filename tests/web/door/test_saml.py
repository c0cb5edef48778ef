"""Signing on by SAML at the door: the way there, the post that comes back, and everything that lets nobody in."""

import re
from dataclasses import replace

import pytest
from django.test import Client as Browser
from tests import partner as idp
from tests.builders import AT, HOUSE
from tests.cast import MAYA
from tests.web.browsing import chromium_at, window
from tests.web.door.conftest import letters, link_in, set_up_an_app, through_the_door
from tests.web.reading import words

from inward.access import operations as access
from inward.access.models import RoleGrant, SignOnLink, User
from inward.access.providers import Provider, RoleOfGroup
from inward.access.vocabulary import Role
from inward.kit.models import AuditRow
from inward.kit.oidc import Client
from inward.kit.saml import Partner
from inward.web.door import saml as door

BACK = "http://localhost:8000/door/with/abc/answer/"
ENTITY = "http://localhost:8000/door/with/abc/metadata/"
EVIL = "https://evil.example/"


@pytest.fixture
def provider(settings):
    found = Provider("abc", "ABC Group", Partner(idp.ISSUER, metadata=idp.metadata()))
    settings.INWARD_PROVIDERS = (found,)
    return found


@pytest.fixture
def linked(house, provider):
    """Maya's sign-in, linked as she would do it herself."""
    user = house.users[MAYA.code]
    SignOnLink.objects.create(user_id=user, provider="abc", issuer=idp.ISSUER, subject="s-1", made_at=AT)
    return user


def asked(browser, then="/orders/"):
    """The id of the request on the way there."""
    return idp.asked_on(browser.get(f"/door/with/abc/?next={then}").url)[0].get("ID")


def answer_to(request, *, signed=True, **said):
    tree = idp.response(**{"request": request, "back": BACK, "audience": ENTITY} | said)
    if signed:
        idp.sign(idp.assertion_of(tree))
    return idp.posted(tree)


def post(response, **more):
    """The post as another site's page sends it: without any cookie of ours."""
    return Browser(enforce_csrf_checks=True).post("/door/with/abc/answer/", {"SAMLResponse": response} | more)


def comes_back(browser, response, **more):
    went = post(response, **more)
    assert went.status_code == 303
    return browser.get(went.url)


def signed_in(browser):
    return "_auth_user_id" in browser.session


def refused_why():
    return [row.facts["why"] for row in AuditRow.objects.filter(act="access.refuse_sign_on").order_by("id")]


def test_she_goes_by_the_button_and_comes_back_to_where_she_wanted(linked):
    browser = Browser()
    assert "Sign in with ABC Group" in browser.get("/door/login/?next=/orders/").content.decode()
    answer = comes_back(browser, answer_to(asked(browser)), RelayState=EVIL)
    assert (answer.status_code, answer.url) == (302, "/orders/")
    assert browser.session["_auth_user_id"] == str(linked)
    assert AuditRow.objects.filter(act="access.sign_in").latest("id").facts == {"how": "sso:abc"}
    assert refused_why() == []


def test_the_way_back_leads_nowhere_outside_whatever_came_along(linked):
    browser = Browser()
    assert comes_back(browser, answer_to(asked(browser, EVIL)), RelayState=EVIL).url == "/"


def test_the_post_sets_no_cookie_so_that_pages_that_are_open_keep_theirs(linked):
    browser = Browser()
    assert not post(answer_to(asked(browser))).cookies
    assert not post("nonsense").cookies


NOT_TAKEN = {
    "unsigned": {"signed": False},
    "for another site": {"audience": "https://other.example"},
    "of another issuer": {"issuer": EVIL},
    "over": {"before": -900, "after": -600},
    "for another address": {"recipient": EVIL},
}


@pytest.mark.parametrize("wrong", NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_a_response_that_does_not_hold_lets_nobody_in_is_audited_and_its_fault_is_for_the_log(linked, caplog, wrong):
    browser = Browser()
    answer = comes_back(browser, answer_to(asked(browser), **wrong))
    assert answer.status_code == 502
    assert "ABC Group does not answer as it should." in words(answer)
    assert not signed_in(browser)
    assert refused_why() == ["response_does_not_hold"]
    assert AuditRow.objects.get(act="access.refuse_sign_on").thing == "sso:abc"
    assert "sign-in by sso:abc failed: the response does not hold" in caplog.text or "the assertion" in caplog.text


def test_an_altered_response_lets_nobody_in(linked, house):
    browser = Browser()
    tree = idp.response(request=asked(browser), back=BACK, audience=ENTITY, subject="s-2")
    idp.sign(idp.assertion_of(tree))
    idp.assertion_of(tree).find("saml:Subject/saml:NameID", idp.NAMES).text = "s-1"
    assert comes_back(browser, idp.posted(tree)).status_code == 502
    assert not signed_in(browser)


def test_an_assertion_is_taken_once_whoever_brings_it_again(linked):
    browser = Browser()
    response = answer_to(asked(browser))
    assert comes_back(browser, response).status_code == 302
    browser.post("/door/logout/")
    again = comes_back(browser, response)
    assert again.status_code == 403
    assert "used already" in words(again)
    assert not signed_in(browser)
    assert refused_why() == ["assertion_used_already"]


def test_what_waits_is_handed_out_once_to_the_browser_that_began(linked):
    browser, other = Browser(), Browser()
    asked(other)
    where = post(answer_to(asked(browser))).url
    assert other.get(where).status_code == 403
    assert not signed_in(other)
    assert browser.get(where).status_code == 403, "the other one has used it up"
    assert not signed_in(browser)


def test_what_waits_is_for_its_own_provider_and_no_other_session_passes_for_it(linked, settings):
    settings.INWARD_PROVIDERS += (replace(settings.INWARD_PROVIDERS[0], name="def"),)
    browser = Browser()
    where = post(answer_to(asked(browser))).url
    assert browser.get(where.replace("/abc/", "/def/")).status_code == 403
    member = through_the_door(MAYA)
    assert browser.get(f"/door/with/abc/back/?answer={member.session.session_key}").status_code == 403
    assert member.get("/orders/").status_code == 200
    assert browser.get(where).status_code == 302


def test_a_response_that_nobody_asked_for_lets_nobody_in(linked):
    browser = Browser()
    for request in ("_made-up", ""):
        answer = comes_back(browser, answer_to(request))
        assert answer.status_code in (403, 502)
        assert not signed_in(browser)


def test_whoever_calls_it_off_there_is_told_so(linked):
    browser = Browser()
    answer = comes_back(browser, answer_to(asked(browser), signed=False, status=f"{idp.SAML}:status:Responder"))
    assert answer.status_code == 403
    assert "ABC Group did not sign you in." in words(answer)
    assert refused_why() == []


def test_a_stranger_is_refused_told_whom_to_ask_and_no_user_is_made(house, provider):
    browser, before = Browser(), User.objects.count()
    answer = comes_back(browser, answer_to(asked(browser), subject="stranger"))
    assert answer.status_code == 403
    assert "Ask the data administrator of your company to invite you." in words(answer)
    assert (signed_in(browser), User.objects.count()) == (False, before)
    assert refused_why() == ["sign_on_unknown"]


def test_whoever_is_locked_is_told_at_the_door_and_her_session_is_over(linked):
    browser = Browser()
    comes_back(browser, answer_to(asked(browser)))
    assert browser.get("/orders/").status_code == 200
    access.lock_user(by=HOUSE, at=AT, user=linked)
    assert browser.get("/orders/").status_code == 302
    answer = comes_back(browser, answer_to(asked(browser)))
    assert answer.status_code == 403
    assert browser.get("/orders/").status_code == 302
    assert "Your sign-in here is locked." in words(answer)


def test_groups_give_roles_by_the_operators_rules_and_take_them_back(linked, settings, provider):
    settings.INWARD_PROVIDERS = (replace(provider, roles=(RoleOfGroup("buyers", Role.BUYER, "abc"),)),)
    browser, held = Browser(), RoleGrant.objects.current().filter(user_id=linked, source="sso:abc")
    comes_back(browser, answer_to(asked(browser), attributes={"groups": ["buyers", "others"]}))
    assert [(grant.role, grant.party.code) for grant in held] == [("BUYER", "abc")]
    again = Browser()
    comes_back(again, answer_to(asked(again)))
    assert not held.all().exists()


def test_our_second_factor_is_asked_for_unless_what_was_shown_there_counts(linked, settings, provider):
    set_up_an_app(through_the_door(MAYA))
    browser = Browser()
    assert comes_back(browser, answer_to(asked(browser))).url.startswith("/door/second-factor/")
    settings.INWARD_PROVIDERS = (replace(provider, second_factor=frozenset({"urn:mfa"})),)
    counted = Browser()
    assert comes_back(counted, answer_to(asked(counted), context="urn:mfa")).url == "/orders/"
    assert signed_in(counted)


def test_signing_out_here_leads_on_to_signing_out_there(linked, settings, provider):
    settings.INWARD_PROVIDERS = (replace(provider, sign_out="https://id.example/out"),)
    browser = Browser()
    comes_back(browser, answer_to(asked(browser)))
    left = browser.post("/door/logout/").url
    assert 'href="https://id.example/out"' in browser.get(left).content.decode()
    assert not signed_in(browser)


def test_she_links_it_herself_and_a_link_begun_is_made_for_her_alone(house, provider):
    member = through_the_door(MAYA)
    page = member.get("/account/sign-on/abc/").content.decode()
    way = re.search(r'href="(https://id[^"]*)"', page)[1].replace("&amp;", "&")
    response = answer_to(idp.asked_on(way)[0].get("ID"))
    stranger = Browser()
    assert comes_back(member, response).url == "/account/"
    kept = SignOnLink.objects.get()
    assert (kept.user_id, kept.issuer, kept.subject) == (house.users[MAYA.code], idp.ISSUER, "s-1")
    assert comes_back(stranger, answer_to(asked(stranger))).status_code == 302


def test_an_invited_person_comes_in_by_her_provider_instead_of_a_password(house, provider):
    key = access.invite_user(by=HOUSE, at=AT, username="newcomer", email="newcomer@example.org")
    letter = next(each for each in letters() if "newcomer@example.org" in each.to)
    browser = Browser()
    page = browser.get(link_in(letter)).content.decode()
    address = re.search(r'href="(/door/with/abc/\?invitation=[^"]*)"', page)[1].replace("&amp;", "&")
    response = answer_to(idp.asked_on(browser.get(address).url)[0].get("ID"), subject="s-9")
    assert comes_back(browser, response).status_code == 302
    assert browser.session["_auth_user_id"] == str(key)


def test_a_provider_whose_metadata_do_not_do_is_said_so(linked, settings, provider):
    settings.INWARD_PROVIDERS = (replace(provider, client=Partner(idp.ISSUER, metadata="nothing")),)
    assert Browser().get("/door/with/abc/").status_code == 502


def test_our_metadata_are_for_everybody_and_only_a_saml_provider_has_them(house, provider, settings):
    answer = Browser().get("/door/with/abc/metadata/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/samlmetadata+xml")
    assert ENTITY in answer.content.decode()
    settings.INWARD_SAML_ENTITY_ID = "urn:inward"
    assert 'entityID="urn:inward"' in Browser().get("/door/with/abc/metadata/").content.decode()
    settings.INWARD_SAML_KEY = idp.KEY
    assert "X509Certificate" not in Browser().get("/door/with/abc/metadata/").content.decode()
    settings.INWARD_SAML_CERTIFICATE = idp.CERTIFICATE
    assert "X509Certificate" in Browser().get("/door/with/abc/metadata/").content.decode()
    settings.INWARD_PROVIDERS = (Provider("abc", "ABC", Client("https://id.example", "c", "s")),)
    assert Browser().get("/door/with/abc/metadata/").status_code == 404
    assert post("x").status_code == 404
    assert Browser().get("/door/with/abc/answer/").url == "/door/with/abc/"


def test_too_many_posts_from_one_address_are_held_up_unread(linked, monkeypatch):
    asked_for = []
    monkeypatch.setattr(door.ratelimit, "consume", lambda request, *, action: asked_for.append(action))
    assert post("nonsense").status_code == 429
    assert asked_for == ["sign_on"]
    assert refused_why() == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_chromium_links_and_signs_on_though_the_post_from_the_other_site_brings_no_cookie(
    served_house, live_server, chromium, settings
):
    settings.INWARD_BASE_URL = live_server.url
    with idp.running() as identity:
        there = Partner(identity.issuer, metadata_url=f"{identity.issuer}/metadata")
        settings.INWARD_PROVIDERS = (Provider("abc", "ABC Group", there),)
        with chromium_at(chromium) as browser, window(browser, live_server.url, MAYA) as she:
            she.go("/account/").click("text=Link ABC Group")
            she.click("text=Go on to ABC Group")
            she.click("text=Sign in as Maya")
            she.reached(re.compile("/account/$"))
            assert "Linked since" in she.text()
            she.page.context.clear_cookies(domain="localhost")
            she.go("/door/login/?next=/orders/").click("text=Sign in with ABC Group")
            she.click("text=Sign in as Maya")
            she.reached(re.compile("/orders/$"))
            assert "Maya Lund" in she.text("body")
            assert she.faults() == []
    assert SignOnLink.objects.get().user_id == served_house.users[MAYA.code]
