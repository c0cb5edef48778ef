"""Write everything of one moment into one file, while the house works on: all tables and all uploaded files.

The file restores on SQLite and on PostgreSQL alike. The secret key and the settings are not in it; keep them apart.
"""

import argparse
from pathlib import Path

from inward.cli.ready import prepare_with_database
from inward.cli.setup import Steps, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward backup``."""
    parser.add_argument("file", type=Path, help="where to write it; must not be there yet")


def run(args: argparse.Namespace) -> int:
    """Write the backup; 1 when it could not be written, and then nothing is left behind."""
    prepare_with_database()
    from inward import __version__
    from inward.cli.refusals import refusals_in_words  # needs Django
    from inward.kit import backup, clock

    steps = Steps("Backing up")
    with refusals_in_words() as outcome:
        held = backup.take(args.file, at=clock.now(), version=__version__, progress=steps.at)
        steps.end()
        size = args.file.stat().st_size / 1024**2
        say(f"{args.file}: {held.rows:,} rows of {len(held.tables)} tables, {len(held.files)} files, {size:.1f} MB")
        if held.files_missing:
            say(f"{len(held.files_missing)} uploaded files are gone from the data folder and are not in the backup.")
            outcome.status = 1
    return outcome.status
