"""How an order is shared over cost centres: read from a wish, divided by the one law of spreading, and divided anew with what becomes
of the order. Why it is so: docs/decisions/0181.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from inward.core.bookkeeping.sharing import moved
from inward.core.terms import Money, Reason, Refusal, spread
from inward.core.terms.money import as_currency
from inward.kit.ids import new_id
from inward.kit.writing import Rows
from inward.parties import queries as parties
from inward.parties.queries import Named

SHARES_MOST = 20
HUNDRED = 100
WEIGHT_MOST = 10**16
_SHARE = {
    "id": "bigint",
    "order_id": "bigint",
    "position": "smallint",
    "centre_id": "bigint",
    "weight": "bigint",
    "bears_minor": "bigint",
}


@dataclass(frozen=True, slots=True)
class Share:
    """What a cost centre is to bear of an order: so many ``percent``, or this ``amount`` of what it costs without tax.

    ``weight`` is its weight among those of all, in place of both: what was decided with a standing order holds for each part of it.
    """

    centre: str
    percent: Fraction | None = None
    amount: Money | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """A share as it was decided: its weight among the weights of all, and what the centre bears."""

    centre: str
    weight: int
    bears: Money


@dataclass(frozen=True, slots=True)
class SharedView:
    """A share of a stored order: what the centre bears now, and its part in percent."""

    centre: Named
    percent: Fraction
    bears: Money


def decided(shares: Sequence[Share], net: Money) -> tuple[Shared, ...]:
    """The shares of an order that costs so much without tax. Refusal where they cannot be, or are not all of it.

    Percents have at most four decimals; amounts are in the currency of the order.
    """
    centres = [share.centre for share in shares]
    if not 2 <= len(shares) <= SHARES_MOST or len(set(centres)) != len(centres):  # noqa: PLR2004 - one share is none
        raise Refusal(Reason.of("shares_unfit", most=SHARES_MOST), where="shares")
    weights = [share.weight for share in shares if share.weight is not None] or _typed(shares, net)
    parts = spread(net.minor, weights)
    return tuple(
        Shared(centre, weight, Money(part, net.currency))
        for centre, weight, part in zip(centres, weights, parts, strict=True)
    )


def share_rows(order: int, shares: Sequence[Shared], *, keys: Mapping[str, int]) -> Rows:
    """The shares of a new order as rows."""
    rows = tuple(
        (new_id(), order, position, keys[share.centre], share.weight, share.bears.minor)
        for position, share in enumerate(shares, 1)
    )
    return Rows("trade_ordershare", tuple(_SHARE), tuple(_SHARE.values()), rows)


def open_to(company: str, *, on: date) -> tuple[Named, ...]:
    """The cost centres among which what a company buys may be shared on a day: the company, and its departments by name."""
    world = parties.world()
    units = (
        code
        for code, facts in world.unit.items()
        if any(fact.company == company and on in fact.period for fact in facts)
    )
    found = sorted((parties.told(code, parties.name_on(code, on)) for code in units), key=lambda each: each.name)
    return (parties.told(company, parties.name_on(company, on)), *found)


def weighed(order: Any) -> tuple[Share, ...]:
    """The shares of a stored order as another order takes them, by their weights; none where one centre bears all of it."""
    return tuple(Share(row.centre.code, weight=row.weight) for row in _rows(order))


def of_order(order: Any) -> tuple[SharedView, ...]:
    """The shares of a stored order as they are shown; none where one centre bears all of it, or nobody does."""
    rows = _rows(order)
    whole = sum(row.weight for row in rows)
    currency = as_currency(order.currency)
    return tuple(
        SharedView(parties.named(row.centre), Fraction(row.weight, whole), Money(row.bears_minor, currency))
        for row in rows
    )


def held(order: Any) -> tuple[tuple[str, Money], ...]:
    """What each centre bears of a stored order now."""
    currency = as_currency(order.currency)
    return tuple((row.centre.code, Money(row.bears_minor, currency)) for row in _rows(order))


def change(order: Any, amount: Money) -> tuple[tuple[str, Money], ...]:
    """What each centre bears more (or less) when the order costs so much more (or less) than now; none where it is not shared."""
    rows = _rows(order)
    borne = [(row.centre.code, Money(row.bears_minor, amount.currency)) for row in rows]
    return tuple(moved(borne, [row.weight for row in rows], amount)) if rows else ()


def keep(order: Any, amount: Money) -> None:
    """Keep what each centre bears after that change. In the transaction of the act, under the lock of its order."""
    for row, (_, part) in zip(_rows(order), change(order, amount), strict=True):
        if part:
            row.bears_minor += part.minor
            row.save(update_fields=["bears_minor"])


def _rows(order: Any) -> list[Any]:
    return list(order.shares.select_related("centre").order_by("position"))


def _typed(shares: Sequence[Share], net: Money) -> list[int]:
    """The weights of shares as somebody typed them: all in amounts, or all in percent."""
    return _amounts(shares, net) if all(share.percent is None for share in shares) else _percents(shares)


def _percents(shares: Sequence[Share]) -> list[int]:
    """Weights in ten-thousandths of a percent."""
    given = [share.percent for share in shares]
    weights = [Fraction(0) if percent is None else percent * 10_000 for percent in given]
    if None in given or any(weight.denominator != 1 or weight <= 0 for weight in weights):
        raise Refusal(Reason.of("shares_unfit", most=SHARES_MOST), where="shares")
    if sum(weights) != HUNDRED * 10_000:
        raise Refusal(Reason.of("shares_not_whole", sum=str(float(sum(weights) / 10_000))), where="shares")
    return [int(weight) for weight in weights]


def _amounts(shares: Sequence[Share], net: Money) -> list[int]:
    amounts = [share.amount for share in shares if share.amount is not None]
    strange = len(amounts) != len(shares) or any(amount.currency != net.currency for amount in amounts)
    if strange or any(not 0 < amount.minor <= WEIGHT_MOST for amount in amounts):
        raise Refusal(Reason.of("shares_unfit", most=SHARES_MOST), where="shares")
    whole = sum(amounts, start=Money.zero(net.currency))
    if whole != net:
        raise Refusal(Reason.of("shares_not_amount", sum=whole, total=net), where="shares")
    return [amount.minor for amount in amounts]
