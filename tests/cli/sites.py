"""Sites of their own for tests that back up, restore and move: a folder, a database, and the command line run on them."""

import json
import os
import subprocess
import sys
import uuid
import zipfile
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from inward.config import environment
from inward.kit import portable
from inward.kit.transaction import elsewhere

ROOT = Path(__file__).parents[2]


class Site:
    """An installation: what ``inward`` does there, and what its tables hold."""

    def __init__(self, folder: Path, url: str | None = None, **env: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("INWARD_", "COV_", "PYTEST"))}
        self.url = url or f"sqlite://{folder}/inward.sqlite3"
        self.env = kept | {"INWARD_DATA": str(folder), "INWARD_DATABASE_URL": self.url} | env

    def run(self, *words, status=0, **more):
        """Run a command; its standard error, after its exit status is what was expected."""
        done = self.start(*words, **more)
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout + done.stderr

    def start(self, *words, program=None, **more):
        """Run a command, or a program that takes its place; what came of it."""
        begin = ["-m", "inward"] if program is None else ["-c", program]
        program = [sys.executable, *begin, *map(str, words)]
        options = {"capture_output": True, "text": True, "cwd": self.folder, "env": self.env} | more
        return subprocess.run(program, check=False, **options)

    def python(self, code):
        """Run some lines inside the site, with Django ready; what they print."""
        start = 'import os; os.environ["DJANGO_SETTINGS_MODULE"] = "inward.config.settings"\nimport django; django.setup()\n'
        done = subprocess.run(
            [sys.executable, "-c", start + code], env=self.env, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tables(self):
        """Every table as rows and digest, read here and now as a backup would read it. Needs the fixture ``reads_sites``."""
        known = {}
        with _connected(self.url) as alias, elsewhere(alias):
            applied = frozenset(MigrationRecorder(connections[alias]).applied_migrations())
            for table in _described(applied):
                with closing(portable.lines(table, alias)) as lines:
                    told = portable.told(lines)
                known[table.name] = (told.rows, told.sha256)
        return known


@contextmanager
def _connected(url):
    """A connection to the database of a site; its alias."""
    given = environment.database("INWARD_SITE_OF_A_TEST", url, "")
    environment.KNOWN.pop("INWARD_SITE_OF_A_TEST")
    given["OPTIONS"] = {name: value for name, value in given["OPTIONS"].items() if name != "pool"}
    alias = f"site{uuid.uuid4().hex[:8]}"
    blank = {"HOST": "", "PORT": "", "USER": "", "PASSWORD": "", "AUTOCOMMIT": True, "ATOMIC_REQUESTS": False}
    connections.databases[alias] = dict(connections["default"].settings_dict) | blank | given
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


@cache
def _described(applied):
    return portable.tables(MigrationLoader(None), applied)


def manifest(file):
    with zipfile.ZipFile(file) as archive:
        return json.loads(archive.read("manifest.json"))
