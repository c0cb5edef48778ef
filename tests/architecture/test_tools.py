"""The tools that read the source: lint, format, types, and migrations that say all the tables."""

import subprocess
import sys
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


@pytest.mark.django_db
def test_every_table_is_in_a_migration():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
