"""Where one is signed in, what ends a session, and what cookies carry."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import OperationalError
from django.test import Client
from tests.builders import AT, HOUSE, PASSWORD
from tests.cast import JONAS, MAYA
from tests.web.door.conftest import letters, through_the_door
from tests.web.reading import words

from inward.access import operations as access
from inward.kit import clock

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.fixture
def two(house):
    """Maya at her desk and on her telephone."""
    return through_the_door(MAYA, **{"User-Agent": FIREFOX}), through_the_door(MAYA, **{"User-Agent": PHONE})


def test_the_list_says_where_and_when_and_which_is_this_one(two):
    desk, _ = two
    page = words(desk.get("/account/sessions/"))
    assert "Firefox, Linux This browser since" in page
    assert "Safari, iPhone since" in page
    assert page.count("This browser") == 1
    assert "from 127.0.0.1" in page


def backdated(client, minutes):
    """Let a session have been used last so many minutes ago."""
    then = clock.utc_now() - timedelta(minutes=minutes)
    UserSession.objects.filter(session_key=client.session.session_key).update(last_seen_at=then)
    return then


def seen(client):
    return UserSession.objects.get(session_key=client.session.session_key).last_seen_at


def test_the_list_says_when_the_others_were_last_used(two):
    desk, phone = two
    backdated(desk, 60 * 24 * 3)
    then = backdated(phone, 60 * 24 * 2)
    page = words(desk.get("/account/sessions/"))
    assert page.count("last used") == 1
    assert seen(phone) == then


def test_use_is_noted_at_most_once_in_five_minutes(two):
    desk, phone = two
    lately = backdated(desk, 4)
    desk.get("/account/")
    assert seen(desk) == lately
    long_ago = backdated(desk, 6)
    others = backdated(phone, 6)
    desk.get("/account/")
    noted = seen(desk)
    assert noted - long_ago >= timedelta(minutes=6)
    assert seen(phone) == others
    desk.get("/account/")
    assert seen(desk) == noted


def test_a_page_is_read_where_use_cannot_be_noted(two, monkeypatch):
    desk, _ = two
    then = backdated(desk, 6)

    def full(**_):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(access, "note_session_use", full)
    assert desk.get("/account/").status_code == 200
    assert seen(desk) == then


def test_one_is_ended_and_the_others_go_on(two):
    desk, phone = two
    page = desk.get("/account/sessions/").content.decode()
    (session,) = re.findall(r'name="session" value="(\d+)"', page)
    assert desk.post("/account/sessions/end/", {"session": session}).url == "/account/sessions/"
    assert phone.get("/account/").url.startswith("/door/login/")
    assert desk.get("/account/").status_code == 200
    assert desk.post("/account/sessions/end/", {"session": session}).status_code == 404


@pytest.mark.parametrize("said", ["0", "x", "-1", "99999999999999999999"])
def test_only_ones_own_sessions_can_be_ended(house, two, said):
    desk, phone = two
    session = re.findall(r'name="session" value="(\d+)"', desk.get("/account/sessions/").content.decode())[0]
    jonas = through_the_door(JONAS)
    assert jonas.post("/account/sessions/end/", {"session": session}).status_code == 404
    assert jonas.post("/account/sessions/end/", {"session": said}).status_code == 404
    assert phone.get("/account/").status_code == 200


def test_all_others_are_ended_and_this_one_stays_under_another_key(two):
    desk, phone = two
    before = desk.session.session_key
    desk.post("/account/sessions/end/")
    assert phone.get("/account/").url.startswith("/door/login/")
    page = words(desk.get("/account/sessions/"))
    assert "You are signed out everywhere but here." in page
    assert page.count("Firefox, Linux This browser") == 1
    assert desk.session.session_key != before


def test_changing_the_password_ends_all_others(two):
    desk, phone = two
    desk.post(
        "/door/password/change/",
        {"oldpassword": PASSWORD, "password1": "kettle harbour violin", "password2": "kettle harbour violin"},
    )
    assert phone.get("/account/").url.startswith("/door/login/")
    assert desk.get("/account/").status_code == 200
    assert [letter.body.count("Your password was changed.") for letter in letters()][-1:] == [1]


def test_locking_ends_all_and_unlocking_brings_none_back(house, two):
    user = house.users[MAYA.code]
    access.lock_user(by=HOUSE, at=AT, user=user)
    assert all(each.get("/account/").url.startswith("/door/login/") for each in two)
    access.unlock_user(by=HOUSE, at=AT, user=user)
    assert all(each.get("/account/").url.startswith("/door/login/") for each in two)


def test_a_session_lasts_longer_than_twenty_hours_and_is_over_after_a_day(two, monkeypatch):
    began = datetime.now(UTC)  # noqa: TID251 - sessions live by the real clock
    for hours, over in ((20.5, False), (21.1, True)):
        later = began + timedelta(hours=hours)
        monkeypatch.setattr("django.contrib.sessions.backends.db.timezone.now", lambda: later)  # noqa: B023 - at once
        with clock.shifted(AT + timedelta(hours=hours)):
            answer = two[0].get("/account/")
        assert (answer.status_code == 302 and answer.url.startswith("/door/login/")) == over


def test_signing_in_gives_a_new_session_key_and_signing_out_ends_it(house):
    client = Client()
    client.get("/door/login/")
    client.post("/door/look/", {"theme": "dark"})
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post("/door/login/", {"login": MAYA.code, "password": PASSWORD})
    key = client.session.session_key
    assert key != session.session_key
    answer = client.post("/door/logout/")
    assert answer["Clear-Site-Data"] == '"cache"'
    again = Client()
    again.cookies["sessionid"] = key
    assert again.get("/account/").url.startswith("/door/login/")


def test_cookies_are_for_this_site_and_not_for_scripts(house, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = through_the_door(MAYA)
    client.get("/account/")
    for name in ("sessionid", "inward_was"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True), name
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def test_pages_of_the_signed_in_are_kept_by_nobody_in_between(house):
    assert through_the_door(MAYA).get("/account/")["Cache-Control"] == "private, no-cache"
    assert "no-store" in Client().get("/door/login/")["Cache-Control"]


def test_sessions_that_are_over_are_forgotten_and_no_others(house, two):
    from django.contrib.sessions.models import Session

    from inward.access.jobs import tidy_up

    desk, phone = two
    Session.objects.filter(session_key=phone.session.session_key).update(
        expire_date=datetime.now(UTC) - timedelta(minutes=1)  # noqa: TID251 - as above
    )
    tidy_up(at=AT)
    assert list(Session.objects.values_list("session_key", flat=True)) == [desk.session.session_key]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [desk.session.session_key]
    assert desk.get("/account/").status_code == 200
