"""Prices of every level in the office: set, changed from a day on, ended, taken back; each shown on customers and orders first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.catalogue import operations, policy, register
from inward.catalogue.queries import price_book
from inward.catalogue.register import PriceRecord, Sheet
from inward.core.classification import Kind
from inward.core.pricing import Level, PriceRule, TargetKind
from inward.core.pricing.methods import AMOUNTS, CREDITS, MethodName, plain
from inward.core.pricing.reading import rule as read_rule
from inward.core.pricing.revising import NewPrice, PriceEnds, PriceFrom, family
from inward.core.terms import Reason, Refusal, UnitPrice, exact_text
from inward.core.terms.money import as_currency
from inward.kit.policy import Answer
from inward.parties.vocabulary import PartyKind
from inward.web.components.records import Link
from inward.web.office import fields, showing
from inward.web.office.acts import ending
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
    Text,
    Thing,
    Version,
)
from inward.web.office.things import offerings, raising
from inward.web.office.things import pricewords as words

_INSIDE_KINDS = (Kind.DEPARTMENT, Kind.BRANCH, Kind.SAME_UNIT, Kind.AFFILIATE)


def _page(looking: Looking, key: str) -> Detail:
    sheet = register.price(viewer=looking.viewer, at=looking.at, on=looking.on, code=key)
    record: PriceRecord = sheet.record
    rule = record.rule
    links = []
    if record.rule.target.kind is TargetKind.ITEM:
        links.append(Link(reverse("office_page", args=["offerings", rule.target.id]), _("The item"), "package"))
    if rule.scheme is not None:
        links.append(Link(reverse("office_page", args=["schemes", rule.scheme]), _("The staff scheme"), "users"))
    return Detail(
        title=_("%(level)s: %(what)s") % {
            "level": words.label("level", rule.level.value), "what": words.target_words(rule.target),
        },
        record=sheet,
        facts=(
            Fact(__("Supplier"), record.supplier.name),
            Fact(__("What for"), words.target_words(rule.target)),
            Fact(__("For whom"), words.scope_words(rule)),
            Fact(__("Price"), words.method_words(rule)),
            Fact(__("Days"), showing.days(rule.period)),
            Fact(__("Code"), record.code),
        ),
        versions=tuple(
            Version(each.period, words.rule_words(each.says), each.known_from, each.known_until, each.source)
            for each in sheet.versions
        ),
        links=tuple(links),
        audited=sheet.audited,
    )  # fmt: skip


# --- what is typed ------------------------------------------------------------------------------------------------------


def _new(doing: Doing) -> PriceRule:
    """The price that was typed, under a code of its own."""
    values = dict(doing.values)
    level = Level(_LEVEL_OF[frozenset(name for name in values if name in _MARKS)])
    kind = values.pop("target_kind", TargetKind.ITEM.value)
    category = values.pop("category", "")
    if kind == TargetKind.CATEGORY.value:
        if not category:
            raise Refusal(Reason.of("field_missing"), where="category")
        values["target"] = category
    if kind == TargetKind.ALL.value:
        values.pop("target", "")
    supplier = _supplier(level, doing)
    named = values.get("target") or supplier
    more = [named, values["customer"]] if level is Level.AGREEMENT else [named]
    code = words.free_code("-".join([_PREFIXES[level], *more]))
    given = {"id": code, "level": level.value, "supplier": supplier, "target_kind": kind}
    if level is Level.LIST:
        given["method"] = MethodName.FIXED.value
    return read_rule(words.row(values, **given))


def _supplier(level: Level, doing: Doing) -> str:
    """Of a list price the item's, of a staff price the scheme's; else the one that was typed."""
    book = price_book()
    if level is Level.LIST:
        return book.offerings[doing.values["target"]].supplier
    if level is Level.SCHEME:
        return book.schemes[doing.values["scheme"]].supplier
    return offerings.supplier_code(doing)


def _changed(doing: Doing) -> PriceRule:
    """The price as it is to be from a day on: its target, its customers and its scheme stay."""
    before: PriceRule = doing.record.record.rule
    values = {**doing.values, "valid_from": None}
    given = {"id": before.id, "level": before.level.value, "supplier": before.supplier}
    typed = read_rule(words.row({**values, "quantity_min": str(before.quantity_min), "scheme": before.scheme}, **given))
    return replace(before, method=typed.method, floor=typed.floor, saving_max=typed.saving_max, credit=typed.credit)


def _set(doing: Doing) -> str:
    rule = _new(doing)
    operations.set_price(by=doing.by, at=doing.at, rule=rule, source=doing.source)
    return rule.id


def _change(doing: Doing) -> str:
    return operations.change_price(
        by=doing.by,
        at=doing.at,
        price=doing.key,
        rule=_changed(doing),
        valid_from=doing.values["valid_from"],
        source=doing.source,
    )


def _end(doing: Doing) -> str:
    until = doing.values["valid_until"]
    operations.end_price(by=doing.by, at=doing.at, price=doing.key, valid_until=until, source=doing.source)
    return doing.key


def _take_back(doing: Doing) -> str:
    since = date.fromisoformat(doing.values["valid_from"])
    operations.take_back_price(by=doing.by, at=doing.at, price=doing.key, valid_from=since)
    left = sum(each.known_until is None for each in doing.record.versions)
    return family(doing.key) if left > 1 else ""


def _may(looking: Looking, record: Sheet | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_price_something(looking.viewer, on=on)
    return policy.may_price(looking.viewer, supplier=record.record.supplier.code, on=on)


def planned(sheet: Sheet, on: date) -> list[date]:
    """The days on which versions begin that are known now and have not begun."""
    starts = (each.period.start for each in sheet.versions if each.known_until is None)
    return sorted(start for start in starts if start is not None and start > on)


def planned_options(looking: Looking, record: Sheet) -> Iterable[tuple[str, str]]:
    """The same days to choose from."""
    return [(day.isoformat(), showing.text(day)) for day in planned(record, looking.at.date())]


def taking_back(*, lead: Text, do: Callable[[Doing], str], may: Callable[[Looking, Any], Answer]) -> Act:
    """Take back a change that has not begun; ``do`` finds the day on which it would as ``valid_from``."""
    return Act(
        name="take-back",
        label=__("Take back a planned change"),
        icon="arrow-back-up",
        lead=lead,
        form=(Field("valid_from", fields.choice(__("The change that begins on"), planned_options)),),
        do=do,
        may=may,
        fits=lambda looking, record: bool(planned(record, looking.at.date())),
        done=__("The planned change is taken back."),
        keeps_source=False,
    )


def _now(_looking: Looking, record: Sheet) -> Mapping[str, Any]:
    rule: PriceRule = record.record.rule
    method = plain(rule.method)
    currency = next((price.currency for price in rule.prices), "")

    def amount(minor: Fraction | None) -> str:
        return "" if minor is None else words.major(UnitPrice(minor, as_currency(currency)))

    percent = "" if method.value is None else exact_text(method.value * 100)
    return {
        "method": method.name.value,
        "value": amount(method.value) if method.name in AMOUNTS else percent,
        "currency": currency,
        "includes_tax": method.includes_tax,
        "base_price": amount(method.base),
        "price_min": amount(method.low),
        "price_max": amount(method.high),
        **_credit_now(rule, amount),
        "floor_at_cost": rule.floor is not None and rule.floor.at_cost,
        "floor_minimum": words.major(None if rule.floor is None else rule.floor.minimum),
        "saving_max": words.major(rule.saving_max),
        "valid_until": rule.period.until,
    }


def _credit_now(rule: PriceRule, amount: Callable[[Fraction | None], str]) -> Mapping[str, str]:
    if rule.credit is None:
        return {}
    credit = plain(rule.credit)
    percent = "" if credit.value is None else exact_text(credit.value * 100)
    return {
        "credit_method": credit.name.value,
        "credit_value": amount(credit.value) if credit.name in AMOUNTS else percent,
        "credit_base": amount(credit.base),
    }


def _methods(*names: MethodName) -> Any:
    return lambda _looking, _record: words.labels("price_method", (name.value for name in names))


def _methods_of(_looking: Looking, record: Sheet) -> Iterable[tuple[str, str]]:
    """A list price is a fixed amount; others are found in any way."""
    names = [MethodName.FIXED] if record.record.rule.level is Level.LIST else list(MethodName)
    return words.labels("price_method", (name.value for name in names))


def _targets(_looking: Looking, _record: Any) -> Iterable[tuple[str, str]]:
    return words.labels("price_target", (kind.value for kind in (TargetKind.ALL, TargetKind.CATEGORY, TargetKind.ITEM)))


def _kinds(_looking: Looking, _record: Any) -> Iterable[tuple[str, str]]:
    return words.labels("standing_kind", (kind.value for kind in _INSIDE_KINDS))


def _levels(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return words.labels("level", (level.value for level in Level))


def _kind_words(codes: Any) -> str:
    return ", ".join(words.label("standing_kind", code) for code in codes)


def _item_field(*, required: bool) -> Field:
    def made(looking: Looking, record: Any) -> Any:
        make = fields.one_of_many(__("Item"), lambda: words.items(looking), required=required, help=__("Name or code."))
        return make(looking, record)

    return Field("target", made, lambda code: words.items_named([code]))


_DAYS = (
    Field("valid_from", fields.day(__("First day"), required=False, help=__("Empty: always so far."))),
    Field(
        "valid_until", fields.last_day(__("Last day"), required=False, help=__("Empty: for ever.")), fields.day_before
    ),
)
_AMOUNT = (
    Field("value", fields.number(__("Price a piece"))),
    Field("currency", fields.currency(__("Currency"))),
    Field("includes_tax", fields.flag(__("Tax is in this price"))),
)
_TARGET = (
    Field("target_kind", fields.choice(__("What for"), _targets)),
    Field("category", fields.choice(__("Category"), words.categories, required=False, none=__("None"))),
    _item_field(required=False),
)
_VALUE = (
    Field(
        "value",
        fields.number(
            __("Percent or amount"),
            required=False,
            help=__(
                "The percent off, the mark-up, the margin or the supplier’s share in percent; or the fixed or negotiated price, "
                "or the fee. Empty when it is free for use."
            ),
        ),
    ),
    Field("currency", fields.currency(__("Currency"), required=False, help=__("Of every amount on this form."))),
    Field("includes_tax", fields.flag(__("Tax is in this price"))),
)
_BASES = (
    Field(
        "base_price",
        fields.number(
            __("Resale price or standard cost"),
            required=False,
            help=__("On which the margin or the mark-up is reckoned; without tax."),
        ),
    ),
    Field(
        "price_min",
        fields.number(
            __("Least the supplier can take"), required=False, help=__("Of a price between limits; without tax.")
        ),
    ),
    Field(
        "price_max",
        fields.number(
            __("Most the buyer can give"), required=False, help=__("Of a price between limits; without tax.")
        ),
    ),
)
_CREDIT = (
    Field(
        "credit_method",
        fields.choice(
            __("Credited to the supplying department"),
            lambda _looking, _record: words.labels("price_method", (n.value for n in MethodName if n in CREDITS)),
            required=False,
            none=__("As it is charged"),
            help=__(
                "For departments alone: the difference stays with the company, in an account of its own, and each side reads its own figure."
            ),
        ),
    ),
    Field(
        "credit_value",
        fields.number(
            __("Percent or amount of what is credited"),
            required=False,
            help=__("In percent; or an amount without tax."),
        ),
    ),
    Field(
        "credit_base",
        fields.number(__("Resale price or standard cost of what is credited"), required=False, help=__("Without tax.")),
    ),
)
_BOUNDS = (
    Field("floor_at_cost", fields.flag(__("Never below cost"))),
    Field("floor_minimum", fields.number(__("Never below"), required=False, help=__("Without tax."))),
    Field("saving_max", fields.number(__("Saving a piece, at most"), required=False)),
)
_QUANTITY = Field("quantity_min", fields.whole(__("From how many pieces on"), least=1))
_SUPPLIER = Field("supplier", fields.party(__("Supplier"), PartyKind.COMPANY, PartyKind.UNIT), fields.name)
_MARKS = frozenset({"customer_kinds", "scheme", "customer"})
_LEVEL_OF = {
    frozenset(): "LIST",
    frozenset({"customer_kinds"}): "RATE",
    frozenset({"scheme"}): "SCHEME",
    frozenset({"customer"}): "AGREEMENT",
}
"""Which level a form is for, by the field that it alone has."""
_PREFIXES = {Level.LIST: "list", Level.RATE: "rate", Level.SCHEME: "staff", Level.AGREEMENT: "agreed"}


def _pieces(_looking: Looking, _record: Any) -> Mapping[str, Any]:
    return {"quantity_min": 1}


def _tried(doing: Doing) -> Sequence[Effect]:
    return words.effects(doing, NewPrice(_new(doing)))


def _create(name: str, label: Any, lead: Any, *form: Field) -> Act:
    return Act(
        name=name, label=label, lead=lead, icon="plus", form=form, initial=_pieces, do=_set, may=_may, effects=_tried,
        done=__("The price is kept."),
    )  # fmt: skip


THING = Thing(
    name="prices",
    group=__("What is offered"),
    label=__("Prices"),
    lead=__("List prices, internal rates, staff prices and agreements, each with the days on which it holds."),
    icon="tag",
    search=__("Code, item, category or customer"),
    dated=True,
    may=lambda looking: policy.may_price_something(looking.viewer, on=looking.at.date()),
    filters=(
        Filter("level", __("Level"), _levels),
        Filter("supplier", __("Supplier"), offerings.suppliers),
        Filter("scheme", __("Staff scheme"), words.schemes),
        Filter("offering", __("Item"), lambda looking: sorted(words.items(looking).items(), key=lambda p: p[1])[:200]),
    ),
    columns=(
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Level"), lambda row: words.label("level", row.rule.level.value), sort="level"),
        Column(__("Supplier"), lambda row: row.supplier.name, sort="supplier"),
        Column(__("What for"), lambda row: words.target_words(row.rule.target)),
        Column(__("For whom"), lambda row: words.scope_words(row.rule)),
        Column(__("Price"), lambda row: words.method_words(row.rule)),
        Column(__("Days"), lambda row: showing.days(row.rule.period)),
    ),
    rows=lambda looking, params: register.prices(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.code,
    page=_page,
    creates=(
        _create(
            "list",
            __("New list price"),
            __("What everybody pays for an item who has no better price."),
            _item_field(required=True),
            *_AMOUNT,
            _QUANTITY,
            *_DAYS,
        ),
        _create(
            "rate",
            __("New internal rate"),
            __("For departments of the same company and for sister companies."),
            _SUPPLIER,
            *_TARGET,
            Field(
                "customer_kinds",
                fields.several(__("For whom"), _kinds, help=__("None chosen: departments and sister companies.")),
                _kind_words,
            ),
            Field("method", fields.choice(__("How it is found"), _methods(*MethodName))),
            *_VALUE,
            *_BASES,
            *_CREDIT,
            *_BOUNDS,
            _QUANTITY,
            *_DAYS,
        ),
        _create(
            "staff",
            __("New staff price"),
            __("For people whom a staff scheme entitles, buying for themselves."),
            Field("scheme", fields.choice(__("Staff scheme"), words.schemes)),
            *_TARGET,
            Field(
                "method",
                fields.choice(
                    __("How it is found"),
                    _methods(MethodName.PERCENT_OFF, MethodName.FIXED, MethodName.COST_PLUS, MethodName.FREE),
                ),
            ),
            *_VALUE,
            *_BOUNDS,
            _QUANTITY,
            *_DAYS,
        ),
        _create(
            "agreement",
            __("New price agreement"),
            __("With one company, department or person; it goes before everything else."),
            _SUPPLIER,
            Field("customer", fields.party(__("Customer"), *PartyKind), fields.name),
            *_TARGET,
            Field("method", fields.choice(__("How it is found"), _methods(*MethodName))),
            *_VALUE,
            *_BASES,
            *_BOUNDS,
            _QUANTITY,
            *_DAYS,
        ),
        raising.ACT,
    ),
    acts=(
        Act(
            name="change",
            label=__("Change from a day on"),
            icon="calendar",
            lead=__("The price until then ends the day before. A slip is corrected by naming the day it began."),
            form=(
                Field("valid_from", fields.day(__("From"))),
                Field("method", fields.choice(__("How it is found"), _methods_of)),
                *_VALUE,
                *_BASES,
                *_CREDIT,
                *_BOUNDS,
            ),
            initial=_now,
            do=_change,
            may=_may,
            effects=lambda doing: words.effects(
                doing, PriceFrom(doing.key, _changed(doing), doing.values["valid_from"])
            ),
            done=__("The price is changed from that day on."),
        ),
        ending(
            lead=__("From the day after, another price holds: see below which."),
            initial=_now,
            do=_end,
            may=_may,
            effects=lambda doing: words.effects(doing, PriceEnds(doing.key, doing.values["valid_until"])),
        ),
        taking_back(
            lead=__("What has not begun will not; the price before goes on."),
            do=_take_back,
            may=_may,
        ),
    ),
    events={
        "catalogue.set_price": __("Set"),
        "catalogue.change_price": __("Changed from a day on"),
        "catalogue.raise_prices": __("Raised with others"),
        "catalogue.end_price": __("Ended"),
        "catalogue.take_back_price": __("Planned change taken back"),
    },
)
