"""Postings: balanced by construction, mirrored between sisters, undone to the cent by returns."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from inward.core.bookkeeping import (
    Entry,
    EntryKind,
    PostingLine,
    Role,
    SoldLine,
    StaffSettlement,
    balanced,
    by_role,
    chargeback,
    free_use,
    intercompany_sale,
    outside_sale,
    staff_sale,
    total,
)
from inward.core.terms import Money, Refusal


def eur(minor):
    return Money(minor, "EUR")


def sold(net=8052, tax=1691, code="STANDARD", cost=None):
    return SoldLine(eur(net), eur(tax), code, None if cost is None else eur(cost))


def lines_of(entry):
    return [(line.role, line.amount.minor) for line in entry.lines]


def sale(*lines, **more):
    given = {
        "supplier": "abc", "employer": "abc", "person": "s1", "settlement": StaffSettlement.PAYROLL, "cost_centre": None,
        "reference": "o1",
    } | more  # fmt: skip
    return staff_sale(lines=lines, **given)


def test_a_sale_to_own_staff_is_owed_out_of_the_next_pay():
    (entry,) = sale(sold())
    assert (entry.company, entry.kind, entry.reference) == ("abc", EntryKind.STAFF_SALE, "o1")
    assert lines_of(entry) == [(Role.EMPLOYEE_RECEIVABLE, 9743), (Role.STAFF_REVENUE, -8052), (Role.OUTPUT_TAX, -1691)]
    assert {line.counterparty for line in entry.lines if line.role is not Role.OUTPUT_TAX} == {"s1"}


def test_a_purchase_for_work_is_borne_by_its_cost_centre_and_never_by_none():
    (entry,) = sale(sold(), settlement=StaffSettlement.COST_CENTRE, cost_centre="abc-it")
    assert entry.lines[0] == PostingLine(Role.COST_CENTRE_CHARGE, eur(9743), "abc-it", "s1")
    with pytest.raises(Refusal) as refused:
        sale(sold(), settlement=StaffSettlement.COST_CENTRE)
    assert refused.value.reason.code == "cost_centre_missing"


def test_staff_of_a_sister_owe_their_employer_who_owes_the_supplier():
    theirs, ours = sale(sold(), employer="xyz")
    assert (theirs.company, theirs.kind, ours.company, ours.kind) == (
        "abc", EntryKind.STAFF_SALE, "xyz", EntryKind.STAFF_SETTLEMENT,
    )  # fmt: skip
    assert lines_of(theirs)[0] == (Role.INTERCOMPANY_RECEIVABLE, 9743)
    assert lines_of(ours) == [(Role.EMPLOYEE_RECEIVABLE, 9743), (Role.INTERCOMPANY_PAYABLE, -9743)]
    assert theirs.lines[0].elimination == ours.lines[1].elimination == "abc|xyz"
    assert "s1" not in {line.counterparty for line in theirs.lines if line.role is Role.INTERCOMPANY_RECEIVABLE}


def test_tax_stands_apart_by_code_in_order():
    (entry,) = outside_sale(supplier="abc", customer="rossi", reference="o1", lines=[sold(100, 9, "FOOD"), sold(200, 42), sold(100, 9, "FOOD")])  # fmt: skip
    taxes = [(line.tax_code, line.amount.minor) for line in entry.lines if line.role is Role.OUTPUT_TAX]
    assert taxes == [("FOOD", -18), ("STANDARD", -42)]
    assert lines_of(entry)[0] == (Role.CUSTOMER_RECEIVABLE, 460)


def test_the_two_sides_of_a_sale_between_sisters_mirror_each_other():
    seller, buyer = intercompany_sale(
        supplier="xyz", customer="abc", cost_centre="abc-purchasing", lines=[sold(36000, 7560)], reference="o1"
    )
    assert lines_of(seller) == [
        (Role.INTERCOMPANY_RECEIVABLE, 43560), (Role.INTERCOMPANY_REVENUE, -36000), (Role.OUTPUT_TAX, -7560),
    ]  # fmt: skip
    assert lines_of(buyer) == [
        (Role.INTERCOMPANY_PURCHASE, 36000), (Role.INPUT_TAX, 7560), (Role.INTERCOMPANY_PAYABLE, -43560),
    ]  # fmt: skip
    assert buyer.lines[0].cost_centre == "abc-purchasing"
    tagged = [line.elimination for entry in (seller, buyer) for line in entry.lines if line.elimination]
    assert tagged == ["abc|xyz"] * 4


def test_a_charge_within_one_company_moves_cost_and_carries_no_tax():
    (entry,) = chargeback(company="xyz", supplier_unit="xyz-moulding", customer_unit="xyz-assembly", lines=[sold(5000, 0, "")], reference="o1")  # fmt: skip
    assert entry.lines == (
        PostingLine(Role.COST_CENTRE_CHARGE, eur(5000), "xyz-assembly", "xyz-moulding"),
        PostingLine(Role.COST_RECOVERY, eur(-5000), "xyz-moulding", "xyz-assembly"),
    )
    with pytest.raises(Refusal) as refused:
        chargeback(company="xyz", supplier_unit="a", customer_unit="b", lines=[sold(5000, 1)], reference="o1")
    assert refused.value.reason.code == "chargeback_with_tax"


def test_what_is_free_shows_its_cost_where_it_is_known_and_nothing_where_it_is_not():
    (entry,) = free_use(company="abc", supplier_unit="abc-it", customer="abc-marketing", lines=[sold(0, 0, "", 4200), sold(0, 0, "")], reference="o1")  # fmt: skip
    assert lines_of(entry) == [(Role.FREE_USE, 4200), (Role.COST_RECOVERY, -4200)]
    assert free_use(company="abc", supplier_unit="abc-it", customer="x", lines=[sold(0, 0, "")], reference="o1") == ()


def test_an_order_of_no_money_posts_nothing_and_one_of_no_lines_is_refused():
    assert outside_sale(supplier="abc", customer="rossi", lines=[sold(0, 0)], reference="o1") == ()
    with pytest.raises(Refusal) as refused:
        outside_sale(supplier="abc", customer="rossi", lines=[], reference="o1")
    assert refused.value.reason.code == "posting_without_lines"


def test_an_entry_that_is_not_zero_is_refused_in_the_currency_in_which_it_is_not():
    good = PostingLine(Role.REVENUE, Money(-5, "NOK"))
    entry = Entry("abc", EntryKind.OUTSIDE_SALE, "o1", (PostingLine(Role.CUSTOMER_RECEIVABLE, eur(5)), PostingLine(Role.REVENUE, eur(-5)), good))  # fmt: skip
    with pytest.raises(Refusal) as refused:
        balanced(entry)
    assert (refused.value.reason.code, dict(refused.value.reason.items)["left"]) == (
        "entry_not_balanced",
        Money(-5, "NOK"),
    )
    assert total(entry.lines) == {"EUR": eur(0), "NOK": Money(-5, "NOK")}


amounts = some.integers(-(10**12), 10**12)
some_lines = some.lists(
    some.builds(sold, amounts, amounts, some.sampled_from(["", "STANDARD", "FOOD"]), some.none() | amounts),
    min_size=1,
    max_size=6,
)


def every_kind(lines):
    untaxed = [SoldLine(line.net, eur(0), "", line.cost) for line in lines]
    return (
        *sale(*lines),
        *sale(*lines, employer="xyz"),
        *sale(*lines, settlement=StaffSettlement.COST_CENTRE, cost_centre="abc-it"),
        *intercompany_sale(supplier="xyz", customer="abc", cost_centre=None, lines=lines, reference="o1"),
        *chargeback(company="xyz", supplier_unit="a", customer_unit="b", lines=untaxed, reference="o1"),
        *free_use(company="abc", supplier_unit="a", customer="b", lines=lines, reference="o1"),
        *outside_sale(supplier="abc", customer="rossi", lines=lines, reference="o1"),
    )


def turned(lines):
    return [SoldLine(-line.net, -line.tax, line.tax_code, None if line.cost is None else -line.cost) for line in lines]


@given(some_lines)
def test_every_entry_of_every_kind_is_zero_and_has_no_empty_line(lines):
    for entry in every_kind(lines):
        assert set(total(entry.lines).values()) == {eur(0)}
        assert all(line.amount for line in entry.lines)


@given(some_lines)
def test_what_is_sold_and_given_back_leaves_nothing(lines):
    assert by_role([*every_kind(lines), *every_kind(turned(lines))]) == {}


@given(some_lines, some.data())
def test_returns_in_parts_add_up_to_the_whole(lines, data):
    parts = []
    for line in lines:
        net, tax = data.draw(amounts), data.draw(amounts)
        parts += [
            SoldLine(eur(net), eur(tax), line.tax_code),
            SoldLine(line.net - eur(net), line.tax - eur(tax), line.tax_code),
        ]
    whole = outside_sale(supplier="abc", customer="rossi", lines=turned(lines), reference="o1")
    pieces = [entry for part in turned(parts) for entry in outside_sale(supplier="abc", customer="rossi", lines=[part], reference="o1")]  # fmt: skip
    assert by_role(pieces) == by_role(whole)


@pytest.mark.parametrize("employer", ["abc", "xyz"])
def test_what_staff_paid_elsewhere_is_between_them_and_the_supplier_alone(employer):
    (entry,) = sale(sold(), employer=employer, settlement=StaffSettlement.EXTERNAL)
    assert (entry.company, entry.kind) == ("abc", EntryKind.STAFF_SALE)
    assert entry.lines[0] == PostingLine(Role.PAYMENT_CLEARING, eur(9743), counterparty="s1")
    assert lines_of(entry)[1:] == [(Role.STAFF_REVENUE, -8052), (Role.OUTPUT_TAX, -1691)]


def test_what_an_outsider_paid_elsewhere_is_no_receivable():
    (entry,) = outside_sale(supplier="abc", customer="rossi", reference="o1", lines=[sold()], paid_elsewhere=True)
    assert lines_of(entry)[0] == (Role.PAYMENT_CLEARING, 9743)
    assert Role.CUSTOMER_RECEIVABLE not in by_role([entry])


def test_what_is_credited_otherwise_than_charged_leaves_the_difference_with_the_legal_entity():
    dual = [
        SoldLine(Money(18_000, "EUR"), Money(0, "EUR"), credited=Money(24_300, "EUR")),
        SoldLine(Money(100, "EUR"), Money(0, "EUR")),
    ]
    (entry,) = chargeback(company="abc", supplier_unit="shop", customer_unit="it", lines=dual, reference="o1")
    assert [(line.role, line.amount.minor, line.cost_centre, line.counterparty) for line in entry.lines] == [
        (Role.COST_CENTRE_CHARGE, 18_100, "it", "shop"),
        (Role.COST_RECOVERY, -24_400, "shop", "it"),
        (Role.DUAL_DIFFERENCE, 6_300, "abc", "shop"),
    ]


def test_credited_below_what_is_charged_is_a_gain_of_the_entity():
    dual = [SoldLine(Money(200, "EUR"), Money(0, "EUR"), credited=Money(150, "EUR"))]
    (entry,) = chargeback(company="abc", supplier_unit="shop", customer_unit="it", lines=dual, reference="o1")
    assert entry.lines[-1].amount == Money(-50, "EUR")


def test_credited_as_charged_there_is_no_difference_to_post():
    dual = [SoldLine(Money(200, "EUR"), Money(0, "EUR"), credited=Money(200, "EUR"))]
    (entry,) = chargeback(company="abc", supplier_unit="shop", customer_unit="it", lines=dual, reference="o1")
    assert [line.role for line in entry.lines] == [Role.COST_CENTRE_CHARGE, Role.COST_RECOVERY]
