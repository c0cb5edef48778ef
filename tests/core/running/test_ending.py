"""When something ends: by itself, at the end of a term, after a notice; and when the price rises."""

from datetime import date

import pytest

from inward.core.running import (
    Afterwards,
    Every,
    Notice,
    Plan,
    RunningKind,
    by_itself,
    check_plan,
    earliest_end,
    plan_from,
    plan_plain,
    renewal,
)
from inward.core.terms import Fields, Rate, Refusal

FREE = Plan(RunningKind.SUBSCRIPTION, notice_days=14)
YEARLY = Plan(RunningKind.COVER, Every.MONTH, term_months=12, notice_days=30)
ONCE = Plan(RunningKind.COVER, Every.YEAR, term_months=12, renews=False)
BEGAN = date(2026, 1, 31)


def test_without_a_term_it_ends_on_any_day_after_the_notice():
    assert earliest_end(FREE, starts_on=BEGAN, told_on=date(2026, 5, 3)) == date(2026, 5, 17)
    assert earliest_end(Plan(RunningKind.SUBSCRIPTION), starts_on=BEGAN, told_on=BEGAN) == date(2026, 2, 1)


def test_a_term_ends_when_notice_is_given_in_time_and_else_a_term_later():
    assert earliest_end(YEARLY, starts_on=BEGAN, told_on=date(2027, 1, 1)) == date(2027, 1, 31)
    assert earliest_end(YEARLY, starts_on=BEGAN, told_on=date(2027, 1, 2)) == date(2028, 1, 31)


def test_what_does_not_renew_ends_by_itself():
    assert by_itself(ONCE, BEGAN) == date(2027, 1, 31)
    assert by_itself(YEARLY, BEGAN) is None
    assert earliest_end(ONCE, starts_on=BEGAN, told_on=date(2026, 3, 1)) == date(2027, 1, 31)
    assert renewal(ONCE, BEGAN, date(2026, 3, 1)) is None


def test_a_rise_sets_free_from_its_day_on_and_never_before_it_is_said():
    rise = date(2026, 6, 1)

    assert earliest_end(YEARLY, starts_on=BEGAN, told_on=date(2026, 5, 3), free_from=rise) == rise
    assert earliest_end(YEARLY, starts_on=BEGAN, told_on=date(2026, 6, 9), free_from=rise) == date(2026, 6, 9)
    assert earliest_end(FREE, starts_on=BEGAN, told_on=date(2026, 5, 3), free_from=rise) == date(2026, 5, 17)


def test_the_next_term_and_the_last_day_to_say_no():
    assert renewal(YEARLY, BEGAN, date(2026, 3, 1)) == Notice(date(2027, 1, 31), date(2027, 1, 1))
    assert renewal(YEARLY, BEGAN, date(2027, 1, 31)) == Notice(date(2028, 1, 31), date(2028, 1, 1))
    assert renewal(FREE, BEGAN, date(2026, 3, 1)) is None


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (Plan(RunningKind.COVER, Every.QUARTER, term_months=4), "plan_term_unfit"),
        (Plan(RunningKind.COVER, term_months=-1), "plan_term_unfit"),
        (Plan(RunningKind.COVER, term_months=121), "plan_term_unfit"),
        (Plan(RunningKind.COVER, notice_days=-1), "plan_notice_unfit"),
        (Plan(RunningKind.COVER, notice_days=367), "plan_notice_unfit"),
        (Plan(RunningKind.COVER, renews=False), "plan_without_end"),
        (Plan(RunningKind.COVER, insurer="x", commission=Rate.percent(101)), "plan_commission_unfit"),
        (Plan(RunningKind.COVER, insurer="x", commission=Rate.percent(-1)), "plan_commission_unfit"),
        (Plan(RunningKind.COVER, commission=Rate.percent(10)), "plan_commission_for_nobody"),
        (Plan(RunningKind.SUBSCRIPTION, insurer="x"), "plan_insurer_of_no_cover"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(plan, code):
    with pytest.raises(Refusal) as refused:
        check_plan(plan, "plan")

    assert (refused.value.reason.code, refused.value.where) == (code, "plan")


def test_a_plan_is_read_as_it_is_written():
    plan = Plan(
        RunningKind.COVER, Every.YEAR, 24, 60, renews=False, afterwards=Afterwards.END, insurer="x",
        commission=Rate.percent("12.5"),
    )  # fmt: skip

    assert plan_from(Fields.of(plan_plain(plan))) == plan
    assert plan_from(Fields.of({"plan": "subscription"})) == Plan(RunningKind.SUBSCRIPTION)
    assert plan_from(Fields.of({"id": "x"})) is None
    with pytest.raises(Refusal) as refused:
        plan_from(Fields.of({"plan_every": "YEAR"}, "offerings[0]"))
    assert (refused.value.reason.code, refused.value.where) == ("plan_kind_missing", "offerings[0].plan_every")
