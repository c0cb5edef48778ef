"""Second factors by form: an app, recovery codes, who must have one, and what is noted when something changes."""

import re

import pytest
from django.test import Client
from tests.builders import AT, HOUSE, PASSWORD
from tests.cast import MAYA, SITI, TOR
from tests.web.door.conftest import code_of, letters, set_up_an_app, through_the_door
from tests.web.reading import words

from inward.access import operations as access
from inward.access.models import User
from inward.kit.models import AuditRow

FACTOR = "/account/second-factor/"


def acts():
    return list(AuditRow.objects.filter(act__startswith="access.sign_in").order_by("id").values_list("act", flat=True))


@pytest.fixture
def maya(house):
    return through_the_door(MAYA)


class TestApp:
    def test_it_is_set_up_by_scanning_and_asked_for_from_then_on(self, maya, factors):
        page = maya.get(f"{FACTOR}app/").content.decode()
        assert 'src="data:image/svg+xml;base64,' in page
        assert 'href="otpauth://totp/' in page
        secret, codes = set_up_an_app(maya)
        assert factors(MAYA) == ["recovery_codes", "totp"]
        assert len(codes) == len(set(codes)) == 10
        client = Client()
        assert client.post("/door/login/", {"login": MAYA.code, "password": PASSWORD}).url == "/door/second-factor/"
        assert client.get("/orders/").url.startswith("/door/login/")
        assert "This code is not right" in words(client.post("/door/second-factor/", {"code": "000000"}))
        assert client.post("/door/second-factor/", {"code": code_of(secret, steps=1)}).url == "/"
        assert client.get("/orders/").status_code == 200

    def test_a_code_works_once(self, maya):
        secret, _ = set_up_an_app(maya)
        code, answers = code_of(secret, steps=1), []
        for _ in range(2):
            client = Client()
            client.post("/door/login/", {"login": MAYA.code, "password": PASSWORD})
            answers.append(client.post("/door/second-factor/", {"code": code}).status_code)
        assert answers == [302, 200]

    def test_codes_cannot_be_tried_at_leisure(self, maya):
        set_up_an_app(maya)
        client = Client()
        client.post("/door/login/", {"login": MAYA.code, "password": PASSWORD})
        pages = [words(client.post("/door/second-factor/", {"code": f"00000{n}"})) for n in range(7)]
        assert "too many attempts" in pages[-1]

    def test_setting_it_up_is_audited_and_told_in_one_go(self, maya):
        letters()
        set_up_an_app(maya)
        assert acts() == ["access.sign_in", "access.sign_in_totp_added"]
        assert ["An authenticator app was added to your sign-in." in letter.body for letter in letters()] == [True]

    def test_a_wrong_code_sets_nothing_up_and_notes_nothing(self, maya, factors):
        maya.get(f"{FACTOR}app/")
        page = maya.post(f"{FACTOR}app/", {"code": "000000"})
        assert "This code is not right" in words(page)
        assert (factors(MAYA), acts()) == ([], ["access.sign_in"])

    def test_removed_the_codes_go_with_it(self, maya, factors):
        set_up_an_app(maya)
        assert "Remove the authenticator app?" in words(maya.get(f"{FACTOR}app/remove/"))
        assert factors(MAYA) == ["recovery_codes", "totp"]
        maya.post(f"{FACTOR}app/remove/")
        assert (factors(MAYA), acts()[-1]) == ([], "access.sign_in_totp_removed")
        assert Client().post("/door/login/", {"login": MAYA.code, "password": PASSWORD}).url == "/"

    def test_its_secret_is_not_readable_in_the_database(self, maya):
        from allauth.mfa.models import Authenticator

        secret, codes = set_up_an_app(maya)
        kept = str(list(Authenticator.objects.values_list("data", flat=True)))
        assert secret not in kept
        assert not any(code in kept for code in codes)

    def test_under_another_secret_key_no_code_fits_until_the_old_one_is_named(self, maya, settings):
        secret, _ = set_up_an_app(maya)
        old, settings.SECRET_KEY = settings.SECRET_KEY, "another-secret-key-of-forty-signs-at-least"

        def tried():
            client = Client()
            client.post("/door/login/", {"login": MAYA.code, "password": PASSWORD})
            return client.post("/door/second-factor/", {"code": code_of(secret, steps=1)}).status_code

        assert tried() == 200
        settings.SECRET_KEY_FALLBACKS = [old]
        assert tried() == 302


