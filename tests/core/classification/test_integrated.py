"""Money through all ways: against a second program on random graphs, and what circles and loops come to."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.classification.worlds import COMPANIES, holdings

from inward.core.classification import Holding, integrated
from inward.core.classification.integrated import (
    by_simple_paths,
    capital_of,
    closed_loops,
    identical,
    weakest_link,
)
from inward.core.terms import Refusal


def shares(*rows: tuple[str, str, int]) -> dict[str, dict[str, Fraction]]:
    return capital_of(
        Holding(f"h{number}", owner, owned, Fraction(percent, 100))
        for number, (owner, owned, percent) in enumerate(rows)
    )


def followed(held: Mapping[str, Mapping[str, Fraction]], x: str, steps: int = 20_000) -> dict[str, float]:
    """The endless series, step by step until it stands still, in floating point: another road to the same number."""
    found: dict[str, float] = dict.fromkeys(COMPANIES, 0.0)
    wave = {y: float(share) for y, share in held.get(x, {}).items()}
    for _ in range(steps):
        if max(wave.values(), default=0.0) < 1e-9:
            break
        for y, share in wave.items():
            found[y] += share
        after: dict[str, float] = {}
        for y, share in wave.items():
            for z, part in held.get(y, {}).items():
                if z != x:
                    after[z] = after.get(z, 0.0) + share * float(part)
        wave = after
    return found


@given(stakes=holdings(dated=False), x=st.sampled_from([*COMPANIES, "eva"]))
def test_the_closed_form_equals_the_series_followed_step_by_step(stakes: list[Holding], x: str) -> None:
    held = capital_of(stakes)
    found = integrated.integrated(held, x)

    series = followed(held, x)
    for y in COMPANIES:
        if y != x:
            assert float(found.get(y, 0)) == pytest.approx(series[y], abs=1e-3)
    assert x not in found


@given(stakes=holdings(dated=False), x=st.sampled_from(COMPANIES))
def test_ways_that_pass_nobody_twice_never_come_to_more_than_all_ways(stakes: list[Holding], x: str) -> None:
    held = capital_of(stakes)
    simple, every = by_simple_paths(held, x), integrated.integrated(held, x)

    assert set(simple) == set(every)
    assert all(simple[y] <= every[y] for y in simple)
    assert all(share <= simple[y] for y, share in by_simple_paths(held, x, add_up=False).items())


def test_treasury_shares_are_counted_out_and_all_of_itself_leaves_nothing() -> None:
    assert shares(("a", "b", 60), ("b", "b", 5)) == {"a": {"b": Fraction(60, 95)}}
    assert shares(("a", "b", 60), ("b", "b", 100)) == {"a": {}}
    assert shares(("a", "b", 60), ("a", "b", 20)) == {"a": {"b": Fraction(4, 5)}}


def test_a_loop_that_owns_itself_is_told_and_who_would_own_a_part_of_it_is_refused() -> None:
    loop = shares(("a", "b", 100), ("b", "c", 100), ("c", "a", 100), ("x", "y", 10), ("y", "x", 20))

    assert closed_loops(loop) == (("a", "b", "c"),)
    assert integrated.integrated(loop, "a") == {"b": 1, "c": 1}
    with pytest.raises(Refusal) as refused:
        integrated.integrated({**loop, "p": {"a": Fraction(1, 10)}}, "p")
    assert (refused.value.reason.code, refused.value.reason.facts["companies"]) == ("loop_owns_itself", "a, b, c")


def test_rows_change_places_where_the_first_leads_nowhere() -> None:
    held = {"p": {"a": Fraction(1)}, "a": {"a": Fraction(1), "b": Fraction(1)}, "b": {"a": Fraction(-1)}}

    assert integrated.integrated(held, "p") == {"a": 1, "b": 1}


def test_too_many_ways_are_refused_and_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrated, "STEPS_MAX", 3)
    crowd = {x: {y: Fraction(1, 10) for y in "abcd" if y != x} for x in "abcd"}

    for follow in (lambda: by_simple_paths(crowd, "a"), lambda: weakest_link(crowd, "a", "d")):
        with pytest.raises(Refusal) as refused:
            follow()
        assert refused.value.reason.code == "paths_too_many"


def test_the_weakest_link_goes_round_in_no_circle() -> None:
    held = shares(("f", "a", 30), ("a", "b", 40), ("b", "a", 50), ("b", "c", 20))

    assert weakest_link(held, "f", "c") == Fraction(1, 5)


def test_the_same_hands_are_the_five_that_hold_most_alike() -> None:
    rows = [(f"p{number}", company, 10) for number in range(6) for company in "ab"]

    assert identical(shares(*rows), "a", "b", [f"p{number}" for number in range(6)]) == (
        Fraction(1, 2),
        Fraction(1, 2),
        ("p0", "p1", "p2", "p3", "p4"),
    )
    assert identical(shares(("p0", "a", 10)), "a", "b", ["p0"]) == (0, 0, ())
