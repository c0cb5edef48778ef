"""Loads net pay: a CSV file with person, company, amount, currency and valid_from. Needs Django; not a command.

All rows or none; the file itself is not kept.
"""

import argparse
import csv
import io
from collections import defaultdict
from collections.abc import Callable
from datetime import date

from inward.cli.loading import Outcome
from inward.core.terms import Money, Reason, Refusal, as_currency
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import carrying
from inward.kit.vocabularies import text
from inward.trade import operations

_BY = Actor.system("load", via="cli")
COLUMNS = ("person", "company", "amount", "currency", "valid_from")


class _Undo(Exception):  # noqa: N818 - it states what is wanted
    """Nothing of it is to be kept."""


def load(args: argparse.Namespace, progress: Callable[[int], None]) -> Outcome:
    """Tell all of it or none, and say of how many. A dry run does the same and undoes it."""
    count, at = 0, clock.now()
    try:
        with carrying():
            for (company, since), rows in _read(args.path.read_bytes()).items():
                count += operations.tell_net_pay(
                    by=_BY, at=at, company=company, rows=rows, valid_from=since, source=args.path.name
                )
                progress(count)
            if args.dry_run:
                raise _Undo
    except _Undo:
        return Outcome([f"net pay of {count} told, nothing written"], 0)
    except Refusal as refusal:
        where = f"{refusal.where}: " if refusal.where else ""
        return Outcome([f"{where}{text(refusal.reason, args.lang)}", "Nothing was written."], 1)
    except (Refused, NotThere) as wrong:
        reasons = wrong.reasons if isinstance(wrong, Refused) else ()
        return Outcome([*(text(reason, args.lang) for reason in reasons), "Nothing was written."], 1)
    return Outcome([f"net pay of {count} told"], 0)


def _read(content: bytes) -> dict[tuple[str, date], list[operations.Told]]:
    """The rows by employer and day. Refusal with its line for what cannot be read."""
    try:
        lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise Refusal(Reason.of("net_pay_file_unfit", columns=", ".join(COLUMNS)), where="line 1") from error
    found: dict[tuple[str, date], list[operations.Told]] = defaultdict(list)
    for row in lines:
        where = f"line {lines.line_num}"
        try:
            amount = Money.of(row["amount"].strip(), as_currency(row["currency"].strip().upper()))
            since = date.fromisoformat(row["valid_from"].strip())
            found[row["company"].strip(), since].append(operations.Told(row["person"].strip(), amount, where))
        except (KeyError, AttributeError, ValueError):
            raise Refusal(Reason.of("net_pay_file_unfit", columns=", ".join(COLUMNS)), where=where) from None
    return found
