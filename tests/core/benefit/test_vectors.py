"""Public sources' own figures on taxable benefit, run through the rules that ship; and the kinds of rules they were read for.

Of the vouchers of another shop those run that speak of staff, counts and quantities; the other is named with its reason, and
docs/explanation/differences.md tells people.
"""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.core.pricing import conftest as prices

from inward.core.benefit import Case, statement
from inward.core.benefit.proving import reckoned
from inward.core.benefit.reading import case
from inward.core.pricing import Level, PercentOff, Used
from inward.core.terms import Fields, Rate
from inward.ledger.shipped import countries, shipped_law

ROOT = Path(__file__).parents[3]
FILE = json.loads((ROOT / "tests" / "data" / "benefit_vectors.json").read_text(encoding="utf-8"))
VECTORS = {vector["id"]: vector for vector in FILE["vectors"]}
DIFFERENCES = (ROOT / "docs" / "explanation" / "differences.md").read_text(encoding="utf-8")
ON = "2025-05-02"
NOT_RUN = {
    "voucher_eligibility-003": "no price hangs on the total of the order: each line is priced alone, so that a return never "
    "reprices the others",
}


def bought(**values):
    return {"on": ON, "paid": "0", **values}


def us(given):
    accounts = [{"year": 2024, "gross_profit_percent": given["gross_profit_pct"]}]
    purchase = bought(kind=given["service_or_goods"], price=given["customer_price"], paid=given["employee_price"])
    return "US", {"purchases": [purchase], "accounts": accounts}


def norway(given):
    discounts = bought(price=given["discounts_in_year"])
    return "NO", {"purchases": [discounts, bought(kind="gift", price=given["gifts_in_year"])]}


def italy(given):
    facts = {"dependent_children": given["dependent_children"]}
    return "IT", {"purchases": [bought(average_price=given["benefits"])], "employee": {"facts": facts}}


def indonesia(given):
    value = given.get("cogs", given.get("per_month"))
    return "ID", {"purchases": [bought(kind=given["kind"], cost=value)]}


def britain(given):
    if "gifts" not in given:
        values = {"marginal_cost": given["marginal_cost"], "price": given["retail"], "paid": given["employee_pays"]}
        return "GB", {"purchases": [bought(**values)]}
    gifts = [
        bought(kind="gift", cost=amount, at=f"{ON}T{9 + place:02}:00Z") for place, amount in enumerate(given["gifts"])
    ]
    return "GB", {"purchases": gifts, "employee": {"facts": {"director_of_close_company": given["director"]}}}


ASKED = {"us": us, "no": norway, "it": italy, "id": indonesia, "uk": britain}
TAXED = [key for key in VECTORS if key.startswith("benefit_tax")]


@pytest.mark.parametrize("key", TAXED)
def test_the_figures_of_the_source_come_out(key):
    vector = VECTORS[key]
    country, asked = ASKED[vector["kind"].partition("/")[2]](vector["input"])
    law = shipped_law(country)
    found = statement(law=law, year=2025, case=case(Fields.of(asked), law))
    (line, *_) = found.lines
    answered = {"taxable": found.taxable, "exempt": found.exempt, "value": line.value}
    for name, expected in vector["expected"].items():
        assert answered[name] == type(found.taxable).of(expected, law.currency), name


def test_every_vector_runs_or_is_listed_with_its_reason():
    assert set(VECTORS) == {*TAXED, *VOUCHERS, *NOT_RUN}
    rows = [f"| {key} | {why} |" for key, why in NOT_RUN.items()]
    assert [row for row in rows if row not in DIFFERENCES.splitlines()] == []


VOUCHERS = ("voucher_eligibility-002", "voucher_eligibility-005", "voucher_eligibility-007", "voucher_eligibility-008")


