"""The one rounding and the one spreading law: proved on random numbers, held against other systems' own cases."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inward.core.terms import Money, Reason, Refusal, RoundingMode, UnitPrice, as_currency, divided, rounded, spread

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "cents_vectors.json").read_text(encoding="utf-8"))["vectors"]
EUR = as_currency("EUR")

weights_lists = st.lists(st.fractions(min_value=0, max_value=1000) | st.integers(0, 50), min_size=1, max_size=8)
amounts = st.integers(-100_000, 100_000)
units = st.integers(1, 50)

DECIDED_OTHERWISE = {
    "allocation_rounding-022": "weights that are all zero spread evenly; dinero refuses them",
    "allocation_rounding-023": "the leftover goes to the largest remainder; formance gives it to the first",
    "allocation_rounding-025": "a portion called 'remaining' is a word of formance's language, not a weight",
    "allocation_rounding-026": "the leftover of equal weights goes to the first; that issue wants the second",
}
"""Also told, with reasons, in docs/explanation/differences.md."""


def vectors(kind: str) -> list[Any]:
    found = [vector for vector in VECTORS if vector["kind"].startswith(kind) and vector["id"] not in DECIDED_OTHERWISE]
    return [pytest.param(vector, id=vector["id"]) for vector in found]


# Rounding


@pytest.mark.parametrize("vector", [v for v in vectors("rounding/") if "value" in v.values[0]["input"]])
def test_other_systems_round_this_so_too(vector: dict[str, Any]) -> None:
    given_ = vector["input"]
    step = Fraction(given_["unit"]) if "unit" in given_ else Fraction(1, 10 ** given_["digits"])
    mode = RoundingMode(given_.get("mode", "HALF-UP").replace("-", "_"))

    assert divided(Fraction(given_["value"]), step, mode) == Fraction(vector["expected"]["rounded"])


@given(
    value=st.fractions(),
    step=st.fractions(min_value=Fraction(1, 100), max_value=10),
    mode=st.sampled_from(RoundingMode),
)
def test_rounding_is_symmetric_and_stays_within_a_step(value: Fraction, step: Fraction, mode: RoundingMode) -> None:
    result = divided(value, step, mode)

    assert divided(-value, step, mode) == -result
    assert abs(result - value) < step
    assert (result / step).denominator == 1
    assert divided(result, step, mode) == result


@given(value=st.fractions(min_value=-1000, max_value=1000))
def test_the_modes_differ_only_where_they_say(value: Fraction) -> None:
    by_mode = {mode: divided(value, 1, mode) for mode in RoundingMode}

    assert abs(by_mode[RoundingMode.DOWN]) <= abs(value) <= abs(by_mode[RoundingMode.UP])
    halves = {by_mode[mode] for mode in (RoundingMode.HALF_UP, RoundingMode.HALF_DOWN, RoundingMode.HALF_EVEN)}
    assert len(halves) == (2 if value.denominator == 2 else 1)
    assert by_mode[RoundingMode.HALF_EVEN] == round(value)


@pytest.mark.parametrize("step", [0, -1])
def test_a_step_that_is_not_positive_is_refused(step: int) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        divided(Fraction(1), step)


def test_a_line_is_rounded_once_not_piece_by_piece() -> None:
    price = UnitPrice.of("0.333", "EUR")

    assert rounded(price, 3) == Money(100, EUR)
    assert rounded(price) * 3 == Money(99, EUR)
    assert rounded(price, 2, RoundingMode.DOWN) == Money(66, EUR)
    assert rounded(price, Fraction(7, 2)) == Money(117, EUR)
    assert rounded(UnitPrice.of("-12.345", "EUR")) == -rounded(UnitPrice.of("12.345", "EUR")) == Money(-1235, EUR)


# Spreading


@pytest.mark.parametrize("vector", [v for v in vectors("allocation_rounding/") if "shares" in v.values[0]["expected"]])
def test_other_systems_spread_this_so_too(vector: dict[str, Any]) -> None:
    given_ = vector["input"]
    unit = Fraction(given_.get("unit", 1))
    weights = given_.get("weights") or given_.get("ratios") or given_.get("percentages") or given_["portions"]

    parts = spread(int(Fraction(given_["amount"]) / unit), [Fraction(weight) for weight in weights])

    assert [part * unit for part in parts] == [Fraction(share) for share in vector["expected"]["shares"]]


def test_a_discount_over_three_equal_lines_loses_no_cent() -> None:
    # django-oscar, test_rounding_error_for_multiple_products: three lines of 7.00 for 20.00 together
    assert spread(2100 - 2000, [700, 700, 700]) == (34, 33, 33)


def test_every_vector_is_either_run_or_explained() -> None:
    ids = {vector["id"] for vector in VECTORS}
    others = {"allocation_rounding-004", "rounding-029"}  # shown by the tests on lines and on symmetry above

    assert set(DECIDED_OTHERWISE) < ids
    assert others < ids
    for vector in VECTORS:
        runs = "value" in vector["input"] or "shares" in vector["expected"]
        assert runs or vector["id"] in {*DECIDED_OTHERWISE, *others}, vector["id"]


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, [0, 0], (50, 50)),
        (15, [Fraction(4, 5), Fraction(2, 25), Fraction(3, 25)], (12, 1, 2)),
        (1000, [100, 100, 100], (334, 333, 333)),
    ],
)
def test_where_inward_decides_otherwise_it_decides_so(amount: int, weights: list[int], parts: tuple[int, ...]) -> None:
    assert spread(amount, weights) == parts


@given(amount=amounts, weights=weights_lists, unit=units)
def test_spreading_adds_up_and_is_fair(amount: int, weights: list[Fraction], unit: int) -> None:
    parts = spread(amount, weights, unit)
    shares = weights if any(weights) else [Fraction(1)] * len(weights)

    assert sum(parts) == amount
    assert spread(-amount, weights, unit) == tuple(-part for part in parts)
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - Fraction(amount) * share / sum(shares)) < unit
        assert part * amount >= 0
        assert share or not part


@given(amount=amounts, weights=weights_lists, unit=units, factor=st.fractions(min_value=Fraction(1, 9), max_value=9))
def test_only_the_proportions_of_the_weights_matter(
    amount: int, weights: list[Fraction], unit: int, factor: Fraction
) -> None:
    assert spread(amount, [weight * factor for weight in weights], unit) == spread(amount, weights, unit)


@given(amount=st.integers(0, 100_000), weights=weights_lists)
def test_of_equal_weights_the_earlier_gets_no_less(amount: int, weights: list[Fraction]) -> None:
    parts = spread(amount, weights)

    for later in range(len(weights)):
        for earlier in range(later):
            assert weights[earlier] != weights[later] or 0 <= parts[earlier] - parts[later] <= 1


@given(amount=amounts, weights=weights_lists, unit=units)
def test_parts_are_multiples_of_the_unit_if_the_amount_is(amount: int, weights: list[Fraction], unit: int) -> None:
    broken = [part % unit for part in spread(amount * unit, weights, unit)]
    assert not any(broken)

    assert sum(1 for part in spread(amount, weights, unit) if part % unit) <= 1


@pytest.mark.parametrize(
    ("weights", "unit", "reason", "where"),
    [
        ([], 1, Reason.of("spread_without_weights"), "weights"),
        ([1], 0, Reason.of("spread_unit_not_positive", unit=0), "unit"),
        ([1, Fraction(-1, 2)], 1, Reason.of("spread_weight_negative", weight=Fraction(-1, 2)), "weights[1]"),
    ],
)
def test_what_cannot_be_spread_is_refused(weights: list[Fraction], unit: int, reason: Reason, where: str) -> None:
    with pytest.raises(Refusal) as refused:
        spread(10, weights, unit)

    assert (refused.value.reason, refused.value.where) == (reason, where)
