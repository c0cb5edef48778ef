"""What rows about work would change for people: who joins, moves, leaves, and what else is said otherwise. Pure.

A row that ends one piece of work and another that begins a new one for the same person on that day are one move, as is a row
that names another company or unit than before.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from inward.core.terms import Reason
from inward.parties.worldfiles import WorkRow

CHANGES_MAX = 500
"""So many changes are told one by one; all are counted."""


class StaffChange(Enum):
    """What becomes of somebody."""

    JOINS = "JOINS"
    MOVES = "MOVES"
    LEAVES = "LEAVES"
    CHANGES = "CHANGES"
    """Kind of work, title, cost centre, line of business, days; or another piece of work beside what there is."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works, as a row or the records say it."""

    company: str
    unit: str | None
    since: date | None
    until: date | None
    others: tuple[str | None, ...] = ()
    """Kind, title, cost centre and line of business."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one person, with where she worked before and works then; None for nowhere."""

    person: str
    what: StaffChange
    before: Place | None
    after: Place | None


@dataclass(frozen=True, slots=True)
class StaffChanges:
    """How many of each, and the first CHANGES_MAX in the order of people's codes."""

    counts: Mapping[StaffChange, int]
    changes: tuple[Change, ...]

    @property
    def told(self) -> tuple[Reason, ...]:
        """How many of each, then the changes one by one, as sentences to be worded; nothing where nobody is touched."""
        if not self.changes:
            return ()
        counts = {what.value.lower(): count for what, count in self.counts.items()}
        return (Reason.of("staff_changes", **counts), *map(_told, self.changes))


def staff_changes(rows: Iterable[WorkRow], known: Mapping[str, tuple[str, Place]]) -> StaffChanges:
    """What the rows would change. ``known`` is the work on record by its id: whose, and where."""
    by_person: dict[str, list[WorkRow]] = defaultdict(list)
    for row in rows:
        by_person[row.person].append(row)
    employed = {person for person, _ in known.values()}
    counts: Counter[StaffChange] = Counter()
    told: list[Change] = []
    for person in sorted(by_person):
        for change in _of(person, by_person[person], known, known_before=person in employed):
            counts[change.what] += 1
            if len(told) < CHANGES_MAX:
                told.append(change)
    return StaffChanges({what: counts[what] for what in StaffChange}, tuple(told))


_CODES = {
    StaffChange.JOINS: "staff_joins",
    StaffChange.MOVES: "staff_moves",
    StaffChange.LEAVES: "staff_leaves",
    StaffChange.CHANGES: "staff_changes_otherwise",
}


def _told(change: Change) -> Reason:
    """One change as a sentence. A move says its day where the work there begins, not where a row only names another unit."""
    before, after = change.before, change.after or change.before
    assert after is not None
    moved = before is not None and change.what is StaffChange.MOVES
    kind, title, *_more = (*after.others, None, None)
    return Reason.of(
        _CODES[change.what],
        person=change.person,
        company=after.company,
        unit=after.unit,
        before_company=before.company if before is not None and moved else None,
        before_unit=before.unit if before is not None and moved else None,
        since=None if before is not None and before.since == after.since else after.since,
        until=after.until,
        kind=kind,
        job_title=title or None,
    )


def _of(
    person: str, rows: Sequence[WorkRow], known: Mapping[str, tuple[str, Place]], *, known_before: bool
) -> Iterable[Change]:
    places = [(known[row.id][1] if row.id in known else None, _place(row)) for row in rows]
    ended = [(before, after) for before, after in places if before is not None and _ends(before, after)]
    begun = [after for before, after in places if before is None]
    for before, after in places:
        if before is not None and before != after and (before, after) not in ended:
            moved = (before.company, before.unit) != (after.company, after.unit)
            yield Change(person, StaffChange.MOVES if moved else StaffChange.CHANGES, before, after)
    for before, after in ended:
        then = next((place for place in begun if place.since == after.until), None)
        if then is None:
            yield Change(person, StaffChange.LEAVES, before, after)
        else:
            begun.remove(then)
            yield Change(person, StaffChange.MOVES, before, then)
    for place in begun:
        yield Change(person, StaffChange.CHANGES if known_before else StaffChange.JOINS, None, place)


def _ends(before: Place, after: Place) -> bool:
    """Whether it has a last day now, or an earlier one, and stays where it was."""
    same = (before.company, before.unit) == (after.company, after.unit)
    return same and after.until is not None and (before.until is None or after.until < before.until)


def _place(row: WorkRow) -> Place:
    others = (row.kind.value, row.job_title, row.cost_centre, row.line_of_business)
    return Place(row.company, row.unit, row.period.start, row.period.until, others)
