"""The dated world: companies, holdings, units, people and their work relationships, as one immutable value.

A ``World`` holds all periods; the day is given at look-up. It judges nothing: ``control`` and ``standing`` do.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

from inward.core.classification import door
from inward.core.classification.definition import STRICT_MAJORITY, Definition
from inward.core.classification.facts import (
    Company,
    ControlRight,
    Holding,
    Household,
    Person,
    RightKind,
    ShareClass,
    Shareholding,
    Succession,
    Unit,
    WorkKind,
    WorkRelationship,
)
from inward.core.classification.shares import held
from inward.core.terms.period import Period
from inward.core.terms.reason import Reason, Refusal

__all__ = ["Company", "Holding", "Person", "Unit", "WorkKind", "WorkRelationship", "World"]


@dataclass(frozen=True)
class World:
    """Everything known of the parties. ``version`` stamps verdicts.

    Facts are sorted by id, so that the order in which they were given never matters. Look-ups are prepared once, when
    they are first asked for; ``prepared`` keeps what other modules of the room prepare from this world. ``usual`` says by
    which definition dealings are judged on which days where somebody has chosen one, ``for_books`` by which they are paid and
    posted, ``for_tax`` by which tax is left out; see ``definition_on``, ``books_definition_on`` and ``tax_definition_on``.
    """

    companies: tuple[Company, ...] = ()
    holdings: tuple[Holding, ...] = ()
    units: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()
    work_relationships: tuple[WorkRelationship, ...] = ()
    version: int = 0
    share_classes: tuple[ShareClass, ...] = ()
    shareholdings: tuple[Shareholding, ...] = ()
    control_rights: tuple[ControlRight, ...] = ()
    households: tuple[Household, ...] = ()
    usual: tuple[tuple[Period, Definition], ...] = ()
    for_books: tuple[tuple[Period, Definition], ...] = ()
    for_tax: tuple[tuple[Period, Definition], ...] = ()
    households_of_books: tuple[Household, ...] | None = None
    """Those that may serve paying and posting, where they are others than ``households``; see ``of_books``."""
    successions: tuple[Succession, ...] = ()
    prepared: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        *,
        companies: Iterable[Company] = (),
        holdings: Iterable[Holding] = (),
        units: Iterable[Unit] = (),
        people: Iterable[Person] = (),
        work_relationships: Iterable[WorkRelationship] = (),
        version: int = 0,
        share_classes: Iterable[ShareClass] = (),
        shareholdings: Iterable[Shareholding] = (),
        control_rights: Iterable[ControlRight] = (),
        households: Iterable[Household] = (),
        usual: Iterable[tuple[Period, Definition]] = (),
        for_books: Iterable[tuple[Period, Definition]] = (),
        for_tax: Iterable[tuple[Period, Definition]] = (),
        successions: Iterable[Succession] = (),
    ) -> "World":
        """Check at the door and build.

        Refusal (with ``where``) on an unknown id, an id used twice, a circle of units, a unit under another company's
        unit, holdings of one company over 100 % of votes on any day, more shares held than issued. What a company holds of
        itself are treasury shares.
        """
        given = (tuple(companies), tuple(holdings), tuple(units), tuple(people), tuple(work_relationships))
        classes, shares = tuple(share_classes), tuple(shareholdings)
        rights, homes = tuple(control_rights), tuple(households)
        gone_up = in_order_of_days(successions)
        door.check(*given, classes, shares, rights, homes, gone_up)
        by_id = attrgetter("id")
        return cls(
            tuple(sorted(given[0], key=attrgetter("id"))),
            tuple(sorted(given[1], key=attrgetter("id"))),
            tuple(sorted(given[2], key=lambda unit: (unit.id, str(unit.period.start or "")))),
            tuple(sorted(given[3], key=attrgetter("id"))),
            tuple(sorted(given[4], key=attrgetter("id"))),
            version,
            tuple(sorted(classes, key=by_id)),
            tuple(sorted(shares, key=by_id)),
            tuple(sorted(rights, key=by_id)),
            tuple(sorted(homes, key=by_id)),
            tuple(usual),
            tuple(for_books),
            tuple(for_tax),
            successions=gone_up,
        )

    def definition_on(self, on: date) -> Definition:
        """The definition by which a dealing of that day is judged and priced: strict majority where none was chosen."""
        return next((definition for period, definition in self.usual if on in period), STRICT_MAJORITY)

    def books_definition_on(self, on: date) -> Definition:
        """The definition by which a dealing of that day is paid and posted: strict majority where none was chosen."""
        return next((definition for period, definition in self.for_books if on in period), STRICT_MAJORITY)

    def tax_definition_on(self, on: date) -> Definition | None:
        """The definition by which two companies are one tax group on that day; None where none was chosen: then none are."""
        return next((definition for period, definition in self.for_tax if on in period), None)

    @property
    def rules(self) -> tuple[Definition, ...]:
        """Every definition by which any dealing may be priced, posted or left untaxed, the usual one first, each once."""
        chosen = (definition for _, definition in (*self.usual, *self.for_books, *self.for_tax))
        return tuple(dict.fromkeys((STRICT_MAJORITY, *chosen)))

    def with_people(
        self, people: Iterable[Person], work_relationships: Iterable[WorkRelationship], *, version: int
    ) -> "World":
        """The same world in which these people, new or known, and all their work are as said now; the rest stays.

        Equal to a world made whole from the same facts, at a hundredth of the cost where there are many people, since
        look-ups are carried over. Refusal as in ``of``, for what is said here.
        """
        said, given = tuple(people), tuple(work_relationships)
        door.check_people(said, given, self.company, self.unit)
        told = {person.id: person for person in said}
        before = [self.person[code] for code in told if code in self.person]
        gone = [work for code in told for work in self.work.get(code, ())]
        made = replace(
            self,
            people=instead(self.people, before, said),
            work_relationships=instead(self.work_relationships, gone, given),
            version=version,
        )
        if told.keys().isdisjoint(self.holding_people):
            made.prepared.update(self.prepared)  # groups rest on holdings alone
        named = {person.id: person.name or person.id for person in told.values()}
        work = {code: found for code, found in self.work.items() if code not in told} | _grouped(
            sorted(given, key=attrgetter("id")), "person"
        )
        rest = (*RESTS_ON_HOLDINGS, *RESTS_ON_HOUSEHOLDS)
        carried = {name: getattr(self, name) for name in ("company", "unit", "powers_over", *rest)}
        made.__dict__.update(
            carried, person=self.person | told, work=work, names=self.names | named
        )  # as cached_property
        return made

    def with_households(
        self, households: Iterable[Household], *, of_books: Iterable[Household] | None = None
    ) -> "World":
        """The same world in which these are the households, and no others; the very same where there are none in either.

        ``of_books`` are those by which its dealings are paid and posted, where they are others. Look-ups and groups are
        shared with this one: households make no company stand elsewhere. Refusal as in ``of``.
        """
        homes = tuple(sorted(households, key=attrgetter("id")))
        posted = homes if of_books is None else tuple(sorted(of_books, key=attrgetter("id")))
        apart = None if posted == homes else posted
        if (homes, apart) == (self.households, self.households_of_books):
            return self
        for these in (homes, posted):
            door.check_households(these, self.person)
        made = replace(self, households=homes, households_of_books=apart)
        carried = ("company", "person", "unit", "work", "names", "powers_over", *RESTS_ON_HOLDINGS)
        made.__dict__.update({name: getattr(self, name) for name in carried}, prepared=self.prepared)
        return made

    def with_rules(
        self,
        *,
        usual: Iterable[tuple[Period, Definition]] | None = None,
        for_tax: Iterable[tuple[Period, Definition]] | None = None,
    ) -> "World":
        """The same facts judged by other definitions; None leaves what was chosen. Look-ups and groups are shared with this one."""
        made = replace(
            self,
            usual=self.usual if usual is None else tuple(usual),
            for_tax=self.for_tax if for_tax is None else tuple(for_tax),
        )
        carried = ("company", "person", "unit", "work", "names", *RESTS_ON_HOLDINGS, *RESTS_ON_HOUSEHOLDS)
        made.__dict__.update({name: getattr(self, name) for name in carried}, prepared=self.prepared)
        return made

    def succeeded_by(self, company: str, on: date) -> tuple[Succession, ...]:
        """In what a company has gone up by that day, and in what that one has, and so on; nothing where it stands for itself.

        Where several say so of one company the latest holds. A circle ends where it would begin again.
        """
        found: list[Succession] = []
        passed = {company}
        while (step := self._step(company, on)) is not None and step.into not in passed:
            found.append(step)
            company = step.into
            passed.add(company)
        return tuple(found)

    def stands_for(self, company: str, on: date) -> str:
        """The company that is party on that day to what a company is or was party to: itself, or its last successor."""
        if company not in self.succeeded:
            return company
        steps = self.succeeded_by(company, on)
        return steps[-1].into if steps else company

    def _step(self, company: str, on: date) -> Succession | None:
        return next((each for each in reversed(self.succeeded.get(company, ())) if each.since <= on), None)

    @cached_property
    def succeeded(self) -> dict[str, tuple[Succession, ...]]:
        """In what each company has gone up, on whatever days, by its id; the latest last."""
        return _grouped(self.successions, "company")

    @cached_property
    def of_books(self) -> "World":
        """The world by which a dealing is paid and posted: this very one where the same households may serve that."""
        return self if self.households_of_books is None else self.with_households(self.households_of_books)

    @cached_property
    def company(self) -> dict[str, Company]:
        """The companies by id."""
        return {company.id: company for company in self.companies}

    @cached_property
    def person(self) -> dict[str, Person]:
        """The people by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def unit(self) -> dict[str, tuple[Unit, ...]]:
        """The records of each unit by its id, oldest first; no two of them on one day."""
        return _grouped(self.units, "id")

    @cached_property
    def work(self) -> dict[str, tuple[WorkRelationship, ...]]:
        """The work relationships of each person by her id, in the order of their own ids, of all days."""
        return _grouped(self.work_relationships, "person")

    @cached_property
    def stakes(self) -> tuple[Holding, ...]:
        """The holdings, with those that shares come to, in the order of their ids."""
        if not self.shareholdings:
            return self.holdings
        return tuple(sorted((*self.holdings, *held(self.share_classes, self.shareholdings)), key=attrgetter("id")))

    @cached_property
    def holding_people(self) -> frozenset[str]:
        """Everyone but companies who holds something or has a power."""
        owners = {stake.owner for stake in self.stakes} | {
            right.holder for right in self.control_rights if right.holder
        }
        return frozenset(owners - self.company.keys())

    @cached_property
    def held_by_people(self) -> dict[str, tuple[Holding, ...]]:
        """What each person holds, by her id."""
        return _grouped((stake for stake in self.stakes if stake.owner in self.holding_people), "owner")

    @cached_property
    def held_of(self) -> dict[str, tuple[Holding, ...]]:
        """Who holds what of each company, on whatever days, by its id."""
        return _grouped(self.stakes, "owned")

    @cached_property
    def powers_over(self) -> dict[str, tuple[ControlRight, ...]]:
        """Who has which power over each company, on whatever days, by its id; a branch and its head office are one."""
        return _grouped(
            (right for right in self.control_rights if right.holder is not None and right.kind is not RightKind.BRANCH),
            "target",
        )

    @cached_property
    def household(self) -> dict[str, tuple[Household, ...]]:
        """In whose households somebody is, by the member's id."""
        return _grouped(self.households, "member")

    @cached_property
    def leaning(self) -> dict[str, tuple[Household, ...]]:
        """Who belongs to somebody's household, by the id of whose it is."""
        return _grouped(self.households, "person")

    @cached_property
    def names(self) -> dict[str, str]:
        """What people call each company, person or unit (its latest name), by id; the id where it has no name."""
        parties: tuple[Company | Person | Unit, ...] = (*self.companies, *self.people, *self.units)
        return {party.id: party.name or party.id for party in parties}


