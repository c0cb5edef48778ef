"""A program's call goes the short way: with every header that guards, in its language, without a session; and no one else's does."""

import pytest
from django.test import Client
from tests.api.conftest import Caller, caller, house  # noqa: F401 - fixtures
from tests.cast import MAYA

from inward.access import operations as access
from inward.access import queries
from inward.api import limits
from inward.kit import clock

LINES = {"lines": [{"offering": "coffee-machine", "quantity": 1}]}
GUARDS = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")


def test_a_programs_answer_has_every_guarding_header_of_a_page_and_no_cookie(house, caller):  # noqa: F811
    page, answer = house.browser(MAYA).get("/"), caller(MAYA).get("/orders")
    assert [answer[name] for name in GUARDS] == [page[name] for name in GUARDS]
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert not answer.cookies
    assert not hasattr(answer.wsgi_request, "session")


def test_a_program_is_answered_in_the_language_it_asks_for(caller):  # noqa: F811
    answer = caller(MAYA, language="nb").post("/quotes", {"lines": []})
    assert (answer["Content-Language"], "Accept-Language" in answer["Vary"]) == ("nb", True)


def test_whoever_brings_a_session_goes_the_long_way_with_or_without_a_token(house, caller):  # noqa: F811
    browser = house.browser(MAYA)
    both = browser.get("/api/v1/orders", headers=caller(MAYA).client.headers)
    alone = browser.get("/api/v1/orders")
    for answer in (both, alone):
        assert (answer.status_code, answer.wsgi_request.session["_auth_user_id"]) == (200, str(house.actor(MAYA).user))


def test_a_made_up_session_cookie_is_nobodys(house):  # noqa: F811
    client = Client(HTTP_HOST="localhost")
    client.cookies["sessionid"] = "made-up"
    assert client.get("/api/v1/orders").status_code == 401
    assert Client(HTTP_HOST="localhost").get("/api/v1/orders").status_code == 401


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_not_answered():
    assert Client(HTTP_HOST="elsewhere.example").get("/api/v1/orders").status_code == 400


def test_a_fault_outside_the_apis_own_care_is_a_problem_with_a_reference(caller, monkeypatch):  # noqa: F811
    def broken(*_):
        raise RuntimeError("inw_secret")

    monkeypatch.setattr(limits, "tell", broken)
    answer = caller(MAYA).get("/orders")
    assert (answer.status_code, answer["X-Frame-Options"]) == (500, "DENY")
    assert (answer.json()["reasons"][0]["code"], len(answer.json()["reference"])) == ("fault_of_ours", 10)
    assert b"inw_secret" not in answer.content


def test_beside_the_api_there_is_nothing(caller):  # noqa: F811
    answer = caller(MAYA).client.get("/api/elsewhere")
    assert (answer.status_code, answer["X-Frame-Options"]) == (404, "DENY")


def test_a_quote_asks_the_database_twice(caller, django_assert_num_queries):  # noqa: F811
    maya = caller(MAYA)
    maya.post("/quotes", LINES)
    with django_assert_num_queries(2):  # the token with all versions; the allowance used
        assert maya.post("/quotes", LINES).status_code == 200


def test_a_revoked_token_is_refused_at_the_very_next_call(house, caller):  # noqa: F811
    maya, by = caller(MAYA), house.actor(MAYA)
    assert maya.post("/quotes", LINES).status_code == 200
    (token,) = queries.tokens(viewer=by, at=clock.now(), user=by.user)
    access.revoke_token(by=by, at=clock.now(), token=token.id)
    answer = maya.post("/quotes", LINES)
    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (401, "token_revoked")
