"""The chain of a promise: how a case went along the places it rests on, and whether each promises as much. Reads only.

``core.promises.chain`` reckons (docs/decisions/0203).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from fractions import Fraction
from operator import itemgetter

from inward.core.promises import Chain, Measure, Standard, Within, along
from inward.core.terms import Refusal, spread
from inward.core.worktime import stretches
from inward.desk import clocks
from inward.desk.casewords import CaseAct
from inward.desk.models import CaseEvent
from inward.desk.queries import Promise, StandardRecord, promise_between
from inward.kit.policy import NotThere


@dataclass(frozen=True, slots=True)
class Part:
    """A place of a chain on a day: its part of the time to solve, and what it promises to whoever promises the whole.

    In seconds of working time, as of the usual priority. ``promise`` None: nothing about solving. Of the supplier itself nothing is
    asked.
    """

    place: str
    budget: Fraction | int
    own: bool
    promise: StandardRecord | None
    promised: Fraction | int | None

    @property
    def fits(self) -> bool:
        """Whether the place promises its part: it is the supplier's own, or promised within as much time."""
        return self.own or (self.promised is not None and self.promised <= self.budget)


def of_case(record: StandardRecord, events: Iterable[CaseEvent], *, now: datetime) -> Chain | None:
    """How a case went along the chain of its promise; None where the promise has none, or nothing was promised about solving it."""
    rows = list(events)
    moved = clocks.moving(rows) if record.terms.chain else []
    held = sorted(_held(rows), key=itemgetter(0))  # of one instant, in the order in which it happened
    return along(moved, shares=record.terms.chain, held=held, now=now) if moved else None


def _held(rows: Iterable[CaseEvent]) -> Iterator[tuple[datetime, str]]:
    """From when on which place had the case."""
    for row in rows:
        if row.act == CaseAct.OPENED.value:
            yield row.at, str(row.facts["calendar"])
        elif row.act == CaseAct.HANDED_OVER.value and "place" in row.facts:
            yield row.at, str(row.facts["place"])


def parts(record: StandardRecord, *, on: date) -> tuple[Part, ...]:
    """The places of a promise on a day, in their order; none for a promise without a chain, or where nobody said when it works."""
    supplier, within = record.supplier.code, _solving(record.standard)
    calendar = clocks.calendar_of(supplier, on)
    if not record.terms.chain or within is None or calendar is None:
        return ()
    start = next(stretches(calendar, datetime.combine(on, time.min, UTC)))[0]
    budgets = spread(round(within.seconds_from(calendar, start)), [share.weight for share in record.terms.chain])
    return tuple(
        _part(share.place, budget, supplier, on=on, start=start)
        for share, budget in zip(record.terms.chain, budgets, strict=True)
    )


def _part(place: str, budget: int, supplier: str, *, on: date, start: datetime) -> Part:
    if place == supplier:
        return Part(place, budget, own=True, promise=None, promised=None)
    try:
        found = promise_between(supplier=place, customer=supplier, on=on)
    except (NotThere, Refusal):  # it is not open on that day
        found = None
    promised = None if found is None else _promised(found, start)
    return Part(
        place, budget, own=False, promise=None if promised is None or found is None else found.record, promised=promised
    )


def _promised(found: Promise, start: datetime) -> Fraction | int | None:
    within = _solving(found.record.standard)
    return None if within is None or found.calendar is None else within.seconds_from(found.calendar, start)


def _solving(standard: Standard) -> Within | None:
    return standard.within(Measure.RESOLVE, "")
