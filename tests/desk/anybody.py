"""Random organisations with a desk, and an oracle that says from the written rules alone who sees which request.

Nothing of the oracle asks the rooms: it reads what was done here, in plain Python, as decisions 192, 194 and 197 tell it. Each
request has a word of its own (``word``) in its subject and its first message, so that a page that names it is known by it.
"""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.builders import (
    AT,
    HOUSE,
    actor,
    given_company,
    given_employee,
    given_household,
    given_household_rule,
    given_role,
    given_unit,
    given_user,
)
from tests.desk.asked import MONDAY, later

from inward.core.terms import Refusal
from inward.desk import operations
from inward.desk.casewords import UNDER_WAY, CaseState, LinkKind
from inward.desk.models import Case
from inward.desk.operations import Ask
from inward.kit.policy import NotThere, Refused
from inward.parties import operations as parties
from inward.parties.vocabulary import Purpose

WITHIN = {"acme": None, "north": "acme", "north-one": "north", "south": "acme", "other": None}
"""The departments and what each stands in: two companies, one of them with three departments in two floors."""
PEOPLE = tuple(f"person-{letter}" for letter in "abcdefg")
QUEUES = {"help": "north", "near-help": "north-one", "staff": "south", "law": "north-one"}
CONFIDENTIAL = ("staff", "law")
ROLES = ("CASE_HANDLER", "CASE_HANDLER", "SERVICE_OWNER", "BUYER", "EMERGENCY_READER")
COMMON = "everywhere"
"""A word that stands in every request."""


@dataclass(eq=False)
class Asked:
    """A request, as the rules look at it."""

    reference: str
    number: int
    word: str
    queue: str
    customer: str
    person: str | None
    confidential: bool = False
    concerned: set[str] = field(default_factory=set)
    watchers: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    awaits: list["Asked"] = field(default_factory=list)
    joined_to: "Asked | None" = None

    @property
    def supplier(self):
        return QUEUES[self.queue]

    def becomes_confidential(self, about):
        """Nobody follows it any more, and it is about these people."""
        self.confidential = True
        self.watchers.clear()
        self.concerned |= about - {None}


@dataclass
class Organisation:
    """Who works where, leads what, lives with whom, may do what; and what was asked."""

    chance: Random
    works: dict[str, str] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    homes: list[set[str]] = field(default_factory=list)
    grants: dict[str, list[tuple[str, str | None]]] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    opened: set[tuple[str, str]] = field(default_factory=set)

    def actor(self, person, **more):
        return actor(self.users[person], at=MONDAY, **more)

    # --- the rules ---------------------------------------------------------------------------------------------------

    def near(self, person):
        """She, who leads her, whom she leads, and her household."""
        found = {person}
        place = self.works[person]
        while place is not None:
            found |= {self.heads[place]} if place in self.heads else set()
            place = WITHIN[place]
        for place, head in self.heads.items():
            if head == person:
                found |= {each for each, where in self.works.items() if stands_in(where, place)}
        return found.union(*(home for home in self.homes if person in home))

    def holds(self, person, roles, place, *, exactly=False):
        reached = (
            scope == place if exactly else scope is None or stands_in(place, scope)
            for role, scope in self.grants[person]
            if role in roles
        )
        return any(reached)

    def handles(self, person, case, roles=("CASE_HANDLER", "SERVICE_OWNER")):
        """Who serves; never her own; of what is confidential by a role over that very department, and not near to whom it is about."""
        if person in (case.person, case.customer):
            return False
        if not case.confidential:
            return self.holds(person, roles, case.supplier)
        return self.holds(person, roles, case.supplier, exactly=True) and not self.near(person) & case.concerned

    def asks(self, person, case):
        """Who asked, for whom it is, who follows it, and who buys for the department it is for."""
        if person in (case.person, case.customer) or person in case.watchers:
            return True
        private = case.confidential or case.customer == case.person
        return not private and self.holds(person, ("BUYER",), case.customer)

    def opens(self, person, case):
        """Who has a confidential one open, as long as she is not near to whom it is about."""
        may = self.holds(person, ("EMERGENCY_READER",), case.supplier) and not self.near(person) & case.concerned
        return case.confidential and (person, case.reference) in self.opened and may

    def sees(self, person, case):
        return self.asks(person, case) or self.handles(person, case) or self.opens(person, case)

    def words_of(self, case):
        """What may be read where the case is: its own word, what was written in it, and the same of what was joined to it."""
        together = [case, *(each for each in self.asked if each.joined_to is case)]
        return set().union(*({each.word} | each.written for each in together))

    def numbers_at(self, case):
        """Which numbers may be read there: its own, those of what was joined to it, and of what its tasks wait for."""
        joined = {each.number for each in self.asked if each.joined_to is case}
        return {case.number} | joined | {each.number for each in case.awaits}


