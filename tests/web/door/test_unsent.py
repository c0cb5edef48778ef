"""What was typed is not lost: a form sent after the session ended waits behind the door, for her alone, until she sends it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.builders import PASSWORD
from tests.cast import INES, JONAS, MAYA
from tests.web.door.conftest import through_the_door
from tests.web.reading import form, words

from inward.access import unsent
from inward.trade.models import Order

PLACE = "/orders/place/"
SAME = {"Origin": "http://testserver", "Referer": "http://testserver/basket/"}


@pytest.fixture
def filled(house):
    """Maya with a coffee machine in her basket, and the form that orders it."""
    client = through_the_door(MAYA)
    client.post("/basket/put/", {"offering": "coffee-machine", "quantity": "1"})
    sent = form(client.get("/basket/"), PLACE)
    return client, sent


def end_session(client):
    client.session.flush()


def sign_in(client, part, answer):
    from urllib.parse import parse_qs, urlsplit

    after = parse_qs(urlsplit(answer.url).query)["next"][0]
    return client.post("/door/login/", {"login": part.code, "password": PASSWORD, "next": after})


def test_the_form_waits_and_is_sent_by_her_own_click(filled):
    client, sent = filled
    end_session(client)
    answer = client.post(PLACE, sent, headers={"Referer": "http://testserver/basket/"})
    assert answer.url == "/door/login/?next=/door/unsent/"
    assert "What you typed is kept" in words(client.get(answer.url))
    assert Order.objects.count() == 0
    assert sign_in(client, MAYA, answer).url == "/door/unsent/"
    page = client.get("/door/unsent/")
    assert "What you typed is still here" in words(page)
    assert 'href="http://testserver/basket/"' in page.content.decode()
    assert Order.objects.count() == 0
    again = form(page, PLACE)
    assert {name: again[name] for name in sent if name != "csrfmiddlewaretoken"} == {
        name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"
    }
    client.post(PLACE, again)
    assert Order.objects.count() == 1
    assert client.get("/door/unsent/").url == "/"


def test_sent_twice_it_is_one_order(filled):
    client, sent = filled
    end_session(client)
    sign_in(client, MAYA, client.post(PLACE, sent))
    again = form(client.get("/door/unsent/"), PLACE)
    client.post(PLACE, again)
    client.post(PLACE, again)
    assert Order.objects.count() == 1


def test_what_was_filled_in_for_a_department_is_sent_only_for_it(house):
    client = through_the_door(INES)
    client.post("/door/act-for/", {"party": "abc"})
    client.post("/basket/put/", {"offering": "widget-a", "quantity": "10"})
    sent = form(client.get("/basket/"), PLACE)
    end_session(client)
    sign_in(client, INES, client.post(PLACE, sent))
    page = client.get("/door/unsent/")
    assert "You filled this in for ABC Retail. Act for them again to send it." in words(page)
    assert "Send it now" not in words(page)
    assert 'name="party" value="abc"' in page.content.decode()
    assert client.post("/door/act-for/", {"party": "abc", "next": "/door/unsent/"}).url == "/door/unsent/"
    client.post(PLACE, form(client.get("/door/unsent/"), PLACE))
    assert [order.customer.code for order in Order.objects.all()] == ["abc"]


def test_whoever_else_signs_in_here_never_sees_it(filled):
    client, sent = filled
    end_session(client)
    answer = client.post(PLACE, sent)
    assert sign_in(client, JONAS, answer).url == "/door/unsent/"
    assert client.get("/door/unsent/").url == "/"
    assert Order.objects.count() == 0


def test_it_is_thrown_away_when_she_says_so(filled):
    client, sent = filled
    end_session(client)
    sign_in(client, MAYA, client.post(PLACE, sent))
    client.post("/door/unsent/")
    assert "Nothing was sent." in words(client.get("/"))
    assert client.get("/door/unsent/").url == "/"


def test_a_password_changed_elsewhere_loses_nothing_either(house, filled):
    client, sent = filled
    from tests.builders import AT, HOUSE

    from inward.access import operations as access

    access.set_password(by=HOUSE, at=AT, user=house.users[MAYA.code], password="kettle harbour violin")
    answer = client.post(PLACE, sent)
    assert answer.url == "/door/login/?next=/door/unsent/"
    client.post("/door/login/", {"login": MAYA.code, "password": "kettle harbour violin", "next": "/door/unsent/"})
    assert "What you typed is still here" in words(client.get("/door/unsent/"))


def test_a_stranger_keeps_nothing_here(house):
    answer = Client().post(PLACE, {"reason": "x" * 1000})
    assert answer.url == "/door/login/?next=/orders/place/"


def test_a_forged_mark_of_who_was_here_keeps_nothing(house):
    client = Client()
    client.cookies[unsent.COOKIE] = str(house.users[MAYA.code])
    assert client.post(PLACE, {"reason": "x"}).url == "/door/login/?next=/orders/place/"


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/account/email/", {"email": "x@example.org"}),
        (PLACE, {"reason": "x", "password": "hush"}),
        (PLACE, {"new_password2": "hush"}),
        (PLACE, {"code": "123456"}),
        (PLACE, {"reason": "x" * (unsent.SIZE_MAX + 1)}),
        (PLACE, {}),
    ],
)
def test_secrets_the_door_itself_and_too_much_are_not_kept(house, address, fields):
    client = through_the_door(MAYA)
    client.get("/account/")
    end_session(client)
    assert client.post(address, fields).url == f"/door/login/?next={address}"


def test_files_are_not_kept_and_she_is_told(house):
    client = through_the_door(MAYA)
    client.get("/account/")
    end_session(client)
    file = SimpleUploadedFile("people.csv", b"code,name\n")
    sign_in(client, MAYA, client.post(PLACE, {"note": "two\nlines", "file": file}))
    page = client.get("/door/unsent/")
    assert "Files are not kept." in words(page)
    assert "two lines" in words(page)
    assert "Send it now" not in words(page)


def test_a_fragment_sends_the_whole_page_to_the_door_and_loses_nothing(filled):
    client, _ = filled
    end_session(client)
    answer = client.post(
        "/basket/change/", {"offering": "coffee-machine", "quantity": "3"}, headers={"HX-Request": "true"}
    )
    assert answer["HX-Redirect"] == "/door/login/?next=/door/unsent/"


def test_text_of_several_lines_comes_back_as_it_was(house):
    client = through_the_door(MAYA)
    client.get("/account/")
    end_session(client)
    typed = '\r\nfirst\r\n  <b>second</b> & "third"\r\n'
    sign_in(client, MAYA, client.post("/orders/x/decline/", {"reason": typed}))
    again = form(client.get("/door/unsent/"), "/orders/x/decline/")
    assert again["reason"] == [typed.replace("\r\n", "\n")] or again["reason"] == [typed]


class TestExpiredForm:
    """The guard against forged forms finds an old token: nothing typed is lost, and nothing foreign is shown."""

    @pytest.fixture
    def strict(self, house):
        client = Client(enforce_csrf_checks=True)
        assert client.login(username=MAYA.code, password=PASSWORD)
        client.get("/basket/")
        return client

    def test_from_a_page_of_ours_it_is_shown_to_confirm(self, strict):
        page = strict.post(PLACE, {"reason": "for the canteen", "csrfmiddlewaretoken": "old"}, headers=SAME)
        assert page.status_code == 403
        assert "for the canteen" in words(page)
        assert form(page, PLACE)["reason"] == ["for the canteen"]
        assert form(page, PLACE)["csrfmiddlewaretoken"] != ["old"]
        assert Order.objects.count() == 0

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://testserver.evil.example"])
    def test_from_anywhere_else_nothing_of_it_is_shown(self, strict, origin):
        headers = {"Origin": origin} if origin else {}
        page = strict.post(PLACE, {"reason": "buy me a boat"}, headers=headers)
        assert page.status_code == 403
        assert "buy me a boat" not in page.content.decode()
        assert "This form is no longer valid" in words(page)

    def test_without_a_session_as_well_it_waits_behind_the_door(self, strict):
        strict.session.flush()
        answer = strict.post(PLACE, {"reason": "for the canteen"}, headers=SAME)
        assert answer.url == "/door/login/?next=/door/unsent/"

    def test_a_stranger_with_an_old_page_is_told(self, house):
        page = Client(enforce_csrf_checks=True).post(
            "/door/login/", {"login": "maya-lund", "password": PASSWORD}, headers=SAME
        )
        assert page.status_code == 403
        assert PASSWORD not in page.content.decode()
        assert "This form is no longer valid" in words(page)

    def test_passwords_are_never_shown_again(self, strict):
        page = strict.post("/door/password/change/", {"oldpassword": "hush-hush", "password1": "a"}, headers=SAME)
        assert "hush-hush" not in page.content.decode()
