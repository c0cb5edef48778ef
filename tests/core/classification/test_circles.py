"""Which holdings stand in a circle, and that nothing else matters for votes that rest in a parent; against reckoning with all."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from inward.core.classification import STRICT_MAJORITY, Holding
from inward.core.classification.control import Votes, commanded
from inward.core.classification.counted import circular, counted
from inward.core.classification.definition import Basis, CrossVotes
from inward.core.classification.facts import Band
from inward.core.classification.powers import Powers

SUSPENDED = replace(STRICT_MAJORITY, cross_votes=CrossVotes.SUSPENDED)
COMPANIES = "abcdefg"


@st.composite
def shares(draw):
    """Shares among a few companies, many of them in circles, never over 100 % of one."""
    held = []
    for owned in COMPANIES:
        left = 100
        for owner in draw(st.lists(st.sampled_from(COMPANIES), unique=True, max_size=4)):
            percent = draw(st.integers(1, 70))
            if percent <= left:
                left -= percent
                held.append(Holding(f"{owner}{owned}", owner, owned, Fraction(percent, 100)))
    return held


def rested(holdings):
    """Votes that rest, reckoned with every holding there is."""
    votes = Votes.of(holdings)
    return [
        replace(each, owner=each.owned) if each.owner in commanded(votes, each.owned, SUSPENDED)[1] else each
        for each in holdings
    ]


@given(shares())
def test_votes_rest_as_when_every_holding_is_looked_at(holdings):
    assert list(counted(holdings, (), SUSPENDED).holdings) == rested(holdings)


@given(shares())
def test_a_holding_stands_in_a_circle_exactly_where_a_way_leads_back(holdings):
    below = {company: {company} for company in COMPANIES}
    for _ in COMPANIES:
        for each in holdings:
            for ways in below.values():
                if each.owner in ways:
                    ways.add(each.owned)
    assert circular(holdings) == [each for each in holdings if each.owner in below[each.owned]]


def test_the_low_end_of_a_band_of_capital_counts_beside_exact_votes():
    both = replace(STRICT_MAJORITY, basis=Basis.BOTH)
    held = [
        Holding("1", "a", "b", Fraction(60, 100), capital_band=Band(Fraction(51, 100), Fraction(70, 100))),
        Holding("2", "a", "c", Fraction(60, 100), capital_band=Band(Fraction(40, 100), Fraction(70, 100))),
    ]
    assert Powers(held, (), both).below("a") == {"b"}
    assert Powers(held, (), both, high=True).below("a") == {"b", "c"}
