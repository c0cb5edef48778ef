"""Files from elsewhere, read row by row into our columns: mapping, encoding, size, formulas, and a report of every problem.

Streaming: no file is ever held whole. Nothing is written here; a room reads the rows, checks them against what is known,
and writes all or nothing. What a mapping file may say is in docs/reference/mapping.md.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from inward.core.terms import Fact, Reason, Refusal
from inward.kit import sheetrows
from inward.kit.sheets import unsafe

SIZE_MAX = 100 * 1024 * 1024
"""Files above 100 MB are refused before a row is read: they are a bulk load, not an import."""
CELL_MAX = 100_000
_NEAR = 0.7
"""How alike two names of columns are when one is probably meant by the other."""
DELIMITERS = (",", ";", "\t", "|")
_FORMULA = re.compile(r"\s*(=|@|[+\-](?![\d.,\s]|$))")
_PLACE = re.compile(r"\{([^{}]+)\}")
Tables: TypeAlias = dict[str, Iterable["Row | RowProblem"]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row in our columns, and where it was read. Values are text as it stood, without blanks around it.

    ``heading`` is the line that names its columns: the first of its file, or its own where each row names them itself.
    """

    file: str
    line: int
    values: Mapping[str, str]
    heading: int = 1


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a column of a row: a code that rooms word, with its facts. No column: the row as a whole."""

    file: str
    line: int
    column: str
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def reason(self) -> Reason:
        """The problem as a reason that can be worded."""
        return Reason.of(self.code, **self.facts)


class Columns:
    """The columns of a table, held against the files that it comes out of: those every row has, and those it may have.

    A file without one of the first, or with one that is none of either, is refused row by row, and its first row alone says
    why, at the line of the heading: 100,000 times the same sentence hides every other. Also where the good rows are wanted: under a heading that nobody
    knows may stand what would make each of them say something else (a misspelt last day, and a price holds for ever).
    """

    def __init__(self, required: Iterable[str], allowed: Iterable[str]) -> None:
        self._required = tuple(required)
        self._known = frozenset((*self._required, *allowed))
        self._refused: dict[tuple[str, tuple[str, ...]], bool] = {}

    def refuse(self, row: Row) -> list[RowProblem] | None:
        """None for a row under a good heading. Else what the first row says of the heading, and later ones nothing."""
        heading = (row.file, tuple(row.values))
        if heading in self._refused:
            return [] if self._refused[heading] else None
        found = [*self._missing(row), *self._unknown(row)]
        self._refused[heading] = bool(found)
        return found or None

    def _missing(self, row: Row) -> Iterator[RowProblem]:
        found = ", ".join(row.values)
        for column in self._required:
            if column not in row.values:
                yield RowProblem(row.file, row.heading, column, "column_missing", {"column": column, "found": found})

    def _unknown(self, row: Row) -> Iterator[RowProblem]:
        for column in row.values:
            if column in self._known:
                continue
            near = get_close_matches(column.lower(), sorted(self._known - row.values.keys()), n=1, cutoff=_NEAR)
            if near:
                facts: dict[str, Fact] = {"column": column, "near": near[0]}
                yield RowProblem(row.file, row.heading, column, "column_misspelt", facts)
            else:
                facts = {"column": column, "known": ", ".join(sorted(self._known))}
                yield RowProblem(row.file, row.heading, column, "column_unknown", facts)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the rows: how many were read, how many were good, and what is wrong with the others."""

    read: int
    good: int
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """How one of our tables comes out of one of their files, or out of rows given in the mapping itself.

    ``also``: the same table comes out of other files too, each in its own way.
    """

    file: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: tuple[Mapping[str, str], ...] = ()
    when: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    numbers: tuple[str, ...] = ()
    decimal: str = "."
    delimiter: str = ","
    also: tuple["Table", ...] = ()


_KEYS = frozenset(Table.__dataclass_fields__)
_GROUPING = {".": ",", ",": "."}
SAME = Table()
"""Files that have our columns already."""


