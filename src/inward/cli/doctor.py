"""Say what is wrong with this installation and how to mend it: settings, database, queue, workers, audit, books."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from inward.cli.setup import prepare


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: well or not, what was found, and the command or step that mends it."""

    name: str
    well: bool
    found: str
    mend: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward doctor``."""
    parser.add_argument("--settings", action="store_true", help="list every setting, its value and its meaning")


def run(args: argparse.Namespace) -> int:
    """Look at everything; 1 when something is wrong."""
    prepare()
    if args.settings:
        _list_settings()
        return 0
    findings = list(_examined())
    for finding in findings:
        print(f"{'ok   ' if finding.well else 'WRONG'} {finding.name}: {finding.found}")
        if finding.mend and not finding.well:
            print(f"      → {finding.mend}")
    return 0 if all(finding.well for finding in findings) else 1


def _examined() -> Iterator[Finding]:
    """Every examination; one that fails by itself is a finding too."""
    for name, examine in _EXAMINATIONS.items():
        try:
            yield examine()
        except Exception as error:  # noqa: BLE001 - a doctor names what breaks instead of breaking
            yield Finding(name, well=False, found=f"{type(error).__name__}: {error}", mend="see the log")


def _database() -> Finding:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    return Finding("database", well=True, found=f"{connection.display_name} {version} answers")


def _tables() -> Finding:
    from inward.cli.migrate import behind

    late = behind()
    found = "behind this version" if late else "up to date"
    return Finding("tables", well=not late, found=found, mend="inward migrate")


def _workers() -> Finding:
    from inward.kit import clock, worker

    alive = worker.alive(clock.now())
    return Finding("worker", well=alive > 0, found=f"{alive} alive", mend="inward serve, or inward work")


def _queue() -> Finding:
    from inward.kit import clock, worker

    queue = worker.queue(clock.now())
    found = f"{queue.waiting} waiting, {queue.due} due, {queue.stuck} stuck"
    return Finding(
        "queue", well=queue.stuck == 0, found=found, mend="the log says why they are stuck; retry when it is mended"
    )


def _audit() -> Finding:
    from inward.kit import audit

    report = audit.verify()
    found = f"{report.sealed} sealed, {report.unsealed} to be sealed"
    if report.broken_at is not None:
        found = f"the chain is broken at position {report.broken_at}"
    return Finding(
        "audit", well=report.broken_at is None, found=found, mend="somebody changed the log; compare with a backup"
    )


def _books() -> Finding:
    from inward.ledger import queries

    wrong, apart = queries.unbalanced(), queries.totals_apart()
    found = "every entry is balanced" if not wrong else f"{len(wrong)} entries are out of balance: {wrong[:5]}"
    if not wrong and apart:
        found = f"the totals of days do not say what the lines say: {', '.join(apart)}"
    return Finding(
        "books", well=not (wrong or apart), found=found, mend="restore from a backup: entries cannot be changed"
    )


def _world() -> Finding:
    from inward.catalogue import queries as catalogue
    from inward.parties import queries as parties

    parties.check_world()
    catalogue.check_price_book()
    world, book = parties.world(), catalogue.price_book()
    found = f"{len(world.companies)} companies, {len(world.people)} people, {len(book.offerings)} items"
    return Finding("organisation and prices", well=True, found=found)


def _clock() -> Finding:
    from django.conf import settings

    from inward.kit import clock

    fixed = settings.INWARD_TODAY is not None and not settings.INWARD_DEMO
    found = f"{clock.now():%Y-%m-%d %H:%M} UTC"
    return Finding("clock", well=not fixed, found=found, mend="INWARD_TODAY fixes the day: unset it")


def _demo() -> Finding:
    from django.conf import settings

    found = "demo data, on this machine only" if settings.INWARD_DEMO else "no demo"
    return Finding("demo", well=True, found=found)


_EXAMINATIONS: dict[str, Callable[[], Finding]] = {
    "database": _database,
    "tables": _tables,
    "clock": _clock,
    "worker": _workers,
    "queue": _queue,
    "audit": _audit,
    "books": _books,
    "organisation and prices": _world,
    "demo": _demo,
}


def _list_settings() -> None:
    import os

    from django.conf import settings

    for setting in sorted(settings.INWARD_SETTINGS.values(), key=lambda known: known.name):
        given = os.environ.get(setting.name)
        value = "(set)" if given and setting.secret else given or f"{setting.default} (default)"
        print(f"{setting.name}={value}\n    {setting.meaning}")
