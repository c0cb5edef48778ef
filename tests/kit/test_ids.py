"""Keys: in order, apart between processes, and never above what a bigint holds."""

import os
import sys
import threading
from datetime import UTC, datetime, timedelta

from inward.kit import clock, ids


def test_keys_rise_and_fit_a_bigint() -> None:
    made = [ids.new_id() for _ in range(10_000)]

    assert made == sorted(set(made))
    assert made[0] > 0
    assert made[-1] < 2**63


def test_keys_made_by_many_threads_are_all_different() -> None:
    made: list[int] = []
    patience = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns as often as they can
    threads = [threading.Thread(target=lambda: made.extend([ids.new_id() for _ in range(2_000)])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(patience)

    assert len(set(made)) == 16_000


def test_a_later_second_gives_larger_keys_in_every_process() -> None:
    moment = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    with clock.shifted(moment):
        earlier = ids._Run().next()
    with clock.shifted(moment + timedelta(seconds=1)):
        later = ids._Run().next()

    assert earlier < later
    assert earlier >> 22 == (moment - datetime(2020, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def test_a_clock_that_goes_back_does_not_take_the_keys_along() -> None:
    run = ids._Run()
    with clock.shifted(datetime(2026, 3, 2, tzinfo=UTC)):
        before = run.next()
    with clock.shifted(datetime(2026, 3, 1, tzinfo=UTC)):
        after = run.next()

    assert after == before + 1


def test_instants_no_key_can_hold_count_as_the_first_and_the_last() -> None:
    with clock.shifted(datetime(2019, 12, 31, tzinfo=UTC)):
        assert ids._Run().next() >> 22 == 0
    with clock.shifted(datetime(2200, 1, 1, tzinfo=UTC)):
        assert ids._Run().next() < 2**63


def test_a_forked_child_does_not_count_on_from_its_parent() -> None:
    parent = ids.new_id()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - runs in the child
        os.write(writer, str(ids.new_id()).encode())
        os._exit(0)
    os.waitpid(child, 0)
    made_there = int(os.read(reader, 100))
    os.close(reader)
    os.close(writer)

    assert made_there != parent + 1
    assert made_there not in {ids.new_id() for _ in range(100)}


def test_a_public_reference_is_22_characters_that_nobody_can_guess() -> None:
    made = {ids.public_reference() for _ in range(1_000)}

    assert len(made) == 1_000
    assert {len(reference) for reference in made} == {22}
    assert all(character.isalnum() or character in "-_" for reference in made for character in reference)
