"""What whoever handles cases looks at beside the case itself: who may take it, who else looks, who the customer is. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q

from inward.access import queries as access
from inward.desk import cases, handing, policy
from inward.desk.cases import CaseRow, row_of
from inward.desk.casewords import UNDER_WAY, CaseState, Side
from inward.desk.models import Case, CaseConcern, CaseMessage, CaseRead, CaseTask, Queue, ReturnCode
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.parties import leading
from inward.parties import queries as parties
from inward.parties.leading import ManagedView
from inward.parties.queries import Named
from inward.parties.vocabulary import PartyKind

LOOKS: Final = timedelta(minutes=2)
"""So long ago somebody has looked who is said to look at it now."""
LATEST: Final = 5
BOARD_MAX: Final = 50
_ROW: Final = ("queue",)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases under way are mine, nobody's and all; each up to 1000, and whether there are more."""

    mine: tuple[int, bool]
    nobodys: tuple[int, bool]
    all: tuple[int, bool]


@dataclass(frozen=True, slots=True)
class Card:
    """The customer of a case: who asked, where she works, who manages her, whether she is away today, what she asked last."""

    person: Named | None
    job: str
    places: tuple[Named, ...]
    managers: tuple[ManagedView, ...]
    away: bool
    latest: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class Looking:
    """Who else of the service looks at a case now, and whether and when whoever asked has read its last answer."""

    others: tuple[Named, ...]
    read_by: Named | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board: how its cases stand, those due first at the top, and how many there are in all."""

    state: CaseState
    rows: tuple[CaseRow, ...]
    count: tuple[int, bool]


def serves_somebody(*, viewer: Actor, at: datetime) -> bool:
    """Whether there is a department the viewer handles cases for."""
    return policy.serves_somebody(viewer, on=at.date())


def queues(*, viewer: Actor, at: datetime) -> tuple[Named, ...]:
    """The queues the viewer serves, by name; a confidential one only by a role over that very department."""
    on = at.date()
    found = Queue.objects.select_related("supplier").order_by("name", "id")
    return tuple(Named(line.code, line.name) for line in found if _serves(viewer, line, on=on))


def counts(*, viewer: Actor, at: datetime) -> Counts:
    """How many cases under way are the viewer's, nobody's, and there are in all."""
    return Counts(
        mine=(0, False) if viewer.person is None else cases.count_served(viewer=viewer, at=at, owner=viewer.person),
        nobodys=cases.count_served(viewer=viewer, at=at, owner=""),
        all=cases.count_served(viewer=viewer, at=at),
    )


def next_best(*, viewer: Actor, at: datetime) -> str | None:
    """The reference of the case that is due first of those that nobody has taken on and that do not wait; None for none."""
    found = cases.served(
        viewer=viewer,
        at=at,
        params={"owner": cases.NOBODYS, "state": CaseState.NEW.value, "limit": "1"},
        under_way=True,
    )
    return found.rows[0].reference if found.rows else None


def board(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> tuple[Column, ...]:
    """What is under way by how it stands, and what is solved and waits for the customer's word."""
    return tuple(_column(viewer, at, state, params) for state in (*_ORDER, CaseState.SOLVED))


def handles(*, viewer: Actor, at: datetime, reference: str) -> bool:
    """Whether the viewer may handle a case. NotThere out of bounds."""
    sides = cases.parties_of(viewer, at, _found(viewer, at, reference))
    return bool(policy.may_handle(viewer, case=sides, on=at.date()))


def able(*, viewer: Actor, at: datetime, reference: str) -> tuple[Named, ...]:
    """Who may handle a case, by name. NotThere out of bounds; nobody for those who do not handle it themselves."""
    if not handles(viewer=viewer, at=at, reference=reference):
        return ()
    found = _found(viewer, at, reference)
    codes = parties.known().codes
    about = frozenset(codes[key] for key in CaseConcern.objects.filter(case=found).values_list("person_id", flat=True))
    return _named(handing.fit(found, handing.handlers(found.queue, at=at), about=about, at=at))


def able_in(*, viewer: Actor, at: datetime, queues_of: frozenset[str]) -> tuple[Named, ...]:
    """Who handles what is asked of all of these queues (by code), as far as the viewer serves them: for acts on several cases."""
    lines = [line for line in Queue.objects.filter(code__in=queues_of) if _serves(viewer, line, on=at.date())]
    people = [frozenset(handing.handlers(line, at=at)) for line in lines]
    return _named(sorted(frozenset.intersection(*people))) if people else ()


