"""What holds after a sale is what was promised when it was placed; what would come back is what a return posts; faults are answered."""

from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON, nothing_written
from tests.cast import INES, JONAS, MAYA, RATNA, SITI, TOR
from tests.trade.test_benefit import euro
from tests.trade.test_household import scheme
from tests.trade.test_payments import refused
from tests.trade.test_running import DSL

from inward.catalogue import operations as catalogue
from inward.core.terms import Money
from inward.kit import worker
from inward.kit.actor import NOBODY, Actor
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused
from inward.notices.queries import notices
from inward.trade import aftersale, operations, policy, queries
from inward.trade.aftersale import Promise
from inward.trade.announcements import FaultAnswered, FaultReported
from inward.trade.models import Order, OrderFault, ReturnPromise
from inward.trade.vocabulary import Fault, FaultAnswer

DAY = timedelta(days=1)
USUAL = Promise(30, 24)


@pytest.fixture
def house(house):
    promised()
    return house


def promised(promise=USUAL, supplier="abc", by=HOUSE, at=AT - DAY):
    operations.promise_returns(by=by, at=at, supplier=supplier, promise=promise)


def bought(house, pieces=1, part=MAYA, key="k", **more):
    receipt = house.order(part, ("coffee-machine", pieces), key=key, **more)
    return receipt.reference


def given(house, reference, at=AT, **pieces):
    operations.confirm_delivery(by=house.actor(TOR), at=at, reference=reference, **pieces)


def after(house, reference, part=MAYA, at=AT):
    return queries.order(viewer=house.actor(part), at=at, reference=reference).after


def reported(house, reference, part=MAYA, at=AT, **said):
    asked = {"position": 1, "pieces": 1, "fault": Fault.DAMAGED, "words": " The lid is cracked "} | said
    operations.report_fault(by=house.actor(part), at=at, reference=reference, **asked)


def answered(house, reference, answer=FaultAnswer.REPLACED, words="", part=TOR, fault=None):
    key = OrderFault.objects.latest("id").pk if fault is None else fault
    operations.answer_fault(by=house.actor(part), at=AT, reference=reference, fault=key, answer=answer, words=words)


def test_before_it_is_handed_over_the_days_are_promised_and_no_last_one_is_named(house):
    (line,) = after(house, bought(house)).lines
    assert (line.pieces, line.handed_over, line.until, line.guarantee) == (1, None, None, None)
    assert line.back == euro("90.75")


def test_the_last_day_counts_from_the_last_hand_over_and_the_guarantee_in_months(house):
    order = bought(house, 2)
    given(house, order, pieces={1: 1})
    given(house, order, at=AT + 3 * DAY)
    (line,) = after(house, order).lines
    assert (line.handed_over, line.until) == (ON + 3 * DAY, ON + 33 * DAY)
    assert line.guarantee == date(ON.year + 2, ON.month, ON.day + 3)


def test_an_order_keeps_what_was_promised_when_it_was_placed(house):
    before = bought(house)
    given(house, before)
    promised(Promise(0, None), at=AT + DAY)
    assert after(house, before).promise == USUAL
    assert aftersale.promise_of("abc", AT + DAY) == Promise(0, None)
    assert aftersale.promise_of("abc", AT - 2 * DAY) == Promise()
    assert aftersale.promise_of("xyz", AT) == Promise()
    assert ReturnPromise.objects.count() == 2


def test_what_would_come_back_is_what_the_return_gives_and_the_allowance_is_hers_to_read(house):
    order = bought(house, 2)
    given(house, order)
    (line,) = after(house, order).lines
    (again,) = line.allowances
    assert (again.scheme, again.periods, again.money, again.units, again.cooling_days) == (
        "ABC staff purchase",
        (f"{ON.year}",),
        line.back,
        2,
        0,
    )
    assert after(house, order, TOR).lines[0].allowances == ()
    back = operations.return_items(by=house.actor(TOR), at=AT, reference=order, pieces={1: 2}, reason="too loud")
    assert back == line.back == euro("181.50")
    assert queries.allowances(viewer=house.actor(MAYA), at=AT)[0].used_money == Money.zero("EUR")
    assert after(house, order).lines == ()


