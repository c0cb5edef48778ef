"""A price book out of plain tables, as JSON or catalogue files give them; no file is opened here.

Tables and columns are those of docs/reference/catalogue-files.md: offerings, prices, schemes, categories, tax_rates. A
cell that is empty says nothing. Percentages are numbers of hundredths; amounts are in major units.
"""

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TypeVar

from inward.core.classification import Kind, Tie, WorkKind, WorkState
from inward.core.pricing.armslength import Comparable
from inward.core.pricing.book import PriceBook
from inward.core.pricing.methods import (
    AMOUNTS,
    BETWEEN,
    CREDITS,
    ON_BASE,
    UNBOUNDED,
    Method,
    MethodName,
    Plain,
    method_of,
)
from inward.core.pricing.rules import (
    AllowanceMeasure,
    Cost,
    Floor,
    GivenTo,
    Level,
    Limit,
    Offering,
    OfferingKind,
    OutsidePrice,
    PriceRule,
    Scheme,
    Scope,
    Span,
    Target,
    TargetKind,
    TaxMinimum,
    TaxRate,
)
from inward.core.running import plan_from
from inward.core.terms import Money, Rate, Refusal, UnitPrice, decimal_text
from inward.core.terms.money import as_currency
from inward.core.terms.reading import Fields

LIMIT_FIELDS = (
    "id",
    "span",
    "money",
    "currency",
    "units",
    "target_kind",
    "target",
    "each_item",
    "days",
    "carry_over",
    "pay_percent",
)
"""What a limit of a scheme may say in a file."""


def price_book(tables: Mapping[str, object], where: str = "", *, version: int = 0) -> PriceBook:
    """The price book these tables tell of, checked. Refusal with the place of what cannot be read or cannot be true."""
    found = Fields(tables, where)
    offerings = list(found.rows("offerings"))
    return PriceBook.of(
        offerings=[offering(row) for row in offerings],
        categories={row.text("id"): row.text_or_none("parent") for row in found.rows("categories")},
        costs=[cost for row in offerings for cost in costs(row)],
        rules=[rule(row) for row in found.rows("prices")],
        schemes=[scheme(row) for row in found.rows("schemes")],
        taxes=[tax_rate(row) for row in found.rows("tax_rates")],
        comparables=[comparable(row) for row in found.rows("comparables")],
        version=version,
    )


def offering(row: Fields) -> Offering:
    """A row of offerings."""
    return Offering(
        id=row.text("id"),
        supplier=row.text("supplier"),
        category=row.text_or_none("category") or "",
        kind=row.choice("kind", OfferingKind) if row.has("kind") else OfferingKind.GOOD,
        tax_code=row.text_or_none("tax_code") or "",
        name=row.text_or_none("name") or "",
        outside=_outside(row),
        plan=plan_from(row),
        benefit_kind=row.text_or_none("benefit_kind") or "",
    )


def costs(row: Fields) -> Iterator[Cost]:
    """The cost on a row of offerings, if it has one."""
    if row.has("cost"):
        yield Cost(
            row.text("id"), _price(row, "cost", "cost_currency"), row.period("cost_from", "cost_until", "cost_last")
        )


def comparable(row: Fields) -> Comparable:
    """A row of comparables."""
    return Comparable(
        id=row.text("id"),
        offering=row.text("offering"),
        price=_price(row, "price", "currency"),
        source=row.text("source"),
        seen_on=row.day("seen_on"),
        period=row.period(),
    )


def rule(row: Fields) -> PriceRule:
    """A row of prices."""
    return PriceRule(
        id=row.text("id"),
        level=row.choice("level", Level),
        supplier=row.text("supplier"),
        method=_method(row),
        target=_target(row, "target_kind", "target"),
        scope=Scope(_kinds(row), row.text_or_none("customer")),
        period=row.period(),
        quantity_min=row.whole("quantity_min") if row.has("quantity_min") else 1,
        floor=_floor(row),
        saving_max=_price(row, "saving_max", "currency") if row.has("saving_max") else None,
        scheme=row.text_or_none("scheme"),
        credit=_credit(row),
    )