def card(*, viewer: Actor, at: datetime, reference: str) -> Card:
    """Who asked. NotThere out of bounds."""
    found, on = _found(viewer, at, reference), at.date()
    codes = parties.known().codes
    if ReturnCode.objects.filter(case=found).exists():  # its neighbours are other people's
        return Card(None, "", (), (), away=False, latest=())
    person = codes[found.customer_id] if found.person_id is None else codes[found.person_id]
    if parties.kind_of(person) is not PartyKind.PERSON:
        return Card(None, "", (), (), away=False, latest=_latest(viewer, at, found))
    works = parties.work_of(person, on=on)
    return Card(
        person=_named([person])[0],
        job=parties.jobs([person], on=on).get(person, ""),
        places=_named(dict.fromkeys(work.unit or work.company for work in works)),
        managers=_managers(viewer, at, person),
        away=person in leading.away([person], on=on),
        latest=_latest(viewer, at, found),
    )


def looking(*, viewer: Actor, at: datetime, reference: str) -> Looking:
    """Who else looks at a case. NotThere out of bounds."""
    found = _found(viewer, at, reference)
    me, asked = parties.keys().get(viewer.person or ""), {found.person_id, found.customer_id}
    reads = list(CaseRead.objects.filter(case=found).select_related("person").order_by("person__name", "id"))
    others = [read for read in reads if read.person_id not in {me, *asked} and read.at >= at - LOOKS]
    answer = CaseMessage.objects.filter(case=found, note=False, side=Side.SERVICE.value).order_by("-id")
    last = answer.values_list("id", flat=True).first()
    read = next((each for each in reads if each.person_id in asked and last is not None and each.message >= last), None)
    return Looking(
        tuple(parties.named(each.person) for each in others),
        None if read is None else parties.named(read.person),
        None if read is None else read.at,
    )


def who(subjects: frozenset[str]) -> Mapping[str, str]:
    """Who stands behind the subject keys of what happened to a case, by name."""
    return access.called(subjects)


def tasks_to_wait_for(*, viewer: Actor, at: datetime, number: int) -> tuple[tuple[str, str], ...]:
    """The open tasks of a case the viewer sees, by its number: reference and title. Nothing where it is not there, and of a confidential
    one: no task of another case waits for them, and whoever asked it does not read them.
    """
    found = cases.visible(viewer, at).filter(number=number, confidential=False).first()
    if found is None:
        return ()
    rows = CaseTask.objects.filter(case=found, ended_at=None).order_by("position")
    return tuple(rows.values_list("reference", "title"))


def numbered(*, viewer: Actor, at: datetime, number: int) -> str:
    """The reference of a case the viewer sees, by its number. NotThere out of bounds."""
    found = cases.visible(viewer, at).filter(number=number).values_list("reference", flat=True).first()
    if found is None:
        raise NotThere
    return str(found)


_ORDER: Final = tuple(state for state in CaseState if state in UNDER_WAY)


def _column(viewer: Actor, at: datetime, state: CaseState, params: Mapping[str, str]) -> Column:
    going = state in UNDER_WAY
    asked = {**params, "state": state.value, "limit": str(BOARD_MAX)}
    rows = cases.served(viewer=viewer, at=at, params=asked, under_way=going).rows
    return Column(state, rows, (len(rows), len(rows) == BOARD_MAX))


def _serves(viewer: Actor, line: Queue, *, on: date) -> bool:
    reaches = policy.serves_confidential if line.confidential else policy.serves
    return reaches(viewer, supplier=parties.known().codes[line.supplier_id], on=on)


def _found(viewer: Actor, at: datetime, reference: str) -> Case:
    found = cases.visible(viewer, at).filter(reference=reference).select_related("queue").first()
    if found is None:
        raise NotThere
    return found


def _latest(viewer: Actor, at: datetime, found: Case) -> tuple[CaseRow, ...]:
    same = Q(customer_id=found.customer_id) if found.person_id is None else Q(person_id=found.person_id)
    rows = cases.visible(viewer, at).filter(same).exclude(pk=found.pk).select_related(*_ROW).order_by("-id")[:LATEST]
    return tuple(map(row_of, rows))


def _managers(viewer: Actor, at: datetime, person: str) -> tuple[ManagedView, ...]:
    try:
        return leading.managers(viewer=viewer, at=at, on=at.date(), person=person)
    except NotThere:
        return ()


def _named(codes: Iterable[str]) -> tuple[Named, ...]:
    names = parties.world().names
    return tuple(sorted((parties.told(code, names.get(code, code)) for code in codes), key=lambda each: each.name))
