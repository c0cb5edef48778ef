"""A PostgreSQL server and a used site, made once for all tests of commands that need them."""

import os
import uuid
from pathlib import Path

import psycopg
import pytest
from tests.cli.sites import Site
from tests.databases import _start_postgresql


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory):
    """A function that makes an empty database on a PostgreSQL server and gives its address."""
    own = os.environ["INWARD_DATABASE_URL"]
    server = own if own.startswith("postgresql") else _start_postgresql(Path(os.environ["INWARD_TEST_FOLDER"]))

    def made() -> str:
        name = f"site_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return server.rpartition("/")[0] + f"/{name}"

    return made


@pytest.fixture(scope="session")
def used(tmp_path_factory):
    """The named world with a year of dealings, one uploaded file, and a deleted row whose number must not come again."""
    site = Site(tmp_path_factory.mktemp("used"))
    site.run("demo", "--no-serve", "--people", "40", "--as-of", "2026-11-20")
    site.python(PREPARED)
    return site


PREPARED = """
from datetime import timedelta
from inward.kit import audit, clock, files
from inward.kit.actor import Actor
from inward.kit.models import SavedList
from inward.kit.transaction import transaction
house = Actor.system("test")
with transaction():
    files.store(by=house, at=clock.now(), chunks=[b"%PDF- a paper"], name="paper.pdf")
    wrong = files.store(by=house, at=clock.now(), chunks=[b"%PDF- a wrong one"], name="wrong.pdf")
    files.withdraw(wrong, at=clock.now())
while audit.seal(at=clock.now()):
    pass
"""


@pytest.fixture
def reads_sites(django_db_blocker):
    """Lets a test read the databases of its sites by connections of their own; it has none of the suite's."""
    with django_db_blocker.unblock():
        yield
