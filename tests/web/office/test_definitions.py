"""Definitions of inside in the office: by form and as JSON, with what they would change, chosen for a purpose."""

import json
from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON, nothing_written
from tests.cast import MAYA, SITI
from tests.web.office.test_catalogue_things import opens
from tests.web.office.test_office import previewed, saved
from tests.web.reading import form, words

from inward.core.classification import STRICT_MAJORITY
from inward.parties import definitions
from inward.parties import operations as parties
from inward.parties.vocabulary import Purpose
from inward.web.components import formats

ADDRESS = "/office/definitions"


@pytest.fixture
def siti(house):
    return house.browser(SITI)


def typed(**more):
    """The form as it opens, with other values."""
    body = STRICT_MAJORITY.as_json()
    kept = {name: value for name, value in body.items() if value not in (None, False) and not isinstance(value, dict)}
    for name in ("id", "excluded", "exceptions"):
        kept.pop(name)
    given = {name: "on" if value is True else value for name, value in kept.items()}
    return given | {"code": "four-fifths", "name": "Four fifths", "valid_from": "", "attribution_floor": ""} | more


def test_who_keeps_all_records_finds_the_definitions_and_nobody_else_does(house, siti):
    opens(siti, "definitions")
    page = words(siti.get(f"{ADDRESS}/strict_majority/"))
    assert "Which share decides votes" in page
    assert "The threshold in percent 50 %" in page
    assert '"threshold": "50"' in page
    assert "Serves Prices, Delivery promises, Books, Disclosure" in page
    assert house.browser(MAYA).get(f"{ADDRESS}/").status_code == 404


def test_a_definition_by_form_tells_first_which_pairs_turn_and_is_kept_as_typed(siti):
    address = f"{ADDRESS}/-/new/form/"
    with nothing_written():
        page = words(previewed(siti, address, **typed(threshold="80", operator=">=")))
    assert "Nothing is saved yet." in page
    assert "pairs of companies get another verdict" in page
    assert "XYZ Widgets" in page

    shown = previewed(siti, address, **typed(threshold="80", operator=">="))
    siti.post(address, form(shown, "") | {"step": "save"})

    kept = definitions.found("four-fifths", on=ON)
    assert kept.as_json() == STRICT_MAJORITY.as_json() | {"id": "four-fifths", "threshold": "80", "operator": ">="}
    page = words(siti.get(f"{ADDRESS}/four-fifths/"))
    assert "Four fifths: votes: at least 80 %" in page
    assert "Serves nothing" in page


def test_the_same_as_json_keeps_what_a_form_does_not_ask(siti):
    body = {"threshold": 80, "excluded": ["xyz"]}
    saved(siti, f"{ADDRESS}/-/new/json/", code="own", name="Own", valid_from="", body=json.dumps(body))
    assert definitions.found("own", on=ON).excluded == frozenset({"xyz"})
    assert "Inside with nobody xyz" in words(siti.get(f"{ADDRESS}/own/"))

    changed = typed(name="Own", valid_from="2027-01-01", threshold="75")
    changed.pop("code")
    saved(siti, f"{ADDRESS}/own/do/form/", **changed)

    later = definitions.known().own["own"][1][1]
    assert (str(later.threshold), later.excluded) == ("3/4", frozenset({"xyz"}))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{", "not JSON"),
        ("[]", "object"),
        ('{"threshold": 100}', "100"),
        ('{"colour": 1}', "colour"),
    ],
)
def test_json_that_is_no_definition_is_refused_in_the_form(siti, body, said):
    with nothing_written():
        answer = previewed(siti, f"{ADDRESS}/-/new/json/", code="own", name="Own", valid_from="", body=body)
    assert answer.status_code == 422
    assert said in words(answer)


def test_a_definition_serves_prices_from_its_day_after_the_preview(siti):
    parties.keep_definition(by=HOUSE, at=AT, code="own", name="Own", body={"threshold": 80, "operator": ">="})
    given = {"purpose": "PRICE", "valid_from": "2027-01-01"}
    with nothing_written():
        page = words(previewed(siti, f"{ADDRESS}/own/do/choose/", **given))
    assert "What changes between companies on 1 Jan 2027" in page
    assert "Before After" in page

    saved(siti, f"{ADDRESS}/own/do/choose/", **given)

    assert [each.id for _, each in definitions.known().chosen[Purpose.PRICE]] == ["own"]
    assert "serves: Prices" in words(siti.get(f"{ADDRESS}/own/"))
    with nothing_written():
        page = words(previewed(siti, f"{ADDRESS}/own/do/choose/", purpose="TAX", valid_from="2027-01-01"))
    assert "pairs of companies get another verdict" in page


