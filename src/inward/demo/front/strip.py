"""The strip on every page of the demo: who I am, what day it is, letters sent, start over; and the step of a tour.

A context processor, installed by the demo's settings alone. It asks the database nothing but who is signed in.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from inward.demo import snapshot
from inward.demo.front import letters
from inward.demo.front.progress import progress
from inward.demo.front.tours import Tour, TourStep
from inward.kit import clock
from inward.kit.actor import NOBODY, Actor
from inward.parties import queries as parties


@dataclass(frozen=True, slots=True)
class Strip:
    """What the strip shows."""

    name: str
    job: str
    day: datetime
    letters: int
    starts_over: bool
    tour: Tour | None = None
    step: TourStep | None = None
    number: int = 0

    @property
    def last(self) -> bool:
        """Whether this is the tour's last step."""
        return self.tour is not None and self.number == len(self.tour.steps)

    @property
    def before(self) -> int:
        """The step before."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The step after."""
        return self.number + 1


def strip(request: HttpRequest) -> dict[str, Any]:
    """The strip of this request, for the frame of the page."""
    actor: Actor = getattr(request, "actor", NOBODY)
    at: datetime = getattr(request, "at", None) or clock.now()
    person = actor.person or ""
    now = progress(getattr(request, "session", {}))
    name = parties.names([person]).get(person, "") if person else ""
    found = Strip(
        name=name,
        job=parties.jobs([person], on=at.date()).get(person, "") if name else "",
        day=at,
        letters=letters.count(),
        starts_over=snapshot.there(),
        tour=now.tour,
        step=None if now.tour is None else now.tour.steps[now.number - 1],
        number=now.number,
    )
    return {"strip": found, "strip_template": "front/strip.html"}
