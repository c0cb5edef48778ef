"""``inward engine clock``: the cases of eight other systems, the shape of the answer, what is refused and where."""

import json
from pathlib import Path
from typing import Any

import pytest

from inward.cli.engine.lines import Engine
from inward.cli.main import main

ROOT = Path(__file__).parents[2]
FILE = json.loads((ROOT / "tests" / "data" / "sla_vectors.json").read_text(encoding="utf-8"))
VECTORS: dict[str, dict[str, Any]] = {vector["id"]: vector for vector in FILE["vectors"]}
DIFFERENCES = (ROOT / "docs" / "explanation" / "differences.md").read_text(encoding="utf-8")
OTHER_FACE = {
    "biz-007": "on the last date a clock that shows closed time is due at the closing before it; biz answers the next opening",
    "biz-014": "used up at closing is due at closing; biz answers the next opening",
    "zammad-014": "used up at closing is due at closing; Zammad answers the next opening",
}
"""Cases whose answer is ``due_next_opening`` here."""
WEEK = {
    "timezone": "Europe/Oslo",
    "weekly": {"mon": [["09:00", "17:00"]], "tue": [["09:00", "12:00"], ["13:00", "17:00"]]},
}
LINE = {"calendar": WEEK, "start": "2026-11-30T16:00:00+01:00"}


def asked(line: dict[str, Any], language: str = "en", *, explain: bool = False) -> dict[str, Any]:
    answer = Engine("clock", language, explain=explain).answered(json.dumps(line).encode())
    assert answer is not None
    found: dict[str, Any] = json.loads(answer)
    return found


def clock(**more: Any) -> dict[str, Any]:
    return asked(LINE | more)


def refused(**more: Any) -> tuple[str, str]:
    answer = clock(**more)
    assert set(answer) == {"error"}
    assert answer["error"]["message"] != answer["error"]["code"]
    return answer["error"]["code"], answer["error"]["where"]


def question(vector: dict[str, Any]) -> dict[str, Any]:
    """What a case of another system asks, as a line."""
    asking = {name: vector[name] for name in ("calendar", "start", "pauses") if name in vector}
    match vector["kind"]:
        case "elapsed":
            return asking | {"end": vector["end"]}
        case "is_open":
            return asking | {"open": True}
        case "periods":
            return asking | {"periods": len(vector["expected"]["periods"])}
        case "add_business_days" | "add_working_days_glpi":
            at = "end_of_day" if vector.get("end_of_working_day") else "same_clock"
            return asking | {"target_days": vector["target_days"], "mode": "working_dates", "at": at}
    sign = -1 if vector["kind"] == "subtract" else 1
    return asking | {"target_minutes": sign * vector["target_minutes"]}


@pytest.mark.parametrize("key", sorted(VECTORS))
def test_the_cases_of_other_systems_come_out(key: str) -> None:
    vector, answer = VECTORS[key], asked(question(VECTORS[key]))
    expected = vector["expected"]
    match vector["kind"]:
        case "elapsed":
            assert answer == {"elapsed_seconds": pytest.approx(60 * expected["elapsed_minutes"], abs=1e-6)}
            if "elapsed_seconds" in expected:
                assert answer["elapsed_seconds"] == expected["elapsed_seconds"]
            if "breached" in expected:
                assert (answer["elapsed_seconds"] > 60 * vector["target_minutes"]) == expected["breached"]
        case "is_open":
            assert answer == {"open": expected["open"]}
        case "periods":
            assert answer == {"periods": expected["periods"]}
        case _:
            assert answer["due_next_opening" if key in OTHER_FACE else "due"] == expected["due"]