class TestRecoveryCodes:
    def test_each_works_once_instead_of_the_app(self, maya):
        _, codes = set_up_an_app(maya)
        answers = []
        for code in (codes[3], codes[3], codes[4]):
            client = Client()
            client.post("/door/login/", {"login": MAYA.code, "password": PASSWORD})
            answers.append(client.post("/door/second-factor/", {"code": code}).status_code)
        assert answers == [302, 200, 302]
        assert "8 codes are left." in words(client.get(FACTOR))

    def test_they_are_shown_once_and_can_be_saved_then(self, maya):
        maya.get(f"{FACTOR}app/")
        _, codes = set_up_an_app(maya)
        again = maya.get(f"{FACTOR}codes/").content.decode()
        assert not any(code in again for code in codes)
        maya.post(f"{FACTOR}codes/new/")
        shown = maya.get(f"{FACTOR}codes/").content.decode()
        new = re.findall(r"<li>(\d{8})</li>", shown)
        assert len(new) == 10
        assert f"data:text/plain;charset=utf-8,{new[0]}%0D%0A{new[1]}" in shown
        assert 'download="inward-recovery-codes.txt"' in shown

    def test_new_ones_end_the_old_ones_and_are_told(self, maya):
        _, old = set_up_an_app(maya)
        letters()
        assert "The 10 codes that are left then no longer work." in words(maya.get(f"{FACTOR}codes/new/"))
        maya.post(f"{FACTOR}codes/new/")
        assert acts()[-1] == "access.sign_in_codes_made"
        assert len(letters()) == 1
        client = Client()
        client.post("/door/login/", {"login": MAYA.code, "password": PASSWORD})
        assert client.post("/door/second-factor/", {"code": old[0]}).status_code == 200

    def test_without_a_factor_there_are_none(self, maya):
        assert maya.get(f"{FACTOR}codes/").status_code == 404
        assert "Set up an authenticator app or a passkey first" in words(maya.post(f"{FACTOR}codes/new/"))


class TestDemanded:
    @pytest.mark.parametrize(("demanded", "led"), [("off", []), ("roles", ["siti"]), ("all", ["siti", "maya"])])
    def test_who_owes_one_is_led_to_set_it_up(self, house, settings, demanded, led):
        settings.INWARD_SECOND_FACTOR = demanded
        found = []
        for name, part in (("siti", SITI), ("maya", MAYA)):
            client = through_the_door(part)
            answer = client.get("/orders/")
            if answer.status_code == 302:
                assert answer.url == FACTOR
                assert "needs a second factor" in words(client.get(FACTOR))
                found.append(name)
        assert found == led

    def test_an_auditor_and_an_employee_change_nothing_for_others(self, house, settings):
        settings.INWARD_SECOND_FACTOR = "roles"
        user = access.invite_user(by=HOUSE, at=AT, username="ann", password=PASSWORD)
        from inward.access.vocabulary import Role

        access.grant_role(by=HOUSE, at=AT, user=user, role=Role.AUDITOR, party=None)
        client = Client()
        client.login(username="ann", password=PASSWORD)
        assert client.get("/orders/").status_code == 200

    def test_she_can_sign_out_and_choose_her_language_meanwhile_but_nothing_else(self, house, settings):
        settings.INWARD_SECOND_FACTOR = "all"
        client = through_the_door(MAYA)
        assert client.get("/door/logout/").status_code == 200
        assert client.post("/door/language/", {"language": "nb"}).status_code == 303
        assert client.post("/basket/put/", {"offering": "coffee-machine"}).url == FACTOR
        assert client.get("/orders/", headers={"HX-Request": "true"})["HX-Redirect"] == FACTOR
        assert client.get("/account/email/").url == FACTOR

    def test_the_api_does_not_take_her_session_either(self, house, settings):
        client = through_the_door(SITI)
        assert client.get("/api/v1/orders").status_code == 200
        settings.INWARD_SECOND_FACTOR = "roles"
        assert client.get("/api/v1/orders").status_code == 401
        set_up_an_app(client)
        assert client.get("/api/v1/orders").status_code == 200

    def test_once_it_is_set_up_every_door_is_open_again(self, house, settings):
        settings.INWARD_SECOND_FACTOR = "all"
        client = through_the_door(MAYA)
        set_up_an_app(client)
        assert client.get("/orders/").status_code == 200

    def test_who_had_it_taken_away_owes_one_again(self, house, settings, factors):
        settings.INWARD_SECOND_FACTOR = "all"
        set_up_an_app(through_the_door(MAYA))
        access.reset_second_factor(by=HOUSE, at=AT, user=house.users[MAYA.code])
        assert factors(MAYA) == []
        assert through_the_door(MAYA).get("/orders/").url == FACTOR


