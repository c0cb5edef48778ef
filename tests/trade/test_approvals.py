"""How orders are approved: how many must agree, in which stages, who stands in for whoever is away, who is reminded when."""

from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_role, nothing_written
from tests.cast import HENK, INES, LUCA, MAYA, RATNA, SITI, TOR
from tests.trade import looking
from tests.trade.test_budgets import office

from inward.access import queries as access
from inward.core.terms import Money, Period, Refusal
from inward.kit import worker
from inward.kit.actor import NOBODY
from inward.kit.approval import Approval, Step, ask
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.notices.models import Notice
from inward.parties import leading
from inward.parties import operations as parties
from inward.parties.weeks import WEEKDAYS, read_hours
from inward.trade import approvals, jobs, queries
from inward.trade import operations as trade
from inward.trade.approvals import Procedure, Stage
from inward.trade.models import ApprovalProcedure, Order, OrderStep
from inward.trade.vocabulary import OrderState

__all__ = ["office"]
HOUR = timedelta(hours=1)


def eur(amount):
    return Money.of(amount, "EUR")


def requisition(house, pieces=60, key="first"):
    """Ines asks for so many chairs at 100.00 for IT; above 5,000.00 that needs approval."""
    return house.order(INES, ("chair", pieces), customer="abc-it", key=key).reference


def holds(house, part, over="abc-it"):
    given_role(house.users[part.code], "BUDGET_HOLDER", over)
    return house.actor(part)


def approve(house, reference, part, at=AT):
    return trade.approve_order(by=house.actor(part), at=at, reference=reference)


def to_decide(house, part):
    return [row.reference for row in queries.orders(viewer=house.actor(part), at=AT, which="to_decide").rows]


class TestHowManyMustAgree:
    def test_two_of_three_must_say_yes_and_who_has_said_it_is_not_asked_again(self, office):
        holds(office, TOR), holds(office, MAYA)
        trade.set_procedure(by=office.actor(LUCA), at=AT, party="abc-it", needed=2)
        reference = requisition(office)
        assert approve(office, reference, TOR) is OrderState.AWAITING_APPROVAL
        assert (to_decide(office, TOR), to_decide(office, MAYA), to_decide(office, HENK)) == (
            [],
            [reference],
            [reference],
        )
        with nothing_written(), pytest.raises(Refusal) as caught:
            approve(office, reference, TOR)
        assert caught.value.reason.code == "not_asked_to_decide"
        (why,) = queries.order(viewer=office.actor(TOR), at=AT, reference=reference).may["decide"].reasons
        assert why.code == "approval_already_said"
        assert looking.posted(reference) == []
        assert approve(office, reference, HENK, AT + HOUR) is OrderState.PLACED
        assert looking.told()[-1] == "trade.OrderPlaced"

    def test_where_fewer_hold_the_budget_than_must_agree_nothing_can_be_asked(self, office):
        trade.set_procedure(by=HOUSE, at=AT, party="abc", needed=2)
        with nothing_written(), pytest.raises(Refusal) as caught:
            requisition(office)
        assert caught.value.reason.code == "nobody_to_approve"

    def test_one_no_ends_it(self, office):
        holds(office, TOR)
        trade.set_procedure(by=HOUSE, at=AT, party="abc-it", needed=2)
        reference = requisition(office)
        approve(office, reference, TOR)
        trade.decline_order(by=office.actor(HENK), at=AT, reference=reference, reason="Next year.")
        assert looking.state(reference) == "DECLINED"


class TestStages:
    @pytest.fixture
    def staged(self, office):
        """IT's own holder first; above 5,500.00 one who holds the budget of all of ABC."""
        holds(office, TOR)
        stage = Stage("abc", eur("5500.00"), 1)
        trade.set_procedure(by=HOUSE, at=AT, party="abc-it", stages=[stage])
        return office

    def test_the_second_stage_is_asked_after_the_first_and_told(self, staged):
        reference = requisition(staged)
        assert to_decide(staged, TOR) == [reference]
        assert approve(staged, reference, TOR) is OrderState.AWAITING_APPROVAL
        assert Order.objects.get().approval["unit"] == "abc"
        assert looking.told()[-1] == "trade.ApprovalAsked"
        assert (to_decide(staged, TOR), to_decide(staged, HENK)) == ([], [reference])
        assert approve(staged, reference, HENK) is OrderState.PLACED

    def test_a_yes_counts_in_every_stage_that_asks_the_same_person(self, staged):
        assert approve(staged, requisition(staged), HENK) is OrderState.PLACED

    def test_below_its_amount_a_stage_is_not_asked(self, staged):
        assert approve(staged, requisition(staged, 55), TOR) is OrderState.PLACED

    def test_an_amount_in_another_currency_settles_nothing_so_it_is_asked(self):
        stage = Stage("abc", Money(10**9, "NOK"), 2)
        assert approvals.stages_of(Procedure("x", 1, (stage,)), "abc-it", eur("1.00")) == (("abc-it", 1), ("abc", 2))


