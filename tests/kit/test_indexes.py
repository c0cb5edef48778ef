"""Indexes that a wider one makes superfluous go, whatever they are called; those with a name of their own and unique ones stay."""

import pytest
from django.db import connection

from inward.kit.indexes import IndexesGone

pytestmark = pytest.mark.django_db


class Editor:
    """What the operation needs of a schema editor: SQLite's own cannot be had inside a test's transaction."""

    connection = connection

    def quote_name(self, name):
        return connection.ops.quote_name(name)

    def execute(self, statement, params=None):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def indexes():
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "bees_hive")
    return {
        name
        for name, what in found.items()
        if what["index"] and not what["primary_key"] and name.startswith(("bees", "hive"))
    }


@pytest.fixture
def hive(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bees_hive (id bigint PRIMARY KEY, meadow_id bigint, queen bigint, number bigint)")
        for statement in (
            "CREATE INDEX bees_hive_meadow_id_1a2b ON bees_hive (meadow_id)",
            "CREATE INDEX bees_hive_queen_3c4d ON bees_hive (queen)",
            "CREATE UNIQUE INDEX bees_hive_number_once ON bees_hive (number)",
            "CREATE INDEX hive_by_meadow ON bees_hive (meadow_id, queen)",
            "CREATE INDEX hive_meadow ON bees_hive (meadow_id)",
        ):
            cursor.execute(statement)


def test_only_the_plain_index_on_that_column_alone_goes(hive):
    before = indexes()
    gone = IndexesGone("bees_hive", ("meadow_id", "number"))
    gone.database_forwards("bees", Editor(), None, None)
    assert before - indexes() == {"bees_hive_meadow_id_1a2b"}
    gone.database_forwards("bees", Editor(), None, None)  # a second time there is nothing to do
    gone.database_backwards("bees", Editor(), None, None)
    assert before - indexes() == {"bees_hive_meadow_id_1a2b"}


def test_a_migration_can_write_it_down():
    gone = IndexesGone(table="bees_hive", columns=["meadow_id"])
    name, args, named = gone.deconstruct()
    assert (name, args, named) == ("IndexesGone", [], {"table": "bees_hive", "columns": ("meadow_id",)})
    assert gone.describe() == "Drop superfluous indexes of bees_hive"
    assert gone.state_forwards("bees", None) is None


def test_the_books_kept_their_guards_and_lost_what_they_do_not_need(db):
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "ledger_entry")
    single = [what["columns"] for what in found.values() if what["index"] and len(what["columns"]) == 1]
    assert ["company_id"] not in single
    assert ["reference"] in single
