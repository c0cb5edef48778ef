"""Write a world directory, or a numbered journal of a company's books."""

import argparse
from pathlib import Path

from inward.cli.setup import prepare, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward export``."""
    what = parser.add_subparsers(dest="what", required=True)
    world = what.add_parser("world", help="everything known of companies, departments, people and the catalogue")
    world.add_argument("folder", type=Path, help="an empty folder, made where it is missing")
    journal = what.add_parser("journal", help="what was posted and never exported, as a numbered CSV")
    journal.add_argument("company", help="code of the company")
    journal.add_argument("file", type=Path, help="where to write it; must not be there yet")
    journal.add_argument("--again", type=int, metavar="NUMBER", help="an export made before, byte for byte")


def run(args: argparse.Namespace) -> int:
    """Write what was asked for; never over a file that is there."""
    prepare()
    from inward.cli.refusals import refusals_in_words  # needs Django

    with refusals_in_words() as outcome:
        outcome.status = _world(args.folder) if args.what == "world" else _journal(args)
    return outcome.status


def _world(folder: Path) -> int:
    from inward.catalogue.exports import export_catalogue
    from inward.kit import clock
    from inward.kit.actor import Actor
    from inward.parties.exports import export_world

    if folder.exists() and any(folder.iterdir()):
        say(f"{folder} is not empty; give a new folder")
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    by, at = Actor.system("export", via="cli"), clock.now()
    export_world(viewer=by, on=at.date(), folder=folder)
    export_catalogue(viewer=by, on=at.date(), folder=folder)
    say(f"written: {', '.join(sorted(path.name for path in folder.iterdir()))}")
    return 0


def _journal(args: argparse.Namespace) -> int:
    from inward.kit import clock
    from inward.kit.actor import Actor
    from inward.ledger import operations, queries

    if args.file.exists():
        say(f"{args.file} is there already; give a new name")
        return 1
    by, at = Actor.system("export", via="cli"), clock.now()
    number = args.again or operations.export_journal(by=by, at=at, company=args.company)
    args.file.write_bytes(queries.journal_csv(viewer=by, at=at, company=args.company, number=number))
    say(f"{args.company}: export {number} written to {args.file}")
    return 0
