"""Reasons that are made quickly equal those that are made properly: their facts are sorted by name."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.core.classification.worlds import days, parties, worlds

from inward.core.classification import World, classify
from inward.core.terms import Reason


@given(world=worlds(), on=days, drawn=st.data())
def test_facts_are_sorted_by_name(world: World, on: date, drawn: st.DataObject) -> None:
    one, other = drawn.draw(st.sampled_from(parties(world))), drawn.draw(st.sampled_from(parties(world)))
    standing = classify(supplier=one, customer=other, world=world, on=on)

    for reason in (*standing.grounds, *filter(None, [standing.nearest_miss])):
        assert reason == Reason.of(reason.code, **reason.facts)
