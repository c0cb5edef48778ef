"""What happens to a case, as far as its promises care. Clocks are nowhere stored: they follow from these, in the order of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from inward.core.promises.standard import Standard
from inward.core.terms import Reason, Refusal
from inward.core.worktime import Opened


class Happening(Enum):
    """What happened. Automatic mail, private notes and empty answers are none of these: they move no clock."""

    OPENED = "OPENED"
    ASKED = "ASKED"
    """The customer wrote."""
    ANSWERED = "ANSWERED"
    """A person of the service wrote something the customer sees."""
    TAKEN = "TAKEN"
    """Somebody took it on."""
    HANDED_OVER = "HANDED_OVER"
    """It went to others, and nobody of them has taken it on yet."""
    PAUSED = "PAUSED"
    """It waits, for a reason of the promise."""
    RESUMED = "RESUMED"
    RESOLVED = "RESOLVED"
    REOPENED = "REOPENED"
    WITHDRAWN = "WITHDRAWN"
    """It is no longer wanted: clocks that run end without a verdict."""
    REPRIORITISED = "REPRIORITISED"
    PROMISED_ANEW = "PROMISED_ANEW"
    """Another standard, or version of one, was chosen for it."""
    MOVED = "MOVED"
    """It is worked on by another calendar from now on."""
    MERGED = "MERGED"
    """Another case was joined to it, opened at ``since``: the earlier clock counts."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at an instant; only what its happening needs is filled in."""

    at: datetime
    what: Happening
    reason: str = ""
    priority: str = ""
    standard: Standard | None = None
    calendar: Opened | None = None
    since: datetime | None = None


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events in the order of time; of one instant, in the order given. Refusal unless the first opens the case, and no other does."""
    found = tuple(sorted(events, key=lambda event: event.at))
    opened = [event for event in found if event.what is Happening.OPENED]
    if len(opened) != 1 or found[0] is not opened[0] or opened[0].standard is None or opened[0].calendar is None:
        raise Refusal(Reason.of("promise_not_opened_once"))
    return found
