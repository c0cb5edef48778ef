"""Payments made elsewhere in the office: which companies take them, and in which words they say where one pays."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.kit.policy import Answer
from inward.parties import queries as parties
from inward.trade import operations, payments, policy
from inward.trade.payments import TakingView
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Looking, Thing


def _may(looking: Looking, _record: Any = None) -> Answer:
    return policy.may_say_some_accounts(looking.viewer, on=looking.at.date())


def _page(looking: Looking, key: str) -> Detail:
    found = payments.view(viewer=looking.viewer, at=looking.at, company=key)
    return Detail(
        title=_("%(company)s: payments made elsewhere") % {"company": found.company.name},
        record=found,
        facts=(Fact(__("Company"), found.company.name), Fact(__("Where one pays"), found.words)),
        audited=(f"payments {key}",),
    )


def _companies(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(code, parties.name_of(code)) for code in payments.companies(looking.viewer, on=looking.at.date())]


def _take(doing: Doing) -> str:
    company = doing.record.code if doing.record is not None else doing.values["company"]
    operations.take_payments_elsewhere(by=doing.by, at=doing.at, company=company, words=doing.values["words"])
    return str(company)


def _stop(doing: Doing) -> str:
    operations.take_payments_elsewhere(by=doing.by, at=doing.at, company=doing.record.code, words=None)
    return ""


def _now(_looking: Looking, record: TakingView | None) -> Mapping[str, Any]:
    return {} if record is None else {"words": record.words}


_WORDS = Field(
    "words",
    fields.text(
        __("Where one pays"),
        help=__("Whoever orders reads it: where to pay, and which number to give as the reference."),
    ),
)

THING = Thing(
    name="payments-elsewhere",
    group=__("The books"),
    label=__("Payments made elsewhere"),
    lead=__("Which companies let whoever orders pay somewhere else and give the reference of the payment."),
    icon="cash",
    search=__("Name or code"),
    columns=(
        Column(__("Company"), lambda row: row.company.name, sort="company"),
        Column(__("Where one pays"), lambda row: row.words),
    ),
    rows=lambda looking, params: payments.views(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.code,
    page=_page,
    may=_may,
    creates=(
        Act(
            name="take",
            label=__("Take payments made elsewhere"),
            icon="plus",
            lead=__("From then on an order of this company's can name such a payment."),
            form=(Field("company", fields.choice(__("Company"), _companies), fields.name), _WORDS),
            initial=_now,
            do=_take,
            may=_may,
            done=__("It is kept; orders can be paid so from now on."),
            keeps_source=False,
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change the words"),
            icon="edit",
            form=(_WORDS,),
            initial=_now,
            do=_take,
            may=_may,
            done=__("The words are changed."),
            keeps_source=False,
        ),
        Act(
            name="stop",
            label=__("Take them no longer"),
            icon="x",
            lead=__("Orders that were placed before stay as they are."),
            form=(),
            do=_stop,
            may=_may,
            done=__("Orders can be paid so no longer."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={"trade.take_payments_elsewhere": __("Said how payments made elsewhere are taken")},
)
