"""Previews over HTTP: what a change would do, refused as the change would be, and nothing of it written."""

from datetime import timedelta

import pytest
from tests.builders import AT, ON, nothing_written
from tests.cast import INES, MAYA, SITI

from inward.kit import clock
from inward.parties import queries as known

NEW_YEAR = "2027-01-01"


@pytest.fixture
def house(house):
    with clock.shifted(AT):
        house.order(INES, ("widget-a", 10), customer="abc")
        house.order(MAYA, ("coffee-machine", 1))
        yield house


def asked(somebody, path, body):
    somebody.get("/me")  # notes that the token was used
    with nothing_written():
        return somebody.post(f"/previews{path}", body)


def refused(answer):
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_a_sale_of_a_company_tells_who_becomes_outside_and_what_orders_would_have_been(caller):
    found = asked(caller(SITI, writes=False), "/holdings/jkl-xyz/end", {"valid_until": NEW_YEAR}).json()
    (turned,) = [each for each in found["companies"] if each["valid_from"] == NEW_YEAR]
    abc, xyz = {"code": "abc", "name": "ABC Retail"}, {"code": "xyz", "name": "XYZ Widgets"}
    assert [abc, xyz] in turned["pairs_outside"]
    assert (turned["outside"], turned["inside"], turned["pairs_inside"]) == (5, 0, [])
    assert found["orders"] == {"asked": 1, "other_verdict": 1, "other_price": 1, "more": False, "few": True}
    assert (found["people"], found["cut"]) == ([], False)


def test_a_share_that_keeps_the_majority_turns_nobody(caller):
    siti = caller(SITI)
    nobody = {"companies": [], "people": [], "orders": None, "also": [], "cut": False}
    assert asked(siti, "/holdings/jkl-xyz", {"votes": "55", "valid_from": NEW_YEAR}).json() == nobody
    assert asked(siti, "/holdings", {"owner": "abc", "owned": "fjord", "votes": "3"}).json() == nobody


def test_a_power_and_shares_of_a_class_are_tried_before_they_are_kept(caller):
    siti = caller(SITI)
    power = {"target": "kestrel", "kind": "DE_FACTO", "holder": "jkl", "valid_from": NEW_YEAR}
    tried = asked(siti, "/control-rights", power).json()
    assert tried["companies"] == []  # votes alone decide by the rule that serves prices here
    kept = siti.post("/control-rights", power).json()["code"]
    assert asked(siti, f"/control-rights/{kept}/end", {"valid_until": "2028-01-01"}).status_code == 200
    issued = {"code": "kestrel-a", "company": "kestrel", "name": "A", "issued": "100", "valid_from": NEW_YEAR}
    assert asked(siti, "/share-classes", issued).status_code == 200
    assert siti.post("/share-classes", issued).status_code == 201
    shares = {"owner": "jkl", "share_class": "kestrel-a", "shares": "60", "valid_from": NEW_YEAR}
    (turned,) = asked(siti, "/shareholdings", shares).json()["companies"]
    jkl, kestrel = {"code": "jkl", "name": "JKL Group"}, {"code": "kestrel", "name": "Kestrel Café"}
    assert [jkl, kestrel] in turned["pairs_inside"]
    assert (turned["valid_from"], turned["outside"]) == (NEW_YEAR, 0)
    held = siti.post("/shareholdings", shares).json()["code"]
    (fewer,) = asked(siti, f"/shareholdings/{held}", {"shares": "40", "valid_from": "2027-06-01"}).json()["companies"]
    assert (fewer["valid_from"], fewer["inside"]) == ("2027-06-01", 0)
    assert [jkl, kestrel] in fewer["pairs_outside"]
    (ended,) = asked(siti, f"/shareholdings/{held}/end", {"valid_until": "2027-06-01"}).json()["companies"]
    assert ended["outside"] == fewer["outside"] > 0
    more = {"issued": "200", "votes_each": "1", "dividend_each": "1"}
    (thinner,) = asked(siti, "/share-classes/kestrel-a", more).json()["companies"]
    assert [jkl, kestrel] in thinner["pairs_outside"]
    fewer_than_held = more | {"issued": "50"}
    assert asked(siti, "/share-classes/kestrel-a", fewer_than_held).status_code == 422


