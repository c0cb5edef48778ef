"""The till: a code is its owner's consent to one order, and nobody's to anything else (decision 176)."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, given_actor, given_role, nothing_written
from tests.cast import HENK, JONAS, MAYA, RATNA, TOR
from tests.shop import change_price
from tests.trade.test_placing import moved

from inward.core.pricing import Wanted
from inward.core.terms import Money, Refusal
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import Refused
from inward.kit.writing import GateClosed
from inward.ledger.models import EntryLine
from inward.trade import operations as trade
from inward.trade import queries, till
from inward.trade.models import AllowanceUse, Order, TermsAnswer, TillCode, TillSale
from inward.trade.operations import PriceChanged
from inward.trade.terms import About
from inward.trade.vocabulary import Settlement, TermsKind

ONE = [Wanted("coffee-machine", 1)]


def eur(amount):
    return Money.of(amount, "EUR")


@pytest.fixture
def cashier(house):
    """Jonas works for ABC as Maya does, and serves for it."""
    given_role(house.users[JONAS.code], "SELLER", "abc")
    return house.actor(JONAS)


@pytest.fixture
def code(house):
    return trade.make_till_code(by=house.actor(MAYA), at=AT).code


def sell(by, code, *, lines=ONE, expected="90.75", key="k", at=AT, **more):
    return trade.sell_at_till(by=by, at=at, code=code, lines=lines, expected=eur(expected), key=key, **more)


def refused(act, code, where=None):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act()
    assert (caught.value.reason.code, caught.value.where) == (code, where)


def test_a_code_is_shown_in_three_groups_and_kept_as_a_digest_alone(house):
    made = trade.make_till_code(by=house.actor(MAYA), at=AT)
    kept = TillCode.objects.get()
    assert [len(group) for group in made.code.split("-")] == [3, 3, 3]
    assert set(made.code) - {"-"} <= set(till.SIGNS)
    assert made.ends_at == kept.ends_at == AT + timedelta(minutes=15)
    assert kept.digest == till.digest(made.code.lower().replace("-", " "))
    assert made.code.replace("-", "") not in str(list(AuditRow.objects.values_list("facts", "thing")))


def test_what_is_sold_by_a_code_is_her_order_at_her_price_and_handed_over(house, cashier, code):
    told = till.quote(viewer=cashier, at=AT, code=code, lines=ONE)
    assert (told.customer.code, told.quote.total) == ("maya-lund", eur("90.75"))
    receipt = sell(cashier, code)
    order = Order.objects.select_related("person", "customer").get()
    assert (order.person.code, order.customer.code, order.state) == ("maya-lund", "maya-lund", "DELIVERED")
    assert (order.total_minor, order.settlement) == (9075, "PAYROLL")
    maya = house.actor(MAYA).subject
    assert order.subject == maya
    named = {line.counterparty for line in EntryLine.objects.all()}
    assert maya in named
    assert cashier.subject not in named
    assert AuditRow.objects.get(act="trade.place_order").subject == cashier.subject
    assert receipt.reference == order.reference
    assert AllowanceUse.objects.get(person=order.person).used_units == 1
    sale = TillSale.objects.get()
    assert (sale.order, sale.subject, sale.at) == (order, cashier.subject, AT)
    seen = queries.orders(viewer=house.actor(MAYA), at=AT, params={}, which="own")
    assert [row.reference for row in seen.rows] == [order.reference]
    assert till.last_shown(viewer=house.actor(MAYA), at=AT).order == order.reference


def test_her_manager_and_another_supplier_read_nothing_of_it(house, cashier, code):
    reference = sell(cashier, code).reference
    for other in (HENK, RATNA):
        assert reference not in [
            row.reference for row in queries.orders(viewer=house.actor(other), at=AT, params={}, which="all").rows
        ]


def test_the_same_submission_again_is_one_order_and_a_second_order_with_the_code_is_refused(house, cashier, code):
    first = sell(cashier, code)
    again = sell(cashier, code)
    assert (again.reference, again.again) == (first.reference, True)
    refused(lambda: sell(cashier, code, key="other"), "till_code_used", "code")
    assert Order.objects.count() == 1


def test_two_tills_with_one_code_at_the_same_moment_make_one_order(house, cashier, code, monkeypatch):
    real = till.decided

    def meanwhile(*asked, **more):
        monkeypatch.setattr(till, "decided", real)
        sell(cashier, code, key="the other till")
        return real(*asked, **more)

    monkeypatch.setattr(till, "decided", meanwhile)
    with pytest.raises(Refusal) as caught:
        sell(cashier, code, key="this till")
    assert caught.value.reason.code == "till_code_used"
    assert (Order.objects.count(), AllowanceUse.objects.get().used_units) == (1, 1)


def test_of_the_same_sale_sent_twice_at_once_the_loser_is_answered_as_the_winner(house, cashier, code, monkeypatch):
    real, first = till.decided, []

    def meanwhile(*asked, **more):
        monkeypatch.setattr(till, "decided", real)
        first.append(sell(cashier, code))
        return real(*asked, **more)

    monkeypatch.setattr(till, "decided", meanwhile)
    again = sell(cashier, code)
    assert (again.reference, again.again) == (first[0].reference, True)
    assert (Order.objects.count(), AllowanceUse.objects.get().used_units) == (1, 1)


def test_where_the_ground_goes_on_moving_nothing_is_sold_and_the_code_still_holds(house, cashier, code, monkeypatch):
    with monkeypatch.context() as patch:
        moved(patch, "parties", 2)
        with pytest.raises(GateClosed):
            sell(cashier, code)
    assert not Order.objects.exists()
    assert not TillSale.objects.exists()
    assert till.last_shown(viewer=house.actor(MAYA), at=AT).holds
    sell(cashier, code)
    assert Order.objects.count() == 1


def test_a_code_that_is_over_unknown_or_replaced_sells_nothing(house, cashier, code):
    refused(lambda: sell(cashier, code, at=AT + timedelta(minutes=15)), "till_code_over", "code")
    refused(lambda: sell(cashier, "AAA-AAA-AAA"), "till_code_unknown", "code")
    fresh = trade.make_till_code(by=house.actor(MAYA), at=AT + timedelta(minutes=1)).code
    refused(lambda: sell(cashier, code, at=AT + timedelta(minutes=1)), "till_code_over", "code")
    sell(cashier, fresh, at=AT + timedelta(minutes=1))
    assert Order.objects.count() == 1


def test_nobody_serves_herself_or_for_a_supplier_she_does_not_serve(house, cashier):
    own = trade.make_till_code(by=cashier, at=AT).code
    hers = trade.make_till_code(by=house.actor(MAYA), at=AT).code
    for by, code, why in ((cashier, own, "never_to_oneself"), (house.actor(RATNA), hers, "not_seller_for")):
        with nothing_written(), pytest.raises(Refused) as caught:
            sell(by, code, expected="90.75")
        assert [reason.code for reason in caught.value.reasons] == [why]


@pytest.mark.parametrize("who", [TOR, None])
def test_whoever_serves_nobody_cannot_even_ask_whether_a_code_is_there(house, code, who):
    by = NOBODY if who is None else house.actor(HENK)
    for act in (lambda: sell(by, code), lambda: till.owner("AAA-AAA-AAA", viewer=by, at=AT)):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.reasons[0].code == ("no_actor" if who is None else "serves_nobody")


def test_codes_that_nothing_was_bought_with_are_forgotten_after_a_day_and_used_ones_stay(house, cashier, code):
    sell(cashier, code)
    maya = house.actor(MAYA)
    trade.make_till_code(by=maya, at=AT)
    trade.make_till_code(by=maya, at=AT + timedelta(hours=23))
    assert TillCode.objects.count() == 3
    trade.make_till_code(by=maya, at=AT + timedelta(hours=25))
    assert TillCode.objects.count() == 3
    assert TillSale.objects.count() == 1


def test_nobody_makes_a_code_for_nobody(house):
    machine = given_actor("scanner")
    for by, why in ((NOBODY, "no_actor"), (machine, "no_customer")):
        with nothing_written(), pytest.raises(Refused) as caught:
            trade.make_till_code(by=by, at=AT)
        assert caught.value.reasons[0].code == why


def test_a_price_that_moved_sells_nothing_and_the_code_still_holds(house, cashier, code):
    change_price("coffee-machine", "abc", "133.10", includes_tax=True)
    with nothing_written(), pytest.raises(PriceChanged):
        sell(cashier, code)
    sell(cashier, code, expected="99.83", key="again")
    assert Order.objects.get().total_minor == 9983


def test_terms_are_accepted_by_her_alone_before_anything_is_sold(house, cashier, code):
    about = About(TermsKind.SCHEME, "abc-staff")
    trade.publish_terms(by=HOUSE, at=AT, about=about, texts={"en": "For yourself."}, valid_from=AT.date())
    refused(lambda: sell(cashier, code), "terms_not_accepted", "accepts")
    assert not TermsAnswer.objects.exists()
    trade.accept_terms(by=house.actor(MAYA), at=AT, keys=["scheme:abc-staff:1"])
    sell(cashier, code, key="again")
    assert Order.objects.count() == 1


def test_what_somebody_would_have_to_approve_is_not_sold_at_a_till(house, cashier, code):
    refused(lambda: sell(cashier, code, settlement=Settlement.COST_CENTRE), "till_needs_approval", "settlement")


def test_she_may_pay_in_every_way_that_is_open_to_her(house, cashier, code):
    ways = till.quote(viewer=cashier, at=AT, code=code, lines=ONE).settlements
    assert Settlement.PAYROLL in ways
    sell(cashier, code, settlement=Settlement.PAYROLL)
    assert Order.objects.get().settlement == "PAYROLL"