def read_mapping(path: Path) -> dict[str, Table]:
    """Our tables by name, as a mapping file says they come about. Refusal for what is no mapping, naming the place."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Refusal(Reason.of("mapping_unreadable", why=str(error)), where=path.name) from error
    tables = found.get("tables") if isinstance(found, dict) else None
    if not isinstance(tables, dict) or not tables:
        raise Refusal(Reason.of("mapping_without_tables"), where=path.name)
    return {name: _table(table, f"{path.name}: tables.{name}") for name, table in tables.items()}


def read_directory(folder: Path, names: Iterable[str], mapping: Mapping[str, Table] | None = None) -> Tables:
    """The tables of a directory, row by row: of a mapping where one is given, else ``NAME.csv`` where it is there."""
    if mapping is not None:
        known = set(names)
        unknown = sorted(set(mapping) - known)
        if unknown:
            raise Refusal(Reason.of("mapping_of_unknown_table", name=unknown[0], allowed=", ".join(sorted(known))))
        return {name: _rows(folder, table) for name, table in mapping.items()}
    return {name: read_rows(folder / f"{name}.csv", SAME) for name in names if (folder / f"{name}.csv").exists()}


def require_something(folder: Path, known: Iterable[str], *found: Tables) -> None:
    """Refusal (nothing_to_load) when a folder has none of the known files."""
    if not any(found):
        raise Refusal(Reason.of("nothing_to_load", folder=str(folder), files=", ".join(known)))


def json_files(path: Path) -> list[Path]:
    """The JSON files of a folder in the order of names, or the file itself. Refusal (no_json_in_folder) for a folder of none."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise Refusal(Reason.of("no_json_in_folder", folder=str(path)))
    return files


def read_objects(path: Path) -> Iterator[Row | RowProblem]:
    """The objects of a JSON list as rows; what is no JSON, or no object, comes as its problem with its line or place."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, or brackets a thousand deep
        line = getattr(error, "lineno", 0)
        yield RowProblem(path.name, line, "", "file_not_json", {"why": str(error)})
        return
    for number, row in enumerate(found if isinstance(found, list) else [found], 1):
        yield (
            Row(path.name, number, row, number)
            if isinstance(row, dict)
            else RowProblem(path.name, number, "", "not_an_object")
        )


def read_rows(
    path: Path, table: Table = SAME, *, progress: Callable[[int], None] | None = None
) -> Iterator[Row | RowProblem]:
    """The rows of a CSV file in our columns, one at a time; a row that cannot be read comes as its problem.

    A file that is too large, not UTF-8 or no CSV yields one problem with the line at which reading ended.
    """
    yield from read_file(path, table, name=path.name, progress=progress)


def read_file(
    path: Path, table: Table = SAME, *, name: str, progress: Callable[[int], None] | None = None
) -> Iterator[Row | RowProblem]:
    """The same of a file that is called otherwise than it lies, of CSV or XLSX (its first sheet), by what is in it."""
    try:
        size = path.stat().st_size
    except OSError:
        yield RowProblem(name, 0, "", "file_missing", {"file": name})
        return
    if size > SIZE_MAX:
        facts: dict[str, Fact] = {"file": name, "megabytes": size // 1024**2, "most": SIZE_MAX // 1024**2}
        yield RowProblem(name, 0, "", "file_too_large", facts)
        return
    with path.open("rb") as file:
        if sheetrows.is_workbook(file.read(4)):
            yield from _sheet(path, table, name, progress)
            return
        file.seek(0)
        if table is SAME:  # no mapping says what parts the columns; none of our names has one of these marks in it
            table = replace(SAME, delimiter=_parted_by(file.readline(CELL_MAX)))
            file.seek(0)
        yield from _CsvRows(name, table, progress).rows(file)


@dataclass(frozen=True, slots=True)
class Seen:
    """The beginning of a file: how its columns are parted, what they are called, and its first rows as they stand."""

    delimiter: str
    head: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]


def seen(path: Path, *, name: str, most: int = 5) -> Seen | RowProblem:
    """What stands at the beginning of a file of CSV or XLSX; the problem when it cannot be read at all."""
    delimiter = ","
    try:
        with path.open("rb") as file:
            if not sheetrows.is_workbook(file.read(4)):
                file.seek(0)
                delimiter = _parted_by(file.readline(CELL_MAX))
    except OSError:
        return RowProblem(name, 0, "", "file_missing", {"file": name})
    lines: list[tuple[str, ...]] = []
    head: tuple[str, ...] = ()
    for row in read_file(path, Table(delimiter=delimiter), name=name):
        if isinstance(row, RowProblem) and row.line <= 1:
            return row
        if isinstance(row, Row):
            head = head or tuple(row.values)
            lines.append(tuple(row.values.values()))
        if len(lines) >= most:
            break
    return Seen(delimiter, head, tuple(lines)) if head else RowProblem(name, 1, "", "file_without_rows", {"file": name})


def left_over(head: Iterable[str], table: Table) -> list[str]:
    """Their columns of which a mapping takes nothing; none where the columns are taken as they stand."""
    if not table.columns and not table.templates:
        return []
    taken = {*table.columns, *table.when, *_places(table)}
    return [title for title in head if title and title not in taken]


def _places(table: Table) -> list[str]:
    """Their columns that stand in templates."""
    return [place for template in table.templates.values() for place in _PLACE.findall(template)]


def _parted_by(line: bytes) -> str:
    """What parts the columns: whichever of the usual marks stands in the first line most often."""
    text = line.decode("utf-8-sig", errors="replace")
    return max(DELIMITERS, key=text.count)


def _sheet(path: Path, table: Table, name: str, progress: Callable[[int], None] | None) -> Iterator[Row | RowProblem]:
    """The rows of a workbook's first sheet, through the same reading as those of a CSV file."""
    try:
        yield from _CsvRows(name, replace(table, delimiter=","), progress).rows(sheetrows.lines(path))
    except sheetrows.Unreadable as why:
        yield RowProblem(name, 0, "", "sheet_unreadable", {"why": str(why)})


