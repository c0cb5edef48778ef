"""A world is one value: the order of its facts never matters, and its look-ups say what the facts say."""

from hypothesis import given
from hypothesis import strategies as st
from tests.core.classification.worlds import DAY_ONE, DAYS, worlds

from inward.core.classification import Company, Person, Unit, World
from inward.core.terms import Period


@given(world=worlds(), drawn=st.data())
def test_the_order_in_which_facts_are_given_does_not_matter(world: World, drawn: st.DataObject) -> None:
    shuffled = World.of(
        companies=drawn.draw(st.permutations(world.companies)),
        holdings=drawn.draw(st.permutations(world.holdings)),
        units=drawn.draw(st.permutations(world.units)),
        people=drawn.draw(st.permutations(world.people)),
        work_relationships=drawn.draw(st.permutations(world.work_relationships)),
    )

    assert shuffled == world
    assert hash(shuffled) == hash(world)


def test_parties_are_called_by_their_latest_name_or_their_id() -> None:
    world = World.of(
        companies=[Company("abc", "ABC Retail"), Company("xyz")],
        units=[
            Unit("it", "abc", name="Data", period=Period(None, DAY_ONE)),
            Unit("it", "abc", name="IT", period=Period(DAY_ONE)),
        ],
        people=[Person("kari", "Kari Lie")],
    )

    assert world.names == {"abc": "ABC Retail", "xyz": "xyz", "it": "IT", "kari": "Kari Lie"}


def test_look_ups_find_what_is_there() -> None:
    world = World.of(companies=[Company("abc")], units=[Unit("it", "abc")], people=[Person("kari")])

    assert (set(world.company), set(world.unit), set(world.person), dict(world.work)) == ({"abc"}, {"it"}, {"kari"}, {})
    assert World.of() == World()
    assert DAYS[0] == DAY_ONE
