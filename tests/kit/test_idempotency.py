"""The same submission twice is one act, for each actor on her own."""
# ruff: noqa: PT012 - an act that fails at its end has more than one line

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from inward.core.terms import Reason
from inward.kit import idempotency
from inward.kit.actor import Actor
from inward.kit.idempotency import KeyReused, KeyUnfit, earlier, keep, key_for, receipt_row
from inward.kit.models import IdempotencyReceipt, Version
from inward.kit.transaction import NoTransaction, transaction
from inward.kit.writing import GateClosed, Rows, WriteSet, write

pytestmark = [pytest.mark.database, pytest.mark.django_db]

BODY = {"lines": [["honey", 2]]}


def test_the_receipt_is_found_again_by_the_same_submission_only(by: Actor, at: datetime) -> None:
    key = key_for(by, "k-1", BODY)
    assert earlier(key) is None

    write(WriteSet(rows=(receipt_row(key, {"order": 7}, at),)))

    assert earlier(key_for(by, "k-1", {"lines": [["honey", 2]]})) == {"order": 7}
    assert earlier(key_for(by, "k-2", BODY)) is None
    assert earlier(key_for(replace(by, subject="s-bea"), "k-1", BODY)) is None


def test_the_same_key_for_another_body_or_another_party_is_refused(by: Actor, at: datetime) -> None:
    write(WriteSet(rows=(receipt_row(key_for(by, "k-1", BODY), {"order": 7}, at),)))

    for key in (key_for(by, "k-1", {"lines": [["honey", 3]]}), key_for(replace(by, acting_for="bakery"), "k-1", BODY)):
        with pytest.raises(KeyReused) as caught:
            earlier(key)
        assert caught.value.reasons == (Reason.of("idempotency_key_reused", key="k-1"),)


def test_the_second_of_two_at_once_writes_nothing_and_reads_the_first(by: Actor, at: datetime) -> None:
    key = key_for(by, "k-1", BODY)
    order = Rows("kit_version", ("name", "number"), ("text", "bigint"), (("order", 1),))
    write(WriteSet(rows=(receipt_row(key, {"order": 7}, at),)))

    with pytest.raises(GateClosed) as caught:
        write(WriteSet(rows=(order, receipt_row(key, {"order": 8}, at))))

    assert caught.value.name == idempotency.GATE
    assert earlier(key) == {"order": 7}
    assert not Version.objects.filter(number__gt=0).exists()


def test_acts_by_orm_keep_their_receipt_in_their_transaction(by: Actor, at: datetime) -> None:
    key = key_for(by, "k-1", BODY)
    with pytest.raises(NoTransaction):
        keep(key, {"order": 7}, at=at)
    with pytest.raises(KeyError), transaction():
        keep(key, {"order": 7}, at=at)
        raise KeyError
    assert earlier(key) is None

    with transaction():
        keep(key, {"order": 8}, at=at)
    with pytest.raises(GateClosed), transaction():
        keep(key_for(by, "k-2", BODY), {"order": 9}, at=at)
        keep(key, {"order": 9}, at=at)

    assert earlier(key) == {"order": 8}
    assert earlier(key_for(by, "k-2", BODY)) is None


@pytest.mark.parametrize("key", ["", "   ", "x" * 201, "tab\tinside", "null\0"])
def test_a_key_that_cannot_be_kept_is_refused(by: Actor, key: str) -> None:
    with pytest.raises(KeyUnfit) as caught:
        key_for(by, key, BODY)
    assert caught.value.reasons == (Reason.of("idempotency_key_unfit", length=len(key), length_max=200),)


def test_receipts_are_forgotten_after_thirty_days_and_not_before(by: Actor, at: datetime) -> None:
    for name, age in (("old", 31), ("young", 29)):
        write(WriteSet(rows=(receipt_row(key_for(by, name, BODY), {}, at - timedelta(days=age)),)))

    idempotency.forget_receipts(at=at)

    assert [receipt.key for receipt in IdempotencyReceipt.objects.all()] == ["young"]


def test_an_act_under_a_key_happens_once_and_its_receipt_answers_the_second(by: Actor, at: datetime) -> None:
    done: list[str] = []

    def act() -> dict[str, str]:
        with transaction():
            done.append("honey")
        return {"jar": "1"}

    key = key_for(by, "k-1", BODY)
    assert idempotency.once(key, act, at=at) == {"jar": "1"}
    assert idempotency.once(key, act, at=at) == {"jar": "1"}
    assert done == ["honey"]


def test_an_act_that_fails_under_a_key_leaves_it_free(by: Actor, at: datetime) -> None:
    key = key_for(by, "k-1", BODY)

    def fail() -> dict[str, str]:
        raise KeyUnfit("")

    with pytest.raises(KeyUnfit):
        idempotency.once(key, fail, at=at)
    assert IdempotencyReceipt.objects.count() == 0
    assert idempotency.once(key, lambda: {"jar": "1"}, at=at) == {"jar": "1"}


def test_the_second_of_two_at_once_is_answered_with_what_the_first_made(
    by: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, look, looks = key_for(by, "k-1", BODY), idempotency.earlier, iter((None,))

    def looked_too_early(asked: idempotency.Key) -> object:
        return next(looks, look(asked))

    write(WriteSet(rows=(receipt_row(key, {"jar": "first"}, at),)))  # after the second one has looked
    monkeypatch.setattr(idempotency, "earlier", looked_too_early)
    assert idempotency.once(key, lambda: {"jar": "second"}, at=at) == {"jar": "first"}
