"""An order is deducted in the parts that were promised; what comes back, is rejected or leaves changes what is due, never the promise."""

from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_actor, nothing_written
from tests.cast import HENK, INES, MAYA, NORA, TOR
from tests.trade.test_benefit import euro, ordered

from inward.core.bookkeeping import OnLeaving, PayRule
from inward.core.pricing import Wanted
from inward.core.terms import Money, Refusal
from inward.kit.actor import NOBODY
from inward.kit.idempotency import KeyReused
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import operations as parties
from inward.parties import queries as known
from inward.trade import deductions, instalments, operations, payroll, queries
from inward.trade.models import Order, PayLine, PayParts
from inward.trade.vocabulary import Disposal, PayKind, Settlement

NOV, DEC, JAN, FEB = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)


@pytest.fixture
def officer(house):
    made = given_actor("pay-officer", ("PAYROLL_OFFICER", "abc"))
    said(made)
    return made


def said(by, **more):
    rule = PayRule(**{"parts_max": 6, "part_min": euro("10"), "leaving": OnLeaving.LAST_PAY} | more)
    operations.set_pay_parts(by=by, at=AT, company="abc", rule=rule)


def day(month):
    return AT + (month - ON) + timedelta(days=27)


def told(officer, month):
    """The deductions and invoices of the run of a month, made on its 28th; nothing where it would hold none."""
    at = day(month)
    try:
        key = operations.make_pay_run(by=officer, at=at, company="abc", month=month, cut_off=at.date())
    except Refusal:
        return []
    lines = payroll.lines(viewer=officer, at=at, params={"run": key}).rows
    return [(line.kind.value, line.amount) for line in lines if line.kind is not PayKind.BENEFIT]


def took(amount):
    return [("DEDUCTION", euro(amount))]


def test_each_pay_takes_its_part_and_the_order_says_which(house, officer):
    order = ordered(house, instalments=3)
    plan = queries.order(viewer=house.actor(MAYA), at=AT, reference=order.reference).plan
    assert [(part.month, part.amount) for part in plan.parts] == [(each, euro("30.25")) for each in (NOV, DEC, JAN)]
    still = deductions.own(viewer=house.actor(MAYA), at=AT)
    assert deductions.by_month(still) == tuple((each, euro("30.25")) for each in (NOV, DEC, JAN))
    assert [told(officer, month) for month in (NOV, DEC)] == [took("30.25")] * 2
    assert deductions.by_month(deductions.own(viewer=house.actor(MAYA), at=day(DEC))) == ((JAN, euro("30.25")),)
    assert [told(officer, month) for month in (JAN, FEB)] == [took("30.25"), []]
    assert deductions.own(viewer=house.actor(MAYA), at=day(FEB)) == ()


def test_before_ordering_every_plan_is_told_and_none_to_whoever_pays_otherwise(house, officer):
    asked = queries.quote_for(viewer=house.actor(MAYA), at=AT, lines=[Wanted("coffee-machine", 1)])
    assert [len(plan.parts) for plan in asked.plans] == [1, 2, 3, 4, 5, 6]
    bought = queries.quote_for(viewer=house.actor(INES, acting_for="abc"), at=AT, lines=[Wanted("widget-a", 10)])
    assert bought.plans == ()
    assert Order.objects.get(pk=ordered(house).pk).instalments is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"instalments": 7}, "instalments_not_open"),
        ({"instalments": 3, "settlement": Settlement.COST_CENTRE, "cost_centre": "abc-it"}, "instalments_of_pay_alone"),
    ],
)
def test_parts_that_are_not_open_are_refused(house, officer, more, code):
    buyer = INES if "cost_centre" in more else MAYA
    with pytest.raises(Refusal) as refused:
        ordered(house, buyer, **more)
    assert (refused.value.reason.code, Order.objects.count()) == (code, 0)


def test_a_rule_that_changes_changes_no_order(house, officer):
    order = ordered(house, instalments=2)
    said(officer, parts_max=1, part_min=None, leaving=OnLeaving.INVOICE)
    plan = queries.order(viewer=house.actor(MAYA), at=AT, reference=order.reference).plan
    assert (len(plan.parts), plan.leaving) == (2, OnLeaving.LAST_PAY)
    with pytest.raises(Refusal):
        ordered(house, key="more", instalments=2)


def test_what_comes_back_shortens_the_end_and_gives_back_what_was_taken_beyond(house, officer):
    order = ordered(house, count=2, instalments=3)  # 181.50: 60.50 a month
    operations.confirm_delivery(by=house.actor(TOR), at=AT, reference=order.reference)
    assert told(officer, NOV) == took("60.50")
    back = {"by": house.actor(TOR), "at": day(NOV), "reference": order.reference, "reason": "No."}
    operations.return_items(pieces={1: 1}, **back)
    assert told(officer, DEC) == took("30.25")
    operations.return_items(pieces={1: 1}, **back)
    assert told(officer, JAN) == took("-90.75")
    assert deductions.own(viewer=house.actor(MAYA), at=day(JAN)) == ()


def test_a_part_that_payroll_could_not_take_comes_again_beside_the_next(house, officer):
    ordered(house, instalments=3)
    assert told(officer, NOV) == took("30.25")
    line = PayLine.objects.get(kind="DEDUCTION").pk
    operations.reject_pay_line(by=officer, at=day(NOV), line=line, why="Unpaid leave")
    assert told(officer, DEC) == took("60.50")


