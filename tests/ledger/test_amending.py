"""Loaded rules among those that ship, day by day; new versions among loaded ones."""

from datetime import date

import pytest
from tests.core.benefit.conftest import cap, rule

from inward.core.terms import Period, Refusal
from inward.ledger.amending import checked, overlaid, placed

NEW_YEAR = date(2027, 1, 1)
JULY = date(2027, 7, 1)
LATER = date(2028, 1, 1)


def version(amount=100, since=None, until=None, id_="main"):
    return rule(id_, cap(amount), period=Period(since, until), covers=(id_,))


def days(rules):
    found = sorted(rules, key=lambda each: each.begins())
    return [(each.period.start, each.period.until, each.limits[0].tiers[0].amount.amount) for each in found]


def test_what_was_loaded_goes_before_what_ships_on_its_days_alone():
    ships = [version(100), version(5, id_="other")]
    found = overlaid(ships, [version(200, NEW_YEAR, LATER)])
    main = [each for each in found if each.id == "main"]
    assert days(main) == [(None, NEW_YEAR, "100.00"), (NEW_YEAR, LATER, "200.00"), (LATER, None, "100.00")]
    assert [each for each in found if each.id == "other"] == [ships[1]]
    assert overlaid(ships, []) == tuple(ships)


def test_a_rule_that_ships_for_days_that_were_all_loaded_is_gone():
    assert days(overlaid([version(100, NEW_YEAR, LATER)], [version(200)])) == [(None, None, "200.00")]
    two = [version(200, NEW_YEAR, JULY), version(300, JULY)]
    assert days(overlaid([version(100, NEW_YEAR)], two)) == [
        (NEW_YEAR, JULY, "200.00"),
        (JULY, None, "300.00"),
    ]
    assert days(overlaid([version(100, NEW_YEAR, JULY)], [version(200, JULY)]))[0] == (NEW_YEAR, JULY, "100.00")


def after(running, coming):
    keyed = dict(enumerate(running))
    place = placed(keyed, coming)
    return place, days(place.after(keyed))


def test_a_new_version_takes_over_from_the_one_that_runs():
    place, found = after([version(100, NEW_YEAR)], [version(200, JULY)])
    assert found == [(NEW_YEAR, JULY, "100.00"), (JULY, None, "200.00")]
    assert (place.replaced, place.ends, len(place.fresh)) == (frozenset(), {0: JULY}, 1)


def test_a_version_of_the_same_day_takes_the_place_of_the_other():
    place, found = after([version(100, NEW_YEAR)], [version(200, NEW_YEAR)])
    assert found == [(NEW_YEAR, None, "200.00")]
    assert (place.replaced, place.ends) == (frozenset({0}), {})


def test_what_is_known_already_changes_nothing():
    place, found = after([version(100, NEW_YEAR)], [version(100, NEW_YEAR)])
    assert (place.fresh, place.replaced, place.ends) == ((), frozenset(), {})
    assert len(place.same) == 1
    assert found == [(NEW_YEAR, None, "100.00")]


def test_versions_with_days_between_them_stand_side_by_side():
    running = [version(100, NEW_YEAR, JULY), version(5, NEW_YEAR, id_="other")]
    place, _ = after(running, [version(200, LATER)])
    assert (place.replaced, place.ends, len(place.fresh)) == (frozenset(), {}, 1)


def test_a_version_for_some_days_within_another_comes_with_what_follows():
    running, within = [version(100)], version(200, NEW_YEAR, JULY)
    with pytest.raises(Refusal) as refused:
        after(running, [within])
    assert refused.value.reason.code == "benefit_rules_overlap"
    assert dict(refused.value.reason.items) == {"rule": "main", "other": "main", "since": NEW_YEAR, "until": JULY}
    _, found = after(running, [version(100, JULY), within])
    assert found == [(None, NEW_YEAR, "100.00"), (NEW_YEAR, JULY, "200.00"), (JULY, None, "100.00")]


def test_a_version_until_the_others_own_end_leaves_nothing_behind():
    _, found = after([version(100, NEW_YEAR, LATER)], [version(200, JULY, LATER)])
    assert found == [(NEW_YEAR, JULY, "100.00"), (JULY, LATER, "200.00")]


def test_a_version_that_would_reach_into_a_later_one_is_refused_by_name():
    with pytest.raises(Refusal) as refused:
        after([version(100, JULY)], [version(200, NEW_YEAR)])
    assert (refused.value.reason.code, refused.value.where) == ("benefit_rules_overlap", "rule main")


def test_two_versions_of_one_file_on_one_day_are_refused():
    for running in ([], [version(100, NEW_YEAR)]):
        with pytest.raises(Refusal) as refused:
            after(running, [version(100, NEW_YEAR), version(200, JULY)])
        assert refused.value.reason.code == "benefit_rules_overlap"


def test_versions_that_follow_each_other_in_one_file_come_in_together():
    _, found = after([version(50, NEW_YEAR)], [version(100, NEW_YEAR, JULY), version(200, JULY)])
    assert found == [(NEW_YEAR, JULY, "100.00"), (JULY, None, "200.00")]


def test_the_law_that_comes_of_it_is_checked():
    law = checked([version(100)], [version(200, JULY)])
    assert [each.period.until for each in law.rules] == [JULY, None]
    with pytest.raises(Refusal):
        checked([version(100)], [rule("new", cap(), covers=("main",))])
