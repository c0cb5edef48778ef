"""The audit: rows stand or fall with their act, the chain shows every later change, and the database refuses it."""
# ruff: noqa: PT012 - an act that fails at its end has more than one line

import hashlib
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection

from inward.core.terms import Money, as_currency
from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.ids import new_id
from inward.kit.models import AuditRow, AuditSeal
from inward.kit.transaction import NoTransaction, savepoint, transaction
from inward.kit.writing import WriteSet, write

pytestmark = [pytest.mark.database]

AT = datetime(2026, 3, 2, 9, 30, 0, 5, tzinfo=UTC)


@pytest.fixture
def noted(by: Actor) -> Callable[[int], list[int]]:
    def note(count: int) -> list[int]:
        with transaction():
            for number in range(count):
                audit.record(by=by, at=AT, act="bees.count", thing=f"h-{number}", facts={"number": number})
        return list(AuditRow.objects.order_by("id").values_list("id", flat=True))

    return note


@pytest.fixture
def unguarded(db: None) -> None:
    """Somebody with the keys of the database has taken the triggers away; undone with the test's transaction."""
    with connection.cursor() as cursor:
        for table in ("kit_auditrow", "kit_auditseal"):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                for act in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER {table}_append_only_{act}")


@pytest.mark.django_db
def test_a_row_says_who_for_whom_through_which_door_and_no_name(by: Actor) -> None:
    with transaction():
        audit.record(by=by, at=AT, act="bees.swarm", thing="h-1", facts={"price": Money(5, as_currency("EUR"))})

    row = AuditRow.objects.get()
    assert (row.at, row.subject, row.acting_for, row.via) == (AT, "s-ada", "kitchen", "web")
    assert (row.act, row.thing, row.facts) == ("bees.swarm", "h-1", {"price": {"money": 5, "currency": "EUR"}})
    assert (row.position, row.seal) == (None, "")
    assert "p-ada" not in json.dumps(row.facts)


@pytest.mark.django_db
def test_a_row_stands_or_falls_with_its_act(by: Actor) -> None:
    with pytest.raises(NoTransaction):
        audit.record(by=by, at=AT, act="a", thing="t", facts={})
    with pytest.raises(KeyError), transaction():
        audit.record(by=by, at=AT, act="a", thing="t", facts={})
        raise KeyError

    assert AuditRow.objects.count() == 0


@pytest.mark.django_db
def test_a_write_set_notes_the_same(by: Actor, noted: Callable[[int], list[int]]) -> None:
    noted(1)
    write(WriteSet(rows=(audit.audit_rows(by=by, at=AT, act="bees.count", thing="h-0", facts={"number": 0}),)))

    one, other = AuditRow.objects.order_by("id").values()
    assert one.pop("id") < other.pop("id")
    assert one == other


@pytest.mark.django_db
def test_sealed_rows_are_one_chain_from_the_first_to_the_last(noted: Callable[[int], list[int]]) -> None:
    ids = noted(5)

    assert [audit.seal(2, at=AT), audit.seal(2, at=AT), audit.seal(2, at=AT), audit.seal(2, at=AT)] == [2, 2, 1, 0]

    rows = list(AuditRow.objects.order_by("position"))
    assert [(row.position, row.id) for row in rows] == list(enumerate(ids, start=1))
    assert list(AuditSeal.objects.order_by("position").values_list("position", "rows", "head")) == [
        (2, 2, rows[1].seal),
        (4, 2, rows[3].seal),
        (5, 1, rows[4].seal),
    ]
    report = audit.verify()
    assert report == audit.Report(5, 0, broken_at=None, row=None, problem="", head=rows[4].seal)
    assert report.whole


@pytest.mark.django_db
def test_a_seal_can_be_computed_by_anybody_who_reads_the_page(noted: Callable[[int], list[int]]) -> None:
    (key,) = noted(1)
    audit.seal(at=AT)
    spelled = (
        '{"act":"bees.count","acting_for":"kitchen","at":"2026-03-02T09:30:00.000005+00:00","facts":{"number":0},'
        f'"id":{key},"subject":"s-ada","thing":"h-0","via":"web"}}'
    )

    assert AuditRow.objects.get().seal == hashlib.sha256(f"{'0' * 64}\n1\n{spelled}".encode()).hexdigest()


@pytest.mark.django_db
def test_an_empty_audit_is_whole_and_rows_not_yet_sealed_are_counted(noted: Callable[[int], list[int]]) -> None:
    assert audit.verify() == audit.Report(0, 0, broken_at=None, row=None, problem="", head="0" * 64)
    noted(3)
    audit.seal(2, at=AT)

    report = audit.verify()
    assert (report.sealed, report.unsealed, report.whole) == (2, 1, True)


@pytest.mark.django_db
def test_a_row_that_is_committed_late_is_sealed_later_and_never_left_out(
    by: Actor, noted: Callable[[int], list[int]]
) -> None:
    late = new_id()
    ids = noted(2)
    audit.seal(at=AT)
    AuditRow.objects.create(id=late, at=AT, subject="s", via="web", act="a", thing="t", facts={})

    audit.seal_audit(at=AT)

    assert late < ids[0]
    assert AuditRow.objects.get(id=late).position == 3
    assert audit.verify().whole


