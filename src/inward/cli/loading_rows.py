"""Loads a file of one kind of rows as its page does: counts of items, variants, budgets, what was handed over. Needs Django; not a command.

Every row is checked and told of; all of them are written or, with --good-rows, those that are right.
"""

import argparse
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from inward.catalogue import operations as catalogue
from inward.cli.loading import Outcome, worded
from inward.core.terms import Reason, Refusal
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.intake import SAME, Table, read_file, read_mapping
from inward.kit.policy import Refused
from inward.kit.vocabularies import text
from inward.parties.operations import RowsReport
from inward.trade import operations as trade

_BY = Actor.system("load", via="cli")
_ACTS: Final[Mapping[str, Callable[..., RowsReport]]] = {
    "budgets": trade.import_budgets,
    "hand_overs": trade.import_hand_overs,
    "stock": trade.import_stock,
    "variants": catalogue.import_variants,
}
"""What brings in which table."""


def load(args: argparse.Namespace, progress: Callable[[int], None]) -> Outcome:
    """Bring in the file and word the report; 1 where a row was refused."""
    name = args.kind.replace("-", "_")
    try:
        done = _brought(args, name, progress)
    except Refusal as refusal:
        return Outcome([text(refusal.reason, args.lang), "Nothing was written."], 1)
    except Refused as refused:
        return Outcome([text(reason, args.lang) for reason in refused.reasons], 1)
    report, state = done.report, "written" if done.written else "nothing written"
    counts = f"{report.read} read, {report.read - report.good} refused, {done.added} new, {done.changed} changed"
    return Outcome([*worded(report, args.lang), f"{args.kind}: {counts}, {state}"], 1 if report.problems else 0)


def _brought(args: argparse.Namespace, name: str, progress: Callable[[int], None]) -> RowsReport:
    if args.path.is_dir():
        raise Refusal(Reason.of("file_missing", file=str(args.path)))
    rows = read_file(args.path, _table(args, name), name=args.path.name, progress=progress)
    act: Callable[..., Any] = partial(_ACTS[name], by=_BY, at=clock.now(), source=args.path.name)
    found: RowsReport = act(tables={name: rows}, good_rows=args.good_rows, dry_run=args.dry_run)
    return found


def _table(args: argparse.Namespace, name: str) -> Table:
    """How their columns are called, where a mapping says so. Refusal where it speaks of other tables alone."""
    if args.mapping is None:
        return SAME
    mapping = read_mapping(args.mapping)
    if name not in mapping:
        raise Refusal(Reason.of("mapping_of_unknown_table", name=next(iter(mapping), ""), allowed=name))
    return mapping[name]
