"""Which deductions of a pay run a limit by net pay no longer lets through: later parts of an order, and periods of what runs on, when
pay is less than it was. Reads only; docs/decisions/0179.

An order was let through by the pay of its month. What leaves the pay of a later month under the same limit comes to no more than the
same share of the pay of that month; what would pass it is put off, and the next run takes it up.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from inward.catalogue import queries as catalogue
from inward.core.pricing import PriceBook, Span
from inward.core.terms import Money, Rate, as_currency
from inward.parties import queries as parties
from inward.trade import instalments, models
from inward.trade.models import Order, PayLine

PUT_OFF = "limit_of_pay"
"""Why such a line is not taken, as it is kept with the line."""


@dataclass(frozen=True, slots=True)
class _Cap:
    """A monthly limit by net pay: its place, and the share."""

    scheme: str
    limit: str
    share: Rate


def put_off(deductions: Mapping[int, tuple[str, Money]], *, company: str, month: date) -> frozenset[int]:
    """The orders (by key, each with the person and what would leave her pay) whose deduction is put off in a pay month.

    Earlier orders go first. Nothing is put off that comes back, of whose payer nobody told the pay, or out of her last pay.
    """
    book, on = catalogue.price_book(), _last_day(month)
    limits = _limits(book, on)
    if not limits:
        return frozenset()
    last = instalments.last_months(company)
    due = {
        key: (person, amount)
        for key, (person, amount) in deductions.items()
        if amount.minor > 0 and month < last.get(person, date.max)
    }
    caps = {key: found for key, found in _caps_of(due, limits).items() if found}
    pays = _pays({due[key][0] for key in caps}, company, on)
    left = _left(caps, due, pays, company, month)
    return frozenset(key for key in sorted(caps) if not _take(left, due[key], caps[key]))


def _take(left: dict[tuple[str, _Cap], Money], due: tuple[str, Money], caps: Iterable[_Cap]) -> bool:
    """Whether every cap lets it through; then it takes of them."""
    person, amount = due
    asked = [(person, cap) for cap in caps if (person, cap) in left and left[person, cap].currency == amount.currency]
    if any(left[key] < amount for key in asked):
        return False
    for key in asked:
        left[key] -= amount
    return True


def _left(
    caps: Mapping[int, Collection[_Cap]],
    due: Mapping[int, tuple[str, Money]],
    pays: Mapping[str, Money],
    company: str,
    month: date,
) -> dict[tuple[str, _Cap], Money]:
    """What each cap lets through of a person's pay of the month, less what earlier runs of the month told under it."""
    found = {
        (person, cap): _share(cap.share, pays[person])
        for key, of_one in caps.items()
        for cap in of_one
        if (person := due[key][0]) in pays
    }
    told = PayLine.objects.filter(
        run__company_id=parties.keys()[company], run__month=month, kind="DEDUCTION", rejected_at=None
    )
    codes = parties.known().codes
    before = [
        (order, codes[person], Money(minor, as_currency(currency)))
        for order, person, minor, currency in told.values_list("order_id", "person_id", "amount_minor", "currency")
    ]
    of_before = _caps_of([order for order, _, _ in before], [cap for _, cap in found])
    for order, person, amount in before:
        for cap in of_before.get(order, ()):
            if (person, cap) in found and found[person, cap].currency == amount.currency:
                found[person, cap] -= amount
    return found


def _share(share: Rate, month: Money) -> Money:
    """A share of a month's pay, below the exact share by less than one smallest unit."""
    return replace(month, minor=month.minor * share.fraction.numerator // share.fraction.denominator)


def _limits(book: PriceBook, on: date) -> list[_Cap]:
    """The monthly limits by net pay that some scheme has on a day."""
    schemes = (book.scheme_on(code, on) for code in book.scheme_versions)
    return [
        _Cap(scheme.id, limit.id, limit.pay_share)
        for scheme in schemes
        for limit in scheme.limits
        if limit.pay_share is not None and limit.span is Span.MONTH
    ]


def _caps_of(orders: Iterable[int], limits: Iterable[_Cap]) -> dict[int, list[_Cap]]:
    """Under which of these limits orders were let through: what they drew on is kept with them."""
    by_place = {(cap.scheme, cap.limit): cap for cap in limits}
    found: dict[int, list[_Cap]] = defaultdict(list)
    for key, drawn in Order.objects.filter(pk__in=list(orders)).values_list("pk", "allowances"):
        places = dict.fromkeys((plain["scheme"], plain.get("limit", "")) for plain in drawn)
        found[key] = [by_place[place] for place in places if place in by_place]
    return found


def _pays(people: Collection[str], company: str, on: date) -> dict[str, Money]:
    """What these people net a month at the company, of those of whom it is told."""
    keys, codes = parties.keys(), parties.known().codes
    rows = (
        models.NetPay.objects.current()
        .on(on)
        .filter(company_id=keys[company], person_id__in=[keys[person] for person in people])
    )
    told = rows.values_list("person_id", "amount_minor", "currency")
    return {codes[key]: Money(minor, as_currency(currency)) for key, minor, currency in told}


def _last_day(month: date) -> date:
    first = month.replace(day=1)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
