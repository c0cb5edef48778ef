"""A cover sold for an insurer: the premium is the insurer's, the commission the agent's, and both books balance."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from inward.core.bookkeeping import (
    Agency,
    EntryKind,
    Role,
    SoldLine,
    StaffSettlement,
    agency_sale,
    chargeback,
    outside_sale,
    staff_sale,
    total,
)
from inward.core.terms import Money, Rate

INSIDE = Agency("agency", "insurer", Rate.percent("12.5"), inside=True, keeps_books=True)
OUTSIDE = Agency("agency", "insurer", Rate.percent("12.5"), inside=False, keeps_books=False)


def eur(minor):
    return Money(minor, "EUR")


def premium(net=4000, tax=840):
    return [SoldLine(eur(net), eur(tax), "PREMIUM")]


def staff(lines, employer="agency"):
    return staff_sale(
        supplier="agency", employer=employer, person="s1", lines=lines, settlement=StaffSettlement.PAYROLL,
        cost_centre=None, reference="R",
    )  # fmt: skip


def sold(agency, sale, lines, customer="s1"):
    return agency_sale(agency=agency, sale=sale, customer=customer, lines=lines, reference="R")


def lines_of(entry):
    return [(line.role, line.amount.minor, line.counterparty, line.elimination) for line in entry.lines]


def test_an_insurer_outside_is_owed_the_premium_less_the_commission_and_nothing_is_marked_to_vanish():
    (entry,) = sold(OUTSIDE, staff(premium()), premium())

    assert (entry.company, entry.kind) == ("agency", EntryKind.AGENCY_SALE)
    assert lines_of(entry) == [
        (Role.EMPLOYEE_RECEIVABLE, 4840, "s1", None),
        (Role.PREMIUM_PAYABLE, -4340, "insurer", None),
        (Role.COMMISSION_EARNED, -500, "insurer", None),
    ]


def test_a_sister_that_insures_earns_the_premium_and_what_the_two_owe_each_other_cancels():
    agent, insurer = sold(INSIDE, staff(premium()), premium())

    assert (insurer.company, insurer.kind) == ("insurer", EntryKind.INSURED)
    assert lines_of(insurer) == [
        (Role.INTERCOMPANY_RECEIVABLE, 4340, "agency", "agency|insurer"),
        (Role.COMMISSION_PAID, 500, "agency", "agency|insurer"),
        (Role.REVENUE, -4000, "s1", None),
        (Role.OUTPUT_TAX, -840, None, None),
    ]
    tagged = [line.amount.minor for entry in (agent, insurer) for line in entry.lines if line.elimination]
    assert sum(tagged) == 0


def test_an_insurer_outside_the_group_whose_books_are_kept_here_is_owed_by_a_customer():
    outside = Agency("agency", "insurer", Rate.percent(10), inside=False, keeps_books=True)

    _, insurer = sold(outside, staff(premium()), premium())

    assert lines_of(insurer)[0] == (Role.CUSTOMER_RECEIVABLE, 4440, "agency", None)


def test_staff_of_a_sister_owe_their_employer_and_its_entry_stays_as_it_is():
    own = staff(premium(), employer="shop")

    agent, settled = sold(OUTSIDE, own, premium())

    assert settled == own[1]
    assert lines_of(agent)[0] == (Role.INTERCOMPANY_RECEIVABLE, 4840, "shop", "agency|shop")


@pytest.mark.parametrize(
    "own",
    [
        outside_sale(supplier="agency", customer="c", lines=premium(4000, 0), reference="R"),
        chargeback(company="agency", supplier_unit="a", customer_unit="b", lines=premium(4000, 0), reference="R"),
    ],
)
def test_nothing_is_earned_by_an_agent_but_its_commission(own):
    (entry,) = sold(OUTSIDE, own, premium(4000, 0), "c")

    assert [line.role for line in entry.lines][1:] == [Role.PREMIUM_PAYABLE, Role.COMMISSION_EARNED]
    assert entry.lines[0].amount == eur(4000)


def test_a_correction_names_what_it_corrects_in_both_books():
    entries = agency_sale(
        agency=INSIDE, sale=staff(premium(-100, -21)), customer="s1", lines=premium(-100, -21), reference="R",
        correction_of="R",
    )  # fmt: skip

    assert [entry.correction_of for entry in entries] == ["R", "R"]


@given(some.integers(-(10**9), 10**9), some.integers(-(10**8), 10**8), some.fractions(0, 1))
def test_both_books_balance_to_the_cent_and_a_return_undoes_them(net, tax, rate):
    agency = Agency("agency", "insurer", Rate(rate), inside=True, keeps_books=True)
    lines, back = premium(net, tax), premium(-net, -tax)

    entries, undone = sold(agency, staff(lines), lines), sold(agency, staff(back), back)

    for entry in entries:
        assert total(entry.lines) == {"EUR": eur(0)} or not any(line.amount for line in entry.lines)
    assert [lines_of(e) for e in entries] == [
        [(role, -amount, who, tag) for role, amount, who, tag in lines_of(e)] for e in undone
    ]
