"""The clock: aware, in UTC, holdable, and consistent with the day that the demo is set in."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

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


class TestClockFile:
    """The demo's clock: whole days away from the real one, the same for every process, changed while they run."""

    def test_it_is_the_day_set_and_time_goes_on(self, settings: Settings, tmp_path: Path) -> None:
        settings.INWARD_CLOCK_FILE = str(tmp_path / "clock")
        clock.set_day(tmp_path / "clock", date(2024, 2, 29))

        first = clock.now()

        assert first.date() == date(2024, 2, 29)
        assert first <= clock.now() <= first + timedelta(seconds=5)

    def test_it_moves_on_with_the_real_days(
        self, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.INWARD_CLOCK_FILE = str(tmp_path / "clock")
        monkeypatch.setattr(clock, "_real", lambda: datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC))
        clock.set_day(tmp_path / "clock", date(2026, 11, 20))
        late = clock.now()
        monkeypatch.setattr(clock, "_real", lambda: datetime(2026, 11, 25, 0, 0, 1, tzinfo=UTC))

        assert late == datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)
        assert clock.now() == datetime(2026, 11, 21, 0, 0, 1, tzinfo=UTC)

    def test_a_day_set_by_another_process_holds_at_once(self, settings: Settings, tmp_path: Path) -> None:
        settings.INWARD_CLOCK_FILE = str(tmp_path / "clock")
        assert clock.now().date() == datetime.now(UTC).date()  # noqa: TID251 - no file yet: the real day

        clock.set_day(tmp_path / "clock", date(2020, 1, 1))

        assert clock.now().date() == date(2020, 1, 1)
        assert [path.name for path in tmp_path.iterdir()] == ["clock"]
