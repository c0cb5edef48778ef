"""What would be if shares of ownership or work relationships were otherwise. Nothing is saved; nothing of other rooms changes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from inward.catalogue import queries as catalogue
from inward.core.classification import Kind, World, changed_days, reached, suppose
from inward.core.terms import Currency, Money
from inward.insight import policy
from inward.insight.differing import Difference, Posted, Prices, Verdicts
from inward.insight.suppositions import Supposition, supposed
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.parties import queries as parties
from inward.trade.supposed import dealt, placed

YEAR: Final = timedelta(days=365)
ROWS_MAX: Final = 50
"""So many dealings are named on the page, the newest; the download names all."""
PRICED_MAX: Final = 50_000
"""So many dealings that may differ are priced for the page, the newest: it is waited for. The download prices all."""
_COMPANIES_ASKED_MAX: Final = 2_000
"""Beyond so many companies every dealing is asked, rather than those of a list."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Dealings that would be of another kind, or priced otherwise: how many, and what would be paid for them by currency."""

    before: Kind | None
    after: Kind | None
    dealings: int
    paid_before: tuple[Money, ...]
    paid_after: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answer. ``asked`` dealings were looked at; of the ``may_differ``, ``priced`` were priced (fewer only where cut)."""

    suppositions: tuple[Supposition, ...]
    since: date
    until: date
    asked: int
    may_differ: int
    priced: int
    differ: int
    turns: tuple[Turn, ...]
    posted: tuple[Posted, ...]
    rows: tuple[Difference, ...]

    @property
    def cut(self) -> bool:
        """Whether not everything that may differ was priced."""
        return self.priced < self.may_differ


def what_if(*, viewer: Actor, at: datetime, suppositions: Sequence[Supposition]) -> WhatIf:
    """What would differ among the dealings of the year before ``at``. Refused for others than those who may ask;
    Refusal for what cannot be, such as more than the whole of a company.
    """
    require(policy.may_suppose(viewer, on=at.date()))
    question = _Question(suppositions, at)
    keys = list(question.may_differ())
    prices = Prices(question.before, question.after, catalogue.price_book())
    tally = _Tally()
    rows: list[Difference] = []
    for difference in prices.differences(dealt(keys[:PRICED_MAX])):
        tally.add(difference)
        if len(rows) < ROWS_MAX:
            rows.append(difference)
    return WhatIf(
        suppositions=tuple(suppositions),
        since=question.since,
        until=question.until,
        asked=question.asked,
        may_differ=len(keys),
        priced=min(len(keys), PRICED_MAX),
        differ=tally.count,
        turns=tally.turns(),
        posted=prices.posted(),
        rows=tuple(rows),
    )


def differences(*, viewer: Actor, at: datetime, suppositions: Sequence[Supposition]) -> Iterator[Difference]:
    """Every dealing of the year before ``at`` that would differ, newest first, priced as it is asked for; as ``what_if``."""
    require(policy.may_suppose(viewer, on=at.date()))
    question = _Question(suppositions, at)
    prices = Prices(question.before, question.after, catalogue.price_book())
    return prices.differences(dealt(question.may_differ()))


class _Question:
    """Two worlds, and the dealings of a year that may differ between them."""

    def __init__(self, suppositions: Sequence[Supposition], at: datetime) -> None:
        self.before: World = parties.world()  # without households: an answer would tell who lives with whom
        self.after: World = suppose(self.before, supposed(suppositions, self.before))
        self.until = at.date() + timedelta(days=1)
        self.since = self.until - YEAR
        self.asked = 0
        touched = (reached(self.before, self.after, definition=rule) for rule in self.before.rules)
        self._companies = frozenset().union(*touched)
        work = set(self.before.work_relationships) ^ set(self.after.work_relationships) if suppositions else set()
        self._people = frozenset(fact.person for fact in work)
        first = next(iter(changed_days(self.before, self.after)), None) if suppositions else self.until
        self._from = self.since if first is None else max(first, self.since)

    def may_differ(self) -> Iterator[int]:
        """The keys of the dealings that may differ, newest first."""
        if self._from >= self.until or not (self._companies or self._people):
            return
        verdicts = Verdicts(self.before, self.after, companies=self._companies, people=self._people)
        companies = None if len(self._companies) > _COMPANIES_ASKED_MAX else self._companies
        for each in placed(since=self._from, until=self.until, companies=companies, people=self._people):
            self.asked += 1
            if verdicts.may_differ(each):
                yield each.id


class _Tally:
    """Differences added up by how they turn."""

    def __init__(self) -> None:
        self._count: Counter[tuple[Kind | None, Kind | None]] = Counter()
        self._paid: dict[tuple[Kind | None, Kind | None, int, Currency], Money] = {}

    def add(self, difference: Difference) -> None:
        turn = (difference.before.kind, difference.after.kind)
        self._count[turn] += 1
        for place, side in enumerate((difference.before, difference.after)):
            if side.total is not None:
                key = (*turn, place, side.total.currency)
                self._paid[key] = self._paid.get(key, Money.zero(side.total.currency)) + side.total

    @property
    def count(self) -> int:
        return self._count.total()

    def turns(self) -> tuple[Turn, ...]:
        """The most frequent first."""
        return tuple(
            Turn(*turn, count, self._sums(turn, 0), self._sums(turn, 1)) for turn, count in self._count.most_common()
        )

    def _sums(self, turn: tuple[Kind | None, Kind | None], place: int) -> tuple[Money, ...]:
        found = (money for key, money in self._paid.items() if key[:3] == (*turn, place))
        return tuple(sorted(found, key=lambda money: money.currency))
