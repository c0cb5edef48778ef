"""In how many parts an employer deducts orders from pay, and what is due of an order. Reads only.

How employers deduct is kept in memory while the version "trade" stands, which gates every order. Why: docs/decisions/0168.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from inward.core.bookkeeping import Instalment, OnLeaving, PayRule, Plan
from inward.core.bookkeeping.instalments import plans
from inward.core.terms import Money, as_currency
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, held
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.trade import policy
from inward.trade.deciding import Decision
from inward.trade.models import PayParts

VERSION = "trade"
RULES = ListSpec({"company": "code"}, {}, default="company")


@dataclass(frozen=True, slots=True)
class RuleView:
    """How a company deducts."""

    company: Named
    rule: PayRule

    @property
    def code(self) -> str:
        """By which it is listed."""
        return self.company.code


def rules() -> Mapping[str, PayRule]:
    """How each company deducts, by its code; a company that said nothing deducts all at once."""
    return _rules.value()


def rule_views(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[RuleView]:
    """Of the companies where the viewer is payroll officer. Refused."""
    require(policy.may_keep_some_benefit(viewer, on=at.date()))
    over, text = viewer.parties(policy.PAYROLL_OFFICER, on=at.date()), params.get("text", "").strip().casefold()
    found = [
        RuleView(Named(code, parties.name_of(code)), rule)
        for code, rule in rules().items()
        if (over is None or code in over) and text in f"{parties.name_of(code)} {code}".casefold()
    ]
    return held(found, RULES, params)


def rule_view(*, viewer: Actor, at: datetime, company: str) -> RuleView:
    """One of them. NotThere out of bounds, and for a company that said nothing."""
    found = rules().get(company)
    if found is None or not policy.may_keep_benefit(viewer, company=company, on=at.date()):
        raise NotThere
    return RuleView(Named(company, parties.name_of(company)), found)


def open_to(decision: Decision) -> tuple[Plan, ...]:
    """The ways in which the order could be deducted, all at once first."""
    company = decision.books.customer_company or ""
    return plans(rules().get(company, PayRule()), decision.quote.total, decision.on)


def plan_of(plain: Mapping[str, Any] | None, currency: str) -> Plan | None:
    """The plan that was kept with an order."""
    if plain is None:
        return None
    code = as_currency(currency)
    parts = tuple(Instalment(date.fromisoformat(month), Money(minor, code)) for month, minor in plain["parts"])
    return Plan(parts, OnLeaving(plain["leaving"]))


def due(
    plain: Mapping[str, Any] | None, total: int, back: int, currency: str, month: date, last: date | None
) -> tuple[int, int]:
    """(deducted, invoiced) of an order in all by the pay of a month, in smallest units; without a plan all of it at once."""
    plan = plan_of(plain, currency)
    if plan is None:
        return total - back, 0
    deducted, invoiced = plan.less(Money(back, as_currency(currency))).due(month, last=last)
    return deducted.minor, invoiced.minor


def last_months(company: str) -> Mapping[str, date]:
    """The month of the last pay (its first day) of whoever no longer works for the company, or will not, by person."""
    found: dict[str, date] = {}
    for person, works in parties.world().work.items():
        ends = [work.period.until for work in works if work.company == company]
        if ends and None not in ends:
            found[person] = (max(end for end in ends if end is not None) - timedelta(days=1)).replace(day=1)
    return found


def _read(_number: int) -> Mapping[str, PayRule]:
    return {
        row.company.code: PayRule(
            row.parts_max,
            None if row.part_min_minor is None else Money(row.part_min_minor, as_currency(row.currency)),
            row.last_day,
            OnLeaving(row.leaving),
        )
        for row in PayParts.objects.select_related("company").order_by("company__code")
    }


_rules: Kept[Mapping[str, PayRule]] = Kept(VERSION, _read)
