"""The command lines of "Load your own", run one after the other on an empty site: they must print what the page shows."""

import os
import subprocess
import sys

import pytest
from tests.docs.test_console import ROOT, shown

PAGE = ROOT / "docs" / "howto" / "load-your-own.md"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """An environment for child processes: a site of their own with empty tables, on SQLite."""
    folder = tmp_path_factory.mktemp("site")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("INWARD_", "COV_", "PYTEST"))}
    env = kept | {"INWARD_DATA": str(folder), "INWARD_DATABASE_URL": f"sqlite://{folder}/inward.sqlite3"}
    subprocess.run([sys.executable, "-m", "inward", "migrate"], env=env, capture_output=True, check=True, cwd=ROOT)
    return env


def test_the_page_does_what_it_says(site):
    ran = 0
    for command, answer in shown(PAGE.read_text(encoding="utf-8")):
        line = command.replace("./inward", f"{sys.executable} -m inward")
        done = subprocess.run(["/bin/sh", "-c", line], env=site, capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        if answer.strip():
            assert done.stdout == answer, command
        ran += 1
    assert ran >= 5
