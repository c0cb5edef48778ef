"""Lists of subsidiaries as companies file them with the SEC: Exhibit 21, as text, HTML or CSV.

Source: Regulation S-K, item 601(b)(21): the registrant lists its subsidiaries, their jurisdiction and the names they do
business under. A percentage is told by few. Without one the list says that the subsidiary is consolidated, and of the
share only that there is one: more than nothing, up to all.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from html.parser import HTMLParser
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from inward.core.classification.facts import Band, RightKind
from inward.core.terms import exact
from inward.parties.sources.rows import Entity, Evidence, Finding, Right, Said, Share
from inward.parties.sources.streams import RECORD_BYTES_MAX, Unreadable, opened

SOURCE = "SEC-EX21"
SOME = Band(Fraction(0), Fraction(1), low_open=True)
"""A share of which nothing is told but that there is one."""

_CHUNK = 1 << 16
_HIDDEN = frozenset({"script", "style", "title"})
_BLOCKS = frozenset({"p", "div", "li", "br", "table"})
_NAME_MAX = 200
_APART = re.compile(r"\t+|\s{2,}|\s*[|]\s*|(?:\s*\.){3,}\s*")
_PERCENT = re.compile(r"\(?\s*(\d{1,3}(?:\.\d+)?)\s*%?\s*\)?")
_LABELS = ("Filename", "Subsidiary", "Location of Incorporation", "Ownership Percentage")
_TITLE = re.compile(
    r"(name|list|exhibit|subsidiar(y|ies)|jurisdiction|state|country|place|location|percent|ownership)\b", re.IGNORECASE
)
_SIGNS = re.compile(r"[^a-z0-9]+")


def read(path: Path, *, filer: str = "") -> Iterator[Said]:
    """What a list says of the subsidiaries of ``filer``, whose id that is; labelled CSV names the filer in each row.

    HTML is told by its first sign, CSV by its head; anything else is read line by line, columns parted by tabs, bars, dots or
    more than one blank. Raises Unreadable where the file is not UTF-8 or a line is beyond all measure.
    """
    with opened(path) as raw:
        text = TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        try:
            yield from _Reading(path.name, filer).rows(_cells(text))
        except UnicodeDecodeError as error:
            raise Unreadable("source_not_text", why=str(error)) from error
        finally:
            text.detach()


def _cells(text: IO[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Where each row stands, and its cells."""
    first = _bounded(text)
    if first.lstrip().startswith("<"):
        yield from _html(first, text)
    elif tuple(next(csv.reader([first]), ())) == _LABELS:
        reader = csv.reader(iter(lambda: _bounded(text), ""))
        for cells in reader:
            yield reader.line_num + 1, (cells + [""] * len(_LABELS))[: len(_LABELS)]
    else:
        number, line = 1, first
        while line:
            yield number, ("", *(_APART.split(line.strip())))
            number, line = number + 1, _bounded(text)


def _bounded(text: IO[str]) -> str:
    line = text.readline(RECORD_BYTES_MAX + 1)
    if len(line) > RECORD_BYTES_MAX:
        raise Unreadable("source_record_too_large")
    return line


class _Reading:
    """One list: its file, and the filer where no row names one."""

    def __init__(self, file: str, filer: str) -> None:
        self.file, self.filer = file, filer
        self.told: set[str] = set()

    def rows(self, cells: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Said]:
        for number, (of, named, *others) in cells:
            at = Evidence(SOURCE, self.file, number, of)
            filer, name = of.partition("-")[0] or self.filer, " ".join(named.split())
            if not name or (not of and (_TITLE.match(name) or not any(sign.isalpha() for sign in name))):
                continue
            if len(name) > _NAME_MAX or not filer:
                yield Finding(at, "source_record_unknown")
            else:
                yield from self._row(filer, name, others, at)

    def _row(self, filer: str, name: str, others: Sequence[str], at: Evidence) -> Iterator[Said]:
        key = f"{filer}/{_SIGNS.sub('-', name.lower()).strip('-')}"
        if key in self.told:
            yield Finding(at, "source_statement_twice", {"id": name[:60]})
            return
        self.told.add(key)
        yield Entity(id=key, name=name, at=at)
        part = next((part for cell in reversed(others) if (part := _part(cell)) is not None), None)
        if part is not None:
            yield Share(key, filer, key, at, capital=Band(part, part))
        else:
            yield Share(key, filer, key, at, capital=SOME)
            yield Right(f"{key}:{RightKind.CONSOLIDATION.value}", key, RightKind.CONSOLIDATION, at, filer)


def _part(cell: str) -> Fraction | None:
    """A percentage as a fraction of one; None where the cell tells none that is a share."""
    found = _PERCENT.fullmatch(cell.strip())
    part = exact(found[1]) / 100 if found else None
    return part if part is not None and 0 < part <= 1 else None


class _Table(HTMLParser):
    """The rows of the tables of a page, and its paragraphs where they stand in no table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, Sequence[str]]] = []
        self._cells: list[str] = []
        self._hidden = 0
        self._in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser calls it
        self._hidden += tag in _HIDDEN
        if tag == "tr" or (tag in _BLOCKS and not self._in_row):
            self.close_row()
            self._in_row = tag == "tr"
        if tag in {"td", "th"}:
            self._cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if tag == "tr":
            self.close_row()
            self._in_row = False

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if not self._cells:
            self._cells.append("")
        self._cells[-1] += data
        if len(self._cells[-1]) > RECORD_BYTES_MAX:
            raise Unreadable("source_record_too_large")

    def close_row(self) -> None:
        """Hand out the cells that say something; what stands outside a table may have its columns in one text."""
        said = [cell.strip() for cell in self._cells if cell.strip()]
        if len(said) == 1:
            said = _APART.split(said[0])
        if said:
            self.found.append((self.getpos()[0], ("", *said)))
        self._cells = []


def _html(first: str, text: IO[str]) -> Iterator[tuple[int, Sequence[str]]]:
    page = _Table()
    page.feed(first)
    while chunk := text.read(_CHUNK):
        page.feed(chunk)
        yield from page.found
        page.found.clear()
    page.close()
    page.close_row()
    yield from page.found
