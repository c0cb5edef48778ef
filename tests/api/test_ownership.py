"""Ownership as it is over HTTP: bands, classes, shares, powers, and where the sources differ."""

from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE
from tests.cast import MAYA, SITI

from inward.core.terms import ALWAYS
from inward.parties import operations
from inward.parties.models import Holding
from inward.parties.operations import Source
from inward.parties.vocabulary import SourceRank
from inward.parties.worldfiles import HoldingRow, Place

COMPANY = {"code": "acme", "name": "Acme", "currency": "NOK", "kind": "FUND"}


@pytest.fixture
def siti(caller):
    found = caller(SITI)
    assert found.post("/companies", COMPANY).status_code == 201
    return found


def test_a_company_says_what_sort_of_body_it_is(siti):
    assert siti.get("/companies/acme").json()["company"]["kind"] == "FUND"


def test_a_band_goes_in_and_comes_out(siti):
    share = {
        "owner": "jkl",
        "owned": "acme",
        "votes": "25",
        "votes_high": "50",
        "votes_low_open": True,
        "capital": "40",
    }
    code = siti.post("/holdings", share | {"rank": "SUPPLIED"}).json()["code"]
    found = siti.get(f"/holdings/{code}").json()
    names = ("votes", "votes_high", "votes_low_open", "votes_high_open", "capital", "capital_high", "told_by", "rank")
    assert [found[name] for name in names] == ["25", "50", True, False, "40", None, "", "SUPPLIED"]
    assert siti.post(f"/holdings/{code}/end", {"valid_until": "2027-01-01"}).status_code == 204
    assert Holding.objects.current().get(code=code).rank == "SUPPLIED"


def test_classes_and_the_shares_in_them(siti):
    made = {"code": "acme-a", "company": "acme", "name": "A", "issued": "100", "votes_each": "10"}
    assert siti.post("/share-classes", made).json() == {"code": "acme-a"}
    assert siti.get("/share-classes/acme-a").json()["votes_each"] == "10"
    held = {"owner": "jkl", "share_class": "acme-a", "shares": "60"}
    code = siti.post("/shareholdings", held).json()["code"]
    fewer = {"issued": "59", "votes_each": "1", "dividend_each": "1"}
    assert siti.patch("/share-classes/acme-a", fewer).json()["type"] == "/problems/shares_over_issued"
    assert siti.patch("/share-classes/acme-a", fewer | {"issued": "80"}).status_code == 204
    later = siti.patch(f"/shareholdings/{code}", {"shares": "50", "valid_from": "2026-07-01"}).json()["code"]
    assert siti.post(f"/shareholdings/{later}/end", {"valid_until": "2027-01-01"}).status_code == 204
    found = siti.get("/shareholdings?on=2026-08-01&company=acme").json()["items"]
    assert [(one["code"], one["shares"], one["valid_until"]) for one in found] == [(later, "50", "2027-01-01")]
    assert [one["issued"] for one in siti.get("/share-classes?company=acme").json()["items"]] == ["80"]
    assert siti.get(f"/shareholdings/{code}").json()["valid_until"] == "2026-07-01"


def test_a_class_changes_from_a_day_on_and_the_days_before_stay(siti):
    siti.post("/share-classes", {"code": "acme-a", "company": "acme", "name": "A", "issued": "100"})
    held = siti.post("/shareholdings", {"owner": "jkl", "share_class": "acme-a", "shares": "60"}).json()["code"]
    more = {"name": "A", "issued": "200", "votes_each": "1", "dividend_each": "1", "valid_from": "2026-07-01"}
    assert siti.post("/share-classes/acme-a/change", more).json() == {"code": "acme-a-2"}
    days = {"2026-06-30": ("100", "", None), "2026-07-01": ("200", "acme-a", "2026-07-01")}
    for day, (issued, first, since) in days.items():
        (found,) = siti.get(f"/share-classes?on={day}&company=acme").json()["items"]
        assert (found["issued"], found["version_of"], found["valid_from"]) == (issued, first, since)
    assert siti.get(f"/shareholdings/{held}").json()["share_class"] == "acme-a"
    verdicts = [
        siti.get(f"/standing?supplier=acme&customer=jkl&on={day}").json()["standing"]
        for day in ("2026-06-30", "2026-07-01")
    ]
    assert verdicts == ["internal", "external"]
    fewer = more | {"issued": "59", "valid_from": "2026-08-01"}
    assert siti.post("/share-classes/acme-a-2/change", fewer).json()["type"] == "/problems/shares_over_issued"


