"""Workbooks read as every other file: first sheet, days and numbers as we write them, formulas refused, bombs not opened."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from inward.kit import intake, sheetrows
from inward.kit.intake import Row, RowProblem, Seen, Table, read_file, seen


def workbook(tmp_path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    place = tmp_path / "kept"
    book.save(place)
    return place


def read(place: Path, table: Table = intake.SAME) -> list[Row | RowProblem]:
    return list(read_file(place, table, name="hive.xlsx"))


def test_a_sheet_is_read_with_days_numbers_flags_and_breaks_as_we_write_them(tmp_path: Path) -> None:
    place = workbook(
        tmp_path,
        ("id", "day", "jars", "share", "good", "note", "at"),
        ("h1", date(2026, 3, 1), 12.0, 0.25, True, "two\nlines", datetime(2026, 3, 1, 9, 30)),
        ("h2", datetime(2026, 3, 1), None, 3, False, " x ", None),
    )
    assert read(place) == [
        Row("hive.xlsx", 2, {"id": "h1", "day": "2026-03-01", "jars": "12", "share": "0.25", "good": "true",
                             "note": "two lines", "at": "2026-03-01 09:30"}),
        Row("hive.xlsx", 3, {"id": "h2", "day": "2026-03-01", "jars": "", "share": "3", "good": "false", "note": "x", "at": ""}),
    ]  # fmt: skip


def test_a_formula_in_a_sheet_is_refused_by_line_and_column(tmp_path: Path) -> None:
    place = workbook(tmp_path, ("id", "name"), ("h1", "=HYPERLINK(1)"), ("h2", "fine"))
    (problem, row) = read(place)
    assert isinstance(problem, RowProblem)
    assert (problem.line, problem.column, problem.code) == (2, "name", "formula_in_cell")
    assert isinstance(row, Row)


def test_empty_rows_are_passed_over_and_cells_beyond_the_head_are_told(tmp_path: Path) -> None:
    place = workbook(tmp_path, ("id", "name", None), ("h1", "a"), (), ("h2", "b", "c"))
    (first, second) = read(place)
    assert first == Row("hive.xlsx", 2, {"id": "h1", "name": "a"})
    assert isinstance(second, RowProblem)
    assert (second.line, second.code) == (4, "row_of_other_width")


def test_a_mapping_applies_to_a_sheet_whatever_parts_its_columns(tmp_path: Path) -> None:
    place = workbook(tmp_path, ("Nr", "When"), ("h1", "03.01.2026"))
    table = Table(columns={"Nr": "id", "When": "valid_from"}, dates="%d.%m.%Y", delimiter=";")
    assert read(place, table) == [Row("hive.xlsx", 2, {"id": "h1", "valid_from": "2026-01-03"})]


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04nothing that unpacks"])
def test_an_archive_that_is_no_workbook_is_one_problem(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "kept"
    place.write_bytes(content)
    (problem,) = read(place)
    assert isinstance(problem, RowProblem)
    assert problem.code == "sheet_unreadable"


def test_a_workbook_that_would_unpack_to_too_much_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = workbook(tmp_path, ("id",), ("h1",))
    monkeypatch.setattr(sheetrows, "UNPACKED_MAX", 100)
    (problem,) = read(place)
    assert isinstance(problem, RowProblem)
    assert problem.code == "sheet_unreadable"


def test_a_workbook_whose_sheet_is_broken_is_one_problem(tmp_path: Path) -> None:
    place = workbook(tmp_path, ("id",), ("h1",))
    broken = tmp_path / "broken"
    with zipfile.ZipFile(place) as whole, zipfile.ZipFile(broken, "w") as archive:
        for part in whole.namelist():
            archive.writestr(part, b"<not xml" if part.startswith("xl/worksheets/") else whole.read(part))
    problems = read(broken)
    assert [problem.code for problem in problems if isinstance(problem, RowProblem)] == ["sheet_unreadable"]


@pytest.mark.parametrize(
    ("content", "parted"), [("a,b\n1,2\n", ","), ("a;b\n1;2\n", ";"), ("a\tb\n1\t2\n", "\t"), ("a|b\n1|2\n", "|")]
)
def test_what_parts_the_columns_is_seen_in_the_first_line(tmp_path: Path, content: str, parted: str) -> None:
    place = tmp_path / "kept"
    place.write_text(content, encoding="utf-8")
    assert seen(place, name="x.csv") == Seen(parted, ("a", "b"), (("1", "2"),))


def test_the_beginning_shows_only_so_many_rows_and_passes_over_wrong_ones(tmp_path: Path) -> None:
    place = tmp_path / "kept"
    place.write_text("a,b\n=x,2\n1,2\n3,4\n5,6\n", encoding="utf-8")
    assert seen(place, name="x.csv", most=2) == Seen(",", ("a", "b"), (("1", "2"), ("3", "4")))


@pytest.mark.parametrize(
    ("content", "code"), [("a,b\n", "file_without_rows"), ("a,a\n1,2\n", "column_twice"), ("", "file_without_rows")]
)
def test_a_file_without_rows_or_with_an_unfit_head_is_told(tmp_path: Path, content: str, code: str) -> None:
    place = tmp_path / "kept"
    place.write_text(content, encoding="utf-8")
    found = seen(place, name="x.csv")
    assert isinstance(found, RowProblem)
    assert found.code in {code, "file_empty"}


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    found = seen(tmp_path / "nothing", name="x.csv")
    assert isinstance(found, RowProblem)
    assert found.code == "file_missing"
    (problem,) = read(tmp_path / "nothing")
    assert isinstance(problem, RowProblem)
    assert problem.code == "file_missing"