class _CsvRows:
    """Reads one CSV file."""

    def __init__(self, name: str, table: Table, progress: Callable[[int], None] | None) -> None:
        self.name, self.table, self.progress = name, table, progress
        self.line = 0

    def rows(self, lines: Iterable[bytes]) -> Iterator[Row | RowProblem]:
        reader = csv.reader(self._decoded(lines), delimiter=self.table.delimiter, strict=True)
        good = 0
        try:
            head = [title.strip() for title in next(reader, [])]
            wrong = self._head_problem(head)
            if wrong is not None:
                yield wrong
                return
            good = reader.line_num
            for cells in reader:
                good = reader.line_num
                if any(cells):
                    yield from self._row(head, cells, reader.line_num)
        except UnicodeDecodeError as error:
            facts: dict[str, Fact] = {"column": error.start + 1, "file": self.name}
            yield RowProblem(self.name, self.line, f"byte {error.start + 1}", "file_not_utf8", facts)
        except csv.Error as error:
            yield self._not_csv(str(error), after=good)

    def _not_csv(self, why: str, *, after: int) -> RowProblem:
        """What the reader could not make of the file; a row that it never saw the end of begins after the last good one."""
        if "field larger" in why:
            return RowProblem(self.name, self.line, "", "cell_too_long", {"most": CELL_MAX})
        if "unexpected end" in why:
            return RowProblem(self.name, after + 1, "", "quote_left_open")
        return RowProblem(self.name, self.line, "", "file_not_csv", {"why": why})

    def _decoded(self, lines: Iterable[bytes]) -> Iterator[str]:
        for number, line in enumerate(lines, 1):
            self.line = number
            if self.progress is not None and number % 1000 == 0:
                self.progress(number)
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")

    def _head_problem(self, head: list[str]) -> RowProblem | None:
        twice = sorted({title for title in head if title and head.count(title) > 1})
        if twice:
            return RowProblem(self.name, 1, twice[0], "column_twice", {"column": twice[0]})
        named = [*self.table.columns, *self.table.when, *_places(self.table)]
        missing = next((title for title in named if title not in head), None)
        if missing is not None:
            return RowProblem(self.name, 1, missing, "column_missing", {"column": missing, "found": ", ".join(head)})
        return None if head else RowProblem(self.name, 1, "", "file_empty", {"file": self.name})

    def _row(self, head: list[str], cells: list[str], line: int) -> Iterator[Row | RowProblem]:
        if len(cells) != len(head):
            yield RowProblem(self.name, line, "", "row_of_other_width", {"cells": len(cells), "columns": len(head)})
            return
        theirs = {title: cell.strip() for title, cell in zip(head, cells, strict=True)}
        if any(theirs.get(title) != value for title, value in self.table.when.items()):
            return
        unfit = next(
            (title for title, cell in theirs.items() if _FORMULA.match(cell) or len(cell) > CELL_MAX or "\0" in cell),
            None,
        )
        if unfit is not None:
            code = "formula_in_cell" if _FORMULA.match(theirs[unfit]) else "cell_unfit"
            yield RowProblem(self.name, line, unfit, code, {"value": theirs[unfit][:60]})
            return
        try:
            # What our own exports marked as text comes back as it was.
            yield Row(self.name, line, mapped(self.table, {title: unsafe(cell) for title, cell in theirs.items()}))
        except _Unmapped as wrong:
            yield RowProblem(self.name, line, wrong.column, wrong.code, wrong.facts)


