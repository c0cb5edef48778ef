"""Starting over, with the real command on a real file: everything is as it was, and no process trusts what it remembers."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest

from inward.cli import demo

COMMAND = [sys.executable, "-m", "inward", "demo", "--no-serve", "--people", "40", "--as-of", "2026-11-24"]
ACTS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "inward.config.settings"
import django
django.setup()
from django.core.mail import send_mail
from inward.core.classification import classify
from inward.demo import turns, snapshot
from inward.kit import clock
from inward.parties import queries as parties

def kind():
    return classify(supplier="xyz", customer="abc", world=parties.world(), on=clock.now().date()).kind.value

said = [kind()]
turns.sell_xyz(at=clock.now())
send_mail("A letter", "of today", None, ["maya-lund@example.org"])
said.append(kind())
snapshot.bring_back()
said.append(kind())
turns.sell_xyz(at=clock.now())
said.append(kind())
print(said)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A demo that was loaded once. Tests come in any order, so each that counts on the first day starts over."""
    place = tmp_path_factory.mktemp("demo")
    run(place, COMMAND)
    return place


def env(place):
    mine = {name: value for name, value in os.environ.items() if not name.startswith("INWARD_")}
    return mine | {"INWARD_DATA": str(place), "PYTHONPATH": os.pathsep.join(sys.path)}


