"""Terms over HTTP: published by their keepers, read, accepted with an order or before, withdrawn."""

import pytest
from tests.cast import LUCA, MAYA, NORA, SITI

KEY = "scheme:abc-staff:1"
LINES = [{"offering": "coffee-machine", "quantity": 1}]
STAFF = {"amount": "90.75", "currency": "EUR"}
TERMS = {
    "about": "scheme:abc-staff",
    "valid_from": "2026-01-01",
    "texts": {"en": "Not for resale.", "nb": "Ikke for videresalg."},
}


@pytest.fixture
def published(caller):
    siti = caller(SITI)
    answer = siti.post("/terms", TERMS | {"source": "board"})
    assert (answer.status_code, answer.json()) == (201, {"code": KEY})
    return siti


def ordered(who, key, **more):
    return who.post("/orders", {"lines": LINES, "expected": STAFF, **more}, key=key)


def test_an_order_is_refused_until_the_terms_are_accepted_with_it(caller, published):
    maya = caller(MAYA)
    asked = maya.post("/quotes", {"lines": LINES}).json()["terms"]
    assert asked == [{"key": KEY, "name": "ABC staff purchase", "number": 1, "accepted": False}]
    refused = ordered(maya, "one")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/terms_not_accepted")
    assert KEY in str(refused.json())
    assert ordered(maya, "one", accepts=[KEY]).status_code == 201
    (own,) = maya.get("/me/terms").json()
    assert (own["key"], own["in_force"], own["withdrawn_at"], own["texts"]["nb"]) == (
        KEY,
        True,
        None,
        "Ikke for videresalg.",
    )
    assert own["accepted_at"] is not None


def test_terms_are_accepted_before_and_withdrawn(caller, published):
    maya = caller(MAYA)
    assert maya.post("/me/terms/accept", {"key": KEY}).status_code == 204
    assert ordered(maya, "one").status_code == 201
    assert maya.post("/me/terms/withdraw", {"key": KEY}).status_code == 204
    assert ordered(maya, "two").json()["type"] == "/problems/terms_not_accepted"
    assert maya.get("/me/terms").json()[0]["withdrawn_at"] is not None
    assert maya.post("/me/terms/withdraw", {"key": KEY}).status_code == 404
    assert maya.post("/me/terms/accept", {"key": "what"}).status_code == 422


def test_who_keeps_no_terms_publishes_none_and_lists_none(caller, published):
    assert caller(MAYA).post("/terms", TERMS).status_code == 403
    assert caller(NORA).get("/terms").json()["items"] == []
    assert caller(NORA).post("/me/terms/accept", {"key": KEY}).status_code == 404
    assert published.post("/terms", TERMS | {"about": "scheme:gone"}).status_code == 404
    (told,) = published.get("/terms").json()["items"]
    assert (told["key"], told["kind"], told["accepted"]) == ("scheme:abc-staff", "SCHEME", None)
    assert told["versions"] == [
        {"key": KEY, "number": 1, "valid_from": "2026-01-01", "texts": TERMS["texts"], "source": "board"}
    ]
    pay = {"about": "payroll:abc", "valid_from": "2026-01-01", "texts": {"en": "From your next pay."}}
    assert caller(LUCA).post("/terms", pay).status_code == 201
    assert [each["key"] for each in caller(LUCA).get("/terms?kind=PAYROLL").json()["items"]] == ["payroll:abc"]