def stands_in(place, above):
    while place is not None and place != above:
        place = WITHIN[place]
    return place is not None


def given_organisation(seed, *, after):
    """Everybody and everything, by a number; whoever may not do what chance wants does not. ``after`` looks on after each act."""
    made = Organisation(Random(seed))
    _given_people(made)
    for code, supplier in QUEUES.items():
        operations.set_queue(
            by=HOUSE, at=AT, code=code, supplier=supplier, name=code.title(), confidential=code in CONFIDENTIAL
        )
    for number in range(7):
        _ask(made, number)
    for _ in range(14):
        act = made.chance.choice(ACTS)
        try:
            act(made)
        except (Refusal, Refused, NotThere):
            continue
        after(made)
    return made


def _given_people(made):
    chance = made.chance
    for code in ("acme", "other"):
        given_company(code)
    for code in ("north", "north-one", "south"):
        given_unit(code, "acme", parent=None if WITHIN[code] == "acme" else WITHIN[code])
    for person in PEOPLE:
        place = made.works[person] = chance.choice(sorted(WITHIN))
        company = place if WITHIN[place] is None else "acme"
        given_employee(person, company, unit=None if place == company else place)
        made.users[person] = given_user(person, person=person, email=f"{person}@example.org")
        wanted = {(chance.choice(ROLES), chance.choice([*WITHIN, *QUEUES.values(), None])) for _ in range(2)}
        made.grants[person] = sorted(wanted, key=str)
        for role, scope in made.grants[person]:
            given_role(made.users[person], role, scope)
    for place in chance.sample(sorted(WITHIN), 2):
        made.heads[place] = chance.choice(PEOPLE)
        parties.name_head(by=HOUSE, at=AT, place=place, person=made.heads[place], valid_from=date(2023, 1, 1))
    given_household_rule(Purpose.PROMISE)
    home = chance.sample(PEOPLE, 2)
    given_household(*home, purposes=(Purpose.PROMISE,))
    made.homes.append(set(home))


def _ask(made, number):
    """For herself, or for a department she buys for; about somebody, where it is confidential."""
    chance, person = made.chance, made.chance.choice(PEOPLE)
    bought = [scope for role, scope in made.grants[person] if role == "BUYER" and scope is not None]
    customer = chance.choice([person, *bought])
    queue = chance.choice(sorted(QUEUES))
    about = [chance.choice(PEOPLE)] if queue in CONFIDENTIAL and chance.random() < 0.5 else []
    word = f"wording{number}x"
    receipt = operations.open_case(
        by=made.actor(person, acting_for=None if customer == person else customer),
        at=MONDAY,
        key=word,
        ask=Ask(queue=queue, subject=f"{word} {COMMON}", text=f"{word} {COMMON}", concerned=about),
    )
    case = Asked(receipt.reference, receipt.number, word, queue, customer, person)
    if queue in CONFIDENTIAL:
        case.becomes_confidential({person, *about})
    made.asked.append(case)


# --- what chance does: each act is done by the house, and what it means is written down beside it -----------------------


def _by(case, hours=1):
    return {"by": HOUSE, "at": later(hours=hours), "case": case.reference}


