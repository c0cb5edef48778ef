"""Changes that are sent twice happen once, and none undoes what its sender had not seen."""

import pytest
from tests.cast import HENK, INES, LUCA, MAYA, SITI, TOR

from inward.api import once
from inward.kit.models import AuditRow, IdempotencyReceipt
from inward.parties import queries as parties

UNIT = {"code": "abc-kitchen", "name": "Kitchen", "company": "abc"}
WIDGETS = {"lines": [{"offering": "widget-a", "quantity": 2000}], "customer": "abc-purchasing"}


def acts(name):
    return AuditRow.objects.filter(act=name).count()


def test_the_same_change_under_the_same_key_happens_once_and_answers_alike(caller):
    siti = caller(SITI)
    first, again = (siti.post("/units", UNIT, key="k") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() == {"code": "abc-kitchen"}
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert acts("parties.open_unit") == 1 + 14  # and the cast's own


def test_without_a_key_the_second_is_refused_by_what_the_first_did(caller):
    siti = caller(SITI)
    assert siti.post("/units", UNIT).status_code == 201
    again = siti.post("/units", UNIT)
    assert (again.status_code, again.json()["type"], again.json()["where"]) == (422, "/problems/id_twice", "code")


def test_another_body_another_address_or_another_actor_is_no_repeat(caller):
    siti, luca = caller(SITI), caller(LUCA)
    siti.post("/units", UNIT, key="k")
    other = siti.post("/units", UNIT | {"name": "Canteen"}, key="k")
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency_key_reused")
    elsewhere = siti.post("/people", {"code": "lena-berg", "name": "Lena Berg"}, key="k")
    assert elsewhere.json()["type"] == "/problems/idempotency_key_reused"
    assert (
        luca.post("/books/abc/accounts", {"code": "9999", "name": "X", "kind": "EXPENSE"}, key="k").status_code == 201
    )


def test_what_was_refused_leaves_no_receipt_and_may_be_sent_again(caller):
    siti = caller(SITI)
    assert siti.post("/units", UNIT | {"company": "ghost"}, key="k").status_code == 404
    assert not IdempotencyReceipt.objects.exists()
    assert siti.post("/units", UNIT, key="k").status_code == 201


@pytest.mark.parametrize("key", [" ", "x" * 201, "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(caller, key):
    answer = caller(SITI).post("/units", UNIT, key=key)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/idempotency_key_unfit")
    assert parties.kind_of("abc-kitchen") is None


def test_the_act_and_its_receipt_stand_or_fall_together(caller, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(once.idempotency, "keep", broken)
    answer = caller(SITI).post("/units", UNIT, key="k")
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/fault_of_ours")
    assert "the disk" not in answer.content.decode()
    monkeypatch.undo()
    assert caller(SITI).get("/units/abc-kitchen").status_code == 404


def test_a_change_is_refused_when_somebody_else_changed_it_meanwhile(caller):
    siti = caller(SITI)
    seen = siti.get("/units/abc-it")["ETag"]
    assert siti.patch("/units/abc-it", {"name": "IT and telephones"}).status_code == 204
    late = siti.patch("/units/abc-it", {"name": "Computers"}, match=seen)
    assert (late.status_code, late.json()["type"]) == (412, "/problems/moved_since_read")
    found = siti.get("/units/abc-it")
    assert found.json()["name"] == "IT and telephones"
    assert siti.patch("/units/abc-it", {"name": "Computers"}, match=f'"other", {found["ETag"]}').status_code == 204
    assert siti.patch("/units/abc-it", {"name": "Machines"}, match="*").status_code == 204
    assert siti.patch("/units/ghost", {"name": "Machines"}, match="*").status_code == 404


def test_an_order_is_decided_as_it_was_read(caller):
    ines, henk = caller(INES), caller(HENK)
    total = ines.post("/quotes", WIDGETS).json()["total"]
    reference = ines.post("/orders", WIDGETS | {"expected": total}, key="k").json()["reference"]
    seen = henk.get(f"/orders/{reference}")["ETag"]
    assert ines.post(f"/orders/{reference}/cancel", {"reason": "too many"}).status_code == 200
    assert henk.post(f"/orders/{reference}/approve", {}, match=seen).status_code == 412


def test_what_has_not_changed_is_not_sent_again(caller):
    tor = caller(TOR)
    etag = tor.get("/companies/abc")["ETag"]
    again = tor.client.get("/api/v1/companies/abc", headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert tor.client.get("/api/v1/companies/abc", headers={"If-None-Match": '"old"'}).status_code == 200


def test_a_new_token_under_the_same_key_ends_the_one_before(house):
    maya = house.browser(MAYA)
    asked = {"name": "Till", "scopes": ["orders:read"], "expires_at": "2026-12-24T00:00:00Z"}
    first, second = (
        maya.post("/api/v1/tokens", asked, content_type="application/json", headers={"Idempotency-Key": "k"}).json()
        for _ in range(2)
    )
    assert first["token"] != second["token"]
    rows = {row["id"]: row["revoked_at"] for row in maya.get("/api/v1/tokens").json()["items"]}
    assert (rows[first["id"]] is None, rows[second["id"]]) == (False, None)
    assert first["token"] not in str(list(IdempotencyReceipt.objects.values_list()))
