"""Whose eyes an answer is for: who is confidential to the reader is called "a protected person", wherever a name is asked for.

Set once at the edge, as her language is, and read wherever something becomes words or leaves as a code. Policies leave out
whole rows by ``Actor.hidden``; this is for what must stay whole (an order, a line of the books, a reason), and for whatever
forgot. Where nobody reads (jobs, the command line, the core) everything bears its name: verdicts and prices never change by it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.utils.translation import get_language

from inward.kit import vocabularies
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.kit.wording import FALLBACK

CODE = "~protected"
"""Stands for the code of a protected person; no party can have it."""

Part = TypeVar("Part")
_NOTHING: frozenset[str] = frozenset()
_closed: ContextVar[frozenset[str] | None] = ContextVar("inward_closed", default=None)
"""None: nobody reads."""


@contextmanager
def read_by(reader: Actor) -> Iterator[None]:
    """What is said within is for this reader."""
    token = _closed.set(reader.hidden)
    try:
        yield
    finally:
        _closed.reset(token)


def turn_to(reader: Actor) -> None:
    """From here to the end of the ``read_by`` around it, this reader: for a caller who is known later than the request.

    RuntimeError with none around it: the next reader in this thread would look through her eyes.
    """
    if _closed.get() is None:
        msg = "nobody has opened read_by"
        raise RuntimeError(msg)
    _closed.set(reader.hidden)


def closed() -> frozenset[str]:
    """The codes of the people who are hidden from whoever reads."""
    return _closed.get() or _NOTHING


def code(party: str) -> str:
    """The code as the reader may know it."""
    return CODE if party in closed() else party


def name(party: str, called: str) -> str:
    """What the party of this code is called, as the reader may know it."""
    return words() if party in closed() or party == CODE else called


def words() -> str:
    """What a protected person is called, in the reader's language."""
    return vocabularies.label("protected", "PERSON", get_language() or FALLBACK)


def require_open(*parties: str | None) -> None:
    """NotThere when one of these is hidden from whoever asks."""
    if not closed().isdisjoint(parties):
        raise NotThere


def kept_over(parts: Iterable[Part]) -> Iterator[Part]:
    """The same parts, each made for today's reader: for a long answer that goes on when its request has ended."""
    hidden = _closed.get()

    def made() -> Iterator[Part]:
        waiting = iter(parts)
        while True:
            token = _closed.set(hidden)
            try:
                part = next(waiting, waiting)
            finally:
                _closed.reset(token)
            if part is waiting:
                return
            yield part  # type: ignore[misc]

    return made()