def leaves(until):
    (work,) = [each.id for each in known.world().work[MAYA.code] if each.company == "abc"]
    parties.end_work(by=HOUSE, at=AT, work=work, valid_until=until)


def test_the_last_pay_takes_the_rest_of_whoever_leaves(house, officer):
    ordered(house, instalments=6)
    leaves(date(2026, 12, 16))
    assert told(officer, NOV) == took("15.13")
    assert told(officer, DEC) == took("75.62")
    assert told(officer, JAN) == []


def test_or_the_rest_is_a_line_for_whoever_invoices_and_what_comes_back_then_is_given_back_there(house, officer):
    said(officer, leaving=OnLeaving.INVOICE)
    order = ordered(house, instalments=6)
    operations.confirm_delivery(by=house.actor(TOR), at=AT, reference=order.reference)
    leaves(date(2027, 1, 1))
    assert told(officer, NOV) == took("15.13")
    assert told(officer, DEC) == [("DEDUCTION", euro("15.13")), ("INVOICE", euro("60.49"))]
    assert told(officer, JAN) == []
    operations.return_items(by=house.actor(TOR), at=day(JAN), reference=order.reference, pieces={1: 1}, reason="No.")
    assert told(officer, FEB) == [("DEDUCTION", euro("-30.26")), ("INVOICE", euro("-60.49"))]


def test_an_order_that_was_called_off_is_due_no_more(house, officer):
    order = ordered(house, instalments=3)
    told(officer, NOV)
    operations.cancel_order(by=house.actor(MAYA), at=day(NOV), reference=order.reference, reason="No.")
    assert told(officer, DEC) == took("-30.25")


def test_orders_after_the_last_day_begin_with_the_next_pay(house, officer):
    said(officer, last_day=20)
    ordered(house, instalments=3)
    assert [told(officer, month) for month in (NOV, DEC)] == [[], took("30.25")]


def test_the_same_submission_in_other_parts_is_another_one(house, officer):
    ordered(house, instalments=3)
    with nothing_written(), pytest.raises(KeyReused):
        ordered(house, instalments=2)


def test_payroll_alone_says_how_a_company_deducts(house, officer):
    assert instalments.rule_view(viewer=officer, at=AT, company="abc").rule.parts_max == 6
    assert [row.code for row in instalments.rule_views(viewer=officer, at=AT, params={}).rows] == ["abc"]
    assert instalments.rule_views(viewer=officer, at=AT, params={"text": "xyz"}).rows == ()
    of_all = given_actor("pay-all", ("PAYROLL_OFFICER", None))
    assert [row.code for row in instalments.rule_views(viewer=of_all, at=AT, params={"text": "abc"}).rows] == ["abc"]
    with pytest.raises(NotThere):
        instalments.rule_view(viewer=officer, at=AT, company="xyz")
    with pytest.raises(NotThere):
        instalments.rule_view(viewer=house.actor(MAYA), at=AT, company="abc")
    for who in (house.actor(HENK), house.actor(TOR)):
        with nothing_written(), pytest.raises(Refused):
            said(who)
        with pytest.raises(Refused):
            instalments.rule_views(viewer=who, at=AT, params={})
    with nothing_written(), pytest.raises(NotThere):
        operations.set_pay_parts(by=of_all, at=AT, company="abc-it", rule=PayRule())
    row = AuditRow.objects.filter(act="trade.set_pay_parts").latest("id")
    assert row.facts == {"before": "", "after": "6 parts, least 10.00 EUR, through day 31, LAST_PAY"}


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"parts_max": 0}, "parts_max"),
        ({"parts_max": 37}, "parts_max"),
        ({"last_day": 0}, "parts_max"),
        ({"last_day": 32}, "parts_max"),
        ({"part_min": Money.of("-1", "EUR")}, "part_min"),
    ],
)
def test_parts_and_days_that_are_none_are_refused(house, officer, more, where):
    with nothing_written(), pytest.raises(Refusal) as refused:
        said(officer, **more)
    assert (refused.value.reason.code, refused.value.where) == ("pay_parts_unfit", where)
    assert PayParts.objects.count() == 1


def test_nobody_and_whoever_buys_otherwise_has_no_deductions(house, officer):
    house.order(NORA, ("coffee-machine", 1))
    assert deductions.own(viewer=NOBODY, at=AT) == ()
    assert deductions.own(viewer=house.actor(NORA), at=AT) == ()
    order = ordered(house)
    (still,) = deductions.own(viewer=house.actor(MAYA), at=AT)
    assert (still.number, still.on_leaving, still.parts[0].month, still.parts[0].amount) == (
        order.number,
        None,
        NOV,
        euro("90.75"),
    )


def test_what_is_repaid_is_due_with_the_next_pay(house, officer):
    order = ordered(house, instalments=3)
    operations.confirm_delivery(by=house.actor(TOR), at=AT, reference=order.reference)
    line = order.lines.get()
    line.parts[0]["kept"] = {"until": "2027-05-01", "net": 2500, "tax": 525}
    line.save(update_fields=["parts"])
    told(officer, NOV)
    at = day(NOV) + timedelta(days=5)
    operations.tell_disposal(by=house.actor(MAYA), at=at, reference=order.reference, pieces={1: 1}, how=Disposal.SOLD)
    still = deductions.own(viewer=house.actor(MAYA), at=at)
    assert deductions.by_month(still) == ((DEC, euro("60.50")), (JAN, euro("30.25")))
    assert [told(officer, month) for month in (DEC, JAN)] == [took("60.50"), took("30.25")]
