"""The data quality board: counts first, every finding one click from its form, left with a reason and counted again."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import AT, HOUSE, given_actor, given_company, given_person, given_user, given_work
from tests.cast import MAYA, SITI
from tests.web.reading import words

from inward.core.terms import ALWAYS
from inward.parties import operations, quality
from inward.parties.models import LeftFinding, WorkRelationship
from inward.parties.operations import Source
from inward.parties.vocabulary import SourceRank
from inward.parties.worldfiles import HoldingRow, Place

pytestmark = pytest.mark.django_db
STATEMENTS_MAX = 12


@pytest.fixture
def client(house):
    given_company("bare", "Bare Ltd", country="")
    given_person("ann", "Ann Moe")
    given_work("ann", "bare")
    return house.browser(SITI)


def key():
    return WorkRelationship.objects.get(person__code="ann").pk


def test_the_board_counts_what_is_wrong_and_names_what_is_in_order(client):
    page = client.get("/office/quality/")
    assert {line.title: line.findings for line in page.context["wrong"]}["People without a department"] == 1
    assert "Ownership in a circle" in page.context["well"]
    assert 'href="/office/quality/no_unit/"' in page.content.decode()
    assert 'href="/office/quality/"' in client.get("/office/").content.decode()


@pytest.mark.parametrize("check", quality.checks())
def test_every_finding_leads_to_a_form_that_opens(client, check):
    left = given_user("gone", person=given_person("lea", "Lea Dahl"))
    assert left
    given_work("lea", "bare", valid_until=AT.date())
    page = client.get(f"/office/quality/{check}/")
    assert page.status_code == 200
    assert [row.url for row in page.context["rows"] if client.get(row.url).status_code != 200] == []


def test_the_form_is_filled_in(client):
    (row,) = client.get("/office/quality/no_unit/").context["rows"]
    assert row.sentence == "Ann Moe works for Bare Ltd without a department."
    assert f'value="{AT.date().isoformat()}"' in client.get(row.url).content.decode()


def test_where_sources_differ_the_finding_leads_to_what_each_of_them_says(client):
    said = Source("PSC, May", register="psc", rank=SourceRank.SUPPLIED)
    rows = [HoldingRow(Place("psc.txt", 1), "psc:1", "jkl", "xyz", Fraction(1, 10), None, ALWAYS, "")]
    operations.record_ownership(by=HOUSE, at=AT, source=said, rows=rows)
    (row,) = client.get("/office/quality/sources_differ/").context["rows"]
    told = words(client.get(row.url))
    assert "JKL Group: 10%" in told
    assert client.get("/office/quality/share_twice/").context["rows"] == []


def test_left_with_a_reason_it_is_counted_no_more_until_it_is_taken_up(client):
    said = {"key": key(), "reason": "On every floor.", "until": "2100-01-01"}
    page = client.post("/office/quality/no_unit/leave/", said, follow=True)
    assert "It is left as it is" in words(page)
    assert page.context["rows"] == []
    (row,) = client.get("/office/quality/no_unit/?left=yes").context["rows"]
    assert row.left == "On every floor."
    page = client.post("/office/quality/no_unit/again/", {"key": key()}, follow=True)
    assert [row.key for row in page.context["rows"]] == [str(key())]
    assert not LeftFinding.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Say why this stays as it is."),
        ({"until": "soon"}, "soon"),
        ({"until": "2001-01-01"}, "after today"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(client, wrong, sentence):
    said = {"key": key(), "reason": "On every floor.", "until": ""} | wrong
    assert sentence in words(client.post("/office/quality/no_unit/leave/", said, follow=True))
    assert not LeftFinding.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "²", "1" * 30, "1"])
def test_a_finding_there_is_not_is_not_there(client, number):
    said = {"key": number, "reason": "No."}
    assert client.post("/office/quality/no_unit/leave/", said).status_code == 404
    assert client.post("/office/quality/no_unit/again/", said).status_code == 404
    assert client.get("/office/quality/bees/").status_code == 404


def test_who_looks_after_no_records_leaves_nothing(client, house):
    maya = house.browser(MAYA)
    assert maya.post("/office/quality/no_unit/leave/", {"key": key(), "reason": "No."}).status_code == 404
    assert maya.post("/office/quality/no_unit/again/", {"key": key()}).status_code == 404
    assert not LeftFinding.objects.exists()


def test_the_days_before_are_for_those_who_look_after_everything(client, house):
    operations.count_findings(by=HOUSE, at=AT)
    operations.count_findings(by=HOUSE, at=AT + timedelta(days=1))
    given_actor("keeper", ("DATA_ADMINISTRATOR", "bare"))
    assert len(client.get("/office/quality/").context["days"]) in {0, 2}


@pytest.mark.parametrize(
    "address", ["/office/quality/", "/office/quality/no_unit/", "/office/quality/no_unit/?left=yes"]
)
def test_a_page_asks_the_database_few_things(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= STATEMENTS_MAX, [each["sql"] for each in asked]
