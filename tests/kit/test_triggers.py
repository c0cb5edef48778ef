"""Append-only tables: they grow, empty columns are filled once, and the guard can be taken away again."""

from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.writer import OperationWriter

from inward.kit.transaction import savepoint
from inward.kit.triggers import AppendOnly

pytestmark = [pytest.mark.database]

COLUMNS = ("id", "name", "number")


@pytest.fixture
def honey(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE test_honey (id bigint PRIMARY KEY, name varchar(20) NULL, number bigint NULL)")
        cursor.execute("INSERT INTO test_honey VALUES (1, 'jar', NULL)")


class Editor:
    """Executes at once: the real one cannot be opened inside a test's transaction on SQLite."""

    connection = connection

    def execute(self, statement: str, params: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def apply(operation: AppendOnly, *, backwards: bool = False) -> None:
    change: Any = operation.database_backwards if backwards else operation.database_forwards
    change("kit", Editor(), None, None)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def refused(statement: str) -> None:
    with pytest.raises(IntegrityError, match="test_honey is append-only"), savepoint():
        run(statement)


def rows() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM test_honey ORDER BY id")
        return cursor.fetchall()


def test_a_column_named_once_is_filled_once(honey: None) -> None:
    apply(AppendOnly("test_honey", COLUMNS, once=("number",)))

    run("INSERT INTO test_honey VALUES (2, NULL, NULL)")
    run("UPDATE test_honey SET number = 7 WHERE id = 1")
    run("UPDATE test_honey SET number = 7 WHERE id = 1")
    refused("UPDATE test_honey SET number = 8 WHERE id = 1")
    refused("UPDATE test_honey SET number = NULL WHERE id = 1")
    refused("UPDATE test_honey SET number = 9, name = 'pot' WHERE id = 2")
    refused("UPDATE test_honey SET id = 3 WHERE id = 2")
    refused("DELETE FROM test_honey WHERE id = 2")

    assert rows() == [(1, "jar", 7), (2, None, None)]


def test_without_such_columns_nothing_changes(honey: None) -> None:
    apply(AppendOnly("test_honey", COLUMNS))

    refused("UPDATE test_honey SET number = 7")
    refused("DELETE FROM test_honey")

    assert rows() == [(1, "jar", None)]


def test_the_guard_can_be_taken_away_by_going_back(honey: None) -> None:
    operation = AppendOnly("test_honey", COLUMNS, once=("number",))
    apply(operation)
    apply(operation, backwards=True)

    run("UPDATE test_honey SET name = 'pot', number = 3")
    assert rows() == [(1, "pot", 3)]
    apply(operation)


def test_a_migration_can_write_it_down_and_say_what_it_does() -> None:
    operation = AppendOnly("test_honey", COLUMNS, once=("number",))
    text, imports = OperationWriter(operation, indentation=0).serialize()

    assert "AppendOnly(" in text
    assert "'number'" in text
    assert any("inward.kit.triggers" in line for line in imports)
    assert operation.describe() == "Let test_honey only grow"
    assert operation.migration_name_fragment == "test_honey_append_only"
