"""What several questions ask in the same way: a definition of inside, and a world inline or from a place on disk."""

import csv
import json
import re
from decimal import Decimal
from functools import lru_cache
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from inward.core.classification import DEFINITIONS, STRICT_MAJORITY, Definition, Operator, World, world_from
from inward.core.terms import Fields, Reason, Refusal

Tables = dict[str, Any]

WORLD_TABLES = ("companies", "holdings", "units", "people", "work_relationships")
_PLACE = re.compile(r"(?P<table>\w+)\[(?P<row>\d+)\](?:\.(?P<field>\w+))?\Z")


def definition(asked: Fields, name: str = "definition") -> Definition:
    """The definition named or described; strict majority where nothing is said."""
    if not asked.has(name):
        return STRICT_MAJORITY
    if isinstance(asked.values[name], str):
        found = DEFINITIONS.get(asked.text(name))
        return found or asked.refuse(name, "not_one_of", value=asked.text(name), allowed=", ".join(sorted(DEFINITIONS)))
    described = Fields.of(asked.values[name], asked.place(name))
    described.only(("id", "basis", "threshold", "operator", "indirect"))
    for field, decided in (("basis", "votes"), ("indirect", "full_through_controlled")):
        if described.has(field) and described.values[field] != decided:
            described.refuse(field, "not_supported", name=f"{field} {described.values[field]}")
    threshold = described.number("threshold") / 100 if described.has("threshold") else STRICT_MAJORITY.threshold
    if not 0 < threshold < 1:
        described.refuse("threshold", "not_a_threshold", value=str(described.values["threshold"]))
    operator = described.choice("operator", Operator) if described.has("operator") else Operator.MORE_THAN
    return Definition(id=described.text_or_none("id") or "own", threshold=threshold, operator=operator)


class Worlds:
    """Worlds as they are asked for, each read once: lines that follow each other mostly speak of the same one."""

    def __init__(self) -> None:
        self._last: tuple[Tables, World] | None = None

    def asked_for(self, asked: Fields) -> World:
        """The world of this line, inline (``world``) or on disk (``world_file``)."""
        if asked.has("world_file"):
            if asked.has("world"):
                asked.refuse("world_file", "given_twice", name="world", other="world_file")
            return _world_at(asked.text("world_file"))
        if not asked.has("world"):
            asked.refuse("world", "field_missing")
        tables = dict(Fields.of(asked.values["world"], "world").values)
        if self._last is None or self._last[0] != tables:
            self._last = (tables, world_from(tables, "world"))
        return self._last[1]


@lru_cache(maxsize=4)
def _world_at(path: str) -> World:
    """The world in a directory of CSV files, or in one JSON file."""
    tables, lines = read_tables(path, WORLD_TABLES)
    try:
        return world_from(tables)
    except Refusal as refusal:
        raise Refusal(refusal.reason, _in_file(path, refusal.where, lines)) from None


def read_tables(path: str, names: tuple[str, ...]) -> tuple[Tables, dict[str, list[int]]]:
    """The tables of a directory of CSV files (those that are there) or of a JSON file, and the line of each CSV row."""
    place = Path(path)
    try:
        if not place.is_dir():
            return dict(Fields.of(json.loads(place.read_bytes(), parse_float=Decimal), path).values), {}
        files = {name: place / f"{name}.csv" for name in names}
        read = {name: _rows(file) for name, file in files.items() if file.is_file()}
    except FileNotFoundError:
        raise Refusal(Reason.of("file_not_found", path=path)) from None
    except UnicodeDecodeError:
        raise Refusal(Reason.of("file_not_utf8", path=path)) from None
    except (OSError, ValueError, csv.Error) as error:
        raise Refusal(Reason.of("file_not_read", path=path, why=str(error))) from None
    if not read:
        raise Refusal(Reason.of("file_not_found", path=str(place / f"{names[0]}.csv")))
    return {name: rows for name, (rows, _) in read.items()}, {name: lines for name, (_, lines) in read.items()}


def _rows(file: Path) -> tuple[list[dict[str, str]], list[int]]:
    rows, lines = [], []
    with file.open("rb") as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text, restkey="", restval="")
        for row in reader:
            rows.append({(name or "").strip(): value for name, value in row.items()})
            lines.append(reader.line_num)
    return rows, lines


def _in_file(path: str, where: str, lines: dict[str, list[int]]) -> str:
    """The place as file, line and column where it was a file of rows."""
    found = _PLACE.match(where)
    if not found or found["table"] not in lines:
        return f"{path}: {where}" if where else path
    line = lines[found["table"]][int(found["row"])]
    return f"{Path(path) / found['table']}.csv line {line}" + (f", {found['field']}" if found["field"] else "")
