"""What every test has: marks for the two database legs, browsers only where there is one, no network but this machine, and no
clock that judges: a property holds or does not, however slow the machine is.
"""

import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

BOTH_DATABASES = (
    "kit",
    "parties",
    "access",
    "notices",
    "catalogue",
    "ledger",
    "trade",
    "desk",
    "insight",
    "stories",
    "demo",
)
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
HOW_TO_GET_ONE = "apt-get install -y chromium"
HOW_TO_GET_DOVECOT = "apt-get install -y dovecot-imapd"


def pytest_collection_modifyitems(config, items):
    """Mark what runs on both databases; skip what needs a browser where there is none."""
    missing = pytest.mark.skip(reason=f"no Chromium on this machine: {HOW_TO_GET_ONE}")
    here = Path(__file__).parent
    for item in items:
        room = item.path.relative_to(here).parts[0]
        if room in BOTH_DATABASES and _needs_database(item) and "browser" not in item.keywords:
            item.add_marker("database")
        if "browser" in item.keywords and CHROMIUM is None:
            item.add_marker(missing)


def _needs_database(item):
    fixtures = set(getattr(item, "fixturenames", ()))
    return "django_db" in item.keywords or bool(fixtures & {"db", "transactional_db", "django_db_setup"})


def pytest_terminal_summary(terminalreporter, exitstatus, config):
    """Say plainly what did not run, and leave the counts where ``tests/run.py`` adds them up."""
    for sort, how in (("browser", HOW_TO_GET_ONE), ("mailbox", HOW_TO_GET_DOVECOT)):
        skipped = [each for each in terminalreporter.stats.get("skipped", ()) if how in str(each.longrepr)]
        if skipped:
            terminalreporter.write_line(f"{len(skipped)} {sort} tests were not run; to run them: {how}", yellow=True)
    counts = {
        name: len(terminalreporter.stats.get(name, ()))
        for name in ("passed", "failed", "error", "skipped", "xfailed", "xpassed")
    }
    place = os.environ.get("INWARD_TEST_COUNTS")
    if place and not hasattr(config, "workerinput"):
        Path(place).write_text(json.dumps(counts), encoding="utf-8")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    if CHROMIUM is None:
        pytest.skip(f"no Chromium on this machine: {HOW_TO_GET_ONE}")
    return CHROMIUM


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """The test database, also where no test that runs has the plugin's own mark: tests whose rows are really committed, seen
    by other threads and processes, have none, and run alone like any other.
    """
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0, interactive=False, aliases=set(connections), serialized_aliases=set(), keepdb=False
        )
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def _nothing_kept_between_tests():
    """Prepared values are kept per process by version; a rolled-back test may leave one of a version that never was."""
    from inward.kit import kept, numbers

    kept.forget_all()
    numbers.forget_all()


@pytest.fixture(autouse=True)
def _files_of_tests_stay_open_to_whom_they_were():
    """Commands run within a test keep what they write to themselves; files of the next test are not theirs."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture(autouse=True, scope="session")
def _evidence_gives_way_to_the_next_test():
    """Transactional tests empty every table by DELETE on SQLite: triggers of append-only tables step aside for that alone."""
    from django.db.backends.sqlite3.base import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def flush_without_guards(self, sql_list):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND instr(sql, 'RAISE(ABORT')")
            guards = cursor.fetchall()
            for name, _ in guards:
                cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            flush(self, sql_list)
        finally:
            with self.connection.cursor() as cursor:
                for _, sql in guards:
                    cursor.execute(sql.replace("%", "%%"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_without_guards)
        yield
