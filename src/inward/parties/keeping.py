"""Rows of an import that concern what their bringer does not look after: refused one by one, as the acts on one thing are.

Whoever administers everything brings in everything. Others bring in what belongs to their companies: a row may speak of no
other company, and may correct nothing that belongs to one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from inward.core.classification import World
from inward.kit.actor import Actor
from inward.kit.policy import ALLOWED, Answer
from inward.parties import policy, queries
from inward.parties.models import ControlRight, Holding, Party, ShareClass, Shareholding
from inward.parties.worldfiles import (
    AbsenceRow,
    CompanyRow,
    DeputyRow,
    EventRow,
    HeadRow,
    HoldingRow,
    NameRow,
    OwnDayRow,
    PersonRow,
    Read,
    RightRow,
    ShareClassRow,
    ShareholdingRow,
    UnitRow,
    WeekRow,
    WorkRow,
    WorkStateRow,
)

Row = TypeVar(
    "Row",
    CompanyRow,
    PersonRow,
    UnitRow,
    HoldingRow,
    WorkRow,
    WeekRow,
    NameRow,
    OwnDayRow,
    ShareClassRow,
    ShareholdingRow,
    RightRow,
    EventRow,
    HeadRow,
    DeputyRow,
    AbsenceRow,
    WorkStateRow,
)
_AT_ONCE = 500


def within_reach(read: Read, *, by: Actor, on: date) -> Read:
    """The rows that ``by`` may bring in on that day; each of the others becomes a problem that says why."""
    if policy.may_administer_everything(by, on=on):
        return read
    return _Reach(by, on, queries.world(), read).kept()


class _Reach:
    def __init__(self, by: Actor, on: date, world: World, read: Read) -> None:
        self.by, self.on, self.world, self.read = by, on, world, read
        self.problems = list(read.problems)
        # From the tables, not the world: a fact that gives way to another source's is on record too.
        self.holdings = _ends(Holding, [row.id for row in read.holdings], "owner__code", "owned__code")
        self.work = {fact.id: fact.company for fact in world.work_relationships} if read.work else {}
        named = [row.id for row in read.share_classes] + [row.share_class for row in read.shareholdings]
        self.classes = {code: company for code, (company,) in _ends(ShareClass, named, "company__code").items()}
        self.of_class = {row.id: row.company for row in read.share_classes} | self.classes
        self.shares = _ends(Shareholding, [row.id for row in read.shareholdings], "owner__code", "company__code")
        self.rights = _ends(ControlRight, [row.id for row in read.rights], "target__code", "holder__code")
        self.told = _told([row.id for row in read.people if row.id in world.person])
        self.placed = {row.id: row.company for row in read.units}
        self.coming: dict[str, list[str]] = defaultdict(list)
        for row in read.work:
            self.coming[row.person].append(row.company)

    def kept(self) -> Read:
        read = self.read
        return replace(
            read,
            companies=self.allowed(read.companies, "id", self.company),
            people=self.allowed(read.people, "id", self.person),
            units=self.allowed(read.units, "company", self.unit),
            holdings=self.allowed(read.holdings, "owned", self.holding),
            work=self.allowed(read.work, "company", self.working),
            weeks=self.allowed(read.weeks, "party", self.calendar),
            own_days=self.allowed(read.own_days, "party", self.calendar),
            share_classes=self.allowed(read.share_classes, "company", self.share_class),
            shareholdings=self.allowed(read.shareholdings, "share_class", self.shareholding),
            rights=self.allowed(read.rights, "target", self.right),
            heads=self.allowed(read.heads, "place", self.leading),
            deputies=self.allowed(read.deputies, "place", self.leading),
            events=self.allowed(read.events, "parties", self.event),
            names=self.allowed(read.names, "party", self.calendar),
            absences=self.allowed(read.absences, "person", self.away),
            work_states=self.allowed(read.work_states, "company", lambda row: self.keeps(row.company)),
            problems=self.problems,
        )

    def allowed(self, rows: Iterable[Row], column: str, ask: Callable[[Row], Answer]) -> list[Row]:
        good = []
        for row in rows:
            answer = ask(row)
            if answer:
                good.append(row)
            else:
                why = answer.reasons[0]
                self.problems.append(row.at.problem(column, why.code, **dict(why.items)))
        return good

    def keeps(self, *parties: str) -> Answer:
        """Whether she looks after those of these parties that are companies."""
        companies = [party for party in parties if party in self.world.company]
        return policy.may_administer(self.by, companies=companies, on=self.on)

    def company(self, row: CompanyRow) -> Answer:
        if row.id in self.world.company:
            return self.keeps(row.id)
        return policy.may_administer_everything(self.by, on=self.on)

    def person(self, row: PersonRow) -> Answer:
        """Anybody new; of those who are known the staff of her companies, and whoever is called and reached as the row says."""
        if row.id not in self.told:
            return policy.may_add_person(self.by, on=self.on)
        name, email = self.told[row.id]
        if (row.name, email if row.email is None else row.email) == (name, email):
            return ALLOWED
        employers = [work.company for work in self.world.work.get(row.id, ())]
        return policy.may_rename_person(self.by, employers=employers, on=self.on)

    def unit(self, row: UnitRow) -> Answer:
        return self.keeps(row.company, *(place.company for place in self.world.unit.get(row.id, ())))

    def holding(self, row: HoldingRow) -> Answer:
        return self.keeps(row.owner, row.owned, *self.holdings.get(row.id, ()))

    def share_class(self, row: ShareClassRow) -> Answer:
        return self.keeps(row.company, self.classes.get(row.id, row.company))

    def shareholding(self, row: ShareholdingRow) -> Answer:
        return self.keeps(row.owner, self.of_class.get(row.share_class, ""), *self.shares.get(row.id, ()))

    def right(self, row: RightRow) -> Answer:
        return self.keeps(row.target, row.holder or "", *self.rights.get(row.id, ()))

    def working(self, row: WorkRow) -> Answer:
        known = self.work.get(row.id)
        return self.keeps(row.company, *(() if known is None else (known,)))

    def calendar(self, row: WeekRow | OwnDayRow | NameRow) -> Answer:
        return self.keeps(self.home(row.party))

    def leading(self, row: HeadRow | DeputyRow) -> Answer:
        return self.keeps(self.home(row.place))

    def event(self, row: EventRow) -> Answer:
        return self.keeps(*(self.home(code) for two in row.parts for code in two if code))

    def away(self, row: AbsenceRow) -> Answer:
        """Of the staff of her companies, those who come in with the file among them."""
        known = [work.company for work in self.world.work.get(row.person, ())]
        employers = [*known, *self.coming.get(row.person, ())]
        return policy.may_note_absence(self.by, person=row.person, employers=employers, on=self.on)

    def home(self, place: str) -> str:
        """The company of a unit, where it stands latest; a company is its own."""
        places = self.world.unit.get(place, ())
        return places[-1].company if places else self.placed.get(place, place)


def _ends(
    table: type[Holding | ShareClass | Shareholding | ControlRight], codes: list[str], *columns: str
) -> dict[str, tuple[str, ...]]:
    """The parties of these facts as they are known, by whatever source; "" for none."""
    found: dict[str, tuple[str, ...]] = {}
    for first in range(0, len(codes), _AT_ONCE):
        rows = table.objects.current().filter(code__in=codes[first : first + _AT_ONCE])
        found.update({code: tuple(end or "" for end in ends) for code, *ends in rows.values_list("code", *columns)})
    return found


def _told(codes: list[str]) -> Mapping[str, tuple[str, str]]:
    """The name and address of these people, as they are known."""
    found: dict[str, tuple[str, str]] = {}
    for first in range(0, len(codes), _AT_ONCE):
        rows = Party.objects.filter(code__in=codes[first : first + _AT_ONCE]).values_list("code", "name", "email")
        found.update({code: (name, email) for code, name, email in rows})
    return found