def test_work_that_ends_begins_or_moves_tells_what_she_becomes(caller):
    siti = caller(SITI)
    ends = asked(siti, "/work-relationships/maya-lund-abc/end", {"valid_until": NEW_YEAR}).json()
    (turned,) = [each for each in ends["people"] if {"code": "abc", "name": "ABC Retail"} in each["companies"]]
    assert (turned["person"]["code"], turned["valid_from"]) == ("maya-lund", NEW_YEAR)
    assert (turned["before"], turned["after"]) == ("staff", "outside")
    assert ends["orders"] == {"asked": 0, "other_verdict": 0, "other_price": 0, "more": False, "few": True}
    begins = {"person": "maya-lund", "company": "xyz", "kind": "PART_TIME", "valid_from": NEW_YEAR}
    assert asked(siti, "/work-relationships", begins).status_code == 200
    moves = {"kind": "PART_TIME", "valid_from": NEW_YEAR}
    same = {"asked": 0, "other_verdict": 0, "other_price": 0, "more": False, "few": True}
    assert asked(siti, "/work-relationships/maya-lund-abc", moves).json()["orders"] == same


def list_price(siti):
    price = siti.get("/prices?level=LIST&offering=coffee-machine").json()["items"][0]
    return {name: price[name] for name in ("id", "level", "method", "currency", "includes_tax")} | {
        "supplier": price["supplier"]["code"], "target_kind": "ITEM", "target": "coffee-machine",
        "value": price["value"], "valid_from": NEW_YEAR,
    }  # fmt: skip


def test_a_dearer_price_tells_what_typical_customers_would_pay_and_what_orders_of_late_would_have_cost(caller):
    siti = caller(SITI)
    price = list_price(siti)
    found = asked(siti, f"/prices/{price['id']}", price | {"value": "200.00"}).json()
    assert (found["on"], found["then"], found["offerings"], found["shown"]) == (ON.isoformat(), NEW_YEAR, 1, 1)
    outsider = next(each for each in found["prices"] if each["buyer"] == "OUTSIDER")
    assert outsider["offering"] == {"code": "coffee-machine", "name": "Coffee machine"}
    assert outsider["today"]["price"]["amount"] == price["value"]
    assert outsider["then"] == {
        "price": {"amount": "200.00", "currency": "EUR"},
        "includes_tax": True,
        "rule": f"{price['id']}@{NEW_YEAR}",
        "why_not": None,
    }
    assert outsider["changes"] is True
    (staff,) = found["orders"]
    assert (staff["kind"], staff["lines"], staff["unpriced"], found["more_orders"]) == ("staff", 1, 0, False)
    assert (staff["today"]["amount"], staff["then"]["amount"]) == ("90.75", "150.00")


def test_a_preview_tells_nobody_that_there_is_what_she_may_not_see(caller):
    maya, end = caller(MAYA), {"valid_until": NEW_YEAR}
    for facts, code in (("/holdings", "jkl-xyz"), ("/work", known.world().work["jonas-vik"][0].id)):
        for path in (f"{facts}/{code}/end", f"{facts}/none/end"):
            assert maya.post(path, end).status_code == 404
            assert asked(maya, path, end).status_code == 404


RAISE = {"supplier": "abc", "percent": "3.5", "rounded_to": "0.10", "valid_from": NEW_YEAR}


def test_a_price_list_raised_is_tried_first_and_then_made(caller):
    siti = caller(SITI)
    price = list_price(siti)
    found = asked(siti, "/price-raises", RAISE).json()
    outsider = next(each for each in found["prices"] if each["buyer"] == "OUTSIDER")
    assert (found["then"], found["offerings"], outsider["then"]["price"]["amount"]) == (NEW_YEAR, 1, "125.20")
    assert refused(asked(siti, "/price-raises", RAISE | {"percent": "0"})) == (422, "raise_without_percent")
    made = siti.post("/price-raises", RAISE | {"source": "board"})
    assert (made.status_code, made.json()["codes"]) == (201, [f"{price['id']}@{NEW_YEAR}"])
    then = siti.get(f"/prices?level=LIST&offering=coffee-machine&on={NEW_YEAR}").json()["items"][0]
    assert then["value"] == "125.20"
    (now,) = siti.get("/prices?level=LIST&offering=coffee-machine").json()["items"]
    assert now["value"] == price["value"]


