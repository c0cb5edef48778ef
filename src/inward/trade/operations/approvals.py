"""How orders are approved is set by controllers; whoever is away names a deputy; whoever keeps others waiting is reminded."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from inward.access import operations as access
from inward.access import queries as who
from inward.access.vocabulary import EVERYTHING, Role
from inward.core.terms import Period, Reason, Refusal
from inward.kit import audit, outbox, versions
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import together, transaction
from inward.ledger import queries as ledger
from inward.parties import leading
from inward.parties import operations as parties_operations
from inward.parties import queries as parties
from inward.trade import approvals, policy, queries
from inward.trade.announcements import ApprovalReminded
from inward.trade.approvals import Stage
from inward.trade.models import ApprovalProcedure, Order, OrderStep
from inward.trade.vocabulary import OrderState, StepKind

NEEDED_MOST = 20
STAGES_MOST = 9
DAYS_MOST = 60
_ASKED = (StepKind.APPROVAL_ASKED.value, StepKind.APPROVED.value, StepKind.REMINDED.value)


def set_procedure(
    *,
    by: Actor,
    at: datetime,
    party: str,
    needed: int = 1,
    stages: Sequence[Stage] = (),
    remind_after: int | None = None,
    lifted: bool = False,
    source: str = "",
) -> None:
    """Say how orders of a unit or company, and of what is below it, are approved; ``lifted``: as above it again.

    1. Refuse what policy refuses, and numbers, places and currencies that no order could be held against.
    2. Write.  3. Bump, audit (what it was and is). Orders that wait go on as they were asked.
    Raises Refused, Refusal, NotThere (no such unit or company).
    """
    on = at.date()
    company = parties.company_of(party, on=on)
    require(policy.may_set_limit(by, company=company, on=on))
    _check(party, company, needed, stages, remind_after, on)
    row = {
        "needed": needed,
        "remind_after": remind_after,
        "stages": [
            {"place": each.place, "above": each.above.minor, "currency": each.above.currency, "needed": each.needed}
            for each in stages
        ],
    }
    with transaction():
        key = parties.keys()[party]
        if lifted:
            ApprovalProcedure.objects.filter(party_id=key).delete()
        else:
            ApprovalProcedure.objects.update_or_create(party_id=key, defaults=row)
        versions.bump("trade")
        words = ", ".join(f"{each.needed} of {each.place} above {each.above}" for each in stages)
        facts = {"needed": needed, "stages": words, "remind_after": remind_after or "", "lifted": lifted}
        audit.record(
            by=by, at=at, act="trade.set_procedure", thing=f"approvals {party}", facts=facts | {"source": source}
        )


def go_away(*, by: Actor, at: datetime, since: date, last_day: date, deputy: str | None) -> tuple[str, ...]:
    """Be away for some days, and let a colleague approve meanwhile; returns the units and companies handed on.

    1. Note the absence.  2. Hand on to the deputy every budget that one holds oneself, on those of the days on which one
    holds it. All of it or nothing; what those acts refuse is refused.
    Raises Refused, Refusal (also: the deputy does not sign in, or none is named though there is something to approve).
    """
    require(policy.may_be_away(by))
    assert by.person is not None  # policy refuses whoever is no person
    until = last_day + timedelta(days=1)
    if until <= since or since < at.date():
        raise Refusal(Reason.of("away_days"), where="last_day")
    held = [
        grant
        for grant in who.own_grants(viewer=by, at=at)
        if grant.role is Role.BUDGET_HOLDER and not grant.handed_on and grant.period.overlaps(Period(since, until))
    ]
    holder = None if deputy is None else who.holder_of(deputy)
    if (held or deputy is not None) and holder is None:
        raise Refusal(Reason.of("deputy_signs_in"), where="deputy")
    done: list[str] = []
    with together():
        parties_operations.note_absence(by=by, at=at, person=by.person, valid_from=since, valid_until=until)
        for grant in held:
            both = grant.period.intersection(Period(since, until))
            assert holder is not None  # somebody is named where there is something to hand on
            assert both is not None  # they overlap
            for party in _places(grant.party):
                access.hand_on_role(
                    by=by,
                    at=at,
                    user=holder.user,
                    role=Role.BUDGET_HOLDER,
                    party=party,
                    valid_from=both.start or since,
                    valid_until=both.until or until,
                )
                done.append(party)
    return tuple(done)


def come_back(*, by: Actor, at: datetime) -> None:
    """Be back today: the absence ends, later ones are taken back, and what was handed on for them is one's own alone again.

    What began today ends with today, and what was handed on for later days ends with the first of them: a day that has a beginning
    is not undone. Raises Refused, NotThere (whoever is not away).
    """
    require(policy.may_be_away(by))
    assert by.person is not None  # policy refuses whoever is no person
    today = at.date()
    away = leading.absences(viewer=by, at=at, on=today, person=by.person)
    back = today + timedelta(days=1) if any(each.start == today for each in away) else today
    with together():
        parties_operations.end_absence(by=by, at=at, person=by.person, valid_until=back)
        for grant in who.handed_on_by(viewer=by, at=at):
            start = grant.period.start or date.min
            until = back if start < back else start + timedelta(days=1)
            if grant.role is Role.BUDGET_HOLDER and (grant.period.until is None or grant.period.until > until):
                access.end_role(by=by, at=at, grant=grant.reference, valid_until=until)


def remind(*, by: Actor, at: datetime) -> int:
    """Remind those for whose word orders wait longer than their unit's procedure says; returns how many orders.

    Working days count, by the calendar of the unit that is asked; each reminder is a step of the order, and the next comes as
    many days later.
    """
    reminded = 0
    for key in Order.objects.filter(state=OrderState.AWAITING_APPROVAL.value).values_list("pk", flat=True):
        with transaction():
            waits = Order.objects.select_for_update(of=("self",)).filter(state=OrderState.AWAITING_APPROVAL.value)
            reminded += sum(_reminded(by, at, order) for order in waits.filter(pk=key))
    return reminded


def _reminded(by: Actor, at: datetime, order: Order) -> bool:
    unit = (order.approval or {})["unit"]
    days = approvals.procedure_of(unit, on=at.date()).remind_after
    last = order.steps.filter(kind__in=_ASKED).order_by("-at", "-id").values_list("at", flat=True).first()
    if days is None or last is None or approvals.working_days(unit, last.date(), at.date()) < days:
        return False
    OrderStep.objects.create(
        order=order, at=at, subject=by.subject, person_id=None, kind=StepKind.REMINDED.value, facts={"unit": unit}
    )
    outbox.announce(ApprovalReminded(**queries.order_facts(order), unit=unit), by=by, at=at)
    return True


def _check(party: str, company: str, needed: int, stages: Sequence[Stage], remind_after: int | None, on: date) -> None:
    """Refuse what no order could be held against."""
    counts = (needed, *(each.needed for each in stages))
    if not all(1 <= count <= NEEDED_MOST for count in counts) or len(stages) > STAGES_MOST:
        raise Refusal(Reason.of("procedure_not_usable", most=NEEDED_MOST), where="needed")
    if remind_after is not None and not 1 <= remind_after <= DAYS_MOST:
        raise Refusal(Reason.of("procedure_days", most=DAYS_MOST), where="remind_after")
    currency, above = ledger.prepared().currencies.get(company), parties.unit_path(party, on=on)
    for stage in stages:
        if stage.place not in above:  # whoever holds a budget elsewhere could not even see the order
            raise Refusal(Reason.of("stage_not_above", place=parties.name_of(stage.place)), where="stages")
        if stage.above.minor < 0 or (currency is not None and stage.above.currency != currency):
            raise Refusal(Reason.of("approval_limit_not_usable", limit=stage.above), where="stages")


def _places(party: str) -> tuple[str, ...]:
    """What can be handed on of a role: its company or unit; of one over everything, each company."""
    return (party,) if party != EVERYTHING else tuple(sorted(parties.world().company))