@pytest.mark.parametrize("key", [key for key in sorted(VECTORS) if "escalation" in VECTORS[key]])
def test_what_is_told_before_or_after_something_is_due_comes_out_too(key: str) -> None:
    """Escalations of GLPI: so many working minutes or dates from what is due."""
    vector = VECTORS[key]
    start = asked(question(vector))["due"]
    level = vector["escalation"]
    if "working_minutes" in level:
        target = {"target_minutes": level["working_minutes"]}
    else:
        target = {"target_days": level["working_days"], "mode": "working_dates", "at": "same_clock"}
    assert (
        asked({"calendar": vector["calendar"], "start": start} | target)["due"] == vector["expected"]["escalation_at"]
    )


@pytest.mark.parametrize("key", sorted(OTHER_FACE))
def test_what_is_decided_otherwise_is_listed_with_its_reason(key: str) -> None:
    answer, expected = asked(question(VECTORS[key])), VECTORS[key]["expected"]["due"]
    assert answer["due"] < expected == answer["due_next_opening"]
    assert key in DIFFERENCES


def test_target_says_by_when_and_when_work_goes_on() -> None:
    assert clock(id=7, target_minutes=60) == {
        "id": 7,
        "due": "2026-11-30T17:00:00+01:00",
        "due_next_opening": "2026-12-01T09:00:00+01:00",
    }
    assert clock(target_seconds="1/2")["due"] == "2026-11-30T16:00:00.500000+01:00"
    assert clock(target_minutes="45/0.5")["due"] == clock(target_seconds=5400)["due"] == "2026-12-01T09:30:00+01:00"
    assert clock(target_minutes=-120)["due"] == "2026-11-30T14:00:00+01:00"


def test_instants_are_written_as_the_start_was() -> None:
    found = asked(LINE | {"start": "2026-11-30T15:00:00Z", "target_minutes": 60, "periods": 1})
    assert found["due"] == "2026-11-30T16:00:00Z"
    assert found["periods"] == [["2026-11-30T15:00:00Z", "2026-11-30T16:00:00Z"]]


def test_several_things_are_asked_at_once() -> None:
    found = clock(target_minutes=30, end="2026-12-01T10:00:00+01:00", open=True, periods=2)
    assert list(found) == ["due", "due_next_opening", "elapsed_seconds", "open", "periods"]
    assert (found["elapsed_seconds"], found["open"]) == (7200, True)
    assert found["periods"][1] == ["2026-12-01T09:00:00+01:00", "2026-12-01T12:00:00+01:00"]


def test_seconds_are_whole_where_they_are() -> None:
    assert clock(end="2026-11-30T16:00:01.25+01:00") == {"elapsed_seconds": 1.25}
    assert clock(end="2026-11-30T15:00:00+01:00") == {"elapsed_seconds": 0}


def test_a_pause_that_has_not_ended_leaves_nothing_due() -> None:
    assert clock(target_minutes=30, pauses=[["2026-11-30T16:10:00+01:00", None]]) == {
        "due": None,
        "due_next_opening": None,
    }


def test_days_say_which_days_they_mean() -> None:
    dates = {"target_days": 2, "mode": "working_dates"}
    assert clock(**dates)["due"] == "2026-12-07T16:00:00+01:00"
    assert clock(**dates, at="end-of-day")["due"] == "2026-12-07T17:00:00+01:00"
    assert clock(target_days="1/2", mode="working_time")["due"] == "2026-12-01T11:45:00+01:00"
    assert clock(target_days=1, mode="working_time", hours_per_day=2)["due"] == "2026-12-01T10:00:00+01:00"


