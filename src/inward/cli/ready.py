"""Whether the database can be used as it is: it answers, and has the tables of this version. Not a command."""

from inward.cli.setup import prepare, say

_PATIENCE_SECONDS = 5


def prepare_with_tables() -> None:
    """Load Django for a command that reads or writes tables; end the program with a sentence where they cannot be used.

    Before the command begins: half way through, an older table shows as a mistake of the program, or as none at all.
    """
    prepare()
    said = lacking()
    if said is not None:
        say(said)
        raise SystemExit(1)


def prepare_with_database() -> None:
    """The same for a command that makes the tables itself: the database must only answer."""
    prepare()
    said = unreachable()
    if said is not None:
        say(said)
        raise SystemExit(1)


def lacking() -> str | None:
    """Why the tables cannot be used, with the command that mends it; None where they can."""
    said = unreachable()
    if said is not None:
        return said
    newer = unknown()
    if newer:
        return of_newer(newer)
    if not begun():
        return "The database has no tables yet: run inward init for a new installation, or inward migrate."
    if behind():
        return "The database is behind this version: run inward migrate, then try again."
    return None


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


def of_newer(migrations: list[str]) -> str:
    """What is said of a database with tables that this version does not know."""
    return f"The database belongs to a newer version of Inward ({migrations[0]}). Use the program of that version."


def unreachable() -> str | None:
    """Why the database does not answer; None where it does.

    PostgreSQL is asked outside the pool, which would try for half a minute and log each time.
    """
    from django.db import DatabaseError, connection

    try:
        with connection.wrap_database_errors:
            if connection.vendor == "postgresql":
                asked = {**connection.get_connection_params(), "connect_timeout": _PATIENCE_SECONDS}
                connection.Database.connect(**asked).close()  # type: ignore[attr-defined]
            else:
                connection.ensure_connection()
    except DatabaseError as error:
        why = str(error).strip().splitlines()[0].rstrip(".")
        return f"The database does not answer ({why}). Start it, or correct INWARD_DATABASE_URL; then try again."
    return None


def begun() -> bool:
    """Whether any table of ours was ever made."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return bool(MigrationRecorder(connection).applied_migrations())
