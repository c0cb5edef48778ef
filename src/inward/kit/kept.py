"""Values prepared from rows and kept in this process while their version stands: a world, a price book, an account map.

A room makes one ``Kept`` for a version name and a function that builds the value; readers call ``value()``. What an open
transaction has changed is shown to it but never kept, for it may still be undone. Not a cache with a life span: a value
is right or it is made again.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import connection

from inward.kit import transaction, versions

Value = TypeVar("Value")
_all: "list[Kept[object]]" = []


@dataclass(frozen=True, slots=True)
class _Held(Generic[Value]):
    database: str
    number: int
    value: Value
    block: object | None = None
    """The open transaction in which alone it may be shown; None: anywhere."""


class Kept(Generic[Value]):
    """One value per process, made by ``make`` from the rows that the version ``name`` stands for.

    ``make`` takes the version's number. It runs in one thread at a time; it runs again when the rows changed under it.
    ``renew`` takes the value that is kept and the numbers it was made for and is to be for; it returns the new value, or
    None where it cannot tell what changed in between, and then everything is made from the rows.
    """

    def __init__(
        self, name: str, make: Callable[[int], Value], renew: Callable[[Value, int, int], Value | None] | None = None
    ) -> None:
        self.name = name
        self._make = make
        self._renew = renew
        self._lock = threading.Lock()
        self._held: _Held[Value] | None = None
        self._passing = threading.local()
        _all.append(self)  # type: ignore[arg-type]

    def value(self) -> Value:
        """The value of the version as it is seen now (``versions.seen``)."""
        seen = versions.value_seen(self, self.name)
        if seen is not None:  # a request asks for the same dozens of times
            return seen  # type: ignore[return-value]
        held = self._fitting(self._held)
        if held is not None:
            versions.note_value(self, self.name, held.value)
            return held.value
        if transaction.in_act() or versions.bumped_here(self.name):
            return self._passed().value
        with self._lock:
            held = self._fitting(self._held) or self._made(None)
            self._held = held
            return held.value

    def forget(self) -> None:
        """Make it anew when it is next asked for."""
        versions.look_again()
        self._held = None
        self._passing.held = None

    def _passed(self) -> "_Held[Value]":
        """What the open transaction sees, for as long as it lasts and nothing is raised in it: it may be undone."""
        held: _Held[Value] | None = self._fitting(getattr(self._passing, "held", None))
        if held is None or held.block is not transaction.outermost():
            held = self._passing.held = self._made(transaction.outermost())
        return held

    def _fitting(self, held: "_Held[Value] | None") -> "_Held[Value] | None":
        if held is None or held.database != _database():
            return None
        # Another thread may have made a newer one than this request has seen: a second look tells, and costs less.
        fits = held.number == versions.seen(self.name) or held.number == versions.current(self.name)[self.name]
        return held if fits else None

    def _made(self, block: object | None) -> "_Held[Value]":
        """Made between two equal looks at the version, so that no commit fell between its queries."""
        while True:
            number = versions.current(self.name)[self.name]
            try:
                value = self._anew(number)
            except Exception:
                if versions.current(self.name)[self.name] == number:
                    raise
                continue
            if versions.current(self.name)[self.name] == number:
                return _Held(_database(), number, value, block)

    def _anew(self, number: int) -> Value:
        held = self._held  # only what was committed is ever held, so what came after it is known
        if self._renew is not None and held is not None and held.database == _database() and held.number < number:
            renewed = self._renew(held.value, held.number, number)
            if renewed is not None:
                return renewed
        return self._make(number)


def forget_all() -> None:
    """Forget every kept value of this process: for tests, whose databases roll back to numbers that were used before."""
    for kept in _all:
        kept.forget()


def _database() -> str:
    return str(connection.settings_dict["NAME"])