@pytest.mark.parametrize(
    ("key", "customer", "quantity", "used"),
    [
        ("voucher_eligibility-002", "nora", 2, ()),
        ("voucher_eligibility-005", "nora", 1, ()),
        ("voucher_eligibility-007", "maya", 1, ()),
        ("voucher_eligibility-008", "maya", 1, (Used("staff", "2026", None, 1),)),
    ],
)
def test_who_may_use_a_discount(key, customer, quantity, used):
    given = VECTORS[key]["input"]
    off = PercentOff(Rate.percent(10))
    if "min_qty" in given:
        rule = prices.rule("off", Level.AGREEMENT, off, quantity_min=given["min_qty"])
    else:
        rule = prices.staff_rule(off, key="off")
    schemes = [prices.scheme(allowance_units=1 if "apply_once_per_customer" in given else None)]
    book = prices.book(prices.listed("100"), rule, schemes=schemes)
    line = prices.asked(book, customer=customer, quantity=quantity, used=used).lines[0]
    assert (line.parts[0].rule == "off") is VECTORS[key]["expected"]["applicable"]


# The rules that ship


SHIPPED = [(country, rule) for country in countries() for rule in shipped_law(country).rules]


@pytest.mark.parametrize(("country", "rule"), SHIPPED, ids=lambda value: getattr(value, "id", value))
def test_the_example_of_every_rule_that_ships_comes_out(country, rule):
    done = reckoned(shipped_law(country), rule)
    assert (done.found_taxable, done.found_exempt) == (done.taxable, done.exempt)


@pytest.mark.parametrize(("country", "rule"), SHIPPED, ids=lambda value: getattr(value, "id", value))
def test_every_rule_that_ships_says_who_where_and_since_when(country, rule):
    source = rule.source
    assert source.authority
    assert source.title
    assert source.paragraph
    assert source.url.startswith("https://")
    assert source.confidence in {"high", "medium"}
    assert rule.period.start is not None
    assert rule.jurisdiction == country


def test_the_countries_that_were_read_ship():
    read = {"GB" if rule["country"] == "UK" else rule["country"] for rule in FILE["rules"]}
    assert set(countries()) == read | {"NL"}  # where the people of the demo work


def amounts(country, id_, on):
    rule = shipped_law(country).on(id_, date.fromisoformat(on))
    return {tier.amount.amount for _, cap in rule.caps for tier in cap.tiers}


def test_the_limits_are_those_that_were_read():
    by_rule = {(rule["country"], rule["rule"]): rule for rule in FILE["rules"]}
    italy_read = by_rule["IT", "art.51 c.3 TUIR fringe benefits"]["limits"]
    for year in ("2024", "2025", "2026", "2027"):
        assert amounts("IT", "it-fringe", f"{year}-06-30") == {f"{amount}.00" for amount in italy_read[year]}
    assert amounts("IT", "it-fringe", "2028-06-30") == {str(italy_read["ordinary"])}
    norway_read = by_rule["NO", "personalrabatt FSFIN 5-15-3"]["limit"]
    assert amounts("NO", "no-staff-discount", "2026-06-30") == {f"{norway_read}.00"}
    indonesia_read = by_rule["ID", "PMK 66/2023 natura & kenikmatan"]["limits_idr"]
    shipped = (amounts("ID", key, "2026-06-30") for key in ("id-meal-coupon", "id-gifts", "id-sport", "id-housing"))
    assert list(shipped) == [{f"{amount}.00"} for amount in indonesia_read.values()]
    highly = by_rule["US", "IRC 132(j)(1) nondiscrimination"]["hce_threshold"]
    test = shipped_law("US").on("us-goods", date(2026, 6, 30)).group_test
    assert {str(year): int(amount.minor) // 100 for year, amount in test.thresholds} == highly


def test_before_and_after_the_days_of_a_rule_nothing_is_guessed():
    assert shipped_law("IT").on("it-fringe", date(2023, 12, 31)) is None
    assert shipped_law("ID").on("id-gifts", date(2023, 6, 30)) is None
    assert statement(law=shipped_law("IT"), year=2023, case=Case()).lines == ()
