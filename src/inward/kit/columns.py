"""Tables that a room offers to analysis: each column with kind, unit and meaning, who may take it, and its rows as a stream.

Rows are read a few thousand at a time, so a table of millions needs no more memory than a small one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypeAlias

from inward.kit.actor import Actor
from inward.kit.policy import Answer, require
from inward.kit.sheets import csv_rows

Value: TypeAlias = str | int | bool | date | datetime | None
AT_ONCE: Final = 5_000
"""So many rows are read from the database at a time."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column for analysis: its name, the kind of its values, what they mean, their unit.

    Kinds are "text", "integer", "yes/no", "day" (``YYYY-MM-DD``) and "instant" (ISO 8601 in UTC).
    """

    name: str
    kind: str
    meaning: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """A table for analysis. ``may`` says who takes it, ``permission`` says the same in words for the reference;
    ``rows`` reads its rows one by one, in no promised order.
    """

    name: str
    meaning: str
    permission: str
    may: Callable[[Actor, date], Answer]
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[tuple[Value, ...]]]


VALID: Final = (
    Column("valid_from", "day", "first day it holds; empty: always so far"),
    Column("valid_until", "day", "first day it no longer holds; empty: for ever"),
)
"""The columns of everything that holds for a span of days."""


def read(export: Export, *, viewer: Actor, on: date) -> Iterator[tuple[Value, ...]]:
    """The rows of a table, for whoever may take it. Raises Refused before the first row is read."""
    require(export.may(viewer, on))
    return export.rows()


def write(export: Export, *, viewer: Actor, on: date, folder: Path) -> int:
    """Write a table as ``NAME.csv`` into a folder that is there; returns its number of rows. Raises Refused."""
    rows = read(export, viewer=viewer, on=on)
    count = 0

    def counted() -> Iterator[tuple[Value, ...]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    with (folder / f"{export.name}.csv").open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_rows([column.name for column in export.columns], counted()))
    return count
