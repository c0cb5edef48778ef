"""What changed between two statements of one person and year: after a return, a late purchase, a new offer or another law.

What was reported stays as it was; the difference is what is still to be said.
"""

from dataclasses import dataclass

from inward.core.benefit.stated import Statement
from inward.core.terms import Money


@dataclass(frozen=True, slots=True)
class Correction:
    """How much more of a purchase is exempt or taxable than was said before; less where negative."""

    purchase: str
    exempt: Money
    taxable: Money


def corrections(before: Statement, after: Statement) -> tuple[Correction, ...]:
    """The purchases of which something else is said now, by id; their sums are the differences of the two statements."""
    was = {line.purchase: (line.exempt, line.taxable) for line in before.lines}
    now = {line.purchase: (line.exempt, line.taxable) for line in after.lines}
    nothing = (Money.zero(before.taxable.currency), Money.zero(before.taxable.currency))
    found = []
    for purchase in sorted(was.keys() | now.keys()):
        old, new = was.get(purchase, nothing), now.get(purchase, nothing)
        if old != new:
            found.append(Correction(purchase, new[0] - old[0], new[1] - old[1]))
    return tuple(found)