def test_a_raise_of_prices_with_a_lowest_price_and_a_cap_on_the_saving_is_read(caller):
    siti = caller(SITI)
    bounded = {
        "id": "abc-rate", "level": "RATE", "supplier": "abc", "target_kind": "ITEM", "target": "coffee-machine",
        "method": "FIXED", "value": "100.00", "currency": "EUR", "floor_minimum": "80.00", "saving_max": "40.00",
    }  # fmt: skip
    assert siti.post("/prices", bounded).status_code == 201
    reference = siti.post("/price-raises", RAISE | {"level": "RATE"}).json()["reference"]
    (move,) = siti.get(f"/price-raises/{reference}").json()["moves"]
    assert (move["before"], move["was"]["amount"], move["becomes"]["amount"]) == ("abc-rate", "100.00", "103.50")


def test_a_raise_is_listed_read_and_taken_back_whole(caller):
    siti = caller(SITI)
    price = list_price(siti)
    reference = siti.post("/price-raises", RAISE | {"source": "board"}).json()["reference"]
    (listed,) = siti.get("/price-raises?supplier=abc").json()["items"]
    assert {name: listed[name] for name in ("reference", "percent", "valid_from", "prices", "source", "taken_back_at")} == {
        "reference": reference, "percent": "3.5", "valid_from": NEW_YEAR, "prices": 1, "source": "board",
        "taken_back_at": None,
    }  # fmt: skip
    (move,) = siti.get(f"/price-raises/{reference}").json()["moves"]
    assert (move["before"], move["after"]) == (price["id"], f"{price['id']}@{NEW_YEAR}")
    assert (move["was"]["amount"], move["becomes"]["amount"]) == ("121.00", "125.20")
    assert caller(MAYA).post(f"/price-raises/{reference}/take-back", {}).status_code == 404
    assert siti.post(f"/price-raises/{reference}/take-back", {"source": "not this year"}).status_code == 204
    then = siti.get(f"/prices?level=LIST&offering=coffee-machine&on={NEW_YEAR}").json()["items"][0]
    assert (then["id"], then["value"]) == (price["id"], price["value"])
    assert siti.get(f"/price-raises/{reference}").json()["taken_back_at"] is not None
    assert refused(siti.post(f"/price-raises/{reference}/take-back", {})) == (422, "raise_taken_back")


def test_a_raise_is_taken_back_without_the_prices_that_were_changed_since(caller):
    siti = caller(SITI)
    reference = siti.post("/price-raises", RAISE).json()["reference"]
    (move,) = siti.get(f"/price-raises/{reference}").json()["moves"]
    assert move["stays"] is None
    siti.post(f"/prices/{move['before']}/take-back", {"valid_from": NEW_YEAR})
    (move,) = siti.get(f"/price-raises/{reference}").json()["moves"]
    assert move["stays"]["code"] == "raise_price_taken_back"
    for body in ({}, {"changed_stay": True}):  # the only price it had: nothing is left to take back
        assert refused(siti.post(f"/price-raises/{reference}/take-back", body)) == (422, "raise_changed_since")


@pytest.mark.parametrize(
    "more", [{"less": "0.10", "rounded_to": "1", "category": "coffee"}, {"level": "LIST", "category": None}]
)
def test_a_raise_says_all_that_the_office_does(caller, more):
    assert caller(SITI).post("/price-raises", RAISE | more).status_code == 201


def test_a_price_that_ends_tells_why_there_is_none_then(caller):
    siti = caller(SITI)
    price = list_price(siti)
    found = asked(siti, f"/prices/{price['id']}/end", {"valid_until": NEW_YEAR}).json()
    outsider = next(each for each in found["prices"] if each["buyer"] == "OUTSIDER")
    assert (outsider["then"]["price"], outsider["difference"]) == (None, None)
    assert outsider["then"]["why_not"]["code"] == "list_price_missing"


def test_every_change_that_touches_prices_can_be_tried(caller):
    siti = caller(SITI)
    scheme = siti.get("/schemes").json()["items"][0]
    anew = {"id": scheme["id"], "supplier": "abc", "name": scheme["name"], "tenure_months": 600}
    cost = {"cost": {"amount": "70", "currency": "EUR"}, "valid_from": NEW_YEAR}
    tax = {"company": "abc", "tax_code": "STANDARD", "percent": "25", "valid_from": NEW_YEAR}
    item = {"name": "Coffee machine", "tax_code": "STANDARD"}
    for path, body in (
        ("/prices", list_price(siti) | {"id": "other", "quantity_min": 5}),
        ("/schemes", anew | {"id": "new-scheme"}),
        (f"/schemes/{scheme['id']}", anew | {"valid_from": NEW_YEAR}),
        (f"/schemes/{scheme['id']}/end", {"valid_until": NEW_YEAR}),
        ("/tax-rates", tax),
        ("/catalogue/offerings/coffee-machine", item),
        ("/catalogue/offerings/coffee-machine/cost", cost),
    ):
        answer = asked(siti, path, body)
        assert answer.status_code == 200, (path, answer.content)
        assert answer.json()["on"] == ON.isoformat()
    assert siti.get("/catalogue/offerings/coffee-machine").json()["tax_code"] == "STANDARD"


