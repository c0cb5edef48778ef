"""Where a visitor stands in the tours: which is open, how far she came in each, which she has finished.

Kept in her session, on the server: it survives changing person, closing the browser's window and starting the demo again.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final

from inward.demo.front.tours import TOURS as TOURS_THERE_ARE
from inward.demo.front.tours import Tour, tour_named

TOURS: Final = "tours"
"""The session's key."""

Session = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Progress:
    """The open tour and its step (from 1), or None; the step last seen of each tour; and the finished ones."""

    tour: Tour | None = None
    number: int = 0
    reached: dict[str, int] = field(default_factory=dict)
    finished: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TourCard:
    """A tour as the first screen offers it: the step it opens at, the one she reached (0: none yet), whether it is done."""

    tour: Tour
    step: int
    reached: int
    finished: bool


def progress(session: Session) -> Progress:
    """How it stands. What a session cannot have (an older version of a tour) counts as nothing."""
    kept = session.get(TOURS) or {}
    reached = {name: step for name, step in (kept.get("reached") or {}).items() if tour_named(name) is not None}
    tour = tour_named(str(kept.get("open", "")))
    number = 0 if tour is None else min(max(int(reached.get(tour.name, 1)), 1), len(tour.steps))
    return Progress(tour, number, reached, frozenset(kept.get("finished") or ()))


def cards(session: Session) -> tuple[TourCard, ...]:
    """Every tour with how far she came."""
    now = progress(session)
    return tuple(
        TourCard(tour, now.reached.get(tour.name, 1), now.reached.get(tour.name, 0), tour.name in now.finished)
        for tour in TOURS_THERE_ARE
    )


def go_to(session: Session, tour: Tour, step: int) -> int:
    """Open the tour at that step, or the nearest there is; which."""
    number = min(max(step, 1), len(tour.steps))
    now = progress(session)
    _keep(session, tour.name, now.reached | {tour.name: number}, now.finished)
    return number


def put_away(session: Session) -> None:
    """Close the open tour; how far she came is kept."""
    now = progress(session)
    _keep(session, "", now.reached, now.finished)


def finish(session: Session, tour: Tour) -> None:
    """Close the tour as done; the next time it begins at its first step."""
    now = progress(session)
    reached = {name: step for name, step in now.reached.items() if name != tour.name}
    _keep(session, "", reached, now.finished | {tour.name})


def _keep(session: Session, open_: str, reached: dict[str, int], finished: frozenset[str]) -> None:
    session[TOURS] = {"open": open_, "reached": reached, "finished": sorted(finished)}
