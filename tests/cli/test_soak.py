"""Incidents of a real service desk go through ours, and ours arrives at what the log says; ``inward bench --log`` does a whole month."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from inward.cli import bench_log, bench_soak
from inward.cli import bench_soak_compared as compared
from inward.cli.bench_log import Incident, Save, Solving

LOG = Path(__file__).parent.parent / "data" / "servicenow" / "incidents.csv"
EVENTS = {
    "opened": 28,
    "handed_over": 26,
    "priority_changed": 2,
    "paused": 11,
    "solved": 32,
    "reopened": 4,
    "closed": 29,
    "noted": 37,
}
MONDAY = datetime(2016, 5, 2, 9, 0, tzinfo=UTC)


def saved(*given):
    """An incident asked on Monday at nine: each (hours later, state, and what else)."""
    saves = []
    for place, (hours, state, *more) in enumerate(given):
        facts = {"group": "70", "handler": "17", "priority": "1"} | (more[0] if more else {})
        at = MONDAY + timedelta(hours=hours)
        saves.append(Save("1", at, place, state, reassigned=0, reopened=0, kept=True, **facts))
    return Incident("1", "9", MONDAY, tuple(saves))


def test_the_clock_of_a_log_leaves_waiting_and_solved_out_and_is_missed_for_good():
    hour = timedelta(hours=1)
    waited = saved((1, "Active"), (2, "Awaiting User Info"), (50, "Active"), (51, "Resolved"))
    assert bench_log.solving(waited) == Solving(3 * hour, 48 * hour, kept=True)
    too_long = saved((1, "Awaiting User Info"), (1 + 6 * 24, "Resolved"))
    assert bench_log.solving(too_long) == Solving(25 * hour, 120 * hour, kept=False)  # five days are held at most
    again = saved((1, "Resolved"), (10, "Active"), (12, "Resolved"))
    assert bench_log.solving(again) == Solving(3 * hour, 9 * hour, kept=True)
    later_less_urgent = saved((1, "New"), (5, "Active", {"priority": "4"}), (6, "Resolved", {"priority": "4"}))
    assert bench_log.solving(later_less_urgent).kept is False  # five hours of four were gone
    later_more_urgent = saved((1, "New", {"priority": "4"}), (5, "Active"), (6, "Resolved"))
    assert bench_log.solving(later_more_urgent).kept is False


def test_a_log_is_counted_by_what_changed_while_there_was_something_to_do():
    found = bench_log.counted(
        [
            saved(
                (1, "New"),
                (2, "Awaiting Vendor"),
                (3, "Awaiting Vendor", {"group": "24"}),
                (4, "Awaiting Vendor", {"group": "24"}),
                (5, "Closed", {"group": "24"}),
                (6, "Closed", {"group": "39", "priority": "4"}),
                (7, "Active", {"group": "39"}),
                (8, "Resolved", {"group": "39"}),
            )
        ]
    )
    assert found == {
        "opened": 1,
        "handed_over": 2,
        "priority_changed": 0,
        "solved": 2,
        "closed": 1,
        "reopened": 1,
        "paused": 2,
        "noted": 2,
    }


def test_the_desk_arrives_at_what_the_log_of_another_says(db):
    """Two of them differ from the log's own count of hand-overs: they were handed over when they were solved already."""
    found = bench_soak.soak(bench_log.read_month(LOG, "2016"), worker_every=timedelta(days=14))
    assert (found["incidents"], found["rows"], found["refused"], found["tasks_stuck"]) == (28, 173, {}, 0)
    assert all(desk == log for desk, log in found["events_desk_and_log"].values())
    assert {name: desk for name, (desk, _) in found["events_desk_and_log"].items()} == EVENTS
    assert set(found["incidents_differing"].values()) == {0}
    assert found["under_way_after_the_last_was_asked"] == {"requests": 5, "differing_from_a_replay": 0}
    assert found["incidents_equal_to_figures_of_the_log"] == {"reassignment_count": [26, 28], "reopen_count": [27, 28]}
    assert (found["told_twice"], found["told"]["P100-HEAD"]) == (0, 3)


def test_where_the_two_differ_the_incident_is_named(db, monkeypatch):
    later = {"1": Solving(timedelta(hours=9), timedelta(), kept=False)}
    monkeypatch.setattr(compared, "solving", lambda incident: later[incident.number])
    found = bench_soak.soak([saved((1, "Active"), (2, "Resolved"))], worker_every=timedelta(days=14))
    expected = {"state": 0, "solved_at": 0, "closed_at": 0, "counted": 1, "held": 0, "kept": 1, "row_and_replay": 0}
    assert (found["incidents_differing"], found["differing"]) == (expected, ["1"])
    assert found["promise_desk_and_log"] == {"desk kept, log kept": 1}
