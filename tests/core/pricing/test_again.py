"""A line asked again of the same book is the same to the cent as one reckoned for the first time, or is reckoned anew."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.pricing.conftest import (
    ON,
    asked,
    book,
    by_rule,
    item,
    listed,
    money,
    scheme,
    staff_rule,
    work,
    world,
)

from inward.core.classification import WorkKind
from inward.core.pricing import Used, Wanted, quote
from inward.core.pricing import book as books


def prices(**more):
    limits = {"allowance_units": 5, "allowance_money": money("400")} | more
    return book(
        staff_rule(),
        listed(),
        listed("40.00", "kettle"),
        offerings=[item(), item("kettle")],
        schemes=[scheme(**limits)],
    )


def test_a_line_asked_again_is_not_reckoned_again_and_draws_again():
    known = prices()
    first, again = asked(known, quantity=2), asked(known, quantity=2, used=[Used("staff", "2026", money("150"), 2)])
    assert again.lines[0] is first.lines[0]
    assert (first.allowances[0].units_left, again.allowances[0].units_left) == (3, 1)
    assert (first.allowances[0].money_left, again.allowances[0].money_left) == (money("250"), money("100"))


@pytest.mark.parametrize("used", [Used("staff", "2026", None, 4), Used("staff", "2026", money("300"), 0)])
def test_where_the_allowance_no_longer_covers_it_the_line_is_reckoned_anew(used):
    known = prices()
    whole = asked(known, quantity=2).lines[0]
    short = asked(known, quantity=2, used=[used]).lines[0]
    assert [(part.quantity, part.rule) for part in whole.parts] == [(2, "staff")]
    assert [(part.quantity, part.rule) for part in short.parts] == [(1, "staff"), (1, "list-machine")]
    assert asked(known, quantity=2).lines[0] == whole


def test_a_line_that_an_allowance_has_shortened_is_never_what_comes_again():
    known, spent = prices(), [Used("staff", "2026", None, 5)]
    assert by_rule(asked(known, used=spent).lines[0])["staff"] == ("not_applicable", "allowance_used_up")
    assert by_rule(asked(known).lines[0])["staff"] == ("won", "rule_won")


def test_another_day_another_customer_and_another_world_are_other_questions():
    known, later = prices(), ON + timedelta(days=400)
    maya = asked(known)
    assert maya.lines[0].price == money("75.00")
    assert asked(known, customer="nora").lines[0].price == money("100.00")
    gone = world(work("temp", kind=WorkKind.FULL_TIME, until=later))
    assert asked(known, customer="temp", house=gone).lines[0].price == money("75.00")
    assert asked(known, customer="temp", house=gone, on=later).lines[0].price == money("100.00")
    assert asked(known, house=gone).lines[0] == maya.lines[0]


def test_only_so_many_customers_are_kept(monkeypatch):
    monkeypatch.setattr(books, "_CUSTOMERS_KEPT", 2)
    known = prices()
    first = asked(known).lines[0]
    asked(known, customer="nora")
    assert asked(known).lines[0] is first
    asked(known, customer="dina")  # the third: what was kept goes
    assert asked(known).lines[0] is not first
    assert asked(known).lines[0] == first


WISHES = st.lists(
    st.tuples(
        st.sampled_from(["maya", "dina", "olav", "nora", "abc-it", "xyz", "cafe"]),
        st.lists(st.tuples(st.sampled_from(["machine", "kettle"]), st.integers(1, 6)), min_size=1, max_size=4),
        st.integers(0, 6),
        st.integers(0, 500),
    ),
    min_size=2,
    max_size=12,
)


@given(wishes=WISHES)
@settings(max_examples=60, deadline=None)
def test_a_book_that_was_asked_much_answers_as_one_that_was_asked_nothing(wishes):
    known, here = prices(), world()
    for customer, lines, units, euros in wishes:
        question = {
            "world": here,
            "supplier": "abc",
            "customer": customer,
            "on": ON,
            "lines": [Wanted(code, count) for code, count in lines],
            "used": [Used("staff", "2026", money(str(euros)), units)],
        }
        assert quote(book=known, **question) == quote(book=prices(), **question)


def test_only_so_many_lines_are_kept_of_all_customers_together(monkeypatch):
    monkeypatch.setattr(books, "_LINES_KEPT", 2)
    known = prices()
    first = asked(known).lines[0]
    asked(known, customer="nora")
    assert asked(known).lines[0] is first
    asked(known, customer="nora", quantity=2)  # the third: what was kept goes
    assert asked(known).lines[0] is not first
    assert asked(known).lines[0] == first
