"""Inside rules over HTTP: written, changed and chosen from a day on, asked for by purpose; others learn nothing of them."""

import pytest
from tests.builders import nothing_written
from tests.cast import INES, MAYA, SITI

from inward.parties.models import DefinitionChoice, InsideDefinition
from inward.parties.vocabulary import Purpose

RULE = {"code": "ninety", "name": "Nine tenths", "body": {"basis": "votes", "threshold": "90", "operator": ">="}}
CHOICE = {"purpose": "TAX", "valid_from": "2026-01-01"}


@pytest.fixture
def siti(caller):
    found = caller(SITI)
    assert found.post("/definitions", RULE).json() == {"code": "ninety"}
    return found


def standing(caller, **asked):
    answer = caller.get("/standing?" + "&".join(f"{name}={value}" for name, value in asked.items())).json()
    return answer["standing"], answer["definition"]


def test_a_rule_that_was_written_is_listed_and_decides_nothing(siti):
    found = {one["code"]: one for one in siti.get("/definitions").json()["items"]}
    assert (found["ninety"]["name"], found["ninety"]["own"], found["ninety"]["serves"]) == ("Nine tenths", True, [])
    assert found["ninety"]["body"]["threshold"] == "90"
    assert set(found["strict_majority"]["serves"]) == {"PRICE", "PROMISE", "BOOKS", "DISCLOSURE"}
    assert [one["code"] for one in siti.get("/definitions?text=nine").json()["items"]] == ["ninety"]
    assert standing(siti, supplier="xyz", customer="abc", on="2026-01-31") == ("internal", "strict_majority")


def test_the_list_is_asked_as_every_other(siti):
    first = siti.get("/definitions?limit=5&sort=code").json()
    assert [row["code"] for row in first["items"]] == sorted(row["code"] for row in first["items"])
    assert len(first["items"]) == 5
    assert siti.get(f"/definitions?limit=5&cursor={first['next']}").json()["items"][0] not in first["items"]
    for asked in ("limit=many", "limit=", "sort=size", "colour=red", "on="):
        refused = siti.get(f"/definitions?{asked}")
        assert refused.status_code == 422, asked
        assert refused.json()["where"].endswith(asked.partition("=")[0]), asked


def test_one_purpose_is_judged_by_its_rule_from_the_day_on_and_no_other_is(siti):
    assert siti.post("/definitions/ninety/choose", CHOICE).status_code == 204
    asked = {"supplier": "xyz", "customer": "abc"}
    assert standing(siti, **asked, on="2026-01-31", purpose="TAX") == ("external", "ninety")
    assert standing(siti, **asked, on="2025-12-31", purpose="TAX") == ("internal", "strict_majority")
    assert standing(siti, **asked, on="2026-01-31", purpose="BOOKS") == ("internal", "strict_majority")
    assert standing(siti, **asked, on="2026-01-31") == ("internal", "strict_majority")
    assert standing(siti, **asked, on="2026-01-31", purpose="TAX", definition="ubo25")[1] == "ubo25"
    sheet = siti.get("/definitions/ninety").json()
    assert [(one["purpose"], one["valid_from"], one["valid_until"]) for one in sheet["choices"]] == [
        ("TAX", "2026-01-01", None)
    ]


def test_a_changed_rule_says_so_from_its_day_and_keeps_what_it_said(siti):
    half = {"name": "A half", "body": {**RULE["body"], "threshold": "50"}, "valid_from": "2026-07-01"}
    assert siti.put("/definitions/ninety", half).status_code == 204
    assert standing(siti, supplier="xyz", customer="abc", on="2026-01-31", definition="ninety")[0] == "external"
    sheet = siti.get("/definitions/ninety").json()
    said = {(one["valid_from"], one["valid_until"], one["body"]["threshold"]) for one in sheet["versions"]}
    assert {(None, "2026-07-01", "90"), ("2026-07-01", None, "50")} <= said


def test_every_purpose_can_be_asked_for(siti):
    for purpose in Purpose:
        assert standing(siti, supplier="xyz", customer="abc", purpose=purpose.value)[1] == "strict_majority"
    assert siti.get("/standing?supplier=xyz&customer=abc&purpose=LUNCH").status_code == 422


