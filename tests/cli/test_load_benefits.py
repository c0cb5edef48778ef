"""``inward load FILE --as benefit-rules``: every file or none, and a report that says what became of it."""

import json
from pathlib import Path

import pytest
from tests.builders import nothing_written
from tests.ledger.test_benefit_rules import NORWAY, norway

from inward.cli import examining
from inward.cli.main import main
from inward.kit import kept
from inward.ledger.models import BenefitRule

pytestmark = pytest.mark.django_db


def load(capsys, *arguments) -> tuple[int, list[str]]:
    status = main(["load", *map(str, arguments), "--as", "benefit-rules"])
    return status, capsys.readouterr().out.splitlines()


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "no.json"
    path.write_text(json.dumps(norway()), encoding="utf-8")
    return path


def test_a_file_is_loaded_and_again_changes_nothing(capsys, file):
    told = "no.json: NO: 1 new versions (0 in the place of one of the same day), 0 ended, 0 as known, written"
    assert load(capsys, file) == (0, [told])
    kept = BenefitRule.objects.get()
    assert (kept.source, kept.loaded_by, len(kept.file_sha256)) == ("no.json", "system:load", 64)
    again = "no.json: NO: 0 new versions (0 in the place of one of the same day), 0 ended, 1 as known, nothing written"
    with nothing_written():
        assert load(capsys, file) == (0, [again])


def test_a_dry_run_writes_nothing(capsys, file):
    with nothing_written():
        status, lines = load(capsys, file, "--dry-run")
    assert (status, lines[0][-15:]) == (0, "nothing written")


def test_of_a_folder_all_files_are_taken_or_none(capsys, file):
    wrong = norway("11000", "2028-01-01")
    wrong["rules"][0]["example"]["exempt"] = "1"
    (file.parent / "wrong.json").write_text(json.dumps(wrong), encoding="utf-8")
    with nothing_written():
        status, lines = load(capsys, file.parent)
    assert status == 1
    assert lines[0].startswith("wrong.json: rule no-staff-discount: The example of no-staff-discount says")
    assert lines[1:] == ["Nothing was written."]
    (file.parent / "wrong.json").write_text(json.dumps(NORWAY | {"jurisdiction": "SE"}), encoding="utf-8")
    status, lines = load(capsys, file.parent)
    assert (status, len(lines)) == (0, 2)
    assert BenefitRule.objects.count() == 4


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        ("{", "no.json: "),
        ("[]", "no.json: "),
        ('{"jurisdiction": "NO", "currency": "NOK", "ruels": []}', "no.json: ruels: "),
    ],
)
def test_a_file_that_cannot_be_read_is_said_with_the_place(capsys, file, content, begins):
    file.write_text(content, encoding="utf-8")
    with nothing_written():
        status, lines = load(capsys, file)
    assert (status, lines[0].startswith(begins), lines[1]) == (1, True, "Nothing was written.")


def test_a_folder_without_files_is_said(capsys, tmp_path):
    status, lines = load(capsys, tmp_path)
    assert status == 1
    assert lines == [f"{tmp_path.name}: There is no JSON file in {tmp_path}.", "Nothing was written."]


def test_a_file_is_taken_back_and_what_was_not_loaded_is_refused(capsys, file):
    status, lines = load(capsys, file, "--take-back")
    assert (status, lines[-1]) == (1, "Nothing was written.")
    assert "was not loaded like this" in lines[0]
    load(capsys, file)
    with nothing_written():
        assert load(capsys, file, "--take-back", "--dry-run")[1] == [
            "no.json: NO: 1 versions taken back, nothing written"
        ]
    assert load(capsys, file, "--take-back") == (0, ["no.json: NO: 1 versions taken back, written"])
    assert BenefitRule.objects.current().count() == 0


def test_the_doctor_names_the_country_whose_rules_are_at_odds(capsys, file):
    assert examining.EXAMINATIONS["rules on taxable benefit"]().found == "of GB, ID, IT, NL, NO, US"
    load(capsys, file)
    row = BenefitRule.objects.get()
    row.body["rules"][0]["id"] = "no-other"
    BenefitRule.objects.filter(pk=row.pk).update(body=row.body)
    kept.forget_all()
    finding = examining.EXAMINATIONS["rules on taxable benefit"]()
    assert (finding.well, finding.found.startswith("NO: no-other and no-staff-discount would both hold")) == (
        False,
        True,
    )