def _hand_over(made):
    case, queue = made.chance.choice(made.asked), made.chance.choice(sorted(QUEUES))
    operations.hand_over(**_by(case), queue=queue, words=f"{case.word} goes on")
    joined = [each for each in made.asked if each.joined_to is case]
    if queue in CONFIDENTIAL and not case.confidential:
        about = {each.person for each in (case, *joined)}
        for each in (case, *joined):
            each.becomes_confidential(about)
            each.queue = queue
        for each in made.asked:
            inside = each in (case, *joined)
            each.awaits = [other for other in each.awaits if (other in (case, *joined)) == inside]
    case.queue = queue


def _watch(made):
    case, person = made.chance.choice(made.asked), made.chance.choice(PEOPLE)
    operations.watch(**_by(case), person=person)
    case.watchers.add(person)


def _join(made):
    case, into = made.chance.sample(made.asked, 2)
    operations.join(**_by(case), into=into.reference)
    case.joined_to = into
    for each in made.asked:
        each.joined_to = into if each.joined_to is case else each.joined_to
    if not into.confidential:
        into.watchers |= ({case.person} if case.person else set()) | case.watchers
    into.concerned |= case.concerned


def _link(made):
    case, other = made.chance.sample(made.asked, 2)
    operations.link(**_by(case), other=other.reference, kind=made.chance.choice([LinkKind.RELATED, LinkKind.DUPLICATE]))


def _part(made):
    case, word = made.chance.choice(made.asked), f"wording{len(made.asked)}x"
    message = operations.answer(**_by(case), text=word)
    reference = operations.part(**_by(case), messages=[message], subject=word)
    case.written.add(word)
    case_row = Case.objects.get(reference=reference)
    fresh = Asked(reference, case_row.number, word, case.queue, case.customer, case.person, case.confidential)
    fresh.concerned = set(case.concerned)
    made.asked.append(fresh)


def _ask_others(made):
    case, queue, word = made.chance.choice(made.asked), made.chance.choice(sorted(QUEUES)), f"wording{len(made.asked)}x"
    reference = operations.ask_others(**_by(case), queue=queue, subject=word, text=word)
    row = Case.objects.get(reference=reference)
    part = Asked(reference, row.number, word, queue, case.supplier, None, queue in CONFIDENTIAL)
    made.asked.append(part)


def _wait(made):
    """A task of one waits for a task of another; each has somebody to do it."""
    case, other = made.chance.sample(made.asked, 2)
    first = operations.add_task(**_by(other), title="First", owner=made.chance.choice(PEOPLE))
    then = operations.add_task(**_by(case), title="Then", owner=made.chance.choice(PEOPLE))
    operations.wait_for(**_by(case), task=then, other=first)
    case.awaits.append(other)


def _gather(made):
    outage, case = made.chance.sample(made.asked, 2)
    if Case.objects.get(reference=outage.reference).kind != "OUTAGE":
        word = f"wording{len(made.asked)}x"
        queue = made.chance.choice([each for each in sorted(QUEUES) if each not in CONFIDENTIAL])
        reference = operations.open_outage(
            by=HOUSE, at=later(hours=1), key=word, queue=queue, subject=word, banner="Down"
        )
        row = Case.objects.get(reference=reference)
        outage = Asked(reference, row.number, word, queue, QUEUES[queue], None)
        made.asked.append(outage)
    operations.gather(by=HOUSE, at=later(hours=1), outage=outage.reference, case=[case.reference])


def _open_to_read(made):
    person, case = made.chance.choice(PEOPLE), made.chance.choice(made.asked)
    operations.open_confidential(
        by=made.actor(person), at=later(hours=1), number=case.number, reason="An audit by the inspectorate"
    )
    made.opened.add((person, case.reference))


def _solve(made):
    case = made.chance.choice(made.asked)
    operations.solve(**_by(case), words=f"{case.word} done")


ACTS = (
    _hand_over, _hand_over, _watch, _watch, _join, _link, _part, _ask_others, _wait, _gather, _open_to_read,
    _open_to_read, _solve,
)  # fmt: skip


def under_way(case):
    return CaseState(Case.objects.get(reference=case.reference).state) in UNDER_WAY
