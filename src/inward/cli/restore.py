"""Bring a backup back into an empty site, or in place of everything that is there. All of it or nothing.

The backup may come from the other database and from an older version; it is brought to this version on the way.
"""

import argparse
from pathlib import Path

from inward.cli.ready import prepare_with_database
from inward.cli.setup import Steps, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward restore``."""
    parser.add_argument("file", type=Path, help="a file that inward backup wrote")
    parser.add_argument(
        "--replace-everything", action="store_true", help="throw away what is there; there is no way back from it"
    )


def run(args: argparse.Namespace) -> int:
    """Restore; 1 when it was refused, and then nothing has changed."""
    if not args.file.is_file():
        say(f"{args.file}: there is no such file")
        return 1
    prepare_with_database()
    from inward.cli.refusals import refusals_in_words  # needs Django
    from inward.kit import clock, restore
    from inward.kit.actor import Actor

    steps = Steps("Restoring")
    with refusals_in_words() as outcome:
        by, at = Actor.system("operator", via="cli"), clock.now()
        held = restore.restore(args.file, by=by, at=at, replace=args.replace_everything, progress=steps.at)
        steps.end()
        say(
            f"Restored: {held.rows:,} rows of {len(held.tables)} tables and {len(held.files)} files, of {held.made_at}."
        )
        if held.files_missing:
            say(f"{len(held.files_missing)} uploaded files were not in the backup.")
    return outcome.status
