"""A used site is backed up, brought back and moved, on both databases: every table is compared, nothing is ever half there."""

import hashlib
import json
import signal
import subprocess
import sys
import zipfile

import pytest
from tests.cli.sites import ROOT, Site, manifest

from inward.kit.portable import AT_ONCE

pytestmark = pytest.mark.usefixtures("reads_sites")

ONE_MORE = {"kit_auditrow"}
"""A restored site notes that it was restored: one row more than the backup had."""


@pytest.fixture(scope="session")
def file(used, tmp_path_factory):
    """A backup of the used site."""
    place = tmp_path_factory.mktemp("backups") / "site.zip"
    used.run("backup", place)
    return place


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """A site without anything, on either database."""
    return Site(tmp_path / "new", request.getfixturevalue("postgresql")() if request.param == "postgresql" else None)


@pytest.fixture
def fresh(tmp_path):
    """A site without anything, on SQLite: for what is refused before any database is looked at."""
    return Site(tmp_path / "new")


def differing(one, other):
    assert set(one) == set(other)
    return {name for name in one if one[name] != other[name]}


def test_a_used_site_comes_back_whole_and_goes_on(used, file, empty, tmp_path):
    said = empty.run("restore", file)

    before, after = used.tables(), empty.tables()
    assert differing(before, after) == ONE_MORE
    assert after["kit_auditrow"][0] == before["kit_auditrow"][0] + 1
    assert before["trade_order"][0] > 100
    assert f"Restored: {sum(rows for rows, _ in before.values()):,} rows" in said
    found = json.loads(empty.python(GOES_ON))
    assert found == {
        "sealed": True,
        "unbalanced": [],
        "content": "%PDF- a paper",
        "noted": "kit.restore",
        "order": True,
        "given": 1,
    }
    empty.run("backup", tmp_path / "again.zip")
    known = {table["name"]: table["last_number"] for table in manifest(file)["tables"]}
    assert {table["name"]: table["last_number"] for table in manifest(tmp_path / "again.zip")["tables"]} == known | {
        "auth_group": known["auth_group"] + 1
    }
    assert known["trade_order"] is None
    assert known["access_rolegrant"] >= 1
    assert used.tables() == before


GOES_ON = """
import json
from inward.kit import audit, clock, files, numbers
from inward.kit.models import AuditRow, File
from inward.ledger import queries
from inward.trade.models import Order
from django.contrib.auth.models import Group
while audit.seal(at=clock.now()):
    pass
last = AuditRow.objects.order_by("-position").first()
number = numbers.next_number("trade.order")
print(json.dumps({
    "sealed": audit.verify().whole,
    "unbalanced": queries.unbalanced(),
    "content": files.read(File.objects.get(name="paper.pdf")).decode(),
    "noted": last.act,
    "given": Group.objects.create(name="one").pk,
    "order": not Order.objects.filter(number__gte=number).exists(),
}))
"""


def test_what_was_withdrawn_is_not_in_a_backup_and_not_missed(used, file):
    told = manifest(file)
    paper, wrong = (hashlib.sha256(content).hexdigest() for content in (b"%PDF- a paper", b"%PDF- a wrong one"))
    assert (paper in told["files"], wrong in told["files"]) == (True, False)
    assert told["files_missing"] == []


def test_there_and_back_again_the_rows_are_the_same_bytes(used, file, postgresql, tmp_path):
    there = Site(tmp_path / "there", postgresql())
    there.run("restore", file)
    there.run("backup", tmp_path / "there.zip")
    back = Site(tmp_path / "back")
    back.run("restore", tmp_path / "there.zip")

    assert differing(used.tables(), back.tables()) == ONE_MORE


@pytest.fixture(scope="module")
def many(file, django_db_blocker, tmp_path_factory):
    """A site with tables of exactly so many portions and of one row more, its backup, and what it holds."""
    place = tmp_path_factory.mktemp("many")
    site = Site(place / "site")
    site.run("restore", file)
    site.python(MANY)
    site.run("backup", place / "many.zip")
    with django_db_blocker.unblock():
        return place / "many.zip", site.tables(), json.loads(site.python(COUNTED))