RESTS_ON_HOLDINGS = ("stakes", "holding_people", "held_by_people", "held_of")
RESTS_ON_HOUSEHOLDS = ("household", "leaning")
"""Look-ups that another world may take over while those facts are the same."""


def in_order_of_days(successions: Iterable[Succession]) -> tuple[Succession, ...]:
    """As a world has them: by company, the latest last."""
    return tuple(sorted(successions, key=lambda each: (each.company, each.since, each.into)))


def instead(facts: tuple[Any, ...], gone: Iterable[Any], new: Iterable[Any]) -> tuple[Any, ...]:
    """The facts, sorted by id, with some taken away and others put in their places."""
    key, kept = attrgetter("id"), list(facts)
    for fact in gone:
        del kept[bisect_left(kept, fact.id, key=key)]
    for fact in new:
        place = bisect_left(kept, fact.id, key=key)
        if place < len(kept) and kept[place].id == fact.id:
            raise Refusal(Reason.of("id_twice", id=fact.id), where="id")
        kept.insert(place, fact)
    return tuple(kept)


def _grouped(facts: Iterable[Any], key: str) -> dict[str, tuple[Any, ...]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for fact in facts:
        grouped[getattr(fact, key)].append(fact)
    return {name: tuple(members) for name, members in grouped.items()}
