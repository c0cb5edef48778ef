"""What comes back when pieces are returned: the price of the sale, to the cent, in however many steps.

The pieces sold last (at the ordinary price, when an allowance ran out) come back first: whoever returns some keeps the
benefit she was entitled to, and the allowance is given back only when its own pieces return. Each part is spread over
its pieces, so that any sequence of returns adds up to the sale exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from inward.core.pricing.quoted import Basis, Part, QuotedLine
from inward.core.terms import Money, Reason, Refusal, spread


@dataclass(frozen=True, slots=True)
class AllowanceBack:
    """Pieces of a scheme that came back; money is the share of what its part drew, by price paid."""

    scheme: str
    money: Money
    units: int


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What is given back: positive amounts. ``cost`` is the absorbed cost of pieces that were free."""

    net: Money
    tax: Money
    gross: Money
    cost: Money | None
    allowances: tuple[AllowanceBack, ...]
    credited: Money | None = None
    """What the supplying department is debited again, where it was credited otherwise than the receiving one was charged."""


def given_back(line: QuotedLine, *, already: int, pieces: int) -> GivenBack:
    """What ``pieces`` more give back, after ``already`` have come back. Refusal for more than the line has, or none."""
    if pieces < 1 or already < 0 or already + pieces > line.quantity:
        raise Refusal(Reason.of("return_out_of_bounds", quantity=line.quantity, already=already, pieces=pieces))
    shares = list(_shares(line, already, pieces))
    zero = Money.zero(line.gross.currency)
    net = sum((share_of_part(part.net, part, first, count) for part, first, count in shares), start=zero)
    gross = sum((share_of_part(part.gross, part, first, count) for part, first, count in shares), start=zero)
    credited = None if line.credited is None else sum((_credit(*share) for share in shares), start=zero)
    return GivenBack(net, gross - net, gross, _cost(line, already, pieces), tuple(_allowances(shares)), credited)


def _shares(line: QuotedLine, already: int, pieces: int) -> Iterator[tuple[Part, int, int]]:
    """(part, pieces of it that came back before, pieces of it that come back now), last parts first."""
    passed = 0
    for part in reversed(line.parts):
        before = min(max(already - passed, 0), part.quantity)
        now = min(max(already + pieces - passed, 0), part.quantity) - before
        if now:
            yield part, before, now
        passed += part.quantity


def share_of_part(amount: Money, part: Part, before: int, count: int) -> Money:
    """The money of pieces ``before`` to ``before + count`` of the part, as the amount is spread over its pieces."""
    return Money(
        _up_to(amount.minor, part.quantity, before + count) - _up_to(amount.minor, part.quantity, before),
        amount.currency,
    )


def _credit(part: Part, before: int, count: int) -> Money:
    return share_of_part(part.net if part.credited is None else part.credited, part, before, count)


def _up_to(amount: int, quantity: int, count: int) -> int:
    """The money of the first ``count`` pieces."""
    return spread(amount, (count, quantity - count))[0]


def _cost(line: QuotedLine, already: int, pieces: int) -> Money | None:
    """The cost of the free pieces that come back, as the cost of all free pieces of the line is spread over them."""
    free = sum(part.quantity for part in line.parts if part.basis is Basis.FREE)
    before, now = (
        sum(count for part, _, count in _shares(line, 0, come) if part.basis is Basis.FREE)
        for come in (already, already + pieces)
    )
    if before == now or line.cost is None:
        return None
    absorbed = _up_to(line.cost.minor, line.quantity, free)
    return Money(_up_to(absorbed, free, now) - _up_to(absorbed, free, before), line.cost.currency)


def _allowances(shares: list[tuple[Part, int, int]]) -> Iterator[AllowanceBack]:
    for part, before, count in shares:
        if part.scheme is not None:
            yield AllowanceBack(
                part.scheme, share_of_part(part.gross if part.drawn is None else part.drawn, part, before, count), count
            )
