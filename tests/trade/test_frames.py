"""Standing orders: agreed and committed once, ordered in parts, never beyond what was agreed and never twice for a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON, nothing_written
from tests.cast import HENK, INES, LUCA, MAYA, TOR
from tests.trade import looking
from tests.trade.test_budgets import given_budget, office, taken

from inward.catalogue import operations as catalogue
from inward.core.classification import Kind
from inward.core.pricing import Basis
from inward.core.running import Plan, Rhythm, RunningKind
from inward.core.terms import Money, Refusal, UnitPrice
from inward.kit import worker
from inward.kit.actor import NOBODY
from inward.kit.idempotency import KeyReused
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import together
from inward.ledger.models import Entry
from inward.notices.models import Notice
from inward.parties import operations as parties
from inward.trade import frames, jobs, policy, queries
from inward.trade import operations as trade
from inward.trade.frames import FrameTerms
from inward.trade.framewords import FramePrice
from inward.trade.models import Frame, FrameDraw, Order
from inward.trade.operations import PriceChanged
from inward.trade.operations import frames as acts
from inward.trade.vocabulary import OrderState

__all__ = ["office"]
LAST = date(2026, 12, 31)
BY_HAND = FrameTerms(ON, LAST)
DAILY = FrameTerms(ON, LAST, Rhythm.DAILY, each=4)
WEDNESDAYS = FrameTerms(ON, LAST, Rhythm.WEEKLY, each=10, weekday=2)
DAY = timedelta(days=1)


def eur(amount):
    return Money.of(amount, "EUR")


def agree(house, pieces=40, terms=BY_HAND, *, by=INES, customer="abc-it", key="frame", expected=None, **more):
    """Ines agrees on so many chairs at 100.00 for IT; above 5,000.00 that needs approval."""
    return trade.agree_frame(
        by=house.actor(by),
        at=AT,
        offering="chair",
        quantity=pieces,
        terms=terms,
        expected=expected or eur(f"{pieces * 100}.00"),
        key=key,
        customer=customer,
        **more,
    ).reference


def draw(house, reference, pieces, *, by=INES, at=AT, key="part", price="100.00"):
    return trade.draw_part(
        by=house.actor(by),
        at=at,
        reference=reference,
        quantity=pieces,
        expected=eur(price) * pieces,
        key=key,
    )


def due(at):
    done = trade.draw_due(by=HOUSE, at=at)
    return done.parts, done.held, done.ended


def seen(house, reference, *, by=INES, at=AT):
    return frames.frame(viewer=house.actor(by), at=at, reference=reference)


def days_of(reference):
    return [each.due for each in FrameDraw.objects.filter(frame__order__reference=reference).order_by("due")]


def dearer_tomorrow():
    """A chair costs 88.00 from tomorrow on, so that departments pay 110.00."""
    catalogue.record_cost(by=HOUSE, at=AT, offering="chair", price=UnitPrice.of("88.00", "EUR"), valid_from=ON + DAY)


def refused(act, *args, **more):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(*args, **more)
    return caught.value.reason.code


class TestAgreeing:
    def test_below_the_limit_it_is_agreed_at_once_sells_nothing_and_takes_of_the_budget_as_committed(self, office):
        given_budget("9000.00")
        reference = agree(office)
        order = Order.objects.get(reference=reference)
        assert (order.state, order.total_minor) == ("AGREED", 400_000)
        assert not Entry.objects.filter(reference=reference).exists()
        assert taken() == (eur("0.00"), eur("4000.00"))
        view = queries.order(viewer=office.actor(INES), at=AT, reference=reference)
        assert (view.waits_for, dict(view.may), view.frame) == ((), {}, reference)
        assert [step.kind.value for step in view.steps] == ["AGREED"]

    def test_above_the_limit_it_waits_for_a_budget_holder_whose_yes_is_enough_for_all_parts(self, office):
        given_budget("9000.00")
        reference = agree(office, 60)
        assert queries.waiting(viewer=office.actor(HENK), at=AT).to_decide == 1
        assert refused(draw, office, reference, 1) == "frame_not_going"
        assert due(AT) == (0, 0, 0)
        assert trade.approve_order(by=office.actor(HENK), at=AT, reference=reference) is OrderState.AGREED
        assert not Entry.objects.filter(reference=reference).exists()
        assert taken() == (eur("0.00"), eur("6000.00"))
        receipt = draw(office, reference, 60)  # above the limit as well, and nobody is asked
        assert receipt.state is OrderState.PLACED
        assert taken() == (eur("6000.00"), eur("0.00"))

    def test_days_before_its_approval_are_not_made_up(self, office):
        reference = agree(office, 60, DAILY)
        trade.approve_order(by=office.actor(HENK), at=AT + 2 * DAY, reference=reference)
        assert due(AT + 2 * DAY) == (1, 0, 0)
        assert days_of(reference) == [ON + 2 * DAY]

    def test_declined_or_called_off_before_it_is_agreed_it_takes_nothing_of_the_budget(self, office):
        given_budget("90000.00")
        declined, cancelled = agree(office, 60), agree(office, 70, key="other")
        trade.decline_order(by=office.actor(HENK), at=AT, reference=declined, reason="Next year.")
        trade.cancel_order(by=office.actor(INES), at=AT, reference=cancelled, reason="No.")
        assert taken() == (eur("0.00"), eur("0.00"))
        assert due(AT) == (0, 0, 0)

    def test_it_takes_of_the_budget_of_its_first_day_and_not_of_that_of_today(self, office):
        given_budget("9000.00", last_day=date(2026, 11, 30))
        given_budget("5000.00", starts=date(2026, 12, 1), last_day=LAST)
        reference = agree(office, 40, replace(BY_HAND, starts_on=date(2026, 12, 1)))
        assert taken(starts=date(2026, 12, 1)) == (eur("0.00"), eur("4000.00"))
        given_budget("5000.00", starts=date(2026, 12, 1), last_day=LAST)  # counts everything anew
        given_budget("9000.00", last_day=date(2026, 11, 30))
        assert taken(starts=date(2026, 12, 1)) == (eur("0.00"), eur("4000.00"))
        assert taken() == (eur("0.00"), eur("0.00"))
        trade.end_frame(by=office.actor(INES), at=AT, reference=reference)
        assert taken(starts=date(2026, 12, 1)) == (eur("0.00"), eur("0.00"))

    def test_beyond_a_budget_that_stops_it_is_refused(self, office):
        agree(office, 1, key="small")
        given_budget("4099.99")
        assert refused(agree, office) == "budget_spent"

    def test_sent_twice_it_is_one(self, office):
        assert agree(office) == agree(office)
        assert Frame.objects.count() == 1
        with pytest.raises(KeyReused):
            agree(office, 41)

    def test_at_another_price_than_was_shown_it_is_refused(self, office):
        with nothing_written(), pytest.raises(PriceChanged):
            agree(office, expected=eur("3999.00"))

    def test_people_agree_on_none_for_themselves_and_nobody_for_whom_she_does_not_buy(self, office):
        assert refused(agree, office, customer="ines-contarini") == "frame_for_departments"
        with nothing_written(), pytest.raises(Refused):
            agree(office, by=MAYA)
        with nothing_written(), pytest.raises(Refused):
            agree(office, cost_centre="xyz-sales")

    @pytest.mark.parametrize(
        ("terms", "code"),
        [
            (FrameTerms(ON - DAY, LAST), "frame_days"),
            (FrameTerms(ON, ON - DAY), "frame_days"),
            (FrameTerms(ON, ON + timedelta(days=frames.DAYS_MOST + 1)), "frame_days"),
            (FrameTerms(ON, LAST, Rhythm.DAILY), "frame_part_unfit"),
            (FrameTerms(ON, LAST, Rhythm.DAILY, each=41), "frame_part_unfit"),
            (FrameTerms(ON, LAST, Rhythm.BY_HAND, each=4), "frame_part_unfit"),
            (FrameTerms(ON, LAST, Rhythm.DAILY, each=4, weekday=1), "frame_part_unfit"),
            (FrameTerms(ON, LAST, Rhythm.WEEKLY, each=4), "weekday_missing"),
            (FrameTerms(ON, LAST, Rhythm.WEEKLY, each=4, weekday=7), "weekday_missing"),
        ],
    )
    def test_days_and_parts_that_cannot_be_are_refused(self, office, terms, code):
        assert refused(agree, office, terms=terms) == code

    def test_of_what_runs_by_itself_and_with_too_long_a_note_none_is_agreed(self, office):
        catalogue.set_plan(by=HOUSE, at=AT, offering="chair", plan=Plan(RunningKind.SUBSCRIPTION))
        assert refused(agree, office) == "frame_of_what_runs"
        catalogue.set_plan(by=HOUSE, at=AT, offering="chair", plan=None)
        assert refused(agree, office, note="x" * 501) == "text_too_long"


class TestOrderingByHand:
    def test_each_part_is_an_ordinary_order_that_moves_its_share_from_committed_to_posted(self, office):
        given_budget("4000.00")
        reference = agree(office)
        receipt = draw(office, reference, 15)
        assert receipt.state is OrderState.PLACED
        assert taken() == (eur("1500.00"), eur("2500.00"))
        assert Entry.objects.filter(reference=receipt.reference).count() == 1
        part = queries.order(viewer=office.actor(INES), at=AT, reference=receipt.reference)
        assert (part.frame, part.row.standing.value) == (reference, "internal")
        view = seen(office, reference)
        assert (view.row.drawn, view.row.left, view.committed) == (15, 25, eur("2500.00"))
        assert [(each.order.reference, each.quantity, each.due) for each in view.parts] == [
            (receipt.reference, 15, None)
        ]
        given_budget("4000.00")  # counts everything anew
        assert taken() == (eur("1500.00"), eur("2500.00"))

    def test_the_last_piece_ends_it_and_nothing_is_left_on_the_budget(self, office):
        given_budget("4000.00")
        reference = agree(office)
        draw(office, reference, 40)
        assert Order.objects.get(reference=reference).state == "ENDED"
        assert taken() == (eur("4000.00"), eur("0.00"))
        assert refused(draw, office, reference, 1, key="more") == "frame_not_going"

    def test_more_than_is_left_is_refused(self, office):
        reference = agree(office)
        draw(office, reference, 39)
        assert refused(draw, office, reference, 2, key="more") == "frame_exceeded"
        assert refused(draw, office, reference, 0, key="none") == "frame_exceeded"

    def test_sent_twice_it_is_one_part(self, office):
        reference = agree(office)
        assert draw(office, reference, 15).reference == draw(office, reference, 15).reference
        assert seen(office, reference).row.drawn == 15

    def test_before_its_first_day_after_its_last_and_while_it_is_paused_nothing_is_ordered(self, office):
        later = agree(office, terms=replace(BY_HAND, starts_on=ON + DAY))
        assert refused(draw, office, later, 1) == "frame_outside_days"
        over = agree(office, terms=FrameTerms(ON, ON), key="other")
        assert refused(draw, office, over, 1, at=AT + DAY) == "frame_outside_days"
        trade.pause_frame(by=office.actor(INES), at=AT, reference=over)
        assert refused(draw, office, over, 1) == "frame_paused"

    def test_at_the_price_of_the_day_a_part_costs_what_anybody_pays_today_and_more_is_taken_of_the_budget(self, office):
        given_budget("4100.00")
        reference = agree(office)
        dearer_tomorrow()
        with pytest.raises(PriceChanged):
            draw(office, reference, 10, at=AT + DAY)
        draw(office, reference, 10, at=AT + DAY, price="110.00")
        assert taken() == (eur("1100.00"), eur("3000.00"))

    def test_at_the_agreed_price_it_costs_what_was_agreed_whatever_the_price_list_says(self, office):
        reference = agree(office, terms=replace(BY_HAND, price=FramePrice.AGREED))
        dearer_tomorrow()
        receipt = draw(office, reference, 10, at=AT + DAY)
        line = queries.order(viewer=office.actor(INES), at=AT + DAY, reference=receipt.reference).lines[0].quoted
        assert (line.net, line.parts[0].basis, line.parts[0].rule) == (eur("1000.00"), Basis.AGREEMENT, reference)
        shown = frames.part_price(viewer=office.actor(INES), at=AT + DAY, reference=reference, quantity=3)
        assert (shown.quote.total, shown.approval_by) == (eur("300.00"), None)

    def test_what_was_agreed_as_free_for_use_stays_free(self, house):
        by = house.actor(INES)
        reference = trade.agree_frame(
            by=by, at=AT, offering="help-hour", quantity=5, terms=replace(BY_HAND, price=FramePrice.AGREED),
            expected=eur("0.00"), key="frame", customer="abc-purchasing",
        ).reference  # fmt: skip
        receipt = trade.draw_part(by=by, at=AT, reference=reference, quantity=2, expected=eur("0.00"), key="part")
        line = queries.order(viewer=by, at=AT, reference=receipt.reference).lines[0].quoted
        assert (line.net, line.parts[0].basis) == (eur("0.00"), Basis.FREE)

    def test_an_agreed_price_is_not_asked_of_whoever_stands_otherwise_by_now(self, office):
        reference = agree(office, terms=replace(BY_HAND, price=FramePrice.AGREED))
        Order.objects.filter(reference=reference).update(kind=Kind.AFFILIATE.value)
        assert refused(draw, office, reference, 1) == "frame_standing_changed"

    def test_only_who_buys_for_the_customer_orders_and_others_do_not_even_see_it(self, office):
        reference = agree(office)
        with nothing_written(), pytest.raises(Refused):
            draw(office, reference, 1, by=TOR)  # she serves for the supplier
        with nothing_written(), pytest.raises(NotThere):
            draw(office, reference, 1, by=MAYA)
        with pytest.raises(NotThere):
            seen(office, reference, by=MAYA)
        with pytest.raises(NotThere):
            frames.part_price(viewer=office.actor(MAYA), at=AT, reference=reference, quantity=1)
        assert not policy.may_draw(NOBODY, customer="abc-it", on=ON)


class TestOrderingByItself:
    def test_each_working_day_has_one_part_and_days_that_were_missed_are_made_up(self, office):
        reference = agree(office, terms=DAILY)
        assert due(AT) == (1, 0, 0)
        assert due(AT + timedelta(hours=1)) == (0, 0, 0)
        assert due(AT + 6 * DAY) == (4, 0, 0)  # Wednesday to Friday, and Monday
        assert days_of(reference) == [ON, ON + DAY, ON + 2 * DAY, ON + 3 * DAY, ON + 6 * DAY]
        order = Order.objects.filter(draw__due=ON).get()
        assert (order.person.code, order.customer.code, order.state) == ("ines-contarini", "abc-it", "PLACED")

    def test_a_weekly_part_comes_on_its_weekday_alone(self, office):
        reference = agree(office, terms=WEDNESDAYS)
        assert seen(office, reference).row.next_on == date(2026, 11, 25)
        assert due(AT) == (0, 0, 0)
        assert due(AT + 9 * DAY) == (2, 0, 0)
        assert days_of(reference) == [date(2026, 11, 25), date(2026, 12, 2)]
        assert seen(office, reference, at=AT + 9 * DAY).row.next_on == date(2026, 12, 9)

    def test_the_last_part_is_what_is_left_and_nothing_comes_after_it(self, office):
        reference = agree(office, 10, DAILY)
        assert due(AT + 20 * DAY) == (3, 0, 0)
        assert [each.quantity for each in FrameDraw.objects.order_by("due")] == [4, 4, 2]
        assert Order.objects.get(reference=reference).state == "ENDED"
        assert due(AT + 21 * DAY) == (0, 0, 0)

    def test_after_its_last_day_it_ends_and_what_is_left_is_free_again(self, office):
        given_budget("9000.00")
        reference = agree(office, terms=replace(DAILY, last_day=ON + DAY))
        assert due(AT + 10 * DAY) == (2, 0, 1)
        assert taken() == (eur("800.00"), eur("0.00"))
        view = seen(office, reference, at=AT + 10 * DAY)
        assert (view.row.state, view.row.left, view.row.next_on, view.committed) == (OrderState.ENDED, 32, None, None)
        by_hand = agree(office, key="by hand", terms=FrameTerms(ON, ON))
        assert due(AT) == (0, 0, 0)
        assert due(AT + DAY) == (0, 0, 1)
        assert Order.objects.get(reference=by_hand).state == "ENDED"

    def test_nothing_comes_while_it_is_paused_and_that_is_not_made_up(self, office):
        reference, ines = agree(office, terms=DAILY), office.actor(INES)
        trade.pause_frame(by=ines, at=AT, reference=reference)
        assert refused(trade.pause_frame, by=ines, at=AT, reference=reference) == "frame_paused"
        view = seen(office, reference)
        assert (view.row.paused, view.row.next_on, sorted(view.may)) == (True, None, ["end", "resume"])
        assert due(AT + DAY) == (0, 0, 0)
        trade.resume_frame(by=ines, at=AT + 2 * DAY, reference=reference)
        assert refused(trade.resume_frame, by=ines, at=AT, reference=reference) == "frame_not_paused"
        assert due(AT + 2 * DAY) == (1, 0, 0)
        assert days_of(reference) == [ON + 2 * DAY]
        kinds = [step.kind.value for step in queries.order(viewer=ines, at=AT, reference=reference).steps]
        assert kinds == ["AGREED", "PAUSED", "RESUMED"]

    def test_a_paused_one_ends_with_its_last_day_as_well(self, office):
        reference = agree(office, terms=replace(DAILY, last_day=ON))
        trade.pause_frame(by=office.actor(INES), at=AT, reference=reference)
        assert due(AT + DAY) == (0, 0, 1)
        assert not FrameDraw.objects.exists()

    def test_a_part_that_cannot_be_ordered_is_held_told_once_and_ordered_when_it_can(self, office):
        given_budget("4000.00")
        reference = agree(office, terms=DAILY)
        dearer_tomorrow()
        assert due(AT + DAY) == (0, 1, 0)
        assert due(AT + DAY) == (0, 1, 0)
        view = seen(office, reference)
        assert (view.row.held.code, view.row.drawn) == ("budget_spent", 0)
        worker.drain()
        notices = Notice.objects.filter(code="frame_held")
        assert [(notice.person.code, notice.facts["due"]) for notice in notices] == [("ines-contarini", "2026-11-24")]
        given_budget("5000.00")
        assert due(AT + DAY) == (2, 0, 0)
        assert seen(office, reference).row.held is None
        assert taken() == (eur("880.00"), eur("3200.00"))

    def test_a_part_that_is_still_held_after_the_last_day_keeps_nothing_of_the_budget(self, office):
        given_budget("4000.00")
        reference = agree(office, terms=replace(DAILY, last_day=ON + 2 * DAY))
        dearer_tomorrow()
        assert due(AT + DAY) == (0, 1, 0)
        assert due(AT + 10 * DAY) == (0, 0, 1)
        assert Order.objects.get(reference=reference).state == "ENDED"
        assert not FrameDraw.objects.exists()
        assert taken() == (eur("0.00"), eur("0.00"))

    def test_what_is_committed_is_not_stopped_by_a_budget_that_is_lowered_since(self, office):
        given_budget("4000.00")
        reference = agree(office, terms=DAILY)
        given_budget("3000.00")
        assert due(AT) == (1, 0, 0)
        assert days_of(reference) == [ON]

    def test_a_day_has_one_part_even_if_the_count_of_it_were_lost(self, office):
        reference = agree(office, terms=DAILY)
        due(AT)
        made = FrameDraw.objects.get()
        with pytest.raises(Exception, match=r"frame_draw_once|UNIQUE"):
            FrameDraw.objects.create(frame=made.frame, order=Order.objects.get(reference=reference), due=ON, quantity=1)

    def test_the_worker_orders_what_is_due(self, office):
        agree(office, terms=DAILY)
        jobs.draw_due(at=AT)
        assert FrameDraw.objects.count() == 1

    def test_one_that_ended_since_the_run_began_is_left_alone(self, office):
        reference = agree(office, terms=DAILY)
        key = Frame.objects.get().pk
        trade.end_frame(by=office.actor(INES), at=AT, reference=reference)
        with nothing_written(), together():
            assert acts._one_due(HOUSE, AT, key) == "nothing"

    def test_nobody_but_the_house_runs_it(self, office):
        agree(office, terms=DAILY)
        with nothing_written(), pytest.raises(Refused):
            trade.draw_due(by=office.actor(LUCA), at=AT)

    def test_days_on_which_the_customer_does_not_work_have_no_part(self, office):
        parties.set_own_day(by=HOUSE, at=AT, party="abc-it", day=ON + DAY, name="Stocktaking")
        reference = agree(office, terms=DAILY)
        assert due(AT + 2 * DAY) == (2, 0, 0)
        assert days_of(reference) == [ON, ON + 2 * DAY]


class TestEnding:
    def test_whoever_bought_for_it_or_serves_for_the_supplier_ends_it_and_others_do_not(self, office):
        given_budget("9000.00")
        mine, theirs = agree(office), agree(office, key="other")
        trade.end_frame(by=office.actor(INES), at=AT, reference=mine, reason="Enough chairs.")
        trade.end_frame(by=office.actor(TOR), at=AT, reference=theirs)
        assert taken() == (eur("0.00"), eur("0.00"))
        assert refused(trade.end_frame, by=office.actor(INES), at=AT, reference=mine) == "frame_not_going"
        assert refused(trade.pause_frame, by=office.actor(INES), at=AT, reference=mine) == "frame_not_going"
        assert refused(trade.resume_frame, by=office.actor(INES), at=AT, reference=mine) == "frame_not_going"
        steps = queries.order(viewer=office.actor(INES), at=AT, reference=mine).steps
        assert (steps[-1].kind.value, steps[-1].facts) == ("ENDED", {"reason": "Enough chairs.", "left": "40"})
        assert AuditRow.objects.filter(act="trade.ended_frame", thing=mine).count() == 1
        third = agree(office, key="third")
        with nothing_written(), pytest.raises(Refused):
            trade.end_frame(by=office.actor(HENK), at=AT, reference=third)


class TestLookingUp:
    def test_a_list_has_what_one_may_see_of_whom_one_buys_for_or_serves_for(self, office):
        first, second = agree(office), agree(office, 60, WEDNESDAYS, key="other")
        for part in (INES, TOR, HENK):
            rows = frames.frames(viewer=office.actor(part), at=AT, params={}).rows
            assert [row.reference for row in rows] == [second, first], part.code
        assert frames.frames(viewer=office.actor(MAYA), at=AT, params={}).rows == ()
        waits = frames.frames(viewer=office.actor(INES), at=AT, params={"state": "AWAITING_APPROVAL"}).rows
        assert [(row.reference, row.next_on, row.goes) for row in waits] == [(second, None, False)]

    def test_what_the_viewer_may_do_follows_from_its_state(self, office):
        reference = agree(office, terms=replace(BY_HAND, starts_on=ON + DAY))
        assert sorted(seen(office, reference).may) == ["end", "pause"]
        assert sorted(seen(office, reference, at=AT + DAY).may) == ["draw", "end", "pause"]
        may = seen(office, reference, by=TOR, at=AT + DAY).may
        assert (bool(may["draw"]), bool(may["end"])) == (False, True)
        assert seen(office, agree(office, 60, key="waits")).may == {}

    def test_that_it_was_agreed_is_told_and_its_parts_as_orders_are(self, office):
        reference = agree(office)
        draw(office, reference, 1)
        assert looking.told() == ["trade.FrameAgreed", "trade.OrderPlaced"]
        approved = agree(office, 60, key="waits")
        trade.approve_order(by=office.actor(HENK), at=AT, reference=approved)
        assert looking.told()[2:] == ["trade.ApprovalAsked", "trade.FrameAgreed"]
        worker.drain()
        told = Notice.objects.filter(code="frame_agreed", person__code="ines-contarini")
        assert {notice.facts["order"] for notice in told} == {reference, approved}
