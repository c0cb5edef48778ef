"""What is refused at the door of a price book, so that pricing never has to guess: unknown things, cycles, conflicts.

Two rules conflict when both could win for one dealing: same supplier, level, target and quantity break, days in common,
and customers in common who are named equally narrowly. Which was entered first never decides anything.
"""

import re
from collections.abc import Callable, Container, Iterator
from functools import partial
from itertools import chain, pairwise, product

from inward.core.pricing.armslength import Comparable
from inward.core.pricing.limits import DAYS_MAX
from inward.core.pricing.methods import AMOUNTS, CREDITS, UNBOUNDED, Fixed, FixedFee, Free, Negotiated, Prorated, plain
from inward.core.pricing.rules import (
    Cost,
    Level,
    Limit,
    Offering,
    PriceRule,
    Scheme,
    Span,
    Tables,
    Target,
    TargetKind,
    TaxRate,
)
from inward.core.pricing.taxing import WITHIN_ENTITY
from inward.core.terms import Period, Rate, Reason, Refusal, decimal_text

_LIMIT_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""Short and plain, since counters are kept under it."""
_BENEFIT_KIND = re.compile(r"([a-z][a-z0-9_]{0,39})?")
"""As rules on taxable benefit name their kinds; which of them there are, each country's law says."""


def check(book: Tables) -> None:
    """Refusal with the place of what is wrong with the tables of a price book; nothing when all is well."""
    for fault in chain(_alone(book), _conflicts(book, ())):
        raise fault


def faults(book: Tables, *, standing: Container[str] = ()) -> list[Refusal]:
    """All that is wrong, each with its place: when every place is mended or left out, the same things are not wrong again.

    Of rules that conflict those stay whose ids are ``standing``, then those whose ids come first; the others are told, and
    what stays holds together. Conflicts are told once everything makes sense by itself, since a rule that falls takes its
    conflicts along.
    """
    return list(_alone(book)) or list(_conflicts(book, standing))


def _alone(book: Tables) -> Iterator[Refusal]:
    """What is wrong with each thing by itself, or with its neighbour of other days."""
    for look in chain(_looks(book), _neighbours(book)):
        try:
            look()
        except Refusal as fault:
            yield fault


def _looks(book: Tables) -> Iterator[Callable[[], None]]:
    """A look at each thing, in the order in which they name each other."""
    for category in book.categories:
        yield partial(_check_category, book, category)
    for offering in book.offerings.values():
        yield partial(_check_offering, book, offering)
    for cost in book.costs:
        yield partial(_check_cost, book, cost)
    for comparable in book.comparables:
        yield partial(_check_comparable, book, comparable)
    for tax in book.taxes:
        yield partial(_in_bounds, tax.rate, None, f"tax {tax.tax_code} of {tax.company}")
    for scheme in chain.from_iterable(book.scheme_versions.values()):
        yield partial(_check_scheme, book, scheme)
    for rule in book.rules:
        yield partial(_check_rule, book, rule)


def _check_category(book: Tables, category: str) -> None:
    """Every category above it is there, and it is none of them."""
    seen, above = {category}, book.categories[category]
    while above is not None:
        _require(above in book.categories, "unknown_category", above, f"category {category}")
        if above in seen:
            raise Refusal(Reason.of("category_cycle", category=category), where=f"category {category}")
        seen.add(above)
        above = book.categories[above]


def _check_offering(book: Tables, offering: Offering) -> None:
    known = offering.category == "" or offering.category in book.categories
    _require(known, "unknown_category", offering.category, f"offering {offering.id}")
    named = _BENEFIT_KIND.fullmatch(offering.benefit_kind) is not None
    _require(named, "benefit_kind_unfit", offering.benefit_kind, f"offering {offering.id}")


def _check_cost(book: Tables, cost: Cost) -> None:
    _require(cost.offering in book.offerings, "unknown_offering", cost.offering, f"cost of {cost.offering}")
    _not_negative(cost.price.minor < 0, f"cost of {cost.offering}")


def _check_comparable(book: Tables, comparable: Comparable) -> None:
    where = f"comparable {comparable.id}"
    _require(comparable.offering in book.offerings, "unknown_offering", comparable.offering, where)
    _not_negative(comparable.price.minor < 0, where)
    if not comparable.source:
        raise Refusal(Reason.of("comparable_without_source", comparable=comparable.id), where=where)


def _check_scheme(book: Tables, scheme: Scheme) -> None:
    _not_negative(_below_zero(scheme), f"scheme {scheme.id}")
    for target in (*scheme.included, *scheme.excluded):
        _check_target(book, target, f"scheme {scheme.id}")
    _check_limits(book, scheme)


