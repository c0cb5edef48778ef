"""``inward engine benefit``: the shape of the answer, sources, warnings, and what is refused with its place."""

import copy
import json
from typing import Any

import pytest

from inward.cli.engine.lines import Engine
from inward.ledger.shipped import FOLDER

PARCEL = {"id": "parcel", "on": "2026-02-01", "average_price": "900", "paid": "0"}


def asked(line: dict[str, Any], language: str = "en") -> dict[str, Any]:
    answer = Engine("benefit", language).answered(json.dumps(line).encode())
    assert answer is not None
    found: dict[str, Any] = json.loads(answer)
    return found


def italy(*purchases: Any, **more: Any) -> dict[str, Any]:
    return asked({"jurisdiction": "IT", "year": 2026, "purchases": list(purchases)} | more)


def eur(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def refused(answer: dict[str, Any]) -> tuple[str, str]:
    assert set(answer) == {"error"}
    assert answer["error"]["message"] != answer["error"]["code"]
    return answer["error"]["code"], answer["error"]["where"]


def test_the_answer_has_the_sums_the_rules_with_their_source_and_the_purchases() -> None:
    found = italy(PARCEL, id="x7")

    assert list(found) == ["id", "taxable", "exempt", "benefit", "by_rule", "purchases"]
    assert (found["taxable"], found["exempt"], found["benefit"]) == (eur("0.00"), eur("900.00"), eur("900.00"))
    (rule,) = found["by_rule"]
    assert (rule["rule"], rule["valid_from"], rule["valid_until"]) == ("it-fringe", "2025-01-01", "2028-01-01")
    assert (rule["taxable"], rule["exempt"], rule["benefit"]) == (eur("0.00"), eur("900.00"), eur("900.00"))
    assert rule["limits"] == [
        {
            "per": "year",
            "over": "all",
            "window": "2026",
            "employer": "",
            "amount": eur("1000.00"),
            "used": eur("900.00"),
            "left": eur("100.00"),
            "passed": False,
        }
    ]
    assert set(rule["source"]) == {"authority", "title", "paragraph", "url", "confidence"}
    assert rule["source"]["authority"] == "Agenzia delle Entrate"
    (line,) = found["purchases"]
    assert (line["id"], line["rule"], line["basis"], line["value"]) == (
        "parcel",
        "it-fringe",
        "average_price",
        eur("900.00"),
    )
    assert line["why"] == [
        {"code": "benefit_all_exempt", "text": "All of it is exempt by it-fringe.", "facts": {"rule": "it-fringe"}}
    ]


def test_the_purchase_that_would_pass_a_cliff_is_warned_of() -> None:
    found = italy(PARCEL, next={"on": "2026-06-01", "average_price": "100.01", "paid": "0"})

    assert found["taxable"] == eur("0.00")
    assert found["next"]["taxable_added"] == eur("1000.01")
    assert found["next"]["reached_back"] == [{"purchase": "parcel", "taxable": eur("900.00")}]
    assert found["next"]["purchase"]["taxable"] == eur("100.01")
    (warning,) = found["next"]["warnings"]
    assert warning["code"] == "benefit_would_pass_cliff"
    assert "the whole €1,000.01 of the year becomes taxable" in warning["text"]


def test_nothing_is_warned_of_below_a_limit() -> None:
    found = italy(PARCEL, next={"on": "2026-06-01", "average_price": "100", "paid": "0"})
    assert (found["next"]["taxable_added"], found["next"]["warnings"], found["next"]["reached_back"]) == (
        eur("0.00"),
        [],
        [],
    )


def test_reasons_are_worded_in_the_language_asked_for() -> None:
    line = {"jurisdiction": "IT", "year": 2026, "purchases": [PARCEL | {"average_price": "1050"}]}
    texts = {language: asked(line, language)["purchases"][0]["why"][0]["text"] for language in ("en", "nb", "it", "id")}
    assert len(set(texts.values())) == 4
    assert "alt blir skattepliktig" in texts["nb"]


def test_a_return_and_the_day_as_of_which_it_counts() -> None:
    lamp = {"id": "lamp", "on": "2026-06-01", "average_price": "150"}
    back = [{"purchase": "lamp", "on": "2026-06-09"}]
    assert italy(PARCEL, lamp, returns=back, as_of="2026-06-08")["taxable"] == eur("1050.00")
    assert italy(PARCEL, lamp, returns=back, as_of="2026-06-09")["taxable"] == eur("0.00")
    assert italy(PARCEL, lamp, returns=back)["exempt"] == eur("900.00")


def test_britain_has_its_own_tax_year_and_two_names() -> None:
    gift = {"on": "2026-04-05", "kind": "gift", "cost": "50"}
    for name in ("GB", "uk"):
        found = asked({"jurisdiction": name, "year": 2025, "purchases": [gift]})
        assert found["exempt"] == {"amount": "50.00", "currency": "GBP"}
    late = asked({"jurisdiction": "GB", "year": 2026, "purchases": [gift]})
    assert refused(late) == ("benefit_of_another_year", "line 1, purchases[0].on")


def test_nobody_bought_anything() -> None:
    found = italy()
    assert (found["taxable"], found["by_rule"], found["purchases"]) == (eur("0.00"), [], [])


def document(**change: Any) -> dict[str, Any]:
    found: dict[str, Any] = copy.deepcopy(json.loads((FOLDER / "it.json").read_text(encoding="utf-8")))
    return found | change


def test_rules_of_ones_own_may_stand_in_the_line() -> None:
    own = document(jurisdiction="SM")
    found = asked({"jurisdiction": "SM", "year": 2026, "purchases": [PARCEL], "rules": own})
    assert found["exempt"] == eur("900.00")
    other = asked({"jurisdiction": "IT", "year": 2026, "purchases": [PARCEL], "rules": own})
    assert refused(other) == ("not_one_of", "line 1, jurisdiction")
    twice = document()
    twice["rules"].append(twice["rules"][-1])
    overlap = asked({"jurisdiction": "IT", "year": 2026, "purchases": [], "rules": twice})
    assert refused(overlap)[0] == "benefit_rules_overlap"


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"jurisdiction": "FR"}, "not_one_of", "line 1, jurisdiction"),
        ({"jurisdiction": ""}, "field_missing", "line 1, jurisdiction"),
        ({"jurisdiction": "Italia"}, "country_not_usable", "line 1, jurisdiction"),
        ({"year": 99999}, "not_a_day", "line 1, year"),
        ({"year": "next"}, "not_a_number", "line 1, year"),
        ({"purchase": []}, "field_unknown", "line 1, purchase"),
        ({"purchases": [{"on": "2025-12-31", "cost": 1}]}, "benefit_of_another_year", "line 1, purchases[0].on"),
        ({"purchases": [PARCEL, {"on": "2026-01-01"}]}, "benefit_value_missing", "line 1, purchases[1]"),
        ({"purchases": [PARCEL, PARCEL]}, "id_twice", "line 1, purchases[1]"),
        ({"next": {"on": "2027-01-01", "cost": 1}}, "benefit_of_another_year", "line 1, next.on"),
        ({"next": {"on": "2026-05-01", "costs": 1}}, "field_unknown", "line 1, next.costs"),
        ({"next": {"on": "2026-05-01"}}, "benefit_value_missing", "line 1, next"),
        ({"next": PARCEL}, "id_twice", "line 1, next"),
        ({"purchases": [{"on": "2026-01-01", "kind": "luck"}]}, "not_one_of", "line 1, purchases[0].kind"),
        ({"year": 2023, "purchases": [PARCEL | {"on": "2023-02-01"}]}, "benefit_rule_missing", "line 1, purchases[0]"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_with_its_place(change: dict[str, Any], code: str, where: str) -> None:
    assert refused(asked({"jurisdiction": "IT", "year": 2026, "purchases": [PARCEL]} | change)) == (code, where)
