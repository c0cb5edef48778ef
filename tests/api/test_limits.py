"""How many calls a minute, said in every answer: for each token and each user apart, and for strangers by their address."""

import pytest
from django.test import Client
from tests.cast import JONAS, MAYA

from inward.api import limits


@pytest.fixture
def limited(settings, tmp_path):
    settings.INWARD_DATA = tmp_path
    settings.INWARD_API_CALLS, settings.INWARD_API_STRANGERS = 3, 2
    yield settings
    limits._windows.cache_clear()


def stranger(**more):
    return Client(HTTP_HOST="localhost").get("/api/v1/orders", **more)


def test_every_answer_says_what_is_left(limited, caller):
    maya = caller(MAYA)
    answers = [maya.get("/orders") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer["RateLimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0"]
    assert answers[0]["RateLimit-Policy"] == '"minute";q=3;w=60'


def test_beyond_the_limit_a_problem_says_when_to_come_again_and_nothing_is_done(limited, caller):
    maya = caller(MAYA)
    for _ in range(3):
        maya.get("/orders")
    answer = maya.put("/notices/preferences", {"pace": "NEVER"})
    assert (answer.status_code, answer.json()["type"], answer["Retry-After"]) == (429, "/problems/too_many_calls", "60")
    limited.INWARD_API_CALLS = 0
    assert maya.get("/notices/preferences").json() == {"pace": "AT_ONCE"}


def test_every_token_is_counted_apart_and_a_session_as_its_user(limited, house, caller):
    first, second = caller(MAYA), caller(MAYA)
    for _ in range(3):
        first.get("/orders")
    assert first.get("/orders").status_code == 429
    assert second.get("/orders").status_code == 200
    assert caller(JONAS).get("/orders").status_code == 200
    browsers = [house.browser(MAYA), house.browser(MAYA)]
    codes = [browser.get("/api/v1/orders").status_code for browser in (*browsers, *browsers)]
    assert codes == [200, 200, 200, 429]


def test_strangers_are_counted_by_address_and_never_hold_up_who_is_known(limited, caller):
    assert [stranger().status_code for _ in range(3)] == [401, 401, 429]
    assert stranger(REMOTE_ADDR="192.0.2.7").status_code == 401
    assert caller(MAYA).get("/orders").status_code == 200


def test_a_token_that_holds_no_longer_counts_as_a_stranger(limited, caller):
    maya = caller(MAYA)
    token = maya.get("/tokens").json()["items"][0]["id"]
    assert maya.delete(f"/tokens/{token}").status_code == 204
    codes = [maya.get("/orders").status_code for _ in range(3)]
    assert codes == [401, 401, 429]


def test_no_limit_is_no_limit(limited, caller):
    limited.INWARD_API_CALLS = 0
    maya = caller(MAYA)
    answers = [maya.get("/orders") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0]


def test_a_wrong_address_of_the_api_is_a_problem_too_and_is_counted(limited):
    nowhere = [Client(HTTP_HOST="localhost").get("/api/v1/nowhere") for _ in range(3)]
    assert [answer.status_code for answer in nowhere] == [404, 404, 429]
    assert nowhere[0]["Content-Type"] == "application/problem+json"
