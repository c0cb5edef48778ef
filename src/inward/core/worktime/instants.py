"""Instants as whole microseconds since 1970 in UTC, and stretches between them: the arithmetic of clocks, without clocks."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

Stretch: TypeAlias = tuple[int, int]
"""A half-open span of physical time, in microseconds since 1970 in UTC."""

SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND
NEVER: Final = 1 << 62
"""Later than every instant: where a pause has not ended."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def as_instant(at: datetime) -> int:
    """The instant of an aware datetime. TypeError for a naive one, which is no instant."""
    return (at - _EPOCH) // _MICROSECOND


def as_datetime(instant: int) -> datetime:
    """The instant as an aware datetime in UTC."""
    return _EPOCH + timedelta(0, 0, instant)


def without(span: Stretch, taken: Stretch) -> tuple[Stretch, ...]:
    """What is left of a span when another is taken out: none, one or two."""
    if not span[0] < span[1] or not taken[0] < taken[1] or taken[1] <= span[0] or span[1] <= taken[0]:
        return (span,)
    left = ((span[0], taken[0]), (taken[1], span[1]))
    return tuple(part for part in left if part[0] < part[1])


def united(spans: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The spans in order, apart from each other: what overlaps or touches is one, what is empty is none."""
    found: list[Stretch] = []
    for begins, ends in sorted(spans):
        if begins >= ends:
            continue
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return tuple(found)
