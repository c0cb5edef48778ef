"""A run that is killed at any point and started again charges each period of each contract once; two runs at once as well."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Count, Sum
from tests.builders import AT, HOUSE, committed
from tests.cast import MAYA
from tests.shop import given_item, given_the_house

from inward.catalogue import operations as catalogue
from inward.core.running import Plan, RunningKind
from inward.ledger.models import Entry, EntryLine
from inward.trade import operations as trade
from inward.trade.models import Running, RunningCharge
from inward.trade.operations import running

pytestmark = pytest.mark.django_db(transaction=True)
CHILD = Path(__file__).with_name("running_child.py")
CONTRACTS = 60
LATER = datetime(2027, 2, 25, 9, 0, tzinfo=UTC)  # three more periods of each


@pytest.fixture
def house(transactional_db):
    with committed():
        made = given_the_house()
        given_item("line", "abc", "Line", "1.00", cost="0.10", includes_tax=True)
        catalogue.set_plan(by=HOUSE, at=AT, offering="line", plan=Plan(RunningKind.SUBSCRIPTION))
        for number in range(CONTRACTS):
            made.order(MAYA, ("line", 1), key=f"k{number}")
        trade.review_running(by=HOUSE, at=AT)
        yield made


def child():
    database = {name: str(connection.settings_dict[name]) for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "inward.config.settings"),
        "CHILD_DATABASE": json.dumps(database),
        "INWARD_SECRET_KEY": settings.SECRET_KEY,
    }
    return subprocess.Popen(
        [sys.executable, str(CHILD), LATER.isoformat()],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def each_period_once():
    """Every contract has its four periods, each charged and posted once, and the books balance."""
    counted = RunningCharge.objects.values("running", "since").annotate(times=Count("id"))
    assert {row["times"] for row in counted} == {1}
    assert RunningCharge.objects.count() == 4 * CONTRACTS
    assert Entry.objects.count() == 4 * CONTRACTS
    assert EntryLine.objects.aggregate(sum=Sum("amount_minor"))["sum"] == 0
    assert set(Running.objects.values_list("billed_until", flat=True)) == {datetime(2027, 3, 24, tzinfo=UTC).date()}


def test_a_run_killed_at_any_point_and_started_again_charges_each_period_once(house):
    for parts in (0, 1, 3):  # before anything is written, and while later parts are
        process = child()
        try:
            assert process.stdout.readline().strip() == "ready"
            process.stdin.write("\n")
            process.stdin.flush()
            for _ in range(parts):
                process.stdout.readline()
            time.sleep(0.03)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(30)
    before = RunningCharge.objects.count()
    assert (before - CONTRACTS) % 30 == 0  # whole parts of ten contracts and three periods, never half of one

    done = trade.bill_running(by=HOUSE, at=LATER)

    assert done.charges <= 3 * CONTRACTS
    each_period_once()


def test_two_runs_at_once_charge_each_period_once(house):
    outcomes = []

    def run():
        try:
            outcomes.append(trade.bill_running(by=HOUSE, at=LATER).charges)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    assert sum(outcomes) == 3 * CONTRACTS
    each_period_once()


def test_what_is_ended_while_a_run_charges_it_is_not_charged_for_the_days_after(house, monkeypatch):
    ended = threading.Event()
    one = Running.objects.order_by("id").first()
    maya, charge = house.actor(MAYA), running._bill

    def end():
        trade.end_running(by=maya, at=LATER, reference=one.reference)
        connection.close()
        ended.set()

    ending = threading.Thread(target=end)

    def billed(part, contract, used):
        if contract.id == one.pk:
            ending.start()
            ended.wait(0.5)  # whoever ends it has to wait for the run, and so is not there yet
        return charge(part, contract, used)

    monkeypatch.setattr(running, "_bill", billed)
    trade.bill_running(by=HOUSE, at=LATER)
    ending.join(30)
    one.refresh_from_db()
    after = RunningCharge.objects.filter(running=one, stands_until__gt=one.ends_on).count()
    assert (one.ends_on, ended.is_set(), after) == (LATER.date(), True, 0)
