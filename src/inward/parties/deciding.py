"""Which source decides where several speak of the same ownership: the one that is trusted most, and what it differs from.

Nothing is merged and nothing is dropped: every fact stays on record, the world takes those that decide, and a ``Difference``
names the others. The rules stand in docs/explanation/algorithms/sources.md. Pure: no database.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias, TypeVar

from inward.core.classification import ControlRight, Holding, RightKind, ShareClass, Shareholding
from inward.core.classification.shares import held
from inward.core.terms import Period
from inward.core.terms.period import boundaries
from inward.parties.vocabulary import SourceRank

_RANKS = {rank: place for place, rank in enumerate(SourceRank)}
_PARENT = frozenset({RightKind.CONSOLIDATION, RightKind.UNKNOWN_PARENT, RightKind.TOP})
"""What answers one question, who the closest parent is: one source answers it."""
_ONE_HOLDER = frozenset(
    {RightKind.ULTIMATE_CONSOLIDATION, RightKind.BRANCH, RightKind.FUND_MANAGER, RightKind.UMBRELLA, RightKind.MASTER}
)
_Fact = TypeVar("_Fact", Holding, Shareholding, ControlRight)
Fact: TypeAlias = Holding | ShareClass | Shareholding | ControlRight
Key: TypeAlias = tuple[str, str]
"""Which fact: its table ("holdings", "share_classes", "shareholdings", "control_rights") and its id."""
_TABLES = {
    Holding: "holdings",
    ShareClass: "share_classes",
    Shareholding: "shareholdings",
    ControlRight: "control_rights",
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose word a fact is: how far it is trusted, and the code of the outside source ("" for the house itself)."""

    rank: SourceRank = SourceRank.OWN_REGISTER
    register: str = ""

    @property
    def order(self) -> tuple[int, str]:
        """The smaller goes first; of two of one rank the house, then the code that comes first in the alphabet."""
        return _RANKS[self.rank], self.register


OWN = Speaker()