def test_a_preview_is_refused_as_the_change_would_be(caller):
    siti, maya = caller(SITI), caller(MAYA)
    too_much = {"owner": "jkl", "owned": "abc", "votes": "21"}
    assert refused(asked(siti, "/holdings", too_much)) == (422, "holdings_over_whole")
    assert refused(asked(siti, "/prices", list_price(siti))) == (422, "id_twice")
    assert refused(asked(maya, "/holdings", too_much)) == (403, "not_administrator_of")
    assert refused(asked(maya, "/prices", list_price(siti))) == (403, "not_catalogue_keeper")
    later = (ON + timedelta(days=9)).isoformat()
    assert asked(siti, "/holdings/ghost/end", {"valid_until": later}).status_code == 404


def test_shares_by_class_and_powers_tell_who_becomes_inside_or_outside_and_write_nothing(caller):
    siti = caller(SITI)
    siti.post("/companies", {"code": "acme", "name": "Acme", "currency": "EUR"})
    siti.post("/share-classes", {"code": "acme-a", "company": "acme", "issued": "100"})
    held = siti.post("/shareholdings", {"owner": "jkl", "share_class": "acme-a", "shares": "60"}).json()["code"]
    power = siti.post("/control-rights", {"target": "acme", "kind": "CONTRACT", "holder": "jkl"}).json()["code"]
    siti.post(f"/control-rights/{power}/end", {"valid_until": "2026-01-01"})
    numbers = {"votes_each": "1", "dividend_each": "1"}
    told = {
        path: [
            (each["valid_from"], each["inside"] > 0, each["outside"] > 0)
            for each in asked(siti, path, body).json()["companies"]
        ]
        for path, body in {
            "/share-classes": {"code": "acme-b", "company": "acme", "issued": "100", "valid_from": NEW_YEAR},
            "/share-classes/acme-a": numbers | {"issued": "200"},
            "/share-classes/acme-a/change": numbers | {"issued": "200", "valid_from": NEW_YEAR},
            "/shareholdings": {"owner": "abc", "share_class": "acme-a", "shares": "1"},
            f"/shareholdings/{held}": {"shares": "10", "valid_from": NEW_YEAR},
            f"/shareholdings/{held}/end": {"valid_until": NEW_YEAR},
            "/control-rights": {"target": "fjord", "kind": "CONTRACT", "holder": "abc", "valid_from": NEW_YEAR},
            f"/control-rights/{power}/end": {"valid_until": "2025-06-01"},
        }.items()
    }
    outside = [(NEW_YEAR, False, True)]
    assert told["/share-classes"] == told["/share-classes/acme-a/change"] == outside
    assert told[f"/shareholdings/{held}"] == told[f"/shareholdings/{held}/end"] == outside
    assert [found[1:] for found in told["/share-classes/acme-a"]] == [(False, True)] * len(
        told["/share-classes/acme-a"]
    )
    assert told["/shareholdings"] == []
    too_few = numbers | {"issued": "59", "valid_from": NEW_YEAR}
    assert refused(asked(siti, "/share-classes/acme-a/change", too_few)) == (422, "shares_over_issued")


def test_a_merger_tells_what_orders_would_be_before_it_is_entered_and_puts_nobody_outside(caller):
    siti = caller(SITI)
    merger = {"kind": "MERGER", "day": NEW_YEAR, "party": "xyz", "into": "abc"}
    found = asked(siti, "/reorganisations", merger).json()
    assert found["companies"] == []  # abc stands for xyz from that day on
    assert found["orders"] == {"asked": 1, "other_verdict": 0, "other_price": 1, "more": False, "few": True}
    named = {"kind": "RENAME", "day": NEW_YEAR, "party": "abc", "name": "ABC Stores"}
    assert asked(siti, "/reorganisations", named).json()["companies"] == []
    assert asked(siti, "/reorganisations", {"kind": "MERGER", "day": NEW_YEAR}).status_code == 422
