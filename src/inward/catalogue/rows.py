"""Rows of the catalogue's tables as the core's values, and back. Queries read and operations write through here."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from inward.catalogue import models
from inward.core.classification import Kind, Tie, WorkKind, WorkState
from inward.core.pricing import (
    AllowanceMeasure,
    Comparable,
    Cost,
    Floor,
    GivenTo,
    Level,
    Limit,
    Offering,
    OfferingKind,
    OutsidePrice,
    PriceBook,
    PriceRule,
    Scheme,
    Scope,
    Suspension,
    Target,
    TargetKind,
    TaxMinimum,
    TaxRate,
    reading,
)
from inward.core.pricing.methods import Method, MethodName, Plain, method_of, plain
from inward.core.running import Plan, plan_from, plan_plain
from inward.core.terms import Money, Period, Rate, Reason, Refusal, UnitPrice, decimal_text
from inward.core.terms.money import as_currency
from inward.core.terms.reading import Fields

Codes = Mapping[int, str]
"""The code of a party by its key."""


def read_book(codes: Codes, version: int) -> PriceBook:
    """The price book as the tables say it now."""
    return PriceBook.of(
        offerings=[_offering(row, codes) for row in models.Offering.objects.select_related("category")],
        categories=dict(models.Category.objects.values_list("code", "parent__code")),
        costs=[_cost(row) for row in models.OfferingCost.objects.current().select_related("offering")],
        rules=[
            rule_of(row, codes) for row in models.PriceRule.objects.current().select_related("offering", "category")
        ],
        schemes=[scheme_of(row, codes) for row in models.Scheme.objects.current()],
        taxes=[_tax(row, codes) for row in models.TaxRate.objects.current()],
        comparables=[comparable_of(row) for row in models.Comparable.objects.current().select_related("offering")],
        version=version,
        suspensions=[
            Suspension(scheme, codes[person], Period(since, until))
            for scheme, person, since, until in models.SchemeSuspension.objects.values_list(
                "scheme", "person_id", "since", "until"
            )
            if until is None or since < until  # one lifted before it began holds on no day
        ],
    )


def _offering(row: models.Offering, codes: Codes) -> Offering:
    return Offering(
        id=row.code,
        supplier=codes[row.supplier_id],
        category="" if row.category is None else row.category.code,
        kind=OfferingKind(row.kind),
        tax_code=row.tax_code,
        name=row.name,
        outside=outside_of(row),
        plan=plan_of(row),
        benefit_kind=row.benefit_kind,
    )


def plan_of(row: models.Offering) -> Plan | None:
    """By which plan it runs on, if it does."""
    return None if row.plan is None else plan_from(Fields(row.plan))


def outside_of(row: models.Offering) -> OutsidePrice | None:
    """What the same thing costs outside, if that is known."""
    if row.outside_price is None or row.outside_seen_on is None:
        return None
    return OutsidePrice(
        UnitPrice(row.outside_price, as_currency(row.outside_currency)), row.outside_source, row.outside_seen_on
    )


def _cost(row: models.OfferingCost) -> Cost:
    return Cost(row.offering.code, UnitPrice(row.price, as_currency(row.currency)), row.period)


def comparable_of(row: models.Comparable) -> Comparable:
    """A row of comparables as the core's value."""
    price = UnitPrice(row.price, as_currency(row.currency))
    return Comparable(row.code, row.offering.code, price, row.seen_in, row.seen_on, row.period)


def rule_of(row: models.PriceRule, codes: Codes) -> PriceRule:
    """A row of prices as the core's rule."""
    named = row.offering or row.category
    return PriceRule(
        id=row.code,
        level=Level(row.level),
        supplier=codes[row.supplier_id],
        method=_method(row),
        target=Target(TargetKind(row.target_kind), "" if named is None else named.code),
        scope=Scope(
            frozenset(Kind(kind) for kind in row.customer_kinds), codes[row.customer_id] if row.customer_id else None
        ),
        period=row.period,
        quantity_min=row.quantity_min,
        floor=_floor(row),
        saving_max=None if row.saving_max is None else UnitPrice(row.saving_max, as_currency(row.currency)),
        scheme=row.scheme or None,
        credit=_credit(row),
    )