def test_what_is_gone_or_given_away_does_not_come_back(house):
    order = bought(house, 3)
    given(house, order, pieces={1: 2})
    operations.return_items(by=house.actor(TOR), at=AT, reference=order, pieces={1: 1}, reason="too loud")
    (line,) = after(house, order).lines
    assert (line.pieces, line.back) == (1, euro("90.75"))


def test_for_how_long_the_scheme_is_closed_afterwards_is_told_before(house):
    scheme(cooling_days=14, allowance_money=None)
    order = bought(house)
    given(house, order)
    (again,) = after(house, order).lines[0].allowances
    assert (again.periods, again.cooling_days) == ((), 14)


def test_of_a_scheme_that_closes_nothing_and_limits_nothing_there_is_nothing_to_tell(house):
    scheme(allowance_money=None)
    order = bought(house)
    assert after(house, order).lines[0].allowances == ()


def test_nothing_holds_of_what_was_called_off_and_of_what_runs_on(house):
    order = bought(house)
    operations.cancel_order(by=house.actor(MAYA), at=AT, reference=order, reason="twice")
    assert after(house, order) is None
    catalogue.set_plan(by=HOUSE, at=AT, offering="coffee-machine", plan=DSL)
    assert after(house, bought(house, key="2")) is None


def test_a_guarantee_beyond_the_calendar_never_ends(house):
    promised(Promise(None, 600), at=AT)
    order = bought(house)
    given(house, order, at=AT.replace(year=9980))
    assert after(house, order).lines[0].guarantee == date.max
    assert after(house, order).lines[0].until is None


def test_only_those_who_serve_for_a_supplier_promise_for_it(house):
    promised(by=house.actor(TOR))
    with nothing_written(), pytest.raises(Refused):
        promised(by=house.actor(MAYA))
    with nothing_written(), pytest.raises(NotThere):
        promised(supplier="nobody")
    for wrong in (Promise(-1, None), Promise(3651, None), Promise(None, 601)):
        refused("promise_unfit", "return_days", lambda wrong=wrong: promised(wrong))


def test_lists_tell_what_is_promised_now_of_each_for_which_she_may(house):
    promised(supplier="xyz")
    promised(supplier="abc-it")
    promised(Promise(), supplier="abc-it", at=AT)
    tor = house.actor(TOR)
    assert [(row.code, row.promise) for row in aftersale.views(viewer=tor, at=AT, params={}).rows] == [("abc", USUAL)]
    assert [row.code for row in aftersale.views(viewer=HOUSE, at=AT, params={"text": "XYZ"}).rows] == ["xyz"]
    assert aftersale.view(viewer=tor, at=AT, supplier="abc").since == AT - DAY
    for gone in ("xyz", "abc-it", "jkl"):
        with pytest.raises(NotThere):
            aftersale.view(viewer=tor, at=AT, supplier=gone)
    with pytest.raises(Refused):
        aftersale.views(viewer=house.actor(MAYA), at=AT, params={})


