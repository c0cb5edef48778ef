"""What several cost centres bear of a dealing: the parts add up after every step, and nothing is left after the last."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.core.bookkeeping.test_posting import eur, sold

from inward.core.bookkeeping import Role, SoldLine, chargeback, intercompany_sale
from inward.core.bookkeeping.sharing import moved, shared
from inward.core.terms import Money, Refusal, spread


def borne(entry):
    return [(line.role.value, line.cost_centre, line.counterparty, line.amount.minor) for line in entry.lines]


def test_a_chargeback_is_borne_by_each_and_recovered_from_each():
    entries = chargeback(company="abc", supplier_unit="it", customer_unit="hr", lines=[sold(1000, 0)], reference="o1")
    (entry,) = shared(entries, [("hr", eur(600)), ("law", eur(400)), ("none", eur(0))])
    assert borne(entry) == [
        ("COST_CENTRE_CHARGE", "hr", "it", 600),
        ("COST_CENTRE_CHARGE", "law", "it", 400),
        ("COST_RECOVERY", "it", "hr", -600),
        ("COST_RECOVERY", "it", "law", -400),
    ]


def test_between_companies_the_purchase_is_divided_and_neither_tax_nor_what_is_owed():
    entries = intercompany_sale(
        supplier="xyz", customer="abc", cost_centre="hr", lines=[sold(1000, 210)], reference="o1"
    )
    seller, buyer = shared(entries, [("hr", eur(333)), ("law", eur(667))])
    assert seller == entries[0]
    assert [(line.role, line.cost_centre, line.amount.minor) for line in buyer.lines] == [
        (Role.INTERCOMPANY_PURCHASE, "hr", 333),
        (Role.INTERCOMPANY_PURCHASE, "law", 667),
        (Role.INPUT_TAX, None, 210),
        (Role.INTERCOMPANY_PAYABLE, None, -1210),
    ]


def test_parts_that_are_not_all_of_it_are_refused():
    entries = chargeback(company="abc", supplier_unit="it", customer_unit="hr", lines=[sold(1000, 0)], reference="o1")
    with pytest.raises(Refusal) as refused:
        shared(entries, [("hr", eur(600)), ("law", eur(401))])
    assert refused.value.reason.code == "parts_do_not_add_up"


def test_three_returns_of_a_third_leave_nothing_on_any_centre():
    parts = [("a", eur(34)), ("b", eur(33)), ("c", eur(33))]
    for back in (33, 33, 34):
        parts = [
            (name, had + more)
            for (name, had), (_, more) in zip(parts, moved(parts, [1, 1, 1], eur(-back)), strict=True)
        ]
    assert parts == [("a", eur(0)), ("b", eur(0)), ("c", eur(0))]


@given(
    some.lists(some.integers(1, 10_000), min_size=2, max_size=6), some.lists(some.integers(-(10**6), 10**6), max_size=6)
)
def test_what_is_borne_is_the_sum_divided_by_the_weights_however_it_came_about(weights, changes):
    parts = [(str(place), eur(0)) for place in range(len(weights))]
    for change in changes:
        more = moved(parts, weights, eur(change))
        assert sum(amount.minor for _, amount in more) == change
        parts = [(name, had + amount) for (name, had), (_, amount) in zip(parts, more, strict=True)]
    assert [amount.minor for _, amount in parts] == list(spread(sum(changes), weights))


def test_of_dual_rates_what_is_charged_is_shared_and_what_is_credited_is_one_figure():
    dual = [SoldLine(Money(100, "EUR"), Money(0, "EUR"), credited=Money(160, "EUR"))]
    entries = chargeback(company="abc", supplier_unit="shop", customer_unit="it", lines=dual, reference="o1")
    (entry,) = shared(entries, [("it", Money(67, "EUR")), ("hr", Money(33, "EUR"))])
    assert [(line.role, line.amount.minor, line.cost_centre) for line in entry.lines] == [
        (Role.COST_CENTRE_CHARGE, 67, "it"),
        (Role.COST_CENTRE_CHARGE, 33, "hr"),
        (Role.COST_RECOVERY, -160, "shop"),
        (Role.DUAL_DIFFERENCE, 60, "abc"),
    ]