def test_a_yes_is_carried_on_only_as_far_as_it_is_needed():
    steps = (Step(1, frozenset("ab")), Step(2, frozenset("abc")), Step(1, frozenset("d")))
    first = approvals.carried_on(ask(requester="r", steps=steps).decided_by("a", approved=True, at=AT))
    assert [len(step.decided) for step in first.steps] == [1, 1, 0]
    second = approvals.carried_on(first.decided_by("b", approved=True, at=AT))
    assert [len(step.decided) for step in second.steps] == [1, 2, 0]
    done = approvals.carried_on(second.decided_by("d", approved=True, at=AT))
    assert (done.current, isinstance(done, Approval)) == (None, True)


class TestSettingIt:
    def test_the_nearest_above_a_unit_holds_and_it_can_be_lifted(self, office):
        trade.set_procedure(by=HOUSE, at=AT, party="abc", needed=2, remind_after=3)
        assert approvals.procedure_of("abc-shop-centre", on=ON) == Procedure("abc", 2, (), 3)
        trade.set_procedure(by=HOUSE, at=AT, party="abc-shops", stages=[Stage("abc", eur("9.00"), 2)])
        assert approvals.procedure_of("abc-shop-centre", on=ON).stages == (Stage("abc", eur("9.00"), 2),)
        assert approvals.procedure_of("xyz-plant", on=ON) == Procedure("xyz-plant")
        trade.set_procedure(by=office.actor(LUCA), at=AT, party="abc", lifted=True, source="Merger")
        assert ApprovalProcedure.objects.count() == 1
        noted = AuditRow.objects.filter(act="trade.set_procedure", thing="approvals abc").order_by("id").last()
        assert (noted.facts["lifted"], noted.facts["source"]) == (True, "Merger")

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ({"needed": 0}, "procedure_not_usable"),
            ({"needed": 21}, "procedure_not_usable"),
            ({"stages": [Stage("abc", eur("1.00"), 0)]}, "procedure_not_usable"),
            ({"stages": [Stage("abc", eur("1.00"), 1)] * 10}, "procedure_not_usable"),
            ({"stages": [Stage("abc", Money(1, "NOK"), 1)]}, "approval_limit_not_usable"),
            ({"stages": [Stage("abc", Money(-1, "EUR"), 1)]}, "approval_limit_not_usable"),
            ({"stages": [Stage("xyz", eur("1.00"), 1)]}, "stage_not_above"),
            ({"remind_after": 0}, "procedure_days"),
            ({"remind_after": 61}, "procedure_days"),
        ],
    )
    def test_what_no_order_could_be_held_against_is_refused(self, office, asked, code):
        with nothing_written(), pytest.raises(Refusal) as caught:
            trade.set_procedure(by=HOUSE, at=AT, party="abc", **asked)
        assert caught.value.reason.code == code

    def test_only_controllers_set_it_for_what_is_there(self, office):
        for by in (NOBODY, office.actor(HENK)):
            with nothing_written(), pytest.raises(Refused):
                trade.set_procedure(by=by, at=AT, party="abc-it", needed=1)
        with nothing_written(), pytest.raises(NotThere):
            trade.set_procedure(by=HOUSE, at=AT, party="nowhere", needed=1)

    def test_controllers_read_it(self, office):
        trade.set_procedure(by=HOUSE, at=AT, party="abc-it", needed=1, remind_after=2)

        def seen(by, **params):
            return [row.party.code for row in approvals.procedures(viewer=by, at=AT, params=params).rows]

        assert seen(office.actor(LUCA), text="it") == seen(HOUSE) == ["abc-it"]
        assert seen(office.actor(LUCA), text="no such") == seen(office.actor(INES)) == seen(NOBODY) == []
        assert approvals.procedure(viewer=HOUSE, at=AT, party="abc-it").procedure.remind_after == 2
        with pytest.raises(NotThere):
            approvals.procedure(viewer=HOUSE, at=AT, party="abc")


