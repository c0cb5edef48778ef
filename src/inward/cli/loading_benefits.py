"""Loads rules on taxable benefit: a JSON file of one country, or a directory of such files. Needs Django; not a command."""

import argparse
import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from inward.cli.loading import Outcome
from inward.core.terms import Fields, Reason, Refusal
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.intake import json_files
from inward.kit.policy import Refused
from inward.kit.transaction import carrying
from inward.kit.vocabularies import text
from inward.ledger import operations as ledger

_BY = Actor.system("load", via="cli")


class _Undo(Exception):  # noqa: N818 - it states what is wanted
    """Nothing of it is to be kept."""


def load(args: argparse.Namespace, progress: Callable[[int], None]) -> Outcome:
    """Take in every file or none, and say what became of each. A dry run does the same and undoes it."""
    lines: list[str] = []
    places: list[Path] = [args.path]
    try:
        with carrying():
            _bring(args, progress, lines, places)
    except _Undo:
        return Outcome(lines, 0)
    except Refusal as refusal:
        where = f": {refusal.where}" if refusal.where else ""
        return Outcome([f"{places[-1].name}{where}: {text(refusal.reason, args.lang)}", "Nothing was written."], 1)
    except Refused as refused:
        return Outcome([text(reason, args.lang) for reason in refused.reasons], 1)
    return Outcome(lines, 0)


def _bring(args: argparse.Namespace, progress: Callable[[int], None], lines: list[str], places: list[Path]) -> None:
    """Load file by file, noting what became of each and which was read last."""
    for number, path in enumerate(json_files(args.path), 1):
        places.append(path)
        lines.append(_taken_back(path, args) if args.take_back else _told(path, _loaded(path), dry_run=args.dry_run))
        progress(number)
    if args.dry_run:
        raise _Undo


def _taken_back(path: Path, args: argparse.Namespace) -> str:
    document = dict(Fields.of(_document(path.read_bytes())).values)
    done = ledger.take_back_benefit_rules(by=_BY, at=clock.now(), document=document, file=path.name)
    state = "nothing written" if args.dry_run else "written"
    return f"{path.name}: {done.jurisdiction}: {done.fresh} versions taken back, {state}"


def _loaded(path: Path) -> ledger.RulesLoaded:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    document = dict(Fields.of(_document(content)).values)
    return ledger.load_benefit_rules(by=_BY, at=clock.now(), document=document, file=path.name, file_sha256=digest)


def _document(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, or brackets a thousand deep
        raise Refusal(Reason.of("file_not_json", why=str(error))) from None


def _told(path: Path, done: ledger.RulesLoaded, *, dry_run: bool) -> str:
    state = "nothing written" if dry_run or not done.fresh else "written"
    changed = f"{done.fresh} new versions ({done.corrected} in the place of one of the same day), {done.ended} ended"
    return f"{path.name}: {done.jurisdiction}: {changed}, {done.same} as known, {state}"
