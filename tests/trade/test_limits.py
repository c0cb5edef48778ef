"""Approval limits: who sets them, what is no limit, and that the nearest one above a unit holds."""

import pytest
from tests.builders import AT, HOUSE, ON, nothing_written
from tests.cast import HENK, LUCA, MAYA
from tests.trade import looking

from inward.core.terms import Money, Refusal
from inward.kit import versions
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.deciding import Limit
from inward.trade.models import ApprovalLimit


def eur(amount):
    return Money.of(amount, "EUR")


def set_limit(party, limit, by=HOUSE):
    trade.set_approval_limit(by=by, at=AT, party=party, limit=limit)


def test_the_nearest_limit_above_a_unit_holds_and_its_own_first(house):
    assert queries.approval_limit("abc-shop-centre", on=ON) == Limit("abc", eur("5000.00"))
    set_limit("abc-shops", eur("100.00"))
    assert queries.approval_limit("abc-shop-centre", on=ON) == Limit("abc-shops", eur("100.00"))
    set_limit("abc-shop-centre", eur("0.00"))
    assert queries.approval_limit("abc-shop-centre", on=ON) == Limit("abc-shop-centre", eur("0.00"))
    set_limit("abc-shop-centre", None)
    assert queries.approval_limit("abc-shop-centre", on=ON) == Limit("abc-shops", eur("100.00"))
    assert queries.approval_limit("xyz", on=ON) is None
    assert queries.approval_limit("maya-lund", on=ON) is None


def test_setting_it_again_replaces_it_and_is_audited_and_noticed(house):
    before = versions.current("trade")["trade"]
    set_limit("abc", eur("10.00"), house.actor(LUCA))
    assert ApprovalLimit.objects.get(party__code="abc").limit_minor == 1_000
    assert versions.current("trade")["trade"] == before + 1
    noted = AuditRow.objects.filter(act="trade.set_approval_limit", thing="abc").order_by("id").last()
    assert noted.facts == {"limit": "10.00 EUR", "before": "5000.00 EUR", "after": "10.00 EUR", "source": ""}
    assert looking.told() == []


def test_only_controllers_of_the_company_set_it(house):
    for by in (NOBODY, house.actor(MAYA), house.actor(HENK)):
        with nothing_written(), pytest.raises(Refused):
            set_limit("abc-it", eur("1.00"), by)
    with nothing_written(), pytest.raises(Refused):
        set_limit("fjord", eur("1.00"), house.actor(LUCA))


@pytest.mark.parametrize("party", ["maya-lund", "nowhere"])
def test_only_units_and_companies_have_one(house, party):
    with nothing_written(), pytest.raises(NotThere):
        set_limit(party, eur("1.00"))


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        (Money(-1, "EUR"), "approval_limit_not_usable"),
        (Money(10**17, "EUR"), "approval_limit_not_usable"),
        (Money(100, "NOK"), "approval_limit_currency"),
    ],
)
def test_what_no_order_could_be_held_against_is_no_limit(house, limit, code):
    with nothing_written(), pytest.raises(Refusal) as caught:
        set_limit("abc", limit)
    assert caught.value.reason.code == code


def test_before_books_are_open_any_currency_will_do(house):
    set_limit("fjord", Money(100, "NOK"))
    assert queries.approval_limit("fjord", on=ON) == Limit("fjord", Money(100, "NOK"))
