"""The statement: purchases in order of time, each under its rule, caps used up as they go, cliffs and group test last.

Everything is reckoned from the start each time. So a return, a late purchase or a new offer reaches back by itself, and
what changed is the difference of two statements (``correcting``).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inward.core.benefit.case import Case
from inward.core.benefit.counting import Counting
from inward.core.benefit.law import Law, zero
from inward.core.benefit.rules import Exempts, GroupTest, Limit, Over, Per, PriceShare
from inward.core.benefit.stated import Line, Room, RuleSum, Statement
from inward.core.benefit.valuing import Valued, valued
from inward.core.terms import Money, Rate, Reason, Refusal, UnitPrice, rounded


def statement(*, law: Law, year: int, case: Case, as_of: date | None = None) -> Statement:
    """What is taxable of a person's purchases in the tax year that begins in ``year``, as of a day (None: all known).

    Refusal for input that cannot be, and for what nobody has said: a value, last year's accounts, pay where a group test
    asks for it, a rule for the kind and day.
    """
    reckoned = Reckoned.of(law, year, case, as_of)
    lines = tuple(reckoned.lines())
    nothing = zero(law)
    return Statement(
        jurisdiction=law.jurisdiction,
        year=year,
        lines=lines,
        by_rule=tuple(reckoned.sums(lines)),
        benefit=sum((line.benefit for line in lines), start=nothing),
        exempt=sum((line.exempt for line in lines), start=nothing),
        taxable=sum((line.taxable for line in lines), start=nothing),
    )


@dataclass(slots=True)
class Reckoned:
    """A year's purchases after the caps were used up, before cliffs are looked back on."""

    law: Law
    case: Case
    counting: Counting
    _limited: list[tuple[Valued, Money, tuple[Reason, ...]]]

    @classmethod
    def of(cls, law: Law, year: int, case: Case, as_of: date | None = None) -> "Reckoned":
        """Go through the purchases in order of time."""
        reckoned = cls(law, case, Counting(law, year, case.employee), [])
        for each in valued(law, case, year, as_of):
            exempt, why = reckoned._exempt(each)
            reckoned._limited.append((each, exempt, why))
        return reckoned

    def lines(self) -> Iterable[Line]:
        """The lines of the statement."""
        for each, exempt, why in self._limited:
            passed = self._passed(each)
            if passed is not None and exempt:
                yield self._line(each, self.counting.nothing, (*why[:-1], passed))
            else:
                yield self._line(each, exempt, why)

    def sums(self, lines: Iterable[Line]) -> Iterable[RuleSum]:
        """The sums of each version of a rule, by rank, id and day, with what is left of its caps."""
        found: dict[tuple[int, str, date], list[tuple[Line, Valued]]] = defaultdict(list)
        for line, (each, _, _) in zip(lines, self._limited, strict=True):
            found[line.rule.rank, line.rule.id, line.rule.begins()].append((line, each))
        return (self._sum(found[key]) for key in sorted(found))

    def _sum(self, lines: Sequence[tuple[Line, Valued]]) -> RuleSum:
        """The sum of lines under one version of a rule; a cap is told once, however many lines count against it."""
        nothing = self.counting.nothing
        rooms: dict[
            tuple[int, str, str, int, int], Room
        ] = {}  # what a cap is, is long to compare: its place stands for it
        for _, each in lines:
            for place, cap in each.rule.caps:
                room = self.counting.room(each.rule, place, cap, each.purchase)
                if room is not None:
                    rooms[place, room.window, room.employer, room.amount.minor, room.left.minor] = room
        return RuleSum(
            rule=lines[0][0].rule,
            benefit=sum((line.benefit for line, _ in lines), start=nothing),
            exempt=sum((line.exempt for line, _ in lines), start=nothing),
            taxable=sum((line.taxable for line, _ in lines), start=nothing),
            rooms=tuple(dict.fromkeys(rooms.values())),
        )

    def _line(self, each: Valued, exempt: Money, why: tuple[Reason, ...]) -> Line:
        return Line(
            purchase=each.purchase.id,
            on=each.purchase.on,
            kind=each.purchase.kind,
            employer=each.purchase.employer,
            rule=each.rule,
            basis=each.basis,
            value=each.value,
            paid=each.paid,
            benefit=each.benefit,
            exempt=exempt,
            taxable=each.benefit - exempt,
            why=(*each.passed_over, *why),
        )

    def _exempt(self, each: Valued) -> tuple[Money, tuple[Reason, ...]]:
        """What is exempt before cliffs are looked back on, counted against the caps; the last reason tells the end."""
        rule, benefit = each.rule, each.benefit
        if not benefit:
            return benefit, (Reason.of("benefit_none", rule=rule.id, basis=each.basis.value),)
        if rule.exempts is Exempts.NOTHING:
            return self.counting.nothing, (Reason.of("benefit_nothing_exempt", rule=rule.id),)
        if rule.group_test is not None and self._loses_all(rule.group_test, each):
            return self.counting.nothing, (Reason.of("benefit_group_test", rule=rule.id),)
        exempt, why = benefit, Reason.of("benefit_all_exempt", rule=rule.id)
        for place, limit in enumerate(rule.limits):
            exempt, why = self._limit(each, place, limit, exempt, why)
        for place, cap in rule.caps:
            self.counting.count(rule, place, cap, each.purchase, benefit if cap.cliff else exempt)
        return exempt, (why,)

    def _limit(self, each: Valued, place: int, limit: Limit, exempt: Money, why: Reason) -> tuple[Money, Reason]:
        """The exempt amount under one limit more, and the reason where it is what holds it back."""
        rule = each.rule
        if isinstance(limit, PriceShare):
            percent = limit.percent or self._gross_profit(each)
            most = rounded(UnitPrice.from_money(each.price or self.counting.nothing).times(percent.fraction))
            told = Reason.of("benefit_above_share", rule=rule.id, percent=percent, exempt=most)
            return (most, told) if most < exempt else (exempt, why)
        room = self.counting.room(rule, place, limit, each.purchase)
        if room is None or limit.cliff:
            return exempt, why
        measured = exempt
        if limit.per is Per.PURCHASE:
            room, measured = replace(room, left=room.amount), each.benefit
        if limit.over is Over.EXCESS:
            told = Reason.of("benefit_above_cap", rule=rule.id, amount=room.amount, left=room.left)
            return (room.left, told) if room.left < exempt else (exempt, why)
        fits = measured <= room.left
        told = Reason.of("benefit_does_not_fit", rule=rule.id, amount=room.amount, left=room.left)
        return (exempt, why) if fits else (self.counting.nothing, told)

    def _passed(self, each: Valued) -> Reason | None:
        """The cliff that a purchase counts against and that was passed, by it or by another."""
        for place, cap in each.rule.caps:
            room = self.counting.room(each.rule, place, cap, each.purchase) if cap.cliff else None
            if room is not None and room.passed:
                return Reason.of("benefit_cliff_passed", rule=room.rule, amount=room.amount, total=room.used)
        return None

    def _gross_profit(self, each: Valued) -> Rate:
        year = self.counting.year - 1
        bought = each.purchase
        found = self.case.gross_profit(employer=bought.employer, line_of_business=bought.line_of_business, year=year)
        if found is None:
            facts = {"rule": each.rule.id, "year": str(year), "line": bought.line_of_business or None}
            raise Refusal(Reason.of("benefit_accounts_missing", **facts), where=bought.id)
        return found

    def _loses_all(self, test: GroupTest, each: Valued) -> bool:
        """Whether this person is highly paid and the employer's offers of this kind favour those who are."""
        if not self.case.favours_highly_paid(each.purchase.kind):
            return False
        employee = self.case.employee
        if employee.highly_paid is not None:
            return employee.highly_paid
        year, rule = self.counting.year - 1, each.rule.id
        threshold = test.threshold(year)
        if threshold is None:
            raise Refusal(Reason.of("benefit_threshold_missing", rule=rule, year=str(year)), where=each.purchase.id)
        if employee.pay_before is None:
            raise Refusal(Reason.of("benefit_pay_missing", rule=rule, year=str(year)), where=each.purchase.id)
        return employee.pay_before > threshold
