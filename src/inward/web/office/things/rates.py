"""Exchange rates in the office: told one at a time or as a file that is pasted; corrected by telling again, or taken back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.core.bookkeeping import Published
from inward.core.terms import Period, Reason, Refusal, as_currency
from inward.core.terms.number import exact, exact_text
from inward.kit.policy import Answer
from inward.ledger import operations, policy, queries, rates
from inward.ledger.ratefiles import SOURCE_LENGTH_MAX, Told, read_rates
from inward.ledger.rates import RateView
from inward.web.components import formats
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing, Version

FILE_LENGTH = 1_000_000


def _may_look(looking: Looking) -> Answer:
    return policy.may_see_some_books(looking.viewer, on=looking.at.date())


def _may_tell(looking: Looking, _record: Any) -> Answer:
    return policy.may_tell_rates(looking.viewer, books=queries.prepared().currencies, on=looking.at.date())


def _costs(rate: Published) -> str:
    """1 EUR = 1.0876 USD."""
    return f"1 {rate.currency} = {exact_text(rate.price)} {rate.against}"


def _until(rate: Published) -> str:
    """The last day it is used, where one was told."""
    return "" if rate.last is None else formats.short_day(rate.last)


def _lasting() -> str:
    """For how long a rate without a last day is used."""
    most = rates.days_max()
    said = ngettext("a later one is told, %(days)s day at most", "a later one is told, %(days)s days at most", most)
    return said % {"days": formats.count(most)}


def _page(looking: Looking, key: str) -> Detail:
    found = rates.versions_of(viewer=looking.viewer, at=looking.at, key=key)
    rate = found[0].rate
    return Detail(
        title=_("%(currency)s in %(against)s, %(day)s")
        % {"currency": rate.currency, "against": rate.against, "day": formats.day(rate.on)},
        record=found[0],
        facts=(
            Fact(__("Rate"), _costs(rate)),
            Fact(__("Day"), rate.on),
            Fact(__("Used through"), _until(rate) or _lasting()),
            Fact(__("Published by"), rate.source),
        ),
        versions=tuple(
            Version(
                Period.through(each.rate.on, each.rate.last),
                f"{_costs(each.rate)} ({each.rate.source})",
                each.told_at,
                each.known_until,
                each.rate.source,
            )
            for each in found
        ),
        audited=("rates",),
    )


def _tell(doing: Doing) -> str:
    values = doing.values
    try:
        price = exact(str(values["rate"]).strip().replace(",", "."))
        pair = (as_currency(values["currency"].upper()), as_currency(values["against"].upper()))
    except ValueError:
        facts = {"digits": operations.RATE_DIGITS_MAX, "most": SOURCE_LENGTH_MAX}
        raise Refusal(Reason.of("rate_unfit", **facts), where="rate") from None
    rate = Published(*pair, price, values["day"], values["published_by"].strip(), values["last_day"])
    operations.tell_rates(by=doing.by, at=doing.at, told=(Told(rate, "rate"),))
    return RateView(rate, doing.at).key


def _paste(doing: Doing) -> str:
    told = read_rates(
        doing.values["file"].encode(), source=doing.values["published_by"].strip(), base=doing.values["base"].upper()
    )
    operations.tell_rates(by=doing.by, at=doing.at, told=told)
    return ""


def _take_back(doing: Doing) -> str:
    operations.take_back_rate(by=doing.by, at=doing.at, key=doing.key)
    return ""


def _today(looking: Looking, _record: Any) -> dict[str, date]:
    return {"day": looking.at.date()}


def _base(_looking: Looking, _record: Any) -> dict[str, str]:
    return {"base": "EUR"}


def _currencies(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(code, code) for code in rates.currencies(viewer=looking.viewer, at=looking.at)]


_PUBLISHED_BY = Field("published_by", fields.text(__("Published by"), most=SOURCE_LENGTH_MAX))

THING = Thing(
    name="exchange-rates",
    group=__("The books"),
    label=__("Exchange rates"),
    lead=__(
        "At which rate a dealing in another currency is put into books. Both companies owe the same in the currency of the dealing; each keeps it in its own."
    ),
    icon="cash",
    search=__("Currency or publisher"),
    may=_may_look,
    filters=(Filter("currency", __("Currency"), _currencies),),
    columns=(
        Column(__("Rate"), lambda row: _costs(row.rate), sort="currency"),
        Column(__("Day"), lambda row: row.rate.on, sort="day"),
        Column(__("Used through"), lambda row: _until(row.rate)),
        Column(__("Published by"), lambda row: row.rate.source),
    ),
    rows=lambda looking, params: rates.told(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.key,
    page=_page,
    creates=(
        Act(
            name="tell",
            label=__("Give a rate"),
            icon="plus",
            lead=__(
                "What one unit costs in the other currency. Given again for the same day, it is corrected; what is posted keeps the rate it was posted at."
            ),
            form=(
                Field("currency", fields.currency(__("One unit of"))),
                Field("rate", fields.number(__("Costs"), help=__("Up to 8 decimals."))),
                Field("against", fields.currency(__("In"))),
                Field("day", fields.day(__("Day"))),
                Field(
                    "last_day",
                    fields.day(
                        __("Used through"),
                        required=False,
                        help=__("For rates of a month; empty: until a later one is told, for some days."),
                    ),
                ),
                _PUBLISHED_BY,
            ),
            initial=_today,
            do=_tell,
            may=_may_tell,
            done=__("The rate is kept."),
            keeps_source=False,
        ),
        Act(
            name="paste",
            label=__("Paste a file of rates"),
            icon="list",
            lead=__(
                "A row for each with the columns currency, against, rate, day, last_day, source; or Date and a column for each currency, as central banks publish it. All rates or none."
            ),
            form=(
                Field(
                    "file",
                    fields.area(__("The file, with its first line"), required=True, most=FILE_LENGTH),
                    lambda typed: _("%(count)s lines") % {"count": len(str(typed).splitlines())},
                ),
                Field("base", fields.currency(__("The publisher’s own currency"))),
                _PUBLISHED_BY,
            ),
            initial=_base,
            do=_paste,
            may=_may_tell,
            done=__("The rates are kept."),
            keeps_source=False,
        ),
    ),
    acts=(
        Act(
            name="take-back",
            label=__("Take it back"),
            icon="x",
            lead=__("It is used no more. What is posted keeps the rate it was posted at."),
            do=_take_back,
            may=_may_tell,
            done=__("The rate is used no more."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={"ledger.tell_rates": __("Given"), "ledger.take_back_rate": __("Taken back")},
)
