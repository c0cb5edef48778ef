"""Counting how often: to the limit and no further, for everybody apart, over threads and processes, and anew each minute."""

import multiprocessing
import threading
from datetime import UTC, datetime, timedelta

from inward.kit import rates
from inward.kit.rates import Spent, Windows

AT = datetime(2026, 11, 24, 9, 0, 10, tzinfo=UTC)


def test_calls_are_counted_to_the_limit_and_a_refused_one_costs_nothing(tmp_path):
    windows = Windows(tmp_path / "calls")
    spent = [windows.spend("maya", most=3, at=AT) for _ in range(5)]
    assert [each.within for each in spent] == [True, True, True, False, False]
    assert [each.left for each in spent] == [2, 1, 0, 0, 0]
    assert spent[0] == Spent(within=True, most=3, left=2, seconds=50)


def test_everybody_is_counted_apart_and_anew_each_minute(tmp_path):
    windows = Windows(tmp_path / "calls")
    assert windows.spend("maya", most=1, at=AT).within
    assert windows.spend("jonas", most=1, at=AT).within
    assert not windows.spend("maya", most=1, at=AT + timedelta(seconds=49)).within
    assert windows.spend("maya", most=1, at=AT + timedelta(seconds=50)).within


def test_threads_share_one_count(tmp_path):
    windows, within = Windows(tmp_path / "calls"), []

    def call():
        within.extend([windows.spend("maya", most=120, at=AT).within for _ in range(50)])

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (within.count(True), within.count(False)) == (120, 80)


def _calls(path, found):
    windows = Windows(path)
    found.put(sum(windows.spend("maya", most=120, at=AT).within for _ in range(100)))


def test_processes_share_one_count(tmp_path):
    context = multiprocessing.get_context("spawn")
    found = context.Queue()
    processes = [context.Process(target=_calls, args=(tmp_path / "calls", found)) for _ in range(2)]
    for process in processes:
        process.start()
    within = found.get(timeout=60) + found.get(timeout=60)
    for process in processes:
        process.join()
    assert within == 120


def test_where_no_file_can_be_written_a_process_counts_by_itself(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    windows = Windows(tmp_path / "file" / "calls")
    assert [windows.spend("maya", most=1, at=AT).within for _ in range(2)] == [True, False]


def test_a_full_table_forgives_and_charges_nobody_for_another(tmp_path, monkeypatch):
    monkeypatch.setattr(rates, "_SLOTS", 8)
    windows = Windows(tmp_path / "calls")
    for number in range(40):
        assert windows.spend(f"caller {number}", most=1, at=AT).within
    again = [windows.spend(f"caller {number}", most=1, at=AT).within for number in range(40)]
    assert again.count(False) <= 8


def test_the_file_tells_no_keys(tmp_path):
    Windows(tmp_path / "calls").spend("maya@example.org", most=1, at=AT)
    assert b"maya" not in (tmp_path / "calls").read_bytes()
