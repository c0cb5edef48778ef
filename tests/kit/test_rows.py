"""Rows read and written without the ORM are what the ORM says they are."""

from datetime import UTC, date, datetime

import pytest
from django.test.utils import CaptureQueriesContext
from tests.cast import MAYA
from tests.desk.asked import asked, given_desk, kept

from inward.desk.models import Case, CaseEvent, Queue
from inward.kit import rows, writing
from inward.kit.models import AuditRow, IdempotencyReceipt
from inward.kit.transaction import NoTransaction, transaction
from inward.kit.writing import Rows

AT = datetime(2026, 11, 30, 9, 0, 0, 123456, tzinfo=UTC)


def everything(thing):
    return {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}


def test_what_is_read_is_what_the_orm_reads(house):
    given_desk(house)
    case = kept(asked(house, MAYA))
    assert everything(rows.one(Case, reference=case.reference)) == everything(case)
    assert everything(rows.one(Queue, code="it")) == everything(Queue.objects.get(code="it"))
    found = rows.every(CaseEvent, order="id", case_id=case.pk)
    assert [everything(each) for each in found] == [everything(each) for each in CaseEvent.objects.filter(case=case)]
    assert rows.one(Case, reference="nothing") is None
    assert rows.every(CaseEvent, order="id", case_id=1) == []


def test_what_is_added_and_changed_is_what_the_orm_keeps(house, db):
    receipt = IdempotencyReceipt(actor="a", key="k", fingerprint="f", receipt={"ä": [1, None, "½"]}, at=AT)
    with transaction():
        writing.add(rows.rows_of([receipt]))
        rows.change(receipt, {"receipt": {"number": 7}, "fingerprint": "g"})
    found = IdempotencyReceipt.objects.get(key="k")
    assert (found.receipt, found.fingerprint, found.at, found.pk) == ({"number": 7}, "g", AT, receipt.pk)


def test_days_flags_and_nothing_are_kept_as_such(house):
    given_desk(house)
    case = kept(asked(house, MAYA))
    with transaction():
        rows.change(case, {"until": date(2026, 12, 24), "missed": True, "solved": None, "owner_id": None})
    found = kept(case.reference)
    assert (found.until, found.missed, found.solved, found.owner_id) == (date(2026, 12, 24), True, None, None)
    assert (found.state, found.answers) == (case.state, case.answers)


def test_where_nothing_is_changed_nothing_is_asked(house, django_assert_num_queries):
    given_desk(house)
    case = kept(asked(house, MAYA))
    with transaction(), django_assert_num_queries(0):
        rows.change(case, {})
        writing.add(Rows("kit_auditrow", ("id",), ("bigint",), ()))


def test_nothing_is_added_outside_a_transaction(db):
    row = Rows("kit_auditrow", ("id",), ("bigint",), ((1,),))
    with pytest.raises(NoTransaction):
        writing.add(row)
    assert not AuditRow.objects.exists()


def test_a_locked_row_is_read_with_a_lock_where_the_database_has_one(house):
    from django.db import connection

    given_desk(house)
    reference = asked(house, MAYA)
    with transaction(), CaptureQueriesContext(connection) as told:
        rows.one(Case, lock=True, reference=reference)
    assert ("FOR UPDATE" in told.captured_queries[-1]["sql"]) is (connection.vendor == "postgresql")
