"""A forgotten password, an invitation, another address: letters whose link shows first, acts once, and tells nobody who exists."""

from datetime import timedelta

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import AT, HOUSE, PASSWORD
from tests.cast import JONAS, MAYA
from tests.web.door.conftest import letters, link_in, through_the_door
from tests.web.reading import words

from inward.access import operations as access
from inward.access.models import User
from inward.kit import clock

NEW = "kettle harbour violin"
CHOSEN = {"password1": NEW, "password2": NEW}
RESET = "/door/password/reset/"


@pytest.fixture
def link(house):
    Client().post(RESET, {"email": "Maya-Lund@example.org"})
    (letter,) = letters()
    return link_in(letter)


@pytest.fixture
def invited(house):
    access.invite_user(by=HOUSE, at=AT, username="ada", email="ada@example.org", language="nb")
    (letter,) = letters()
    return link_in(letter), letter


class TestForgotten:
    def test_the_letter_comes_in_her_language_and_its_link_lets_her_choose(self, house):
        User.objects.filter(username="maya-lund").update(language="nb")
        Client().post(RESET, {"email": "maya-lund@example.org"})
        (letter,) = letters()
        assert (letter.to, letter.extra_headers["Content-Language"]) == (["maya-lund@example.org"], "nb")
        client = Client()
        answer = client.post(link_in(letter), CHOSEN)
        assert answer.url == "/door/login/?login=maya-lund"
        assert Client().login(username="maya-lund", password=NEW)
        assert not Client().login(username="maya-lund", password=PASSWORD)

    def test_looking_changes_nothing_however_often(self, house, link):
        for _ in range(3):
            page = Client().get(link)
            assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
            assert "For maya-lund" in words(page)
        Client().head(link)
        assert Client().login(username="maya-lund", password=PASSWORD)
        assert Client().post(link, CHOSEN).status_code == 302

    def test_it_acts_once(self, house, link):
        Client().post(link, CHOSEN)
        for answer in (
            Client().get(link),
            Client().post(link, {"password1": "another-one-entirely", "password2": "another-one-entirely"}),
        ):
            assert answer.status_code == 410
            assert "This link was used already. It holds once." in words(answer)
            assert "Ask for a new letter" in words(answer)
        assert Client().login(username="maya-lund", password=NEW)

    def test_too_late_it_says_so_and_how_to_get_another(self, house, link):
        with clock.shifted(AT + timedelta(hours=2)):
            for answer in (Client().get(link), Client().post(link, CHOSEN)):
                assert answer.status_code == 410
                assert "Ask for a new one." in words(answer)
                assert 'href="/door/password/reset/"' in answer.content.decode()
        assert Client().login(username="maya-lund", password=PASSWORD)

    def test_changed_by_a_letter_it_is_no_link(self, house, link):
        forged = link[:-4] + ("A" if link[-4] != "A" else "B") + link[-3:]
        assert Client().get(forged).status_code == 410
        assert Client().get(link.replace("/password/new/", "/invitation/")).status_code == 410

    def test_it_is_dead_once_the_password_was_changed_otherwise(self, house, link):
        client = through_the_door(MAYA)
        client.post(
            "/door/password/change/",
            {"oldpassword": PASSWORD, "password1": "other-words-88", "password2": "other-words-88"},
        )
        assert Client().post(link, CHOSEN).status_code == 410

    def test_a_locked_user_gets_no_letter_and_her_link_is_dead(self, house, link):
        access.lock_user(by=HOUSE, at=AT, user=house.users["maya-lund"])
        assert Client().get(link).status_code == 410
        Client().post(RESET, {"email": "maya-lund@example.org"})
        assert letters() == []

    def test_a_weak_password_is_told_with_its_strength_and_the_link_stays_good(self, house, link):
        page = Client().post(link, {"password1": "abcdefghijkl", "password2": "abcdefghijkl"})
        assert page.status_code == 200
        assert "Strength: too easy to guess" in words(page)
        page = Client().post(link, {"password1": "password123", "password2": "password123"})
        assert "It is one of the passwords that are used most" in words(page)
        page = Client().post(link, {"password1": NEW, "password2": NEW + "x"})
        assert "This is not the same as above." in words(page)
        assert "Strength: strong" in words(page)
        assert NEW not in page.content.decode()
        assert Client().post(link, CHOSEN).status_code == 302

    def test_every_session_ends_with_it(self, house, link):
        elsewhere = through_the_door(MAYA)
        assert elsewhere.get("/").status_code == 200
        Client().post(link, CHOSEN)
        assert elsewhere.get("/").url.startswith("/door/login/")

    def test_she_is_told_that_it_was_changed(self, house, link):
        Client().post(link, CHOSEN)
        (letter,) = letters()
        assert (letter.subject, letter.to) == ("Your sign-in was changed", ["maya-lund@example.org"])
        assert "Your password was changed." in letter.body