def run(place, command, **more):
    done = subprocess.run(command, env=env(place) | more, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done


def tables(place):
    """Every row of every table but the versions, which only grow, and sessions."""
    with sqlite3.connect(place / "inward.sqlite3") as kept:
        names = [row[0] for row in kept.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {
            name: sorted(map(repr, kept.execute(f'SELECT * FROM "{name}"').fetchall()))
            for name in names
            if name not in ("kit_version", "django_session", "sqlite_stat1")
        }


def test_starting_over_brings_every_row_and_letter_back_and_starting_again_changes_nothing(folder):
    run(folder, [*COMMAND, "--reset"])
    before, letters = tables(folder), sorted(path.name for path in (folder / "letters").iterdir())
    demo = {"INWARD_DEMO": "yes", "INWARD_BASE_URL": "http://localhost:8000"}
    said = run(folder, [sys.executable, "-c", ACTS], **demo)
    assert said.stdout.strip() == str(["affiliate", "outside", "affiliate", "outside"])
    assert tables(folder) != before
    run(folder, COMMAND)
    assert tables(folder) != before
    done = run(folder, [*COMMAND, "--reset"])
    assert "making the tables" not in done.stderr
    assert tables(folder) == before
    assert sorted(path.name for path in (folder / "letters").iterdir()) == letters


def test_a_snapshot_of_another_day_is_not_brought_back_as_today(folder):
    run(folder, [*COMMAND, "--reset"])
    done = run(folder, [*COMMAND[:-1], "2026-11-25", "--reset"])
    assert "a year of dealings" in done.stderr
    assert (folder / "today").read_text() == "2026-11-25"


@pytest.mark.parametrize(
    ("zone", "found"),
    [("Asia/Jakarta", "Asia/Jakarta"), (":Europe/Oslo", "Europe/Oslo"), ("Mars/Olympus", "UTC"), ("../../etc/hosts", "UTC")],
)  # fmt: skip
def test_times_are_those_on_the_wall_and_a_zone_that_is_none_is_utc(monkeypatch, zone, found):
    monkeypatch.setenv("TZ", zone)
    assert demo._zone() == found


def test_days_pass_with_the_real_ones_and_starting_over_brings_the_first_back(folder):
    run(folder, [*COMMAND, "--reset"])
    before, away = tables(folder), int((folder / "clock").read_text())
    (folder / "clock").write_text(str(away + 5))  # as it is five nights after --as-of was given
    run(folder, COMMAND)
    assert int((folder / "clock").read_text()) == away + 5
    said = run(folder, [*COMMAND[:-2], "--reset"])
    assert "making the tables" not in said.stderr
    assert int((folder / "clock").read_text()) == away
    assert tables(folder) == before


def test_nothing_in_a_fresh_demo_is_of_a_later_hour_than_the_first_of_its_day(folder):
    run(folder, [*COMMAND, "--reset"])
    with sqlite3.connect(folder / "inward.sqlite3") as kept:
        for table, column in (("trade_order", "placed_at"), ("kit_auditrow", "at"), ("kit_task", "done_at")):
            (latest,) = kept.execute(f"SELECT MAX({column}) FROM {table}").fetchone()
            assert latest[:19] <= "2026-11-24 00:00:00", table


def test_another_first_day_is_refused_with_what_to_type(folder):
    run(folder, [*COMMAND, "--reset"])
    clock = (folder / "clock").read_text()
    refused = subprocess.run(
        [*COMMAND[:-1], "2026-11-20"], env=env(folder), capture_output=True, text=True, check=False, timeout=60
    )
    assert (refused.returncode, refused.stderr) == (
        1, "inward demo: this demo begins on 2026-11-24; to see 2026-11-20: ./inward demo --reset --as-of 2026-11-20\n",
    )  # fmt: skip
    assert (folder / "clock").read_text() == clock


def test_two_loads_of_one_day_tell_the_same_story_also_after_one_that_was_broken_off(folder, tmp_path):
    run(folder, [*COMMAND, "--reset"])
    for name in ("demo", "today"):
        (tmp_path / name).write_text("")
    with sqlite3.connect(tmp_path / "inward.sqlite3") as half:
        half.execute("CREATE TABLE parties_party (code text)")
    run(tmp_path, COMMAND)
    asked = "SELECT number, placed_at, state, total_minor, standing FROM trade_order ORDER BY id"
    stories = []
    for place in (folder, tmp_path):
        with sqlite3.connect(place / "inward.sqlite3") as kept:
            stories.append(kept.execute(asked).fetchall())
    assert json.dumps(stories[0]) == json.dumps(stories[1])
    assert {row[2] for row in stories[0]} == {
        "AWAITING_APPROVAL", "PLACED", "PARTLY_DELIVERED", "DELIVERED", "DECLINED", "CANCELLED", "RETURNED", "AGREED",
    }  # fmt: skip


def test_serve_refuses_to_run_as_a_demo(folder):
    refused = subprocess.run(
        [sys.executable, "-m", "inward", "serve", "--port", "0"],
        env=env(folder) | {"INWARD_DEMO": "yes"}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert refused.returncode == 1
    assert "in a demo anybody may be anybody" in refused.stderr


def lacking(place, **more):
    done = subprocess.run(COMMAND, env=env(place) | more, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


def test_a_folder_that_cannot_be_written_is_said_with_what_to_type(tmp_path):
    (tmp_path / "file").write_text("in the way")
    said = lacking(tmp_path / "file" / "demo")
    assert said == (
        f"inward demo: {tmp_path}/file/demo cannot be written; run: INWARD_DATA=/another/folder ./inward demo"
    )


@pytest.mark.skipif(os.getuid() != 0, reason="only root can mount a small disk")
def test_a_disk_that_fills_up_while_loading_is_said_and_the_next_start_begins_again(tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(small)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        assert lacking(small) == (
            f"inward demo: the disk is full at {small}; free some of it and start again,"
            " or run: INWARD_DATA=/another/folder ./inward demo"
        )
        subprocess.run(["mount", "-o", "remount,size=64m", str(small)], check=True)
        run(small, COMMAND)
        assert (small / "loaded").exists()
    finally:
        subprocess.run(["umount", str(small)], check=True)


COUNTED = """
import sys
from inward.cli import demo, main

made = []

def prepared(prepare=demo.prepare):
    prepare()
    from inward.parties import queries

    make = queries._known._make
    queries._known._make = lambda number: (made.append(number), make(number))[1]

demo.prepare = prepared
main.main(sys.argv[1:])
print(len(made))
"""


def test_the_world_is_made_a_few_times_in_loading_and_not_for_every_sign_in(tmp_path):
    done = run(tmp_path, [sys.executable, "-c", COUNTED, *COMMAND[COMMAND.index("demo") :]])
    assert int(done.stdout.split()[-1]) <= 4