def _credit(row: models.PriceRule) -> Method | None:
    if not row.credit_method:
        return None
    return method_of(Plain(MethodName(row.credit_method), row.credit_value, row.currency, base=row.credit_base))


def _method(row: models.PriceRule) -> Method:
    return method_of(
        Plain(
            MethodName(row.method),
            row.value,
            row.currency,
            row.includes_tax,
            base=row.base_price,
            low=row.price_min,
            high=row.price_max,
        )
    )


def _floor(row: models.PriceRule) -> Floor | None:
    if not row.floor_at_cost and row.floor_minimum is None:
        return None
    minimum = None if row.floor_minimum is None else UnitPrice(row.floor_minimum, as_currency(row.currency))
    return Floor(row.floor_at_cost, minimum)


def scheme_of(row: models.Scheme, codes: Codes) -> Scheme:
    """A row of schemes as the core's scheme."""
    money = row.allowance_minor
    return Scheme(
        id=row.code,
        supplier=codes[row.supplier_id],
        name=row.name,
        period=row.period,
        work_kinds=frozenset(WorkKind(kind) for kind in row.work_kinds),
        employers=frozenset(row.employers),
        tenure_months=row.tenure_months,
        included=_targets(row.included),
        excluded=_targets(row.excluded),
        allowance_money=None if money is None else Money(money, as_currency(row.allowance_currency)),
        allowance_units=row.allowance_units,
        allowance_measure=AllowanceMeasure(row.allowance_measure),
        limits=tuple(reading.limits(Fields({"limits": row.limits}))),
        lines_of_business=frozenset(row.lines_of_business),
        leaving_days=row.leaving_days,
        closed_in=frozenset(WorkState(state) for state in row.closed_in),
        keep_days=row.keep_days,
        repays_early=row.repays_early,
        cooling_days=row.cooling_days,
        given_to=frozenset(GivenTo(each) for each in row.given_to),
        household=frozenset(Tie(each) for each in row.household),
    )


def limit_plain(limit: Limit) -> dict[str, Any]:
    """A limit of a scheme as catalogue files say it, without what it leaves unsaid."""
    money = limit.money
    said = {
        "id": limit.id,
        "span": limit.span.value,
        "money": None if money is None else str(money.amount),
        "currency": None if money is None else str(money.currency),
        "units": limit.units,
        "target_kind": None if limit.target.kind is TargetKind.ALL else limit.target.kind.value,
        "target": limit.target.id or None,
        "each_item": limit.each_item or None,
        "days": limit.days or None,
        "carry_over": limit.carry_over or None,
        "pay_percent": None if limit.pay_share is None else decimal_text(limit.pay_share.percentage),
    }
    return {name: value for name, value in said.items() if value is not None}


def _targets(plain: Sequence[Mapping[str, str]]) -> tuple[Target, ...]:
    return tuple(Target(TargetKind(target["kind"]), target["id"]) for target in plain)


def _tax(row: models.TaxRate, codes: Codes) -> TaxRate:
    return TaxRate(codes[row.company_id], row.tax_code, Rate(row.rate), row.period, TaxMinimum(row.staff_minimum))


def _found(known: Mapping[str, int], code: str, reason: str, where: str) -> int:
    """The key of what a value names. Refusal for a name that nobody knows, in its place."""
    key = known.get(code)
    if key is None:
        raise Refusal(Reason(reason, (("id", code),)), where=where)
    return key


