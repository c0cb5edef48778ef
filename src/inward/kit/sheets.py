"""Tables for people who work in spreadsheets: CSV and XLSX that can never run a formula.

A text cell that a spreadsheet might take for a formula gets an apostrophe in front (OWASP, CSV injection); numbers stay
numbers. Rows are taken one at a time, so a long list needs no memory.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypeAlias

from inward.core.terms import Money

Cell: TypeAlias = str | int | bool | Money | date | datetime | None
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNFIT_FOR_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_BOM = "\ufeff"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(text: str) -> str:
    """The text as a cell that no spreadsheet runs, without characters that a file cannot hold."""
    clean = _UNFIT.sub("", text)
    return f"'{clean}" if clean.lstrip(" \u00a0\u200b\ufeff").startswith(_RISKY) else clean


def unsafe(cell: str) -> str:
    """What stood in a cell before ``safe`` put its apostrophe in front; other cells as they are."""
    return cell[1:] if cell.startswith("'") and safe(cell[1:]) == cell else cell


def csv_rows(head: Sequence[str], rows: Iterable[Sequence[Cell]], *, for_excel: bool = False) -> Iterator[str]:
    """The table as lines of CSV (RFC 4180); ``for_excel`` begins with the mark by which Excel knows UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    if for_excel:
        buffer.write(_BOM)
    writer.writerow([safe(title) for title in head])
    yield _taken(buffer)
    for cells in rows:
        writer.writerow([_text(cell) for cell in cells])
        yield _taken(buffer)


def xlsx_bytes(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as an XLSX workbook with one sheet; amounts and days are cells of their own kinds."""
    from openpyxl import Workbook  # only who asks for a workbook needs it

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_UNFIT_FOR_A_TITLE.sub(" ", safe(title))[:31].strip("' ") or None)
    sheet.freeze_panes = "A2"
    sheet.append([safe(name) for name in head])
    for cells in rows:
        sheet.append([_cell(sheet, cell) for cell in cells])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case Money():
            return cell.amount
        case int():
            return str(cell)
        case date():
            return cell.isoformat()
    return safe(cell)


def _cell(sheet: object, cell: Cell) -> object:
    """A cell of the kind it is; text is marked as text, so that nothing in it is read as a formula."""
    if isinstance(cell, Money):
        return float(cell.amount) if len(cell.amount) < 16 else cell.amount  # noqa: PLR2004 - digits a double keeps
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, str):
        from openpyxl.cell import WriteOnlyCell

        marked = WriteOnlyCell(sheet, value=safe(cell))
        marked.data_type = "s"
        return marked
    return cell


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
