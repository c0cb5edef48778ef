"""Sheets that no spreadsheet can be tricked with, and whose figures stay figures."""

import csv
import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from inward.core.terms import Money
from inward.kit.sheets import csv_rows, safe, unsafe, xlsx_bytes


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "|", "%", "\uff1d", "\uff0b", " =", "\u200b=", "\x01="]
)
def test_what_might_be_a_formula_is_only_text(start):
    assert safe(f"{start}cmd") == f"'{start}cmd".replace("\x01", "")
    assert next(csv_rows([f"{start}x"], [])).startswith(("'", "\"'"))


@pytest.mark.parametrize(
    "text", ["-18 °C freezer", "+47 card", "=1+1", "@home", "%", " =x", "'quoted'", "'", "", "Ada", "O'Neil"]
)
def test_what_was_marked_as_text_is_read_back_as_it_was(text):
    assert unsafe(safe(text)) == text


def test_amounts_days_flags_and_nothing_are_written_plainly():
    row = (Money.of("-1234.50", "EUR"), -7, date(2026, 2, 28), datetime(2026, 2, 28, 9, 5), True, False, None, "Ada")
    lines = list(csv_rows(["a"] * 8, [row]))
    assert lines[1] == "-1234.50,-7,2026-02-28,2026-02-28T09:05:00,yes,no,,Ada\r\n"
    assert next(csv_rows(["a"], [], for_excel=True)) == "\ufeffa\r\n"


def test_control_characters_that_no_file_holds_are_left_out():
    assert safe("a\x00b\x1fc\nd\ud800\uffff") == "abc\nd"


@pytest.mark.parametrize(
    ("title", "shown"), [("Orders 10/2026 [all]", "Orders 10 2026  all"), ("'", "Sheet"), ("x" * 40, "x" * 31)]
)
def test_a_sheet_has_a_title_that_workbooks_allow(title, shown):
    assert load_workbook(io.BytesIO(xlsx_bytes(title, ["a"], []))).active.title == shown


def test_a_workbook_has_cells_of_their_own_kinds():
    book = load_workbook(
        io.BytesIO(
            xlsx_bytes(
                "=Orders",
                ["name", "total", "on", "at", "count"],
                [("=1+1", Money.of("12.30", "EUR"), date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), 5)],
            )
        )
    )
    sheet = book.active
    assert sheet.title == "=Orders"
    values = [cell.value for cell in sheet[2]]
    assert values == ["'=1+1", 12.3, datetime(2026, 1, 2), datetime(2026, 1, 2, 3, 4), 5]
    assert sheet["A2"].data_type == "s"


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), min_size=2, max_size=2))
)
def test_what_is_written_reads_back(rows):
    text = "".join(csv_rows(["one", "two"], rows))
    back = list(csv.reader(io.StringIO(text, newline="")))
    assert back[1:] == [[safe(cell) for cell in row] for row in rows]
