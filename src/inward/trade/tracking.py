"""The way of an order as a few stages, each with its day and whose turn it is. Pure: no database, no clock.

It says what is known and no more: what was called off, declined or came back ends the line there, and a stage that nobody noted
(that something is ready) is left out of an order that went on without it. Why: docs/decisions/0186.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from inward.trade.vocabulary import HandoverWay, OrderState, StageKind, StageState, StepKind, WaitsFor

_READY = {
    None: StageKind.READY,
    HandoverWay.COLLECT: StageKind.READY_TO_COLLECT,
    HandoverWay.BRING: StageKind.ON_ITS_WAY,
}
_NEVER_ON_ITS_WAY = (OrderState.AGREED, OrderState.ENDED)
"""What was agreed is not handed over itself; its parts are."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Pieces of all lines together. ``unconfirmed`` were handed over and wait to be confirmed."""

    ordered: int
    delivered: int = 0
    cancelled: int = 0
    returned: int = 0
    received: int = 0
    unconfirmed: int = 0

    @property
    def open(self) -> int:
        """Pieces that the supplier still has to hand over."""
        return self.ordered - self.delivered - self.cancelled


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: when it was reached (None: not yet), whose turn it is, and of how many pieces where it is not all of them."""

    kind: StageKind
    state: StageState
    at: datetime | None = None
    turn: WaitsFor | None = None
    pieces: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of an order. ``happened`` is oldest first and never empty; ``approved`` is None where nobody was asked."""

    state: OrderState
    happened: Sequence[tuple[StepKind, datetime]]
    counts: Counts
    approved: bool | None = None
    way: HandoverWay | None = None
    runs: bool = False
    confirmed: bool = False
    """Whether somebody confirms what came: what a department or company bought."""

    def last(self, *kinds: StepKind) -> datetime | None:
        """When one of these happened last."""
        return next((at for kind, at in reversed(self.happened) if kind in kinds), None)

    @property
    def ready(self) -> bool:
        """Whether what is still to be handed over was made ready: nothing was handed over since."""
        noted = (kind for kind, _ in reversed(self.happened) if kind in (StepKind.READY, StepKind.DELIVERED))
        return next(noted, None) is StepKind.READY


def stages(course: Course) -> tuple[Stage, ...]:
    """The way of an order so far and from here on; none for a standing order."""
    if course.state in _NEVER_ON_ITS_WAY:
        return ()
    line = [Stage(StageKind.PLACED, StageState.DONE, course.happened[0][1])]
    if course.state is OrderState.AWAITING_APPROVAL:
        line.append(Stage(StageKind.APPROVED, StageState.NEXT, turn=WaitsFor.APPROVER))
    elif course.approved:
        line.append(Stage(StageKind.APPROVED, StageState.DONE, course.last(StepKind.APPROVED)))
    if course.state is OrderState.DECLINED:
        return (*line, Stage(StageKind.DECLINED, StageState.STOPPED, course.last(StepKind.DECLINED)))
    if course.state is OrderState.CANCELLED:
        return (*line, Stage(StageKind.CANCELLED, StageState.STOPPED, course.last(StepKind.CANCELLED)))
    if course.runs:
        return (*line, _begun(course))
    return (*line, *_made_ready(course), *_handed_over(course), *_confirmed(course), *_ended(course))


def _begun(course: Course) -> Stage:
    if not course.counts.delivered:
        return Stage(StageKind.BEGUN, StageState.AHEAD)
    return Stage(StageKind.BEGUN, StageState.DONE, course.last(StepKind.DELIVERED, StepKind.APPROVED))


def _made_ready(course: Course) -> tuple[Stage, ...]:
    """That it lies ready or is on its way: once it was noted, and while it is the next thing to come of a way that has it."""
    kind, noted = _READY[course.way], course.last(StepKind.READY)
    if noted is not None:
        return (Stage(kind, StageState.DONE, noted),)
    if course.way is None or course.counts.delivered or not course.counts.open:
        return ()
    if course.state is OrderState.AWAITING_APPROVAL:
        return (Stage(kind, StageState.AHEAD),)
    return (Stage(kind, StageState.NEXT, turn=WaitsFor.SUPPLIER),)


def _handed_over(course: Course) -> tuple[Stage, ...]:
    kind = StageKind.COLLECTED if course.way is HandoverWay.COLLECT else StageKind.HANDED_OVER
    counts, at = course.counts, course.last(StepKind.DELIVERED) if course.counts.delivered else None
    if not counts.open:
        return (_some(kind, StageState.DONE, at, counts.delivered, counts.ordered),) if counts.delivered else ()
    if not counts.delivered and not course.ready and course.way is not None:
        return (Stage(kind, StageState.AHEAD),)
    if course.state is OrderState.AWAITING_APPROVAL:
        return (Stage(kind, StageState.AHEAD),)
    waits_in_place = course.way is HandoverWay.COLLECT and course.ready
    turn = WaitsFor.COLLECTOR if waits_in_place else WaitsFor.SUPPLIER
    if not counts.delivered:
        return (Stage(kind, StageState.NEXT, turn=turn),)
    return (Stage(kind, StageState.NEXT, at, turn, counts.delivered, counts.ordered),)


def _confirmed(course: Course) -> tuple[Stage, ...]:
    """What came is confirmed: noted, asked for now, or to come where a department or company bought it."""
    counts, noted = course.counts, course.last(StepKind.RECEIVED)
    if counts.unconfirmed:
        there = counts.received + counts.unconfirmed
        some = (counts.received, there) if counts.received else (None, None)
        return (Stage(StageKind.CONFIRMED, StageState.NEXT, None, WaitsFor.RECEIVER, *some),)
    if course.confirmed and counts.open:
        return (Stage(StageKind.CONFIRMED, StageState.AHEAD),)
    return () if noted is None else (Stage(StageKind.CONFIRMED, StageState.DONE, noted),)


def _ended(course: Course) -> tuple[Stage, ...]:
    """What was called off of it after some was handed over, and what came back."""
    counts, found = course.counts, []
    if counts.cancelled:
        at = course.last(StepKind.CANCELLED)
        found.append(_some(StageKind.CANCELLED, StageState.STOPPED, at, counts.cancelled, counts.ordered))
    if counts.returned:
        at = course.last(StepKind.RETURNED, StepKind.RECEIVED)
        found.append(_some(StageKind.RETURNED, StageState.DONE, at, counts.returned, counts.ordered))
    return tuple(found)


def _some(kind: StageKind, state: StageState, at: datetime | None, pieces: int, of: int) -> Stage:
    """A stage that says of how many pieces it is, where that is not all."""
    return Stage(kind, state, at) if pieces == of else Stage(kind, state, at, None, pieces, of)
