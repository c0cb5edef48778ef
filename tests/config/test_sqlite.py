"""What stands in a database file of SQLite when something was forgotten."""

import sqlite3

from inward.config import environment


def opened(file):
    """The file as the program opens it."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.executescript("PRAGMA secure_delete=OFF;")  # as libraries are that were not built for it
    connection.executescript(environment.sqlite(file)["OPTIONS"]["init_command"])
    return connection


def test_a_forgotten_name_is_not_left_in_the_room_that_became_free(tmp_path):
    file = tmp_path / "inward.sqlite3"
    connection = opened(file)
    connection.execute("CREATE TABLE party (id INTEGER PRIMARY KEY, name TEXT)")
    connection.execute("CREATE INDEX by_name ON party (name)")
    connection.executemany("INSERT INTO party (name) VALUES (?)", [(f"Somebody {number}",) for number in range(500)])
    connection.execute("UPDATE party SET name = 'Milan Vertrekker' WHERE id = 250")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"Vertrekker" in file.read_bytes()
    connection.execute("DELETE FROM party WHERE id = 250")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert [kept.name for kept in tmp_path.iterdir() if b"Vertrekker" in kept.read_bytes()] == []
