"""What a cost centre was charged in a month, from the books; disputing a charge and answering."""

from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_role, nothing_written
from tests.cast import HENK, INES, LUCA, MAYA, RATNA, TOR
from tests.trade import looking
from tests.trade.test_budgets import office

from inward.core.terms import Money, Refusal
from inward.kit import worker
from inward.kit.actor import NOBODY
from inward.kit.policy import NotThere, Refused
from inward.notices.models import Notice
from inward.trade import operations as trade
from inward.trade import policy, statements
from inward.trade.models import Dispute
from inward.trade.vocabulary import DisputeAnswer, DisputeReason, DisputeSide, Settlement

__all__ = ["office"]
NOVEMBER = date(2026, 11, 1)


def eur(amount):
    return Money.of(amount, "EUR")


def of_it(viewer, month=NOVEMBER):
    return statements.statement(viewer=viewer, at=AT, centre="abc-it", month=month)


@pytest.fixture
def charged(office):
    """(the house, ten chairs at 100.00 for IT, of which three came back)."""
    reference = office.order(INES, ("chair", 10), customer="abc-it").reference
    trade.confirm_delivery(by=office.actor(TOR), at=AT, reference=reference)
    trade.return_items(by=office.actor(TOR), at=AT, reference=reference, pieces={1: 3}, reason="Broken.")
    return office, reference


def dispute(house, reference, by=INES, **more):
    asked = {"centre": "abc-it", "reason": DisputeReason.QUANTITY, "words": "Six came.", "due": ON + timedelta(days=5)}
    return trade.dispute_charge(by=house.actor(by), at=AT, order=reference, **asked | more)


def answer(house, key, by=TOR, words="Seven, by the note of the 24th."):
    trade.answer_dispute(by=house.actor(by), at=AT, dispute=key, answer=DisputeAnswer.EXPLAINED, words=words)


def test_a_statement_tells_what_was_charged_and_given_back_as_the_books_do(charged):
    house, _reference = charged
    found = of_it(house.actor(INES))
    assert (found.charged, found.given_back, found.borne, found.cut) == (
        eur("1000.00"),
        eur("300.00"),
        eur("700.00"),
        False,
    )
    assert [(line.amount, line.corrects, line.what) for line in found.lines] == [
        (eur("1000.00"), False, ("10 × Chair",)), (eur("-300.00"), True, ("10 × Chair",)),
    ]  # fmt: skip
    assert found.lines[0].supplier.code == "abc-purchasing"
    assert [line.may_dispute for line in found.lines] == [True, False]


def test_what_it_earned_is_no_charge(office):
    office.order(INES, ("help-hour", 2), customer="abc-purchasing")
    found = of_it(office.actor(INES))
    assert (found.charged, found.borne) == (None, None)
    assert {line.bears for line in found.lines} == {False}


def test_another_month_has_nothing(charged):
    assert of_it(charged[0].actor(INES), date(2026, 12, 31)).lines == ()
    assert of_it(HOUSE, date(2026, 10, 3)).month == date(2026, 10, 1)


def test_of_a_purchase_one_may_not_see_the_amount_alone_is_told(office):
    given_role(office.users[MAYA.code], "BUYER", "abc-it")
    reference = office.order(
        INES, ("coffee-machine", 1), settlement=Settlement.COST_CENTRE, cost_centre="abc-it"
    ).reference
    trade.approve_order(by=office.actor(HENK), at=AT, reference=reference)
    (line,) = of_it(office.actor(MAYA)).lines
    assert (line.amount, line.reference, line.number, line.what, line.supplier) == (eur("90.75"), "", None, (), None)
    assert not line.may_dispute
    (line,) = of_it(office.actor(HENK)).lines
    assert (line.reference, line.what) == (reference, ("1 × Coffee machine",))


def test_only_those_who_read_its_budget_read_its_statement(charged):
    house, _ = charged
    for by in (NOBODY, house.actor(MAYA), house.actor(RATNA), house.actor(TOR)):
        with pytest.raises(NotThere):
            of_it(by)
    with pytest.raises(NotThere):
        statements.statement(viewer=HOUSE, at=AT, centre="nowhere", month=NOVEMBER)


def test_more_lines_than_are_shown_are_told_to_be_cut(charged, monkeypatch):
    monkeypatch.setattr(statements, "LINES_MOST", 1)
    found = of_it(charged[0].actor(INES))
    assert (len(found.lines), found.cut) == (1, True)
    assert (found.charged, found.borne) == (eur("1000.00"), eur("700.00"))  # of the whole month, not of what is shown


@pytest.mark.parametrize("month", [date.min, date.max])
def test_the_first_and_the_last_month_there_is_have_no_statement(charged, month):
    with pytest.raises(NotThere):
        of_it(charged[0].actor(INES), month)