def test_tables_of_many_thousand_rows_lose_none_where_one_portion_ends(many, empty):
    saved, before, counted = many
    assert (before["django_session"][0], before["kit_searchentry"][0]) == (5 * AT_ONCE, 5 * AT_ONCE + 1)
    assert (counted["sessions"], counted["keys"]) == (
        5 * AT_ONCE,
        5 * AT_ONCE + 1,
    )  # the database's count, not a backup's

    empty.run("restore", saved)

    assert differing(before, empty.tables()) == ONE_MORE
    assert json.loads(empty.python(COUNTED)) == counted


MANY = f"""
from datetime import UTC, datetime
from django.contrib.sessions.models import Session
from inward.kit.models import SearchEntry
Session.objects.all().delete()
SearchEntry.objects.all().delete()
ends = datetime(2027, 1, 1, tzinfo=UTC)
Session.objects.bulk_create(
    [Session(session_key=f"key-{{n:06d}}", session_data="x" * 200, expire_date=ends) for n in range({5 * AT_ONCE})]
)
SearchEntry.objects.bulk_create(
    [SearchEntry(id=n, kind="a", ref=f"r{{n}}", title=f"Søk {{n}}", words=f"sok {{n}}") for n in range(1, {5 * AT_ONCE + 2})]
)
"""
COUNTED = """
import json
from django.contrib.sessions.models import Session
from django.db.models import Count, Max, Min, Sum
from inward.kit.models import SearchEntry
entries = SearchEntry.objects.aggregate(keys=Count("id", distinct=True), sum=Sum("id"), refs=Count("ref", distinct=True))
print(json.dumps(entries | Session.objects.aggregate(first=Min("pk"), last=Max("pk"), sessions=Count("pk"))))
"""


def test_a_site_moves_from_sqlite_to_postgresql_by_one_command(file, postgresql, tmp_path):
    old = Site(tmp_path / "old")
    old.run("restore", file)
    target, address = postgresql(), tmp_path / "address"
    address.write_text(f"{target}\n", encoding="utf-8")
    before = old.tables()

    said = old.run("move", f"@{address}")

    assert "The site has moved" in said
    assert differing(before, Site(tmp_path / "old", target).tables()) == ONE_MORE
    assert old.tables() == before
    assert list(old.folder.glob("move-*")) == []
    assert "This site has data" in old.run("move", target, status=1)


