"""What a server's process makes ready before it answers."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from inward.catalogue import queries as catalogue
from inward.config.warming import warm
from inward.kit import kept
from inward.parties import queries as parties


def test_the_first_to_ask_finds_world_and_price_book_made(house):
    kept.forget_all()
    warm()
    with CaptureQueriesContext(connection) as asked:
        parties.world()
        catalogue.price_book()
    tables = {
        table for query in asked.captured_queries for table in ("parties_", "catalogue_") if table in query["sql"]
    }
    assert tables == set()  # the numbers of versions may be looked at, no row of theirs is


def test_a_database_that_cannot_be_asked_keeps_no_server_from_starting(house, monkeypatch):
    def fails(**_more):
        raise DatabaseError("no such table")

    monkeypatch.setattr(parties, "world", fails)
    warm()
    with pytest.raises(DatabaseError):
        parties.world()
