"""Loads what ``inward load`` was given, and words the report. Needs Django; not a command."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from inward.catalogue import operations as catalogue
from inward.core.terms import Refusal
from inward.kit import clock
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
from inward.kit.policy import Refused
from inward.kit.transaction import carrying
from inward.kit.vocabularies import text
from inward.parties import operations as parties
from inward.parties.worldfiles import LOADED as WORLD_TABLES
from inward.trade import operations as trade

_BY = Actor.system("load", via="cli")
_ACTS_AFTER: Final[Mapping[str, tuple[Callable[..., parties.RowsReport], str]]] = {
    "variants": (catalogue.import_variants, "variants"),
    "stock": (trade.import_stock, "counts"),
}
"""What brings in what stands on a catalogue, in that order, and what its sum is called."""
_AFTER: Final = tuple(_ACTS_AFTER)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be printed, and the exit status."""

    lines: list[str]
    status: int


def load(args: argparse.Namespace, progress: Callable[[int], None]) -> Outcome:
    """Load a world, people or a catalogue: world first, since a catalogue names its parties."""
    try:
        mapping = None if args.mapping is None else read_mapping(args.mapping)
        folder = args.path if args.path.is_dir() else args.path.parent
        worlds = _part(args, folder, mapping, WORLD_TABLES) if args.kind in (None, "world", "people") else {}
        goods = (
            _part(args, folder, mapping, tuple(catalogue.TABLES)) if args.kind in (None, "world", "catalogue") else {}
        )
        rules = _json_part(args, folder, mapping, "definitions") if args.kind in (None, "world") else {}
        homes = _part(args, folder, mapping, ("households",)) if args.kind in (None, "world") else {}
        things = _part(args, folder, mapping, _AFTER) if args.kind in (None, "world", "catalogue") else {}
        known = (*WORLD_TABLES, *catalogue.TABLES, *_AFTER)
        require_something(folder, known, worlds, goods, rules, homes, things)
        return _load(args, _counted(worlds, progress), _counted(goods, progress), {**rules, **homes, **things})
    except Refusal as refusal:
        place = f"{refusal.where}: " if refusal.where else ""
        return Outcome([f"{place}{text(refusal.reason, args.lang)}", "Nothing was written."], 1)
    except Refused as refused:
        return Outcome([text(reason, args.lang) for reason in refused.reasons], 1)


class _Undo(Exception):  # noqa: N818 - it states what is wanted
    """Nothing of it is to be kept."""


def _load(args: argparse.Namespace, worlds: Tables, goods: Tables, beside: Tables) -> Outcome:
    """Both parts in one transaction: a catalogue that is refused takes the world beside it along, and a dry run checks
    the catalogue against the world it comes with.
    """
    brought = _Brought()
    try:
        with carrying():
            _bring(args, worlds, goods, beside, brought)
    except _Undo:
        brought.kept = False
    return Outcome(brought.lines(args.lang), 1 if brought.refused else 0)


@dataclass
class _Brought:
    """What became of the parts, each with its report and the line that sums it up, by whether it was written."""

    parts: list[tuple[Report, Callable[[bool], str], bool]] = field(default_factory=list)
    kept: bool = True
    told: list[str] = field(default_factory=list)
    """What a dry run tells of people, one by one."""

    @property
    def refused(self) -> int:
        return sum(len(report.problems) for report, _, _ in self.parts)

    def lines(self, language: str) -> list[str]:
        found = list(self.told)
        for report, sum_up, written in self.parts:
            found += [*worded(report, language), sum_up(written and self.kept)]
        return found


