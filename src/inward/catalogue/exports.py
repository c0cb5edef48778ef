"""What leaves the catalogue: its tables for analysis, and the files of a catalogue directory, which an import reads back to
the same price book.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from inward.catalogue import policy, queries
from inward.catalogue.models import Category, OfferingCost
from inward.catalogue.models import Comparable as ComparableRow
from inward.catalogue.models import Offering as OfferingRow
from inward.catalogue.models import PriceRule as RuleRow
from inward.catalogue.rows import limit_plain
from inward.core.pricing import (
    Comparable,
    Cost,
    Level,
    Offering,
    OfferingKind,
    PriceBook,
    PriceRule,
    Scheme,
    Target,
    TaxRate,
)
from inward.core.pricing.methods import AMOUNTS, MethodName, plain
from inward.core.terms import Period, UnitPrice, exact_text
from inward.core.terms.money import as_currency, minor_digits
from inward.kit.actor import Actor
from inward.kit.columns import AT_ONCE, VALID, Column, Export, Value
from inward.kit.policy import Answer, require
from inward.kit.sheets import csv_rows
from inward.parties import policy as parties

Row = dict[str, str]

OFFERING_COLUMNS = (
    *("id", "supplier", "name", "category", "kind", "tax_code", "cost", "cost_currency", "cost_from", "cost_until"),
    *("outside_price", "outside_currency", "outside_source", "outside_seen_on"),
)
PRICE_COLUMNS = (
    *("id", "level", "supplier", "target_kind", "target", "customer", "customer_kinds", "method", "value", "currency"),
    *("includes_tax", "base_price", "price_min", "price_max", "credit_method", "credit_value", "credit_base"),
    *("quantity_min", "floor_at_cost", "floor_minimum", "saving_max", "scheme"),
    *("valid_from", "valid_until"),
)
COMPARABLE_COLUMNS = ("id", "offering", "price", "currency", "source", "seen_on", "valid_from", "valid_until")
VARIANT_COLUMNS = ("family", "name", "item", "choice")
TAX_COLUMNS = ("company", "tax_code", "percent", "staff_minimum", "valid_from", "valid_until")
_PERMISSION = "data administrators of everything"


def _may(actor: Actor, on: date) -> Answer:
    return parties.may_administer_everything(actor, on=on)


def _offered() -> Iterator[tuple[Value, ...]]:
    fields = ("id", "code", "supplier_id", "name", "category__code", "kind", "tax_code", "offered", "benefit_kind")
    yield from OfferingRow.objects.values_list(*fields).iterator(AT_ONCE)


def _variants() -> Iterator[tuple[Value, ...]]:
    rows = OfferingRow.objects.exclude(family=None).order_by("family__code", "place")
    told = rows.values_list("family__code", "family__supplier_id", "id", "place", "family__features", "choice")
    for family, supplier, offering, place, features, choice in told.iterator(AT_ONCE):
        yield family, supplier, offering, place, _chosen(features, choice)


def _chosen(features: Sequence[str], choice: Sequence[str] | None) -> str:
    """What a variant is of its family, as files say it: “Colour: red; Size: M”."""
    return "; ".join(f"{feature}: {value}" for feature, value in zip(features, choice or (), strict=True))


def _costs() -> Iterator[tuple[Value, ...]]:
    rows = OfferingCost.objects.current().values_list("offering_id", "price", "currency", "valid_from", "valid_until")
    for offering, price, currency, start, until in rows.iterator(AT_ONCE):
        yield offering, str(price), currency, start, until


def _compared() -> Iterator[tuple[Value, ...]]:
    fields = ("code", "offering_id", "price", "currency", "seen_in", "seen_on", "valid_from", "valid_until")
    for code, offering, price, *facts in ComparableRow.objects.current().values_list(*fields).iterator(AT_ONCE):
        yield code, offering, str(price), *facts


def _rules() -> Iterator[tuple[Value, ...]]:
    fields = ("code", "level", "supplier_id", "offering_id", "category__code", "customer_id", "method")
    rows = RuleRow.objects.current().values_list(
        *fields,
        *("value", "base_price", "price_min", "price_max", "credit_value", "credit_base"),
        *("currency", "quantity_min", "scheme", "credit_method", "valid_from", "valid_until"),
    )
    for row in rows.iterator(AT_ONCE):
        amounts = (None if each is None else str(each) for each in row[_FACTS : _FACTS + _AMOUNTS])
        yield *row[:_FACTS], *amounts, *row[_FACTS + _AMOUNTS :]


_FACTS = 7
"""So many columns of a price stand before its amounts."""
_AMOUNTS = 6
"""So many amounts a price has."""


EXPORTS = (
    Export(
        "offerings",
        "Everything that is or was offered",
        _PERMISSION,
        _may,
        (
            Column("id", "integer", "key of the offering"),
            Column("code", "text", "what files and addresses call it"),
            Column("supplier_id", "integer", "key of the company or unit that supplies it"),
            Column("name", "text", "what people call it"),
            Column("category", "text", "code of its category; empty: none"),
            Column("kind", "text", f"one of {', '.join(kind.value for kind in OfferingKind)}"),
            Column("tax_code", "text", "code of the tax; empty: none"),
            Column("offered", "yes/no", "whether it is offered now"),
            Column("benefit_kind", "text", "what tax law calls it; empty: goods or services"),
        ),
        _offered,
    ),
    Export(
        "variants",
        "Items that are variants of a family: one thing to whoever looks for it, differing in some features",
        _PERMISSION,
        _may,
        (
            Column("family", "text", "code of the family"),
            Column("supplier_id", "integer", "key of the company or unit that supplies"),
            Column("offering_id", "integer", "key of the item"),
            Column("place", "integer", "place among the variants, from 1"),
            Column("choice", "text", "its value of each feature"),
        ),
        _variants,
    ),
    Export(
        "offering_costs",
        "What a piece costs its supplier, without tax, as known now",
        _PERMISSION,
        _may,
        (
            Column("offering_id", "integer", "key of the offering"),
            Column("price", "text", "an exact fraction, a piece", "smallest unit of the currency"),
            Column("currency", "text", "ISO 4217"),
            *VALID,
        ),
        _costs,
    ),
    Export(
        "price_rules",
        "Every way to a price, as known now",
        _PERMISSION,
        _may,
        (
            Column("code", "text", "code of the rule"),
            Column("level", "text", f"one of {', '.join(level.value for level in Level)}"),
            Column("supplier_id", "integer", "key of the company or unit whose price it is"),
            Column("offering_id", "integer", "key of the offering it is for; empty: for others too"),
            Column("category", "text", "code of the category it is for; empty: for others too"),
            Column("customer_id", "integer", "key of the customer it is for; empty: for all"),
            Column("method", "text", f"one of {', '.join(name.value for name in MethodName)}"),
            Column("value", "text", "an exact fraction: smallest units a piece, or a share of one; empty: none"),
            Column(
                "base_price", "text", "the resale price or standard cost it rests on", "smallest unit of the currency"
            ),
            Column("price_min", "text", "the least that was agreed on", "smallest unit of the currency"),
            Column("price_max", "text", "the most that was agreed on", "smallest unit of the currency"),
            Column("credit_value", "text", "as value, of what is credited to the supplying department; empty: none"),
            Column("credit_base", "text", "what the credit rests on", "smallest unit of the currency"),
            Column("currency", "text", "ISO 4217; empty: none"),
            Column("quantity_min", "integer", "from how many on", "pieces"),
            Column("scheme", "text", "code of the scheme it belongs to; empty: none"),
            Column(
                "credit_method", "text", "as method, by which the supplying department is credited; empty: as charged"
            ),
            *VALID,
        ),
        _rules,
    ),
    Export(
        "comparables",
        "Sales of the like between strangers, beside which prices between related companies are set, as known now",
        _PERMISSION,
        _may,
        (
            Column("code", "text", "code of the comparable sale"),
            Column("offering_id", "integer", "key of the offering it is like"),
            Column("price", "text", "an exact fraction, a piece, without tax", "smallest unit of the currency"),
            Column("currency", "text", "ISO 4217"),
            Column("seen_in", "text", "where it was seen"),
            Column("seen_on", "day", "when it was seen"),
            *VALID,
        ),
        _compared,
    ),
)
"""The tables for analysis."""


def export_catalogue(*, viewer: Actor, on: date, folder: Path) -> dict[str, int]:
    """Write what is offered and at which prices; returns the rows of each file. Raises Refused.

    Of costs, the one that holds on the day (else the latest) stands beside its offering.
    """
    require(policy.may_arrange(viewer, on=on))
    book = queries.price_book()
    names = dict(Category.objects.values_list("code", "name"))
    categories = [{"id": code, "parent": parent or "", "name": names[code]} for code, parent in book.categories.items()]
    schemes = [_scheme(version) for versions in book.scheme_versions.values() for version in versions]
    (folder / "schemes.json").write_text(json.dumps(schemes, indent=2, ensure_ascii=False), encoding="utf-8")
    return {
        "categories": _write(folder / "categories.csv", ("id", "parent", "name"), categories),
        "offerings": _write(folder / "offerings.csv", OFFERING_COLUMNS, _offerings(book, on)),
        "prices": _write(folder / "prices.csv", PRICE_COLUMNS, [_price(rule) for rule in book.rules]),
        "schemes": len(schemes),
        "tax_rates": _write(folder / "tax_rates.csv", TAX_COLUMNS, [_tax(rate) for rate in book.taxes]),
        "variants": _write(folder / "variants.csv", VARIANT_COLUMNS, _of_families()),
        "comparables": _write(
            folder / "comparables.csv", COMPARABLE_COLUMNS, [_comparable(each) for each in book.comparables]
        ),
    }


def _of_families() -> Iterator[Row]:
    rows = OfferingRow.objects.exclude(family=None).order_by("family__code", "place")
    for family, name, item, features, choice in rows.values_list(
        "family__code", "family__name", "code", "family__features", "choice"
    ):
        yield {"family": family, "name": name, "item": item, "choice": _chosen(features, choice)}


def _write(path: Path, head: Sequence[str], rows: Iterable[Row]) -> int:
    kept = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_rows(head, [[row.get(name, "") for name in head] for row in kept]))
    return len(kept)


def _offerings(book: PriceBook, on: date) -> list[Row]:
    costs: dict[str, Cost] = {}
    for cost in book.costs:
        if cost.offering not in costs or on not in costs[cost.offering].period:
            costs[cost.offering] = cost
    return [_offering(offering, costs.get(offering.id)) for offering in book.offerings.values()]


def _offering(offering: Offering, cost: Cost | None) -> Row:
    row = {
        "id": offering.id,
        "supplier": offering.supplier,
        "name": offering.name,
        "category": offering.category,
        "kind": offering.kind.value,
        "tax_code": offering.tax_code,
    }
    if cost is not None:
        days = _days(cost.period)
        row |= {"cost": _major(cost.price), "cost_currency": cost.price.currency}
        row |= {"cost_from": days["valid_from"], "cost_until": days["valid_until"]}
    if offering.outside is not None:
        row |= {
            "outside_price": _major(offering.outside.price),
            "outside_currency": offering.outside.price.currency,
            "outside_source": offering.outside.source,
            "outside_seen_on": offering.outside.seen_on.isoformat(),
        }
    return row


def _price(rule: PriceRule) -> Row:
    return {
        "id": rule.id,
        "level": rule.level.value,
        "supplier": rule.supplier,
        "target_kind": rule.target.kind.value,
        "target": rule.target.id,
        "customer": rule.scope.party or "",
        "customer_kinds": " ".join(sorted(kind.value for kind in rule.scope.kinds)),
        **_method(rule),
        "quantity_min": str(rule.quantity_min),
        "floor_at_cost": _yes(rule.floor is not None and rule.floor.at_cost),
        "floor_minimum": "" if rule.floor is None or rule.floor.minimum is None else _major(rule.floor.minimum),
        "saving_max": "" if rule.saving_max is None else _major(rule.saving_max),
        "scheme": rule.scheme or "",
        **_days(rule.period),
    }


def _method(rule: PriceRule) -> Row:
    """How a price is found, in the columns of a file."""
    method = plain(rule.method)
    currency = next((str(price.currency) for price in rule.prices), "")
    value = "" if method.value is None else exact_text(method.value * 100)
    return {
        "method": method.name.value,
        "value": _amount(method.value, currency) if method.name in AMOUNTS else value,
        "currency": currency,
        "includes_tax": _yes(method.includes_tax),
        "base_price": _amount(method.base, currency),
        "price_min": _amount(method.low, currency),
        "price_max": _amount(method.high, currency),
        **_credit(rule, currency),
    }


def _credit(rule: PriceRule, currency: str) -> Row:
    """How the supplying department is credited; empty where as is charged."""
    if rule.credit is None:
        return {"credit_method": "", "credit_value": "", "credit_base": ""}
    credit = plain(rule.credit)
    value = "" if credit.value is None else exact_text(credit.value * 100)
    return {
        "credit_method": credit.name.value,
        "credit_value": _amount(credit.value, currency) if credit.name in AMOUNTS else value,
        "credit_base": _amount(credit.base, currency),
    }


def _amount(minor: Fraction | None, currency: str) -> str:
    return "" if minor is None else _major(UnitPrice(minor, as_currency(currency)))


def _comparable(found: Comparable) -> Row:
    return {
        "id": found.id,
        "offering": found.offering,
        "price": _major(found.price),
        "currency": found.price.currency,
        "source": found.source,
        "seen_on": found.seen_on.isoformat(),
        **_days(found.period),
    }


def _scheme(scheme: Scheme) -> dict[str, Any]:
    money = scheme.allowance_money
    return {
        "id": scheme.id,
        "supplier": scheme.supplier,
        "name": scheme.name,
        "work_kinds": sorted(kind.value for kind in scheme.work_kinds),
        "employers": sorted(scheme.employers),
        "tenure_months": scheme.tenure_months,
        "included": [_target(target) for target in scheme.included],
        "excluded": [_target(target) for target in scheme.excluded],
        "allowance_money": None if money is None else money.amount,
        "allowance_currency": None if money is None else money.currency,
        "allowance_units": scheme.allowance_units,
        "allowance_measure": scheme.allowance_measure.value,
        "limits": [limit_plain(limit) for limit in scheme.limits],
        "lines_of_business": sorted(scheme.lines_of_business),
        "leaving_days": scheme.leaving_days,
        "closed_in": sorted(state.value for state in scheme.closed_in),
        "keep_days": scheme.keep_days,
        "repays_early": scheme.repays_early,
        "cooling_days": scheme.cooling_days,
        "given_to": sorted(each.value for each in scheme.given_to),
        "household": sorted(each.value for each in scheme.household),
        **_days(scheme.period),
    }


def _target(target: Target) -> dict[str, str]:
    return {"kind": target.kind.value, "id": target.id}


def _tax(rate: TaxRate) -> Row:
    return {
        "company": rate.company,
        "tax_code": rate.tax_code,
        "percent": exact_text(rate.rate.percentage),
        "staff_minimum": rate.staff_minimum.value,
        **_days(rate.period),
    }


def _days(period: Period) -> Row:
    return {
        "valid_from": "" if period.start is None else period.start.isoformat(),
        "valid_until": "" if period.until is None else period.until.isoformat(),
    }


def _major(price: UnitPrice) -> str:
    """The price in major units, exact: a decimal where it is finite, else a fraction."""
    return exact_text(price.minor / Fraction(10 ** minor_digits(price.currency)))


def _yes(value: bool) -> str:  # noqa: FBT001 - a cell
    return "yes" if value else "no"
