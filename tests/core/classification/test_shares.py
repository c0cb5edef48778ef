"""Shares become holdings: each stretch of days on which nothing is issued or changed has its own fractions."""

from datetime import date
from fractions import Fraction

import pytest

from inward.core.classification import Company, Holding, ShareClass, Shareholding, Verdict, World, classify
from inward.core.classification.shares import held
from inward.core.terms import Period, Reason, Refusal

MAY_31 = date(2026, 5, 31)
MARCH, JUNE, AUGUST = date(2026, 3, 1), date(2026, 6, 1), date(2026, 8, 1)


def test_new_shares_make_the_old_ones_fewer_from_their_day_on() -> None:
    classes = [
        ShareClass("A", "c", Fraction(100)),
        ShareClass("B", "c", Fraction(300), votes_each=Fraction(0), period=Period(JUNE)),
    ]
    shares = [Shareholding("s", "p", "A", Fraction(60), Period(MARCH, AUGUST), source="register")]

    assert held(classes, shares) == (
        Holding("s", "p", "c", Fraction(3, 5), Period(MARCH, JUNE), Fraction(3, 5), "register"),
        Holding(f"s@{JUNE}", "p", "c", Fraction(3, 5), Period(JUNE, AUGUST), Fraction(3, 20), "register"),
    )


def test_a_day_on_which_the_fractions_stay_makes_no_new_holding() -> None:
    classes = [
        ShareClass("A", "c", Fraction(100), period=Period(None, JUNE)),
        ShareClass("A2", "c", Fraction(100), period=Period(JUNE)),
        ShareClass("K", "c", Fraction(100)),
    ]

    assert held(classes, [Shareholding("s", "p", "K", Fraction(50))]) == (
        Holding("s", "p", "c", Fraction(1, 4), capital=Fraction(1, 4)),
    )


def test_shares_without_votes_or_without_money_carry_none() -> None:
    classes = [ShareClass("N", "c", Fraction(10), votes_each=Fraction(0), dividend_each=Fraction(0))]

    assert held(classes, [Shareholding("s", "p", "N", Fraction(10))]) == (
        Holding("s", "p", "c", Fraction(0), capital=Fraction(0)),
    )


def test_a_class_that_changes_gives_the_shares_held_of_it_other_fractions_from_that_day_on() -> None:
    classes = [
        ShareClass("A", "c", Fraction(100), period=Period(None, JUNE)),
        ShareClass("A-2", "c", Fraction(100), votes_each=Fraction(10), period=Period(JUNE), version_of="A"),
        ShareClass("B", "c", Fraction(300)),
    ]

    assert held(classes, [Shareholding("s", "p", "A", Fraction(100))]) == (
        Holding("s", "p", "c", Fraction(1, 4), Period(None, JUNE), Fraction(1, 4)),
        Holding(f"s@{JUNE}", "p", "c", Fraction(10, 13), Period(JUNE), Fraction(1, 4)),
    )
    with pytest.raises(Refusal) as refused:
        World.of(
            companies=[Company("c"), Company("p")],
            share_classes=classes,
            shareholdings=[Shareholding("s", "p", "A-2", Fraction(1))],
        )
    assert refused.value.reason == Reason.of("id_unknown", id="A-2")


def test_a_changed_class_turns_the_verdict_on_its_day_and_not_the_day_before() -> None:
    world = World.of(
        companies=[Company("c"), Company("p")],
        share_classes=[
            ShareClass("A", "c", Fraction(100), period=Period(None, JUNE)),
            ShareClass("A-2", "c", Fraction(100), votes_each=Fraction(10), period=Period(JUNE), version_of="A"),
            ShareClass("B", "c", Fraction(300)),
        ],
        shareholdings=[Shareholding("s", "p", "A", Fraction(100))],
    )

    verdicts = [classify(supplier="p", customer="c", world=world, on=day).verdict for day in (MAY_31, JUNE)]
    assert verdicts == [Verdict.EXTERNAL, Verdict.INTERNAL]


@pytest.mark.parametrize(
    ("more", "reason", "where"),
    [
        (ShareClass("A-2", "c", Fraction(1), version_of="Z", period=Period(JUNE)), "id_unknown", "version_of"),
        (ShareClass("A-2", "p", Fraction(1), version_of="A", period=Period(JUNE)), "share_class_no_version", "version_of"),
        (
            ShareClass("A-3", "c", Fraction(1), version_of="A-1", period=Period(JUNE)),
            "share_class_no_version",
            "version_of",
        ),
        (ShareClass("A-3", "c", Fraction(1), version_of="A"), "share_class_twice_at_once", "valid_from"),
    ],
)  # fmt: skip
def test_what_is_no_version_of_the_class_is_refused(more: ShareClass, reason: str, where: str) -> None:
    classes = [
        ShareClass("A", "c", Fraction(100), period=Period(None, MARCH)),
        ShareClass("A-1", "c", Fraction(100), period=Period(MARCH, JUNE), version_of="A"),
        more,
    ]
    with pytest.raises(Refusal) as refused:
        World.of(companies=[Company("c"), Company("p")], share_classes=classes)
    assert (refused.value.reason.code, refused.value.where.rpartition(".")[2]) == (reason, where)


@pytest.mark.parametrize(
    ("held_in", "issued", "reason"),
    [
        (Period(MARCH), 59, Reason.of("shares_over_issued", share_class="A", on=JUNE, shares="60")),
        (Period(MARCH, JUNE), 59, None),
        (Period(MARCH), 60, None),
        (Period(MARCH, AUGUST), 60, None),
        (Period(None, JUNE), 60, Reason.of("shares_not_issued", share_class="A", shares="60")),
    ],
)  # fmt: skip
def test_shares_are_counted_against_the_version_of_each_day(
    held_in: Period, issued: int, reason: Reason | None
) -> None:
    def world() -> World:
        return World.of(
            companies=[Company("c"), Company("p")],
            share_classes=[
                ShareClass("A", "c", Fraction(100), period=Period(MARCH, JUNE)),
                ShareClass("A-2", "c", Fraction(issued), period=Period(JUNE), version_of="A"),
            ],
            shareholdings=[Shareholding("s", "p", "A", Fraction(60), held_in)],
        )

    if reason is None:
        assert world().stakes[0].owner == "p"
        return
    with pytest.raises(Refusal) as refused:
        world()
    assert refused.value.reason == reason