def test_what_is_no_rule_and_what_ships_is_refused_with_its_place(siti):
    with nothing_written():
        wrong = siti.post("/definitions", RULE | {"code": "other", "body": {"treshold": "90"}})
        assert (wrong.status_code, wrong.json()["type"]) == (422, "/problems/field_unknown")
        assert "treshold" in wrong.json()["detail"]
        ships = siti.post("/definitions", RULE | {"code": "ubo25"})
        assert ships.json()["type"] == "/problems/definition_ships"
        assert siti.put("/definitions/nothing", {"name": "x", "body": RULE["body"]}).status_code == 404
        assert siti.post("/definitions/nothing/choose", CHOICE).status_code == 404
        assert siti.post("/definitions/ninety/choose", {"purpose": "LUNCH"}).status_code == 422


def test_nobody_else_reads_or_writes_them(siti, caller):
    maya = caller(MAYA)
    assert maya.get("/me").status_code == 200  # her token is used: that is kept
    with nothing_written():
        assert maya.get("/definitions").status_code == 403
        assert maya.get("/definitions/ninety").status_code in {403, 404}
        assert maya.post("/definitions", RULE | {"code": "mine"}).status_code == 403
        assert maya.put("/definitions/ninety", {"name": "x", "body": RULE["body"]}).status_code in {403, 404}
        assert maya.post("/definitions/ninety/choose", CHOICE).status_code == 404
    assert not DefinitionChoice.objects.exists()
    assert InsideDefinition.objects.count() == 1


def test_what_a_rule_would_change_between_companies_is_told_before_and_nothing_is_kept(siti, caller):
    told = siti.post("/previews/definitions/ninety/choose", {"purpose": "PRICE", "valid_from": "2026-01-01"}).json()
    pair = {"one": {"code": "abc", "name": "ABC Retail"}, "other": {"code": "xyz", "name": "XYZ Widgets"}}
    assert pair | {"before": "internal", "after": "external"} in told["pairs"]
    assert (told["on"], told["more"]) == ("2026-01-01", False)
    assert len(told["pairs"]) < told["asked"]
    same = siti.post(
        "/previews/definitions/ninety", {"name": "Nine tenths", "body": RULE["body"], "valid_from": "2027-01-01"}
    ).json()
    assert same["pairs"] == []
    new = siti.post("/previews/definitions", RULE | {"code": "other"}).json()
    assert pair | {"before": "internal", "after": "external"} in new["pairs"]
    assert InsideDefinition.objects.count() == 1
    assert not DefinitionChoice.objects.exists()
    for path, body, status in (("", RULE | {"code": "b"}, 403), ("/ninety/choose", CHOICE, 404)):
        assert caller(MAYA).post(f"/previews/definitions{path}", body).status_code == status


def test_a_rule_for_tax_is_previewed_against_none_and_let_go_again(siti):
    told = siti.post("/previews/definitions/strict_majority/choose", {"purpose": "TAX"}).json()
    assert {(each["before"], each["after"]) for each in told["pairs"]} == {("external", "internal")}
    assert siti.post("/definitions/strict_majority/choose", {"purpose": "TAX"}).status_code == 204
    explained = siti.get("/standing/explained?supplier=xyz&customer=abc&on=2026-01-31").json()
    assert {each["purpose"]: each["tax"] for each in explained["purposes"]}["TAX"] == "tax_group"
    ends = {"purpose": "TAX", "valid_until": "2028-01-01"}
    lost = siti.post("/previews/definitions/strict_majority/end", ends).json()
    assert {(each["before"], each["after"]) for each in lost["pairs"]} == {("internal", "external")}
    assert siti.post("/definitions/strict_majority/end", ends).status_code == 204
    assert siti.post("/definitions/ubo25/end", ends).status_code == 404
    assert (
        siti.get("/standing/explained?supplier=xyz&customer=abc&on=2028-01-01").json()["purposes"][3]["tax"]
        == "no_rule"
    )
    kept = siti.post("/previews/definitions/strict_majority/end", {"purpose": "PRICE", "valid_until": "2028-01-01"})
    assert kept.status_code == 404


def test_an_order_tells_by_which_rule_it_was_untaxed(house, siti, caller):
    siti.post("/definitions/strict_majority/choose", {"purpose": "TAX"})
    ines = caller(INES)
    asked = {"lines": [{"offering": "widget-a", "quantity": 10}], "customer": "abc"}
    quoted = ines.post("/quotes", asked).json()
    assert (quoted["tax_scope"], quoted["tax"]["amount"]) == ("tax_group", "0.00")
    assert quoted["tax_group"]["definition"] == "strict_majority"
