"""Items and services in the office: offered, described, what they cost here and outside, withdrawn and offered again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.catalogue import operations, policy, queries, register
from inward.catalogue.register import OfferingRecord
from inward.core.pricing import Cost, OfferingKind
from inward.core.pricing.reading import costs as read_costs
from inward.core.pricing.reading import offering as read_offering
from inward.core.pricing.revising import CostFrom, ItemChanged
from inward.core.running import PLAN_FIELDS, Afterwards, Every, Plan, RunningKind, plan_from, plan_plain
from inward.core.terms import Period, Reason, Refusal
from inward.kit.policy import Answer
from inward.ledger import queries as ledger
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind
from inward.trade import benefit
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.declaring import (
    Act,
    Column,
    Detail,
    Doing,
    Effect,
    Fact,
    Field,
    Filter,
    Looking,
    Thing,
    Version,
)
from inward.web.office.things import pricewords as words


def _page(looking: Looking, key: str) -> Detail:
    sheet = register.offering(viewer=looking.viewer, at=looking.at, on=looking.on, code=key)
    record: OfferingRecord = sheet.record
    priced = f"{reverse('office_list', args=['prices'])}?offering={record.code}"
    return Detail(
        title=record.name,
        spoken=True,
        record=record,
        facts=(
            Fact(__("Supplier"), record.supplier.name),
            Fact(__("Kind"), words.label("offering_kind", record.kind.value)),
            Fact(__("Category"), "" if record.category is None else record.category.name, spoken=True),
            Fact(__("Tax code"), record.tax_code),
            Fact(
                __("Kind of benefit"),
                words.label("benefit_kind", record.benefit_kind) if record.benefit_kind else "",
            ),
            Fact(__("Description"), record.description, spoken=True),
            Fact(__("Cost a piece"), "" if record.cost is None else formats.money(record.cost)),
            Fact(__("Price outside"), words.outside_words(record.outside)),
            *_plan_facts(record.plan),
            Fact(__("Comparable sales"), words.range_words(record.code, looking.on)),
            Fact(__("Offered"), record.offered),
            Fact(__("Code"), record.code),
        ),
        versions=tuple(
            Version(
                each.period,
                _("%(price)s a piece") % {"price": formats.money(each.says)},
                each.known_from,
                each.known_until,
                each.source,
            )
            for each in sheet.versions
        ),
        links=(
            Link(priced, _("Its own prices"), "tag"),
            Link(
                f"{reverse('office_list', args=['comparables'])}?offering={record.code}",
                _("Comparable sales"),
                "checks",
            ),
            Link(reverse("offering", args=[key]), _("In the shop"), "eye"),
        ),
        audited=sheet.audited,
    )


def _offer(doing: Doing) -> str:
    value = read_offering(words.row(doing.values, id=doing.values["code"]))
    operations.offer_item(by=doing.by, at=doing.at, offering=value, description=doing.values["description"])
    return value.id


def _describe(doing: Doing) -> str:
    values = doing.values
    operations.change_item(
        by=doing.by,
        at=doing.at,
        offering=doing.key,
        name=values["name"],
        description=values["description"],
        category=values["category"] or None,
        tax_code=values["tax_code"],
        benefit_kind=values["benefit_kind"],
        source=doing.source,
    )
    return doing.key


def _cost(doing: Doing) -> Cost:
    given = words.row({"cost": doing.values["cost"], "cost_currency": doing.values["cost_currency"]}, id=doing.key)
    found = next(read_costs(given), None)
    assert found is not None  # the form asks for it
    return replace(found, period=Period(doing.values["valid_from"], None))


def _record_cost(doing: Doing) -> str:
    cost = _cost(doing)
    operations.record_cost(
        by=doing.by,
        at=doing.at,
        offering=doing.key,
        price=cost.price,
        valid_from=cost.period.start,
        source=doing.source,
    )
    return doing.key


def _plan_facts(plan: Plan | None) -> Iterable[Fact]:
    """How it runs on, line by line; nothing for what is sold once."""
    if plan is None:
        return ()
    said = [
        Fact(__("Runs on as"), words.label("running_kind", plan.kind.value)),
        Fact(__("Charged"), words.label("running_every", plan.every.value)),
        Fact(__("Bound for so many months"), str(plan.term_months) if plan.term_months else ""),
        Fact(__("Renews by itself"), plan.renews),
        Fact(__("Days of notice"), str(plan.notice_days)),
        Fact(__("When its customer is no longer inside"), words.label("running_afterwards", plan.afterwards.value)),
    ]
    if plan.insurer is not None:
        said.append(Fact(__("Insured by"), parties.name_of(plan.insurer)))
        said.append(Fact(__("Commission"), plan.commission))
    return said


def _set_plan(doing: Doing) -> str:
    values = doing.values
    given = words.row({name: values[name] for name in PLAN_FIELDS} if values["plan"] else {})
    operations.set_plan(by=doing.by, at=doing.at, offering=doing.key, plan=plan_from(given), source=doing.source)
    return doing.key


def _plan_now(_looking: Looking, record: Any) -> Mapping[str, Any]:
    plain = {} if record.plan is None else plan_plain(record.plan)
    return {"plan_renews": True, "plan_term_months": 0, "plan_notice_days": 0, "plan_every": "MONTH", **plain}


def _running(sort: str, of: type[Enum]) -> fields.Choices:
    def options(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
        return words.labels(sort, (each.value for each in of))

    return options


def _outside(doing: Doing) -> str:
    values = doing.values
    if not values["price"]:
        operations.record_outside_price(by=doing.by, at=doing.at, offering=doing.key, price=None, source=doing.source)
        return doing.key
    found = next(read_costs(words.row({"cost": values["price"], "cost_currency": values["currency"]}, id="x")), None)
    assert found is not None  # a price was typed
    operations.record_outside_price(
        by=doing.by,
        at=doing.at,
        offering=doing.key,
        price=found.price,
        source=values["seen_at"],
        seen_on=values["seen_on"],
    )
    return doing.key


def _withdraw(doing: Doing) -> str:
    operations.withdraw_item(by=doing.by, at=doing.at, offering=doing.key)
    return doing.key


def _again(doing: Doing) -> str:
    operations.offer_item_again(by=doing.by, at=doing.at, offering=doing.key)
    return doing.key


def _may(looking: Looking, record: OfferingRecord | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_price_something(looking.viewer, on=on)
    return policy.may_price(looking.viewer, supplier=record.supplier.code, on=on)


def _now(_looking: Looking, record: OfferingRecord) -> Mapping[str, Any]:
    outside = record.outside
    return {
        "name": record.name,
        "description": record.description,
        "category": "" if record.category is None else record.category.code,
        "tax_code": record.tax_code,
        "benefit_kind": record.benefit_kind,
        "cost": words.major(record.cost),
        "cost_currency": "" if record.cost is None else record.cost.currency,
        "price": "" if outside is None else words.major(outside.price),
        "currency": "" if outside is None else outside.price.currency,
        "seen_at": "" if outside is None else outside.source,
        "seen_on": None if outside is None else outside.seen_on,
    }


def _described(doing: Doing) -> Sequence[Effect]:
    known = queries.price_book().offerings[doing.key]
    values = doing.values
    category, tax_code = values["category"], values["tax_code"]
    if (known.category, known.tax_code) == (category, tax_code):
        return ()
    return words.effects(doing, ItemChanged(replace(known, category=category, tax_code=tax_code)))


def suppliers(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    """Whoever offers something that the viewer looks after, by name."""
    over = looking.viewer.parties("DATA_ADMINISTRATOR", on=looking.at.date())
    offering = {each.supplier for each in queries.price_book().offerings.values()}
    named = parties.names(offering if over is None else offering & over)
    return sorted(named.items(), key=lambda pair: (pair[1], pair[0]))


def supplier_code(doing: Doing) -> str:
    """The supplier that was typed; Refusal for none."""
    if not doing.values["supplier"]:
        raise Refusal(Reason.of("field_missing"), where="supplier")
    return str(doing.values["supplier"])


def _kinds(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return words.labels("offering_kind", (kind.value for kind in OfferingKind))


def _benefit_kinds(_looking: Looking, record: OfferingRecord | None = None) -> Iterable[tuple[str, str]]:
    """What the laws that are kept call things, but for plain goods and services; and what is said of it already."""
    kept = set() if record is None or not record.benefit_kind else {record.benefit_kind}
    named = words.labels("benefit_kind", (set(ledger.benefit_kinds()) - benefit.PLAIN_KINDS) | kept)
    return sorted(named, key=lambda each: each[1])


def _yes_no(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [("yes", _("Offered")), ("no", _("Withdrawn"))]


_SAID = (
    Field("name", fields.text(__("Name")), spoken=True),
    Field("description", fields.area(__("Description")), spoken=True),
    Field("category", fields.choice(__("Category"), words.categories, required=False, none=__("None"))),
    Field(
        "tax_code",
        fields.text(__("Tax code"), most=40, required=False, help=__("As the tax rates call it. Empty: not taxed.")),
    ),
    Field(
        "benefit_kind",
        fields.choice(
            __("Kind of benefit"),
            _benefit_kinds,
            required=False,
            none=__("Goods or services, as it is"),
            help=__("What tax law sees in it when staff buy it below price, such as a gym of the employer’s."),
        ),
    ),
)

THING = Thing(
    name="offerings",
    group=__("What is offered"),
    label=__("Items and services"),
    lead=__("What is supplied, by whom, what it costs and how it is taxed."),
    icon="package",
    search=__("Name or code"),
    may=lambda looking: policy.may_price_something(looking.viewer, on=looking.at.date()),
    filters=(
        Filter("supplier", __("Supplier"), suppliers),
        Filter("category", __("Category"), words.categories),
        Filter("kind", __("Kind"), _kinds),
        Filter("offered", __("Offered or withdrawn"), _yes_no),
    ),
    columns=(
        Column(__("Name"), lambda row: row.name, sort="name", spoken=True),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Supplier"), lambda row: row.supplier.name, sort="supplier"),
        Column(__("Category"), lambda row: "" if row.category is None else row.category.name, spoken=True),
        Column(__("Tax code"), lambda row: row.tax_code),
        Column(__("Offered"), lambda row: row.offered),
    ),
    rows=lambda looking, params: register.offerings(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.code,
    page=_page,
    creates=(
        Act(
            name="offer",
            label=__("Offer something new"),
            icon="plus",
            form=(
                Field(
                    "code", fields.text(__("Code"), most=100, help=__("Stays for good: files and addresses use it."))
                ),
                Field("supplier", fields.party(__("Supplier"), PartyKind.COMPANY, PartyKind.UNIT), fields.name),
                Field("kind", fields.choice(__("Kind"), _kinds)),
                *_SAID,
            ),
            lead=__("Give it a list price next: without one nobody can order it."),
            do=_offer,
            may=_may,
            done=__("It is offered. Give it a list price next."),
            keeps_source=False,
        ),
    ),
    acts=(
        Act(
            name="describe",
            label=__("Describe anew"),
            icon="edit",
            form=_SAID,
            initial=_now,
            do=_describe,
            may=_may,
            effects=_described,
            done=__("The description is kept."),
        ),
        Act(
            name="cost",
            label=__("Cost from a day on"),
            icon="receipt",
            lead=__("Without tax. Prices that rest on the cost follow it from that day."),
            form=(
                Field("valid_from", fields.day(__("From"))),
                Field("cost", fields.number(__("Cost a piece"))),
                Field("cost_currency", fields.currency(__("Currency"))),
            ),
            initial=_now,
            do=_record_cost,
            may=_may,
            effects=lambda doing: words.effects(doing, CostFrom(_cost(doing))),
            done=__("The cost is kept."),
        ),
        Act(
            name="outside",
            label=__("Price outside"),
            icon="world",
            lead=__("What the same thing costs elsewhere, shown beside our price. Leave the price empty to forget it."),
            form=(
                Field("price", fields.number(__("Price"), required=False)),
                Field("currency", fields.currency(__("Currency"), required=False)),
                Field("seen_at", fields.text(__("Seen at"), required=False)),
                Field("seen_on", fields.day(__("Seen on"), required=False)),
            ),
            initial=_now,
            do=_outside,
            may=_may,
            done=__("The price outside is kept."),
            keeps_source=False,
        ),
        Act(
            name="plan",
            label=__("Subscription or cover"),
            icon="refresh",
            lead=__("A piece is then one period. What runs already keeps the plan it was ordered by."),
            form=(
                Field(
                    "plan",
                    fields.choice(
                        __("Runs on as"),
                        _running("running_kind", RunningKind),
                        required=False,
                        none=__("It is sold once"),
                    ),
                ),
                Field("plan_every", fields.choice(__("Charged"), _running("running_every", Every))),
                Field(
                    "plan_term_months",
                    fields.whole(__("Bound for so many months"), help=__("0: as long as one wishes.")),
                ),
                Field("plan_renews", fields.flag(__("Renews by itself"))),
                Field("plan_notice_days", fields.whole(__("Days of notice"))),
                Field(
                    "plan_afterwards",
                    fields.choice(
                        __("When its customer is no longer inside"), _running("running_afterwards", Afterwards)
                    ),
                ),
                Field(
                    "plan_insurer",
                    fields.party(
                        __("Insured by"),
                        PartyKind.COMPANY,
                        required=False,
                        help=__("Only for a cover that is sold for another company."),
                    ),
                ),
                Field("plan_commission", fields.number(__("Commission in percent"), required=False)),
            ),
            initial=_plan_now,
            do=_set_plan,
            may=_may,
            done=__("The plan is kept."),
        ),
        Act(
            name="withdraw",
            label=__("Offer no longer"),
            icon="x",
            lead=__(
                "Nobody finds it in the shop any more. Orders of it stay as they are, and it can be offered again."
            ),
            do=_withdraw,
            may=_may,
            fits=lambda _looking, record: record.offered,
            done=__("It is offered no longer."),
            keeps_source=False,
            danger=True,
        ),
        Act(
            name="again",
            label=__("Offer again"),
            icon="refresh",
            lead=__("It is found in the shop again, at the prices that hold."),
            do=_again,
            may=_may,
            fits=lambda _looking, record: not record.offered,
            done=__("It is offered again."),
            keeps_source=False,
        ),
    ),
    events={
        "catalogue.offer_item": __("Offered"),
        "catalogue.change_item": __("Described anew"),
        "catalogue.record_cost": __("Cost"),
        "catalogue.set_plan": __("Subscription or cover"),
        "catalogue.record_outside_price": __("Price outside"),
        "catalogue.withdraw_item": __("Offered no longer"),
        "catalogue.offer_item_again": __("Offered again"),
    },
)
