"""Named transactions: the only place that opens one. All of it happens, or none of it.

An act opens ``transaction()``; what it calls below is marked ``transaction_required``. Transactions are durable: when the
block ends the rows are there, so nesting is refused, except inside the outer one of a test and inside the worker's, which
carries a task and its own mark together. Locks are in ``locks``, the hot path in ``writing``.
"""

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.db import transaction as django_transaction

from inward.kit import waiting
from inward.kit.write_lock import write_lock

P = ParamSpec("P")
R = TypeVar("R")


_atomic = django_transaction.atomic  # noqa: TID251 - the only place that opens one


class _State(threading.local):
    """What this thread has open: an act's transaction, the worker's around it, and whether locks were taken."""

    opened = False
    carried = False
    locks_taken = False


_state = _State()


class NestedTransaction(RuntimeError):  # noqa: N818 - it states a fact
    """A transaction was opened inside another: the inner one could not promise that its rows stay."""


class NoTransaction(RuntimeError):  # noqa: N818 - it states a fact
    """This must happen inside ``transaction()``, so that it stands or falls with the rest of the act."""


@contextmanager
def transaction() -> Iterator[None]:
    """Do everything in the block or nothing of it. On SQLite the right to write is taken first.

    Raises NestedTransaction inside another; any exception from the block undoes it and goes on.
    """
    if _state.opened or (connection.in_atomic_block and not (_state.carried or _opened_by_test())):
        raise NestedTransaction
    _state.opened = True
    _state.locks_taken = False
    try:
        with _block():
            yield
    finally:
        _state.opened = False


@contextmanager
def carrying() -> Iterator[None]:
    """The worker's transaction around one task: an act inside may open its own, and both end together."""
    if _state.opened or _state.carried or (connection.in_atomic_block and not _opened_by_test()):
        raise NestedTransaction
    _state.carried = True
    _state.locks_taken = False
    try:
        with _block():
            yield
    finally:
        _state.carried = False


@contextmanager
def savepoint() -> Iterator[None]:
    """Undo only this block when it fails, inside an open transaction; with none open, a transaction of its own."""
    with _block():
        yield


@contextmanager
def _block() -> Iterator[None]:
    """All of the block or nothing of it, with the rows that wait in it; those that waited before it are not undone with it."""
    waiting.settle()
    try:
        with write_lock(), _atomic():
            yield
            waiting.settle()
    finally:
        waiting.taken()


@contextmanager
def together() -> Iterator[None]:
    """All acts of the block, or none of them; inside such a block, only this one is undone when it fails."""
    with savepoint() if is_open() else carrying():
        yield


@contextmanager
def elsewhere(alias: str) -> Iterator[None]:
    """All of the block or nothing of it, on a connection of its own (``kit.connections``): never on the house's own."""
    if alias == "default":
        raise NestedTransaction
    with _atomic(using=alias):
        yield


def is_open() -> bool:
    """Whether this thread is inside ``transaction()`` or the worker's."""
    return _state.opened or _state.carried


def in_act() -> bool:
    """Whether this thread is inside an act's own ``transaction()``, which may have changed rows already."""
    return _state.opened


def outermost() -> object | None:
    """The open transaction as something to compare by identity (a test's own around it does not count); None for none."""
    return next((block for block in connection.atomic_blocks if not getattr(block, "_from_testcase", False)), None)


def require_transaction() -> None:
    """Raise NoTransaction unless one is open. A test's outer transaction does not count: production has none."""
    if not is_open():
        raise NoTransaction


def transaction_required(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function that only makes sense inside its caller's ``transaction()``."""

    @functools.wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        require_transaction()
        return function(*args, **kwargs)

    return checked


def after_commit(function: Callable[[], Any]) -> None:
    """Call the function once the open transaction is on disk; never if it is undone.

    For what may be lost when the process dies (waking a thread, forgetting a cached value); everything else is announced.
    """
    require_transaction()
    django_transaction.on_commit(function)


def note_locks() -> bool:
    """Note that this transaction takes its locks now; False if it has done so before."""
    first, _state.locks_taken = not _state.locks_taken, True
    return first


def _opened_by_test() -> bool:
    """Whether the innermost open transaction is the one a Django TestCase wraps around a test."""
    blocks = connection.atomic_blocks
    return bool(blocks) and bool(getattr(blocks[-1], "_from_testcase", False))
