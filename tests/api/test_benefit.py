"""Taxable benefit over HTTP: one's own, what an order would add, and for whoever keeps it that of an employer."""

from tests.builders import given_role
from tests.cast import ABC, HENK, LUCA, MAYA, NORA, SITI

from inward.kit.models import AuditRow
from inward.trade.models import Order

MACHINE = {"lines": [{"offering": "coffee-machine", "quantity": 1}]}


def euro(amount):
    return {"amount": amount, "currency": "EUR"}


def test_her_own_statement_names_order_sums_rule_and_what_is_left(house, caller):
    order = house.order(MAYA, ("coffee-machine", 1))
    maya = caller(MAYA)
    assert maya.get("/me/benefit").json() == [{"key": "NL-2026", "country": "NL", "year": 2026}]
    told = maya.get("/me/benefit/NL-2026").json()
    assert (told["valid_from"], told["valid_until"], told["refused"]) == ("2026-01-01", "2027-01-01", None)
    assert (told["benefit"], told["exempt"], told["taxable"]) == (euro("30.25"), euro("24.20"), euro("6.05"))
    (line,) = told["lines"]
    assert (line["order"], line["rule"], line["value"], line["paid"]) == (
        order.reference,
        "nl-own-products",
        euro("121.00"),
        euro("90.75"),
    )
    assert [why["code"] for why in line["why"]] == ["benefit_above_share"]
    assert [(room["amount"], room["left"], room["passed"]) for room in told["limits"]] == [
        (euro("500.00"), euro("475.80"), False)
    ]
    for nothing in ("NL-2019", "NO-2026", "NL", "NL-20260", "nl-2026"):
        assert maya.get(f"/me/benefit/{nothing}").status_code == 404


def test_what_an_order_would_add_is_told_before_it_and_changes_nothing(caller):
    maya = caller(MAYA)
    told = maya.post("/me/benefit/foreseen", MACHINE).json()
    assert not Order.objects.exists()
    assert (told["country"], told["added"], told["taxable"]) == ("NL", euro("6.05"), euro("6.05"))
    assert [why["code"] for why in told["warnings"]] == ["benefit_would_be_taxable"]
    assert caller(NORA).post("/me/benefit/foreseen", MACHINE).json() == {
        "country": None,
        "added": None,
        "taxable": None,
        "warnings": [],
        "refused": None,
    }


def test_whoever_keeps_it_lists_reads_and_is_noted_and_nobody_else_finds_it(house, caller):
    house.order(MAYA, ("coffee-machine", 1))
    given_role(house.users[HENK.code], "PAYROLL_OFFICER", ABC)
    henk, address = caller(HENK), "/people/maya-lund/benefit?company=abc&year=2026"
    (row,) = henk.get("/benefit?company=abc&year=2026&text=maya").json()["items"]
    assert (row["person"], row["company"], row["taxable"]) == (
        {"code": "maya-lund", "name": "Maya Lund"},
        {"code": "abc", "name": "ABC Retail"},
        euro("6.05"),
    )
    assert henk.get(address).json()["taxable"] == euro("6.05")
    assert henk.get(address.replace("maya-lund", "henk-verhoef")).status_code == 404
    assert henk.get("/people/maya-lund/benefit?company=abc&year=1").status_code == 422
    noted = AuditRow.objects.filter(act__startswith="trade.read_benefit").values_list("act", flat=True)
    assert list(noted.order_by("id")) == ["trade.read_benefits", "trade.read_benefit"]
    for part in (LUCA, SITI):
        assert caller(part).get("/benefit").status_code == 403
        assert caller(part).get(address).status_code == 404


def test_what_law_asks_is_noted_and_taken_back(house, caller):
    given_role(house.users[HENK.code], "PAYROLL_OFFICER", ABC)
    fact = {"company": "abc", "fact": "dependent_children", "valid_from": "2026-01-01"}
    answer = caller(HENK).post("/people/maya-lund/benefit-facts", fact)
    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (422, "benefit_fact_not_asked")
    assert caller(HENK).post("/people/maya-lund/benefit-facts/take-back", fact).status_code == 404
    assert caller(SITI).post("/people/maya-lund/benefit-facts", fact).status_code == 404


def test_accounts_are_said_and_listed(caller):
    said = {"company": "abc", "year": 2025, "sales": euro("800.00"), "cost": euro("600.00"), "source": "Audit"}
    assert caller(LUCA).post("/benefit-accounts", said).status_code == 204
    (row,) = caller(LUCA).get("/benefit-accounts").json()["items"]
    assert (row["company"]["code"], row["year"], row["sales"], row["cost"], row["source"]) == (
        "abc",
        2025,
        euro("800.00"),
        euro("600.00"),
        "Audit",
    )
    assert caller(MAYA).post("/benefit-accounts", said).status_code == 403


def test_payroll_is_told_by_programs_and_each_reads_her_own(house, caller):
    order = house.order(MAYA, ("coffee-machine", 1))
    given_role(house.users[HENK.code], "PAYROLL_OFFICER", ABC)
    henk, asked = caller(HENK), {"company": "abc", "month": "2026-11-01", "cut_off": "2026-11-24"}
    assert henk.post("/pay-runs", asked).json() == {"code": "abc~1"}
    run = henk.get("/pay-runs/abc~1").json()
    assert (run["number"], run["month"], run["lines"], run["rejected"], run["unreckoned"]) == (
        1,
        "2026-11-01",
        2,
        0,
        [],
    )
    assert [each["code"] for each in henk.get("/pay-runs").json()["items"]] == ["abc~1"]
    benefit, deduction = henk.get("/pay-lines?run=abc~1").json()["items"]
    assert (benefit["kind"], benefit["tax_year"], benefit["amount"]) == ("BENEFIT", "NL-2026", euro("6.05"))
    assert (deduction["order"], deduction["name"], deduction["amount"]) == (order.reference, "Maya Lund", euro("90.75"))
    assert henk.post(f"/pay-lines/{deduction['id']}/reject", {"why": "unpaid leave"}).status_code == 204
    assert henk.post("/pay-codes", {"company": "abc", "kind": "DEDUCTION", "code": "4711"}).status_code == 204
    mine = caller(MAYA).get("/me/pay-lines").json()
    assert [(each["kind"], each["rejected_why"]) for each in mine] == [("DEDUCTION", "unpaid leave"), ("BENEFIT", "")]
    assert caller(LUCA).post("/pay-runs", asked).status_code == 403
    assert caller(MAYA).get("/pay-lines").status_code == 403
