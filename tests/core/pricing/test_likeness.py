"""What was reckoned for customers alike is, to the last word of its trace, what would be reckoned for this one; and traces may be left out."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.pricing.conftest import START, asked, money, scheme, staff_rule, work, world
from tests.core.pricing.conftest import book as small
from tests.core.pricing.test_alike import BOOK, CUSTOMERS, WORLD, book

from inward.core.classification import WorkState
from inward.core.pricing import Alike, Used, Wanted, alike, quote
from inward.core.pricing import lines as module
from inward.core.terms import Period, Refusal

WARM = BOOK
"""One book for all examples: whatever was reckoned for one customer may serve the next."""
DEALINGS = st.tuples(
    st.sampled_from(CUSTOMERS),
    st.dates(START, date(2027, 1, 1)),
    st.lists(st.tuples(st.sampled_from(["machine", "beans"]), st.integers(1, 3)), min_size=1, max_size=3),
    st.integers(0, 2),
)


def told(prices, dealing, **how):
    """The quote, or why there is none."""
    customer, on, lines, units = dealing
    used = [Used("staff", str(on.year), money("40.00") if units else None, units)]
    wanted = [Wanted(code, quantity) for code, quantity in lines]
    try:
        return quote(world=WORLD, book=prices, supplier="abc", customer=customer, on=on, lines=wanted, used=used, **how)
    except Refusal as refusal:
        return refusal.reason


def without_traces(found):
    if not hasattr(found, "lines"):
        return found
    return replace(found, lines=tuple(replace(line, trace=()) for line in found.lines))


@settings(max_examples=150)
@given(DEALINGS)
def test_a_book_that_has_priced_for_many_says_what_a_fresh_one_says_with_every_reason(dealing):
    assert told(WARM, dealing) == told(book(), dealing)


@settings(max_examples=150)
@given(DEALINGS)
def test_without_traces_everything_else_is_the_same(dealing):
    assert told(WARM, dealing, with_trace=False) == without_traces(told(book(), dealing))


def test_a_line_is_reckoned_once_for_all_who_are_alike(monkeypatch):
    reckoned = []
    reckon = module.LinePricer._reckoned
    monkeypatch.setattr(
        module.LinePricer, "_reckoned", lambda self, *line: reckoned.append(self._customer.party) or reckon(self, *line)
    )
    house = world(work("berit"), work("anna", since=date(2026, 3, 1)), work("knut", since=date(2026, 4, 1)))
    prices = small(staff_rule(), small().rules[0], schemes=[scheme(tenure_months=3)])
    for customer in ("maya", "berit", "maya"):
        asked(prices, customer=customer, house=house)
    assert reckoned == ["maya"]
    for customer in ("anna", "knut"):  # two months and one: each reads of her own
        why = next(
            each.why for each in asked(prices, customer=customer, house=house).lines[0].trace if each.rule == "staff"
        )
        assert why.facts["months"] == {"anna": 2, "knut": 1}[customer]
    assert reckoned == ["maya", "anna", "knut"]


def test_without_traces_those_who_differ_in_reasons_alone_are_alike(monkeypatch):
    reckoned = []
    reckon = module.LinePricer._reckoned
    monkeypatch.setattr(
        module.LinePricer, "_reckoned", lambda self, *line: reckoned.append(self._customer.party) or reckon(self, *line)
    )
    house = world(work("anna", since=date(2026, 3, 1)), work("knut", since=date(2026, 4, 1)))
    prices = small(staff_rule(), small().rules[0], schemes=[scheme(tenure_months=3)])
    for customer in ("anna", "knut"):
        found = quote(
            world=house, book=prices, supplier="abc", customer=customer, on=date(2026, 5, 4),
            lines=[Wanted("machine", 1)], with_trace=False,
        )  # fmt: skip
        assert (found.lines[0].price, found.lines[0].trace) == (money("100.00"), ())
    assert reckoned == ["anna"]


def test_a_state_of_her_work_makes_her_another():
    away = replace(work("anna"), states=((WorkState.UNPAID_LEAVE, Period(START, None)),))
    house = world(work("berit"), away)
    prices = small(staff_rule(), small().rules[0], schemes=[scheme(closed_in=frozenset({WorkState.UNPAID_LEAVE}))])
    assert asked(prices, customer="berit", house=house).lines[0].price == money("75.00")
    assert asked(prices, customer="anna", house=house).lines[0].price == money("100.00")


def test_of_many_who_ask_on_many_days_only_some_are_kept(monkeypatch):
    monkeypatch.setattr(alike, "_ASKING_KEPT", 2)
    prices = Alike(WORLD, book())
    for customer in ("maya", "nora", "xyz", "maya"):
        on = date(2026, 5, 4)
        (line,) = prices.lines(supplier="abc", customer=customer, on=on, wanted=[Wanted("beans", 1)])
        free = quote(
            world=WORLD, book=prices._book, supplier="abc", customer=customer, on=on, lines=[Wanted("beans", 1)]
        )
        assert line.gross == free.total
    assert len(prices._asking) == 2
