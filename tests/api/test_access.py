"""Who gets in: tokens that hold, sessions with their CSRF token, and nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.builders import AT, PASSWORD
from tests.cast import LUCA, MAYA

from inward.access import operations as access
from inward.access.vocabulary import TokenScope
from inward.kit import clock

PATHS = ("/orders", "/allowances", "/offerings", "/books", "/standing?supplier=abc&customer=xyz")


@pytest.mark.parametrize("path", PATHS)
def test_nobody_in_particular_is_turned_away_with_a_problem(house, path):
    answer = Client(HTTP_HOST="localhost").get(f"/api/v1{path}")
    assert (answer.status_code, answer["WWW-Authenticate"], answer["Content-Type"]) == (
        401,
        "Bearer",
        "application/problem+json",
    )


def test_a_token_that_ended_or_was_never_made_does_not_hold(house):
    by = house.actor(MAYA)
    token = access.make_token(by=by, at=AT, name="short", scopes=[TokenScope.READ], expires_at=AT + timedelta(hours=1))
    client = Client(HTTP_HOST="localhost", headers={"Authorization": f"Bearer {token.raw}"})
    assert client.get("/api/v1/orders").status_code == 200
    with clock.shifted(AT + timedelta(hours=2)):
        assert client.get("/api/v1/orders").status_code == 401
    wrong = Client(HTTP_HOST="localhost", headers={"Authorization": f"Bearer {token.raw}x"})
    assert wrong.get("/api/v1/orders").status_code == 401


def test_a_reading_token_asks_but_does_not_write_and_is_told_what_it_lacks(caller):
    reader = caller(MAYA, writes=False)
    lines = {"lines": [{"offering": "coffee-machine", "quantity": 1}]}
    assert reader.get("/orders").status_code == 200
    total = reader.post("/quotes", lines).json()["total"]
    answer = reader.post("/orders", lines | {"expected": total}, key="k")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/token_scope_missing")
    assert answer["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="orders:write"'
    assert reader.get("/orders").json()["items"] == []


def test_a_session_writes_only_with_its_csrf_token(house):
    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    client.login(username=MAYA.code, password=PASSWORD)
    body = {"lines": [{"offering": "coffee-machine", "quantity": 1}]}
    assert client.get("/api/v1/orders").status_code == 200
    assert client.post("/api/v1/quotes", body, content_type="application/json").status_code == 401
    client.get("/")
    token = client.cookies["csrftoken"].value
    answer = client.post("/api/v1/quotes", body, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.status_code == 200


def test_standing_by_another_inside_rule_may_be_another_and_a_rule_nobody_knows_is_refused(caller):
    ask = caller(LUCA).get
    assert ask("/standing?supplier=solberg&customer=jkl").json()["standing"] == "external"
    found = ask("/standing?supplier=solberg&customer=jkl&definition=closelink20").json()
    assert (found["standing"], found["definition"]) == ("internal", "closelink20")
    assert ask("/standing?supplier=solberg&customer=jkl&definition=mine").status_code == 422


def test_a_standing_is_explained_with_its_past_what_would_turn_it_and_what_carries_it(caller):
    found = caller(LUCA).get("/standing/explained?supplier=xyz&customer=abc").json()
    assert [(each["purpose"], each["chosen"], each["standing"]["standing"]) for each in found["purposes"]] == [
        (purpose, False, "internal") for purpose in ("PRICE", "PROMISE", "BOOKS", "TAX", "DISCLOSURE")
    ]
    assert (found["standing"]["kind"], found["history_cut"], found["companies_cut"]) == ("affiliate", False, False)
    assert [
        (each["standing"]["standing"], [cause["code"] for cause in each["causes"]]) for each in found["history"]
    ] == [
        ("external", []),
        ("internal", ["share_came", "share_came"]),
    ]
    assert [turn["code"] for turn in found["turns"]] == ["flips_if_share_falls_to"] * 2
    carrying = [(tie["owner"], tie["owned"], tie["votes"]) for tie in found["ties"] if tie["carries"]]
    assert sorted(carrying) == [("jkl", "abc", "80"), ("jkl", "xyz", "60")]
    assert set(found["companies"]) >= {"abc", "jkl", "xyz"}


def test_nobody_has_two_others_explained_who_may_not_ask(caller):
    assert caller(MAYA).get("/standing/explained?supplier=xyz&customer=abc").status_code == 403
    mine = caller(MAYA).get("/standing/explained?supplier=xyz&customer=maya-lund").json()
    assert all(tie["carries"] for tie in mine["ties"])


def test_standing_names_both_holdings_of_the_group(caller):
    found = caller(LUCA).get("/standing?supplier=xyz&customer=abc").json()
    assert (found["standing"], found["kind"]) == ("internal", "affiliate")
    shares = [
        (ground["facts"]["owner"], ground["facts"]["owned"], ground["facts"]["percent"]) for ground in found["grounds"]
    ]
    assert sorted(shares) == [("jkl", "abc", "80"), ("jkl", "xyz", "60")]
    assert caller(LUCA).get("/standing?supplier=abc&customer=ghost").status_code == 422


def test_the_books_are_for_those_who_keep_them(caller):
    assert caller(MAYA).get("/books").json() == []
    assert caller(MAYA).get("/books/abc/balances").status_code == 404
    assert [company["code"] for company in caller(LUCA).get("/books").json()] == ["abc", "jkl", "xyz"]
