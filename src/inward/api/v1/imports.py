"""Whole files over HTTP: a world or a catalogue by its CSV files, tried first and then loaded, with a report of every row.

All or nothing, unless `good_rows` says otherwise; a dry run writes nothing. The files are those of docs/reference/world.md
and catalogue-files.md, or anybody's with a mapping (docs/reference/mapping.md).
"""

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Field, File, Form, Schema
from ninja.files import UploadedFile

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.problems import worded
from inward.api.v1.schemas import Asked
from inward.catalogue import operations as catalogue
from inward.core.terms import Reason, Refusal
from inward.kit import clock, versions
from inward.kit.actor import Actor
from inward.kit.intake import (
    Report,
    Row,
    RowProblem,
    Table,
    Tables,
    read_directory,
    read_mapping,
    read_objects,
    require_something,
)
from inward.kit.transaction import together
from inward.parties import operations as parties
from inward.parties.worldfiles import LOADED as WORLD_TABLES

parties_area = Area("parties", tag="imports")
catalogue_area = Area("catalogue", tag="imports")

FILES_MAX = 20
PROBLEMS_MAX = 1_000
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}")
MAPPING = "mapping.json"


class HowIn(Asked):
    """Whether to write, and whether rows that are right may stand without those that are wrong."""

    dry_run: bool = False
    good_rows: bool = False
    source: Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""


class ProblemOut(Schema):
    """What is wrong with a row: where it was read, the column (empty: the row as a whole), the reason."""

    file: str
    line: int
    column: str
    code: str
    text: str


class ReportOut(Schema):
    """What became of the rows. At most 1,000 problems are listed; `refused` counts all rows that have one."""

    written: bool
    read: int
    refused: int
    added: int
    changed: int
    problems: list[ProblemOut]


@parties_area.change("POST", "/imports/world", response=ReportOut, summary="Load an organisation, or try to")
def load_world(request: HttpRequest, files: File[list[UploadedFile]], how: Form[HowIn]) -> dict[str, Any]:
    """The files of a world directory, each under its own name (`companies.csv`, …), and `mapping.json` where they are not.

    Inside rules (`definitions.json`) are checked against what the tables bring, households (`households.csv`, by those
    who keep households) against both; all of it is written, or nothing.
    """
    by, at = actor_of(request), clock.now()
    with folder_of(files) as folder:
        rules, mapping = folder / "definitions.json", _mapping(folder)
        homes = read_directory(folder, _HOMES, _only(mapping, _HOMES)).get("households")
        if not rules.exists() and homes is None:
            world = _world(by, at, _tables(folder, WORLD_TABLES), how)
            return _report(world.report, added=world.added, changed=world.changed, written=world.written)
        beside = _Beside(read_objects(rules) if rules.exists() else None, homes)
        others = None if mapping is None else {name: each for name, each in mapping.items() if name not in _HOMES}
        return _all(by, at, read_directory(folder, WORLD_TABLES, others), beside, how)


def _only(mapping: Mapping[str, Table] | None, names: tuple[str, ...]) -> Mapping[str, Table] | None:
    """What a mapping says of these tables: one that it does not name is not read."""
    return None if mapping is None else {name: table for name, table in mapping.items() if name in names}


@dataclass(frozen=True, slots=True)
class _Beside:
    """What came beside the tables of a world, each with an act of its own; None where it did not."""

    rules: Iterable[Row | RowProblem] | None
    households: Iterable[Row | RowProblem] | None


_HOMES = ("households",)


class _Undone(Exception):  # noqa: N818 - it states what is wanted
    """Nothing of it is to be kept."""


