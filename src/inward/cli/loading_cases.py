"""Loads open cases: a CSV or XLSX file, or what a mapping makes of one. Needs Django; not a command."""

import argparse
from collections.abc import Callable, Iterator

from inward.cli.loading import Outcome, worded
from inward.core.terms import Refusal
from inward.desk import operations
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.intake import Row, RowProblem, read_directory, read_file, read_mapping
from inward.kit.policy import Refused
from inward.kit.vocabularies import text
from inward.parties.operations.bringing import RowsReport

_BY = Actor.system("load", via="cli")
_NAME = "cases"


def load(args: argparse.Namespace, progress: Callable[[int], None]) -> Outcome:
    """Bring in all of them or the good ones, and say what is wrong with the others."""
    try:
        done = operations.import_cases(
            by=_BY,
            at=clock.now(),
            tables={_NAME: _counted(_rows(args), progress)},
            good_rows=args.good_rows,
            dry_run=args.dry_run,
        )
    except Refusal as refusal:
        where = f"{refusal.where}: " if refusal.where else ""
        return Outcome([f"{where}{text(refusal.reason, args.lang)}", "Nothing was written."], 1)
    except Refused as refused:
        return Outcome([text(reason, args.lang) for reason in refused.reasons], 1)
    return Outcome([*worded(done.report, args.lang), _sum(done)], 1 if done.report.problems else 0)


def _rows(args: argparse.Namespace) -> Iterator[Row | RowProblem]:
    if args.mapping is not None:
        folder = args.path if args.path.is_dir() else args.path.parent
        yield from read_directory(folder, (_NAME,), read_mapping(args.mapping))[_NAME]
    else:
        path = args.path / f"{_NAME}.csv" if args.path.is_dir() else args.path
        yield from read_file(path, name=path.name)


def _counted(rows: Iterator[Row | RowProblem], progress: Callable[[int], None]) -> Iterator[Row | RowProblem]:
    for number, row in enumerate(rows, 1):
        yield row
        progress(number)


def _sum(done: RowsReport) -> str:
    state = f"{done.added} opened" if done.written else f"{done.added} would be opened, nothing written"
    return f"cases: {done.report.read} rows read, {done.report.read - done.report.good} refused, {state}"
