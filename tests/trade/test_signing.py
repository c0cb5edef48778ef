"""Signing limits of orders: what is above the limit of whoever asks goes to somebody with the limit, never back to herself."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, ON, given_role, nothing_written
from tests.cast import HENK, INES, RATNA

from inward.core.pricing import Wanted
from inward.core.terms import Money, Refusal
from inward.kit.actor import Actor
from inward.kit.policy import Refused
from inward.parties import leading
from inward.parties import operations as parties
from inward.parties.vocabulary import Post, Power
from inward.trade import operations as trade
from inward.trade import queries, signing
from inward.trade.deciding import Limit
from inward.trade.models import Order
from inward.trade.operations import placing
from inward.trade.vocabulary import OrderState, Settlement

SINCE = ON.replace(month=1, day=1)
LATER = AT + timedelta(hours=1)


def eur(amount):
    return Money.of(amount, "EUR")


def limit(post, amount, place="abc"):
    parties.set_spending_limit(by=HOUSE, at=AT, place=place, post=post, limit=eur(amount), valid_from=LONG_AGO)


@pytest.fixture
def house(house):
    """Henk heads purchasing and holds the budget of ABC; members of ABC sign up to 30 euro, heads up to 200."""
    parties.name_head(by=HOUSE, at=AT, place="abc-purchasing", person=HENK.code, valid_from=SINCE)
    limit(Post.MEMBER, "30.00")
    limit(Post.HEAD, "200.00")
    return house


def bought(house, pieces, **more):
    """Widgets at 3.60 each and 21 % tax, for purchasing."""
    return house.order(INES, ("widget-a", pieces), customer="abc-purchasing", **more)


def asked(receipt):
    return (Order.objects.get(reference=receipt.reference).approval or {}).get("steps")


def test_up_to_what_she_may_sign_an_order_binds_at_once_and_above_it_asks_somebody_with_the_limit(house):
    assert bought(house, 6).state is OrderState.PLACED
    receipt = bought(house, 9, key="second")
    assert receipt.state is OrderState.AWAITING_APPROVAL
    assert [step["who"] for step in asked(receipt)] == [[HENK.code]]
    view = queries.quote_for(
        viewer=house.actor(INES, acting_for="abc-purchasing"), at=AT, lines=[Wanted("widget-a", 9)]
    )
    assert view.approval_by.code == "abc-purchasing"
    assert trade.approve_order(by=house.actor(HENK), at=LATER, reference=receipt.reference) is OrderState.PLACED


def test_above_the_limit_of_everybody_who_holds_the_budget_nothing_is_ordered_and_it_says_so(house):
    with nothing_written(), pytest.raises(Refusal) as refused:
        bought(house, 60)
    assert refused.value.reason.code == "nobody_signs"
    assert dict(refused.value.reason.items) == {"unit": "Purchasing", "total": eur("261.36")}


def test_whoever_holds_the_budget_without_the_limit_does_not_decide(house):
    receipt = bought(house, 40)
    given_role(house.users[RATNA.code], "BUDGET_HOLDER", "abc")
    ratna = house.actor(RATNA)
    view = queries.order(viewer=ratna, at=LATER, reference=receipt.reference)
    assert [reason.code for reason in view.may["decide"].reasons] == ["above_signing_limit"]
    for act in (
        lambda: trade.approve_order(by=ratna, at=LATER, reference=receipt.reference),
        lambda: trade.decline_order(by=ratna, at=LATER, reference=receipt.reference, reason="No."),
    ):
        with nothing_written(), pytest.raises(Refused) as refused:
            act()
        assert dict(refused.value.reasons[0].items) == {
            "unit": "abc-purchasing", "limit": eur("0.00"), "total": eur("174.24"),
        }  # fmt: skip


def waiting(house, part, at=LATER):
    """What waits for her word, and what is above what she may sign: counted, and as listed."""
    viewer = house.actor(part)
    counted = queries.waiting(viewer=viewer, at=at)
    listed = [
        {row.reference for row in queries.orders(viewer=viewer, at=at, which=which).rows}
        for which in ("to_decide", "above_limit")
    ]
    assert [len(rows) for rows in listed] == [counted.to_decide, counted.above_limit]
    return listed


def test_what_is_above_her_limit_does_not_wait_for_her_and_is_told_apart(house):
    given_role(house.users[RATNA.code], "BUDGET_HOLDER", "abc")
    limit(Post.DEPUTY, "100.00")
    parties.name_deputy(
        by=HOUSE, at=AT, place="abc-purchasing", person=RATNA.code, powers=frozenset({Power.SPENDING}),
        valid_from=SINCE,
    )  # fmt: skip
    small, large = (bought(house, pieces, key=f"{pieces}").reference for pieces in (20, 40))
    assert waiting(house, HENK) == [{small, large}, set()]
    assert waiting(house, RATNA) == [{small}, {large}]
    assert waiting(house, INES) == [set(), set()]


def test_a_private_purchase_asks_the_limit_of_the_cost_centre_and_a_place_without_limits_asks_none(house):
    given_role(house.users[RATNA.code], "BUDGET_HOLDER", "abc")
    given_role(house.users[RATNA.code], "BUDGET_HOLDER", "xyz")
    own = house.order(
        INES, ("coffee-machine", 1), settlement=Settlement.COST_CENTRE, cost_centre="abc-purchasing"
    ).reference
    assert waiting(house, HENK) == [{own}, set()]
    assert waiting(house, RATNA) == [set(), {own}]
    order = Order.objects.get(reference=own)
    order.approval |= {"unit": "xyz-sales"}
    order.save()
    assert waiting(house, RATNA) == [{own}, set()]


def test_a_limit_in_another_currency_signs_nothing(house):
    reference = bought(house, 20).reference
    Order.objects.filter(reference=reference).update(currency="NOK")
    assert waiting(house, HENK) == [set(), {reference}]


def test_a_deputy_with_the_power_to_spend_is_asked_in_the_days_of_the_head_who_is_away(house):
    given_role(house.users[RATNA.code], "BUDGET_HOLDER", "abc")
    limit(Post.DEPUTY, "100.00")
    assert [step["who"] for step in asked(bought(house, 20))] == [[HENK.code]]
    parties.name_deputy(
        by=HOUSE, at=AT, place="abc-purchasing", person=RATNA.code, powers=frozenset({Power.SPENDING}),
        valid_from=SINCE,
    )  # fmt: skip
    assert [step["who"] for step in asked(bought(house, 20, key="second"))] == [[HENK.code, RATNA.code]]
    parties.note_absence(by=HOUSE, at=AT, person=HENK.code, valid_from=ON, valid_until=ON + timedelta(days=9))
    assert [step["who"] for step in asked(bought(house, 20, key="third"))] == [[RATNA.code]]
    assert [step["who"] for step in asked(bought(house, 40, key="fourth"))] == [[HENK.code]]  # nobody else may


def test_when_the_post_falls_vacant_nobody_signs_by_it(house):
    receipt = bought(house, 20)
    parties.end_head(by=HOUSE, at=LATER, place="abc-purchasing", valid_until=ON)
    with nothing_written(), pytest.raises(Refused) as refused:
        trade.approve_order(by=house.actor(HENK), at=LATER, reference=receipt.reference)
    assert refused.value.reasons[0].code == "above_signing_limit"
    with pytest.raises(Refusal):
        bought(house, 20, key="second")


def test_whoever_asks_never_approves_even_with_the_limit(house):
    given_role(house.users[INES.code], "BUDGET_HOLDER", "abc")
    parties.name_deputy(
        by=HOUSE, at=AT, place="abc-purchasing", person=INES.code, powers=frozenset({Power.SPENDING}),
        valid_from=SINCE,
    )  # fmt: skip
    limit(Post.DEPUTY, "50.00")
    receipt = bought(house, 20)
    assert [step["who"] for step in asked(receipt)] == [[HENK.code]]
    with pytest.raises(Refused):
        trade.approve_order(by=house.actor(INES), at=LATER, reference=receipt.reference)


def test_a_limit_that_changes_between_the_price_and_the_order_is_noticed():
    assert leading.VERSION in placing.VERSIONS


def test_a_limit_that_is_to_come_holds_nobody_yet(house):
    parties.set_spending_limit(
        by=HOUSE, at=AT, place="xyz", post=Post.HEAD, limit=eur("5.00"), valid_from=ON + timedelta(days=1)
    )
    assert signing.limit_of(INES.code, "xyz", on=ON) is None
    assert signing.limit_of(INES.code, "xyz", on=ON + timedelta(days=1)) == eur("0.00")


def test_where_no_signing_limit_is_kept_the_approval_limit_alone_decides(house):
    assert signing.limit_of(INES.code, "xyz", on=ON) is None
    assert signing.may_sign(INES.code, "xyz", eur("9999.00"), on=ON)
    assert queries.binding_limit("xyz", INES.code, on=ON) is None


def test_the_lower_of_the_two_limits_binds_and_two_currencies_settle_nothing():
    approval, sign = Limit("abc", eur("50.00")), eur("30.00")
    assert queries.lower(None, None, "u") is None
    assert queries.lower(approval, None, "u") == approval
    assert queries.lower(None, sign, "u") == Limit("u", sign)
    assert queries.lower(approval, sign, "u") == Limit("u", sign)
    assert queries.lower(approval, eur("80.00"), "u") == approval
    assert queries.lower(approval, Money.of("80.00", "NOK"), "u") == Limit("u", Money.of("0.00", "NOK"))


def test_a_private_purchase_asks_for_no_signature_and_a_machine_signs_nothing(house):
    assert queries.binding_limit(INES.code, INES.code, on=ON) is None
    assert queries.binding_limit("abc-purchasing", None, on=ON) == Limit("abc-purchasing", eur("0.00"))
    assert not signing.may_sign(None, "abc-purchasing", eur("0.01"), on=ON)
    assert Actor.system("x").person is None
