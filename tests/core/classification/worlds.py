"""Random small worlds, and the meaning of control written down plainly a second time, to hold the code against.

Not a test: the strategies and the second program that the tests of this folder share.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from inward.core.classification import Company, Holding, Person, Unit, WorkKind, WorkRelationship, World
from inward.core.terms import ALWAYS, Period

DAY_ONE = date(2026, 1, 1)
DAYS = [DAY_ONE + timedelta(days=number) for number in range(5)]
COMPANIES = [f"c{number}" for number in range(6)]
PEOPLE = ["eva", "kari", "ola"]
SHARES = [Fraction(percent, 100) for percent in (5, 10, 20, 25, 30, 34, 40, 49, 50, 51, 60, 75, 100)] + [Fraction(1, 3)]

days = st.sampled_from(DAYS)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Mostly for ever; else within the first days."""
    if draw(st.booleans()):
        return ALWAYS
    start, length = draw(st.integers(0, 3)), draw(st.integers(1, 3))
    first = draw(st.sampled_from([None, DAYS[start]]))
    return Period(first, draw(st.sampled_from([None, DAYS[start] + timedelta(days=length)])))


@st.composite
def holdings(draw: st.DrawFn, *, dated: bool = True) -> list[Holding]:
    """Holdings between six companies, in themselves too, and of one person; at most 100 % of each over all days together."""
    left = dict.fromkeys(COMPANIES, Fraction(1))
    found = []
    for number in range(draw(st.integers(0, 12))):
        owner, owned = draw(st.sampled_from([*COMPANIES, "eva"])), draw(st.sampled_from(COMPANIES))
        votes = min(draw(st.sampled_from(SHARES)), left[owned])
        if votes:
            left[owned] -= votes
            found.append(Holding(f"h{number:02}", owner, owned, votes, draw(periods()) if dated else ALWAYS))
    return found


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A small world with units and people who work here and there."""
    units = [
        Unit(f"u{number}", draw(st.sampled_from(COMPANIES)), name=f"Unit {number}")
        for number in range(draw(st.integers(0, 3)))
    ]
    work = [
        WorkRelationship(
            f"w{number}",
            draw(st.sampled_from(PEOPLE)),
            draw(st.sampled_from(COMPANIES)),
            draw(st.sampled_from(WorkKind)),
            draw(periods()),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    return World.of(
        companies=[Company(code) for code in COMPANIES],
        holdings=draw(holdings()),
        units=units,
        people=[Person(code) for code in PEOPLE],
        work_relationships=work,
    )


def parties(world: World) -> list[str]:
    """Everyone in a world."""
    return [*world.company, *world.person, *world.unit]


def plainly_controlled(stakes: Iterable[Holding], x: str, *, at_least: bool = False) -> set[str]:
    """Whom ``x`` controls, straight from the definition: add what is under control until nothing more comes under it."""
    stakes = list(stakes)
    controlled: set[str] = set()
    while True:
        found = set()
        for company in {stake.owned for stake in stakes} - {x}:
            own = sum((s.votes for s in stakes if s.owned == company == s.owner), Fraction(0))
            voting = sum(
                (s.votes for s in stakes if s.owned == company != s.owner and s.owner in controlled | {x}), Fraction(0)
            )
            half = (1 - own) / 2
            if own < 1 and (voting > half or (at_least and voting == half)):
                found.add(company)
        if found <= controlled:
            return controlled
        controlled |= found


def plainly_together(stakes: Iterable[Holding], a: str, b: str) -> bool:
    """Whether somebody controls both, or one the other."""
    stakes = list(stakes)
    owners = {stake.owner for stake in stakes} | {a, b}
    return any({a, b} <= plainly_controlled(stakes, x) | {x} for x in owners)