def _check_rule(book: Tables, rule: PriceRule) -> None:
    """One rule by itself: what it names exists, and it is of a shape that can win."""
    where = f"price {rule.id}"
    _check_target(book, rule.target, where)
    if rule.quantity_min < 1:
        raise Refusal(Reason.of("quantity_break_below_one", rule=rule.id, quantity=rule.quantity_min), where=where)
    if (rule.level is Level.SCHEME) != (rule.scheme is not None):
        raise Refusal(Reason.of("scheme_and_level_differ", rule=rule.id), where=where)
    if rule.scheme is not None:
        _require(rule.scheme in book.schemes, "unknown_scheme", rule.scheme, where)
        if any(version.supplier != rule.supplier for version in book.scheme_versions[rule.scheme]):
            raise Refusal(Reason.of("scheme_of_another_supplier", rule=rule.id, scheme=rule.scheme), where=where)
    if rule.level is Level.LIST and (
        rule.scope.kinds or rule.scope.party is not None or not isinstance(rule.method, Fixed)
    ):
        raise Refusal(Reason.of("list_price_for_everybody", rule=rule.id), where=where)
    columns = plain(rule.method)
    if columns.value is not None and columns.name not in AMOUNTS:
        _in_bounds(Rate(columns.value), None if columns.name in UNBOUNDED else 100, where)
    _not_negative(any(price.minor < 0 for price in rule.prices), where)
    if len(currencies := sorted({price.currency for price in rule.prices})) > 1:
        raise Refusal(Reason.of("price_in_two_currencies", rule=rule.id, currencies=", ".join(currencies)), where=where)
    _check_agreed(rule, where)
    _check_credit(rule, where)


def _check_credit(rule: PriceRule, where: str) -> None:
    """A supplier is credited otherwise only by a rate for departments, which is charged, and by a method with one base."""
    if rule.credit is None:
        return
    columns = plain(rule.credit)
    kinds = rule.scope.kinds
    if rule.level is not Level.RATE or not kinds or not kinds <= WITHIN_ENTITY or isinstance(rule.method, Free):
        raise Refusal(Reason.of("credit_for_departments", rule=rule.id), where=where)
    if columns.name not in CREDITS or columns.includes_tax:
        raise Refusal(Reason.of("credit_method_unfit", rule=rule.id), where=where)
    if columns.value is not None and columns.name not in AMOUNTS:
        _in_bounds(Rate(columns.value), None if columns.name in UNBOUNDED else 100, where)


def _check_agreed(rule: PriceRule, where: str) -> None:
    """What was negotiated lies between its limits, and a fee for a whole line is nothing that an allowance could cut in two."""
    match rule.method:
        case Negotiated(price, low, high) if not low.minor <= price.minor <= high.minor:
            raise Refusal(Reason.of("price_beyond_limits", rule=rule.id, price=price, low=low, high=high), where=where)
        case Prorated(low, high, _) if low.minor > high.minor:
            raise Refusal(Reason.of("price_limits_backwards", rule=rule.id, low=low, high=high), where=where)
        case FixedFee() if rule.scheme is not None:
            raise Refusal(Reason.of("fee_not_for_schemes", rule=rule.id), where=where)


def _check_limits(book: Tables, scheme: Scheme) -> None:
    """Every limit of a scheme says how much, under a name of its own, and days and carrying over where they mean something."""
    where, known = f"scheme {scheme.id}", set[str]()
    for limit in scheme.limits:
        if not _LIMIT_ID.fullmatch(limit.id):
            raise Refusal(Reason.of("limit_id_unfit", id=limit.id), where=where)
        if limit.id in known:
            raise Refusal(Reason.of("id_twice", id=limit.id), where=where)
        known.add(limit.id)
        _check_target(book, limit.target, where)
        _check_limit(limit, where)


def _check_limit(limit: Limit, where: str) -> None:
    _check_pay_share(limit, where)
    if limit.money is None and limit.units is None and limit.pay_share is None:
        raise Refusal(Reason.of("limit_without_amount", limit=limit.id), where=where)
    _not_negative((0 if limit.money is None else limit.money.minor) < 0 or (limit.units or 0) < 0, where)
    if limit.span is Span.ROLLING and not 1 <= limit.days <= DAYS_MAX:
        raise Refusal(Reason.of("limit_days_missing", limit=limit.id, most=DAYS_MAX), where=where)
    if limit.span is not Span.ROLLING and limit.days:
        raise Refusal(Reason.of("limit_days_of_rolling", limit=limit.id), where=where)
    if limit.carry_over and limit.span in (Span.ORDER, Span.ROLLING):
        raise Refusal(Reason.of("limit_carries_periods", limit=limit.id), where=where)


def _check_pay_share(limit: Limit, where: str) -> None:
    """A share of pay is of a month's pay: for one order or a month, instead of money, nothing of it carried over."""
    if limit.pay_share is None:
        return
    fits = limit.span in (Span.ORDER, Span.MONTH) and limit.money is None and not limit.carry_over
    if not fits or not 0 < limit.pay_share.fraction <= 1:
        raise Refusal(Reason.of("limit_pay_share_unfit", limit=limit.id), where=where)