def _bring(args: argparse.Namespace, worlds: Tables, goods: Tables, beside: Tables, brought: _Brought) -> None:
    at = clock.now()
    if worlds:
        world = parties.import_world(by=_BY, at=at, tables=worlds, good_rows=args.good_rows, source=args.path.name)
        brought.parts.append((world.report, partial(_world_sum, world), world.written))
        if args.dry_run:
            brought.told += [text(reason, args.lang) for reason in world.told]
    if "definitions" in beside and not (brought.refused and not args.good_rows):
        said = parties.import_definitions(
            by=_BY, at=at, rows=beside["definitions"], good_rows=args.good_rows, source=args.path.name
        )
        brought.parts.append((said.report, partial(_rules_sum, said), said.written))
    if "households" in beside and not (brought.refused and not args.good_rows):
        kept = parties.import_households(
            by=_BY, at=at, rows=beside["households"], good_rows=args.good_rows, source=args.path.name
        )
        brought.parts.append((kept.report, partial(_homes_sum, kept), kept.written))
    if goods and not (brought.refused and not args.good_rows):
        offered = catalogue.import_catalogue(
            by=_BY, at=at, tables=goods, good_rows=args.good_rows, source=args.path.name
        )
        brought.parts.append((offered.report, partial(_catalogue_sum, offered), offered.written))
    for name, (act, called) in _ACTS_AFTER.items():
        if name in beside and not (brought.refused and not args.good_rows):
            done = act(by=_BY, at=at, tables={name: beside[name]}, good_rows=args.good_rows, source=args.path.name)
            brought.parts.append((done.report, partial(_rows_sum, called, done), done.written))
    if args.dry_run or (brought.refused and not args.good_rows):
        raise _Undo


def _part(
    args: argparse.Namespace, folder: Path, mapping: Mapping[str, Table] | None, names: tuple[str, ...]
) -> Tables:
    """The tables of this part that the mapping or the folder has."""
    if mapping is not None:
        return read_directory(folder, names, {name: table for name, table in mapping.items() if name in names})
    wanted = names if args.path.is_dir() else tuple(name for name in names if args.path.stem == name)
    found = read_directory(folder, wanted)
    return {**found, **(_json_part(args, folder, mapping, "schemes") if "schemes" in names else {})}


def _json_part(args: argparse.Namespace, folder: Path, mapping: Mapping[str, Table] | None, name: str) -> Tables:
    """The table that stands in a JSON file of our own; a mapping speaks of other people's tables."""
    file = folder / f"{name}.json"
    wanted = mapping is None and (args.path.is_dir() or args.path.stem == name)
    return {name: read_objects(file)} if wanted and file.exists() else {}


def _counted(tables: Tables, progress: Callable[[int], None]) -> Tables:
    """The same rows, telling now and then how many were read."""
    read = 0

    def counting(rows: Iterator[Row | RowProblem]) -> Iterator[Row | RowProblem]:
        nonlocal read
        for row in rows:
            read += 1
            if read % 5000 == 0:
                progress(read)
            yield row

    return {name: counting(iter(rows)) for name, rows in tables.items()}


def worded(report: Report, language: str) -> list[str]:
    """What is wrong with which row, a line each."""
    return [
        f"{problem.file}:{problem.line}{f' {problem.column}' if problem.column else ''}: {text(problem.reason, language)}"
        for problem in report.problems
    ]


def _world_sum(done: parties.WorldReport, written: bool) -> str:  # noqa: FBT001 - the last answer of a line
    report, changed = done.report, done.added + done.changed
    state = f"{changed} new or changed, written" if written else f"{changed} would be new or changed, nothing written"
    return f"organisation: {report.read} rows read, {report.read - report.good} refused, {state}"


def _homes_sum(done: parties.RowsReport, written: bool) -> str:  # noqa: FBT001 - the last answer of a line
    return _rows_sum("households", done, written)


def _rows_sum(called: str, done: parties.RowsReport, written: bool) -> str:  # noqa: FBT001 - the last answer of a line
    report, state = done.report, "written" if written else "nothing written"
    counts = f"{report.read} read, {report.read - report.good} refused, {done.added} new, {done.changed} changed"
    return f"{called}: {counts}, {state}"


def _rules_sum(done: parties.RowsReport, written: bool) -> str:  # noqa: FBT001 - the last answer of a line
    report, state = done.report, "written" if written else "nothing written"
    return f"inside rules: {report.read} read, {report.read - report.good} refused, {done.added} new, {state}"


def _catalogue_sum(done: catalogue.CatalogueReport, written: bool) -> str:  # noqa: FBT001 - the last answer of a line
    """What is new, what goes on otherwise from a day on, and what said otherwise without a day and so changed nothing."""
    report = done.report
    state = "written" if written else "nothing written"
    said = f"{done.added} new, {done.changed} changed from a day on, {state}"
    kept = f"; {done.kept} say otherwise without a later day and changed nothing" if done.kept else ""
    return f"catalogue: {report.read} rows read, {report.read - report.good} refused, {said}{kept}"
