"""Loads a file of a public register: onto the shelf, and from there into the world. Needs Django; not a command."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from inward.cli.loading import Outcome
from inward.core.terms import Refusal
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.policy import Refused
from inward.kit.transaction import carrying
from inward.kit.vocabularies import text
from inward.parties import operations as parties
from inward.parties.sources import bods, exhibit21, gleif, psc
from inward.parties.sources.rows import Said
from inward.parties.sources.streams import Unreadable

_BY = Actor.system("load", via="cli")
_SHOWN_MAX = 100
"""So many findings and proposals are printed; all are counted."""


class _Undo(Exception):  # noqa: N818 - it states what is wanted
    """Nothing of it is to be kept."""


def load(args: argparse.Namespace, progress: Callable[[int], None]) -> Outcome:
    """Shelve the file, let the world take what it says of companies that are known, and word both reports.

    A dry run does the same in one transaction and undoes it. 1 where the file could not be read to its end.
    """
    lines: list[str] = []
    try:
        with carrying() if args.dry_run else nullcontext():
            _bring(args, progress, lines)
            _undo(args.dry_run)
    except _Undo:
        lines.append("This was a dry run: nothing was written.")
    except Unreadable as unreadable:
        why = text(unreadable.as_reason, args.lang)
        return Outcome([*lines, f"{args.path.name}: {why}", "What came before it is on the shelf."], 1)
    except Refusal as refusal:
        return Outcome([*lines, text(refusal.reason, args.lang)], 1)
    except Refused as refused:
        return Outcome([*lines, *(text(reason, args.lang) for reason in refused.reasons)], 1)
    return Outcome(lines, 0)


def _undo(dry_run: bool) -> None:  # noqa: FBT001 - whether
    if dry_run:
        raise _Undo


def _bring(args: argparse.Namespace, progress: Callable[[int], None], lines: list[str]) -> None:
    at = clock.now()
    shelved = parties.shelve_register(
        by=_BY, at=at, source=args.kind, said=_said(args.kind, args.path, args.filer), progress=progress
    )
    lines += _shelf_lines(shelved, args.lang)
    adopted = parties.adopt_register(by=_BY, at=at, source=args.kind, new_companies=args.new_companies)
    lines += _world_lines(adopted, args.lang)


def _said(kind: str, path: Path, filer: str) -> Iterator[Said]:
    readers: dict[str, Callable[[Path], Iterator[Said]]] = {
        "gleif": gleif.read,
        "psc": psc.read,
        "bods": bods.read,
        "exhibit21": partial(exhibit21.read, filer=filer),
    }
    return readers[kind](path)


def _shelf_lines(done: parties.ShelfReport, language: str) -> Iterator[str]:
    for finding in done.findings[:_SHOWN_MAX]:
        place = f"{finding.at.file}:{finding.at.record}"
        yield f"{place}: {text(finding.as_reason, language)}"
    found = sum(done.found.values())
    if found > _SHOWN_MAX:
        kinds = ", ".join(f"{code} {count:,}" for code, count in sorted(done.found.items()))
        yield f"{found:,} findings, the first {_SHOWN_MAX} above: {kinds}"
    told = f"{done.entities:,} entities and {done.facts:,} facts told"
    yield f"shelf: {told}, {done.changed:,} new or changed, {done.gone:,} taken back, {found:,} findings"


def _world_lines(done: parties.AdoptReport, language: str) -> Iterator[str]:
    for proposal in done.matched.proposals[:_SHOWN_MAX]:
        alike = f"; of the same name: {', '.join(proposal.alike)}" if proposal.alike else ""
        told = " ".join(part for part in (proposal.name, proposal.country, proposal.number) if part)
        yield f"not matched: {proposal.code} {told}".rstrip() + alike
    for problem in done.world.report.problems[:_SHOWN_MAX]:
        yield f"{problem.file}:{problem.line}: {text(problem.reason, language)}"
    world, found = done.world, done.matched
    yield (
        f"organisation: {found.matched:,} companies matched, {len(found.companies):,} new, "
        f"{world.added + world.changed:,} records new or changed, {done.withdrawn:,} withdrawn, "
        f"{world.report.read - world.report.good:,} refused, {found.left_out:,} left on the shelf: an end matches nobody"
    )