class TestRefused:
    def test_a_site_with_data_unless_the_words_are_said(self, file, fresh):
        fresh.run("restore", file)
        before = fresh.tables()

        assert "--replace-everything" in fresh.run("restore", file, status=1)
        assert fresh.tables() == before
        assert "Restored" in fresh.run("restore", file, "--replace-everything")
        assert differing(before, fresh.tables()) <= ONE_MORE

    def test_a_name_that_is_taken(self, used, file):
        before = file.read_bytes()
        assert "is there already" in used.run("backup", file, status=1)
        assert file.read_bytes() == before

    def test_a_file_that_is_none(self, fresh, tmp_path):
        (tmp_path / "letter.zip").write_text("Dear reader", encoding="utf-8")
        assert "is damaged or is no backup" in fresh.run("restore", tmp_path / "letter.zip", status=1)
        assert "there is no such file" in fresh.run("restore", tmp_path / "ghost.zip", status=1)
        assert fresh.start("migrate", "--check").returncode == 1  # not even tables were made

    @pytest.mark.parametrize("damage", ["cut", "flipped", "changed", "lost"])
    def test_a_damaged_file(self, damage, file, tmp_path):
        bad, site = tmp_path / "bad.zip", Site(tmp_path / "new")
        DAMAGES[damage](file, bad)
        assert "damaged" in site.run("restore", bad, status=1)
        assert site.start("migrate", "--check").returncode == 1

    def test_a_file_of_a_newer_version(self, file, fresh, tmp_path):
        newer = tmp_path / "newer.zip"
        _rewritten(file, newer, lambda said: said["migrations"].append(["trade", "9999_to_come"]))
        assert "newer version" in fresh.run("restore", newer, status=1)
        later = tmp_path / "later.zip"
        _rewritten(file, later, lambda said: said.update(format=2, version="9.0.0"))
        assert "9.0.0" in fresh.run("restore", later, status=1)
        assert fresh.start("migrate", "--check").returncode == 1

    def test_a_row_that_the_database_does_not_take(self, file, empty, tmp_path):
        bad = tmp_path / "bad.zip"
        _rewritten(file, bad, lambda _said: None, table="trade_orderline", lines=lambda lines: [*lines, lines[-1]])
        assert "refuses a row of trade_orderline" in empty.run("restore", bad, status=1)
        assert empty.start("migrate", "--check").returncode == 1

    def test_a_row_that_points_nowhere(self, file, fresh, tmp_path):
        bad = tmp_path / "bad.zip"
        _rewritten(file, bad, lambda _said: None, table="trade_order", lines=lambda lines: lines[1:])
        assert "refuses a row" in fresh.run("restore", bad, status=1)
        assert fresh.start("migrate", "--check").returncode == 1

    def test_a_site_at_work(self, file, fresh):
        fresh.run("restore", file)
        before = fresh.tables()
        beat = (
            "from inward.kit import clock, worker\nworker.beat('w', started_at=clock.now(), at=clock.now(), handled=0)"
        )
        fresh.python(beat)
        assert "Stop inward serve" in fresh.run("restore", file, "--replace-everything", status=1)
        assert "Stop inward serve" in fresh.run("move", "sqlite:///nowhere", status=1)
        assert differing(before, fresh.tables()) == {"kit_heartbeat"}

    def test_a_database_with_tables_of_others(self, file, postgresql, tmp_path):
        import psycopg

        site = Site(tmp_path / "new", postgresql())
        with psycopg.connect(site.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE recipes (name text)")
        assert "not Inward’s (recipes)" in site.run("restore", file, status=1)
        with psycopg.connect(site.url) as connection:
            assert connection.execute("SELECT count(*) FROM recipes").fetchone() == (0,)

    def test_a_database_of_a_newer_program(self, file, tmp_path):
        site = Site(tmp_path / "new")
        site.run("restore", file)
        recorded = "INSERT INTO django_migrations (app, name, applied) VALUES ('trade', '9999_to_come', '2026-01-01')"
        site.python(f"from django.db import connection\nconnection.cursor().execute({recorded!r})")
        assert "belongs to a newer version" in site.run("backup", tmp_path / "x.zip", status=1)
        assert not (tmp_path / "x.zip").exists()

    def test_a_backup_of_nothing(self, fresh, tmp_path):
        assert "no tables yet" in fresh.run("backup", tmp_path / "x.zip", status=1)
        assert list(tmp_path.glob("*.zip")) == []


def test_a_file_of_an_older_version_is_brought_to_this_one(file, empty, tmp_path):
    """The last migration of parties is taken out of the file, as if it had been written before there was one."""
    older = tmp_path / "older.zip"
    _rewritten(file, older, lambda said: said["migrations"].remove(["parties", "0002_one_place_a_day"]))

    empty.run("restore", older)

    assert empty.start("migrate", "--check").returncode == 0
    known = empty.tables()
    assert known["parties_unitplacement"][0] > 0
    assert "one_place_a_day" in empty.python(
        "from django.db.migrations.recorder import MigrationRecorder\nfrom django.db import connection\n"
        "print(sorted(MigrationRecorder(connection).applied_migrations()))"
    )


def test_a_backup_is_of_one_moment_while_others_write(used, tmp_path):
    """A writer adds a subject and a version row together, all the time; a backup has as many of the one as of the other."""
    site = Site(tmp_path / "busy")
    site.run("migrate")
    writer = subprocess.Popen([sys.executable, "-c", WRITES], env=site.env, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        for number in range(2):
            site.run("backup", tmp_path / f"{number}.zip")
    finally:
        writer.kill()
        writer.wait()
    counts = [{table["name"]: table["rows"] for table in manifest(tmp_path / f"{n}.zip")["tables"]} for n in range(2)]
    assert all(count["kit_subject"] == count["kit_usedlink"] > 0 for count in counts)
    assert counts[0]["kit_subject"] < counts[1]["kit_subject"]


WRITES = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "inward.config.settings"
import django; django.setup()
from inward.kit import clock, subjects
from inward.kit.models import UsedLink
from inward.kit.transaction import transaction
number = 0
while True:
    with transaction():
        subjects.new_subject(at=clock.now())
        UsedLink.objects.create(sha256=str(number), used_at=clock.now(), expires_at=clock.now())
    number += 1
    if number == 1:
        print("writing", flush=True)
"""


def test_killed_half_way_the_old_site_stands(file, empty):
    empty.run("restore", file)
    before = empty.tables()
    running = empty.start("restore", file, "--replace-everything", program=KILLED.format(table="trade_order"))
    assert running.returncode == -signal.SIGKILL, running.stderr

    after = empty.tables()
    assert after == before
    empty.run("restore", file, "--replace-everything")
    assert [path.name for path in empty.folder.glob("*restoring*")] == []


KILLED = """
import os, signal, sys
from inward.cli import main
from inward.kit import portable
fill = portable.fill
def killed(table, alias, lines):
    if table.name == "{table}":
        lines = [line for line in lines]
        fill(table, alias, lines)
        os.kill(os.getpid(), signal.SIGKILL)
    return fill(table, alias, lines)
portable.fill = killed
sys.exit(main.main(sys.argv[1:]))
"""
"""The command, killed by itself just after that table is filled."""


def test_killed_while_writing_a_backup_there_is_none(used, tmp_path):
    killed = KILLED.replace("fill = portable.fill", "fill = portable.lines").replace(
        "portable.fill =", "portable.lines ="
    )
    killed = killed.replace("(table, alias, lines)", "(table, alias)").replace(
        "lines = [line for line in lines]", "pass"
    )
    done = used.start("backup", tmp_path / "x.zip", program=killed.format(table="trade_order"))
    assert done.returncode == -signal.SIGKILL
    assert not (tmp_path / "x.zip").exists()


def test_a_backup_is_readable_by_its_owner_alone(file):
    assert file.stat().st_mode & 0o777 == 0o600


# --- damages ----------------------------------------------------------------------------------------------------------


def _cut(good, bad):
    bad.write_bytes(good.read_bytes()[:-2000])


def _flipped(good, bad):
    content = bytearray(good.read_bytes())
    content[len(content) // 3] ^= 0xFF
    bad.write_bytes(content)


def _changed(good, bad):
    """Somebody edits a row; the archive itself is sound."""
    _rewritten(good, bad, lambda said: None, table="trade_order", lines=lambda lines: lines[:-1], summed=False)


def _lost(good, bad):
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            if name != "tables/ledger_entry.jsonl":
                target.writestr(name, source.read(name))


DAMAGES = {"cut": _cut, "flipped": _flipped, "changed": _changed, "lost": _lost}


def _rewritten(good, bad, change, *, table=None, lines=None, summed=True):
    """The same file with another manifest and, if asked, other lines in one table, summed up rightly or not."""
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        said = json.loads(source.read("manifest.json"))
        change(said)
        for name in source.namelist():
            content = source.read(name)
            if table and name == f"tables/{table}.jsonl":
                new = lines(content.splitlines(keepends=True))
                content = b"".join(new)
                (part,) = [part for part in said["tables"] if part["name"] == table]
                if summed:
                    part.update(rows=len(new), sha256=hashlib.sha256(content).hexdigest())
            if name != "manifest.json":
                target.writestr(name, content)
        target.writestr("manifest.json", json.dumps(said))
