"""Sums of what was drawn, over dealings decided one after the other."""

from tests.core.pricing.conftest import ON, asked, book, item, listed, money, scheme, staff_rule

from inward.core.pricing import Limit, Span, Used
from inward.core.pricing.tally import Tally


def test_what_one_dealing_draws_counts_for_the_next_in_every_period_it_counts_in():
    limits = (
        Limit("order", Span.ORDER, units=2),
        Limit("month", Span.MONTH, units=3),
        Limit("window", Span.ROLLING, units=9, days=30),
    )
    prices = book(listed(), staff_rule(), offerings=[item()], schemes=[scheme(limits=limits)])
    tally = Tally()
    tally.know(Used("staff", "2026", None, 5))
    first = asked(prices, quantity=2, used=tally.used)
    tally.add(first.allowances)
    second = asked(prices, quantity=2, used=tally.used)
    assert [(part.quantity, part.rule) for part in second.lines[0].parts] == [(1, "staff"), (1, "list-machine")]
    tally.add(second.allowances)
    assert set(tally.used) == {
        Used("staff", "2026", money("225"), 8),
        Used("staff", "2026-05", money("225"), 3, "month"),
        Used("staff", ON.isoformat(), money("225"), 3, "window"),
        Used("staff", "ever", money("225"), 3, "window"),
    }


def test_pieces_count_on_where_they_are_bought_in_another_currency():
    tally, kroner = Tally(), type(money("1")).of("50", "NOK")
    tally.know(Used("staff", "2026", kroner, 5))
    tally.add(asked(book(listed(), staff_rule(), schemes=[scheme()])).allowances)
    assert tally.used == (Used("staff", "2026", money("75"), 6),)
