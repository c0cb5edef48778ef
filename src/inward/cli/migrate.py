"""Bring the database to this version's tables."""

import argparse

from inward.cli.ready import of_newer, prepare_with_database
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


def behind() -> bool:
    """Whether the database lacks a migration of this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def unknown() -> list[str]:
    """Migrations in the database that this version does not know: it belongs to a newer one."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    found = set(MigrationRecorder(connection).applied_migrations())
    return [".".join(key) for key in sorted(found - set(MigrationLoader(None).disk_migrations))]
