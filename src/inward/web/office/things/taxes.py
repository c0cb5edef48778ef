"""Tax rates and categories in the office: a rate from a day on or its end; categories placed, moved and removed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.catalogue import operations, policy, queries, register
from inward.catalogue.register import CategoryRecord, TaxRecord
from inward.core.pricing import TaxMinimum, TaxRate
from inward.core.pricing.revising import TaxFrom
from inward.core.terms import Period, Rate, Reason, Refusal
from inward.kit.policy import Answer
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields, showing
from inward.web.office.acts import ending
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing, Version
from inward.web.office.things import pricewords as words


def _page(looking: Looking, key: str) -> Detail:
    sheet = register.tax_rate(viewer=looking.viewer, at=looking.at, on=looking.on, key=key)
    record: TaxRecord = sheet.record
    taxed = f"{reverse('office_list', args=['offerings'])}?tax_code={record.tax_code}"
    return Detail(
        title=_("%(code)s at %(company)s") % {"code": record.tax_code, "company": record.company.name},
        record=record,
        facts=(
            Fact(__("Company"), record.company.name),
            Fact(__("Tax code"), record.tax_code),
            Fact(__("Rate"), record.rate),
            Fact(__("Lowest base when staff pay less"), words.label("tax_minimum", record.staff_minimum.value)),
            Fact(__("Days"), showing.days(record.period)),
        ),
        versions=tuple(
            Version(each.period, formats.percent(each.says), each.known_from, each.known_until, each.source)
            for each in sheet.versions
        ),
        links=(Link(taxed, _("Items under this code"), "package"),),
        audited=sheet.audited,
    )


def _rate(doing: Doing) -> TaxRate:
    values = doing.values
    company = values.get("company") or doing.record.company.code
    tax_code = values.get("tax_code") or doing.record.tax_code
    period = Period(values["valid_from"], None)
    return TaxRate(company, tax_code, Rate(values["percent"]), period, TaxMinimum(values["staff_minimum"]))


def _set(doing: Doing) -> str:
    rate = _rate(doing)
    operations.set_tax_rate(by=doing.by, at=doing.at, rate=rate, source=doing.source)
    return f"{rate.company}:{rate.tax_code}"


def _end(doing: Doing) -> str:
    record: TaxRecord = doing.record
    operations.end_tax_rate(
        by=doing.by,
        at=doing.at,
        company=record.company.code,
        tax_code=record.tax_code,
        valid_until=doing.values["valid_until"],
        source=doing.source,
    )
    return doing.key


def _may(looking: Looking, record: TaxRecord | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_price_something(looking.viewer, on=on)
    return policy.may_price(looking.viewer, supplier=record.company.code, on=on)


def _now(_looking: Looking, record: TaxRecord) -> Mapping[str, Any]:
    return {
        "percent": record.rate.fraction,
        "staff_minimum": record.staff_minimum.value,
        "valid_until": record.period.until,
    }


def _minimums(_looking: Looking, _record: Any) -> Iterable[tuple[str, str]]:
    return words.labels("tax_minimum", (each.value for each in TaxMinimum))


_RATE = (
    Field("percent", fields.share(__("Rate in percent")), fields.percent),
    Field("staff_minimum", fields.choice(__("Lowest base when staff pay less"), _minimums)),
)

TAX_RATES = Thing(
    name="tax-rates",
    group=__("What is offered"),
    label=__("Tax rates"),
    lead=__("The rate of each tax code in a company's sales, from when until when."),
    icon="percentage",
    search=__("Tax code"),
    dated=True,
    may=lambda looking: policy.may_price_something(looking.viewer, on=looking.at.date()),
    filters=(Filter("company", __("Company"), fields.companies),),
    columns=(
        Column(__("Tax code"), lambda row: row.tax_code, sort="code"),
        Column(__("Company"), lambda row: row.company.name, sort="company"),
        Column(__("Rate"), lambda row: row.rate, end=True),
        Column(__("Days"), lambda row: showing.days(row.period)),
    ),
    rows=lambda looking, params: register.tax_rates(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.key,
    page=_page,
    creates=(
        Act(
            name="set",
            label=__("New tax code"),
            icon="plus",
            form=(
                Field("company", fields.company(__("Company")), fields.name),
                Field("tax_code", fields.text(__("Tax code"), most=40)),
                *_RATE,
                Field("valid_from", fields.day(__("First day"), required=False, help=__("Empty: always so far."))),
            ),
            do=_set,
            may=_may,
            effects=lambda doing: words.effects(doing, TaxFrom(_rate(doing))),
            done=__("The rate is kept."),
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change from a day on"),
            icon="calendar",
            form=(Field("valid_from", fields.day(__("From"))), *_RATE),
            initial=_now,
            do=_set,
            may=_may,
            effects=lambda doing: words.effects(doing, TaxFrom(_rate(doing))),
            done=__("The rate is changed from that day on."),
        ),
        ending(
            lead=__("From the day after, nothing under this code can be sold outside the company."),
            initial=_now,
            do=_end,
            may=_may,
        ),
    ),
    events={"catalogue.set_tax_rate": __("Rate"), "catalogue.end_tax_rate": __("Ended")},
)


# --- categories ---------------------------------------------------------------------------------------------------------


def _category_page(looking: Looking, key: str) -> Detail:
    sheet = register.category(viewer=looking.viewer, at=looking.at, code=key)
    record: CategoryRecord = sheet.record
    within = f"{reverse('office_list', args=['offerings'])}?category={record.code}"
    return Detail(
        title=record.name,
        spoken=True,
        record=record,
        facts=(
            Fact(__("Below"), "" if record.parent is None else record.parent.name),
            Fact(__("Items in it"), record.offerings),
            Fact(__("Code"), record.code),
        ),
        links=(Link(within, _("Items in it"), "package"),),
        audited=sheet.audited,
    )


def _place(doing: Doing) -> str:
    code = doing.key or doing.values["code"]
    if not doing.key and code in queries.category_names():
        raise Refusal(Reason.of("id_twice", id=code), where="code")
    name, parent = doing.values["name"], doing.values["parent"] or None
    operations.place_category(by=doing.by, at=doing.at, code=code, name=name, parent=parent)
    return str(code)


def _remove(doing: Doing) -> str:
    operations.remove_category(by=doing.by, at=doing.at, code=doing.key)
    return ""


def _may_arrange(looking: Looking, _record: Any) -> Answer:
    return policy.may_arrange(looking.viewer, on=looking.at.date())


def _category_now(_looking: Looking, record: CategoryRecord) -> Mapping[str, Any]:
    return {"name": record.name, "parent": "" if record.parent is None else record.parent.code}


_PLACE = (
    Field("name", fields.text(__("Name")), spoken=True),
    Field("parent", fields.choice(__("Below"), words.categories, required=False, none=__("At the top"))),
)

CATEGORIES = Thing(
    name="categories",
    group=__("What is offered"),
    label=__("Categories"),
    lead=__("How items are grouped, in the shop and in prices."),
    icon="apps",
    search=__("Name or code"),
    may=lambda looking: policy.may_price_something(looking.viewer, on=looking.at.date()),
    columns=(
        Column(__("Name"), lambda row: row.name, sort="name", spoken=True),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Below"), lambda row: "" if row.parent is None else row.parent.name),
        Column(__("Items in it"), lambda row: row.offerings, end=True),
    ),
    rows=lambda looking, params: register.categories(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.code,
    page=_category_page,
    creates=(
        Act(
            name="place",
            label=__("New category"),
            icon="plus",
            form=(
                Field(
                    "code", fields.text(__("Code"), most=100, help=__("Stays for good: files and addresses use it."))
                ),
                *_PLACE,
            ),
            do=_place,
            may=_may_arrange,
            done=__("The category is kept."),
            keeps_source=False,
        ),
    ),
    acts=(
        Act(
            name="move",
            label=__("Rename or move"),
            icon="edit",
            form=_PLACE,
            initial=_category_now,
            do=_place,
            may=_may_arrange,
            done=__("The category is kept."),
            keeps_source=False,
        ),
        Act(
            name="remove",
            label=__("Remove"),
            icon="trash",
            lead=__("Only while nothing stands in it: no category, no item, no price, no scheme."),
            do=_remove,
            may=_may_arrange,
            done=__("The category is removed."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={"catalogue.place_category": __("Placed"), "catalogue.remove_category": __("Removed")},
)