def _check_target(book: Tables, target: Target, where: str) -> None:
    if target.kind is TargetKind.ITEM:
        _require(target.id in book.offerings, "unknown_offering", target.id, where)
    elif target.kind is TargetKind.CATEGORY:
        _require(target.id in book.categories, "unknown_category", target.id, where)


def _neighbours(book: Tables) -> Iterator[Callable[[], None]]:
    """A look at each two costs of an offering, and rates of a tax code, that follow each other: one holds on any day."""
    for one, other in pairwise(book.costs):
        if one.offering == other.offering:
            yield partial(
                _part_in_time, one, other, Reason.of("costs_overlap", offering=one.offering), f"cost of {one.offering}"
            )
    for tax, following in pairwise(book.taxes):
        if (tax.company, tax.tax_code) == (following.company, following.tax_code):
            overlap = Reason.of("tax_rates_overlap", company=tax.company, tax_code=tax.tax_code)
            yield partial(_part_in_time, tax, following, overlap, f"tax {tax.tax_code} of {tax.company}")


def _part_in_time(one: Cost | TaxRate, other: Cost | TaxRate, overlap: Reason, where: str) -> None:
    if one.period.overlaps(other.period):
        raise Refusal(overlap, where=where)


def _conflicts(book: Tables, standing: Container[str]) -> Iterator[Refusal]:
    """For each rule that conflicts with one that stays, why."""
    rivals: dict[tuple[object, ...], list[PriceRule]] = {}
    for rule in book.rules:
        rank = (rule.supplier, rule.level, rule.target, rule.scope.party, bool(rule.scope.kinds), rule.quantity_min)
        rivals.setdefault(rank, []).append(rule)
    for group in rivals.values():
        stays: list[PriceRule] = []
        for rule in sorted(group, key=lambda rule: rule.id not in standing):
            conflict = next(filter(None, (_conflict(book, one, rule) for one in stays)), None)
            if conflict is None:
                stays.append(rule)
            else:
                yield conflict


def _conflict(book: Tables, one: PriceRule, other: PriceRule) -> Refusal | None:
    """Of two rules of one rank: why they cannot both hold, where they share a kind of customer and, under some versions of
    their schemes, a day; else None.
    """
    if not _share_kinds(one, other):
        return None
    for first, second in product(_schemes(book, one), _schemes(book, other)):
        both = _common_days(one, other, first, second)
        if both is not None and _share_staff(first, second):
            facts = {"rule": one.id, "other": other.id, "since": both.start, "until": both.until}
            return Refusal(Reason.of("price_rules_conflict", **facts), where=f"price {other.id}")
    return None


def _schemes(book: Tables, rule: PriceRule) -> tuple[Scheme | None, ...]:
    """The versions of the rule's scheme; None alone where it has none."""
    return (None,) if rule.scheme is None else book.scheme_versions[rule.scheme]


def _common_days(one: PriceRule, other: PriceRule, *schemes: Scheme | None) -> Period | None:
    both: Period | None = Period()
    for period in (one.period, other.period, *(scheme.period for scheme in schemes if scheme is not None)):
        both = None if both is None else both.intersection(period)
    return both


def _share_kinds(one: PriceRule, other: PriceRule) -> bool:
    return not one.scope.kinds or bool(one.scope.kinds & other.scope.kinds)


def _share_staff(first: Scheme | None, second: Scheme | None) -> bool:
    """Whether somebody could be entitled under both schemes."""
    if first is None or second is None or first is second:
        return True
    return (
        bool(first.work_kinds & second.work_kinds)
        and _share(first.employers, second.employers)
        and _share(first.lines_of_business, second.lines_of_business)
    )


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two lists have something in common, where an empty one names everything."""
    return not one or not other or bool(one & other)


def _require(known: bool, code: str, id: str, where: str) -> None:  # noqa: FBT001 - the fact's own name
    if not known:
        raise Refusal(Reason.of(code, id=id), where=where)


def _not_negative(negative: bool, where: str) -> None:  # noqa: FBT001 - a finding
    if negative:
        raise Refusal(Reason.of("price_negative"), where=where)


def _below_zero(scheme: Scheme) -> bool:
    """Whether the scheme grants less than nothing."""
    money = 0 if scheme.allowance_money is None else scheme.allowance_money.minor
    conduct = min(scheme.keep_days, scheme.cooling_days)
    return min(money, scheme.allowance_units or 0, scheme.tenure_months, scheme.leaving_days, conduct) < 0


def _in_bounds(rate: Rate, most: int | None, where: str) -> None:
    if rate.fraction < 0 or (most is not None and rate.percentage > most):
        raise Refusal(Reason.of("percent_out_of_bounds", value=decimal_text(rate.percentage)), where=where)
