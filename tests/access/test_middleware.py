"""At the edge: who acts and when, strangers at the door, whom one acts for, language, and what it costs."""

from datetime import timedelta

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone, translation
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    PASSWORD,
    given_company,
    given_employee,
    given_role,
    given_unit,
    given_user,
)

from inward.access import operations
from inward.access.middleware import ACTING_FOR
from inward.access.models import RoleGrant, User
from inward.config import urls as house
from inward.kit import clock, versions
from inward.parties import queries as parties

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def page(request):
    actor = request.actor
    return JsonResponse(
        {
            "user": actor.user,
            "person": actor.person,
            "acting_for": actor.acting_for,
            "via": actor.via,
            "at": request.at.isoformat(),
            "language": translation.get_language(),
            "zone": timezone.get_current_timezone_name(),
            "company": parties.names(["abc"])["abc"],
        }
    )


@login_not_required
def open_page(request):
    return page(request)


def choose(request):
    request.session[ACTING_FOR] = request.GET["party"]
    return page(request)


urlpatterns = [
    path("a-page/", page),
    path("choose/", choose),
    path("open/", open_page),
    path("api/a-page/", page),
    *house.urlpatterns,
]


@pytest.fixture
def ines():
    given_company("abc", "ABC Retail")
    given_company("xyz")
    given_unit("abc-it", "abc")
    given_employee("ines-contarini", "abc")
    user = given_user("ines", person="ines-contarini", language="nb", time_zone="Europe/Oslo")
    given_role(user, "BUYER", "abc")
    return user


@pytest.fixture
def signed_in(ines):
    client = Client()
    client.force_login(User.objects.get(pk=ines))
    return client


def told(response):
    assert response.status_code == 200
    return response.json()


def test_the_actor_and_the_instant_are_set_once_for_the_view(signed_in, ines):
    with clock.shifted(AT):
        found = told(signed_in.get("/a-page/"))
    assert (found["user"], found["person"], found["acting_for"]) == (ines, "ines-contarini", None)
    assert (found["via"], found["at"], found["company"]) == ("web", AT.isoformat(), "ABC Retail")


def test_she_reads_her_own_language_and_time_whatever_the_browser_says(signed_in):
    found = told(signed_in.get("/a-page/", headers={"Accept-Language": "en"}))
    assert (found["language"], found["zone"]) == ("nb", "Europe/Oslo")


def test_strangers_keep_the_language_of_their_browser():
    given_company("abc")
    found = told(Client().get("/open/", headers={"Accept-Language": "nb"}))
    assert (found["user"], found["language"], found["zone"]) == (None, "nb", "UTC")


def test_a_stranger_is_sent_to_the_door_and_back_to_where_she_wanted():
    response = Client().get("/a-page/?a=1")
    assert (response.status_code, response.headers["Location"]) == (
        302,
        reverse("account_login") + "?next=/a-page/%3Fa%3D1",
    )


def test_a_fragment_sends_the_whole_page_to_the_door():
    response = Client().get("/a-page/", headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (200, reverse("account_login") + "?next=/a-page/")
    assert response.content == b""


def test_what_checks_tokens_by_itself_is_left_to_itself(settings):
    given_company("abc")
    settings.INWARD_OPEN_PREFIXES = ("/api/",)
    assert told(Client().get("/api/a-page/"))["user"] is None


def test_signing_in_takes_the_name_or_the_address_and_the_password(ines):
    client = Client()
    wrong = client.post(reverse("account_login"), {"login": "ines", "password": "wrong"})
    assert wrong.status_code == 200
    assert client.get("/a-page/").status_code == 302
    right = client.post(reverse("account_login"), {"login": "INES", "password": PASSWORD})
    assert right.status_code == 302
    assert told(client.get("/a-page/"))["user"] == ines


def test_nobody_signs_herself_up():
    client = Client()
    client.post(reverse("account_signup"), {"username": "mallory", "email": "m@example.org", "password1": PASSWORD})
    assert not User.objects.exists()


class TestActingFor:
    def test_what_was_chosen_holds_for_the_session(self, signed_in):
        told(signed_in.get("/choose/?party=abc-it"))
        assert told(signed_in.get("/a-page/"))["acting_for"] == "abc-it"

    def test_a_choice_that_policy_does_not_give_is_dropped(self, signed_in):
        told(signed_in.get("/choose/?party=xyz"))
        assert told(signed_in.get("/a-page/"))["acting_for"] is None

    def test_it_ends_with_the_role_in_mid_session(self, signed_in, ines):
        told(signed_in.get("/choose/?party=abc"))
        with clock.shifted(AT):
            assert told(signed_in.get("/a-page/"))["acting_for"] == "abc"
            reference = RoleGrant.objects.get().reference
            operations.end_role(by=HOUSE, at=AT, grant=reference, valid_until=ON)
            assert told(signed_in.get("/a-page/"))["acting_for"] is None

    def test_it_begins_and_ends_with_the_day(self, ines):
        bas = given_user("bas")
        given_role(bas, "BUYER", "xyz", valid_from=ON, valid_until=ON + timedelta(days=1))
        client = Client()
        client.force_login(User.objects.get(pk=bas))
        told(client.get("/choose/?party=xyz"))
        found = []
        for days in (-1, 0, 1):
            with clock.shifted(AT + timedelta(days=days)):
                client.force_login(User.objects.get(pk=bas))
                told(client.get("/choose/?party=xyz"))
                found.append(told(client.get("/a-page/"))["acting_for"])
        assert found == [None, "xyz", None]


class TestSessions:
    def test_locking_ends_them_with_the_next_request(self, signed_in, ines):
        told(signed_in.get("/a-page/"))
        operations.lock_user(by=HOUSE, at=AT, user=ines)
        assert signed_in.get("/a-page/").status_code == 302

    def test_another_password_ends_those_that_the_old_one_opened(self, signed_in, ines):
        told(signed_in.get("/a-page/"))
        user = User.objects.get(pk=ines)
        user.set_password("another-lighthouse-28")
        user.save(update_fields=["password"])
        assert signed_in.get("/a-page/").status_code == 302

    def test_a_new_secret_key_keeps_those_that_the_old_one_signed(self, signed_in, settings, ines):
        told(signed_in.get("/a-page/"))
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another-secret-of-thirty-two-characters"
        assert told(signed_in.get("/a-page/"))["user"] == ines

    def test_a_session_of_a_user_who_is_gone_or_a_backend_that_is_off_is_nobodys(self, signed_in, settings):
        settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
        assert signed_in.get("/a-page/").status_code == 302

    def test_a_session_that_makes_no_sense_is_nobodys(self, ines):
        client = Client()
        session = client.session
        session["_auth_user_id"] = "nonsense"
        session.save()
        client.cookies["sessionid"] = session.session_key
        assert client.get("/a-page/").status_code == 302


def test_a_request_costs_two_queries_session_and_versions_with_user(signed_in, django_assert_num_queries):
    told(signed_in.get("/a-page/"))  # the actor is resolved once
    with django_assert_num_queries(2):
        told(signed_in.get("/a-page/"))


def test_a_fresh_house_without_versions_knows_its_users_all_the_same(signed_in, ines):
    versions.Version.objects.all().delete()
    assert told(signed_in.get("/a-page/"))["user"] == ines
    assert LONG_AGO < ON