class About(Enum):
    """What two sources differ about."""

    SHARE = "SHARE"
    """How much one owner holds."""
    WHOLE = "WHOLE"
    """Together they would come to more than the whole."""
    CLASSES = "CLASSES"
    """Which classes of shares there are."""
    RIGHT = "RIGHT"
    """Who has power over the company, or whether anybody is above it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Sources say different things of ``company`` during ``period``: the facts that decide and those that give way."""

    about: About
    company: str
    period: Period
    decides: tuple[Key, ...]
    gives_way: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is said of ownership, by whomever; ``speakers`` by the keys of facts, the house where there is none."""

    holdings: Sequence[Holding] = ()
    share_classes: Sequence[ShareClass] = ()
    shareholdings: Sequence[Shareholding] = ()
    control_rights: Sequence[ControlRight] = ()
    speakers: Mapping[Key, Speaker] = field(default_factory=dict)

    def speaker(self, fact: Fact) -> Speaker:
        """Whose word it is."""
        return self.speakers.get(key(fact), OWN)


def key(fact: Fact) -> Key:
    """The table and id of a fact."""
    return _TABLES[type(fact)], fact.id


@dataclass(frozen=True, slots=True)
class Decided:
    """What the world takes, and where the sources differ."""

    holdings: tuple[Holding, ...]
    share_classes: tuple[ShareClass, ...]
    shareholdings: tuple[Shareholding, ...]
    control_rights: tuple[ControlRight, ...]
    differences: tuple[Difference, ...] = ()


def decided(told: Told) -> Decided:
    """What decides of everything that is said.

    1. The classes of a company: all of them from the most trusted source that tells any; shares of others give way.
    2. The shares, day by day: an owner's share from the most trusted source that tells it; one that would make more than
       the whole gives way, the smaller first.
    3. The rights, day by day: one answer to who the closest parent is, and one to each kind that has one holder.
    A fact that decides on some of its days only goes on under its id, later stretches with their first day added.
    """
    if not told.speakers:
        return Decided(
            tuple(told.holdings), tuple(told.share_classes), tuple(told.shareholdings), tuple(told.control_rights)
        )
    classes, differences = _classes(told)
    names = {each.id for each in classes}
    shareholdings = [each for each in told.shareholdings if each.share_class in names]
    days, more = _stakes(told, classes, shareholdings)
    right_days, last = _rights(told)
    return Decided(
        holdings=tuple(_pieces(told.holdings, days)),
        share_classes=tuple(classes),
        shareholdings=tuple(_pieces(shareholdings, days)),
        control_rights=tuple(_pieces(told.control_rights, right_days)),
        differences=(*differences, *more, *last),
    )


# --- classes -----------------------------------------------------------------------------------------------------------


def _classes(told: Told) -> tuple[list[ShareClass], list[Difference]]:
    by_company: dict[str, dict[Speaker, list[ShareClass]]] = defaultdict(lambda: defaultdict(list))
    for each in told.share_classes:
        by_company[each.company][told.speaker(each)].append(each)
    taken: list[ShareClass] = []
    differences = []
    for company, spoken in by_company.items():
        first, *others = sorted(spoken, key=lambda speaker: speaker.order)
        taken += spoken[first]
        said = {_class_says(each) for each in spoken[first]}
        for speaker in others:
            if {_class_says(each) for each in spoken[speaker]} != said:
                ids = tuple(map(key, spoken[first])), tuple(map(key, spoken[speaker]))
                differences.append(Difference(About.CLASSES, company, Period(), *ids))
    return taken, differences


def _class_says(each: ShareClass) -> tuple[Fraction, Fraction, Fraction, Period]:
    return each.issued, each.votes_each, each.dividend_each, each.period


# --- shares ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stake:
    """What one source says that one owner holds on a stretch of days, by the facts; low and high ends of votes."""

    speaker: Speaker
    owner: str
    facts: tuple[Key, ...]
    low: Fraction
    high: Fraction
    open: tuple[bool, bool] = (False, False)
    """Whether the share is more than the low end, less than the high end."""

    def agrees(self, other: "_Stake") -> bool:
        """Whether some share is what both say."""
        low, low_open = max((each.low, each.open[0]) for each in (self, other))
        high, high_closed = min((each.high, not each.open[1]) for each in (self, other))
        return low < high or (low == high and high_closed and not low_open)


_Days: TypeAlias = dict[Key, list[Period]]
"""The days on which a fact decides, where that is not all its days; nothing for a fact that always decides."""


def _stakes(
    told: Told, classes: Sequence[ShareClass], shareholdings: Iterable[Shareholding]
) -> tuple[_Days, list[Difference]]:
    spoken: dict[str, list[tuple[Holding | Shareholding, Holding]]] = defaultdict(list)
    for holding in told.holdings:
        spoken[holding.owned].append((holding, holding))
    by_company: dict[str, list[ShareClass]] = defaultdict(list)
    company_of = {each.id: each.company for each in classes}
    for each in classes:
        by_company[each.company].append(each)
    for shares in shareholdings:
        for holding in held(by_company[company_of[shares.share_class]], [shares]):
            spoken[holding.owned].append((shares, holding))
    days: _Days = {}
    differences: list[Difference] = []
    for company, facts in spoken.items():
        if len({told.speaker(fact) for fact, _ in facts}) == 1:
            continue
        days |= {key(fact): [] for fact, _ in facts}
        for stretch in _stretches(holding.period for _, holding in facts):
            standing = [(fact, holding) for fact, holding in facts if holding.period.covers(stretch)]
            taken = _take(_as_stakes(told, standing), company, stretch, differences)
            for fact in taken:
                days[fact].append(stretch)
    return days, _joined(differences)


def _as_stakes(told: Told, standing: Sequence[tuple[Holding | Shareholding, Holding]]) -> list[_Stake]:
    """By source, the most trusted first, and within it the larger first."""
    groups: dict[tuple[Speaker, str], list[tuple[Holding | Shareholding, Holding]]] = defaultdict(list)
    for fact, holding in standing:
        groups[told.speaker(fact), holding.owner].append((fact, holding))
    stakes = []
    for (speaker, owner), said in groups.items():
        low = sum((each.votes for _, each in said), Fraction(0))
        high = sum((each.votes_band.high if each.votes_band else each.votes for _, each in said), Fraction(0))
        bands = [each.votes_band for _, each in said if each.votes_band]
        ends = any(band.low_open for band in bands), any(band.high_open for band in bands)
        facts = tuple(dict.fromkeys(key(fact) for fact, _ in said))
        stakes.append(_Stake(speaker, owner, facts, low, high, ends))
    return sorted(stakes, key=lambda stake: (stake.speaker.order, -stake.low, stake.owner))


def _take(stakes: Sequence[_Stake], company: str, days: Period, differences: list[Difference]) -> list[Key]:
    taken: dict[str, _Stake] = {}
    for stake in stakes:
        before = taken.get(stake.owner)
        if before is not None:
            if not stake.agrees(before):
                differences.append(Difference(About.SHARE, company, days, before.facts, stake.facts))
        elif sum((each.low for each in taken.values()), stake.low) > 1:
            decides = tuple(fact for each in taken.values() for fact in each.facts)
            differences.append(Difference(About.WHOLE, company, days, decides, stake.facts))
        else:
            taken[stake.owner] = stake
    return [fact for stake in taken.values() for fact in stake.facts]


# --- rights ------------------------------------------------------------------------------------------------------------


def _rights(told: Told) -> tuple[_Days, list[Difference]]:
    asked: dict[tuple[str, ...], list[ControlRight]] = defaultdict(list)
    for right in told.control_rights:
        asked[_question(right)].append(right)
    days: _Days = {}
    differences: list[Difference] = []
    for rights in asked.values():
        if len({told.speaker(right) for right in rights}) == 1:
            continue
        days |= {key(right): [] for right in rights}
        for stretch in _stretches(right.period for right in rights):
            standing = [right for right in rights if right.period.covers(stretch)]
            for right in _answer(told, standing, stretch, differences):
                days[key(right)].append(stretch)
    return days, _joined(differences)


def _question(right: ControlRight) -> tuple[str, ...]:
    """What a right answers: two that answer the same are one source's to decide."""
    if right.kind in _PARENT:
        return "parent", right.target
    if right.kind in _ONE_HOLDER:
        return right.kind.value, right.target
    return right.kind.value, right.target, right.holder or "", right.over or ""


