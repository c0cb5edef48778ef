"""Telling: each thing once to each person, at her pace; what became of the letter is kept; only she reads it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from tests.builders import AT, HOUSE, nothing_written
from tests.cast import HENK, JONAS, MAYA, acting, given_the_cast

from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import Refused
from inward.notices import operations, policy, queries
from inward.notices.models import Notice
from inward.notices.vocabulary import NoticeState, Pace

FACTS = {"order": "o1", "number": 7, "supplier": "abc"}


@pytest.fixture
def users(db):
    return given_the_cast(MAYA, JONAS, HENK)


def tell(*people, key="order-7", at=AT):
    return operations.tell(by=HOUSE, at=at, to=people, code="order_placed", facts=FACTS, key=key)


def only():
    return Notice.objects.get()


def test_each_is_told_once_however_often_it_is_repeated(users):
    assert tell("maya-lund", "jonas-vik", "maya-lund") == 2
    assert tell("maya-lund", "jonas-vik") == 0
    assert tell("maya-lund", "henk-verhoef") == 1
    assert Notice.objects.count() == 3


def test_a_notice_waits_and_is_due_at_once(users):
    tell("maya-lund")
    (due,) = queries.due(at=AT)
    assert (due.person, due.code, due.facts) == ("maya-lund", "order_placed", FACTS)
    assert queries.due(at=AT - timedelta(seconds=1)) == ()


def test_who_wants_letters_once_a_day_has_them_the_next_morning(users):
    maya = acting(users, MAYA)
    operations.choose_pace(by=maya, at=AT, person="maya-lund", pace=Pace.DAILY)
    tell("maya-lund")
    assert only().due_at == datetime.combine(AT.date() + timedelta(days=1), time(7), tzinfo=UTC)
    early = datetime(2028, 2, 28, 23, 59, tzinfo=UTC)
    tell("maya-lund", key="leap", at=early)
    assert Notice.objects.get(key__startswith="leap").due_at == datetime(2028, 2, 29, 7, tzinfo=UTC)
    tell("maya-lund", key="same-day", at=early.replace(hour=5))
    assert Notice.objects.get(key__startswith="same-day").due_at == datetime(2028, 2, 28, 7, tzinfo=UTC)


def test_who_wants_none_gets_none_and_can_still_read_it(users):
    maya = acting(users, MAYA)
    operations.choose_pace(by=maya, at=AT, person="maya-lund", pace=Pace.NEVER)
    operations.choose_pace(by=maya, at=AT, person="maya-lund", pace=Pace.NEVER)
    tell("maya-lund")
    assert queries.due(at=AT) == ()
    (notice,) = queries.notices(viewer=maya)
    assert (notice.code, notice.state) == ("order_placed", NoticeState.UNREACHABLE)


def test_nobody_chooses_for_another(users):
    for by in (acting(users, HENK), NOBODY):
        with nothing_written(), pytest.raises(Refused) as refused:
            operations.choose_pace(by=by, at=AT, person="maya-lund", pace=Pace.NEVER)
        assert [reason.code for reason in refused.value.reasons] == ["notice_not_yours"]


def test_only_she_reads_what_she_was_told(users):
    tell("maya-lund")
    assert [notice.code for notice in queries.notices(viewer=acting(users, MAYA))] == ["order_placed"]
    assert queries.notices(viewer=acting(users, HENK)) == ()
    assert queries.notices(viewer=NOBODY) == ()
    assert policy.notices_visible_to(NOBODY) is None


def test_the_letter_is_kept_as_it_went_out_and_once(users):
    tell("maya-lund")
    operations.note_sent(by=HOUSE, at=AT, notice=only().id, language="nb", subject="Emne", body="Brev")
    operations.note_sent(by=HOUSE, at=AT + timedelta(hours=1), notice=only().id, language="en", subject="S", body="B")
    sent = only()
    assert (sent.state, sent.sent_at, sent.language, sent.subject, sent.body) == ("SENT", AT, "nb", "Emne", "Brev")
    assert queries.due(at=AT + timedelta(days=1)) == ()


def test_a_letter_that_fails_is_tried_later_and_given_up_after_the_fifth_time(users):
    tell("maya-lund")
    waits = []
    for _ in range(operations.ATTEMPTS_MAX):
        assert only().state == "WAITING"
        operations.note_failed(by=HOUSE, at=AT, notice=only().id)
        waits.append(only().due_at - AT)
    assert waits == [timedelta(minutes=10 * n) for n in range(1, 6)]
    assert (only().state, only().attempts) == ("FAILED", 5)
    assert queries.due(at=AT + timedelta(days=1)) == ()


def test_a_person_without_an_address_is_noted_as_such(users):
    tell("maya-lund")
    operations.note_unreachable(by=HOUSE, at=AT, notice=only().id)
    assert only().state == "UNREACHABLE"


def test_telling_is_in_the_audit_without_names(users):
    tell("maya-lund", "jonas-vik")
    noted = AuditRow.objects.filter(act="notices.tell").get()
    assert noted.facts == {"code": "order_placed", "people": 2}
    assert "maya" not in noted.thing
