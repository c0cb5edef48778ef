"""Budgets in the office: how much a cost centre may spend in some days, what of it is taken, and what happens beyond it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.terms import Money, Period, Reason, Refusal
from inward.core.terms.money import as_currency
from inward.kit import vocabularies
from inward.kit.policy import Answer
from inward.parties import queries as parties
from inward.trade import budgets, operations, policy
from inward.trade.budgets import BudgetView
from inward.trade.vocabulary import BudgetRule
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing


def _rule(rule: Any) -> str:
    return vocabularies.label("budget_rule", BudgetRule(rule).value, formats.language())


def _rules(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(rule.value, _rule(rule)) for rule in BudgetRule]


def _days(period: Period) -> str:
    assert period.start is not None  # a budget has a first and a last day
    assert period.last is not None
    return f"{formats.short_day(period.start)} – {formats.short_day(period.last)}"


def _page(looking: Looking, key: str) -> Detail:
    view = budgets.one(viewer=looking.viewer, at=looking.at, key=key)
    held = view.allotted
    return Detail(
        title=_("%(centre)s, %(days)s") % {"centre": view.centre.name, "days": _days(held.period)},
        record=view,
        facts=(
            Fact(__("Cost centre"), view.centre.name),
            Fact(__("Days"), _days(held.period)),
            Fact(__("Budget"), held.amount),
            Fact(__("In the books"), view.posted),
            Fact(__("Waiting for approval"), view.committed),
            Fact(__("Left"), view.left),
            Fact(__("What happens beyond it"), _rule(held.rule)),
        ),
        links=(Link(reverse("office_import_new") + "?sort=budgets", _("Bring in budgets from a file"), "file-export"),)
        if policy.may_set_some_budget(looking.viewer, on=looking.at.date())
        else (),
        audited=(f"budget {held.key}",),
    )


def _set(doing: Doing) -> str:
    values, record = doing.values, doing.record
    try:
        amount = Money.of(values["amount"], as_currency(values["currency"].upper()))
    except ValueError:
        typed = f"{values['amount']} {values['currency']}"
        raise Refusal(Reason.of("budget_not_usable", amount=typed), where="amount") from None
    return operations.set_budget(
        by=doing.by,
        at=doing.at,
        centre=record.allotted.centre if record is not None else values["centre"],
        starts=record.allotted.starts if record is not None else values["valid_from"],
        last_day=values["last_day"] - timedelta(days=1),
        amount=amount,
        rule=BudgetRule(values["rule"]),
        source=doing.source,
    )


def _lift(doing: Doing) -> str:
    operations.lift_budget(by=doing.by, at=doing.at, key=doing.key, source=doing.source)
    return ""


def _may(looking: Looking, record: BudgetView | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_set_some_budget(looking.viewer, on=on)
    company = parties.company_of(record.allotted.centre, on=on)
    return policy.may_set_budget(looking.viewer, company=company, on=on)


def _centres(looking: Looking) -> Mapping[str, str]:
    """The companies and units whose budgets the viewer sets, by code."""
    over = policy.limits_set_by(looking.viewer, on=looking.at.date())
    here = parties.world()
    known = {*here.company, *here.unit}
    return parties.names(known if over is None else known & over)


def _centre(looking: Looking, record: Any) -> Any:
    make = fields.one_of_many(__("Cost centre"), lambda: _centres(looking), help=__("Name or code of a department."))
    return make(looking, record)


_FIGURES = (
    Field("last_day", fields.last_day(__("Last day")), fields.day_before),
    Field("amount", fields.number(__("Amount"))),
    Field("currency", fields.currency(__("Currency"))),
    Field("rule", fields.choice(__("What happens beyond it"), _rules), _rule),
)


def _initial(_looking: Looking, record: BudgetView) -> Mapping[str, Any]:
    held = record.allotted
    return {
        "last_day": held.period.until,
        "amount": held.amount.amount,
        "currency": held.amount.currency,
        "rule": held.rule.value,
    }


THING = Thing(
    name="budgets",
    group=__("The books"),
    label=__("Budgets"),
    lead=__("How much a cost centre may spend in some days. Orders take of it as soon as they are asked for."),
    icon="cash",
    search=__("Name or code"),
    may=lambda looking: policy.may_set_some_budget(looking.viewer, on=looking.at.date()),
    filters=(Filter("rule", __("What happens beyond it"), _rules),),
    columns=(
        Column(__("Budget"), lambda row: f"{row.centre.name}, {_days(row.allotted.period)}", sort="centre"),
        Column(__("First day"), lambda row: row.allotted.starts, sort="starts"),
        Column(__("Amount"), lambda row: row.allotted.amount, sort="amount", end=True),
        Column(__("In the books"), lambda row: row.posted, end=True),
        Column(__("Waiting for approval"), lambda row: row.committed, end=True),
        Column(__("Left"), lambda row: row.left, end=True),
        Column(__("What happens beyond it"), lambda row: _rule(row.allotted.rule)),
    ),
    rows=lambda looking, params: budgets.listed(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.allotted.key,
    page=_page,
    creates=(
        Act(
            name="set",
            label=__("New budget"),
            icon="plus",
            lead=__("What orders of these days take already is counted at once."),
            form=(
                Field("centre", _centre, fields.name),
                Field("valid_from", fields.day(__("First day"))),
                *_FIGURES,
            ),
            do=_set,
            may=_may,
            done=__("The budget is kept."),
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change"),
            icon="edit",
            lead=__("What was ordered stays ordered, also beyond a budget that is lower now."),
            form=_FIGURES,
            initial=_initial,
            do=_set,
            may=_may,
            done=__("The budget is kept."),
        ),
        Act(
            name="lift",
            label=__("Lift"),
            icon="trash",
            lead=__("Orders of these days are held to no budget then."),
            do=_lift,
            may=_may,
            done=__("The budget is lifted."),
            danger=True,
        ),
    ),
    events={"trade.set_budget": __("Set"), "trade.lift_budget": __("Lifted")},
)
