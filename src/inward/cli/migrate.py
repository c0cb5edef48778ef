"""Bring the database to this version's tables."""

import argparse

from inward.cli.ready import behind, of_newer, prepare_with_database, unknown
from inward.cli.setup import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward migrate``."""
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when something is to be done")


def run(args: argparse.Namespace) -> int:
    """Apply what is missing, or say whether something is."""
    prepare_with_database()
    newer = unknown()
    if newer:
        say(of_newer(newer))
        return 1
    if args.check:
        missing = behind()
        say("The database is behind this version: run inward migrate" if missing else "The database is up to date.")
        return 1 if missing else 0
    migrate(verbosity=1)
    return 0


def migrate(*, verbosity: int = 0) -> None:
    """Apply every migration that is missing."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=verbosity)