class TestBeingAway:
    def away(self, house, part=HENK, deputy=TOR, since=ON, last_day=ON + timedelta(days=6), at=AT):
        code = None if deputy is None else deputy.code
        return trade.go_away(by=house.actor(part), at=at, since=since, last_day=last_day, deputy=code)

    def test_the_deputy_approves_while_she_is_away_and_not_afterwards(self, office):
        reference = requisition(office)
        assert self.away(office) == ("abc",)
        assert leading.absences(viewer=office.actor(HENK), at=AT, on=ON, person=HENK.code) == (
            Period(ON, ON + timedelta(days=7)),
        )
        assert to_decide(office, TOR) == [reference]
        later = AT + timedelta(days=7)
        assert not access.actor_for(office.users[TOR.code], via="web", at=later).holds(
            "BUDGET_HOLDER", over="abc-it", on=later.date()
        )
        assert approve(office, reference, TOR) is OrderState.PLACED

    def test_new_orders_ask_the_deputy(self, office):
        self.away(office)
        reference = requisition(office)
        assert Order.objects.get().approval["steps"][0]["who"] == sorted([HENK.code, TOR.code])
        assert to_decide(office, TOR) == [reference]

    def test_back_earlier_ends_both(self, office):
        self.away(office)
        trade.come_back(by=office.actor(HENK), at=AT + timedelta(days=2))
        assert leading.absences(viewer=office.actor(HENK), at=AT, on=ON, person=HENK.code) == (
            Period(ON, ON + timedelta(days=2)),
        )
        (grant,) = access.handed_on_by(viewer=office.actor(HENK), at=AT)
        assert grant.period.until == ON + timedelta(days=2)

    def test_back_on_the_first_day_ends_it_with_that_day(self, office):
        self.away(office)
        trade.come_back(by=office.actor(HENK), at=AT)
        assert leading.absences(viewer=office.actor(HENK), at=AT, on=ON, person=HENK.code) == (
            Period(ON, ON + timedelta(days=1)),
        )
        (grant,) = access.handed_on_by(viewer=office.actor(HENK), at=AT)
        assert grant.period == Period(ON, ON + timedelta(days=1))

    def test_whoever_is_not_away_is_not_back(self, office):
        with nothing_written(), pytest.raises(NotThere):
            trade.come_back(by=office.actor(HENK), at=AT)

    def test_back_before_it_began_leaves_the_first_day_alone(self, office):
        self.away(office, since=ON + timedelta(days=3))
        trade.come_back(by=office.actor(HENK), at=AT)
        assert leading.absences(viewer=office.actor(HENK), at=AT, on=ON, person=HENK.code) == ()
        (grant,) = access.handed_on_by(viewer=office.actor(HENK), at=AT)
        assert grant.period == Period(ON + timedelta(days=3), ON + timedelta(days=4))
        self.away(office, since=ON + timedelta(days=5), last_day=ON + timedelta(days=5))
        trade.come_back(by=office.actor(HENK), at=AT)
        assert all(
            each.period.until <= ON + timedelta(days=6)
            for each in access.handed_on_by(viewer=office.actor(HENK), at=AT)
        )

    def test_whoever_holds_everything_hands_on_each_company(self, office):
        given_role(office.users[SITI.code], "BUDGET_HOLDER", None)
        assert {"abc", "jkl", "xyz"} <= set(self.away(office, SITI, MAYA))

    def test_whoever_approves_nothing_needs_nobody(self, office):
        assert self.away(office, MAYA, None) == ()

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"last_day": ON - timedelta(days=1)}, "away_days"),
            ({"since": ON - timedelta(days=1)}, "away_days"),
            ({"deputy": None}, "deputy_signs_in"),
            ({"part": RATNA, "deputy": type("P", (), {"code": "olav-strandli"})}, "deputy_signs_in"),
        ],
    )
    def test_what_cannot_be_so_is_refused_whole(self, office, more, code):
        with nothing_written(), pytest.raises(Refusal) as caught:
            self.away(office, **more)
        assert caught.value.reason.code == code

    def test_nobody_stands_in_for_herself_and_nothing_is_noted_then(self, office):
        with nothing_written(), pytest.raises(Refused):
            self.away(office, deputy=HENK)

    def test_only_people_are_away(self):
        for by in (NOBODY, HOUSE):
            with pytest.raises(Refused):
                trade.go_away(by=by, at=AT, since=ON, last_day=ON, deputy=None)
            with pytest.raises(Refused):
                trade.come_back(by=by, at=AT)


class TestReminders:
    def test_after_so_many_working_days_those_asked_are_reminded_and_again_as_many_later(self, office):
        trade.set_procedure(by=HOUSE, at=AT, party="abc", remind_after=2)
        reference = requisition(office)  # on a Tuesday
        assert trade.remind(by=HOUSE, at=AT + timedelta(days=1)) == 0
        assert trade.remind(by=HOUSE, at=AT + timedelta(days=2)) == 1
        worker.drain()
        assert Notice.objects.filter(code="approval_reminded", person__code=HENK.code).count() == 1
        assert trade.remind(by=HOUSE, at=AT + timedelta(days=2, hours=1)) == 0
        assert trade.remind(by=HOUSE, at=AT + timedelta(days=5)) == 0  # Thursday to Sunday: one working day
        assert trade.remind(by=HOUSE, at=AT + timedelta(days=6)) == 1
        assert [step[0] for step in looking.steps(reference)] == ["APPROVAL_ASKED", "REMINDED", "REMINDED"]

    def test_nobody_is_reminded_where_nobody_said_so_nor_of_what_is_decided(self, office):
        reference = requisition(office)
        assert trade.remind(by=HOUSE, at=AT + timedelta(days=300)) == 0
        trade.set_procedure(by=HOUSE, at=AT, party="abc", remind_after=1)
        approve(office, reference, HENK)
        jobs.remind(at=AT + timedelta(days=300))
        assert not OrderStep.objects.filter(kind="REMINDED").exists()

    def test_holidays_and_days_of_ones_own_count_as_the_calendar_says(self, office):
        week = {day: read_hours("09:00-17:00" if day == "sat" else "") for day in WEEKDAYS}
        parties.set_working_week(by=HOUSE, at=AT, party="abc", week=week, valid_from=date(2026, 1, 1), time_zone="UTC")
        assert approvals.working_days("abc-it", ON, ON + timedelta(days=7)) == 1
        assert approvals.working_days("abc-it", ON, ON) == 0
