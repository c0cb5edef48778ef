"""How rules on taxable benefit that were loaded stand among those that ship, and how a new version takes its place. Pure.

Day by day what was loaded goes before what ships. Among loaded versions of a rule a new one takes over from the one that runs
on its first day; anything else that would share a day with it is refused by name.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from inward.core.benefit import Law, Rule
from inward.core.terms import Period, Reason, Refusal


def overlaid(shipped: Iterable[Rule], loaded: Sequence[Rule]) -> tuple[Rule, ...]:
    """All versions: those that were loaded, and those that ship on the days no loaded version of the rule has."""
    found = list(loaded)
    for rule in shipped:
        days = [rule.period]
        for other in loaded:
            if other.id == rule.id:
                days = [part for period in days for part in _without(period, other.period)]
        found += [replace(rule, period=period) for period in days]
    return tuple(found)


def _without(period: Period, taken: Period) -> list[Period]:
    """The days of a period before and after those that are taken."""
    both = period.intersection(taken)
    if both is None:
        return [period]
    parts = []
    if both.start is not None and both.start != period.start:
        parts.append(Period(period.start, both.start))
    if both.until is not None and both.until != period.until:
        parts.append(Period(both.until, period.until))
    return parts


@dataclass(frozen=True, slots=True)
class Placed:
    """What becomes of the versions of a country: keys of those that are ``replaced`` and of those that end, with the day;
    ``fresh`` versions to keep, and ``same``: versions that say what is known already.
    """

    replaced: frozenset[Hashable]
    ends: Mapping[Hashable, date]
    fresh: tuple[Rule, ...]
    same: tuple[Rule, ...]

    def after(self, running: Mapping[Hashable, Rule]) -> tuple[Rule, ...]:
        """The loaded versions as they will be."""
        kept = []
        for key, rule in running.items():
            if key not in self.replaced:
                until = self.ends.get(key)
                kept.append(rule if until is None else replace(rule, period=Period(rule.period.start, until)))
        return (*kept, *self.fresh)


def placed(running: Mapping[Hashable, Rule], coming: Iterable[Rule]) -> Placed:
    """The place of versions that come in among those that were loaded before, by key.

    Refusal, naming both, for one that would share days with a version that begins later, or with one that goes on after it
    where nothing that comes in begins there.
    """
    replaced: set[Hashable] = set()
    ends: dict[Hashable, date] = {}
    fresh, same = [], []
    ordered = sorted(coming, key=lambda rule: (rule.id, rule.begins()))
    for one, other in pairwise(ordered):
        if one.id == other.id and one.period.overlaps(other.period):
            raise _overlap(other, one)
    starts = {(rule.id, rule.period.start) for rule in ordered}
    for rule in ordered:
        family = {key: other for key, other in running.items() if other.id == rule.id}
        if any(other == rule and other.example == rule.example for other in family.values()):
            same.append(rule)
            continue
        fresh.append(rule)
        for key, other in family.items():
            if other.period.start == rule.period.start:
                replaced.add(key)
            elif (other.id, other.period.start) not in starts and rule.period.overlaps(other.period):
                _check_takes_over(rule, other, starts)
                ends[key] = min(ends.get(key, date.max), rule.begins())
    return Placed(frozenset(replaced), ends, tuple(fresh), tuple(same))


def _check_takes_over(rule: Rule, other: Rule, starts: set[tuple[str, date | None]]) -> None:
    """Refusal unless the other runs when this version begins, and nothing of it is left behind when this one ends."""
    until = rule.period.until
    goes_on = until is not None and (other.period.until is None or other.period.until > until)
    if other.begins() > rule.begins() or (goes_on and (rule.id, until) not in starts):
        raise _overlap(rule, other)


def _overlap(rule: Rule, other: Rule) -> Refusal:
    both = rule.period.intersection(other.period) or rule.period
    reason = Reason.of("benefit_rules_overlap", rule=rule.id, other=other.id, since=both.start, until=both.until)
    return Refusal(reason, where=f"rule {rule.id}")


def checked(shipped: Iterable[Rule], loaded: Sequence[Rule]) -> Law:
    """The law that these make together. Refusal where they cannot all be true."""
    return Law.of(overlaid(shipped, loaded))
