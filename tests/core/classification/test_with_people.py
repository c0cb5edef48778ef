"""A world in which some people are said anew is the world that would be made whole, and refuses what that would refuse."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inward.core.classification import (
    STRICT_MAJORITY,
    Company,
    Holding,
    Person,
    Unit,
    WorkKind,
    WorkRelationship,
    World,
    classify,
    prepared,
)
from inward.core.terms import Period, Refusal

DAY = date(2026, 1, 1)
COMPANIES = (Company("jkl"), Company("abc"), Company("xyz"))
UNITS = (Unit("abc-it", "abc", None, "IT"), Unit("xyz-it", "xyz", None, "IT"))
HOLDINGS = (
    Holding("h1", "jkl", "abc", Fraction(4, 5)),
    Holding("h2", "jkl", "xyz", Fraction(3, 5)),
    Holding("h3", "owner", "jkl", Fraction(1, 2)),
)
OWNER = Person("owner", "An Owner")

names = st.sampled_from(["p1", "p2", "p3", "p4"])
work_of = st.builds(
    lambda number, person, company, unit, start: WorkRelationship(
        f"{person}-{number}", person, company, WorkKind.FULL_TIME, Period(DAY + timedelta(days=start)), unit
    ),
    st.integers(0, 5),
    names,
    st.sampled_from(["abc", "xyz"]),
    st.sampled_from([None, "abc-it", "xyz-it"]),
    st.integers(0, 900),
)
staff = st.lists(work_of, max_size=8, unique_by=lambda work: work.id)
people = st.lists(st.builds(Person, names, st.sampled_from(["", "Ada", "Bo"])), max_size=4, unique_by=lambda p: p.id)


def world(people, work, *, version=0):
    return World.of(
        companies=COMPANIES,
        units=UNITS,
        holdings=HOLDINGS,
        people=[OWNER, *people],
        work_relationships=work,
        version=version,
    )


def among(work, people):
    known = {person.id for person in people}
    return [each for each in work if each.person in known]


@given(before=people, work_before=staff, told=people, work_told=staff)
def test_it_equals_the_world_made_whole(before, work_before, told, work_told):
    known = {person.id for person in told}
    stays = [person for person in before if person.id not in known]
    work_before, work_told = among(work_before, before), among(work_told, told)
    work_stays = [work for work in work_before if work.person not in known]
    first = world(before, work_before, version=1)
    prepared(first, STRICT_MAJORITY)

    renewed = first.with_people(told, work_told, version=2)

    whole = world([*stays, *told], [*work_stays, *work_told], version=2)
    assert renewed == whole
    for look_up in ("company", "person", "unit", "work", "names"):
        assert getattr(renewed, look_up) == getattr(whole, look_up), look_up
    for person in [*stays, *told]:
        asked = {"supplier": "xyz", "customer": person.id, "on": date(2027, 1, 1)}
        assert classify(world=renewed, **asked) == classify(world=whole, **asked)
    assert first == world(before, work_before, version=1)  # and the one before is as it was


def test_groups_are_carried_over_unless_an_owner_is_said_anew():
    first = world([Person("p1")], [])
    groups = prepared(first, STRICT_MAJORITY)
    assert prepared(first.with_people([Person("p1", "Ada")], [], version=1), STRICT_MAJORITY) is groups
    renamed = first.with_people([Person("owner", "Somebody Else")], [], version=1)
    assert prepared(renamed, STRICT_MAJORITY) is not groups
    assert renamed.names["owner"] == "Somebody Else"


def works(code, person="p1", company="abc", unit=None):
    return WorkRelationship(code, person, company, WorkKind.FULL_TIME, Period(), unit)


@pytest.mark.parametrize(
    ("people", "work", "code"),
    [
        ([Person("abc")], [], "id_twice"),
        ([Person("abc-it")], [], "id_twice"),
        ([Person("p1"), Person("p1")], [], "id_twice"),
        ([Person("")], [], "id_missing"),
        ([Person("p1")], [works("w1", company="nowhere")], "id_unknown"),
        ([Person("p1")], [works("w1", unit="nowhere")], "id_unknown"),
        ([Person("p1")], [works("w1", company="abc-it", unit="abc-it")], "id_of_other_kind"),
        ([Person("p1")], [works("w1", person="p2")], "id_unknown"),
        ([Person("p1")], [works("w1"), works("w1")], "id_twice"),
        ([Person("p1")], [works("theirs")], "id_twice"),
    ],
)
def test_what_cannot_stand_in_the_world_is_refused(people, work, code):
    first = world([Person("p2")], [works("theirs", person="p2")])
    with pytest.raises(Refusal) as refused:
        first.with_people(people, work, version=1)
    assert refused.value.reason.code == code
