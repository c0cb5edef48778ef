"""What one cost centre bears of a dealing, divided over several: the same entries, with a line for each.

The parts are given, made by the one law of spreading; here they only have to add up. Tax and what is owed stay undivided.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from inward.core.bookkeeping.balance import balanced
from inward.core.bookkeeping.posting import Entry, PostingLine, Role
from inward.core.terms import Money, Reason, Refusal, spread

BORNE = frozenset({Role.COST_CENTRE_CHARGE, Role.INTERCOMPANY_PURCHASE})
"""What a cost centre bears of what it bought."""

Parts = Sequence[tuple[str, Money]]


def shared(entries: Iterable[Entry], parts: Parts) -> tuple[Entry, ...]:
    """The entries with what is borne divided over these cost centres, and a recovery set against each of them.

    Parts of nothing leave no line. Refusal (parts_do_not_add_up) unless the parts are all that is borne.
    """
    return tuple(_divided(entry, parts) for entry in entries)


def moved(borne: Parts, weights: Sequence[int], change: Money) -> Parts:
    """What each cost centre bears more, or (negative) less, when all of them together bear ``change`` more than ``borne``.

    What they bear then is their sum divided by the weights, so that it does not matter in how many steps it came about.
    """
    now = sum((amount.minor for _, amount in borne), start=change.minor)
    parts = zip(borne, spread(now, weights), strict=True)
    return tuple((centre, Money(then, change.currency) - amount) for (centre, amount), then in parts)


def _divided(entry: Entry, parts: Parts) -> Entry:
    lines: list[PostingLine] = []
    # What is credited otherwise than charged is one figure: there is no recovery from each.
    dual = any(line.role is Role.DUAL_DIFFERENCE for line in entry.lines)
    for line in entry.lines:
        if line.role in BORNE:
            lines += _over(line, parts)
        elif line.role is Role.COST_RECOVERY and not dual:
            lines += [replace(line, amount=-amount, counterparty=centre) for centre, amount in parts if amount]
        else:
            lines.append(line)
    return balanced(replace(entry, lines=tuple(lines)))


def _over(line: PostingLine, parts: Parts) -> list[PostingLine]:
    if sum(amount.minor for _, amount in parts) != line.amount.minor:
        raise Refusal(Reason.of("parts_do_not_add_up", amount=line.amount))
    return [replace(line, amount=amount, cost_centre=centre) for centre, amount in parts if amount]
