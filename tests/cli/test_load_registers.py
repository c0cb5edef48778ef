"""``inward load FILE --as REGISTER``: the shelf, what the world takes, and the report a person can act on."""

import json
from pathlib import Path

import pytest
from tests.builders import given_company, nothing_written

from inward.cli.main import main
from inward.parties.models import Holding, Party, RegisterFact

pytestmark = pytest.mark.django_db


def statement(kind, record, details):
    return {
        "statementId": f"s-{record}",
        "statementDate": "2024-01-01",
        "recordType": kind,
        "recordId": record,
        "recordStatus": "new",
        "recordDetails": details,
    }


def company(record, name, number):
    return statement("entity", record, {"name": name, "identifiers": [{"scheme": "GB-COH", "id": number}]})


def holds(record, owner, owned, percent):
    share = {"type": "votingRights", "directOrIndirect": "direct", "share": {"exact": percent}}
    return statement("relationship", record, {"subject": owned, "interestedParty": owner, "interests": [share]})


@pytest.fixture
def package(tmp_path) -> Path:
    given_company("a", "Alpha Ltd", register_number="111")
    given_company("b", "Beta Ltd", register_number="222")
    statements = [
        company("ra", "Alpha", "111"),
        company("rb", "Beta", "222"),
        company("rc", "Beta Ltd", "333"),
        holds("ab", "ra", "rb", 60),
        holds("bc", "rb", "rc", 60),
        {"recordType": "sonnet"},
    ]
    path = tmp_path / "package.json"
    path.write_text(json.dumps(statements), encoding="utf-8")
    return path


def load(capsys, *arguments) -> tuple[int, list[str]]:
    status = main(["load", *map(str, arguments)])
    return status, capsys.readouterr().out.splitlines()


def test_a_package_is_shelved_and_the_world_takes_what_it_says_of_known_companies(capsys, package) -> None:
    status, lines = load(capsys, package, "--as", "bods")

    assert (status, lines) == (
        0,
        [
            "package.json:6: The record is of no shape that is known here.",
            "shelf: 3 entities and 2 facts told, 5 new or changed, 0 taken back, 1 findings",
            "not matched: rc Beta Ltd 333; of the same name: b",
            (
                "organisation: 2 companies matched, 0 new, 1 records new or changed, 0 withdrawn, 0 refused, "
                "1 left on the shelf: an end matches nobody"
            ),
        ],
    )
    assert [holding.owned.code for holding in Holding.objects.current()] == ["b"]


def test_with_new_companies_what_is_tied_to_known_ones_comes_in(capsys, package) -> None:
    status, lines = load(capsys, package, "--as", "bods", "--new-companies")

    assert status == 0
    assert "2 companies matched, 1 new" in lines[-1]
    assert {party.code for party in Party.objects.all()} == {"a", "b", "rc"}


def test_a_dry_run_tells_the_same_and_keeps_nothing(capsys, package) -> None:
    with nothing_written():
        status, lines = load(capsys, package, "--as", "bods", "--dry-run")

    assert status == 0
    assert lines[-1] == "This was a dry run: nothing was written."
    assert lines[-2].startswith("organisation: 2 companies matched, 0 new, 1 records")
    assert not RegisterFact.objects.exists()


def test_a_file_that_cannot_be_read_on_says_why_and_ends_with_1(capsys, tmp_path) -> None:
    bomb = tmp_path / "lei.xml"
    bomb.write_text('<!DOCTYPE lei [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><lei>&b;</lei>', encoding="utf-8")

    status, lines = load(capsys, bomb, "--as", "gleif")

    assert status == 1
    assert lines[0].startswith("lei.xml: The file declares a document type.")
    assert lines[1] == "What came before it is on the shelf."


def test_a_list_of_subsidiaries_belongs_to_its_filer(capsys, tmp_path) -> None:
    given_company("a", "Alpha Ltd")
    (tmp_path / "ex21.txt").write_text("Works One LLC   Delaware   80%\n", encoding="utf-8")

    status, lines = load(capsys, tmp_path / "ex21.txt", "--as", "exhibit21", "--filer", "a", "--new-companies")

    assert status == 0
    assert "1 companies matched, 1 new, 3 records new or changed" in lines[-1]
    assert Holding.objects.current().get().owned.code == "a-works-one-llc"


def test_many_findings_are_summed_up(capsys, tmp_path) -> None:
    (tmp_path / "psc.txt").write_text("{}\n" * 101, encoding="utf-8")

    _, lines = load(capsys, tmp_path / "psc.txt", "--as", "psc")

    assert len(lines) == 103
    assert lines[100] == "101 findings, the first 100 above: source_record_unknown 101"
