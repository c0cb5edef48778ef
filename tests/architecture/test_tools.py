"""The tools that read the source: lint, format, types, and migrations that say all the tables."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def run(*words):
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def test_ruff_finds_nothing():
    done = run(str(BIN / "ruff"), "check", ".", "--output-format", "concise", "--no-cache")
    assert done.returncode == 0, done.stdout[-3000:]


def test_mypy_finds_nothing():
    done = run(sys.executable, "-m", "mypy", "--no-incremental")
    assert done.returncode == 0, done.stdout[-4000:]


BANNED = """
import datetime
from datetime import date, datetime as moment
from django.apps import apps
from django.db import transaction
from django.db.models import signals
from django.dispatch import receiver
from django.utils import timezone

FOUND = (timezone.now, moment.now, moment.utcnow, date.today, transaction.atomic, receiver, signals, apps.get_model)
"""
"""A module that does everything that only one place, or none, may do."""


def test_what_only_one_place_may_do_is_reported_anywhere_else(tmp_path):
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    banned = settings["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
    stray = tmp_path / "stray.py"
    stray.write_text(BANNED, encoding="utf-8")

    done = run(
        *(str(BIN / "ruff"), "check", str(stray), "--config", str(ROOT / "pyproject.toml")),
        *("--select", "TID251", "--output-format", "concise", "--no-cache"),
    )

    assert sorted(name for name in banned if f"`{name}` is banned" not in done.stdout) == [], done.stdout


@pytest.mark.django_db
def test_every_table_is_in_a_migration():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
