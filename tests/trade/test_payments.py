"""A payment made elsewhere is named with the order, pays for one order, and is found by the supplier or named anew."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_role, nothing_written
from tests.cast import INES, LUCA, MAYA, NORA, RATNA, TOR
from tests.trade.test_benefit import NL, euro, own
from tests.trade.test_running import DSL

from inward.catalogue import operations as catalogue
from inward.core.bookkeeping import EntryKind, Role
from inward.core.pricing import Wanted
from inward.core.terms import Refusal
from inward.kit import versions
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import transaction
from inward.ledger import operations as ledger
from inward.ledger.models import AccountMapping, EntryLine
from inward.trade import operations, payments, policy, queries, till
from inward.trade.announcements import PaymentNotFound
from inward.trade.models import Order, OrderPayment
from inward.trade.vocabulary import PaymentState, Settlement, StepKind

STAFF, ORDINARY = euro("90.75"), euro("121.00")
WORDS = "Pay at the counter; give the number on the slip."


@pytest.fixture
def house(house):
    operations.take_payments_elsewhere(by=HOUSE, at=AT, company="abc", words=f" {WORDS} ")
    return house


def ordered(house, payment="TX-1", part=MAYA, key="k", expected=STAFF, at=AT, **more):
    receipt = operations.place_order(
        **{
            "by": house.actor(part),
            "at": at,
            "lines": [Wanted("coffee-machine", 1)],
            "expected": expected,
            "key": key,
            "settlement": Settlement.EXTERNAL,
            "payment": payment,
        }
        | more
    )
    return Order.objects.get(reference=receipt.reference)


def refused(code, where, act):
    with nothing_written(), pytest.raises(Refusal) as found:
        act()
    assert (found.value.reason.code, found.value.where) == (code, where)


def quoted(house, part=MAYA, **more):
    return queries.quote_for(viewer=house.actor(part, **more), at=AT, lines=[Wanted("coffee-machine", 1)])


def seen(house, order, part=MAYA):
    return queries.order(viewer=house.actor(part), at=AT, reference=order.reference)


def marked(house, order, found=True, part=TOR, at=AT):
    return operations.mark_payment(by=house.actor(part), at=at, reference=order.reference, found=found)


def posted(order):
    rows = EntryLine.objects.filter(entry__reference=order.reference).order_by("id")
    return [(line.entry.company.code, line.entry.kind, line.role, line.amount_minor) for line in rows]


def test_people_and_outsiders_may_pay_elsewhere_and_read_where(house):
    view = quoted(house)
    assert view.settlements == (Settlement.PAYROLL, Settlement.COST_CENTRE, Settlement.EXTERNAL)
    assert view.payment_words == WORDS
    outside = quoted(house, NORA, acting_for="kestrel")
    assert outside.settlements == (Settlement.INVOICE, Settlement.EXTERNAL)
    sister = queries.quote_for(viewer=house.actor(INES, acting_for="abc"), at=AT, lines=[Wanted("widget-a", 10)])
    assert (sister.settlements, sister.payment_words) == ((Settlement.INTERCOMPANY,), "")


def test_the_order_keeps_the_payment_and_the_books_hold_it_against_its_account(house):
    order = ordered(house, "  tx-1 / 7 ")
    payment = OrderPayment.objects.get()
    assert (payment.order_id, payment.reference, payment.compared, payment.state) == (
        order.pk,
        "tx-1 / 7",
        "TX17",
        "GIVEN",
    )
    assert posted(order) == [
        ("abc", "STAFF_SALE", "PAYMENT_CLEARING", 90_75),
        ("abc", "STAFF_SALE", "STAFF_REVENUE", -75_00),
        ("abc", "STAFF_SALE", "OUTPUT_TAX", -15_75),
    ]
    assert seen(house, order).payments == (payments.PaymentView("tx-1 / 7", PaymentState.GIVEN, AT, None),)


def test_of_a_sister_company_s_staff_the_employer_has_no_part_in_it(house):
    order = ordered(house, part=RATNA, expected=queries_total(house, RATNA))
    assert {(company, role) for company, _, role, _ in posted(order)} >= {("abc", "PAYMENT_CLEARING")}
    assert {company for company, *_ in posted(order)} == {"abc"}


def queries_total(house, part):
    return quoted(house, part).quote.total


def test_an_outsider_s_payment_stands_against_the_same_account_and_comes_back_from_it(house):
    buyer = house.actor(NORA, acting_for="kestrel")
    order = ordered(house, by=buyer, customer="kestrel", expected=ORDINARY)
    assert posted(order)[0] == ("abc", "OUTSIDE_SALE", "PAYMENT_CLEARING", 121_00)
    operations.cancel_order(by=buyer, at=AT, reference=order.reference, reason="twice")
    assert sum(minor for *_, role, minor in posted(order) if role == "PAYMENT_CLEARING") == 0


@pytest.mark.parametrize("again", ["TX-1", "tx 1", " T.X.1 "])
def test_a_payment_pays_for_one_order_however_it_is_written(house, again):
    ordered(house)
    refused("payment_reference_used", "payment", lambda: ordered(house, again, key="2"))
    refused("payment_reference_used", "payment", lambda: ordered(house, again, INES, key="3"))
    assert Order.objects.count() == 1


def test_sent_twice_it_is_one_order(house):
    one = ordered(house)
    assert ordered(house).pk == one.pk
    assert OrderPayment.objects.count() == 1


@pytest.mark.parametrize("payment", ["", "  ", "-/-", "x" * 81])
def test_without_a_reference_nothing_is_ordered(house, payment):
    refused("payment_reference_missing", "payment", lambda: ordered(house, payment))


def test_a_reference_goes_with_no_other_way_of_paying(house):
    refused("payment_reference_not_asked", "payment", lambda: ordered(house, settlement=Settlement.PAYROLL))


def test_who_takes_none_is_paid_so_by_nobody_and_what_runs_neither(house):
    operations.take_payments_elsewhere(by=HOUSE, at=AT, company="abc", words=None)
    assert Settlement.EXTERNAL not in quoted(house).settlements
    refused("settlement_not_open", "", lambda: ordered(house))
    operations.take_payments_elsewhere(by=HOUSE, at=AT, company="abc", words=WORDS)
    catalogue.set_plan(by=HOUSE, at=AT, offering="coffee-machine", plan=DSL)
    assert Settlement.EXTERNAL not in quoted(house).settlements
    refused("settlement_not_open", "", lambda: ordered(house))


def test_what_is_found_is_noted_and_no_posting_changes(house):
    order = ordered(house)
    before = posted(order)
    assert [row.reference for row in queries.orders(viewer=house.actor(TOR), at=AT, which="to_check").rows] == [
        order.reference
    ]
    assert marked(house, order, at=AT + timedelta(hours=1)) is PaymentState.RECEIVED
    view = seen(house, order)
    assert (view.payments[0].state, view.payments[0].marked_at) == (PaymentState.RECEIVED, AT + timedelta(hours=1))
    assert [step.kind for step in view.steps] == [StepKind.PLACED, StepKind.PAYMENT_FOUND]
    assert posted(order) == before
    assert queries.orders(viewer=house.actor(TOR), at=AT, which="to_check").rows == ()
    for found in (True, False):
        refused("payment_not_to_mark", "", lambda found=found: marked(house, order, found))
    row = AuditRow.objects.get(act="trade.payment_found")
    assert (row.thing, row.facts) == (order.reference, {})


def test_what_is_not_found_is_told_and_another_payment_is_named_once(house):
    order, other = ordered(house), ordered(house, "TX-2", key="2")
    refused("payment_not_asked_again", "", lambda: named(house, order))
    assert marked(house, order, found=False) is PaymentState.NOT_FOUND
    assert [each.order for each in announced(PaymentNotFound)] == [order.reference]
    refused("payment_reference_used", "payment", lambda: named(house, order, other.payments.get().reference))
    refused("payment_reference_used", "payment", lambda: named(house, order, "tx1"))
    named(house, order, "TX-3")
    assert [(each.reference, each.state.value) for each in seen(house, order).payments] == [
        ("TX-1", "NOT_FOUND"),
        ("TX-3", "GIVEN"),
    ]
    refused("payment_not_asked_again", "", lambda: named(house, order, "TX-4"))
    marked(house, order)


def named(house, order, payment="TX-9", part=MAYA):
    operations.name_payment(by=house.actor(part), at=AT, reference=order.reference, payment=payment)


def test_a_payment_that_was_not_found_may_come_later(house):
    order = ordered(house)
    marked(house, order, found=False)
    refused("payment_not_to_mark", "", lambda: marked(house, order, found=False))
    assert marked(house, order) is PaymentState.RECEIVED


def test_of_a_cancelled_order_no_payment_is_named_and_none_waits(house):
    order = ordered(house)
    marked(house, order, found=False)
    operations.cancel_order(by=house.actor(MAYA), at=AT, reference=order.reference, reason="no")
    refused("payment_not_asked_again", "", lambda: named(house, order))
    assert not {"mark_payment", "name_payment"} & set(seen(house, order).may)


def test_what_the_page_offers_is_what_may_be_done(house):
    order = ordered(house)
    assert (bool(seen(house, order, TOR).may["mark_payment"]), bool(seen(house, order).may["mark_payment"])) == (
        True,
        False,
    )
    assert "name_payment" not in seen(house, order).may
    marked(house, order, found=False)
    assert seen(house, order).may["name_payment"].allowed
    assert not seen(house, order, TOR).may["name_payment"].allowed
    marked(house, order)
    assert not {"mark_payment", "name_payment"} & set(seen(house, order).may)


def test_an_order_paid_otherwise_has_no_payment_to_find(house):
    order = Order.objects.get(reference=house.order(MAYA, ("coffee-machine", 1)).reference)
    refused("payment_not_to_mark", "", lambda: marked(house, order))
    assert seen(house, order).payments == ()


def test_nobody_finds_the_payment_of_her_own_order(house):
    given_role(house.users[MAYA.code], "SELLER", "abc")
    order = ordered(house)
    with nothing_written(), pytest.raises(Refused) as found:
        marked(house, order, part=MAYA)
    assert found.value.reasons[0].code == "never_to_oneself"


def test_who_may_not_see_the_order_neither_finds_nor_names(house):
    order = ordered(house)
    for act in (lambda: marked(house, order, part=NORA), lambda: named(house, order, part=NORA)):
        with nothing_written(), pytest.raises(NotThere):
            act()
    marked(house, order, found=False)
    with nothing_written(), pytest.raises(Refused):
        named(house, order, part=TOR)
    parties_ = policy.OrderParties("maya-lund", "maya-lund", "abc")
    assert policy.may_name_payment(NOBODY, order=parties_).reasons[0].code == "no_actor"


def test_her_taxable_benefit_counts_what_she_paid_elsewhere(house):
    ordered(house)
    (line,) = own(house, of=NL).statement.lines
    assert (line.paid, line.taxable) == (STAFF, euro("6.05"))


def test_at_the_till_a_payment_elsewhere_is_named_by_whoever_serves_and_counts_as_found(house):
    def sold(payment="TX-9", key="k", **more):
        code = operations.make_till_code(by=house.actor(MAYA), at=AT).code
        lines = [Wanted("coffee-machine", 1)]
        told = till.quote(viewer=house.actor(TOR), at=AT, code=code, lines=lines)
        assert told.settlements == (Settlement.PAYROLL, Settlement.COST_CENTRE, Settlement.EXTERNAL)
        paid = {"settlement": Settlement.EXTERNAL, "payment": payment, **more}
        return operations.sell_at_till(
            by=house.actor(TOR), at=AT, code=code, lines=lines, expected=STAFF, key=key, **paid
        )

    order = Order.objects.get(reference=sold().reference)
    assert (order.settlement, order.state, order.person.code) == ("EXTERNAL", "DELIVERED", MAYA.code)
    payment = OrderPayment.objects.get()
    assert (payment.reference, payment.state, payment.order_id) == ("TX-9", PaymentState.RECEIVED.value, order.pk)
    roles = EntryLine.objects.filter(entry__reference=order.reference).values_list("role", "amount_minor")
    assert dict(roles)["PAYMENT_CLEARING"] == STAFF.minor
    for code, act in (
        ("payment_reference_used", lambda: sold("tx 9", "2")),
        ("payment_reference_missing", lambda: sold("", "3")),
        ("payment_reference_not_asked", lambda: sold("TX-10", "4", settlement=Settlement.PAYROLL)),
    ):
        with pytest.raises(Refusal) as found:
            act()
        assert (found.value.reason.code, found.value.where) == (code, "payment")
    assert (Order.objects.count(), OrderPayment.objects.count()) == (1, 1)


def test_controllers_alone_say_that_payments_elsewhere_are_taken(house):
    for by in (house.actor(TOR), house.actor(MAYA), NOBODY):
        with nothing_written(), pytest.raises(Refused):
            operations.take_payments_elsewhere(by=by, at=AT, company="abc", words="x")
    with nothing_written(), pytest.raises(NotThere):
        operations.take_payments_elsewhere(by=HOUSE, at=AT, company="ghost", words="x")
    for words in ("", "  ", "x" * 301):
        refused("payment_words_missing", "words", lambda words=words: take(words))
    luca = house.actor(LUCA)
    assert [(each.code, each.words) for each in payments.views(viewer=luca, at=AT, params={}).rows] == [("abc", WORDS)]
    assert payments.views(viewer=luca, at=AT, params={"text": "xyz"}).rows == ()
    assert payments.view(viewer=luca, at=AT, company="abc").words == WORDS
    assert "abc" in payments.companies(luca, on=ON)
    for viewer, company in ((luca, "xyz"), (house.actor(MAYA), "abc")):
        with pytest.raises(NotThere):
            payments.view(viewer=viewer, at=AT, company=company)
    with pytest.raises(Refused):
        payments.views(viewer=house.actor(MAYA), at=AT, params={})
    row = AuditRow.objects.filter(act="trade.take_payments_elsewhere").latest("id")
    assert row.facts == {"before": "", "after": WORDS}


def take(words, company="abc"):
    operations.take_payments_elsewhere(by=HOUSE, at=AT, company=company, words=words)


def test_books_without_an_account_for_it_take_none_until_one_is_mapped(house):
    for kind in (EntryKind.STAFF_SALE, EntryKind.OUTSIDE_SALE):
        AccountMapping.objects.filter(company__code="abc", kind=kind.value, role="PAYMENT_CLEARING").delete()
    with transaction():
        versions.bump("ledger")
    refused("payment_account_missing", "company", lambda: take("again"))
    ledger.map_account(
        by=HOUSE, at=AT, company="abc", kind=EntryKind.STAFF_SALE, role=Role.PAYMENT_CLEARING, account="1570"
    )
    refused("payment_account_missing", "company", lambda: take("again"))
    ledger.map_account(
        by=HOUSE, at=AT, company="abc", kind=EntryKind.OUTSIDE_SALE, role=Role.PAYMENT_CLEARING, account="1570"
    )
    take("again")
    assert payments.takers()["abc"] == "again"
