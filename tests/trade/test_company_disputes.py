"""Disputes between companies: either side raises one, both read the same, somebody owns it, the other side answers."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, ON, given_role, given_unit, nothing_written
from tests.cast import HENK, INES, JONAS, LUCA, MAYA, RATNA, TOR
from tests.desk.promised import given_hours
from tests.trade import looking
from tests.trade.test_budgets import office

from inward.core.terms import Money, Refusal
from inward.kit import worker
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.notices.models import Notice
from inward.trade import approvals, policy, queries, statements
from inward.trade import operations as trade
from inward.trade.models import Dispute
from inward.trade.vocabulary import DisputeAnswer, DisputeReason, DisputeSide

__all__ = ["office"]


def eur(amount):
    return Money.of(amount, "EUR")


@pytest.fixture
def bought(house):
    """(the house, ten widgets that ABC bought of XYZ for 36.00 before tax; Ratna sells, Ines buys)."""
    return house, house.order(INES, ("widget-a", 10), customer="abc").reference


def dispute(house, reference, *, by=RATNA, side=DisputeSide.SUPPLIER, centre="abc", **more):
    asked = {"reason": DisputeReason.NOT_POSTED, "words": "Not in your June.", "due": ON + timedelta(days=5)}
    return trade.dispute_charge(by=house.actor(by), at=AT, order=reference, centre=centre, side=side, **asked | more)


def read(house, part):
    return [row.reference for row in statements.disputes(viewer=house.actor(part), at=AT, params={}).rows]


def refused(act, *args, **more):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(*args, **more)
    return caught.value.reason.code


def test_whoever_sells_disputes_it_whoever_buys_answers_and_both_read_one_dispute(bought):
    house, reference = bought
    key = dispute(house, reference, amount=eur("12.00"))
    assert read(house, RATNA) == read(house, INES) == read(house, HENK) == read(house, LUCA) == [key]
    assert read(house, MAYA) == []
    (view,) = statements.of_order(viewer=house.actor(INES), at=AT, order=reference)
    assert (view.side, view.amount, view.owner, bool(view.may_answer)) == (
        DisputeSide.SUPPLIER, eur("12.00"), None, True,
    )  # fmt: skip
    (hers,) = statements.of_order(viewer=house.actor(RATNA), at=AT, order=reference)
    assert not hers.may_answer
    assert statements.of_order(viewer=house.actor(MAYA), at=AT, order=reference) == ()
    with nothing_written(), pytest.raises(Refused):
        trade.answer_dispute(
            by=house.actor(RATNA), at=AT, dispute=key, answer=DisputeAnswer.CORRECTED, words="I answer myself."
        )
    trade.answer_dispute(by=house.actor(INES), at=AT, dispute=key, answer=DisputeAnswer.CORRECTED, words="Found it.")
    assert Dispute.objects.get().answered_by.code == INES.code


def test_while_one_is_open_neither_side_raises_another(bought):
    house, reference = bought
    dispute(house, reference)
    assert refused(dispute, house, reference) == "dispute_open"
    assert refused(dispute, house, reference, by=INES, side=DisputeSide.CUSTOMER) == "dispute_open"
    assert queries.order(viewer=house.actor(INES), at=AT, reference=reference).may.get("dispute") is None


def test_each_side_disputes_for_itself_alone(bought):
    house, reference = bought
    may = queries.order(viewer=house.actor(INES), at=AT, reference=reference).may
    assert (bool(may["dispute"]), bool(may["dispute_sale"])) == (True, False)
    may = queries.order(viewer=house.actor(RATNA), at=AT, reference=reference).may
    assert (bool(may["dispute"]), bool(may["dispute_sale"])) == (False, True)
    with nothing_written(), pytest.raises(Refused):
        dispute(house, reference, by=INES)
    with nothing_written(), pytest.raises(Refused):
        dispute(house, reference, by=RATNA, side=DisputeSide.CUSTOMER)
    with nothing_written(), pytest.raises(NotThere):
        dispute(house, reference, by=TOR)
    assert not policy.may_dispute_sale(NOBODY, supplier="xyz", on=ON)
    assert not policy.may_answer(NOBODY, side=DisputeSide.SUPPLIER, supplier="xyz", centre="abc", raised_by=None, on=ON)


def test_within_one_company_whoever_sells_settles_it_on_the_order_itself(office):
    reference = office.order(INES, ("chair", 1), customer="abc-it").reference
    assert refused(dispute, office, reference, by=TOR, centre="abc-it") == "dispute_between_companies"
    assert "dispute_sale" not in queries.order(viewer=office.actor(TOR), at=AT, reference=reference).may


def test_what_was_called_off_can_be_disputed_and_what_waits_cannot(bought):
    house, reference = bought
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="No.")
    assert queries.order(viewer=house.actor(RATNA), at=AT, reference=reference).may["dispute_sale"]
    waits = house.order(INES, ("widget-a", 2_000), customer="abc", key="much").reference
    assert "dispute_sale" not in queries.order(viewer=house.actor(RATNA), at=AT, reference=waits).may
    assert refused(dispute, house, waits) == "not_charged"
    trade.decline_order(by=house.actor(HENK), at=AT, reference=waits, reason="No.")
    assert "dispute_sale" not in queries.order(viewer=house.actor(RATNA), at=AT, reference=waits).may


def test_what_was_called_off_before_anybody_approved_it_was_never_charged(bought):
    house, _ = bought
    waits = house.order(INES, ("widget-a", 2_000), customer="abc", key="much").reference
    trade.cancel_order(by=house.actor(INES), at=AT, reference=waits, reason="No.")
    for part in (INES, RATNA):
        assert "dispute" not in queries.order(viewer=house.actor(part), at=AT, reference=waits).may
    for part, side in ((INES, DisputeSide.CUSTOMER), (RATNA, DisputeSide.SUPPLIER)):
        assert refused(dispute, house, waits, by=part, side=side) == "not_charged"


@pytest.mark.parametrize("amount", [eur("0.00"), eur("-1.00"), eur("43.57"), Money.of("1", "NOK")])
def test_an_amount_that_is_none_of_the_order_s_is_refused(bought, amount):
    assert refused(dispute, *bought, amount=amount) == "dispute_amount"


def test_of_those_who_may_answer_one_owns_it_and_is_told_if_a_colleague_said_so(bought):
    house, reference = bought
    given_role(house.users[JONAS.code], "BUYER", "abc")
    key = dispute(house, reference)
    worker.drain()
    asked = Notice.objects.filter(code="sale_disputed").values_list("person__code", flat=True)
    assert sorted(asked) == sorted([INES.code, HENK.code, JONAS.code])
    trade.own_dispute(by=house.actor(INES), at=AT, dispute=key, owner=JONAS.code)
    assert looking.told()[-1] == "trade.DisputeOwned"
    worker.drain()
    assert [notice.person.code for notice in Notice.objects.filter(code="dispute_owned")] == [JONAS.code]
    (view,) = statements.of_order(viewer=house.actor(RATNA), at=AT, order=reference)
    assert view.owner.code == JONAS.code
    rows = statements.disputes(viewer=house.actor(INES), at=AT, params={"owner": JONAS.code}).rows
    assert [row.reference for row in rows] == [key]
    trade.own_dispute(by=house.actor(INES), at=AT, dispute=key, owner=INES.code)
    worker.drain()
    assert Notice.objects.filter(code="dispute_owned").count() == 1
    assert AuditRow.objects.filter(act="trade.own_dispute", thing=reference).count() == 2


def test_nobody_owns_it_who_could_not_answer_and_nobody_else_says_who_does(bought):
    house, reference = bought
    key = dispute(house, reference)
    for owner in (MAYA.code, RATNA.code, "nobody-at-all"):
        assert refused(trade.own_dispute, by=house.actor(INES), at=AT, dispute=key, owner=owner) == "dispute_owner"
    with nothing_written(), pytest.raises(Refused):
        trade.own_dispute(by=house.actor(RATNA), at=AT, dispute=key, owner=INES.code)
    with nothing_written(), pytest.raises(NotThere):
        trade.own_dispute(by=house.actor(MAYA), at=AT, dispute=key, owner=INES.code)
    trade.answer_dispute(by=house.actor(INES), at=AT, dispute=key, answer=DisputeAnswer.EXPLAINED, words="It is.")
    assert refused(trade.own_dispute, by=house.actor(INES), at=AT, dispute=key, owner=INES.code) == "dispute_answered"


def test_controllers_and_auditors_of_either_company_read_it_and_of_others_do_not(bought):
    house, reference = bought
    for part, company in ((MAYA, "xyz"), (TOR, "jkl")):
        given_role(house.users[part.code], "AUDITOR", company)
    key = dispute(house, reference)
    assert read(house, MAYA) == [key]
    assert read(house, TOR) == []


def test_a_dispute_whose_day_went_by_is_told_once_to_its_owner_at_work_and_to_nobody_once_answered(bought):
    house, reference = bought
    given_hours("abc")
    given_role(house.users[JONAS.code], "BUYER", "abc")
    key = dispute(house, reference, due=ON)
    tell = partial(trade.tell_overdue_disputes, by=HOUSE)
    saturday, night, work = (datetime(2026, 11, day, hour, tzinfo=UTC) for day, hour in ((28, 10), (25, 22), (25, 10)))
    with nothing_written():
        assert [tell(at=at) for at in (AT, saturday, night)] == [0, 0, 0]  # its day is not over, or nobody is at work
    assert (tell(at=work), tell(at=work)) == (1, 0)
    worker.drain()
    told = Notice.objects.filter(code="dispute_overdue")
    assert sorted(told.values_list("person__code", flat=True)) == sorted([INES.code, HENK.code, JONAS.code])
    (view,) = statements.of_order(viewer=house.actor(RATNA), at=work, order=reference)
    assert view.overdue
    trade.own_dispute(by=house.actor(INES), at=AT, dispute=key, owner=JONAS.code)
    Dispute.objects.update(reminded_at=None)
    assert tell(at=work + timedelta(hours=3)) == 1
    worker.drain()
    assert told.order_by("-id").first().person.code == JONAS.code
    assert told.count() == 4
    Dispute.objects.update(reminded_at=None)
    trade.answer_dispute(by=house.actor(INES), at=AT, dispute=key, answer=DisputeAnswer.EXPLAINED, words="It is.")
    with nothing_written():
        assert tell(at=work) == 0
        with pytest.raises(Refused):
            trade.tell_overdue_disputes(by=house.actor(INES), at=work)


def test_who_says_no_hours_works_from_monday_to_friday_also_after_it_was_closed(bought):
    given_unit("old", "abc", valid_from=LONG_AGO, valid_until=ON)
    saturday = datetime(2026, 11, 28, 10, tzinfo=UTC)
    found = [approvals.works_now(place, at) for place in ("xyz", "old") for at in (AT, saturday)]
    assert found == [True, False, True, False]