class TestNobodyIsTold:
    def test_known_and_unknown_addresses_get_the_same_answer_and_one_letter_goes(self, house):
        known, unknown = (Client().post(RESET, {"email": f"{name}@example.org"}) for name in ("maya-lund", "nobody"))
        assert (known.status_code, known.url) == (302, "/door/password/reset/done/")
        assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
        assert list(unknown.cookies) == list(known.cookies)
        assert [letter.to for letter in letters()] == [["maya-lund@example.org"]]

    def test_both_do_the_same_work_before_they_answer(
        self, house, django_assert_num_queries, django_capture_on_commit_callbacks
    ):

        counted = []
        for email in ("maya-lund@example.org", "nobody@example.org"):
            with CaptureQueriesContext(connection) as queries:
                Client().post(RESET, {"email": email})
            counted.append(len(queries))
        assert counted[0] == counted[1]

    @pytest.mark.parametrize(
        "said", ["maya-lund", "maya-lund@example.org", "nobody", "nobody@example.org", "locked", "new"]
    )
    def test_signing_in_hashes_once_whoever_is_named(self, house, monkeypatch, said):
        access.lock_user(by=HOUSE, at=AT, user=house.users["jonas-vik"])
        access.invite_user(by=HOUSE, at=AT, username="new", email="new@example.org")
        said = JONAS.code if said == "locked" else said
        hashed = []
        plain = hashers.MD5PasswordHasher.encode
        monkeypatch.setattr(
            hashers.MD5PasswordHasher, "encode", lambda *given, **more: hashed.append(1) or plain(*given, **more)
        )
        page = Client().post("/door/login/", {"login": said, "password": "wrong-wrong-wrong"})
        assert len(hashed) == 1
        assert "The name, the address or the password is not right." in words(page)

    def test_a_locked_user_is_told_only_with_the_right_password(self, house):
        access.lock_user(by=HOUSE, at=AT, user=house.users["maya-lund"])
        assert Client().post("/door/login/", {"login": "maya-lund", "password": PASSWORD}).url == "/door/inactive/"

    def test_an_address_that_another_has_is_not_told_and_gets_no_letter(self, house):
        client = through_the_door(MAYA)
        answers = [
            client.post("/account/email/", {"email": email}) for email in ("jonas-vik@example.org", "free@example.org")
        ]
        assert [answer.url for answer in answers] == ["/account/", "/account/"]
        assert [letter.to for letter in letters()][-2:] == [["free@example.org"], ["maya-lund@example.org"]]
        assert ["jonas-vik@example.org"] not in [letter.to for letter in letters()]


class TestInvitation:
    def test_the_link_shows_who_she_is_and_lets_her_choose_a_password(self, house, invited):
        link, letter = invited
        assert letter.to == ["ada@example.org"]
        page = Client().get(link, headers={"Accept-Language": "en"})
        assert "You sign in as ada ." in words(page)
        answer = Client().post(link, CHOSEN)
        assert answer.url == "/door/login/?login=ada"
        assert 'value="ada"' in Client().get(answer.url).content.decode()
        assert Client().login(username="ada", password=NEW)
        assert Client().post(link, CHOSEN).status_code == 410

    def test_after_seven_days_it_is_over_and_a_new_letter_is_a_click_away(self, house, invited):
        link, _ = invited
        with clock.shifted(AT + timedelta(days=7)):
            assert Client().get(link).status_code == 410
            Client().post(RESET, {"email": "ada@example.org"})
            (letter,) = letters()
            assert Client().post(link_in(letter), CHOSEN).url == "/door/login/?login=ada"

    def test_invited_again_the_first_link_is_dead(self, house, invited):
        user = User.objects.get(username="ada").pk
        later = AT + timedelta(minutes=1)
        access.invite_again(by=HOUSE, at=later, user=user)
        with clock.shifted(later):
            (letter,) = letters()
        assert Client().get(invited[0]).status_code == 410
        assert Client().get(link_in(letter)).status_code == 200

    def test_who_was_invited_with_a_password_gets_no_letter(self, house):
        letters()
        access.invite_user(by=HOUSE, at=AT, username="eva", email="eva@example.org", password=NEW)
        assert letters() == []


