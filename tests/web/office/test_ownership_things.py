"""Ownership as it is, in the office: bands, classes, shares, powers, and where the sources differ."""

from datetime import date
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, given_company, nothing_written
from tests.cast import SITI
from tests.web.office.test_office import previewed, saved
from tests.web.reading import words

from inward.core.classification import Band, RightKind
from inward.core.terms import ALWAYS
from inward.parties import operations, queries
from inward.parties.models import ControlRight, Holding, Registration, ShareClass, Shareholding
from inward.parties.operations import Source
from inward.parties.vocabulary import SourceRank
from inward.parties.worldfiles import HoldingRow, Place, RightRow

NEW = ("share-classes", "shareholdings", "powers", "differences")


@pytest.fixture
def client(house):
    given_company("acme")
    operations.record_share_class(
        by=HOUSE, at=AT, code="acme-a", company="acme", issued=Fraction(100), name="A", valid_from=LONG_AGO
    )
    operations.record_shareholding(
        by=HOUSE, at=AT, owner="jkl", share_class="acme-a", shares=Fraction(40), valid_from=LONG_AGO
    )
    operations.record_right(by=HOUSE, at=AT, target="acme", kind=RightKind.CONTRACT, holder="jkl", valid_from=LONG_AGO)
    said = Source("PSC, May", register="psc", rank=SourceRank.SUPPLIED)
    here = Place("psc.txt", 1)
    rows = [
        HoldingRow(here, "psc:1", "jkl", "xyz", Fraction(1, 10), None, ALWAYS, ""),
        RightRow(here, "psc:2", "acme", RightKind.TOP, None, "", None, ALWAYS, ""),
    ]
    operations.record_ownership(by=HOUSE, at=AT, source=said, rows=rows)
    browser = house.browser(SITI)
    browser.post("/language/", {"language": "en", "next": "/"})
    return browser


@pytest.mark.parametrize("thing", NEW)
def test_every_list_opens_and_downloads(client, thing):
    assert client.get(f"/office/{thing}/").status_code == 200
    for form_ in ("csv", "xlsx"):
        assert client.get(f"/office/{thing}/-/list.{form_}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "share-classes/acme-a/",
        "shareholdings/jkl-acme-a/",
        "powers/jkl-acme-contract/",
        "differences/xyz/",
        "companies/acme/",
        "holdings/psc:1/",
    ],
)
def test_every_page_and_history_opens(client, address):
    assert client.get(f"/office/{address}").status_code == 200
    assert client.get(f"/office/{address}history/").status_code == 200


def test_a_band_is_typed_and_shown_in_words(client):
    page = saved(
        client, "/office/holdings/-/new/record/", owner="jkl", owned="acme", percent=">25..50", rank="SUPPLIED"
    )
    assert "more than 25%, at most 50%" in words(page)
    assert "as the company says itself" in words(page)
    fact = Holding.objects.get(owned__code="acme")
    assert (fact.votes, fact.votes_high, fact.votes_low_open, fact.rank) == (
        Fraction(1, 4),
        Fraction(1, 2),
        True,
        "SUPPLIED",
    )
    page = client.get(f"/office/holdings/{fact.code}/do/change/")
    assert ">25..50" in page.content.decode().replace("&gt;", ">")


@pytest.mark.parametrize("typed", ["50..25", "lots..50", ">50..50", "..200"])
def test_a_band_in_which_nothing_lies_is_sent_back(client, typed):
    with nothing_written():
        page = previewed(client, "/office/holdings/-/new/record/", owner="jkl", owned="acme", percent=typed)
    assert "Nothing is saved yet." not in words(page)


def test_what_another_source_says_cannot_be_changed_here(client):
    assert client.get("/office/holdings/psc:1/do/change/").status_code == 404
    assert client.get("/office/powers/psc:2/do/end/").status_code == 404


def test_where_sources_differ_both_are_told_with_whose_word_it_is(client):
    told = words(client.get("/office/differences/"))
    assert "how much an owner holds" in told
    assert "JKL Group: 60% (own register)" in told
    assert "JKL Group: 10% (psc (as the company says itself))" in told
    assert queries.differences()[0].company == "xyz"
    assert "JKL Group: 10%" in words(client.get("/office/differences/xyz/"))
    assert client.get("/office/differences/abc/").status_code == 404


