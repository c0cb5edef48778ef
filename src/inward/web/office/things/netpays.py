"""Net pay in the office: payroll tells it of one person or of many at once; nobody else reads it, and each reading is noted."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.terms import Money, Reason, Refusal, as_currency
from inward.kit.policy import Answer, NotThere
from inward.parties import queries as parties
from inward.trade import netpay, operations, policy
from inward.trade.netpay import Told
from inward.web.components import formats
from inward.web.office import fields, showing
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing

LINES_LENGTH = 200_000


def _may(looking: Looking, _record: Any = None) -> Answer:
    return policy.may_keep_some_benefit(looking.viewer, on=looking.at.date())


def _companies(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(code, parties.name_of(code)) for code in netpay.companies(looking.viewer, on=looking.at.date())]


def _page(looking: Looking, key: str) -> Detail:
    person, _tilde, company = key.partition("~")
    rows = operations.read_net_pays(by=looking.viewer, at=looking.at, params={"text": person, "company": company}).rows
    found = next((each for each in rows if each.key == key), None)
    if found is None:
        raise NotThere
    return Detail(
        title=_("%(person)s: net pay") % {"person": found.person.name},
        record=found,
        facts=(
            Fact(__("Employer"), found.company.name),
            Fact(__("Net pay of a month"), found.amount),
            Fact(__("From"), formats.short_day(found.since) if found.since else ""),
            Fact(__("On whose word"), found.source),
        ),
        audited=("net pay",),
    )


def _tell(doing: Doing) -> str:
    """Of one person."""
    company = doing.values["company"]
    told = Told(doing.values["person"], _money(doing.values["amount"], doing.values["currency"]), "amount")
    return _told(doing, company, (told,))


def _tell_many(doing: Doing) -> str:
    return _told(doing, doing.values["company"], netpay.of_lines(doing.values["lines"], doing.values["currency"]))


def _told(doing: Doing, company: str, rows: tuple[Told, ...]) -> str:
    operations.tell_net_pay(
        by=doing.by, at=doing.at, company=company, rows=rows, valid_from=doing.values["valid_from"], source=doing.source
    )
    return ""


def _money(amount: str, currency: str) -> Money:
    try:
        return Money.of(amount, as_currency(currency.upper()))
    except ValueError:
        raise Refusal(Reason.of("amount_too_fine", value=amount, currency=currency), where="amount") from None


def _fresh(looking: Looking, _record: Any) -> Mapping[str, Any]:
    return {"valid_from": looking.at.date().replace(day=1)}


_COMPANY = Field("company", fields.choice(__("Employer"), _companies), fields.name)
_SINCE = Field("valid_from", fields.day(__("From")))
_CURRENCY = Field("currency", fields.currency(__("Currency")))

THING = Thing(
    name="net-pay",
    group=__("The books"),
    label=__("Net pay"),
    lead=__("What people net a month, for limits of staff schemes that are a share of it. Each reading is noted."),
    icon="wallet",
    search=__("Name or code"),
    filters=(Filter("company", __("Employer"), _companies),),
    columns=(
        Column(__("Who"), lambda row: row.person.name, sort="name"),
        Column(__("Employer"), lambda row: row.company.name),
        Column(__("Net pay of a month"), lambda row: row.amount, end=True),
        Column(__("From"), lambda row: showing.text(row.since)),
    ),
    rows=lambda looking, params: operations.read_net_pays(by=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.key,
    page=_page,
    may=_may,
    creates=(
        Act(
            name="tell",
            label=__("Tell the net pay of somebody"),
            icon="plus",
            lead=__(
                "From that day on. The person and payroll read it, nobody else; a reason that a limit is reached never says it."
            ),
            form=(
                _COMPANY,
                Field("person", fields.person_by_whole_name(__("Who")), fields.name),
                Field("amount", fields.number(__("Net pay of a month"))),
                _CURRENCY,
                _SINCE,
            ),
            initial=_fresh,
            do=_tell,
            may=_may,
            done=__("It is kept."),
        ),
        Act(
            name="tell-many",
            label=__("Tell it of many"),
            icon="list",
            lead=__("All lines or none. The list itself is not kept."),
            form=(
                _COMPANY,
                Field(
                    "lines",
                    fields.area(
                        __("A line for each"), required=True, most=LINES_LENGTH, help=__("Code or whole name; amount")
                    ),
                    lambda typed: " · ".join(line.strip() for line in str(typed).splitlines() if line.strip()),
                ),
                _CURRENCY,
                _SINCE,
            ),
            initial=_fresh,
            do=_tell_many,
            may=_may,
            done=__("It is kept."),
        ),
    ),
    events={"trade.tell_net_pay": __("Told"), "trade.read_net_pays": __("Read")},
)
