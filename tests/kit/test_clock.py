"""The clock: aware, in UTC, holdable, and consistent with the day that the demo is set in."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from pytest_django import Settings

from inward.kit import clock


def test_now_is_aware_and_in_utc(settings: Settings) -> None:
    settings.INWARD_TODAY = None
    before = datetime.now(UTC)  # noqa: TID251 - what else to compare with

    assert before <= clock.now() <= before + timedelta(seconds=5)
    assert clock.now().utcoffset() == timedelta(0)


def test_a_shifted_clock_stands_still_and_comes_back() -> None:
    moment = datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=2)))

    with clock.shifted(moment):
        assert clock.now() == clock.now() == datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
        assert clock.now().utcoffset() == timedelta(0)
        with clock.shifted(moment + timedelta(days=1)):
            assert clock.now() == moment + timedelta(days=1)
        assert clock.now() == moment

    assert clock.now() != moment


def test_a_naive_instant_does_not_shift_the_clock() -> None:
    with pytest.raises(ValueError, match="aware"), clock.shifted(datetime(2026, 3, 2, 12, 0)):
        pass


def test_today_is_another_day_east_of_here(settings: Settings) -> None:
    settings.TIME_ZONE = "America/New_York"

    with clock.shifted(datetime(2026, 3, 2, 23, 30, tzinfo=UTC)):
        assert clock.today("Europe/Oslo") == date(2026, 3, 3)
        assert clock.today("UTC") == date(2026, 3, 2)
        assert clock.today() == date(2026, 3, 2)


def test_the_demo_lives_on_its_own_day_while_time_goes_on(settings: Settings) -> None:
    settings.INWARD_TODAY = date(2020, 2, 29)
    settings.TIME_ZONE = "UTC"

    first, second = clock.now(), clock.now()

    assert clock.today() == date(2020, 2, 29)
    assert first <= second <= first + timedelta(seconds=5)
