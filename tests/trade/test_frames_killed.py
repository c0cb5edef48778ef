"""A worker that is killed at any point orders each part of a standing order once; two at once, and two buyers at once, as well."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Sum
from tests.builders import AT, HOUSE, committed
from tests.cast import INES
from tests.shop import given_item, given_the_house
from tests.trade.test_budgets import given_budget, taken
from tests.trade.test_frames import BY_HAND, DAILY, agree, draw, eur

from inward.core.terms import Refusal
from inward.kit.actor import Actor
from inward.kit.policy import Refused
from inward.kit.writing import GateClosed
from inward.ledger.models import Entry, EntryLine
from inward.trade import operations as trade
from inward.trade.models import Frame, FrameDraw, Order

pytestmark = pytest.mark.django_db(transaction=True)
CHILD = Path(__file__).with_name("frame_child.py")
LATER = AT + timedelta(days=20)  # fifteen working days, of which the pieces are enough for ten


@pytest.fixture
def house(transactional_db):
    with committed():
        made = given_the_house()
        given_item("chair", "abc-purchasing", "Chair", "100.00", cost="80.00", tax_code="")
        given_budget("9000.00")
        yield made


def child():
    database = {name: str(connection.settings_dict[name]) for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "inward.config.settings"),
        "CHILD_DATABASE": json.dumps(database),
        "INWARD_SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, str(CHILD), LATER.isoformat()]
    return subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def all_of_it_once(reference):
    """Ten parts of four, each an order that is posted once; nothing is committed any more, and the books balance."""
    draws = FrameDraw.objects.filter(frame__order__reference=reference)
    assert draws.count() == draws.values("due").distinct().count() == 10
    assert draws.aggregate(sum=Sum("quantity"))["sum"] == Frame.objects.get().drawn == 40
    assert Order.objects.filter(draw__isnull=False).count() == Order.objects.exclude(reference=reference).count() == 10
    assert Entry.objects.count() == 10
    assert EntryLine.objects.aggregate(sum=Sum("amount_minor"))["sum"] == 0
    assert Order.objects.get(reference=reference).state == "ENDED"
    assert taken() == (eur("4000.00"), eur("0.00"))


def test_a_worker_killed_at_any_point_and_started_again_orders_each_part_once(house):
    reference = agree(house, terms=DAILY)
    for wait in (0.0, 0.05, 0.12):
        process = child()
        try:
            assert process.stdout.readline().strip() == "ready"
            process.stdin.write("\n")
            process.stdin.flush()
            time.sleep(wait)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(30)
        parts = FrameDraw.objects.count()  # whole parts, and never half of one
        assert Frame.objects.get().drawn == 4 * parts == 4 * Entry.objects.count()
    trade.draw_due(by=HOUSE, at=LATER)
    all_of_it_once(reference)


def at_once(*acts):
    outcomes = []

    def run(act):
        try:
            outcomes.append(act())
        except (Refusal, Refused, GateClosed) as refused:
            outcomes.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return outcomes


def test_two_workers_at_once_order_each_part_once(house):
    reference = agree(house, terms=DAILY)
    done = at_once(*[lambda: trade.draw_due(by=Actor.system("tests"), at=LATER)] * 2)
    assert sum(each.parts for each in done) == 10
    all_of_it_once(reference)


def test_two_buyers_at_once_never_order_more_than_was_agreed(house):
    reference = agree(house, terms=BY_HAND)
    done = at_once(*[lambda key=key: draw(house, reference, 25, by=INES, key=key) for key in ("one", "two")])
    refused = [each.reason.code for each in done if isinstance(each, Refusal)]
    assert refused == ["frame_exceeded"]
    assert Frame.objects.get().drawn == 25
    assert taken() == (eur("2500.00"), eur("1500.00"))