def test_why_is_told_when_asked_and_in_the_language_asked_for() -> None:
    line = LINE | {"target_minutes": 60, "end": "2026-11-30T16:30:00+01:00"}
    assert "trace" not in asked(line)
    trace = asked(line, explain=True)["trace"]
    assert [reason["code"] for reason in trace] == [
        "worktime_starts",
        "worktime_counted",
        "worktime_due",
        "worktime_goes_on",
        "worktime_counted",
    ]
    assert trace[1]["facts"] == {
        "length": "1:00",
        "since": "2026-11-30T16:00:00+01:00",
        "until": "2026-11-30T17:00:00+01:00",
    }
    assert len({asked(line, language, explain=True)["trace"][1]["text"] for language in ("en", "nb", "it", "id")}) == 4
    assert asked(LINE | {"end": LINE["start"]}, explain=True) == {"elapsed_seconds": 0, "trace": []}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("clock_asks_nothing", "line 1")),
        ({"open": False}, ("clock_asks_nothing", "line 1")),
        ({"target_minute": 5}, ("field_unknown", "line 1, target_minute")),
        ({"calendar": None, "open": True}, ("field_missing", "line 1, calendar")),
        ({"calendar": 5, "open": True}, ("not_an_object", "line 1, calendar")),
        ({"calendar": {"timezone": "UTC"}, "open": True}, ("field_missing", "line 1, calendar.weekly")),
        ({"calendar": {"timezone": "UTC", "weekly": {}}, "target_minutes": 1}, ("worktime_never_open", "line 1")),
        ({"start": None, "open": True}, ("field_missing", "line 1, start")),
        ({"start": "2026-11-30T09:00", "open": True}, ("instant_without_offset", "line 1, start")),
        ({"end": "soon"}, ("not_an_instant", "line 1, end")),
        ({"target_minutes": "an hour"}, ("not_a_number", "line 1, target_minutes")),
        ({"target_minutes": 1, "target_seconds": 61}, ("given_twice", "line 1, target_minutes")),
        ({"target_minutes": 1, "target_days": 1}, ("given_twice", "line 1, target_minutes")),
        ({"target_days": 1}, ("field_missing", "line 1, mode")),
        ({"target_days": 1, "mode": "days"}, ("not_one_of", "line 1, mode")),
        ({"target_days": "1/2", "mode": "working_dates"}, ("not_a_whole_number", "line 1, target_days")),
        ({"target_days": 1, "mode": "working_time", "at": "end_of_day"}, ("clock_field_of", "line 1, at")),
        ({"target_days": 1, "mode": "working_dates", "hours_per_day": 8}, ("clock_field_of", "line 1, hours_per_day")),
        ({"target_minutes": 1, "mode": "working_time"}, ("clock_field_of", "line 1, mode")),
        ({"target_minutes": 1e12}, ("worktime_too_far", "line 1")),
        ({"periods": -1}, ("clock_periods", "line 1, periods")),
        ({"periods": 10_001}, ("clock_periods", "line 1, periods")),
        ({"open": True, "pauses": [["x", None]]}, ("not_an_instant", "line 1, pauses[0][0]")),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_place(more: dict[str, Any], expected: tuple[str, str]) -> None:
    assert refused(**more) == expected


def test_one_target_said_twice_alike_is_one_target() -> None:
    assert clock(target_minutes=1.5, target_seconds=90)["due"] == "2026-11-30T16:01:30+01:00"


def test_the_same_calendar_on_many_lines_is_prepared_once_and_another_is_another() -> None:
    engine = Engine("clock")
    other = WEEK | {"timezone": "Asia/Jakarta"}
    lines = [LINE | {"open": True, "calendar": each} for each in (WEEK, other, WEEK, other)]
    answers = [json.loads(engine.answered(json.dumps(line).encode()) or b"") for line in lines]
    assert answers == [{"open": True}, {"open": False}] * 2


def test_the_command_explains_clocks_and_nothing_else(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text(json.dumps(LINE | {"target_minutes": 5}) + "\n{}\n", encoding="utf-8")
    assert main(["engine", "clock", str(file), "--explain", "--lang", "nb"]) == 1
    first, second = capfdbinary.readouterr().out.splitlines()
    assert json.loads(first)["trace"][0]["text"].startswith("Klokken går fra")
    assert json.loads(second)["error"]["where"] == "line 2, calendar"
    assert main(["engine", "control", str(file), "--explain"]) == 2
    assert b"--explain is for clock" in capfdbinary.readouterr().err
