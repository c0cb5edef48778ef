"""Two who act at the same moment, and a process killed in the middle, on a database where what is written is really there.

Threads begin together on connections of their own; the process that is killed is another one.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.builders import AT, committed
from tests.cast import MAYA
from tests.shop import given_the_house

from inward.core.pricing import Wanted
from inward.core.terms import Money
from inward.kit.models import AuditRow, IdempotencyReceipt, Task
from inward.kit.write_lock import write_lock
from inward.ledger.models import Entry, EntryLine
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.models import AllowanceUse, Order, OrderLine, OrderStep
from inward.trade.operations import AllowanceSpent, PriceChanged

pytestmark = pytest.mark.django_db(transaction=True)
CHILD = Path(__file__).with_name("killed_child.py")
TABLES = (Order, OrderLine, OrderStep, Entry, EntryLine, AllowanceUse, IdempotencyReceipt)


@pytest.fixture
def house(transactional_db):
    with committed():
        yield given_the_house()


def at_once(*acts):
    """Run these in threads of their own that begin together; what each returned or raised, in order of the acts."""
    together, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        connection.ensure_connection()
        together.wait()
        try:
            outcomes[place] = act()
        except Exception as error:  # noqa: BLE001 - whatever happened is what the test looks at
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def place(by, count, key, expected):
    lines = [Wanted("coffee-machine", count)]
    return trade.place_order(by=by, at=AT, lines=lines, expected=Money.of(expected, "EUR"), key=key)


def test_of_four_who_spend_the_last_allowance_one_wins_and_the_others_are_told(house):
    maya = house.actor(MAYA)
    place(maya, 3, "before", "272.25")  # of 600.00 there is left what three more machines take
    outcomes = at_once(*(lambda key=key: place(maya, 3, key, "272.25") for key in ("a", "b", "c", "d")))
    won = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    told = [outcome for outcome in outcomes if isinstance(outcome, (AllowanceSpent, PriceChanged))]
    assert (len(won), len(told)) == (1, 3), outcomes
    assert Order.objects.count() == 2
    assert AllowanceUse.objects.get().used_minor == 2 * 27225
    assert AuditRow.objects.filter(act="trade.place_order").count() == 2
    assert {refusal.decision.quote.total for refusal in told} == {Money.of("363.00", "EUR")}  # at the ordinary price


def test_the_same_submission_from_four_at_once_is_one_order_and_one_answer(house):
    maya = house.actor(MAYA)
    outcomes = at_once(*(lambda: place(maya, 1, "once", "90.75") for _ in range(4)))
    assert len({outcome.reference for outcome in outcomes}) == 1, outcomes
    assert sorted(outcome.again for outcome in outcomes) == [False, True, True, True]
    assert (Order.objects.count(), Entry.objects.count(), AllowanceUse.objects.get().used_units) == (1, 1, 1)


def test_an_order_is_delivered_once_though_two_hand_it_over(house):
    from tests.cast import TOR

    reference = place(house.actor(MAYA), 2, "k", "181.50").reference
    tor = house.actor(TOR)
    outcomes = at_once(*(lambda: trade.confirm_delivery(by=tor, at=AT, reference=reference) for _ in range(2)))
    assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1, outcomes
    assert list(OrderLine.objects.values_list("quantity", "delivered")) == [(2, 2)]
    assert OrderStep.objects.filter(kind="DELIVERED").count() == 1


def child(**arguments):
    """Another process that places one order; it says "ready" when its rows are about to be written."""
    database = {name: str(connection.settings_dict[name]) for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "inward.config.settings"),
        "CHILD_DATABASE": json.dumps(database),
        "INWARD_SECRET_KEY": settings.SECRET_KEY,
    }
    return subprocess.Popen(
        [sys.executable, str(CHILD), json.dumps(arguments)],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def until_nothing_is_being_written():
    """PostgreSQL ends the statement of a process that was killed: counts taken meanwhile would be of two moments."""
    busy = connection.vendor == "postgresql"
    for _ in range(500):
        if busy:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active'"
                )
                busy = cursor.fetchone()[0] > 0
        if not busy:
            return
        time.sleep(0.02)
    pytest.fail("a statement of the killed process never ended")


def test_a_server_killed_while_it_writes_an_order_leaves_all_of_it_or_nothing(house):
    """Killed at six different moments of the same order: with each of them, every table tells the same story."""
    Task.objects.all().delete()
    placed = 0
    for round_ in range(6):
        process = child(key=f"killed-{round_}", pause_ms=round_)
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("go\n")
        process.stdin.flush()
        process.stdout.readline()  # "now", some milliseconds before or after the rows are there
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        until_nothing_is_being_written()
        with write_lock():  # whatever it held is free again
            orders = Order.objects.count()
        whole = {
            "lines": OrderLine.objects.count(),
            "steps": OrderStep.objects.count(),
            "entries": Entry.objects.count(),
            "receipts": IdempotencyReceipt.objects.count(),
            "announcements": Task.objects.filter(name="trade.OrderPlaced").count(),
            "audit": AuditRow.objects.filter(act="trade.place_order").count(),
        }
        assert set(whole.values()) == {orders}, whole
        assert orders - placed in (0, 1)
        placed = orders
        assert sum(AllowanceUse.objects.values_list("used_units", flat=True)) == placed
    shown = queries.orders(viewer=house.actor(MAYA), at=AT, which="own").rows
    assert len(shown) == placed