class _Unmapped(Exception):  # noqa: N818 - it states a fact
    def __init__(self, column: str, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.column, self.code, self.facts = column, code, facts


def mapped(table: Table, theirs: Mapping[str, str]) -> dict[str, str]:
    """A row of theirs in our columns: renamed, put together, completed, translated; days and decimals as we write them."""
    if not table.columns and not table.templates:
        ours = dict(theirs)
    else:
        ours = {our: theirs[their] for their, our in table.columns.items()}
        ours |= {our: _filled(text, theirs) for our, text in table.templates.items()}
    for name, value in table.constants.items():
        ours[name] = value
    for name, known in table.values.items():
        if name in ours:
            ours[name] = _translated(name, ours[name], known)
    return {name: _as_written(table, name, value) for name, value in ours.items()}


def _filled(template: str, theirs: Mapping[str, str]) -> str:
    """The template with their values in its places; empty where all of those are, for there is nothing to name."""
    values = [theirs[place] for place in _PLACE.findall(template)]
    return "" if values and not any(values) else _PLACE.sub(lambda place: theirs[place[1]], template)


def _translated(name: str, value: str, known: Mapping[str, str]) -> str:
    if value in known:
        return known[value]
    if "*" in known:
        return known["*"]
    raise _Unmapped(name, "value_not_mapped", value=value)


def _as_written(table: Table, name: str, value: str) -> str:
    if table.dates and value and name.endswith(("_from", "_until", "_day", "_on", "_last")):
        try:
            return datetime.strptime(value, table.dates).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError as error:
            raise _Unmapped(name, "day_not_as_said", value=value, dates=table.dates) from error
    return _number(table, name, value) if name in table.numbers and value else value


def _number(table: Table, name: str, value: str) -> str:
    """The number as we write it. Only columns named in ``numbers`` are read so: an id may look like a number too."""
    grouping, decimal = _GROUPING[table.decimal], re.escape(table.decimal)
    if not re.fullmatch(rf"-?(\d+|\d{{1,3}}([{grouping} \u00a0\u202f']\d{{3}})+)({decimal}\d+)?", value, re.ASCII):
        raise _Unmapped(name, "number_not_as_said", value=value, decimal=table.decimal)
    return re.sub(rf"[{grouping} \u00a0\u202f']", "", value).replace(table.decimal, ".")


def _rows(folder: Path, table: Table) -> Iterator[Row | RowProblem]:
    for number, row in enumerate(table.rows, 1):
        yield Row("mapping", number, dict(row), number)
    if table.file:
        yield from read_rows(folder / table.file, table)
    for other in table.also:
        yield from _rows(folder, other)


def _table(found: Any, where: str) -> Table:
    """A table of the mapping; Refusal for a key nobody knows, since a misspelt one would be left out quietly."""
    if not isinstance(found, dict):
        raise Refusal(Reason.of("not_an_object"), where=where)
    unknown = sorted(set(found) - _KEYS)
    if unknown:
        raise Refusal(Reason.of("field_unknown", name=unknown[0]), where=f"{where}.{unknown[0]}")
    for name, part in found.items():
        fits, expected = _PARTS[name]
        if not fits(part):
            raise Refusal(Reason.of("mapping_part_unfit", expected=expected), where=f"{where}.{name}")
    if re.search(r"[/\\\0]|\.\.", found.get("file", "")):
        raise Refusal(Reason.of("mapping_file_elsewhere", file=found["file"]), where=f"{where}.file")
    given: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in found.items()}
    others = tuple(_table(other, f"{where}.also[{place}]") for place, other in enumerate(given.pop("also", ())))
    return Table(**given, also=others)


def _is_texts(part: Any) -> bool:
    return isinstance(part, dict) and all(isinstance(value, str) for value in part.values())


def _is_text(part: Any) -> bool:
    return isinstance(part, str)


_PARTS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "file": (_is_text, '"…"'),
    "columns": (_is_texts, '{"…": "…"}'),
    "templates": (_is_texts, '{"…": "…"}'),
    "constants": (_is_texts, '{"…": "…"}'),
    "values": (lambda part: isinstance(part, dict) and all(map(_is_texts, part.values())), '{"…": {"…": "…"}}'),
    "rows": (lambda part: isinstance(part, list) and all(map(_is_texts, part)), '[{"…": "…"}]'),
    "when": (_is_texts, '{"…": "…"}'),
    "also": (lambda part: isinstance(part, list), '[{"file": "…"}]'),
    "dates": (lambda part: isinstance(part, str) and "%" in part, '"%d.%m.%Y"'),
    "numbers": (lambda part: isinstance(part, list) and all(map(_is_text, part)), '["…"]'),
    "decimal": (lambda part: part in (".", ","), '"." / ","'),
    "delimiter": (lambda part: isinstance(part, str) and part in DELIMITERS, '"," / ";" / "\\t" / "|"'),
}
"""What each part of a table looks like: a test, and the shape as it is told to whoever wrote the mapping."""
