"""What follows when pieces bought under a scheme are given away or sold: the saving is repaid until the last day of keeping.

Pieces count from the first part of the line on (those at staff price), while returns count from the last; the repayment of a
part is spread over its pieces, so that any sequence adds up to it. docs/decisions/0167.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from inward.core.pricing.quoted import Part, QuotedLine
from inward.core.pricing.returning import share_of_part
from inward.core.terms import Money, Reason, Refusal


@dataclass(frozen=True, slots=True)
class Repaid:
    """What pieces cost more: ``parts`` are (place of the part, pieces) of those that are repaid."""

    net: Money
    tax: Money
    parts: tuple[tuple[int, int], ...]

    @property
    def gross(self) -> Money:
        """With tax."""
        return self.net + self.tax


def repaid(line: QuotedLine, *, already: int, pieces: int, on: date) -> Repaid:
    """What is repaid for ``pieces`` more that are given away on a day, after ``already``. Refusal for more than the line has."""
    if pieces < 1 or already < 0 or already + pieces > line.quantity:
        raise Refusal(Reason.of("return_out_of_bounds", quantity=line.quantity, already=already, pieces=pieces))
    net = tax = Money.zero(line.gross.currency)
    parts: list[tuple[int, int]] = []
    for place, part, before, count in _shares(line, already, pieces):
        kept = part.kept
        if kept is None or kept.repay_net is None or kept.repay_tax is None or on > kept.until:
            continue
        net += share_of_part(kept.repay_net, part, before, count)
        tax += share_of_part(kept.repay_tax, part, before, count)
        parts.append((place, count))
    return Repaid(net, tax, tuple(parts))


def _shares(line: QuotedLine, already: int, pieces: int) -> Iterator[tuple[int, Part, int, int]]:
    """(place, part, pieces of it that went before, pieces of it that go now), first parts first."""
    passed = 0
    for place, part in enumerate(line.parts):
        before = min(max(already - passed, 0), part.quantity)
        now = min(max(already + pieces - passed, 0), part.quantity) - before
        if now:
            yield place, part, before, now
        passed += part.quantity
