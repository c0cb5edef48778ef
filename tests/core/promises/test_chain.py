"""A promise that rests on several places: nobody's minutes are lost, counted twice, or blamed on another."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.promises.test_promised import HOUR, MONDAY, at, opened, promised
from tests.core.promises.test_replay import LAST, MINUTE, START, as_events, cases
from tests.core.worktime.weeks import utc

from inward.core.promises import Happening, Hold, Link, Measure, Share, Within, along, replay

SHARES = (Share("it", 2), Share("depot", 1), Share("crew", 1))


def chain(events, held, now, shares=SHARES):
    return along(
        events,
        shares=shares,
        held=[(utc(f"2026-{since}"), place) for since, place in held],
        now=utc(f"2026-{now}"),
    )


def test_budgets_are_the_promise_divided_and_each_place_used_what_it_had_the_case():
    found = chain([opened(promised(8))], [("11-30 09:00", "it"), ("11-30 12:00", "depot")], "11-30 13:00")
    assert found.links == (
        Link("it", 4 * HOUR, 3 * HOUR, (), 0),
        Link("depot", 2 * HOUR, HOUR, (), 0),
        Link("crew", 2 * HOUR, 0, (), 0),
    )
    assert (found.holder, found.lasts_until) == ("depot", utc("2026-11-30 14:00"))


def test_who_used_more_than_its_part_took_it_from_the_next_and_then_from_those_before():
    held = [("11-30 09:00", "it"), ("11-30 10:00", "depot")]
    found = chain([opened(promised(8))], held, "12-01 09:00")
    depot = found.links[1]
    assert (depot.used, depot.over, depot.taken, depot.beyond) == (
        7 * HOUR,
        5 * HOUR,
        (("crew", 2 * HOUR), ("it", 3 * HOUR)),
        0,
    )
    assert found.lasts_until is None
    late = chain([opened(promised(8))], held, "12-01 10:00").links
    assert [(link.over, link.beyond) for link in late] == [(0, 0), (6 * HOUR, HOUR), (0, 0)]


def test_a_place_outside_the_chain_has_no_time_and_takes_all_it_uses():
    held = [("11-30 09:00", "it"), ("11-30 10:00", "friends"), ("11-30 11:00", "it")]
    found = chain([opened(promised(8))], held, "11-30 12:00")
    assert found.links[3] == Link("friends", 0, HOUR, (("it", HOUR),), 0)
    assert found.links[0].used == 2 * HOUR
    assert found.lasts_until == utc("2026-11-30 14:00")  # what others took shows with them; its own part is whole


def test_time_that_no_clock_counts_is_nobodys():
    waits = {"customer": Hold(frozenset({Measure.RESOLVE}))}
    events = [opened(promised(8, holds=waits)), at("11-30 10:00", Happening.PAUSED, reason="customer")]
    found = chain(events, [("11-30 09:00", "it"), ("11-30 11:00", "depot")], "11-30 15:00")
    assert [link.used for link in found.links] == [HOUR, 0, 0]
    assert found.lasts_until is None  # it stands still
    going = [*events, at("12-01 09:00", Happening.RESUMED), at("12-01 10:30", Happening.RESOLVED)]
    done = chain(going, [("11-30 09:00", "it"), ("11-30 11:00", "depot"), ("12-02 09:00", "crew")], "12-03 15:00")
    assert [link.used for link in done.links] == [HOUR, 90 * 60, 0]
    assert (done.holder, done.lasts_until) == ("crew", None)


def test_a_promise_in_dates_is_divided_by_the_working_time_it_is():
    events = [opened(promised(dates=Within(dates=2)), start=utc("2026-11-27 13:00"))]
    found = chain(events, [("11-27 13:00", "it")], "11-27 13:00", (Share("it", Fraction(1, 3)), Share("depot", 1)))
    assert [link.budget for link in found.links] == [4 * HOUR, 12 * HOUR]


def test_where_nothing_is_promised_about_solving_there_is_no_chain():
    standard = promised()
    none = [opened(type(standard)("none", {Measure.RESPOND: {"": Within(seconds=HOUR)}}))]
    assert chain(none, [("11-30 09:00", "it")], "11-30 10:00") is None
    assert chain([opened(promised())], [("11-30 09:00", "it")], "11-29 10:00") is None


def test_what_a_joined_case_waited_before_is_of_who_had_it_first():
    events = [opened(promised(8)), at("11-30 11:00", Happening.MERGED, since=utc("2026-11-27 15:00"))]
    found = chain(events, [("11-30 09:00", "it"), ("11-30 10:00", "depot")], "11-30 12:00")
    assert [link.used for link in found.links] == [3 * HOUR, 2 * HOUR, 0]


PLACES = st.sampled_from(["it", "depot", "crew", "friends"])


@settings(max_examples=60, deadline=None)
@given(cases(), st.lists(st.tuples(st.integers(0, LAST), PLACES), max_size=5), st.integers(0, LAST))
def test_what_all_used_is_what_the_clock_counted_and_budgets_are_the_target(case, moves, now):
    events, first = as_events(case), case[0][0]
    later = sorted((max(minute, first), place) for minute, place in moves)
    held = [(START + minute * MINUTE, place) for minute, place in [(first, "it"), *later]]
    then = START + max(now, first) * MINUTE
    found = along(events, shares=SHARES, held=held, now=then)
    solve = [run for run in replay(events, now=then) if run.measure is Measure.RESOLVE]
    if found is None:
        assert solve == []
        return
    assert [found.run] == solve
    assert sum(link.used for link in found.links) == found.run.elapsed
    assert sum(link.budget for link in found.links) == found.run.target
    taken = sum(amount for link in found.links for _, amount in link.taken)
    beyond = sum(link.beyond for link in found.links)
    assert sum(link.over for link in found.links) == taken + beyond
    assert beyond == max(found.run.elapsed - found.run.target, 0)
    if found.lasts_until is not None:
        assert found.lasts_until >= then


def test_nothing_is_told_before_a_case_is_opened():
    assert along([opened(promised())], shares=SHARES, held=[(MONDAY, "it")], now=utc("2026-11-01 09:00")) is None