class Writer:
    """Turns the core's values into unsaved rows, known from an instant on."""

    def __init__(self, *, parties: Mapping[str, int], at: datetime, source: str) -> None:
        self.parties, self.at, self.source = parties, at, source
        self.offerings: dict[str, int] = {}
        self.categories: dict[str, int] = {}

    def know(self) -> "Writer":
        """Read the keys of offerings and categories that are there by now."""
        self.offerings = dict(models.Offering.objects.values_list("code", "id"))
        self.categories = dict(models.Category.objects.values_list("code", "id"))
        return self

    def offering(self, value: Offering) -> models.Offering:
        """A row of offerings."""
        outside = value.outside
        return models.Offering(
            code=value.id,
            supplier_id=self._party(value.supplier, "supplier"),
            name=value.name or value.id,
            category_id=_found(self.categories, value.category, "unknown_category", "category")
            if value.category
            else None,
            kind=value.kind.value,
            tax_code=value.tax_code,
            outside_price=None if outside is None else outside.price.minor,
            outside_currency="" if outside is None else outside.price.currency,
            outside_source="" if outside is None else outside.source,
            outside_seen_on=None if outside is None else outside.seen_on,
            plan=None if value.plan is None else plan_plain(value.plan),
            benefit_kind=value.benefit_kind,
        )

    def cost(self, value: Cost) -> models.OfferingCost:
        """A row of costs."""
        return models.OfferingCost(
            offering_id=self.offerings[value.offering],
            price=value.price.minor,
            currency=value.price.currency,
            **self._dated(value.period),
        )

    def comparable(self, value: Comparable) -> models.Comparable:
        """A row of comparables."""
        return models.Comparable(
            code=value.id,
            offering_id=_found(self.offerings, value.offering, "unknown_offering", "offering"),
            price=value.price.minor,
            currency=value.price.currency,
            seen_in=value.source,
            seen_on=value.seen_on,
            **self._dated(value.period),
        )

    def rule(self, value: PriceRule) -> models.PriceRule:
        """A row of prices."""
        method, target = plain(value.method), value.target
        credit = None if value.credit is None else plain(value.credit)
        return models.PriceRule(
            code=value.id,
            level=value.level.value,
            supplier_id=self._party(value.supplier, "supplier"),
            target_kind=target.kind.value,
            offering_id=_found(self.offerings, target.id, "unknown_offering", "target")
            if target.kind is TargetKind.ITEM
            else None,
            category_id=_found(self.categories, target.id, "unknown_category", "target")
            if target.kind is TargetKind.CATEGORY
            else None,
            customer_id=None if value.scope.party is None else self._party(value.scope.party, "customer"),
            customer_kinds=sorted(kind.value for kind in value.scope.kinds),
            method=method.name.value,
            value=method.value,
            currency=next((price.currency for price in value.prices), ""),  # one at most, as the door has it
            includes_tax=method.includes_tax,
            base_price=method.base,
            price_min=method.low,
            price_max=method.high,
            quantity_min=value.quantity_min,
            floor_at_cost=value.floor is not None and value.floor.at_cost,
            floor_minimum=None if value.floor is None or value.floor.minimum is None else value.floor.minimum.minor,
            saving_max=None if value.saving_max is None else value.saving_max.minor,
            scheme=value.scheme or "",
            credit_method="" if credit is None else credit.name.value,
            credit_value=None if credit is None else credit.value,
            credit_base=None if credit is None else credit.base,
            **self._dated(value.period),
        )

    def scheme(self, value: Scheme) -> models.Scheme:
        """A row of schemes."""
        money = value.allowance_money
        return models.Scheme(
            code=value.id,
            supplier_id=self._party(value.supplier, "supplier"),
            name=value.name or value.id,
            work_kinds=sorted(kind.value for kind in value.work_kinds),
            employers=sorted(value.employers),
            tenure_months=value.tenure_months,
            included=[{"kind": target.kind.value, "id": target.id} for target in value.included],
            excluded=[{"kind": target.kind.value, "id": target.id} for target in value.excluded],
            allowance_minor=None if money is None else money.minor,
            allowance_currency="" if money is None else money.currency,
            allowance_units=value.allowance_units,
            allowance_measure=value.allowance_measure.value,
            limits=[limit_plain(limit) for limit in value.limits],
            lines_of_business=sorted(value.lines_of_business),
            leaving_days=value.leaving_days,
            closed_in=sorted(state.value for state in value.closed_in),
            keep_days=value.keep_days,
            repays_early=value.repays_early,
            cooling_days=value.cooling_days,
            given_to=sorted(each.value for each in value.given_to),
            household=sorted(each.value for each in value.household),
            **self._dated(value.period),
        )

    def tax(self, value: TaxRate) -> models.TaxRate:
        """A row of tax rates."""
        return models.TaxRate(
            company_id=self._party(value.company, "company"),
            tax_code=value.tax_code,
            rate=value.rate.fraction,
            staff_minimum=value.staff_minimum.value,
            **self._dated(value.period),
        )

    def _party(self, code: str, where: str) -> int:
        return _found(self.parties, code, "unknown_party", where)

    def _dated(self, period: Period) -> dict[str, Any]:
        return {"valid_from": period.start, "valid_until": period.until, "known_from": self.at, "source": self.source}
