"""Net pay is told by payroll, limits what a share of it may be bought with, and is read by the person and payroll alone."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from tests.builders import AT, HOUSE, ON, given_actor, given_role, given_work, nothing_written
from tests.cast import HENK, INES, LUCA, MAYA, NORA, SITI, TOR
from tests.shop import given_item
from tests.trade.test_benefit import euro, keeper, ordered
from tests.trade.test_running import DSL

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.bookkeeping import OnLeaving, PayRule
from inward.core.pricing import Limit, NetPay, Span, Wanted
from inward.core.terms import Money, Period, Rate, Refusal
from inward.kit import clock, worker
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import Refused
from inward.notices.models import Notice
from inward.parties import operations as parties
from inward.parties import queries as known
from inward.parties.vocabulary import Purpose
from inward.trade import deductions, netpay, operations, paylimits, payroll, queries, till
from inward.trade.models import NetPay as Row
from inward.trade.models import Order, PayLine
from inward.trade.netpay import Told
from inward.trade.operations import PriceChanged, placing
from inward.trade.vocabulary import PayKind

STAFF, ORDINARY = euro("90.75"), euro("121.00")
SINCE = date(2026, 11, 1)


@pytest.fixture
def house(house):
    """What Maya and her colleagues buy in a month may come to a tenth of what they net."""
    limit = Limit("pay", Span.MONTH, pay_share=Rate.percent(10))
    scheme = replace(price_book().schemes["abc-staff"], period=Period(), limits=(limit,))
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=scheme, valid_from=date(ON.year, 1, 1))
    return house


def tell(amount="2000.00", person=MAYA, by=HOUSE, since=SINCE, company="abc", **more):
    rows = [Told(person.code, euro(amount), "rows.0")]
    return operations.tell_net_pay(by=by, at=AT, company=company, rows=rows, valid_from=since, **more)


def price(house, count=1, part=MAYA, at=AT):
    return queries.quote_for(viewer=house.actor(part), at=at, lines=[Wanted("coffee-machine", count)])


def why(view):
    return {each.why.code for each in view.quote.lines[0].trace}


def held(person=MAYA):
    rows = Row.objects.current().filter(person__code=person.code).order_by("valid_from")
    return [(str(row.valid_from), str(row.valid_until), row.amount_minor) for row in rows]


def refused(code, where, act):
    with nothing_written(), pytest.raises(Refusal) as found:
        act()
    assert (found.value.reason.code, found.value.where) == (code, where)


def test_until_payroll_tells_it_nothing_goes_at_staff_price_and_then_as_much_as_the_share(house):
    assert (price(house).quote.total, "limit_of_pay_unknown" in why(price(house))) == (ORDINARY, True)
    tell()
    view = price(house, 3)  # 200.00 let two machines through
    assert [part.quantity for part in view.quote.lines[0].parts] == [2, 1]
    assert price(house, part=TOR).quote.total == ORDINARY


def test_two_orders_never_pass_it_together(house):
    tell("1000.00")
    ordered(house)
    with nothing_written(), pytest.raises(PriceChanged) as found:
        operations.place_order(
            by=house.actor(MAYA), at=AT, lines=[Wanted("coffee-machine", 1)], expected=STAFF, key="2"
        )
    assert found.value.decision.quote.total == ORDINARY
    assert "limit_of_pay_reached" in why(price(house))


def test_what_becomes_known_under_an_order_decides_it_anew(house, monkeypatch):
    tell("1000.00")
    told = []
    before = placing._accepted

    def meanwhile(decision):
        if not told:
            told.append(tell("10.00"))
        return before(decision)

    monkeypatch.setattr(placing, "_accepted", meanwhile)
    with pytest.raises(PriceChanged):
        operations.place_order(
            by=house.actor(MAYA), at=AT, lines=[Wanted("coffee-machine", 1)], expected=STAFF, key="k"
        )
    assert Order.objects.count() == 0


def test_nobody_else_reads_it_or_why_or_what_is_left(house):
    tell("1000.00")
    order = ordered(house)
    tor = house.actor(TOR)
    code = operations.make_till_code(by=house.actor(MAYA), at=AT).code
    view = till.quote(viewer=tor, at=AT, code=code, lines=[Wanted("coffee-machine", 1)])
    assert "limit_of_pay_reached" not in why(view)
    assert not any(each.of_pay for each in view.quote.allowances)
    mine = [each for each in price(house).quote.allowances if each.of_pay]
    assert mine == []  # nothing was drawn of it: it is reached
    texts = [str(row) for row in Order.objects.values()]
    texts += [str((row.thing, row.facts)) for row in AuditRow.objects.all()]
    assert not any("100000" in text or "1000.00" in text for text in texts)
    assert order.total_minor == 90_75


def test_the_allowance_page_tells_her_what_the_share_comes_to(house):
    tell("1000.00")
    ordered(house)
    (limit,) = (each for each in queries.allowances(viewer=house.actor(MAYA), at=AT) if each.limit.id == "pay")
    assert (limit.money_max, limit.used_money, limit.money_left) == (euro("100.00"), STAFF, euro("9.25"))
    assert (
        queries.shelf_prices(viewer=house.actor(MAYA), at=AT, offerings=["coffee-machine"])["coffee-machine"].price
        == ORDINARY
    )


def test_it_is_asked_for_one_s_own_purchases_where_a_scheme_asks_for_it_and_nowhere_else(
    house, django_assert_num_queries
):
    world, book = known.world(purpose=Purpose.PRICE), price_book()
    asks = {"world": world, "book": book, "on": ON}
    with django_assert_num_queries(0):
        for person, customer, supplier in (
            (None, "abc", "abc"),
            ("maya-lund", "abc", "abc"),
            ("maya-lund", "maya-lund", "xyz"),
        ):
            assert netpay.asked(person=person, customer=customer, supplier=supplier, **asks) is None
    tell()
    for supplier in ("abc", "abc-it"):
        expected = NetPay(euro("2000.00")) if supplier == "abc" else None
        assert netpay.asked(person="maya-lund", customer="maya-lund", supplier=supplier, **asks) == expected


def test_of_two_jobs_that_of_the_supplier_s_company_counts_first(house):
    given_work(MAYA.code, "xyz", valid_from=date(2020, 1, 1))
    tell("500.00", company="xyz")
    asks = {"book": price_book(), "on": ON, "person": MAYA.code, "customer": MAYA.code, "supplier": "abc"}
    assert netpay.asked(world=known.world(), **asks) == NetPay(euro("500.00"))
    tell("2000.00")
    assert netpay.asked(world=known.world(), **asks) == NetPay(euro("2000.00"))


def test_it_holds_from_a_day_on_and_what_was_told_of_other_days_stays(house):
    tell("2000.00")
    tell("2200.00", since=date(2027, 1, 1))
    tell("2100.00", since=date(2026, 12, 1))
    tell("2150.00", since=date(2026, 12, 1))
    assert held() == [
        ("2026-11-01", "2026-12-01", 200000),
        ("2026-12-01", "2027-01-01", 215000),
        ("2027-01-01", "None", 220000),
    ]
    told = netpay.own(viewer=house.actor(MAYA))
    assert [(each.amount, each.since, each.last) for each in told] == [
        (euro("2200.00"), date(2027, 1, 1), None),
        (euro("2150.00"), date(2026, 12, 1), date(2026, 12, 31)),
        (euro("2000.00"), SINCE, date(2026, 11, 30)),
    ]
    assert netpay.own(viewer=NOBODY) == ()


def test_many_are_told_at_once_or_nobody(house):
    rows = [Told(MAYA.code, euro("2000.00"), "a"), Told(HENK.code, euro("2500.00"), "b")]
    asked = {"by": HOUSE, "at": AT, "company": "abc", "valid_from": SINCE}
    assert operations.tell_net_pay(rows=rows, source="October", **asked) == 2
    row = AuditRow.objects.get(act="trade.tell_net_pay")
    assert row.facts == {"company": "abc", "people": 2, "valid_from": "2026-11-01", "source": "October"}
    for code, wrong in (
        ("net_pay_of_nobody", Told(NORA.code, euro("1.00"), "c")),
        ("net_pay_of_nobody", Told("ghost", euro("1.00"), "c")),
        ("net_pay_told_twice", Told(MAYA.code, euro("1.00"), "c")),
        ("net_pay_amount_unfit", Told(INES.code, euro("-0.01"), "c")),
        ("net_pay_amount_unfit", Told(INES.code, Money(10**16 + 1, "EUR"), "c")),
    ):
        refused(code, "c", lambda wrong=wrong: operations.tell_net_pay(rows=[*rows, wrong], **asked))
    for rows_ in ([], rows * 2501):
        refused("net_pay_rows_unfit", "rows", lambda rows_=rows_: operations.tell_net_pay(rows=rows_, **asked))


def test_payroll_officers_tell_and_read_it_of_others_and_each_reading_is_noted(house):
    pia, others = keeper("abc"), given_actor("xyz-pay", ("PAYROLL_OFFICER", "xyz"))
    tell(by=pia)
    tell("3000.00", person=HENK)
    with nothing_written():
        for by in (house.actor(SITI), house.actor(LUCA), house.actor(MAYA), others, NOBODY):
            with pytest.raises(Refused):
                tell(by=by)
    read = operations.read_net_pays(by=pia, at=AT, params={})
    assert [(each.key, each.amount) for each in read.rows] == [
        ("henk-verhoef~abc", euro("3000.00")),
        ("maya-lund~abc", euro("2000.00")),
    ]
    note = AuditRow.objects.filter(act="trade.read_net_pays").latest("id")
    assert (note.facts["read"].count("s-"), "2000" in str(note.facts)) == (2, False)
    assert [each.person.code for each in operations.read_net_pays(by=pia, at=AT, params={"text": "maya"}).rows] == [
        MAYA.code
    ]
    everybody = operations.read_net_pays(by=HOUSE, at=AT, params={})
    assert len(everybody.rows) == 2
    with nothing_written():
        assert operations.read_net_pays(by=pia, at=AT, params={"text": "nobody"}).rows == ()
        with pytest.raises(Refused):
            operations.read_net_pays(by=house.actor(SITI), at=AT, params={})
    assert netpay.companies(pia, on=ON) == ("abc",)


def test_nobody_tells_or_reads_her_own(house):
    given_role(house.users[HENK.code], "PAYROLL_OFFICER", "abc")
    henk = house.actor(HENK)
    refused("net_pay_of_nobody", "rows.0", lambda: tell(person=HENK, by=henk))
    tell(person=HENK)
    assert operations.read_net_pays(by=henk, at=AT, params={}).rows == ()
    assert len(netpay.own(viewer=henk)) == 1


def test_whoever_is_erased_is_forgotten_with_it(house):
    tell()
    tell("2500.00")
    parties.end_work(by=HOUSE, at=AT, work=work_of(MAYA), valid_until=ON)
    parties.erase_person(by=HOUSE, at=AT + timedelta(days=1), person=MAYA.code, reason="asked for it")
    worker.drain()
    assert Row.objects.count() == 0
    assert AuditRow.objects.get(act="trade.forget_net_pay").facts == {"rows": 2}
    assert operations.forget_net_pay(by=HOUSE, at=AT, person_id=1) == 0
    with pytest.raises(Refused):
        operations.forget_net_pay(by=house.actor(SITI), at=AT, person_id=1)


def work_of(part):
    return next(work.id for work in known.world().work[part.code])


def test_lines_and_files_are_read_whole_or_refused_with_their_line(house):
    assert netpay.of_lines("maya-lund; 2000,50\n\n Henk Verhoef ;3000\nghost;1", "eur") == (
        Told(MAYA.code, euro("2000.50"), "lines"),
        Told(HENK.code, euro("3000.00"), "lines"),
        Told("ghost", euro("1.00"), "lines"),
    )
    for lines, currency, line in (("maya-lund 5", "EUR", "1"), ("a;1\nb;x", "EUR", "2"), ("a;1", "E", "1")):
        with pytest.raises(Refusal) as found:
            netpay.of_lines(lines, currency)
        assert (found.value.reason.code, str(found.value.reason.facts["line"])) == ("net_pay_line_unfit", line)
    head = "person,company,amount,currency,valid_from\n"
    rows = netpay.of_file(
        f"\ufeff{head}maya-lund,abc,2000.00,eur,2026-11-01\nhenk-verhoef,abc,1,EUR,2026-12-01\n".encode()
    )
    assert rows == {
        ("abc", SINCE): [Told(MAYA.code, euro("2000.00"), "line 2")],
        ("abc", date(2026, 12, 1)): [Told(HENK.code, euro("1.00"), "line 3")],
    }
    for content, line in (
        (f"{head}maya-lund,abc,x,EUR,2026-11-01".encode(), "line 2"),
        (f"{head}maya-lund,abc".encode(), "line 2"),
        (b"person,amount\nmaya,1", "line 1"),
        (b"\xff\xfe", "line 1"),
    ):
        with pytest.raises(Refusal) as found:
            netpay.of_file(content)
        assert (found.value.reason.code, found.value.where) == ("net_pay_file_unfit", line)


# --- later pays -------------------------------------------------------------------------------------------------------


def run(month, by=None):
    """The deductions of the run of a month, made on its 28th: order, amount, whether it was put off."""
    at = AT + (month - date(2026, 11, 1)) + timedelta(days=4)
    by = by or keeper("abc")
    try:
        key = operations.make_pay_run(by=by, at=at, company="abc", month=month, cut_off=at.date())
    except Refusal:
        return []
    lines = payroll.lines(viewer=by, at=at, params={"run": key}).rows
    return [(line.number, line.amount, line.put_off) for line in lines if line.kind is PayKind.DEDUCTION]


NOV, DEC, JAN, FEB = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)


def test_a_part_that_a_smaller_pay_no_longer_lets_through_is_put_off_told_once_and_taken_up_by_the_next_run(house):
    officer = keeper("abc")
    rule = PayRule(parts_max=6, part_min=euro("10"), leaving=OnLeaving.LAST_PAY)
    operations.set_pay_parts(by=officer, at=AT, company="abc", rule=rule)
    tell("2000.00")
    one = ordered(house, instalments=3)  # 30.25 a month, of 200.00
    two = ordered(house, instalments=3, key="2")
    part = euro("30.25")
    assert run(NOV, officer) == [(one.number, part, False), (two.number, part, False)]

    tell("350.00", since=DEC)  # 35.00 leave it: one part, and not two
    proposed = payroll.proposed("abc", cut_off=date(2026, 12, 28), on=date(2026, 12, 28), month=DEC)
    assert proposed.sums() == {(PayKind.DEDUCTION, "EUR"): part}
    assert run(DEC, officer) == [(one.number, part, False), (two.number, part, True)]
    assert run(DEC, officer) == [(two.number, part, True)]  # another run of the month lets no more through
    with clock.shifted(AT + timedelta(days=60)):
        worker.drain()
    assert [(each.person.code, each.facts["month"]) for each in Notice.objects.filter(code="deduction_put_off")] == [
        (MAYA.code, "2026-12")
    ]
    assert PayLine.objects.filter(rejected_why="limit_of_pay").count() == 2
    still = deductions.by_month(deductions.own(viewer=house.actor(MAYA), at=AT + timedelta(days=36)))
    assert still == ((DEC, part), (JAN, euro("60.50")))

    tell("2000.00", since=JAN)
    assert run(JAN, officer) == [(one.number, part, False), (two.number, euro("60.50"), False)]
    assert run(FEB, officer) == []


def test_nothing_is_put_off_where_nobody_told_the_pay_where_no_limit_is_by_pay_and_out_of_the_last_pay(house):
    officer = keeper("abc")
    tell("2000.00")
    order = ordered(house)
    due = {order.pk: (MAYA.code, STAFF)}
    put_off = partial(paylimits.put_off, due, company="abc", month=NOV)
    assert put_off() == frozenset()
    tell("100.00")
    assert put_off() == {order.pk}
    assert paylimits.put_off({order.pk: (MAYA.code, -STAFF)}, company="abc", month=NOV) == frozenset()
    assert paylimits.put_off({order.pk: (MAYA.code, Money.of("1", "NOK"))}, company="abc", month=NOV) == frozenset()
    parties.end_work(by=HOUSE, at=AT, work=work_of(MAYA), valid_until=date(2026, 12, 1))
    assert put_off() == frozenset()
    assert run(NOV, officer) == [(order.number, STAFF, False)]
    Row.objects.all().delete()
    assert put_off() == frozenset()


def test_periods_of_what_runs_are_put_off_as_parts_are(house):
    given_item("dsl", "abc", "DSL", "40.00", cost="5.00", includes_tax=True)
    catalogue.set_plan(by=HOUSE, at=AT, offering="dsl", plan=DSL)
    tell("2000.00")
    order = house.order(MAYA, ("dsl", 1))
    officer = keeper("abc")
    assert run(NOV, officer) == [(order.number, euro("30.00"), False)]
    operations.bill_running(by=HOUSE, at=AT + timedelta(days=30))
    tell("250.00", since=DEC)
    assert run(DEC, officer) == [(order.number, euro("30.00"), True)]
    operations.bill_running(by=HOUSE, at=AT + timedelta(days=61))
    tell("2000.00", since=JAN)
    assert run(JAN, officer) == [(order.number, euro("60.00"), False)]