def test_a_class_and_its_shares_are_recorded_with_what_they_turn(client):
    saved(
        client, "/office/share-classes/-/new/record/", company="acme", code="acme-b", issued="10", votes_each="1",
        dividend_each="0,5", name="B",
    )  # fmt: skip
    assert ShareClass.objects.get(code="acme-b").dividend_each == Fraction(1, 2)
    page = saved(client, "/office/share-classes/acme-a/do/correct/", issued="90", votes_each="1", dividend_each="1")
    assert "The correction is kept." in words(page)
    url = "/office/share-classes/acme-a/do/change/"
    asked = {"name": "A", "issued": "75", "votes_each": "1", "dividend_each": "1", "valid_from": "2025-06-01"}
    assert "inside" in words(previewed(client, url, **asked))
    assert "The change is kept." in words(saved(client, url, **asked))
    later = client.get("/office/share-classes/acme-a-2/")
    assert "Version of acme-a" in words(later)
    assert "On other days 90 shares of 1 votes, " in words(later)
    first = client.get("/office/share-classes/acme-a/")
    assert "/office/share-classes/acme-a-2/" in first.content.decode()
    assert words(first).count("On other days") == 1
    found = client.get("/office/shareholdings/").content.decode()
    assert ("acme-a" in found, "acme-a-2" in found) == (True, False)
    saved(client, "/office/share-classes/acme-a-2/do/change/", **asked | {"issued": "90"})
    page = previewed(client, "/office/shareholdings/jkl-acme-a/do/change/", shares="80", valid_from="2026-01-01")
    assert "become inside" in words(page) or "becomes inside" in words(page)
    saved(client, "/office/shareholdings/jkl-acme-a/do/change/", shares="80", valid_from="2026-01-01")
    saved(client, "/office/shareholdings/jkl-acme-a-2/do/end/", valid_until="2026-12-31")
    assert sorted(Shareholding.objects.current().values_list("shares", "valid_until")) == [
        (Fraction(40), date(2026, 1, 1)),
        (Fraction(80), date(2027, 1, 1)),
    ]
    saved(client, "/office/shareholdings/-/new/record/", owner="abc", share_class="acme-b", shares="3")
    assert Shareholding.objects.get(owner__code="abc").shares == 3


def test_a_power_is_recorded_and_ended(client):
    saved(
        client, "/office/powers/-/new/record/", target="acme", kind="JOINT_CONTROL", holder="jkl", agreement="deal",
    )  # fmt: skip
    fact = ControlRight.objects.get(kind="JOINT_CONTROL")
    assert (fact.agreement, fact.holder.code) == ("deal", "jkl")
    saved(client, f"/office/powers/{fact.code}/do/end/", valid_until="2026-12-31")
    assert ControlRight.objects.current().get(kind="JOINT_CONTROL").valid_until == date(2027, 1, 1)


def test_a_company_may_be_a_fund(client):
    page = saved(client, "/office/companies/acme/do/change/", kind="FUND", valid_from="2026-01-01")
    assert "fund" in words(page)
    assert Registration.objects.current().get(company__code="acme", valid_until=None).kind == "FUND"
    assert queries.world().company["acme"].kind.value == "FUND"


def test_the_page_inside_tells_bands_powers_and_what_is_not_known(client):
    given_company("unseen")
    operations.record_holding(
        by=HOUSE, at=AT, owner="jkl", owned="unseen", votes=Band(Fraction(1, 4), Fraction(3, 4)), valid_from=LONG_AGO
    )
    page = words(client.get("/inside/?supplier=unseen&customer=jkl&on=2026-05-01&rule=strict_majority"))
    assert "at least 25%, at most 75%" in page
    assert "Not known" in page
    page = words(client.get("/inside/?supplier=acme&customer=jkl&on=2026-05-01&rule=ifrs_consolidation"))
    assert "contract" in page
