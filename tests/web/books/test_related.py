"""The page of related parties: who and how in words, the sums of the books, files, and the dealings with one of them."""

import pytest
from tests.builders import AT, HOUSE, given_work
from tests.cast import INES, LUCA, SITI
from tests.web.reading import words

from inward.core.classification import WorkKind
from inward.parties import operations as parties
from inward.parties.vocabulary import MarkKind, Purpose

YEAR = {"since": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def luca(house):
    house.order(INES, ("widget-a", 10), customer="abc")
    given_work("maya-lund", "xyz", kind=WorkKind.DIRECTOR)
    return house.browser(LUCA)


def test_each_related_party_stands_with_its_grounds_days_dealings_and_what_it_owes(luca):
    page = words(luca.get("/books/xyz/related/", YEAR))
    assert "Related parties, 1 January 2026 to 31 December 2026" in page
    assert "Judged by “Related parties, IAS 24”: nobody chose a rule for disclosure." in page
    assert "JKL Group Parent at the top 1 Jan 2026 to 31 Dec 2026 JKL Group holds 60% of XYZ Widgets" in page
    assert "ABC Retail Company of the same group" in page
    assert "Sales: €36.00 (1) €43.56 –" in page
    assert "Maya Lund Key management" in page
    assert "Nothing was bought by any of them for themselves." in page
    assert "Only the books of the other side hold it." not in page


def test_without_days_it_is_the_year_so_far(luca):
    assert "Related parties, 1 January 2026 to 24 November 2026" in words(luca.get("/books/xyz/related/"))


def test_the_rule_may_be_another_one(luca):
    page = words(luca.get("/books/xyz/related/", YEAR | {"rule": "strict_majority"}))
    assert "Judged by “Majority of votes”, the rule of your choice." in page
    assert "Solberg" not in page
    parties.choose_definition(by=HOUSE, at=AT, purpose=Purpose.DISCLOSURE, definition="strict_majority")
    assert "which was chosen for disclosure." in words(luca.get("/books/xyz/related/", YEAR))


@pytest.mark.parametrize(("given", "said"), [
    ({"since": "2027-01-01"}, "It ends (31 December 2026) before it begins (1 January 2027)."),
    ({"since": "2010-01-01"}, "Choose a span of at most 5 years."),
    ({"until": "9999-12-31"}, "Choose a span of at most 5 years."),
    ({"since": "soon"}, "Related parties"),
    ({"rule": "no-such"}, "Related parties"),
])  # fmt: skip
def test_what_makes_no_question_is_said_on_the_page(luca, given, said):
    answer = luca.get("/books/xyz/related/", YEAR | given)
    assert answer.status_code == 200
    assert said in words(answer)


def test_the_file_has_a_row_for_each_way_and_one_for_each_sum(luca):
    rows = b"".join(luca.get("/books/xyz/related/file.csv", YEAR).streaming_content).decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Related party,Code,Related as,From,To and including,Because,What")
    assert any(row.startswith("JKL Group,jkl,Parent,2026-01-01,2026-12-31,") for row in rows)
    assert "ABC Retail,abc,,,,,Sales,1,EUR,36.00,no" in rows
    assert "ABC Retail,abc,,,,,Owed to us at the end,,EUR,43.56," in rows
    assert luca.get("/books/xyz/related/file.xlsx", YEAR).status_code == 200
    assert luca.get("/books/xyz/related/file.txt", YEAR).status_code == 404
    assert luca.get("/books/xyz/related/file.csv", YEAR | {"since": "soon"}).status_code == 404


def test_the_dealings_with_one_party_lead_to_their_postings(luca):
    page = luca.get("/books/xyz/related/", YEAR).content.decode()
    assert 'href="/books/xyz/related/abc/?since=2026-01-01&amp;until=2026-12-31"' in page
    found = luca.get("/books/xyz/related/abc/", YEAR)
    assert "Dealings with ABC Retail, 1 January 2026 to 31 December 2026" in words(found)
    assert "Sales" in words(found)
    assert "€36.00" in words(found)
    assert "/books/entries/" in found.content.decode()
    assert "Nothing was dealt in these days." in words(luca.get("/books/xyz/related/jkl/", YEAR))
    assert luca.get("/books/xyz/related/abc/", YEAR | {"since": "soon"}).status_code == 404


def test_whoever_may_choose_rules_is_led_to_them_and_others_are_not(house, luca):
    assert "Choose one" not in words(luca.get("/books/xyz/related/", YEAR))
    assert house.browser(SITI).get("/books/xyz/related/", YEAR).status_code == 404


def test_a_director_who_is_confidential_to_the_reader_is_told_without_her_name_and_nothing_else_changes(house, luca):
    parties.mark_person(
        by=HOUSE, at=AT, person="maya-lund", kind=MarkKind.PROTECTED_ADDRESS, reason="court order", valid_from=AT.date()
    )
    asked = luca.get("/books/xyz/related/", YEAR)
    page = words(asked)
    assert "Maya" not in page
    assert "maya-lund" not in asked.content.decode()
    assert "Key management" in page
    rows = b"".join(luca.get("/books/xyz/related/file.csv", YEAR).streaming_content).decode("utf-8-sig")
    assert "Maya" not in rows
    assert "maya-lund" not in rows
