"""Version numbers of things kept in memory: a room bumps its own whenever its rows change.

A process compares numbers to know whether its prepared value still holds, and a write set checks them once more.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import TypeVar

from django.db import connection

from inward.kit.models import Version
from inward.kit.transaction import outermost, transaction_required
from inward.kit.writing import Unchanged

Row = TypeVar("Row")

_BUMP = (
    "INSERT INTO kit_version (name, number) VALUES (%s, 1) "
    "ON CONFLICT (name) DO UPDATE SET number = kit_version.number + 1 RETURNING number"
)
_ALL = ""
"""Stands among the names seen when all of them were read: what is missing then was never bumped."""


class _Bumped(threading.local):
    """The transaction in which this thread raised versions last, and which."""

    block: object | None = None
    names: set[str] = set()  # noqa: RUF012 - replaced, never changed


class _Look(dict[str, int]):
    """The numbers one request has seen; ``values`` are kept values that fitted them, each with its number (``kept``)."""

    __slots__ = ("values_seen",)

    def __init__(self) -> None:
        super().__init__()
        self.values_seen: dict[object, tuple[int, object]] = {}


_bumped = _Bumped()
_look: ContextVar[_Look | None] = ContextVar("inward_versions_look", default=None)


@transaction_required
def bump(name: str) -> int:
    """Raise the version by one, in the transaction of the change itself; returns the new number (the first is 1)."""
    with connection.cursor() as cursor:
        cursor.execute(_BUMP, [name])
        number = int(cursor.fetchone()[0])
    note({name: number})
    block = outermost()
    _bumped.names = {name} | (_bumped.names if _bumped.block is block else set())
    _bumped.block = block
    return number


def bumped_here(name: str) -> bool:
    """Whether the open transaction has raised this version: what is read now may still be undone."""
    return _bumped.block is not None and _bumped.block is outermost() and name in _bumped.names


def current(*names: str) -> dict[str, int]:
    """The numbers as they are now, by name, in one query; 0 for what was never bumped."""
    known = dict(Version.objects.filter(name__in=names).values_list("name", "number"))
    found = {name: known.get(name, 0) for name in names}
    note(found)
    return found


@contextmanager
def seen_once() -> Iterator[None]:
    """For the span of one request: ``seen`` asks the database once for all versions, and again only after ``current``."""
    token = _look.set(_Look())
    try:
        yield
    finally:
        _look.reset(token)


def seen_by_batch(rows: Iterable[Row], size: int = 200) -> Iterator[Row]:
    """The same rows, so many made under one look each: for a long answer that goes on when its request has ended.

    A look never stays open while somebody waits for the next row, so it does not matter in which thread that is asked for.
    """
    waiting = iter(rows)
    while True:
        with seen_once():
            batch = list(islice(waiting, size))
        if not batch:
            return
        yield from batch


def seen(name: str) -> int:
    """The number as last seen in this request; outside ``seen_once`` as it is now. What is kept in memory goes by it."""
    look = _look.get()
    if look is None:
        return current(name)[name]
    if name not in look and _ALL not in look:
        look.update({_ALL: 0, **dict(Version.objects.values_list("name", "number"))} | look)
    return look.get(name, 0)


def note(numbers: Mapping[str, int]) -> None:
    """Take these numbers as seen, inside ``seen_once``: whoever read them along with something else saves a query."""
    look = _look.get()
    if look is not None:
        look.update(numbers)


def note_all(numbers: Mapping[str, int]) -> None:
    """Take these as all the numbers there are: what is missing was never bumped."""
    note({_ALL: 0, **numbers})


def look_again() -> None:
    """Forget what this request has seen: what was read may have been undone."""
    look = _look.get()
    if look is not None:
        look.clear()
        look.values_seen.clear()


def value_seen(key: object, name: str) -> object | None:
    """What ``note_value`` kept under this key in this request, while the version ``name`` is seen as it was then."""
    look = _look.get()
    if look is None:
        return None
    number, value = look.values_seen.get(key, (None, None))
    return value if number is not None and number == look.get(name) else None


def note_value(key: object, name: str, value: object) -> None:
    """Remember for the rest of this request what fits the version as it is seen now."""
    look = _look.get()
    if look is not None and name in look:
        look.values_seen[key] = (look[name], value)


def unchanged(name: str, number: int) -> Unchanged:
    """The gate that is open while the version is still this number; it is called "version:NAME"."""
    return Unchanged(
        name=f"version:{name}",
        table="kit_version",
        key={"name": name},
        column="number",
        value=number,
        or_absent=number == 0,
    )