def scheme(row: Fields) -> Scheme:
    """An object of schemes."""
    return Scheme(
        id=row.text("id"),
        supplier=row.text("supplier"),
        name=row.text_or_none("name") or "",
        period=row.period(),
        work_kinds=frozenset(_choices(row, "work_kinds", WorkKind)) or frozenset(WorkKind),
        employers=frozenset(_texts(row, "employers")),
        tenure_months=row.whole("tenure_months") if row.has("tenure_months") else 0,
        included=_covered(row, "included"),
        excluded=_covered(row, "excluded"),
        allowance_money=_money(row, "allowance_money", "allowance_currency"),
        allowance_units=row.whole("allowance_units") if row.has("allowance_units") else None,
        allowance_measure=row.choice("allowance_measure", AllowanceMeasure)
        if row.has("allowance_measure")
        else AllowanceMeasure.PRICE,
        limits=tuple(limits(row)),
        lines_of_business=frozenset(_texts(row, "lines_of_business")),
        leaving_days=row.whole("leaving_days") if row.has("leaving_days") else 0,
        closed_in=frozenset(_choices(row, "closed_in", WorkState)),
        keep_days=row.whole("keep_days") if row.has("keep_days") else 0,
        repays_early=row.flag("repays_early"),
        cooling_days=row.whole("cooling_days") if row.has("cooling_days") else 0,
        given_to=frozenset(_choices(row, "given_to", GivenTo)),
        household=frozenset(_choices(row, "household", Tie)),
    )


def limits(row: Fields) -> Iterator[Limit]:
    """The further limits of a scheme: objects in a list, or the same list as JSON in one cell of a table."""
    for found in _listed(row, "limits").rows("limits"):
        found.only(LIMIT_FIELDS)
        yield limit(found)


def limit(row: Fields) -> Limit:
    """One further limit of a scheme."""
    return Limit(
        id=row.text("id"),
        span=row.choice("span", Span),
        money=_money(row, "money", "currency"),
        units=row.whole("units") if row.has("units") else None,
        target=_target(row, "target_kind", "target"),
        each_item=row.flag("each_item"),
        days=row.whole("days") if row.has("days") else 0,
        carry_over=row.flag("carry_over"),
        pay_share=Rate(row.number("pay_percent") / 100) if row.has("pay_percent") else None,
    )


def _listed(row: Fields, name: str) -> Fields:
    """The row with a list read from a cell, where it stands in one. Refusal for what is no JSON."""
    value = row.values.get(name)
    if not isinstance(value, str):
        return row
    if not value.strip():
        return Fields({}, row.where)
    try:
        return Fields({name: json.loads(value)}, row.where)
    except ValueError:
        return row.refuse(name, "cell_not_json")


def tax_rate(row: Fields) -> TaxRate:
    """A row of tax_rates."""
    return TaxRate(
        company=row.text("company"),
        tax_code=row.text("tax_code"),
        rate=Rate(row.number("percent") / 100),
        period=row.period(),
        staff_minimum=row.choice("staff_minimum", TaxMinimum) if row.has("staff_minimum") else TaxMinimum.NONE,
    )


def _outside(row: Fields) -> OutsidePrice | None:
    if not row.has("outside_price"):
        return None
    currency = "outside_currency" if row.has("outside_currency") else "cost_currency"
    return OutsidePrice(_price(row, "outside_price", currency), row.text("outside_source"), row.day("outside_seen_on"))


def _method(row: Fields) -> Method:
    """The method with what it needs; a cell that another method needs says nothing."""
    name = row.choice("method", MethodName)
    if name is MethodName.FREE:
        return method_of(Plain(name))
    if name not in AMOUNTS | ON_BASE | BETWEEN:
        return method_of(Plain(name, _percent(row, most=None if name in UNBOUNDED else 100).fraction))
    limits_ = BETWEEN if name in BETWEEN else ()
    return method_of(
        Plain(
            name,
            value=_price(row, "value", "currency").minor
            if name in AMOUNTS
            else _percent(row, most=None if name in UNBOUNDED else 100).fraction,
            currency=_currency(row, "currency"),
            includes_tax=name is MethodName.FIXED and row.flag("includes_tax"),
            base=_price(row, "base_price", "currency").minor if name in ON_BASE else None,
            low=_price(row, "price_min", "currency").minor if limits_ else None,
            high=_price(row, "price_max", "currency").minor if limits_ else None,
        )
    )


