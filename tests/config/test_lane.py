"""Calls of the API by token pass none of what pages need; everything else goes the long way, as before."""

import pytest
from django.test import Client
from tests.api.conftest import Caller, token_of
from tests.builders import AT
from tests.cast import MAYA
from tests.shop import given_the_house

from inward.config import lane
from inward.kit import clock, versions
from inward.kit.transaction import transaction
from inward.parties import queries as parties


@pytest.fixture
def house(db):
    with clock.shifted(AT):
        yield given_the_house()


@pytest.fixture
def long_way(monkeypatch):
    """Which requests went the long way."""
    seen = []
    real = lane.TokenLane.__call__

    def noted(self, request):
        before = self._get_response
        self._get_response = lambda asked: (seen.append(asked.path), before(asked))[1]
        try:
            return real(self, request)
        finally:
            self._get_response = before

    monkeypatch.setattr(lane.TokenLane, "__call__", noted)
    return seen


def test_a_call_by_token_takes_the_short_way_and_keeps_what_protects_its_answer(house, long_way):
    answer = Caller(token_of(house, MAYA)).get("/orders")
    assert answer.status_code == 200
    assert long_way == []
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer["X-Request-ID"]
    assert "sessionid" not in answer.cookies


def test_pages_strangers_and_callers_with_a_session_go_the_long_way(house, long_way):
    token = token_of(house, MAYA)
    house.browser(MAYA).get("/")
    Client().get("/api/v1/orders")
    both = house.browser(MAYA, Authorization=f"Bearer {token}")
    assert both.get("/api/v1/orders").status_code == 200
    Client(headers={"Authorization": f"Bearer {token}"}).get("/shop/")
    assert long_way == ["/", "/api/v1/orders", "/api/v1/orders", "/shop/"]


def test_a_token_opens_no_page(house):
    answer = Client(headers={"Authorization": f"Bearer {token_of(house, MAYA)}"}).get("/orders/")
    assert answer.status_code == 302


def test_a_token_nobody_made_is_refused_on_the_short_way_too(house, long_way):
    answer = Caller("inw_nobody").get("/orders")
    assert (answer.status_code, long_way) == (401, [])


def test_refusals_speak_the_language_that_was_asked_for(house):
    nb = Caller(token_of(house, MAYA), language="nb").get("/orders/no-such-order")
    assert nb.status_code == 404
    assert nb["Content-Language"] == "nb"
    assert "Accept-Language" in nb["Vary"]


def test_an_address_that_is_not_there_is_a_problem(house, long_way):
    answer = Caller(token_of(house, MAYA)).get("/nowhere")
    assert (answer.status_code, long_way) == (404, [])
    assert answer["Content-Type"] == "application/problem+json"


def test_a_call_by_token_asks_the_database_once_who_it_is_and_what_has_changed(house, django_assert_num_queries):
    caller = Caller(token_of(house, MAYA))
    caller.get("/allowances")
    with django_assert_num_queries(2):  # the token with all versions; the allowances
        caller.get("/allowances")


def test_what_is_kept_is_asked_for_again_once_its_version_moves_within_a_request(house):
    with versions.seen_once():
        before = parties.known()
        assert parties.known() is before
        with transaction():
            versions.bump(parties.VERSION)
            assert parties.known() is not before
        versions.look_again()
        assert versions.value_seen(parties, parties.VERSION) is None
    assert versions.value_seen(parties, parties.VERSION) is None
