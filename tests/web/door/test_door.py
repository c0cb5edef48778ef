"""The door: sign in and out, languages, looks, whom I act for; and that it leads nowhere outside."""

import pytest
from django.test import Client
from tests.builders import PASSWORD
from tests.cast import INES, JONAS, MAYA
from tests.web.reading import words

from inward.access.models import User


def test_strangers_are_sent_to_the_door_and_come_back_where_they_wanted_to_go(house):
    client = Client()
    response = client.get("/orders/?state=PLACED")
    assert response.url == "/door/login/?next=/orders/%3Fstate%3DPLACED"
    answer = client.post(response.url, {"login": "maya-lund", "password": PASSWORD, "next": "/orders/?state=PLACED"})
    assert answer.url == "/orders/?state=PLACED"


@pytest.mark.parametrize("name", ["maya-lund", "MAYA-LUND", "maya-lund@example.org"])
def test_people_sign_in_by_name_or_address(house, name):
    answer = Client().post("/door/login/", {"login": name, "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/")


def test_a_wrong_password_is_told_without_saying_who_exists(house):
    known = Client().post("/door/login/", {"login": "maya-lund", "password": "wrong-wrong"})
    unknown = Client().post("/door/login/", {"login": "nobody-here", "password": "wrong-wrong"})
    assert words(known).replace("maya-lund", "X") == words(unknown).replace("nobody-here", "X")
    assert 'role="alert"' in known.content.decode()


def test_the_door_speaks_the_language_of_the_browser_and_switches(db):
    client = Client()
    assert "Logg inn" in words(client.get("/door/login/", headers={"Accept-Language": "nb"}))
    client.post("/door/language/", {"language": "nb", "next": "/door/login/"})
    assert "Jeg har glemt passordet" in words(client.get("/door/login/", headers={"Accept-Language": "en"}))


def test_choosing_a_language_is_kept_with_the_user(house):
    client = house.browser(MAYA)
    client.post("/door/language/", {"language": "nb"})
    assert User.objects.get(pk=house.users[MAYA.code]).language == "nb"
    assert "Hei, Maya Lund" in words(client.get("/"))


def test_a_language_nobody_speaks_changes_nothing(house):
    client = house.browser(JONAS)
    client.post("/door/language/", {"language": "xx"})
    assert "Hei, Jonas Vik" in words(client.get("/"))


def test_the_look_is_kept_and_written_into_the_page(db):
    client = Client()
    client.post("/door/look/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/door/login/").content.decode()
    client.post("/door/look/", {"theme": "purple"})
    assert 'data-theme="dark"' in client.get("/door/login/").content.decode()


@pytest.mark.parametrize("address", ["/door/look/", "/door/language/"])
@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_no_form_of_the_door_leads_outside(db, address, away):
    response = Client().post(address, {"theme": "dark", "language": "nb", "next": away})
    assert response.url == "/"


def test_acting_for_a_department_is_always_visible(house):
    client = house.browser(INES)
    client.post("/door/act-for/", {"party": "abc-purchasing"})
    page = words(client.get("/shop/"))
    assert "Acting for Purchasing, ABC Retail" in page
    assert "Every price is the one for Purchasing, ABC Retail today." in page
    client.post("/door/act-for/", {"party": ""})
    assert "For myself" in words(client.get("/shop/"))


def test_acting_for_a_stranger_is_refused_and_changes_nothing(house):
    client = house.browser(MAYA)
    assert client.post("/door/act-for/", {"party": "xyz"}).status_code == 403
    assert "Acting for" not in words(client.get("/"))


@pytest.mark.parametrize("address", ["/door/look/", "/door/language/", "/door/act-for/"])
def test_looking_changes_nothing_and_leads_home(house, address):
    client = house.browser(MAYA)
    response = client.get(address, {"theme": "dark", "language": "nb", "party": "abc"})
    assert response.url == "/"
    assert "Hello, Maya Lund" in words(client.get("/"))
    assert not client.cookies.get("inward_theme")


def test_signing_out_asks_first_and_then_closes_the_door(house):
    client = house.browser(MAYA)
    assert "Sign out?" in words(client.get("/door/logout/"))
    client.post("/door/logout/")
    assert client.get("/").url.startswith("/door/login/")


@pytest.mark.parametrize(
    "address", ["/door/signup/", "/door/confirm-email/", "/door/login/code/", "/account/second-factor/codes/download/"]
)
def test_what_is_not_wanted_is_not_there(house, address):
    assert Client().get(address).status_code in (302, 404)
    assert house.browser(MAYA).get(address).status_code == 404
    assert Client().get("/door/signup/").status_code == 404


@pytest.mark.parametrize("address", ["/door/password/reset/", "/door/password/reset/done/", "/door/inactive/"])
def test_pages_about_passwords_are_in_our_look(db, address):
    page = Client().get(address).content.decode()
    assert 'class="door"' in page
    assert "<h1" in page


def test_the_password_is_changed_only_with_the_old_one(house):
    client = house.browser(MAYA)
    wrong = client.post(
        "/door/password/change/", {"oldpassword": "x", "password1": "new-enough-77", "password2": "new-enough-77"}
    )
    assert wrong.status_code == 200
    client.post(
        "/door/password/change/", {"oldpassword": PASSWORD, "password1": "new-enough-77", "password2": "new-enough-77"}
    )
    assert Client().login(username="maya-lund", password="new-enough-77")
