"""Write a world directory, the tables for analysis, or a numbered journal of a company's books."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from inward.cli.ready import prepare_with_tables
from inward.cli.setup import say

if TYPE_CHECKING:
    from inward.kit.columns import Export


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward export``."""
    what = parser.add_subparsers(dest="what", required=True)
    world = what.add_parser("world", help="everything known of companies, departments, people and the catalogue")
    world.add_argument("folder", type=Path, help="an empty folder, made where it is missing")
    tables = what.add_parser(
        "tables", help="the tables that the rooms offer to analysis, one CSV each, without names of people"
    )
    tables.add_argument("folder", type=Path, help="an empty folder, made where it is missing")
    tables.add_argument("--only", action="append", metavar="TABLE", help="this table; may be given again")
    journal = what.add_parser("journal", help="what was posted and never exported, as a numbered CSV")
    journal.add_argument("company", help="code of the company")
    journal.add_argument("file", type=Path, help="where to write it; must not be there yet")
    journal.add_argument("--again", type=int, metavar="NUMBER", help="an export made before, byte for byte")


def run(args: argparse.Namespace) -> int:
    """Write what was asked for; never over a file that is there."""
    prepare_with_tables()
    from inward.cli.refusals import refusals_in_words  # needs Django

    with refusals_in_words() as outcome:
        outcome.status = {"world": _world, "tables": _tables, "journal": _journal}[args.what](args)
    return outcome.status


def _world(args: argparse.Namespace) -> int:
    from inward.catalogue.exports import export_catalogue
    from inward.kit import clock
    from inward.kit.actor import Actor
    from inward.parties.exports import export_world
    from inward.parties.operations import export_households
    from inward.trade.exports import export_stock

    folder: Path = args.folder
    if not _made_empty(folder):
        return 1
    by, at = Actor.system("export", via="cli"), clock.now()
    export_world(viewer=by, on=at.date(), folder=folder)
    export_households(by=by, at=at, folder=folder)
    export_catalogue(viewer=by, on=at.date(), folder=folder)
    export_stock(viewer=by, on=at.date(), folder=folder)
    say(f"written: {', '.join(sorted(path.name for path in folder.iterdir()))}")
    return 0


def offered() -> "dict[str, tuple[Export, ...]]":
    """The tables for analysis by the room that offers them, from the ground floor up. Needs Django."""
    from inward.access.exports import EXPORTS as ACCESS
    from inward.catalogue.exports import EXPORTS as CATALOGUE
    from inward.desk.exports import EXPORTS as DESK
    from inward.ledger.exports import EXPORTS as LEDGER
    from inward.notices.exports import EXPORTS as NOTICES
    from inward.parties.exports import EXPORTS as PARTIES
    from inward.trade.exports import EXPORTS as TRADE

    return {
        "parties": PARTIES,
        "access": ACCESS,
        "notices": NOTICES,
        "catalogue": CATALOGUE,
        "ledger": LEDGER,
        "trade": TRADE,
        "desk": DESK,
    }


def _tables(args: argparse.Namespace) -> int:
    from inward.kit import clock, columns
    from inward.kit.actor import Actor

    tables = {each.name: each for exports in offered().values() for each in exports}
    wanted = args.only or list(tables)
    if unknown := [name for name in wanted if name not in tables]:
        say(f"there is no table {unknown[0]}; there are {', '.join(tables)}")
        return 1
    if not _made_empty(args.folder):
        return 1
    by, at = Actor.system("export", via="cli"), clock.now()
    for name in wanted:
        rows = columns.write(tables[name], viewer=by, on=at.date(), folder=args.folder)
        say(f"{name}.csv: {rows} {'row' if rows == 1 else 'rows'}")
    return 0


def _made_empty(folder: Path) -> bool:
    """Make the folder where it is missing; say so and refuse where something is in it."""
    if folder.exists() and any(folder.iterdir()):
        say(f"{folder} is not empty; give a new folder")
        return False
    folder.mkdir(parents=True, exist_ok=True)
    return True


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