class TestSensitive:
    @pytest.mark.parametrize("address", ["app/", "codes/new/", "passkeys/add/"])
    def test_delicate_pages_ask_again_who_it_is_after_a_while(self, maya, address):
        session = maya.session
        for record in session["account_authentication_methods"]:
            record["at"] -= 16 * 60
        session.save()
        answer = maya.get(FACTOR + address)
        assert answer.url.startswith("/door/reauthenticate/?next=")
        assert maya.post(answer.url, {"password": PASSWORD, "next": FACTOR + address}).url == FACTOR + address

    def test_she_may_show_a_code_instead_of_the_password(self, maya):
        secret, _ = set_up_an_app(maya)
        session = maya.session
        for record in session["account_authentication_methods"]:
            record["at"] -= 16 * 60
        session.save()
        answer = maya.get(f"{FACTOR}app/remove/")
        page = maya.get(answer.url)
        assert "Use a code" in words(page)
        other = re.search(r'href="(/door/second-factor/again/[^"]*)"', page.content.decode())[1]
        assert "Write the six digits of your app" in words(maya.get(other))
        assert maya.post(other, {"code": code_of(secret, steps=1)}).status_code == 302
        assert maya.get(f"{FACTOR}app/remove/").status_code == 200

    def test_nobody_removes_the_passkey_of_another(self, maya):
        assert maya.get(f"{FACTOR}passkeys/1/remove/").status_code == 404
        assert maya.post(f"{FACTOR}passkeys/1/", {"name": "mine"}).status_code == 404


class TestPasskeysByForm:
    def test_an_address_that_is_a_number_is_told_where_they_work(self, house, settings):
        settings.INWARD_BASE_URL = "http://localhost:8000"
        client = Client(headers={"Host": "127.0.0.1:8000"})
        client.post("/door/login/", {"login": MAYA.code, "password": PASSWORD})
        assert "Passkeys belong to a name, not to a number: open Inward at http://localhost:8000" in words(
            client.get(FACTOR)
        )
        client = Client(headers={"Host": "localhost:8000"})
        client.post("/door/login/", {"login": MAYA.code, "password": PASSWORD})
        assert "Add a passkey" in words(client.get(FACTOR))

    def test_options_are_for_the_address_people_type_whatever_the_request_says(self, maya, settings):
        settings.INWARD_BASE_URL = "https://inward.example.org"
        page = maya.get(f"{FACTOR}passkeys/add/").content.decode()
        assert (
            "&quot;rp&quot;:{&quot;name&quot;:&quot;Inward&quot;,&quot;id&quot;:&quot;inward.example.org&quot;}" in page
        )

    @pytest.mark.parametrize(
        "said", ["", "{}", "null", '{"id":"x"}', '{"id":"AA","rawId":"AA","type":"public-key","response":{}}', "[1]"]
    )
    @pytest.mark.parametrize(
        "address", ["/account/second-factor/passkeys/add/", "/door/passkey/", "/door/passkey/again/"]
    )
    def test_nonsense_for_a_passkey_is_refused_plainly(self, maya, factors, address, said):
        client = Client() if address == "/door/passkey/" else maya
        client.get(address, headers={"Accept": "application/json"})
        assert client.post(address, {"name": "x", "credential": said}).status_code in (200, 302)
        assert factors(MAYA) == []
        assert Client().get("/").status_code == 302


def test_a_session_before_the_second_step_is_nobody(house):
    secret, _ = set_up_an_app(through_the_door(TOR))
    client = Client()
    client.get("/door/login/")
    client.post("/door/login/", {"login": TOR.code, "password": PASSWORD})
    before = client.session.session_key
    assert client.get("/account/").url.startswith("/door/login/")
    client.post("/door/second-factor/", {"code": code_of(secret, steps=1)})
    assert client.session.session_key != before
    assert User.objects.get(pk=house.users[TOR.code]).is_active
