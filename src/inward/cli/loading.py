"""Loads what ``inward load`` was given, and words the report. Needs Django; not a command."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from inward.catalogue import operations as catalogue
from inward.core.terms import Refusal
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.intake import Report, Row, RowProblem, Table, Tables, read_directory, read_mapping, require_something
from inward.kit.policy import Refused
from inward.kit.vocabularies import text
from inward.parties import operations as parties
from inward.parties.worldfiles import TABLES as WORLD_TABLES

_BY = Actor.system("load", via="cli")


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
        worlds = _part(args, folder, mapping, tuple(WORLD_TABLES)) if args.kind in (None, "world", "people") else {}
        goods = _part(args, folder, mapping, catalogue.TABLES) if args.kind in (None, "world", "catalogue") else {}
        require_something(folder, (*WORLD_TABLES, *catalogue.TABLES), worlds, goods)
        return _load(args, _counted(worlds, progress), _counted(goods, progress))
    except Refusal as refusal:
        place = f"{refusal.where}: " if refusal.where else ""
        return Outcome([f"{place}{text(refusal.reason, args.lang)}", "Nothing was written."], 1)
    except Refused as refused:
        return Outcome([text(reason, args.lang) for reason in refused.reasons], 1)


def _load(args: argparse.Namespace, worlds: Tables, goods: Tables) -> Outcome:
    at, source = clock.now(), args.path.name
    how = {"good_rows": args.good_rows, "dry_run": args.dry_run, "source": source}
    lines, refused = [], 0
    if worlds:
        brought = parties.import_world(by=_BY, at=at, tables=worlds, **how)
        lines += _worded(brought.report, args.lang)
        lines.append(_sum("organisation", brought.report, brought.added + brought.changed, written=brought.written))
        refused += len(brought.report.problems)
    if goods and not (refused and not args.good_rows):
        offered = catalogue.import_catalogue(by=_BY, at=at, tables=goods, **how)
        lines += _worded(offered.report, args.lang)
        lines.append(_catalogue_sum(offered))
        refused += len(offered.report.problems)
    return Outcome(lines, 1 if refused else 0)


def _part(
    args: argparse.Namespace, folder: Path, mapping: Mapping[str, Table] | None, names: tuple[str, ...]
) -> Tables:
    """The tables of this part that the mapping or the folder has."""
    if mapping is not None:
        return read_directory(folder, names, {name: table for name, table in mapping.items() if name in names})
    wanted = names if args.path.is_dir() else tuple(name for name in names if args.path.stem == name)
    found = read_directory(folder, wanted)
    schemes = folder / "schemes.json"
    if "schemes" in wanted and schemes.exists():
        found["schemes"] = _json_rows(schemes)
    return found


def _json_rows(path: Path) -> Iterator[Row | RowProblem]:
    """Objects of a JSON list, as rows."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        yield RowProblem(path.name, getattr(error, "lineno", 0), "", "file_not_json", {"why": str(error)})
        return
    for number, row in enumerate(found if isinstance(found, list) else [found], 1):
        yield Row(path.name, number, row)


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


def _worded(report: Report, language: str) -> list[str]:
    return [
        f"{problem.file}:{problem.line}{f' {problem.column}' if problem.column else ''}: {text(problem.reason, language)}"
        for problem in report.problems
    ]


def _sum(what: str, report: Report, changed: int, *, written: bool) -> str:
    state = f"{changed} new or changed, written" if written else f"{changed} would be new or changed, nothing written"
    return f"{what}: {report.read} rows read, {report.read - report.good} refused, {state}"


def _catalogue_sum(done: catalogue.CatalogueReport) -> str:
    """What is new, what goes on otherwise from a day on, and what said otherwise without a day and so changed nothing."""
    report = done.report
    state = "written" if done.written else "nothing written"
    said = f"{done.added} new, {done.changed} changed from a day on, {state}"
    kept = f"; {done.kept} say otherwise without a later day and changed nothing" if done.kept else ""
    return f"catalogue: {report.read} rows read, {report.read - report.good} refused, {said}{kept}"
