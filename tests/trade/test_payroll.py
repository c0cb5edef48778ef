"""Payroll is told the difference to what it was told before: nothing twice, nothing forgotten, nothing changed afterwards."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_actor, given_employee, given_role, nothing_written
from tests.cast import HENK, LUCA, MAYA, SITI, TOR
from tests.trade.test_benefit import euro, given_boots, ordered

from inward.core.terms import Refusal
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import marks, veil
from inward.parties import operations as parties
from inward.parties import queries as known
from inward.parties.vocabulary import MarkKind
from inward.trade import benefit, operations, payroll
from inward.trade.models import PayLine, PayRun
from inward.trade.vocabulary import PayKind

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
LATER = AT + timedelta(days=10)


@pytest.fixture
def officer(house):
    return given_actor("pay-officer", ("PAYROLL_OFFICER", "abc"))


def made(by, at=AT, month=NOVEMBER, cut_off=None, company="abc"):
    return operations.make_pay_run(by=by, at=at, company=company, month=month, cut_off=cut_off or at.date())


def told(key, by, at=AT):
    return [
        (line.person, line.kind, line.code, line.number, line.tax_year, line.amount)
        for line in payroll.lines(viewer=by, at=at, params={"run": key}).rows
    ]


def refused(*args, **more):
    with nothing_written(), pytest.raises(Refusal) as why:
        made(*args, **more)
    return why.value.reason.code, why.value.where


def test_a_run_tells_each_order_and_what_is_taxable_once(house, officer):
    order = ordered(house)
    key = made(officer)
    assert key == "abc~1"
    assert told(key, officer) == [
        ("maya-lund", PayKind.BENEFIT, "BENEFIT", None, "NL-2026", euro("6.05")),
        ("maya-lund", PayKind.DEDUCTION, "PURCHASE", order.number, "", euro("90.75")),
    ]
    assert refused(officer, at=LATER) == ("pay_run_empty", "cut_off")
    row = AuditRow.objects.get(act="trade.make_pay_run")
    assert (row.thing, row.facts["lines"], "maya" in str(row.facts)) == ("pay run abc~1", 2, False)


def test_what_comes_back_is_told_as_a_difference(house, officer):
    order = ordered(house, count=2)
    made(officer)
    operations.confirm_delivery(by=house.actor(TOR), at=AT, reference=order.reference)
    operations.return_items(by=house.actor(TOR), at=LATER, reference=order.reference, pieces={1: 1}, reason="No.")
    key = made(officer, at=LATER, month=DECEMBER)
    assert [row[1::4] for row in told(key, officer, LATER)] == [
        (PayKind.BENEFIT, euro("-6.05")),
        (PayKind.DEDUCTION, euro("-90.75")),
    ]


def test_what_was_called_off_of_an_order_is_told_as_a_difference_and_what_came_back_besides_too(house, officer):
    order = ordered(house, count=4)
    made(officer)
    operations.confirm_delivery(by=house.actor(TOR), at=AT, reference=order.reference, pieces={1: 2})
    operations.cancel_order(by=house.actor(TOR), at=LATER, reference=order.reference, reason="Sold out.")
    operations.return_items(by=house.actor(TOR), at=LATER, reference=order.reference, pieces={1: 1}, reason="No.")
    key = made(officer, at=LATER, month=DECEMBER)
    assert [row[1::4] for row in told(key, officer, LATER)] == [
        (PayKind.BENEFIT, euro("-18.15")),
        (PayKind.DEDUCTION, euro("-272.25")),
    ]


def test_an_order_that_was_cancelled_is_taken_back_and_one_after_the_cut_off_waits(house, officer):
    order = ordered(house)
    ordered(house, at=LATER, key="later")
    key = made(officer, at=LATER, cut_off=ON)
    assert [row[3] for row in told(key, officer, LATER) if row[3]] == [order.number]
    operations.cancel_order(by=house.actor(MAYA), at=LATER, reference=order.reference, reason="No.")
    key = made(officer, at=LATER, month=DECEMBER)
    assert sorted(str(row[5]) for row in told(key, officer, LATER)) == ["-90.75 EUR", "90.75 EUR"]


def test_what_payroll_could_not_take_is_told_again_and_nothing_else(house, officer):
    ordered(house)
    key = made(officer)
    (deduction,) = payroll.lines(viewer=officer, at=AT, params={"kind": "DEDUCTION"}).rows
    operations.reject_pay_line(by=officer, at=AT, line=deduction.id, why="Unpaid leave")
    assert payroll.run(viewer=officer, at=AT, key=key).rejected == 1
    assert [row[1::4] for row in told(made(officer, at=LATER), officer, LATER)] == [(PayKind.DEDUCTION, euro("90.75"))]
    with nothing_written(), pytest.raises(Refusal) as again:
        operations.reject_pay_line(by=officer, at=AT, line=deduction.id, why="Unpaid leave")
    assert again.value.reason.code == "pay_line_rejected"
    seen = payroll.own(viewer=house.actor(MAYA))
    assert [(line.run, line.amount, line.rejected_why) for line in seen if line.kind is PayKind.DEDUCTION] == [
        (2, euro("90.75"), ""),
        (1, euro("90.75"), "Unpaid leave"),
    ]


def test_a_line_is_rejected_with_a_reason_and_by_nobody_for_herself(house):
    given = given_actor("officer-too", ("PAYROLL_OFFICER", "abc"))
    ordered(house, HENK)
    made(given)
    line = PayLine.objects.filter(kind="DEDUCTION").get().pk
    for why, code in ((" ", "reason_missing"), ("x" * 201, "text_too_long")):
        with nothing_written(), pytest.raises(Refusal) as wrong:
            operations.reject_pay_line(by=given, at=AT, line=line, why=why)
        assert (wrong.value.reason.code, wrong.value.where) == (code, "why")
    given_role(house.users[HENK.code], "PAYROLL_OFFICER", "abc")
    with nothing_written(), pytest.raises(Refused):
        operations.reject_pay_line(by=house.actor(HENK), at=AT, line=line, why="No.")
    for by in (house.actor(LUCA), given_actor("other", ("PAYROLL_OFFICER", "xyz")), NOBODY):
        with nothing_written(), pytest.raises(NotThere):
            operations.reject_pay_line(by=by, at=AT, line=line, why="No.")


def test_runs_follow_one_another_and_end_today_at_the_latest(house, officer):
    ordered(house)
    assert refused(officer, cut_off=ON + timedelta(days=1)) == ("pay_run_in_future", "cut_off")
    made(officer)
    ordered(house, key="next")
    assert refused(officer, at=LATER, cut_off=ON - timedelta(days=1)) == ("pay_run_before_last", "cut_off")
    assert refused(officer, at=LATER, month=date(2026, 10, 31)) == ("pay_run_before_last", "month")
    assert refused(officer, at=LATER, month=date(2028, 1, 1)) == ("pay_run_month_far", "month")
    assert made(officer, at=LATER, month=date(2026, 11, 30)) == "abc~2"
    assert [run.month for run in payroll.runs(viewer=officer, at=LATER, params={}).rows] == [NOVEMBER, NOVEMBER]


def test_a_slip_in_the_year_makes_no_run_and_stops_none(house, officer):
    ordered(house)
    assert refused(officer, month=date(9999, 11, 1)) == ("pay_run_month_far", "month")
    assert refused(officer, month=date(2025, 10, 31)) == ("pay_run_month_far", "month")
    assert refused(officer, month=date(1, 1, 1), cut_off=date(1, 1, 1)) == ("pay_run_empty", "cut_off")
    assert refused(officer, month=date(1970, 1, 1), cut_off=date(1970, 1, 1)) == ("pay_run_empty", "cut_off")
    assert made(officer, month=date(2025, 11, 1)) == "abc~1"


def test_nobody_else_makes_or_reads_a_run(house, officer):
    ordered(house)
    key = made(officer)
    for part in (LUCA, SITI, TOR, HENK):
        with nothing_written(), pytest.raises(Refused):
            made(house.actor(part), at=LATER)
        with pytest.raises(NotThere):
            payroll.run(viewer=house.actor(part), at=AT, key=key)
        for listed in (payroll.runs, payroll.lines):
            with pytest.raises(Refused):
                listed(viewer=house.actor(part), at=AT, params={})
    other = given_actor("other", ("PAYROLL_OFFICER", "xyz"))
    assert payroll.runs(viewer=other, at=AT, params={}).rows == ()
    with pytest.raises(NotThere):
        payroll.lines(viewer=other, at=AT, params={"run": key})
    for nothing in ("abc~9", "abc~x", "abc", "abc~1234567890"):
        with pytest.raises(NotThere):
            payroll.run(viewer=officer, at=AT, key=nothing)
    assert payroll.own(viewer=NOBODY) == ()


def test_whose_benefit_cannot_be_reckoned_stands_with_the_run_and_not_by_a_code_that_is_forgotten(house):
    ordered(house, given_boots(), offering="boots")
    by = given_actor("us-officer", ("PAYROLL_OFFICER", "us"))
    key = made(by, company="us")
    assert [row[1:3] for row in told(key, by)] == [(PayKind.DEDUCTION, "PURCHASE")]
    assert payroll.run(viewer=by, at=AT, key=key).unreckoned == (("ann", "US-2026", "benefit_accounts_missing"),)
    assert refused(by, at=LATER, company="us") == ("pay_run_unreckoned", "cut_off")
    parties.end_work(by=HOUSE, at=AT, work=known.world().work["ann"][0].id, valid_until=ON)
    code = parties.erase_person(by=HOUSE, at=LATER, person="ann", reason="Asked for it.")
    ((who, *_),) = payroll.run(viewer=by, at=LATER, key=key).unreckoned
    assert (who, "ann" in str(PayRun.objects.values())) == (code, False)


def test_lines_carry_the_codes_of_the_day_they_went_out(house, officer):
    ordered(house)
    made(officer)
    operations.set_pay_code(by=officer, at=AT, company="abc", kind=PayKind.DEDUCTION, code="4711")
    operations.set_pay_code(by=officer, at=AT, company="abc", kind=PayKind.DEDUCTION, code="4712")
    ordered(house, key="next")
    made(officer, at=LATER)
    assert list(PayLine.objects.filter(kind="DEDUCTION").order_by("id").values_list("code", flat=True)) == [
        "PURCHASE",
        "4712",
    ]
    for code in ("", "a b", "x" * 41, "=1+1"):
        with nothing_written(), pytest.raises(Refusal) as wrong:
            operations.set_pay_code(by=officer, at=AT, company="abc", kind=PayKind.BENEFIT, code=code)
        assert (wrong.value.reason.code, wrong.value.where) == ("pay_code_not_usable", "code")
    with nothing_written(), pytest.raises(Refused):
        operations.set_pay_code(by=house.actor(LUCA), at=AT, company="abc", kind=PayKind.BENEFIT, code="1")


def test_lists_are_found_by_order_and_person(house, officer):
    order = ordered(house)
    ordered(house, HENK, key="henk")
    made(officer)

    def found(**params):
        return {line.person for line in payroll.lines(viewer=officer, at=AT, params=params).rows}

    assert found(text=str(order.number)) == {"maya-lund"}
    assert found(text="henk-verhoef") == {"henk-verhoef"}
    assert found(text="nobody") == set()
    assert found(text="henk-verhoef\0") == {"henk-verhoef"}  # PostgreSQL takes no such character
    assert payroll.proposed("abc", cut_off=ON, on=ON).sums() == {}
    assert PayRun.objects.get().number == 1


def test_a_person_whose_code_is_a_number_is_found_by_it(house, officer):
    given_employee("4711", "abc")
    ordered(house, given_actor("digits", person="4711"))
    made(officer)
    found = payroll.lines(viewer=officer, at=AT, params={"text": "4711"}).rows
    assert {line.person for line in found} == {"4711"}


def test_sums_are_told_before_a_run(house, officer):
    ordered(house)
    ordered(house, HENK, key="henk")
    found = payroll.proposed("abc", cut_off=ON, on=ON)
    assert {kind: str(amount) for (kind, _), amount in found.sums().items()} == {
        PayKind.DEDUCTION: "181.50 EUR",
        PayKind.BENEFIT: "12.10 EUR",
    }


def test_a_company_that_is_not_there_has_no_payroll(house):
    everywhere = given_actor("everywhere", ("PAYROLL_OFFICER", None))
    for nothing in ("nobody", "abc-it", "maya-lund"):
        with nothing_written(), pytest.raises(NotThere):
            made(everywhere, company=nothing)
        with nothing_written(), pytest.raises(NotThere):
            operations.set_pay_code(by=everywhere, at=AT, company=nothing, kind=PayKind.BENEFIT, code="1")


def test_payroll_of_somebody_confidential_names_her_to_nobody_who_may_not_see_her(house):
    ordered(house)
    officer = given_actor("reader", ("PAYROLL_OFFICER", "abc"))
    made(officer)
    parties.mark_person(by=HOUSE, at=AT, person="maya-lund", kind=MarkKind.OTHER, reason="an inquiry", valid_from=ON)
    closed = marks.closed_to(officer, at=AT)
    reader = replace(officer, hidden=closed.hidden, opened=closed.opened)
    with veil.read_by(reader):
        lines = payroll.lines(viewer=reader, at=AT, params={}).rows
        assert len(lines) == 2
        assert not [each for line in lines for each in (line.who.code, line.who.name) if "maya" in each.lower()]
        for params in ({"text": "maya-lund"}, {"person": "maya-lund"}):
            assert payroll.lines(viewer=reader, at=AT, params=params).rows == ()
        assert benefit.people(viewer=reader, at=AT, params={}).rows == ()
        with pytest.raises(NotThere):
            benefit.kept_sheet(viewer=reader, at=AT, person="maya-lund", company="abc", year=2026)
    assert {line.who.name for line in payroll.lines(viewer=officer, at=AT, params={}).rows} == {"Maya Lund"}
