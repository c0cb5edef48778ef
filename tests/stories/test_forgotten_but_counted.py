"""Maya has bought, was charged, and leaves. Her name is forgotten; every figure stays, and no export names her."""

import csv
from collections import defaultdict
from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE
from tests.cast import MAYA
from tests.cli.test_commands import run
from tests.shop import given_the_house

from inward.kit import audit, worker
from inward.kit.models import AuditRow
from inward.ledger import operations as ledger
from inward.ledger import queries as books
from inward.parties import operations as parties
from inward.parties import queries as known

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = AT + timedelta(days=1)
COMPANIES = ("abc", "xyz", "jkl")


def tables(capsys, folder):
    """Every table for analysis as the command writes it, by name."""
    assert run(capsys, "export", "tables", str(folder))[0] == 0
    read = {path.stem: list(csv.DictReader(path.open(encoding="utf-8"))) for path in folder.iterdir()}
    return {name: sorted(rows, key=lambda row: list(row.values())) for name, rows in read.items()}


def sums(found):
    """Every sum over every column of whole numbers, and how many rows each table has."""
    totals = defaultdict(int)
    for name, rows in found.items():
        totals[name] = len(rows)
        for row in rows:
            for column, cell in row.items():
                if cell.lstrip("-").isdigit():
                    totals[name, column] += int(cell)
    return totals


def texts(folder):
    """All that stands in the files of a folder."""
    return "".join(path.read_text(encoding="utf-8") for path in folder.iterdir()).casefold()


def balances():
    """Every account of every book with what moved on it."""
    found = [books.trial_balance(viewer=HOUSE, at=LATER, company=company) for company in COMPANIES]
    assert found[0]
    return found


@pytest.fixture
def _maya_left():
    house = given_the_house()
    for turn in ("first", "second"):
        house.order(MAYA, ("coffee-machine", 1), key=turn)
    for company in COMPANIES:
        while ledger.number_entries(by=HOUSE, at=AT, company=company):
            pass
    work = known.world().work["maya-lund"][0].id
    parties.end_work(by=HOUSE, at=AT, work=work, valid_until=AT.date())


def forget():
    code = parties.erase_person(by=HOUSE, at=LATER, person="maya-lund", reason="Asked for it.")
    worker.drain()
    return code


@pytest.mark.usefixtures("_maya_left")
def test_every_sum_is_the_same_after_her_name_is_forgotten(capsys, tmp_path):
    before, moved = tables(capsys, tmp_path / "before"), balances()
    rows = list(AuditRow.objects.order_by("id").values())
    forget()
    after = tables(capsys, tmp_path / "after")
    locked = [row.pop("active") for row in before["users"]].count("yes")
    assert [row.pop("active") for row in after["users"]].count("yes") == locked - 1
    told = {"notices"}  # letters to others may be due in between
    assert {name: rows for name, rows in after.items() if name not in told} == {
        name: rows for name, rows in before.items() if name not in told
    }
    assert (len(after["orders"]), sums(after)["orders", "total_minor"]) == (2, 2 * 9075)
    assert (len(after["entry_lines"]) > 0, sums(after)["entry_lines", "functional_minor"]) == (True, 0)
    assert after["allowances_used"] == [
        {"scheme": "abc-staff", "limit": "", "period": "2026", "currency": "EUR", "people": "1", "used_minor": "18150", "used_units": "2"}
    ]  # fmt: skip
    assert balances() == moved
    kept = AuditRow.objects.filter(id__in=[row["id"] for row in rows]).order_by("id")
    for row, was in zip(kept.values(), rows, strict=True):
        assert {name: row[name] for name in ("subject", "act", "thing", "facts")} == {
            name: was[name] for name in ("subject", "act", "thing", "facts")
        }
    assert audit.verify().whole


@pytest.mark.usefixtures("_maya_left")
def test_no_file_that_leaves_names_her_afterwards(capsys, tmp_path):
    run(capsys, "export", "world", str(tmp_path / "before"))
    assert "maya" in texts(tmp_path / "before")
    code = forget()
    for what in ("world", "tables"):
        assert run(capsys, "export", what, str(tmp_path / what))[0] == 0
    (tmp_path / "journals").mkdir()
    for company in COMPANIES[:1]:
        assert run(capsys, "export", "journal", company, str(tmp_path / "journals" / company))[0] == 0
    left = {what: texts(tmp_path / what) for what in ("world", "tables", "journals")}
    assert [what for what, text in left.items() if "maya" in text or "lund" in text] == []
    assert (code in left["world"], code in left["tables"]) == (True, False)


@pytest.mark.usefixtures("_maya_left")
def test_tables_for_analysis_never_named_her(capsys, tmp_path):
    subject = known.subject_of("maya-lund")
    tables(capsys, tmp_path)
    text = texts(tmp_path)
    assert [word for word in ("maya", "lund", subject.casefold()) if word in text] == []
    assert "abc retail" in text
