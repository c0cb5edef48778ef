"""Rows that are added wait for one another: fewer statements, and nobody inside or outside the transaction can tell."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from tests.kit.conftest import AT

from inward.kit import audit, waiting, writing
from inward.kit.actor import Actor
from inward.kit.ids import new_id
from inward.kit.models import AuditRow, Version
from inward.kit.transaction import savepoint, transaction
from inward.kit.writing import GateClosed, Rows

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("tests", via="cli")


def noted(act):
    audit.record(by=HOUSE, at=AT, act=act, thing="thing", facts={})


def version(name, number=1, gate=""):
    return Rows("kit_version", ("name", "number"), ("text", "bigint"), ((name, number),), gate=gate)


def acts():
    return list(AuditRow.objects.order_by("id").values_list("act", flat=True))


def fails(*parts, block=transaction):
    """A block in which something is noted, rows are added, and without any of them something is raised."""
    with block():
        noted("lost")
        writing.add(*parts)
        if not parts:
            raise RuntimeError


def inserts(told):
    return [each["sql"] for each in told.captured_queries if "INSERT" in each["sql"]]


def test_what_is_added_in_several_places_is_written_by_one_statement_at_the_end():
    with CaptureQueriesContext(connection) as told, transaction():
        noted("one")
        noted("two")
        writing.add(version("waits"))
        assert inserts(told) == []
    assert len(inserts(told)) == (1 if connection.vendor == "postgresql" else 2)
    assert acts() == ["one", "two"]


def test_whoever_reads_a_table_in_the_transaction_reads_what_waited_for_it():
    with transaction():
        noted("one")
        assert acts() == ["one"]
        writing.add(version("waits"))
        assert Version.objects.filter(name="waits").update(number=7) == 1
        noted("two")
    assert acts() == ["one", "two"]
    assert Version.objects.get(name="waits").number == 7


def test_what_fails_takes_along_what_waited_and_leaves_nothing_for_the_next():
    with pytest.raises(RuntimeError):
        fails()
    assert waiting.taken() == []
    with transaction():
        noted("kept")
    assert acts() == ["kept"]


def test_a_part_that_is_undone_undoes_what_was_added_in_it_and_not_what_waited_before():
    with transaction():
        noted("before")
        with pytest.raises(RuntimeError):
            fails(block=savepoint)
        noted("after")
    assert acts() == ["before", "after"]


def test_what_the_database_refuses_at_the_end_undoes_all_of_it():
    with pytest.raises(IntegrityError):
        fails(version("twice"), version("twice"))
    assert acts() == []
    with transaction():
        noted("kept")
    assert acts() == ["kept"]


def test_a_row_that_must_be_new_is_written_at_once_with_all_that_waits_and_undoes_it_where_it_is_not():
    with CaptureQueriesContext(connection) as told, transaction():
        noted("first")
        writing.add(version("once", gate="fresh"))
        assert len(inserts(told)) == (1 if connection.vendor == "postgresql" else 2)
    with pytest.raises(GateClosed, match="fresh"):
        fails(version("once", 2, gate="fresh"))
    assert acts() == ["first"]


def test_whoever_counts_statements_for_a_while_counts_on_while_rows_wait_and_not_afterwards():
    counted = []

    def count(execute, sql, params, many, context):
        counted.append(sql)
        return execute(sql, params, many, context)

    with transaction():
        with connection.execute_wrapper(count):
            noted("one")
            assert acts() == ["one"]
            noted("two")
        before = len(counted)
        assert before >= 2
        assert acts() == ["one", "two"]
    assert len(counted) == before
    assert connection.execute_wrappers == []


def test_so_many_wait_and_no_more():
    with CaptureQueriesContext(connection) as told, transaction():
        for _ in range(waiting.MOST - 1):
            noted("many")
        assert inserts(told) == []
        writing.add(Rows("kit_version", ("name", "number"), ("text", "bigint"), ((f"v{new_id()}", 1),)))
        assert inserts(told) != []
        assert waiting.taken() == []
    assert len(acts()) == waiting.MOST - 1