def test_a_charge_is_disputed_answered_and_told_to_both(charged):
    house, reference = charged
    key = dispute(house, reference)
    assert looking.told()[-1] == "trade.ChargeDisputed"
    (first, _) = of_it(house.actor(INES)).lines
    assert (first.dispute.reference, first.dispute.answer, first.may_dispute) == (key, None, False)
    with nothing_written(), pytest.raises(Refusal) as caught:
        dispute(house, reference, HENK)
    assert caught.value.reason.code == "dispute_open"
    answer(house, key)
    assert looking.told()[-1] == "trade.DisputeAnswered"
    worker.drain()
    assert sorted(Notice.objects.filter(code__contains="disput").values_list("code", "person__code")) == [
        ("charge_disputed", TOR.code), ("dispute_answered", INES.code),
    ]  # fmt: skip
    (first, _) = of_it(house.actor(INES)).lines
    assert (first.dispute.answer, first.dispute.answer_words, first.may_dispute) == (
        DisputeAnswer.EXPLAINED, "Seven, by the note of the 24th.", True,
    )  # fmt: skip
    with nothing_written(), pytest.raises(Refusal) as caught:
        answer(house, key)
    assert caught.value.reason.code == "dispute_answered"
    assert dispute(house, reference) != key  # once answered, it can be disputed again


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"words": " "}, "reason_missing"),
        ({"words": "x" * 501}, "text_too_long"),
        ({"due": ON - timedelta(days=1)}, "dispute_due"),
        ({"due": ON + timedelta(days=367)}, "dispute_due"),
        ({"centre": "abc-purchasing"}, "not_charged"),
    ],
)
def test_what_is_no_dispute_is_refused(charged, more, code):
    house, reference = charged
    with nothing_written(), pytest.raises(Refusal) as caught:
        dispute(house, reference, **more)
    assert caught.value.reason.code == code


def test_what_no_cost_centre_bears_is_not_disputed(office):
    reference = office.order(INES, ("coffee-machine", 1)).reference
    with nothing_written(), pytest.raises(Refusal) as caught:
        dispute(office, reference)
    assert caught.value.reason.code == "not_charged"


def test_who_may_dispute_answer_and_read(charged):
    house, reference = charged
    for by in (MAYA, TOR, LUCA):
        with nothing_written(), pytest.raises(Refused):
            dispute(house, reference, by)
    with nothing_written(), pytest.raises(NotThere):
        dispute(house, "no-such-order")
    key = dispute(house, reference)
    with nothing_written(), pytest.raises(Refused):
        answer(house, key, HENK)
    with nothing_written(), pytest.raises(NotThere):
        answer(house, key, RATNA)
    with nothing_written(), pytest.raises(Refusal):
        answer(house, key, words=" ")

    def read(viewer):
        return [row.reference for row in statements.disputes(viewer=viewer, at=AT, params={}).rows]

    assert read(house.actor(TOR)) == read(house.actor(INES)) == read(house.actor(LUCA)) == read(HOUSE) == [key]
    assert read(house.actor(MAYA)) == read(NOBODY) == []
    assert statements.dispute(viewer=house.actor(TOR), at=AT, reference=key).may_answer
    with pytest.raises(NotThere):
        statements.dispute(viewer=house.actor(MAYA), at=AT, reference=key)


def test_nobody_answers_what_she_raised_herself(charged):
    house, reference = charged
    given_role(house.users[INES.code], "SELLER", "abc-purchasing")
    key = dispute(house, reference)
    with nothing_written(), pytest.raises(Refused):
        answer(house, key, INES)
    assert Dispute.objects.get().answer == ""
    assert not policy.may_dispute(NOBODY, centre="abc-it", on=ON)
    of_a_charge = {"side": DisputeSide.CUSTOMER, "supplier": "abc", "centre": "abc-it", "raised_by": None}
    assert not policy.may_answer(NOBODY, **of_a_charge, on=ON)
    assert policy.may_answer(HOUSE, **of_a_charge, on=ON)


def test_the_house_disputes_and_answers_without_a_person(charged):
    _, reference = charged
    key = trade.dispute_charge(
        by=HOUSE, at=AT, order=reference, centre="abc-it", reason=DisputeReason.OTHER, words="?", due=ON
    )
    trade.answer_dispute(by=HOUSE, at=AT, dispute=key, answer=DisputeAnswer.CORRECTED, words="!")
    seen = statements.dispute(viewer=HOUSE, at=AT, reference=key)
    assert (seen.person, seen.answered_by, seen.answer) == (None, None, DisputeAnswer.CORRECTED)