class TestAddress:
    def test_only_a_confirmed_address_is_used(self, house):
        client = through_the_door(MAYA)
        client.post("/account/email/", {"email": " Maya@Example.net "})
        confirm, warning = letters()
        assert (confirm.to, warning.to) == (["maya@example.net"], ["maya-lund@example.org"])
        assert "maya@example.net" in warning.body
        assert User.objects.get(username="maya-lund").email == "maya-lund@example.org"
        assert "maya@example.net is used once you open the link" in words(client.get("/account/"))
        link = link_in(confirm)
        assert "maya@example.net" in words(Client().get(link))
        assert User.objects.get(username="maya-lund").email == "maya-lund@example.org"
        assert client.post(link).url == "/account/"
        user = User.objects.get(username="maya-lund")
        assert (user.email, user.email_wanted) == ("maya@example.net", "")
        assert Client().post(link).status_code == 410
        assert Client().post("/door/login/", {"login": "maya@example.net", "password": PASSWORD}).status_code == 302

    def test_kept_after_all_the_link_is_dead(self, house):
        client = through_the_door(MAYA)
        client.post("/account/email/", {"email": "maya@example.net"})
        link = link_in(letters()[0])
        client.post("/account/email/keep/")
        assert Client().get(link).status_code == 410
        assert User.objects.get(username="maya-lund").email == "maya-lund@example.org"

    def test_taken_meanwhile_it_is_refused_and_nothing_changes(self, house):
        client = through_the_door(MAYA)
        client.post("/account/email/", {"email": "maya@example.net"})
        link = link_in(letters()[0])
        access.invite_user(by=HOUSE, at=AT, username="other", email="maya@example.net")
        assert Client().post(link).status_code == 410
        assert User.objects.get(username="maya-lund").email == "maya-lund@example.org"

    def test_the_same_address_and_nonsense_are_told(self, house):
        client = through_the_door(MAYA)
        assert "is your address already" in words(client.post("/account/email/", {"email": "maya-lund@example.org"}))
        assert client.post("/account/email/", {"email": "nonsense"}).status_code == 200
        assert letters() == []

    def test_it_asks_again_who_it_is_after_a_while(self, house):
        client = through_the_door(MAYA)
        session = client.session
        for record in session["account_authentication_methods"]:
            record["at"] -= 16 * 60
        session.save()
        answer = client.get("/account/email/")
        assert answer.url == "/door/reauthenticate/?next=%2Faccount%2Femail%2F"
        page = client.get(answer.url)
        assert "Is it you?" in words(page)
        assert "This is not your password." in words(
            client.post("/door/reauthenticate/", {"password": "x", "next": "/account/email/"})
        )
        assert (
            client.post("/door/reauthenticate/", {"password": PASSWORD, "next": "/account/email/"}).url
            == "/account/email/"
        )
        assert client.get("/account/email/").status_code == 200


class TestThrottle:
    def test_a_name_can_be_tried_five_times_in_five_minutes_whether_it_exists_or_not(self, house):
        for name in ("maya-lund", "nobody-at-all"):
            pages = [
                words(Client().post("/door/login/", {"login": name, "password": f"wrong-{number}"}))
                for number in range(6)
            ]
            assert ["too many attempts" in page for page in pages] == [False] * 5 + [True]
        late = Client().post("/door/login/", {"login": "maya-lund", "password": PASSWORD})
        assert "Wait five minutes" in words(late)

    def test_an_address_can_try_twenty_names_a_minute(self, house, settings):
        settings.INWARD_PROXIES = 1

        def tried(address, number):
            return words(
                Client(headers={"X-Forwarded-For": f"6.6.6.{number}, {address}"}).post(
                    "/door/login/", {"login": f"nobody-{number}", "password": "x"}
                )
            )

        assert ["too many attempts" in tried("203.0.113.9", number) for number in range(21)] == [False] * 20 + [True]
        assert "too many attempts" not in tried("203.0.113.10", 1)

    def test_letters_for_one_address_are_five_an_hour_whether_anybody_has_it_or_not(self, house):
        for email in ("maya-lund@example.org", "nobody@example.org"):
            answers = [Client().post(RESET, {"email": email}) for _ in range(6)]
            assert [answer.status_code for answer in answers] == [302] * 5 + [429]
        assert "Too many attempts" in words(answers[-1])
        assert len(letters()) == 5

    def test_a_link_cannot_be_guessed_at_leisure(self, house):
        answers = [Client().post("/door/invitation/guess/", CHOSEN).status_code for _ in range(31)]
        assert answers == [410] * 30 + [429]