def test_one_that_ships_is_not_changed(siti):
    assert siti.get(f"{ADDRESS}/ubo25/do/form/").status_code == 404
    page = words(previewed(siti, f"{ADDRESS}/strict_majority/do/choose/", purpose="BOOKS", valid_from=""))
    assert "No two companies get another verdict." in page


def test_one_that_is_chosen_for_tax_is_let_go_again_after_the_preview_and_tax_is_charged_from_then_on(siti):
    assert siti.get(f"{ADDRESS}/strict_majority/do/unchoose/").status_code == 404
    parties.choose_definition(by=HOUSE, at=AT, purpose=Purpose.TAX, definition="strict_majority")
    given = {"purpose": "TAX", "valid_until": "2026-12-31"}
    with nothing_written():
        page = words(previewed(siti, f"{ADDRESS}/strict_majority/do/unchoose/", **given))
    assert "What changes between companies on 1 Jan 2027" in page
    assert "pairs of companies get another verdict" in page

    saved(siti, f"{ADDRESS}/strict_majority/do/unchoose/", **given)

    first = date(2027, 1, 1)
    assert definitions.deciding(Purpose.TAX, on=first) is None
    assert definitions.deciding(Purpose.TAX, on=first - timedelta(days=1)).id == "strict_majority"


def test_the_page_inside_asks_by_ones_own_and_begins_with_what_serves_prices(house, siti):
    parties.keep_definition(by=HOUSE, at=AT, code="own", name="Four fifths", body={"threshold": 80, "operator": ">="})
    asked = {"supplier": "xyz", "customer": "abc", "on": ON.isoformat()}
    assert "Outside" in words(siti.get("/inside/", asked | {"rule": "own"}))
    assert "belong to one group" in words(siti.get("/inside/", asked))

    parties.choose_definition(by=HOUSE, at=AT, purpose=Purpose.PRICE, definition="own")

    page = siti.get("/inside/", asked)
    assert "Outside" in words(page)
    assert '<option value="@PRICE" selected>Prices</option>' in page.content.decode()
    assert "Judged by “Four fifths”, which was chosen for prices." in words(page)
    assert "Judged by “Four fifths”, the rule of your choice." in words(siti.get("/inside/", asked | {"rule": "own"}))


def test_the_page_inside_tells_each_purpose_by_its_rule_and_why_that_rule(house, siti):
    asked = {"supplier": "xyz", "customer": "abc", "on": ON.isoformat()}
    page = words(siti.get("/inside/", asked))
    assert "It is the same for every purpose." in page
    assert "the usual rule: no other was chosen for prices." in page
    parties.keep_definition(by=HOUSE, at=AT, code="own", name="Four fifths", body={"threshold": 80, "operator": ">="})
    since = ON.replace(month=1, day=1)
    parties.choose_definition(by=HOUSE, at=AT, purpose=Purpose.TAX, definition="own", valid_from=since)

    response = siti.get("/inside/", asked)
    page = words(response)
    assert "It is not the same for every purpose" in page
    assert "Prices Inside Companies of one group" in page
    day = formats.short_day(since)
    assert "Tax Outside Four fifths chosen from" in page
    assert "belong to one group" in page
    assert "rule=%40TAX" in response.content.decode()

    page = words(siti.get("/inside/", asked | {"rule": "@TAX"}))
    assert "Outside: nothing ties ABC Retail to XYZ Widgets." in page
    assert f"Judged by “Four fifths”, which was chosen for tax from {day} on." in page
    eve = (since - timedelta(days=1)).isoformat()
    assert "Inside" in words(siti.get("/inside/", asked | {"rule": "@TAX", "on": eve}))


def test_the_page_inside_says_when_a_rule_does_not_exist_on_a_day(siti):
    later = {"by": HOUSE, "at": AT, "code": "own", "name": "Own", "body": {}}
    parties.keep_definition(**later, valid_from=ON.replace(year=2030))

    page = siti.get("/inside/", {"supplier": "xyz", "customer": "abc", "on": ON.isoformat(), "rule": "own"})

    assert "This inside rule does not exist on that day." in words(page)
