"""What is promised: so much working time for each of five things, by priority, and what lets a clock stand still, how long at most."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from fractions import Fraction

from inward.core.terms import Reason, Refusal
from inward.core.worktime import DayEnd, Opened, due_by_date, elapsed


class Measure(Enum):
    """What is promised within a time."""

    OWN = "OWN"
    """Somebody has taken it on."""
    RESPOND = "RESPOND"
    """A first answer by a person."""
    RESPOND_NEXT = "RESPOND_NEXT"
    """An answer to what the customer wrote since, counted from the earliest that is unanswered."""
    UPDATE = "UPDATE"
    """Something is heard at least so often until it is solved."""
    RESOLVE = "RESOLVE"
    """It is solved."""


@dataclass(frozen=True, slots=True)
class Within:
    """How long: working time, or a number of dates on which work is done (one of the two)."""

    seconds: Fraction | int | None = None
    dates: int | None = None
    end: DayEnd = DayEnd.SAME_CLOCK

    def __post_init__(self) -> None:
        amount = self.dates if self.seconds is None else self.seconds
        if amount is None or (self.seconds is not None and self.dates is not None) or amount < 0:
            raise Refusal(Reason.of("promise_not_a_time"))

    def seconds_from(self, opened: Opened, start: datetime) -> Fraction | int:
        """The working time this is for a clock that starts then: a promise in dates is what is open until the last of them."""
        if self.seconds is not None:
            return self.seconds
        assert self.dates is not None  # one of the two, as made
        until = due_by_date(opened, start, self.dates, self.end).at
        assert until is not None  # without pauses something is always due
        return elapsed(opened, start, until)


@dataclass(frozen=True, slots=True)
class Hold:
    """What a reason for waiting does: which clocks stand still, and for how much working time of a case at most (None: any)."""

    measures: frozenset[Measure]
    seconds_max: Fraction | int | None = None


@dataclass(frozen=True, slots=True)
class Standard:
    """One version of a service promise.

    ``targets`` are by measure and priority; the priority "" is for all that have none of their own. With ``grace`` an answer
    between closing time and the next opening still counts as of closing, for no time of the service has passed.
    """

    id: str
    targets: Mapping[Measure, Mapping[str, Within]]
    holds: Mapping[str, Hold] = field(default_factory=dict)
    grace: bool = True

    def within(self, measure: Measure, priority: str) -> Within | None:
        """What is promised for a measure at a priority; None where nothing is."""
        by_priority = self.targets.get(measure, {})
        return by_priority.get(priority) or by_priority.get("")