@pytest.mark.django_db
def test_the_job_seals_in_batches_and_leaves_the_rest_for_the_next_time(
    noted: Callable[[int], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "SEALED_AT_ONCE", 2)
    monkeypatch.setattr(audit, "BATCHES_AT_ONCE", 2)
    noted(5)

    audit.seal_audit(at=AT)
    assert (audit.verify().sealed, audit.verify().unsealed) == (4, 1)
    audit.seal_audit(at=AT)
    assert audit.verify().unsealed == 0
    assert [seal.rows for seal in AuditSeal.objects.order_by("position")] == [2, 2, 1]


def test_several_sealers_at_once_make_one_chain(committed: None, noted: Callable[[int], list[int]]) -> None:
    noted(60)
    failures: list[Exception] = []

    def work() -> None:
        try:
            while audit.seal(5, at=AT):
                pass
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert failures == []
    assert (audit.verify().sealed, audit.verify().unsealed, audit.verify().whole) == (60, 0, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"act": "bees.sleep"}, {"subject": "s-eve"}, {"facts": {"number": 9}}, {"seal": "0" * 64}]
)
def test_a_changed_row_is_found(unguarded: None, noted: Callable[[int], list[int]], change: dict[str, object]) -> None:
    ids = noted(4)
    audit.seal(at=AT)

    AuditRow.objects.filter(id=ids[2]).update(**change)

    report = audit.verify()
    assert (report.sealed, report.broken_at, report.row, report.problem) == (2, 3, ids[2], "row_changed")
    assert not report.whole


@pytest.mark.django_db
def test_a_changed_row_with_a_new_seal_of_its_own_is_found_at_the_next(
    unguarded: None, noted: Callable[[int], list[int]]
) -> None:
    ids = noted(3)
    audit.seal(at=AT)
    row = AuditRow.objects.get(id=ids[1])
    row.act = "bees.sleep"
    row.seal = audit.seal_of(AuditRow.objects.get(id=ids[0]).seal, 2, row)
    row.save()

    report = audit.verify()
    assert (report.broken_at, report.row, report.problem) == (3, ids[2], "row_changed")


@pytest.mark.django_db
def test_a_removed_row_is_found_in_the_middle_and_at_the_end(
    unguarded: None, noted: Callable[[int], list[int]]
) -> None:
    ids = noted(4)
    audit.seal(at=AT)

    AuditRow.objects.filter(id=ids[3]).delete()
    assert (audit.verify().broken_at, audit.verify().problem) == (4, "row_missing")
    AuditRow.objects.filter(id=ids[0]).delete()
    report = audit.verify()
    assert (report.sealed, report.broken_at, report.row, report.problem) == (0, 1, None, "row_missing")


@pytest.mark.django_db
def test_a_rewritten_chain_does_not_fit_its_batches(unguarded: None, noted: Callable[[int], list[int]]) -> None:
    ids = noted(2)
    audit.seal(at=AT)
    before = "0" * 64
    AuditRow.objects.filter(id=ids[0]).update(act="bees.sleep")
    for position, row in enumerate(AuditRow.objects.order_by("id"), start=1):
        before = audit.seal_of(before, position, row)
        AuditRow.objects.filter(id=row.id).update(seal=before)

    report = audit.verify()
    assert (report.sealed, report.broken_at, report.row, report.problem) == (1, 2, ids[1], "batch_changed")


@pytest.mark.django_db
def test_rows_sealed_by_no_batch_are_found(unguarded: None, noted: Callable[[int], list[int]]) -> None:
    ids = noted(2)
    audit.seal(1, at=AT)
    audit.seal(1, at=AT)
    AuditSeal.objects.filter(position=2).delete()

    report = audit.verify()
    assert (report.sealed, report.broken_at, report.row, report.problem) == (1, 2, ids[1], "batch_missing")


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_remove_what_was_noted(noted: Callable[[int], list[int]]) -> None:
    noted(1)
    rows, seals = AuditRow.objects.all(), AuditSeal.objects.all()
    with pytest.raises(IntegrityError, match="append-only"), savepoint():
        rows.update(act="bees.sleep")
    audit.seal(at=AT)

    for act in (
        lambda: rows.update(act="bees.sleep"),
        lambda: rows.update(position=2),
        lambda: rows.update(seal="0" * 64),
        lambda: rows.update(position=None),
        rows.delete,
        lambda: seals.update(head="0" * 64),
        seals.delete,
    ):
        with pytest.raises(IntegrityError, match="append-only"), savepoint():
            act()

    assert audit.verify().whole
    assert audit.verify().sealed == 1


@pytest.mark.django_db
def test_the_acts_on_a_thing_are_told_newest_first_and_no_others(by: Actor) -> None:
    with transaction():
        for number, thing in enumerate(("hive 1", "hive 2", "hive 1")):
            audit.record(by=by, at=AT, act="bees.count", thing=thing, facts={"number": number})
    told = audit.told(["hive 1", "hive 3"])
    assert [(each.thing, each.facts, each.subject, each.acting_for) for each in told] == [
        ("hive 1", {"number": 2}, "s-ada", "kitchen"),
        ("hive 1", {"number": 0}, "s-ada", "kitchen"),
    ]
    assert [each.facts["number"] for each in audit.told(["hive 1"], most=1)] == [2]
    assert audit.told([]) == audit.told(["hive 1"], but=["bees.count"]) == ()
