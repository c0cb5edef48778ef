"""Move the whole site to another database: from SQLite to PostgreSQL, or from one server to another.

The site stands still meanwhile. The old database is left as it is; afterwards the setting INWARD_DATABASE_URL names the new.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from inward.cli.ready import prepare_with_database
from inward.cli.setup import Steps, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward move``."""
    parser.add_argument("to", help="the new database as in INWARD_DATABASE_URL, or @FILE with that in it")


def run(args: argparse.Namespace) -> int:
    """Take a backup and restore it into the other database, which must be empty."""
    target = _target(args.to)
    if target is None:
        return 1
    prepare_with_database()
    from django.conf import settings

    from inward import __version__
    from inward.cli.refusals import refusals_in_words  # needs Django
    from inward.kit import backup, clock, restore

    with (
        refusals_in_words() as outcome,
        tempfile.TemporaryDirectory(dir=settings.INWARD_DATA, prefix="move-") as folder,
    ):
        at = clock.now()
        restore.check_stands_still(at)
        steps = Steps("Reading")
        backup.take(Path(folder, "site.zip"), at=at, version=__version__, progress=steps.at)
        steps.end()
        outcome.status = _restore_there(Path(folder, "site.zip"), target)
    if outcome.status == 0:
        say("The site has moved. Set INWARD_DATABASE_URL to the new database, then start: inward serve.")
    return outcome.status


def _target(given: str) -> str | None:
    """The new database's address; a password is better kept in a file than shown among the processes."""
    if not given.startswith("@"):
        return given
    try:
        return Path(given[1:]).read_text(encoding="utf-8").strip()
    except OSError as error:
        say(f"{given[1:]}: {error.strerror}")
        return None


def _restore_there(file: Path, target: str) -> int:
    """A process of its own: settings are read once in each."""
    env = {name: value for name, value in os.environ.items() if name != "INWARD_DATABASE_URL_FILE"}
    words = [sys.executable, "-m", "inward", "restore", str(file)]
    return subprocess.run(words, env={**env, "INWARD_DATABASE_URL": target}, check=False).returncode
