"""Before a command begins: a database that is empty, older, newer or away is said in one line with what mends it."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from tests.cli.sites import Site

from inward.cli.main import COMMANDS, main

WORDS = {
    "serve": (),
    "work": ("--once",),
    "user": ("list",),
    "books": ("begin", "abc", "EUR"),
    "load": ("{folder}",),
    "export": ("tables", "{folder}/out"),
    "quality": (),
    "bill": (),
    "parts": (),
    "backup": ("{folder}/file.zip",),
    "move": ("sqlite:///{folder}/other.sqlite3",),
}
"""How each command is called that works on tables which are there."""
BESIDE = {"demo", "test", "init", "migrate", "restore", "doctor", "engine", "bench"}
"""Those that need no tables, make them, or say what is wrong with them."""


def test_every_command_says_whether_it_needs_tables():
    assert {command.name for command in COMMANDS} == WORDS.keys() | BESIDE


def said(name, folder, capsys):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("inward.cli.serve.free_port", lambda *_, **__: pytest.fail("it went on"))
        try:
            status = main([name, *(word.format(folder=folder) for word in WORDS[name])])
        except SystemExit as ended:
            status = ended.code
    assert status == 1
    return capsys.readouterr().err.strip()


@pytest.mark.parametrize("name", WORDS)
def test_without_tables_a_command_names_the_one_that_makes_them(name, tmp_path):
    (tmp_path / "companies.csv").write_text("id,name\nx,X\n")
    words = [name, *(word.format(folder=tmp_path) for word in WORDS[name])]
    done = Site(tmp_path / "site").start(*words)
    assert done.returncode == 1
    assert done.stderr.startswith("The database has no tables yet: run inward ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(WORDS.keys() - {"backup", "move"}))
def test_an_older_database_is_brought_up_first(name, tmp_path, capsys):
    (latest,) = MigrationLoader(connection).graph.leaf_nodes("kit")
    MigrationRecorder(connection).record_unapplied(*latest)
    assert said(name, tmp_path, capsys) == "The database is behind this version: run inward migrate, then try again."
    assert not (tmp_path / "out").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(WORDS.keys() - {"backup", "move"}))
def test_a_newer_database_is_left_alone(name, tmp_path, capsys):
    MigrationRecorder(connection).record_applied("trade", "9999_to_come")
    assert "belongs to a newer version" in said(name, tmp_path, capsys)
    assert not (tmp_path / "out").exists()


def test_the_doctor_says_at_once_that_the_database_is_away_and_looks_at_the_rest(tmp_path):
    site = Site(tmp_path, "postgresql://me:hush@127.0.0.1:1/x")
    found = json.loads(site.start("doctor", "--json", timeout=25).stdout)["findings"]
    (wrong,) = [each for each in found if not each["well"]]
    assert (wrong["name"], wrong["mend"]) == ("database", "start the database, or correct INWARD_DATABASE_URL")
    assert wrong["found"].startswith("The database does not answer (")
    assert {"settings", "disk", "mail"} < {each["name"] for each in found}
    assert "does not answer" in site.run("doctor", "--retry", "all", status=1, timeout=25)


def test_the_doctor_says_that_there_are_no_tables_and_no_more_of_it(tmp_path):
    site = Site(tmp_path)
    found = json.loads(site.start("doctor", "--json").stdout)["findings"]
    wrong = [(each["name"], each["found"], each["mend"]) for each in found if not each["well"]]
    assert wrong == [("tables", "none yet", "inward init, or inward migrate")]
    assert "no tables yet" in site.run("doctor", "--discard", "1", "--because", "x", "--yes", status=1)


@pytest.mark.parametrize("words", [("work", "--once"), ("migrate", "--check"), ("init", "--yes"), ("backup", "x.zip")])
def test_a_server_that_does_not_answer_is_said_at_once(words, tmp_path):
    env = {name: value for name, value in os.environ.items() if not name.startswith("INWARD_")}
    done = subprocess.run(
        [sys.executable, "-m", "inward", *words],
        env=env | {"INWARD_DATA": str(tmp_path), "INWARD_DATABASE_URL": "postgresql://me:hush@127.0.0.1:1/x"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=25,  # the pool alone would try for thirty seconds
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer (")
    assert done.stderr.count("\n") == 1
    assert "hush" not in done.stderr
