"""When somebody is told that a clock runs out: levels as they are written, the stages they make, and when each is reached. Pure.

A stage is named by what it is (P75-OWNER, L240-HEAD-2), so that what was told is known again when levels are said otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from inward.core.promises import ClockState, Run
from inward.core.terms import Fields, Reason, Refusal
from inward.core.worktime import Opened, due

LEVELS_MAX: Final = 20
PERCENT_MAX: Final = 100
TIMES_MAX: Final = 10
MINUTES_MAX: Final = 60 * 24 * 30
_MINUTE: Final = 60
_LEVEL: Final = ("percent", "minutes", "times", "to")


class Receiver(Enum):
    """Who is told: whoever has the case, or whoever acts as head of the department."""

    OWNER = "OWNER"
    HEAD = "HEAD"


@dataclass(frozen=True, slots=True)
class Level:
    """At ``percent`` of a clock, or every ``minutes`` of working time after it is due (``times`` often), somebody is told."""

    to: Receiver
    percent: int | None = None
    minutes: int | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Stage:
    """One telling: its name, whom, how many places above the department (heads alone), and after how much of the clock.

    Working seconds after which it is reached are ``percent`` of the target and ``after`` more.
    """

    name: str
    to: Receiver
    percent: int
    after: int
    above: int

    @property
    def before(self) -> bool:
        """Whether it is told before the clock is due."""
        return self.percent < PERCENT_MAX


USUAL: Final = (
    Level(Receiver.OWNER, percent=75),
    Level(Receiver.OWNER, percent=100),
    Level(Receiver.HEAD, percent=100),
    Level(Receiver.HEAD, minutes=240, times=3),
)
"""What holds where a queue says nothing else: the owner before it is due, both when it is, and then upward."""


def read_levels(value: object, where: str = "levels") -> tuple[Level, ...]:
    """The levels of a queue; none at all means that nobody is told. Refusal, with the place, for one that is never reached."""
    rows = list(Fields({where: value}).rows(where))
    if len(rows) > LEVELS_MAX:
        raise Refusal(Reason.of("levels_many", most=LEVELS_MAX), where=where)
    found = tuple(_level(fields) for fields in rows)
    names = [stage.name for stage in stages(found)]
    if len(set(names)) != len(names):
        raise Refusal(Reason.of("levels_twice"), where=where)
    return found


def as_json(levels: Sequence[Level]) -> list[dict[str, Any]]:
    """The levels as they are kept and told, which ``read_levels`` reads."""
    return [
        {"percent": each.percent, "to": each.to.value}
        if each.percent is not None
        else {"minutes": each.minutes, "times": each.times, "to": each.to.value}
        for each in levels
    ]


def stages(levels: Sequence[Level]) -> tuple[Stage, ...]:
    """Every telling the levels make, in the order in which they are reached."""
    return tuple(sorted(_stages(levels), key=lambda stage: (stage.percent, stage.after, stage.to is Receiver.HEAD)))


def reached_at(run: Run, stage: Stage, calendar: Opened, *, now: datetime) -> datetime | None:
    """When a clock that runs reaches a stage: ``now`` where it has; None for one that stands still, ended, or never gets there."""
    if run.stopped is not None or run.due.at is None or run.state is ClockState.DROPPED:
        return None
    left = Fraction(run.target) * stage.percent / PERCENT_MAX + stage.after - run.elapsed
    if left <= 0:
        return now
    try:
        return due(calendar, now, left).at
    except Refusal:  # the calendar ends before: nobody is told then
        return None


def _stages(levels: Sequence[Level]) -> Iterator[Stage]:
    for each in levels:
        if each.percent is not None:
            yield Stage(f"P{each.percent}-{each.to.value}", each.to, each.percent, 0, 0)
            continue
        minutes = each.minutes or 0
        for turn in range(1, each.times + 1):
            name = f"L{minutes}-{each.to.value}-{turn}"
            yield Stage(name, each.to, PERCENT_MAX, turn * minutes * _MINUTE, turn - 1)


def _level(fields: Fields) -> Level:
    fields.only(_LEVEL)
    to = fields.choice("to", Receiver)
    if fields.has("percent") == fields.has("minutes") or (fields.has("percent") and fields.has("times")):
        fields.refuse("percent", "level_unfit", most=TIMES_MAX)
    if fields.has("percent"):
        percent = fields.whole("percent")
        if not 1 <= percent <= PERCENT_MAX:
            fields.refuse("percent", "level_unfit", most=TIMES_MAX)
        return Level(to, percent=percent)
    minutes, times = fields.whole("minutes"), fields.whole("times") if fields.has("times") else 1
    if not 1 <= minutes <= MINUTES_MAX or not 1 <= times <= TIMES_MAX:
        fields.refuse("minutes", "level_unfit", most=TIMES_MAX)
    return Level(to, minutes=minutes, times=times)
