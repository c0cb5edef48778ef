"""Loads net pay: a CSV file with person, company, amount, currency and valid_from. Needs Django; not a command.

All rows or none; the file itself is not kept.
"""

import argparse
from collections.abc import Callable

from inward.cli.loading import Outcome
from inward.core.terms import Refusal
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import carrying
from inward.kit.vocabularies import text
from inward.trade import netpay, operations

_BY = Actor.system("load", via="cli")


class _Undo(Exception):  # noqa: N818 - it states what is wanted
    """Nothing of it is to be kept."""


def load(args: argparse.Namespace, progress: Callable[[int], None]) -> Outcome:
    """Tell all of it or none, and say of how many. A dry run does the same and undoes it."""
    told: list[int] = []
    try:
        with carrying():
            _tell(args, progress, told)
    except _Undo:
        return Outcome([f"net pay of {sum(told)} told, nothing written"], 0)
    except Refusal as refusal:
        where = f"{refusal.where}: " if refusal.where else ""
        return Outcome([f"{where}{text(refusal.reason, args.lang)}", "Nothing was written."], 1)
    except (Refused, NotThere) as wrong:
        reasons = wrong.reasons if isinstance(wrong, Refused) else ()
        return Outcome([*(text(reason, args.lang) for reason in reasons), "Nothing was written."], 1)
    return Outcome([f"net pay of {sum(told)} told"], 0)


def _tell(args: argparse.Namespace, progress: Callable[[int], None], told: list[int]) -> None:
    """Employer by employer and day by day, noting of how many."""
    at = clock.now()
    for (company, since), rows in netpay.of_file(args.path.read_bytes()).items():
        told.append(
            operations.tell_net_pay(by=_BY, at=at, company=company, rows=rows, valid_from=since, source=args.path.name)
        )
        progress(sum(told))
    if args.dry_run:
        raise _Undo