def _answer(
    told: Told, standing: Sequence[ControlRight], days: Period, differences: list[Difference]
) -> list[ControlRight]:
    by_speaker: dict[Speaker, list[ControlRight]] = defaultdict(list)
    for right in standing:
        by_speaker[told.speaker(right)].append(right)
    answers = [by_speaker[speaker] for speaker in sorted(by_speaker, key=lambda speaker: speaker.order)]
    for other in answers[1:]:
        if {_right_says(right) for right in other} != {_right_says(right) for right in answers[0]}:
            decides, gives_way = tuple(map(key, answers[0])), tuple(map(key, other))
            differences.append(Difference(About.RIGHT, standing[0].target, days, decides, gives_way))
    return answers[0] if answers else []


def _right_says(right: ControlRight) -> tuple[RightKind, str | None]:
    return right.kind, right.holder


# --- days --------------------------------------------------------------------------------------------------------------


def _stretches(periods: Iterable[Period]) -> Iterator[Period]:
    """The stretches of days between all beginnings and ends, from always to for ever."""
    edges: list[date | None] = [None, *boundaries(periods), None]
    for start, until in pairwise(edges):
        yield Period(start, until)


def _joined(differences: Sequence[Difference]) -> list[Difference]:
    """The same difference on stretches that follow each other is one."""
    whole: list[Difference] = []
    for each in sorted(differences, key=lambda d: (d.about.value, d.decides, d.gives_way, d.period.start or date.min)):
        last = whole[-1] if whole else None
        if last is not None and replace(last, period=each.period) == each and last.period.until == each.period.start:
            whole[-1] = replace(last, period=Period(last.period.start, each.period.until))
        else:
            whole.append(each)
    return whole


def _pieces(facts: Iterable[_Fact], days: _Days) -> Iterator[_Fact]:
    """Each fact for the days on which it decides."""
    for fact in facts:
        stretches: list[Period] = []
        for each in days.get(key(fact), [fact.period]):
            if stretches and stretches[-1].until == each.start:
                stretches[-1] = Period(stretches[-1].start, each.until)
            else:
                stretches.append(each)
        for place, period in enumerate(stretches):
            if period == fact.period:
                yield fact
            else:
                yield replace(fact, id=f"{fact.id}@{period.start}" if place else fact.id, period=period)
