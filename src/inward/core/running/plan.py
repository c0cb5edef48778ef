"""The plan of an offering that runs: how often it is charged, for how long one is bound, and what becomes of it afterwards.

A piece of such an offering is one period of its plan, so that every rule on prices holds for it as it stands.
"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from inward.core.terms import Fields, Rate, Reason, Refusal, exact_text

NOTHING = Rate(Fraction(0))
TERM_MONTHS_MAX = 120
NOTICE_DAYS_MAX = 366


class RunningKind(Enum):
    """What runs."""

    SUBSCRIPTION = "SUBSCRIPTION"
    COVER = "COVER"
    """An insurance cover: its charge is a premium."""


class Every(Enum):
    """How often it is charged."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"

    @property
    def months(self) -> int:
        """The length of a period in months."""
        return _MONTHS[self]


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


class Afterwards(Enum):
    """What becomes of it when what made its customer an inside one has ended."""

    CONTINUE = "CONTINUE"
    """It goes on at the price that everybody pays who is no longer inside."""
    END = "END"
    """It ends on that very day."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Charged ``every`` period in advance. ``term_months`` 0: for as long as one wishes, ended on any day after
    ``notice_days``; else bound for so long, and for as long again where it ``renews``.

    Where ``insurer`` names a company, it is the supplier of record: whoever sells it is its agent, owes it the premium and
    earns ``commission``, a fraction of the premium without tax.
    """

    kind: RunningKind
    every: Every = Every.MONTH
    term_months: int = 0
    notice_days: int = 0
    renews: bool = True
    afterwards: Afterwards = Afterwards.CONTINUE
    insurer: str | None = None
    commission: Rate = NOTHING


def check_plan(plan: Plan, where: str = "") -> None:
    """Refusal for a plan that cannot be: a term that is no whole number of periods, bounds passed, a commission for nobody."""
    if not 0 <= plan.term_months <= TERM_MONTHS_MAX or plan.term_months % plan.every.months:
        facts = {"months": plan.term_months, "every": plan.every.months, "most": TERM_MONTHS_MAX}
        raise Refusal(Reason.of("plan_term_unfit", **facts), where=where)
    if not 0 <= plan.notice_days <= NOTICE_DAYS_MAX:
        raise Refusal(Reason.of("plan_notice_unfit", days=plan.notice_days, most=NOTICE_DAYS_MAX), where=where)
    if not plan.term_months and not plan.renews:
        raise Refusal(Reason.of("plan_without_end"), where=where)
    if not 0 <= plan.commission.fraction <= 1:
        raise Refusal(Reason.of("plan_commission_unfit", rate=plan.commission), where=where)
    if plan.insurer is None and plan.commission.fraction:
        raise Refusal(Reason.of("plan_commission_for_nobody"), where=where)
    if plan.insurer is not None and plan.kind is not RunningKind.COVER:
        raise Refusal(Reason.of("plan_insurer_of_no_cover"), where=where)


PLAN_FIELDS = (
    *("plan", "plan_every", "plan_term_months", "plan_notice_days", "plan_renews", "plan_afterwards"),
    *("plan_insurer", "plan_commission"),
)
"""How files and the API call what a plan says."""


def plan_from(row: Fields) -> Plan | None:
    """The plan in the fields of a row (``PLAN_FIELDS``): ``plan`` is its kind, ``plan_commission`` percent; None without one.

    Refusal with its place, also where something is said of a plan that is not there.
    """
    if not row.has("plan"):
        for name in PLAN_FIELDS:
            if row.has(name):
                row.refuse(name, "plan_kind_missing")
        return None
    plan = Plan(
        kind=row.choice("plan", RunningKind),
        every=row.choice("plan_every", Every) if row.has("plan_every") else Every.MONTH,
        term_months=row.whole("plan_term_months") if row.has("plan_term_months") else 0,
        notice_days=row.whole("plan_notice_days") if row.has("plan_notice_days") else 0,
        renews=row.flag("plan_renews", default=True),
        afterwards=row.choice("plan_afterwards", Afterwards) if row.has("plan_afterwards") else Afterwards.CONTINUE,
        insurer=row.text_or_none("plan_insurer"),
        commission=Rate.percent(row.number("plan_commission")) if row.has("plan_commission") else NOTHING,
    )
    check_plan(plan, row.where)
    return plan


def plan_plain(plan: Plan) -> dict[str, Any]:
    """The plan as files say it; ``plan_from`` reads it back."""
    return {
        "plan": plan.kind.value,
        "plan_every": plan.every.value,
        "plan_term_months": plan.term_months,
        "plan_notice_days": plan.notice_days,
        "plan_renews": plan.renews,
        "plan_afterwards": plan.afterwards.value,
        "plan_insurer": plan.insurer or "",
        "plan_commission": exact_text(plan.commission.percentage),
    }
