"""The first sheet of a workbook as lines of CSV, one at a time, so that a sheet is read as every other file is.

Nothing in it is run: a formula comes as its text, and ``intake`` refuses it. A workbook that would unpack to far more than it
weighs is refused before it is opened.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

UNPACKED_MAX = 1024 * 1024 * 1024
"""Bytes to which all parts of a workbook may unpack together."""

_SIGNATURE = b"PK\x03\x04"
_WRONG = (zipfile.BadZipFile, ParseError, IndexError, KeyError, OSError, TypeError, ValueError)
"""What a workbook that was made or damaged on purpose makes its reader say."""
_BREAKS = str.maketrans({"\r": " ", "\n": " ", "\v": " ", "\f": " "})


class Unreadable(Exception):  # noqa: N818 - it states a fact
    """This is no workbook that can be read; the text says why."""


def is_workbook(beginning: bytes) -> bool:
    """Whether a file that begins so is a workbook (an archive)."""
    return beginning == _SIGNATURE


def lines(path: Path) -> Iterator[bytes]:
    """Each row of the first sheet as a line of CSV in UTF-8; line breaks within cells become spaces. Raises Unreadable."""
    from openpyxl import load_workbook  # only who brings a workbook needs it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with path.open("rb") as file:  # as a file, for a kept one has no ending by which it could be told
            with zipfile.ZipFile(file) as archive:
                unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > UNPACKED_MAX:
                raise Unreadable(f"{unpacked // 1024**2} MB")
            book = load_workbook(file, read_only=True, keep_links=False)
            yield from _lines(book)
            book.close()
    except (*_WRONG, InvalidFileException) as error:
        raise Unreadable(type(error).__name__) from error


def _lines(book: Any) -> Iterator[bytes]:
    width = 0
    for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True)):
        texts = [_text(cell) for cell in cells]
        if not number:
            width = max((place for place, text in enumerate(texts, 1) if text), default=0)
        extra = [text for text in texts[width:] if text]
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow([*texts[:width], *[""] * (width - len(texts)), *extra])
        yield line.getvalue().encode("utf-8", errors="replace")


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell).translate(_BREAKS)
