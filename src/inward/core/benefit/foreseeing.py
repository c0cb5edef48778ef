"""Before buying: what is left, what a purchase would make taxable, and a warning where it passes a limit.

Above all for a cliff: there one purchase more makes taxable what was exempt before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from inward.core.benefit.case import Case, Purchase
from inward.core.benefit.correcting import Correction, corrections
from inward.core.benefit.law import Law
from inward.core.benefit.reckoning import Reckoned, statement
from inward.core.benefit.rules import Rule
from inward.core.benefit.stated import Line, Room, Statement
from inward.core.benefit.valuing import rule_for
from inward.core.terms import Fact, Money, Reason


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a purchase would do: ``added`` becomes taxable by it, of earlier purchases too (``reached_back``)."""

    before: Statement
    after: Statement
    added: Money
    reached_back: tuple[Correction, ...]
    warnings: tuple[Reason, ...]


def rooms(*, law: Law, case: Case, purchase: Purchase, as_of: date | None = None) -> tuple[Rule, tuple[Room, ...]]:
    """The rule a purchase would come under, and what is left of its caps before it. Its values are not looked at."""
    rule, _ = rule_for(law, case, purchase)
    reckoned = Reckoned.of(law, law.year_of(purchase.on), case, as_of)
    found = (reckoned.counting.room(rule, place, cap, purchase) for place, cap in rule.caps)
    return rule, tuple(room for room in found if room is not None)


def foreseen(*, law: Law, case: Case, purchase: Purchase, more: tuple[Purchase, ...] = ()) -> Foreseen:
    """What the purchase, with ``more`` of the same tax year beside it, would do to the statement; nothing is changed."""
    year, coming = law.year_of(purchase.on), (purchase, *more)
    before = statement(law=law, year=year, case=case)
    after = statement(law=law, year=year, case=replace(case, purchases=(*case.purchases, *coming)))
    changed = corrections(before, after)
    ids = {each.id for each in coming}
    back = tuple(each for each in changed if each.purchase not in ids)
    lines = [line for line in after.lines if line.purchase in ids]
    return Foreseen(before, after, after.taxable - before.taxable, back, tuple(_warnings(before, after, lines)))


def _warnings(before: Statement, after: Statement, lines: Sequence[Line]) -> list[Reason]:
    """What becomes taxable, said once: of a cliff where one is passed, else of the first line that is taxed."""
    added = after.taxable - before.taxable
    if added <= Money.zero(added.currency):
        return []
    for line in lines:
        cliff = next((room for room in _rooms(after, line.rule) if room.passed), None)
        if cliff is not None:
            facts: dict[str, Fact] = {"rule": line.rule.id, "amount": cliff.amount, "total": cliff.used, "added": added}
            passed_before = any(room.passed for room in _rooms(before, line.rule))
            return [Reason.of("benefit_cliff_passed_before" if passed_before else "benefit_would_pass_cliff", **facts)]
    first = next((line for line in lines if line.taxable), lines[0])
    return [Reason.of("benefit_would_be_taxable", rule=first.rule.id, taxable=added, **_limit(first))]


def _rooms(told: Statement, rule: Rule) -> tuple[Room, ...]:
    return tuple(room for total in told.by_rule if total.rule.id == rule.id for room in total.rooms)


def _limit(line: Line) -> dict[str, Money]:
    amount = line.why[-1].facts.get("amount")
    return {"amount": amount} if isinstance(amount, Money) else {}
