"""A list of what somebody wants, pasted or brought as a file, read into pieces by item: one line each, an item and how many.

Columns are parted by tab, semicolon, comma or bar, as spreadsheets give them; a first line that begins "Item" or "Code" is a heading. An
item is named by its code, or by its name as the shop shows it. What cannot be read is told line by line; nothing is guessed.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from inward.kit import sheetrows
from inward.kit.intake import DELIMITERS
from inward.web.components import formats
from inward.web.components.forms import PIECES_MAX
from inward.web.home.basket import LINES_MAX

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

SIZE_MAX = 1024 * 1024
"""Bytes of a file: two hundred lines are a hundredth of it."""
_SHOWN_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be taken, and why; line 0 is the list as a whole."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Wanting:
    """What was read: pieces by code in the order of the list, how many lines were good, and what was not."""

    pieces: Mapping[str, int]
    good: int
    wrong: tuple[Wrong, ...]


def read_text(text: str, names: Mapping[str, str]) -> Wanting:
    """Read what was pasted; ``names`` are the items that can be ordered, by code."""
    return _read(text.splitlines(), names)


def read_file(file: "UploadedFile[Any]", names: Mapping[str, str]) -> Wanting:
    """Read a file of CSV (UTF-8) or a workbook's first sheet."""
    if (file.size or 0) > SIZE_MAX:
        return _refused(_("This file is too large: a list may have 1 MB."))
    content = file.read()
    if not sheetrows.is_workbook(content[:4]):
        return _decoded(content, names)
    with tempfile.TemporaryDirectory(prefix="inward-list-") as folder:
        place = Path(folder) / "list.xlsx"
        place.write_bytes(content)
        try:
            return _read([line.decode().rstrip("\n") for line in sheetrows.lines(place)], names)
        except sheetrows.Unreadable:
            return _refused(_("This is no workbook that can be read. Save it as .xlsx or .csv."))


def _decoded(content: bytes, names: Mapping[str, str]) -> Wanting:
    try:
        return _read(content.decode("utf-8-sig").splitlines(), names)
    except UnicodeDecodeError:
        return _refused(_("This file is not in UTF-8. Save it as “CSV UTF-8” or as .xlsx."))


def _read(lines: Iterable[str], names: Mapping[str, str]) -> Wanting:
    by_name = _by_name(names)
    pieces: dict[str, int] = {}
    wrong: list[Wrong] = []
    good = 0
    for number, text in _filled(lines):
        found = _line(text, names, by_name)
        if isinstance(found, str):
            wrong.append(Wrong(number, text[:_SHOWN_LENGTH], found))
            continue
        code, count = found
        if code not in pieces and len(pieces) >= LINES_MAX:
            why = _("A basket holds %(most)s items: order these first.") % {"most": formats.count(LINES_MAX)}
            wrong.append(Wrong(number, text[:_SHOWN_LENGTH], why))
            break
        pieces[code] = pieces.get(code, 0) + count
        good += 1
    if not good and not wrong:
        return _refused(_("There is nothing in the list: one line each, an item and how many."))
    return Wanting(pieces, good, tuple(wrong))


def _refused(why: str) -> Wanting:
    return Wanting({}, 0, (Wrong(0, "", why),))


def _by_name(names: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, name in names.items():
        found.setdefault(name.casefold(), []).append(code)
    return found


def _filled(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines that say something, by their number; a heading is none of them."""
    first = True
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        if not (first and _is_heading(text)):
            yield number, text.strip()
        first = False


def _is_heading(text: str) -> bool:
    known = {"item", "code", "offering", _("Item").casefold(), _("Code").casefold()}
    return next(iter(_cells(text)), "").casefold() in known


def _cells(text: str) -> list[str]:
    """The cells of a line, parted by the mark that stands in it most often."""
    mark = max(DELIMITERS, key=text.count)
    row = next(csv.reader([text], delimiter=mark), [])
    return [cell.strip() for cell in row if cell.strip()]


def _line(text: str, names: Mapping[str, str], by_name: Mapping[str, list[str]]) -> tuple[str, int] | str:
    """The item and its pieces, or why they cannot be read."""
    cells = _cells(text)
    if len(cells) != 2:  # noqa: PLR2004 - an item and how many
        return _("Give an item and how many, with a semicolon or tab between them.")
    named, count = cells
    same = by_name.get(named.casefold(), [])
    if named not in names and len(same) > 1:
        return _("Several items are called so: give the code.")
    if named not in names and not same:
        return _("There is no such item in the shop.")
    if not (count.isascii() and count.isdigit() and len(count) <= len(str(PIECES_MAX))):
        return _("How many must be a whole number.")
    if not 1 <= int(count) <= PIECES_MAX:
        return _("Between 1 and %(most)s pieces can be ordered.") % {"most": formats.count(PIECES_MAX)}
    return (named if named in names else same[0]), int(count)
