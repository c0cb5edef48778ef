"""Caps as they are used up in order of time: what each has counted, what another rule has borrowed, what is left."""

from dataclasses import dataclass, field

from inward.core.benefit.case import Employee, Purchase
from inward.core.benefit.law import Law, zero
from inward.core.benefit.rules import By, Cap, Per, Rule
from inward.core.benefit.stated import Room
from inward.core.terms import Money

Key = tuple[str, int, str, str]
"""Rule, place of the cap among its limits, window, employer: versions of a rule go on counting where the last one was."""


@dataclass(slots=True)
class _Counted:
    """What stands against one cap: ``used`` of itself, ``lent`` to another, and whether it was passed at some time."""

    used: Money
    lent: Money
    passed: bool = False


@dataclass(slots=True)
class Counting:
    """The caps of one person in one tax year."""

    law: Law
    year: int
    employee: Employee
    nothing: Money = field(init=False)
    """No money, of the country's: asked for at every step."""
    _counted: dict[Key, _Counted] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nothing = zero(self.law)

    def room(self, rule: Rule, place: int, cap: Cap, purchase: Purchase) -> Room | None:
        """What is left of a cap for a purchase; None where the cap is not for it."""
        amount = cap.amount(self.employee.facts | purchase.facts)
        if amount is None:
            return None
        key = self.key(rule, place, cap, purchase)
        counted, nothing = self._of(key), self.nothing
        left = nothing if counted.passed else max(amount - counted.used - counted.lent, nothing)
        lender = self._lender(cap, purchase)
        if lender is not None:
            left += lender[1].left
        return Room(rule.id, cap, key[2], key[3], amount, counted.used, counted.lent, left, counted.passed)

    def count(self, rule: Rule, place: int, cap: Cap, purchase: Purchase, money: Money) -> None:
        """Count money against a cap: its own first, the rest against the one it borrows from."""
        room = self.room(rule, place, cap, purchase)
        if room is None:
            return
        counted = self._of(self.key(rule, place, cap, purchase))
        lender = self._lender(cap, purchase)
        if lender is not None:
            own = max(room.amount - room.used - room.lent, self.nothing)
            borrowed = max(money - own, self.nothing)
            self._of(lender[0]).lent += borrowed
            money -= borrowed
        counted.used += money
        counted.passed = counted.passed or (cap.cliff and counted.used > room.amount)

    def key(self, rule: Rule, place: int, cap: Cap, purchase: Purchase) -> Key:
        """Against what a purchase counts."""
        window = str(self.year) if cap.per is Per.YEAR else f"{purchase.on:%Y-%m}"
        return rule.id, place, window, purchase.employer if cap.by is By.EMPLOYMENT else ""

    def _of(self, key: Key) -> _Counted:
        found = self._counted.get(key)
        if found is None:
            found = self._counted[key] = _Counted(self.nothing, self.nothing)
        return found

    def _lender(self, cap: Cap, purchase: Purchase) -> tuple[Key, Room] | None:
        """The cap that this one borrows from, and what is left of it."""
        lender = self.law.on(cap.borrows, purchase.on) if cap.borrows else None
        if lender is None:
            return None
        place, lent = lender.caps[0]
        room = self.room(lender, place, lent, purchase)
        return None if room is None else (self.key(lender, place, lent, purchase), room)
