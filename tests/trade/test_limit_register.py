"""Approval limits: who sets them, what is refused, what the history tells, and that they are listed within bounds."""

import pytest
from tests.builders import AT, HOUSE, ON, given_actor, nothing_written
from tests.cast import LUCA, MAYA

from inward.core.terms import Money, Refusal
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.trade import operations, policy, register


@pytest.fixture
def luca(house):
    return house.actor(LUCA)


def set_limit(by, amount, party="abc-purchasing", currency="EUR"):
    limit = None if amount is None else Money.of(amount, currency)
    operations.set_approval_limit(by=by, at=AT, party=party, limit=limit, source="board 12")


def test_the_controller_sets_and_lifts_a_limit_and_the_history_tells_both(luca):
    set_limit(luca, "750.00")
    set_limit(luca, "900.00")
    assert register.limit(viewer=luca, at=AT, party="abc-purchasing").limit == Money.of("900.00", "EUR")
    facts = AuditRow.objects.order_by("id").last().facts
    assert (facts["before"], facts["after"], facts["source"]) == ("750.00 EUR", "900.00 EUR", "board 12")
    set_limit(luca, None)
    with pytest.raises(NotThere):
        register.limit(viewer=luca, at=AT, party="abc-purchasing")


@pytest.mark.parametrize(
    ("amount", "currency", "code", "where"),
    [
        ("-1.00", "EUR", "approval_limit_not_usable", "limit"),
        ("1" + "0" * 20, "EUR", "approval_limit_not_usable", "limit"),
        ("10.00", "NOK", "approval_limit_currency", "currency"),
    ],
)
def test_a_limit_that_cannot_be_is_refused_with_its_place(luca, amount, currency, code, where):
    with nothing_written(), pytest.raises(Refusal) as refused:
        set_limit(luca, amount, currency=currency)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_a_company_without_books_may_have_a_limit_in_any_currency(house):
    set_limit(HOUSE, "10.00", party="fjord", currency="NOK")
    assert register.limit(viewer=HOUSE, at=AT, party="fjord").limit == Money.of("10.00", "NOK")


def test_nobody_else_sets_a_limit_and_what_is_not_there_has_none(house, luca):
    for by in (NOBODY, house.actor(MAYA), given_actor("keeper", ("DATA_ADMINISTRATOR", None))):
        with nothing_written(), pytest.raises(Refused):
            set_limit(by, "1.00")
    with nothing_written(), pytest.raises(NotThere):
        set_limit(luca, "1.00", party="nobody")


def test_limits_are_listed_for_those_who_set_them(house, luca):
    set_limit(HOUSE, "10.00", party="fjord", currency="NOK")
    set_limit(luca, "750.00")
    found = register.limits(viewer=luca, at=AT, params={})
    assert [(row.party.code, str(row.limit)) for row in found.rows] == [
        ("abc", "5000.00 EUR"), ("abc-purchasing", "750.00 EUR"),
    ]  # fmt: skip
    assert [row.party.code for row in register.limits(viewer=luca, at=AT, params={"text": "purch"}).rows] == ["abc-purchasing"]  # fmt: skip
    assert [row.party.code for row in register.limits(viewer=HOUSE, at=AT, params={"sort": "-limit"}).rows] == ["abc", "abc-purchasing", "fjord"]  # fmt: skip
    with pytest.raises(NotThere):
        register.limit(viewer=luca, at=AT, party="fjord")


def test_who_sets_some_limit(house, luca):
    assert policy.may_set_some_limit(luca, on=ON).allowed
    assert policy.may_set_some_limit(HOUSE, on=ON).allowed
    for by, code in ((NOBODY, "no_actor"), (house.actor(MAYA), "not_setter_of_limits")):
        assert [reason.code for reason in policy.may_set_some_limit(by, on=ON).reasons] == [code]
