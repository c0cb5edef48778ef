"""The nearest miss: it flips the verdict, and no smaller rise of any holding does."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.classification.worlds import COMPANIES, days, plainly_together, worlds

from inward.core.classification import (
    DEFINITIONS,
    Company,
    ControlRight,
    Definition,
    Holding,
    Operator,
    RightKind,
    Votes,
    World,
    blocks,
    classify,
    nearest,
)
from inward.core.terms import Period, Reason

ON = date(2026, 6, 30)
A_LITTLE = Fraction(1, 10**6)


def raised(held: list[Holding], owner: str, owned: str, rise: Fraction) -> list[Holding]:
    """``owner`` has so much more of ``owned``, bought from whoever is not of its group, and last from ``owned`` itself.

    Treasury shares that were bought first would vote again, and make the same rise too small.
    """
    head = blocks(Votes.of(held))
    kin = {party for party in head if head[party] == head.get(owner)} | {owner}
    own = sum((h.votes for h in held if h.owned == owned and h.owner in kin), Fraction(0))
    sellers = [h for h in held if h.owned == owned and h.owner not in kin]
    room, sold = max(1 - own - rise, Fraction(0)), []
    for some in ([h for h in sellers if h.owner == owned], [h for h in sellers if h.owner != owned]):
        total = sum((h.votes for h in some), Fraction(0))
        scale = min(Fraction(1), room / (total or 1))
        room -= total * scale
        sold += [Holding(h.id, h.owner, owned, h.votes * scale) for h in some]
    kept = [h for h in held if h not in sellers]
    return [*kept, *sold, Holding("more", owner, owned, min(rise, 1 - own))]


def pairs(world: World) -> Iterable[tuple[str, str]]:
    """Who has, had or will have votes of whom."""
    return sorted({(h.owner, h.owned) for h in world.holdings if h.owner not in world.person})


@given(world=worlds(), on=days, drawn=st.data())
def test_the_nearest_miss_flips_the_verdict_and_no_smaller_rise_does(
    world: World, on: date, drawn: st.DataObject
) -> None:
    a, b = drawn.draw(st.sampled_from(COMPANIES[:3])), drawn.draw(st.sampled_from(COMPANIES[3:]))
    held = [h for h in world.holdings if on in h.period and h.owner not in world.person]
    standing = classify(supplier=a, customer=b, world=world, on=on)
    if standing.internal:
        return

    least = Fraction(2)
    if standing.nearest_miss is not None:
        facts = standing.nearest_miss.facts
        now = sum((h.votes for h in held if h.id == facts["id"]), Fraction(0))
        least = facts["needed"].fraction - now  # type: ignore[union-attr]
        owner, owned = str(facts["owner"]), str(facts["owned"])
        assert plainly_together(raised(held, owner, owned, least + A_LITTLE), a, b)
    for owner, owned in pairs(world):
        assert not plainly_together(raised(held, owner, owned, min(least - A_LITTLE, Fraction(1))), a, b)


def half(id: str, owner: str, owned: str, percent: int, period: Period | None = None) -> Holding:
    return Holding(id, owner, owned, Fraction(percent, 100), period or Period())


def miss(*holdings: Holding, definition: Definition | None = None) -> Reason | None:
    world = World.of(companies=[Company(code) for code in ("jkl", "abc", "xyz", "other", "far")], holdings=holdings)
    definition = definition or Definition()
    return classify(supplier="abc", customer="xyz", world=world, on=ON, definition=definition).nearest_miss


def found(reason: Reason | None) -> tuple[str, object, str]:
    assert reason is not None
    return reason.code, reason.facts["id"], str(reason.facts["needed"])


def test_half_is_not_enough_and_the_miss_says_by_what() -> None:
    reason = miss(half("1", "jkl", "abc", 80), half("2", "jkl", "xyz", 50))

    assert found(reason) == ("holding_short", "2", "50 %")
    assert reason is not None
    assert (reason.facts["operator"], reason.facts["inside_until"]) == (">", None)


def test_where_a_share_is_to_be_reached_the_miss_says_reach() -> None:
    four_fifths = Definition(id="four_fifths", threshold=Fraction(4, 5), operator=Operator.AT_LEAST)
    reason = miss(half("1", "jkl", "abc", 80), half("2", "jkl", "xyz", 79), definition=four_fifths)

    assert found(reason) == ("holding_short", "2", "80 %")
    assert reason is not None
    assert reason.facts["operator"] == ">="


def test_the_group_votes_as_a_block_so_less_is_needed() -> None:
    reason = miss(half("1", "jkl", "abc", 80), half("2", "jkl", "xyz", 20), half("3", "abc", "xyz", 25))

    assert found(reason) == ("holding_short", "2", "25 %")


def test_a_rise_elsewhere_may_be_nearer_than_one_between_the_two() -> None:
    # abc holds 20 % of xyz; far holds 49 % of abc and 40 % of xyz: with 2 % more of abc it would command both.
    reason = miss(half("1", "abc", "xyz", 20), half("2", "far", "abc", 49), half("3", "far", "xyz", 40))

    assert found(reason) == ("holding_short", "2", "50 %")


def test_a_holding_to_come_is_told_as_such() -> None:
    begins = Period(date(2027, 1, 1))

    assert found(miss(half("1", "abc", "xyz", 60, begins))) == ("holding_not_begun", "1", "50 %")


def test_of_ended_holdings_between_the_same_two_the_latest_is_told() -> None:
    early, late = Period(None, date(2020, 1, 1)), Period(date(2024, 1, 1), date(2025, 1, 1))
    reason = miss(half("1", "abc", "xyz", 60, late), half("2", "abc", "xyz", 90, early))

    assert found(reason) == ("holding_ended", "1", "50 %")
    assert reason is not None
    assert reason.facts["inside_until"] == date(2025, 1, 1)


def test_inside_until_is_looked_for_beyond_epochs_of_being_apart() -> None:
    reason = miss(
        half("1", "abc", "xyz", 60, Period(None, date(2024, 1, 1))),
        half("2", "abc", "xyz", 40, Period(date(2024, 1, 1))),
        half("3", "abc", "other", 10, Period(date(2025, 1, 1))),
    )

    assert found(reason) == ("holding_short", "2", "50 %")
    assert reason is not None
    assert reason.facts["inside_until"] == date(2024, 1, 1)


def test_each_pair_of_one_net_has_its_own_miss() -> None:
    world = World.of(
        companies=[Company(code) for code in ("jkl", "abc", "xyz")],
        holdings=[half("1", "jkl", "abc", 40), half("2", "jkl", "xyz", 50)],
    )

    misses = [classify(supplier="jkl", customer=other, world=world, on=ON).nearest_miss for other in ("abc", "xyz")]
    assert [found(reason)[1] for reason in misses] == ["1", "2"]


def test_companies_that_no_chain_of_holdings_links_have_no_nearest_miss() -> None:
    assert miss(half("1", "jkl", "abc", 80), half("2", "other", "xyz", 80)) is None


def test_some_that_are_linked_cannot_be_joined_by_one_holding() -> None:
    assert miss(half("1", "abc", "far", 30), half("2", "xyz", "far", 30)) is None


def test_in_a_large_net_taking_over_the_other_head_is_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "STEPS_MAX", 0)

    assert found(miss(half("1", "abc", "xyz", 20), half("2", "far", "abc", 49), half("3", "far", "xyz", 40)))[1] == "1"
    assert miss(half("1", "far", "xyz", 20), half("2", "far", "abc", 20)) is None


def test_what_a_nominee_holds_is_reckoned_with_whoever_tells_it_how_to_vote() -> None:
    world = World.of(
        companies=[Company(code) for code in ("meridian", "quayside", "solberg", "jkl")],
        holdings=[half("1", "quayside", "solberg", 45), half("2", "jkl", "solberg", 30)],
        control_rights=[ControlRight("n", "quayside", RightKind.NOMINATOR, "meridian", over="solberg")],
    )
    it = DEFINITIONS["it_2359"]
    standing = classify(supplier="meridian", customer="solberg", world=world, on=ON, definition=it)
    assert standing.nearest_miss is not None
    facts = standing.nearest_miss.facts
    assert (facts["owner"], facts["owned"], str(facts["needed"])) == ("quayside", "solberg", "50 %")
