"""What several questions ask in the same way: a definition of inside, and a world or a catalogue, inline or from a place on disk."""

import csv
import json
import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Generic, TypeVar

from inward.core.classification import (
    DEFINITIONS,
    STRICT_MAJORITY,
    Definition,
    World,
    definition_from,
    world_from,
)
from inward.core.terms import Fields, Reason, Refusal

_Value = TypeVar("_Value")
Tables = dict[str, Any]
Lines = dict[str, list[int]]

_PLACE = re.compile(r"(?P<table>\w+)\[(?P<row>\d+)\](?:\.(?P<field>\w+))?\Z")


def definition(asked: Fields, name: str = "definition") -> Definition:
    """The definition named or described; strict majority where nothing is said."""
    if not asked.has(name):
        return STRICT_MAJORITY
    if isinstance(asked.values[name], str):
        found = DEFINITIONS.get(asked.text(name))
        return found or asked.refuse(name, "not_one_of", value=asked.text(name), allowed=", ".join(sorted(DEFINITIONS)))
    return definition_from(asked.values[name], asked.place(name))


class Source(Generic[_Value]):
    """Something asked for inline or by a path on disk: a world, a catalogue. Each is read once.

    Lines that follow each other mostly speak of the same one, so the last inline one is kept, and some paths.
    """

    def __init__(self, name: str, tables: tuple[str, ...], make: Callable[..., _Value]) -> None:
        self._name, self._tables, self._make = name, tables, make
        self._last: tuple[tuple[Tables, datetime | None], _Value] | None = None
        self._at = lru_cache(maxsize=4)(self._on_disk)

    def asked_for(self, asked: Fields, known_at: datetime | None = None) -> _Value:
        """What this line asks for: ``world`` or ``world_file``, as it was known at a moment."""
        file = f"{self._name}_file"
        if asked.has(file):
            if asked.has(self._name):
                asked.refuse(file, "given_twice", name=self._name, other=file)
            return self._at(asked.text(file), known_at)
        if not asked.has(self._name):
            asked.refuse(self._name, "field_missing")
        tables = dict(Fields.of(asked.values[self._name], self._name).values)
        if self._last is None or self._last[0] != (tables, known_at):
            self._last = ((tables, known_at), self._made(tables, self._name, known_at))
        return self._last[1]

    def _on_disk(self, path: str, known_at: datetime | None) -> _Value:
        tables, lines = _read(path, self._tables)
        try:
            return self._made(tables, "", known_at)
        except Refusal as refusal:
            raise Refusal(refusal.reason, _in_file(path, refusal, tables, lines)) from None

    def _made(self, tables: Tables, where: str, known_at: datetime | None) -> _Value:
        """Only worlds have a second clock."""
        return self._make(tables, where) if known_at is None else self._make(tables, where, known_at)


WORLDS: Source[World] = Source(
    "world",
    (
        *("companies", "holdings", "units", "people", "work_relationships"),
        *("share_classes", "shareholdings", "control_rights", "households"),
    ),
    world_from,
)
"""The worlds asked for in this run."""


def _read(path: str, names: tuple[str, ...]) -> tuple[Tables, Lines]:
    """The tables of a folder (one CSV or JSON file each, those that are there) or of one JSON file; and where rows are."""
    place = Path(path)
    try:
        if not place.is_dir():
            return dict(Fields.of(_json(place), path).values), {}
        read = {name: found for name in names if (found := _table(place, name)) is not None}
    except FileNotFoundError:
        raise Refusal(Reason.of("file_not_found", path=path)) from None
    except UnicodeDecodeError:
        raise Refusal(Reason.of("file_not_utf8", path=path)) from None
    except (OSError, ValueError, RecursionError, csv.Error) as error:
        raise Refusal(Reason.of("file_not_read", path=path, why=str(error))) from None
    if not read:
        raise Refusal(Reason.of("file_not_found", path=str(place / f"{names[0]}.csv")))
    return {name: rows for name, (rows, _) in read.items()}, {name: lines for name, (_, lines) in read.items() if lines}


def _table(folder: Path, name: str) -> tuple[object, list[int]] | None:
    """The rows of a table and the line of each (a JSON file has none); None where there is no such file."""
    if (folder / f"{name}.csv").is_file():
        return _rows(folder / f"{name}.csv")
    return (_json(folder / f"{name}.json"), []) if (folder / f"{name}.json").is_file() else None


def _json(file: Path) -> object:
    return json.loads(file.read_bytes(), parse_float=Decimal)


def _rows(file: Path) -> tuple[list[dict[str, str]], list[int]]:
    rows, lines = [], []
    with file.open("rb") as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text, restkey="", restval="")
        for row in reader:
            rows.append({(name or "").strip(): value for name, value in row.items()})
            lines.append(reader.line_num)
    return rows, lines


def _in_file(path: str, refusal: Refusal, tables: Tables, lines: Lines) -> str:
    """The place as file, line and column where it was a file of rows; a column that is not there lacks in the first line."""
    found = _PLACE.match(refusal.where)
    if not found or found["table"] not in lines:
        return f"{path}: {refusal.where}" if refusal.where else path
    table, number, field = found["table"], int(found["row"]), found["field"]
    line = 1 if field and field not in tables[table][number] else lines[table][number]
    return f"{Path(path) / table}.csv line {line}" + (f", {field}" if field else "")
