"""Loads exchange rates: a row for each, or a column for each currency as central banks publish them. Needs Django; not a command.

All rates or none; what is told already alike changes nothing, so that a file of many days can be loaded every day.
"""

import argparse
from collections.abc import Callable

from inward.cli.loading import Outcome
from inward.core.terms import Refusal
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.transaction import carrying
from inward.kit.vocabularies import text
from inward.ledger import operations
from inward.ledger.ratefiles import read_rates

_BY = Actor.system("load", via="cli")


class _Undo(Exception):  # noqa: N818 - it states what is wanted
    """Nothing of it is to be kept."""


def load(args: argparse.Namespace, progress: Callable[[int], None]) -> Outcome:
    """Tell all of it or none, and say how many say something new. A dry run does the same and undoes it."""
    said: list[str] = []
    try:
        with carrying():
            _tell(args, progress, said)
    except _Undo:
        return Outcome([f"{said[0]}; nothing written"], 0)
    except Refusal as refusal:
        where = f"{refusal.where}: " if refusal.where else ""
        return Outcome([f"{where}{text(refusal.reason, args.lang)}", "Nothing was written."], 1)
    return Outcome(said, 0)


def _tell(args: argparse.Namespace, progress: Callable[[int], None], said: list[str]) -> None:
    told = read_rates(args.path.read_bytes(), source=args.rate_source, base=args.base)
    fresh = operations.tell_rates(by=_BY, at=clock.now(), told=told)
    progress(len(told))
    said.append(f"{len(told)} exchange rates read, {fresh} new or corrected")
    if args.dry_run:
        raise _Undo
