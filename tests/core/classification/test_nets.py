"""Groups are prepared once, remembered while there is room, and a change in one net touches no other."""

from datetime import date
from fractions import Fraction

import pytest

from inward.core.classification import STRICT_MAJORITY, Company, Definition, Holding, World, classify, nets, prepared
from inward.core.terms import Period

ON = date(2026, 6, 30)
WORLD = World.of(
    companies=[Company(code) for code in ("a", "b", "c", "d", "e")],
    holdings=[
        Holding("1", "a", "b", Fraction(1), Period(date(2026, 1, 1), date(2027, 1, 1))),
        Holding("2", "c", "d", Fraction(1)),
        Holding("3", "d", "e", Fraction(0)),
    ],
)


def test_groups_are_prepared_once_for_each_definition() -> None:
    assert prepared(WORLD, STRICT_MAJORITY) is prepared(WORLD, Definition())
    assert prepared(WORLD, STRICT_MAJORITY) is not prepared(WORLD, Definition(id="own"))


def test_each_company_stands_in_one_net_and_holdings_without_votes_make_none() -> None:
    groups = prepared(WORLD, STRICT_MAJORITY)

    assert groups.net("a", "b") is groups.net("a", "a") is not None
    assert (groups.net("a", "c"), groups.net("e", "e"), groups.net("d", "e")) == (None, None, None)
    assert groups.together("e", "e", ON)
    assert not groups.together("d", "e", ON)


def test_an_epoch_lasts_from_one_change_of_its_own_net_to_the_next() -> None:
    net = prepared(WORLD, STRICT_MAJORITY).net("a", "b")
    assert net is not None

    assert net.days == (date(2026, 1, 1), date(2027, 1, 1))
    numbers = [net.number(day) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))]
    assert numbers == [0, 1, 1, 2]
    assert [net.epoch(number).together("a", "b") for number in (0, 1, 2)] == [False, True, False]
    assert net.epoch(1) is net.epoch(1)


def test_epochs_are_forgotten_when_there_are_too_many_and_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nets, "_REMEMBERED_HOLDINGS_MAX", 1)
    net = nets.Groups(WORLD, STRICT_MAJORITY).net("a", "b")
    assert net is not None

    first = net.epoch(1)
    assert net.epoch(0) is not first
    assert net.epoch(1) == first
    assert net.epoch(1) is not first


def test_the_head_is_whom_nobody_controls_on_that_day() -> None:
    groups = prepared(WORLD, STRICT_MAJORITY)

    assert (groups.head("b", ON), groups.head("b", date(2027, 1, 1)), groups.head("e", ON)) == ("a", "b", "e")


def test_explanations_are_forgotten_when_there_are_too_many_and_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nets, "_REMEMBERED_MAX", 1)
    asked = [("a", "b"), ("c", "d"), ("a", "b")]
    grounds = [classify(supplier=one, customer=other, world=WORLD, on=ON).grounds for one, other in asked]

    assert grounds[0] == grounds[2] != grounds[1]


def test_a_remembered_answer_is_made_once() -> None:
    made: list[str] = []
    groups = nets.Groups(WORLD, STRICT_MAJORITY)

    for _ in range(2):
        groups.remembered(("key",), lambda: made.append("made"))
    assert made == ["made"]