def test_a_power_is_recorded_and_ended(siti):
    power = {"target": "acme", "kind": "JOINT_CONTROL", "holder": "jkl", "agreement": "deal"}
    code = siti.post("/control-rights", power).json()["code"]
    assert siti.get(f"/control-rights/{code}").json()["agreement"] == "deal"
    assert siti.post(f"/control-rights/{code}/end", {"valid_until": "2027-01-01"}).status_code == 204
    found = siti.get("/control-rights?target=acme").json()["items"]
    assert [(one["kind"], one["valid_until"]) for one in found] == [("JOINT_CONTROL", "2027-01-01")]
    assert siti.post("/control-rights", {"target": "acme", "kind": "LAW"}).json()["type"] == "/problems/field_missing"


def test_every_version_of_powers_classes_and_shares_is_told_and_pages(siti, caller):
    siti.post("/share-classes", {"code": "acme-a", "company": "acme", "issued": "100", "votes_each": "1/3"})
    siti.patch("/share-classes/acme-a", {"issued": "90", "votes_each": "1", "dividend_each": "2", "source": "minutes"})
    now, before = siti.get("/share-classes/acme-a/versions").json()["items"]
    assert (now["says"], now["source"], now["known_until"]) == (
        {"issued": "90", "votes_each": "1", "dividend_each": "2"}, "minutes", None,
    )  # fmt: skip
    assert (before["says"]["votes_each"], before["known_until"]) == ("1/3", now["known_from"])
    held = siti.post("/shareholdings", {"owner": "jkl", "share_class": "acme-a", "shares": "60"}).json()["code"]
    siti.post(f"/shareholdings/{held}/end", {"valid_until": "2027-01-01"})
    versions = siti.get(f"/shareholdings/{held}/versions?limit=1").json()
    assert [(each["says"], each["valid_until"]) for each in versions["items"]] == [({"shares": "60"}, "2027-01-01")]
    assert (
        siti.get(f"/shareholdings/{held}/versions?cursor={versions['next']}").json()["items"][0]["valid_until"] is None
    )
    right = siti.post("/control-rights", {"target": "acme", "kind": "DE_FACTO", "holder": "jkl"}).json()["code"]
    (only,) = siti.get(f"/control-rights/{right}/versions").json()["items"]
    assert only["says"] == {"kind": "DE_FACTO"}
    maya = caller(MAYA)
    for address in ("/share-classes/acme-a", f"/shareholdings/{held}", f"/control-rights/{right}"):
        assert maya.get(f"{address}/versions").status_code == 404
        assert siti.get(f"{address.rpartition('/')[0]}/nothing/versions").status_code == 404


def test_where_sources_differ_both_are_told(siti):
    row = HoldingRow(Place("psc.txt", 1), "psc:1", "jkl", "xyz", Fraction(1, 10), None, ALWAYS, "")
    said = Source("PSC", register="psc", rank=SourceRank.SUPPLIED)
    operations.record_ownership(by=HOUSE, at=AT, source=said, rows=[row])
    (found,) = siti.get("/differences").json()["items"]
    (difference,) = found["differences"]
    assert (found["company"]["code"], difference["about"]) == ("xyz", "SHARE")
    assert [(one["percent"], one["told_by"]) for one in difference["decides"]] == [("60", "")]
    assert [(one["percent"], one["told_by"]) for one in difference["gives_way"]] == [("10", "psc")]


def test_whoever_looks_after_no_records_sees_none(siti, caller):
    siti.post("/control-rights", {"target": "acme", "kind": "TOP"})
    maya = caller(MAYA)
    for path in ("/control-rights", "/share-classes", "/shareholdings", "/differences"):
        assert maya.get(path).json()["items"] == []
    assert maya.get("/control-rights/acme-top").status_code == 404