_CREDIT = {"credit_method": "method", "credit_value": "value", "credit_base": "base_price"}
"""The columns of the second method, and those of the first by the same law."""


def _credit(row: Fields) -> Method | None:
    """By which the supplying department is credited; None where no row says so. Amounts are in the currency of the row."""
    if not row.has("credit_method"):
        return None
    values = {theirs: row.values.get(ours) for ours, theirs in _CREDIT.items()}
    name = row.choice("credit_method", MethodName)
    if name not in CREDITS:
        row.refuse("credit_method", "credit_method_unfit", rule=row.text("id"))
    try:
        return _method(Fields(values | {"currency": row.values.get("currency")}, row.where))
    except Refusal as refusal:  # it names the cell by which it was read
        place = refusal.where.rpartition(".")[2]
        ours = next((mine for mine, theirs in _CREDIT.items() if theirs == place), place)
        raise Refusal(refusal.reason, where=row.place(ours)) from None


def _percent(row: Fields, *, most: int | None) -> Rate:
    value = row.number("value")
    if value < 0 or (most is not None and value > most):
        row.refuse("value", "percent_out_of_bounds", value=decimal_text(value))
    return Rate(value / 100)


def _target(row: Fields, kind: str, id_: str) -> Target:
    found = row.choice(kind, TargetKind) if row.has(kind) else TargetKind.ALL
    return Target() if found is TargetKind.ALL else Target(found, row.text(id_))


def _covered(row: Fields, name: str) -> tuple[Target, ...]:
    """What a scheme covers or leaves out: objects in a list, or codes in the cells of a table, items and categories apart."""
    told = [_target(target, "kind", "id") for target in row.rows(name)]
    for ending, kind in (("items", TargetKind.ITEM), ("categories", TargetKind.CATEGORY)):
        told += [Target(kind, code) for code in _texts(row, f"{name}_{ending}")]
    return tuple(told)


def _kinds(row: Fields) -> frozenset[Kind]:
    """Kinds of standing, separated by spaces, commas or bars in a cell, or a list in JSON."""
    return frozenset(_choices(row, "customer_kinds", Kind))


def _floor(row: Fields) -> Floor | None:
    at_cost = row.flag("floor_at_cost")
    minimum = _price(row, "floor_minimum", "currency") if row.has("floor_minimum") else None
    return Floor(at_cost, minimum) if at_cost or minimum is not None else None


def _money(row: Fields, name: str, currency_name: str) -> Money | None:
    """An amount that people are told, so in whole smallest units; None where there is none."""
    if not row.has(name):
        return None
    amount, currency = row.number(name), _currency(row, currency_name)
    try:
        return Money.of(decimal_text(amount), currency)
    except ValueError:
        return row.refuse(name, "amount_too_fine", value=decimal_text(amount), currency=currency)


def _price(row: Fields, amount: str, currency: str) -> UnitPrice:
    return UnitPrice.of(row.number(amount), _currency(row, currency))


def _currency(row: Fields, name: str) -> str:
    code = row.text(name)
    try:
        return as_currency(code)
    except ValueError:
        return row.refuse(name, "not_a_currency", value=code)


_Chosen = TypeVar("_Chosen", bound=Enum)


def _choices(row: Fields, name: str, choices: type[_Chosen]) -> Iterator[_Chosen]:
    for place, text in enumerate(_texts(row, name)):
        yield Fields({name: text}, f"{row.place(name)}[{place}]").choice(name, choices)


def _texts(row: Fields, name: str) -> list[str]:
    """Texts in a list, or separated by spaces, commas, semicolons or bars in one cell."""
    value = row.values.get(name)
    if isinstance(value, str):
        return [word for word in value.replace(",", " ").replace(";", " ").replace("|", " ").split() if word]
    return [str(item) for item in row.items(name)]
