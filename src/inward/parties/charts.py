"""A chart of who leads whom, turned into what the house keeps: who heads each place, the teams in it, and who works in which.

Systems elsewhere keep a manager, or a place in a tree, beside each person; here leaders belong to places (decision 135). So a
place is headed by the nearest leader to whom everybody in it answers; those in it who answer to somebody else are a team of
hers; and a place stands within the place of whoever leads its head. The manager whom the house then finds is the one of the
file, for everybody (decision 207). Pure: no database.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from inward.core.terms import Period
from inward.kit.intake import RowProblem
from inward.parties.models import CODE_LENGTH_MAX, NAME_LENGTH_MAX
from inward.parties.worldfiles import ChartRow, HeadRow, Read, UnitRow, WorkRow

_CHECKSUM = 16


def drawn(read: Read) -> Read:
    """What was read, with what its chart says written into its units, work and heads.

    A chart in which anything is wrong says nothing, and its problems are told: half a chart would make others the leaders.
    """
    if not read.chart:
        return read
    work = {row.person: row for row in reversed(read.work) if row.period.until is None}
    leaders, problems = _leaders(read.chart, work)
    if problems:
        return replace(read, problems=[*read.problems, *problems])
    return _Drawing(read, leaders, work).result()


# --- who leads whom ----------------------------------------------------------------------------------------------------


def _leaders(rows: list[ChartRow], work: Mapping[str, WorkRow]) -> tuple[dict[str, str | None], list[RowProblem]]:
    """Who leads each person of the chart (None: nobody), and what is wrong with it."""
    times = Counter(row.person for row in rows)
    there = Counter(row.path for row in rows if row.path is not None)
    whose = {row.path: row.person for row in rows if row.path is not None}
    leaders: dict[str, str | None] = {}
    problems = []
    for row in rows:
        above = leaders[row.person] = whose.get(row.path[:-1]) if row.path else row.manager
        if times[row.person] > 1:
            problems.append(row.at.problem("person", "chart_person_twice", person=row.person))
        elif row.person not in work:
            problems.append(row.at.problem("person", "chart_person_without_work", person=row.person))
        elif row.path is not None and there[row.path] > 1:
            problems.append(row.at.problem("path", "chart_place_twice"))
        elif row.path and above is None:
            problems.append(row.at.problem("path", "chart_place_above_empty"))
        elif above is not None and above not in times:
            problems.append(row.at.problem("manager", "chart_leader_unknown", person=above))
    return leaders, problems or [
        row.at.problem("manager", "chart_in_circle", person=row.person)
        for row in rows
        if leaders[row.person] is not None and row.person in _above(row.person, leaders)[1:]
    ]


def _above(person: str, leaders: Mapping[str, str | None]) -> list[str]:
    """The person, who leads her, and so on to the top, or to whoever stands in the list already."""
    found: dict[str, None] = {}
    each: str | None = person
    while each is not None and each not in found:
        found[each] = None
        each = leaders[each]
    return [*found] if each is None else [*found, each]


# --- places ------------------------------------------------------------------------------------------------------------


class _Drawing:
    """One chart over the places in which its people work: a unit, or the company where work names none."""

    def __init__(self, read: Read, leaders: Mapping[str, str | None], work: Mapping[str, WorkRow]) -> None:
        self.read = read
        self.leaders = leaders
        self.work = {person: work[person] for person in leaders}
        self.rows = {row.person: row for row in read.chart}
        self.home = {person: row.unit or row.company for person, row in self.work.items()}
        self.company = {self.home[person]: row.company for person, row in self.work.items()}
        self.heads = self._heads()
        self.teams: dict[tuple[str, str], None] = {}
        """Teams by their place and who leads them, in the order in which they were needed."""

    def result(self) -> Read:
        """The rows as the chart has them: whatever it needs is named while they are written, so teams come last."""
        work = [self._moved(row) for row in self.read.work]
        units = [self._standing(row) for row in self.read.units]
        teams = [*self._teams()]
        told = {row.place for row in self.read.heads}
        led = {**self.heads, **{_code(place, leader): leader for place, leader in self.teams}}
        heads = [
            HeadRow(self.rows[leader].at, place, leader, Period(), "")
            for place, leader in led.items()
            if place not in told
        ]
        return replace(self.read, work=work, units=[*units, *teams], heads=[*self.read.heads, *heads])

    def _heads(self) -> dict[str, str]:
        """The nearest leader to whom everybody in a place, or at a company, answers; left out where nobody is."""
        above: dict[str, list[str]] = {}
        for person, row in self.work.items():
            down = _above(person, self.leaders)[::-1]
            for place in {self.home[person], row.company}:
                above[place] = _shared(above.get(place, down), down)
        return {place: leaders[-1] for place, leaders in above.items() if leaders}

    def _within(self, person: str) -> str:
        """The place in which she works: that of her work, or the team there of whoever leads her and does not head it."""
        home, leader = self.home[person], self.leaders[person]
        head = self.heads.get(home)
        return home if leader is None or head in (person, leader) else self._team(home, leader)

    def _own(self, leader: str) -> str:
        """The place that a leader has: the one where she works if she heads it, else a team of hers there."""
        home = self.home[leader]
        return home if self.heads.get(home) == leader else self._team(home, leader)

    def _team(self, place: str, leader: str) -> str:
        self.teams[place, leader] = None
        return _code(place, leader)

    def _moved(self, row: WorkRow) -> WorkRow:
        if self.work.get(row.person) is not row:
            return row
        place = self._within(row.person)
        return row if place == self.home[row.person] else replace(row, unit=place)

    def _standing(self, row: UnitRow) -> UnitRow:
        """The unit within the place of whoever leads its head, where its row says nothing of what it stands in."""
        head = self.heads.get(row.id)
        leader = self.leaders[head] if head is not None and self.home[head] == row.id else head
        if row.parent is not None or leader is None or self.work[leader].company != row.company:
            return row
        place = self._own(leader)
        return row if place == row.company else replace(row, parent=place)

    def _teams(self) -> Iterator[UnitRow]:
        """The teams that are needed; a leader's own stands where she works, which may need another."""
        names = {row.id: row.name for row in self.read.companies} | {row.id: row.name for row in self.read.units}
        waiting = [*self.teams]
        while waiting:
            place, leader = waiting.pop(0)
            known = len(self.teams)
            within = self._within(leader) if self.home[leader] == place else place
            waiting += [*self.teams][known:]
            row = self.rows[leader]
            company = self.company[place]
            name = row.team or _name(names.get(place, place), leader)
            yield UnitRow(
                row.at, _code(place, leader), company, None if within == company else within, name, Period(), ""
            )


def _code(place: str, leader: str) -> str:
    """What the team of a leader in a place is called; where that is longer than a code may be, its end is a checksum of it."""
    code = f"{place}-{leader}"
    if len(code) <= CODE_LENGTH_MAX:
        return code
    checksum = sha256(code.encode()).hexdigest()[:_CHECKSUM]
    return f"{code[: CODE_LENGTH_MAX - _CHECKSUM - 1]}-{checksum}"


def _name(place: str, leader: str) -> str:
    """The name of a team that the chart does not name; a long name of the place is cut, never who leads."""
    whose = f" ({leader})"
    return f"{place[: NAME_LENGTH_MAX - len(whose)]}{whose}"


def _shared(one: list[str], other: list[str]) -> list[str]:
    """The leaders with which both begin."""
    return [left for left, right in zip(one, other, strict=False) if left == right]