def test_a_fault_is_told_to_those_who_serve_and_answered_to_whoever_reported_it(house):
    order = bought(house)
    given(house, order)
    assert [line.position for line in after(house, order).reportable] == [1]
    reported(house, order)
    worker.drain()
    assert notices(viewer=house.actor(TOR))[0].code == "fault_reported"
    seen = after(house, order)
    (fault,) = seen.open
    assert (fault.pieces, fault.fault, fault.words, fault.person.code) == (
        1,
        Fault.DAMAGED,
        "The lid is cracked",
        MAYA.code,
    )
    assert (seen.reportable, bool(seen.may_report), bool(seen.may_answer)) == ((), True, False)
    assert after(house, order, TOR).may_answer
    assert [row.reference for row in queries.orders(viewer=house.actor(TOR), at=AT, which="faulty").rows] == [order]
    answered(house, order, words=" At the desk ")
    worker.drain()
    assert notices(viewer=house.actor(MAYA))[0].code == "fault_answered"
    (fault,) = after(house, order).faults
    assert (fault.answer, fault.answer_words, fault.answered_at) == (FaultAnswer.REPLACED, "At the desk", AT)
    assert queries.orders(viewer=house.actor(TOR), at=AT, which="faulty").rows == ()
    assert [len(announced(kind)) for kind in (FaultReported, FaultAnswered)] == [1, 1]
    refused("fault_not_waiting", "", lambda: answered(house, order))
    reported(house, order, fault=Fault.OTHER)


def test_taking_it_back_answers_the_fault_and_nothing_else_says_so(house):
    order = bought(house)
    given(house, order)
    reported(house, order)
    refused("fault_taken_back_by_return", "answer", lambda: answered(house, order, FaultAnswer.TAKEN_BACK))
    operations.return_items(by=house.actor(TOR), at=AT, reference=order, pieces={1: 1}, reason="cracked")
    (fault,) = after(house, order).faults
    assert fault.answer is FaultAnswer.TAKEN_BACK
    worker.drain()
    codes = [each.code for each in notices(viewer=house.actor(MAYA))]
    assert "items_returned" in codes
    assert "fault_answered" not in codes


def test_a_fault_of_what_is_not_there_or_without_words_is_refused(house):
    order = bought(house)
    refused("more_than_there", "pieces", lambda: reported(house, order))
    given(house, order)
    refused("more_than_there", "pieces", lambda: reported(house, order, pieces=2))
    refused("unknown_line", "position", lambda: reported(house, order, position=2))
    refused("reason_missing", "words", lambda: reported(house, order, words=" "))
    refused("text_too_long", "words", lambda: reported(house, order, words="x" * 501))
    reported(house, order)
    refused("fault_waits", "", lambda: reported(house, order))
    refused("reason_missing", "words", lambda: answered(house, order, FaultAnswer.NOT_COVERED))
    refused("text_too_long", "words", lambda: answered(house, order, words="x" * 501))
    answered(house, order, FaultAnswer.NOT_COVERED, "It was dropped")


def test_whoever_buys_for_a_department_reports_and_nobody_answers_her_own(house):
    order = bought(house, part=INES, customer="abc")
    given(house, order)
    reported(house, order, INES)
    concerned = policy.OrderParties(None, "abc", "abc")
    assert policy.may_report_fault(house.actor(INES), order=concerned, on=ON)
    codes = [policy.may_report_fault(by, order=concerned, on=ON).reasons[0].code for by in (house.actor(MAYA), NOBODY)]
    assert codes == ["fault_reported_by_buyer", "no_actor"]
    with nothing_written(), pytest.raises(Refused):
        answered(house, order, part=INES)
    with nothing_written(), pytest.raises(Refused):
        reported(house, order, TOR)
    with nothing_written(), pytest.raises(NotThere):
        reported(house, order, RATNA)


def test_words_of_whoever_is_erased_are_forgotten(house):
    order = bought(house)
    given(house, order)
    reported(house, order)
    answered(house, order, words="At the desk")
    other = bought(house, part=JONAS, key="2")
    given(house, other)
    reported(house, other, JONAS)
    by, maya = Actor.system("trade.forget_words"), Order.objects.get(reference=order).person_id
    assert operations.forget_faults(by=by, at=AT, person_id=maya) == 1
    assert [(row.words, row.answer_words) for row in OrderFault.objects.order_by("id")] == [
        ("", ""),
        ("The lid is cracked", ""),
    ]
    with nothing_written():
        assert operations.forget_faults(by=by, at=AT, person_id=maya) == 0
    with nothing_written(), pytest.raises(Refused):
        operations.forget_faults(by=house.actor(SITI), at=AT, person_id=maya)
