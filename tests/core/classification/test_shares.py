"""Shares become holdings: each stretch of days on which nothing is issued or changed has its own fractions."""

from datetime import date
from fractions import Fraction

from inward.core.classification import Holding, ShareClass, Shareholding
from inward.core.classification.shares import held
from inward.core.terms import Period

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