def _all(by: Actor, at: datetime, tables: Tables, beside: _Beside, how: HowIn) -> dict[str, Any]:
    """The tables and what came beside them, in one transaction; on a dry run it is undone at the end."""
    found: list[Report] = []
    added = changed = 0
    written = False
    asked: dict[str, Any] = {"by": by, "at": at, "good_rows": how.good_rows, "source": how.source}
    try:
        with together():
            kept = True
            if tables:
                world = _world(by, at, tables, how.model_copy(update={"dry_run": False}))
                found.append(world.report)
                added, changed, kept = world.added, world.changed, world.written
            if beside.rules is not None:
                said = parties.import_definitions(rows=beside.rules, **asked)
                found.append(said.report)
                added, kept = added + said.added, kept and said.written
            if beside.households is not None:
                homes = parties.import_households(rows=beside.households, **asked)
                found.append(homes.report)
                added, changed, kept = added + homes.added, changed + homes.changed, kept and homes.written
            _keep_or_undo(keep=not how.dry_run and kept)
            written = True
    except _Undone:
        versions.look_again()  # the numbers that the acts raised never were
    problems = tuple(problem for report in found for problem in report.problems)
    both = Report(sum(report.read for report in found), sum(report.good for report in found), problems)
    return _report(both, added=added, changed=changed, written=written)


def _keep_or_undo(*, keep: bool) -> None:
    if not keep:
        raise _Undone


def _world(by: Actor, at: datetime, tables: Tables, how: HowIn) -> parties.WorldReport:
    return parties.import_world(
        by=by, at=at, tables=tables, good_rows=how.good_rows, dry_run=how.dry_run, source=how.source
    )


@catalogue_area.change("POST", "/imports/catalogue", response=ReportOut, summary="Load a catalogue, or try to")
def load_catalogue(request: HttpRequest, files: File[list[UploadedFile]], how: Form[HowIn]) -> dict[str, Any]:
    """The files of a catalogue directory (`offerings.csv`, `prices.csv`, `schemes.json`, …)."""
    with folder_of(files) as folder:
        tables = _tables(folder, catalogue.TABLES)
        found = catalogue.import_catalogue(
            by=actor_of(request),
            at=clock.now(),
            tables=tables,
            good_rows=how.good_rows,
            dry_run=how.dry_run,
            source=how.source,
        )
    return _report(found.report, added=found.added, changed=found.changed, written=found.written)


@contextmanager
def folder_of(files: list[UploadedFile]) -> Iterator[Path]:
    """The files in a folder of their own, for as long as they are read; hostile names never touch a disk."""
    if len(files) > FILES_MAX:
        raise Refusal(Reason.of("value_too_many", most=FILES_MAX), where="files")
    with tempfile.TemporaryDirectory(prefix="inward-import-") as place:
        folder = Path(place)
        for file in files:
            name = file.name or ""
            if not _FILE.fullmatch(name) or (folder / name).exists():
                raise Refusal(Reason.of("file_name_unfit", name=name[:100]), where="files")
            with (folder / name).open("wb") as kept:
                kept.writelines(file.chunks())
        yield folder


def _mapping(folder: Path) -> dict[str, Table] | None:
    return read_mapping(folder / MAPPING) if (folder / MAPPING).exists() else None


def _tables(folder: Path, names: Mapping[str, Any] | tuple[str, ...]) -> Tables:
    mapping = _mapping(folder)
    found = read_directory(folder, tuple(names), mapping)
    schemes = folder / "schemes.json"
    if mapping is None and "schemes" in names and schemes.exists():
        found["schemes"] = read_objects(schemes)
    require_something(folder, tuple(names), found)
    return found


def _report(report: Report, *, added: int, changed: int, written: bool) -> dict[str, Any]:
    language = get_language() or "en"
    return {
        "written": written,
        "read": report.read,
        "refused": report.read - report.good,
        "added": added,
        "changed": changed,
        "problems": [
            {
                "file": found.file,
                "line": found.line,
                "column": found.column,
                "code": found.code,
                "text": worded(found.reason, language),
            }
            for found in report.problems[:PROBLEMS_MAX]
        ],
    }
