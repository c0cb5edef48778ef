"""Why something promised is due then, or was missed, as reasons for both sides: what was promised, counted, held and changed."""

from datetime import datetime

from inward.core.promises.replaying import ClockState, Run
from inward.core.terms import Reason
from inward.core.worktime import explained, length_text
from inward.core.worktime.instants import as_datetime


def told(run: Run) -> tuple[Reason, ...]:
    """The way of one clock in order: each stage with what it promises, its stretches counted and held, and where that ends."""
    until = run.stopped or run.due.at or _held_since(run)
    lines: list[Reason] = []
    ends = [*(stage.since for stage in run.stages[1:]), until]
    for stage, end in zip(run.stages, ends, strict=True):
        zone, since = stage.calendar.calendar.zone, max(stage.since, run.started)
        promised = Reason.of(
            "promise_stage",
            measure=run.measure.value,
            since=since.astimezone(zone),
            length=length_text(stage.target),
            priority=stage.priority or None,
        )
        lines += [promised, *(explained(stage.calendar, since, min(end, until), run.pauses) if since < until else ())]
    return (*lines, *_ending(run))


def _ending(run: Run) -> tuple[Reason, ...]:
    zone = run.stages[-1].calendar.calendar.zone
    found = []
    if run.due.at is None:
        found.append(Reason.of("promise_held", since=_held_since(run).astimezone(zone)))
    else:
        due, opening = run.due.at.astimezone(zone), run.due.next_opening
        closing = opening is not None and opening != run.due.at
        found.append(
            Reason.of("promise_due", due=due, opening=opening.astimezone(zone) if opening and closing else None)
        )
    if run.missed_at is not None:
        found.append(Reason.of("promise_missed", at=run.missed_at.astimezone(zone)))
    elif run.stopped is not None and run.state is ClockState.KEPT:
        kept = Reason.of("promise_kept", at=run.stopped.astimezone(zone), length=length_text(run.elapsed))
        found.append(kept)
    return tuple(found)


def _held_since(run: Run) -> datetime:
    return as_datetime(run.pauses[-1][0])
