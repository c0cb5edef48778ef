"""An act tried and undone leaves nothing, says what it would refuse, and what follows sees what stood before."""

from datetime import datetime

import pytest

from inward.core.terms import Reason, Refusal
from inward.kit import kept, versions
from inward.kit.actor import Actor
from inward.kit.audit import record
from inward.kit.models import AuditRow, Version
from inward.kit.rehearsing import rehearsed
from inward.kit.transaction import NestedTransaction, transaction

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def act(by: Actor, at: datetime) -> str:
    with transaction():
        versions.bump("bees")
        record(by=by, at=at, act="bees.swarm", thing="hive", facts={})
    return "swarmed"


def test_a_rehearsed_act_answers_as_it_would_and_never_happened(by: Actor, at: datetime) -> None:
    assert rehearsed(lambda: act(by, at)) == "swarmed"
    assert (AuditRow.objects.count(), Version.objects.filter(number__gt=0).count()) == (0, 0)


def test_what_a_rehearsed_act_refuses_is_heard_and_nothing_stays(by: Actor, at: datetime) -> None:
    def refuse() -> None:
        act(by, at)
        raise Refusal(Reason.of("too_cold"))

    with pytest.raises(Refusal):
        rehearsed(refuse)
    assert AuditRow.objects.count() == 0


def test_what_is_kept_in_memory_is_right_again_after_a_rehearsal(by: Actor, at: datetime) -> None:
    made: list[int] = []
    hive: kept.Kept[int] = kept.Kept("bees", lambda number: made.append(number) or number)  # type: ignore[func-returns-value]
    with versions.seen_once():
        assert hive.value() == 0
        rehearsed(lambda: act(by, at))
        assert versions.seen("bees") == 0
        assert hive.value() == 0
    assert made == [0]


def test_looking_again_outside_a_request_is_harmless() -> None:
    versions.look_again()
    assert versions.seen("bees") == 0


def test_no_act_is_rehearsed_inside_another(by: Actor, at: datetime) -> None:
    with transaction(), pytest.raises(NestedTransaction):
        rehearsed(lambda: act(by, at))
