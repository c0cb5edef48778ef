"""How a unit's orders are approved: how many must agree, further stages above an amount, after how long those asked are reminded.

What was set is kept in memory while the version "trade" stands. Why it is so: docs/decisions/0163-a-yes-counts-in-every-stage.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q

from inward.core.terms import Money
from inward.core.terms.money import as_currency
from inward.core.worktime import is_open
from inward.kit.actor import Actor
from inward.kit.approval import Approval, Decision
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.parties import calendars, opening
from inward.parties import queries as parties
from inward.parties.calendars import DaySort
from inward.parties.queries import Named
from inward.trade import policy
from inward.trade.models import ApprovalProcedure

PROCEDURES = ListSpec({"party": "party__name"}, {"party": "party__code"}, default="party")
_DAYS_MOST = 400
"""Further back no working days are counted."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Stage:
    """Orders above ``above`` also need so many budget holders of ``place`` to agree."""

    place: str
    above: Money
    needed: int


@dataclass(frozen=True, slots=True)
class Procedure:
    """How orders of a unit or company, and of what is below it, are approved.

    ``needed`` of those who hold the budget that is asked must agree, then those of each stage whose amount is passed.
    ``remind_after`` is the number of working days after which they are reminded, and again after each so many; None: never.
    """

    party: str
    needed: int = 1
    stages: tuple[Stage, ...] = ()
    remind_after: int | None = None


@dataclass(frozen=True, slots=True)
class ProcedureRecord:
    """A procedure as controllers see it."""

    party: Named
    procedure: Procedure


def procedure_of(place: str, *, on: date) -> Procedure:
    """The procedure that holds for a unit or company: its own, else the nearest above it; else one yes, and no reminder."""
    known = _known.value()
    if known:
        for code in parties.unit_path(place, on=on):
            if code in known:
                return known[code]
    return Procedure(place)


def stages_of(procedure: Procedure, unit: str, total: Money) -> tuple[tuple[str, int], ...]:
    """Which budgets are asked for so much, one after the other, and how many of their holders must agree.

    An amount in another currency than the order's settles nothing, so that the stage is asked.
    """
    passed = (stage for stage in procedure.stages if stage.above.currency != total.currency or total > stage.above)
    return ((unit, procedure.needed), *((stage.place, stage.needed) for stage in passed))


def carried_on(asked: Approval) -> Approval:
    """The approval with each yes counted in every stage that asks the same person: nobody is asked twice for one order."""
    said: dict[str, Decision] = {}
    while (step := asked.current) is not None:
        said |= {each.by: each for before in asked.steps for each in before.decided if each.approved}
        spoken = {each.by for each in step.decided}
        more = tuple(
            replace(each, instead_of=each.by)
            for by, each in sorted(said.items())
            if by in step.who and by not in spoken
        )
        if not more:
            return asked
        renewed = replace(step, decided=(*step.decided, *more[: step.needed - len(step.decided)]))
        asked = replace(asked, steps=tuple(renewed if each is step else each for each in asked.steps))
        if asked.current is renewed:
            return asked
    return asked


def working_days(place: str, since: date, until: date) -> int:
    """How many days of work of a unit or company lie after ``since`` and not after ``until``."""
    span = min(max((until - since).days, 0), _DAYS_MOST)
    days = (since + timedelta(days=count) for count in range(1, span + 1))
    return sum(works_on(place, day) for day in days)


def after_working_days(place: str, since: date, days: int) -> date:
    """The day on which so many days of work of a unit or company lie after ``since``; where it never works, as many days later."""
    left = days
    for count in range(1, _DAYS_MOST):
        left -= works_on(place, since + timedelta(days=count))
        if not left:
            return since + timedelta(days=count)
    return since + timedelta(days=days)


def works_now(place: str, at: datetime) -> bool:
    """Whether a unit or company is at work at an instant: by its calendar; where nobody has said any, Monday to Friday."""
    try:
        known = opening.opened(place, on=at.date())
    except NotThere:  # it is not open any more, so that it has no hours
        return at.weekday() < _SATURDAY
    return works_on(place, at.date()) if known is None else is_open(known, at)


def works_on(place: str, day: date) -> bool:
    """Whether a unit or company works on a day: by its calendar; where nobody has said any, Monday to Friday."""
    known = calendars.day_of(place, on=day)
    if known.sort is DaySort.OWN or calendars.calendar_of(place, on=day) is not None:
        return bool(known.hours)
    return day.weekday() < _SATURDAY


def procedures(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[ProcedureRecord]:
    """The procedures that the viewer sets."""
    text = params.get("text", "").replace("\0", "").strip()
    rows = ApprovalProcedure.objects.filter(_set_by(viewer, at))
    if text:
        rows = rows.filter(Q(party__name__icontains=text) | Q(party__code__icontains=text))
    return page(rows.select_related("party"), PROCEDURES, params).map(_record)


def procedure(*, viewer: Actor, at: datetime, party: str) -> ProcedureRecord:
    """The procedure of a company or unit. NotThere for none of its own."""
    rows = ApprovalProcedure.objects.filter(_set_by(viewer, at), party__code=party)
    found = rows.select_related("party").first()
    if found is None:
        raise NotThere
    return _record(found)


def _set_by(viewer: Actor, at: datetime) -> Q:
    if viewer.nobody:
        return Q(pk__in=())
    over = policy.limits_set_by(viewer, on=at.date())
    return Q(party__isnull=False) if over is None else Q(party__code__in=sorted(over))


def _record(row: ApprovalProcedure) -> ProcedureRecord:
    return ProcedureRecord(Named(row.party.code, row.party.name), _procedure(row))


def _procedure(row: ApprovalProcedure) -> Procedure:
    stages = tuple(
        Stage(each["place"], Money(each["above"], as_currency(each["currency"])), each["needed"]) for each in row.stages
    )
    return Procedure(row.party.code, row.needed, stages, row.remind_after)


def _read(_number: int) -> Mapping[str, Procedure]:
    rows = ApprovalProcedure.objects.select_related("party")
    return {row.party.code: _procedure(row) for row in rows}


_known: Kept[Mapping[str, Procedure]] = Kept("trade", _read)
