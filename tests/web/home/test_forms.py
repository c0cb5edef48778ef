"""What people send is read exactly or refused with words; nothing is guessed."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from inward.core.pricing import Wanted
from inward.core.terms import Money
from inward.trade.vocabulary import Settlement
from inward.web.components.forms import carried
from inward.web.home.forms import read_order, read_pieces, read_quantities

SENT = {"offering": ["a", "b"], "quantity": ["2", "0"], "shown": ["2", "1"], "expected": ["12990 EUR"], "key": ["k"]}


def sent(**changed):
    query = QueryDict(mutable=True)
    for name, values in (SENT | changed).items():
        query.setlist(name, values)
    return query


def test_an_order_is_read_with_what_was_shown_beside_what_is_wanted():
    asked = read_order(sent(settlement=["PAYROLL"], note=["Blue, please"]))
    assert asked.lines == (Wanted("a", 2),)
    assert asked.shown == (Wanted("a", 2), Wanted("b", 1))
    assert asked.changed
    assert (asked.expected, asked.settlement, asked.cost_centre, asked.note) == (
        Money.of("129.90", "EUR"),
        Settlement.PAYROLL,
        None,
        "Blue, please",
    )


def test_an_order_as_shown_is_not_changed():
    assert not read_order(sent(quantity=["2", "1"])).changed


@pytest.mark.parametrize(
    "forged",
    [
        {"expected": [""]}, {"expected": ["12.50 EUR"]}, {"expected": ["1250 euro"]}, {"expected": ["9" * 30 + " EUR"]},
        {"key": [""]}, {"key": ["x" * 65]}, {"settlement": ["GIFT"]}, {"quantity": ["2"]}, {"shown": ["1", "2", "3"]},
        {"quantity": ["2", "²"]}, {"quantity": ["2", "-1"]}, {"quantity": ["2", "1e3"]}, {"quantity": ["2", "100001"]}, {"note": ["x" * 501]},
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_read_is_refused(forged):
    with pytest.raises(ValidationError):
        read_order(sent(**forged))


def test_a_price_is_carried_to_the_form_and_back():
    assert carried(Money.of("129.90", "EUR")) == "12990 EUR"
    assert read_order(sent()).expected == Money.of("129.90", "EUR")


def test_pieces_are_read_by_line_and_nothing_typed_is_none():
    assert read_pieces({"line-1": "2", "line-2": " ", "line-x": "5", "reason": "3"}) == {1: 2, 2: 0}
    assert read_quantities(sent()) == {"a": 2, "b": 0}
