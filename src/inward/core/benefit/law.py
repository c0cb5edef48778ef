"""The rules of one country, checked: no two versions of a rule on one day, and of two rules for one thing one goes first.

Nothing that cannot be true comes in: a refusal names the rule, and the other one where two are at odds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from inward.core.benefit.rules import By, Cap, Exempts, Rule
from inward.core.terms import Currency, Money, Period, Reason, Refusal, as_currency


@dataclass(frozen=True, slots=True)
class Law:
    """All versions of all rules of a country, by rank, id and day. Money is in ``currency``."""

    jurisdiction: str
    currency: Currency
    year_starts: tuple[int, int]
    rules: tuple[Rule, ...]

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "Law":
        """The law that these rules make, in whatever order they come. Refusal where they cannot all be true."""
        ordered = tuple(sorted(rules, key=lambda rule: (rule.rank, rule.id, rule.begins())))
        if not ordered:
            raise Refusal(Reason.of("benefit_law_empty"))
        first = ordered[0]
        law = cls(first.jurisdiction, as_currency(first.currency), first.year_starts, ordered)
        for rule in ordered:
            law._check(rule)
        for one, other in combinations(ordered, 2):
            _check_apart(one, other)
        return law

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of benefit that some rule covers."""
        return tuple(sorted({kind for rule in self.rules for kind in rule.covers}))

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that some rule asks about."""
        return tuple(sorted({fact for rule in self.rules for fact in rule.facts}))

    def covering(self, kind: str, on: date) -> tuple[Rule, ...]:
        """The rules for a kind of benefit on a day, by rank."""
        return tuple(rule for rule in self.rules if kind in rule.covers and on in rule.period)

    def shared(self, kind: str, on: date) -> bool:
        """Whether something of this kind may count against a cap of a month or year that all employers of a person share."""
        return any(cap.by is By.PERSON for rule in self.covering(kind, on) for _, cap in rule.caps)

    def on(self, id_: str, day: date) -> Rule | None:
        """The version of a rule that holds on a day, if one does."""
        return next((rule for rule in self.rules if rule.id == id_ and day in rule.period), None)

    def year(self, year: int) -> Period:
        """The tax year that begins in the calendar year ``year``."""
        return Period(date(year, *self.year_starts), date(year + 1, *self.year_starts))

    def year_of(self, day: date) -> int:
        """The tax year a day lies in, by the calendar year in which it begins."""
        return day.year if (day.month, day.day) >= self.year_starts else day.year - 1

    def _check(self, rule: Rule) -> None:
        if (rule.jurisdiction, rule.currency, rule.year_starts) != (self.jurisdiction, self.currency, self.year_starts):
            raise Refusal(Reason.of("benefit_rules_of_two_countries", rule=rule.id, other=self.rules[0].id))
        if (rule.exempts is Exempts.WITHIN_LIMITS) != bool(rule.limits):
            raise Refusal(Reason.of("benefit_limits_and_exempts_differ", rule=rule.id))
        for limit in rule.limits:
            if isinstance(limit, Cap):
                self._check_cap(rule, limit)

    def _check_cap(self, rule: Rule, cap: Cap) -> None:
        if not cap.tiers or any(tier.amount.minor < 0 for tier in cap.tiers):
            raise Refusal(Reason.of("benefit_cap_unfit", rule=rule.id))
        if not cap.borrows:
            return
        lenders = [other for other in self.rules if other.id == cap.borrows]
        fit = [other for other in lenders if len(other.caps) == 1 and not other.caps[0][1].borrows]
        alike = [other for other in fit if (other.caps[0][1].per, other.caps[0][1].by) == (cap.per, cap.by)]
        if not lenders or len(alike) < len(lenders) or cap.cliff:
            raise Refusal(Reason.of("benefit_cap_cannot_borrow", rule=rule.id, other=cap.borrows))


def _check_apart(one: Rule, other: Rule) -> None:
    """Two versions of one rule share no day; two rules of one rank for one kind share none either."""
    both = one.period.intersection(other.period)
    if both is None:
        return
    same_place = one.rank == other.rank and one.covers & other.covers
    if one.id == other.id or same_place:
        facts = {"rule": one.id, "other": other.id, "since": both.start, "until": both.until}
        raise Refusal(Reason.of("benefit_rules_overlap", **facts), where=f"rule {other.id}")


def zero(law: Law) -> Money:
    """Nothing, in the country's money."""
    return Money.zero(law.currency)
