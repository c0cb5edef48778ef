"""Share classes and who holds how many: made into holdings, as fractions of all votes and of all money a company pays out.

Where something in it changes (shares are issued, a class gets another vote), the holding goes on under its id with the first day
added, so that each stretch of days has its own fractions. Treasury shares become a holding of the company in itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from inward.core.classification.facts import Holding, ShareClass, Shareholding
from inward.core.terms.period import Period, boundaries


def held(classes: Iterable[ShareClass], shareholdings: Iterable[Shareholding]) -> tuple[Holding, ...]:
    """The holdings that these shares come to, each for the days on which its fractions stand still."""
    issued: dict[str, list[ShareClass]] = defaultdict(list)
    company: dict[str, str] = {}
    for each in classes:
        issued[each.company].append(each)
        company[each.id] = each.company
    return tuple(
        holding
        for shares in shareholdings
        for holding in _stretches(shares, issued[company[shares.share_class]], company[shares.share_class])
    )


def issued_throughout(versions: Sequence[ShareClass], period: Period) -> bool:
    """Whether some version of the class holds on every day of the period."""
    return all(any(each.period.covers(days) for each in versions) for days in _parts(period, versions))


def _parts(period: Period, classes: Iterable[ShareClass]) -> list[Period]:
    """The period, parted where one of the classes begins or ends."""
    inner = [day for day in boundaries(each.period for each in classes) if _inside(day, period)]
    edges: list[date | None] = [period.start, *inner, period.until]
    return [Period(start, until) for start, until in pairwise(edges)]


def _stretches(shares: Shareholding, classes: Sequence[ShareClass], company: str) -> Iterator[Holding]:
    stretches = _parts(shares.period, classes)
    fractions = [_fractions(shares, [each for each in classes if each.period.covers(days)]) for days in stretches]
    begun = 0
    for place, days in enumerate(stretches, 1):
        if place == len(stretches) or fractions[place] != fractions[begun]:
            yield _holding(shares, company, fractions[begun], Period(stretches[begun].start, days.until))
            begun = place


def _holding(shares: Shareholding, company: str, fractions: tuple[Fraction, Fraction], period: Period) -> Holding:
    name = shares.id if period.start == shares.period.start else f"{shares.id}@{period.start}"
    return Holding(name, shares.owner, company, fractions[0], period, fractions[1], shares.source)


def _fractions(shares: Shareholding, classes: Sequence[ShareClass]) -> tuple[Fraction, Fraction]:
    """The part of all votes and of all money that these shares carry."""
    votes = sum((each.issued * each.votes_each for each in classes), Fraction(0))
    money = sum((each.issued * each.dividend_each for each in classes), Fraction(0))
    own = [each for each in classes if each.series == shares.share_class]
    cast = sum((shares.shares * each.votes_each for each in own), Fraction(0))
    paid = sum((shares.shares * each.dividend_each for each in own), Fraction(0))
    return (cast / votes if votes else Fraction(0)), (paid / money if money else Fraction(0))


def _inside(day: date, period: Period) -> bool:
    return day in period and day != period.start
