"""Starting over, with the real command on a real file: everything is as it was, and no process trusts what it remembers."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-m", "inward", "demo", "--no-serve", "--people", "40", "--as-of", "2026-11-24"]
ACTS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "inward.config.settings"
import django
django.setup()
from django.core.mail import send_mail
from inward.core.classification import classify
from inward.demo import sale, snapshot
from inward.kit import clock
from inward.parties import queries as parties

def kind():
    return classify(supplier="xyz", customer="abc", world=parties.world(), on=clock.now().date()).kind.value

said = [kind()]
sale.sell_xyz(at=clock.now())
send_mail("A letter", "of today", None, ["maya-lund@example.org"])
said.append(kind())
snapshot.bring_back()
said.append(kind())
sale.sell_xyz(at=clock.now())
said.append(kind())
print(said)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A demo that was loaded once."""
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
    before, letters = tables(folder), sorted(path.name for path in (folder / "letters").iterdir())
    demo = {"INWARD_DEMO": "yes", "INWARD_TODAY": "2026-11-24", "INWARD_BASE_URL": "http://localhost:8000"}
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
    done = run(folder, [*COMMAND[:-1], "2026-11-25", "--reset"])
    assert "a year of dealings" in done.stderr
    assert (folder / "today").read_text() == "2026-11-25"


def test_two_loads_of_one_day_tell_the_same_story(folder, tmp_path):
    run(folder, [*COMMAND, "--reset"])
    run(tmp_path, COMMAND)
    asked = "SELECT number, placed_at, state, total_minor, standing FROM trade_order ORDER BY id"
    stories = []
    for place in (folder, tmp_path):
        with sqlite3.connect(place / "inward.sqlite3") as kept:
            stories.append(kept.execute(asked).fetchall())
    assert json.dumps(stories[0]) == json.dumps(stories[1])
    assert {row[2] for row in stories[0]} == {
        "AWAITING_APPROVAL", "PLACED", "PARTLY_DELIVERED", "DELIVERED", "DECLINED", "CANCELLED", "RETURNED",
    }  # fmt: skip


def test_serve_refuses_to_run_as_a_demo(folder):
    refused = subprocess.run(
        [sys.executable, "-m", "inward", "serve", "--port", "0"],
        env=env(folder) | {"INWARD_DEMO": "yes"}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert refused.returncode == 1
    assert "in a demo anybody may be anybody" in refused.stderr
