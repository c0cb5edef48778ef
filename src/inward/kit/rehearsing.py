"""An act tried and undone: what it would refuse is heard before anybody says yes to it, and nothing of it stays.

For previews. The act runs exactly as it would, so its policy and its checks are the real ones; then everything it wrote is
undone, announcements and audit included, and nobody is told.
"""

from collections.abc import Callable
from typing import NoReturn, TypeVar

from inward.kit import versions
from inward.kit.transaction import carrying

Outcome = TypeVar("Outcome")


class _Undone(Exception):  # noqa: N818 - it states a fact
    pass


def rehearsed(act: Callable[[], Outcome]) -> Outcome:
    """What the act returns, after which it never happened. What it raises goes on.

    Raises NestedTransaction inside another transaction.
    """
    outcome: list[Outcome] = []

    def undone() -> NoReturn:
        outcome.append(act())
        raise _Undone

    try:
        with carrying():
            undone()
    except _Undone:
        return outcome[0]
    finally:
        versions.look_again()  # the numbers that the act raised never were
