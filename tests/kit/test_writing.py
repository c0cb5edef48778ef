"""The write set: every row or none, gates that close, and the same rows as the ORM would write."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inward.core.terms import Money, as_currency
from inward.kit import writing
from inward.kit.ids import new_id
from inward.kit.models import AuditRow, Heartbeat, IdempotencyReceipt, Task, Version
from inward.kit.transaction import transaction
from inward.kit.writing import Counter, GateClosed, Rows, Unchanged, WriteSet, write

pytestmark = [pytest.mark.database]

AT = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)


def versions(*rows: tuple[str, int], gate: str = "") -> Rows:
    return Rows("kit_version", ("name", "number"), ("text", "bigint"), rows, gate)


def draw(name: str, count: int, limit: int | None = 10, *, key: str = "honey") -> Counter:
    return Counter(name, "kit_version", {"name": key}, {"number": count}, {"number": limit})


def still(name: str, key: str, number: int | None, **more: bool) -> Unchanged:
    return Unchanged(name, "kit_version", {"name": key}, "number", number, **more)


def beats(name: str, worker: str, handled: int, limit: int | None, at: datetime = AT) -> Counter:
    insert = {"started_at": at, "beat_at": at}
    return Counter(name, "kit_heartbeat", {"worker": worker}, {"handled": handled}, {"handled": limit}, insert)


def receipts(*keys: str, gate: str = "once") -> Rows:
    columns = ("id", "actor", "key", "fingerprint", "receipt", "at")
    types = ("bigint", "text", "text", "text", "jsonb", "timestamptz")
    return Rows(
        "kit_idempotencyreceipt", columns, types, tuple((new_id(), "a", key, "f", {}, AT) for key in keys), gate
    )


def numbers() -> dict[str, int]:
    """What stands there but for what is so from the beginning: the version that orders hold is made with its table."""
    return dict(Version.objects.exclude(name="budgets").values_list("name", "number"))


def closed(*gates: Counter | Unchanged, rows: tuple[Rows, ...] = ()) -> str:
    """The name of the gate that closes; nothing must have been written."""
    before = (numbers(), Heartbeat.objects.count(), IdempotencyReceipt.objects.count())
    with pytest.raises(GateClosed) as caught:
        write(WriteSet(gates=gates, rows=(*rows, versions(("written", 1)))))
    assert (numbers(), Heartbeat.objects.count(), IdempotencyReceipt.objects.count()) == before
    return caught.value.name


# --- rows -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nothing_to_write_writes_nothing() -> None:
    write(WriteSet())
    write(WriteSet(rows=(versions(),)))

    assert numbers() == {}


@pytest.mark.django_db
def test_rows_of_several_tables_are_written_together() -> None:
    write(WriteSet(rows=(versions(("b", 2), ("a", 1)), receipts("k", gate=""), versions(("c", 2**62)))))

    assert numbers() == {"a": 1, "b": 2, "c": 2**62}
    assert IdempotencyReceipt.objects.get().key == "k"


@pytest.mark.django_db
def test_a_broken_constraint_leaves_no_row_of_any_table() -> None:
    with transaction(), pytest.raises(IntegrityError):
        write(WriteSet(gates=(draw("g", 1),), rows=(receipts("k", gate=""), versions(("a", 1), ("a", 2)))))

    assert numbers() == {}
    assert IdempotencyReceipt.objects.count() == 0


@pytest.mark.django_db
def test_an_error_of_a_value_is_not_taken_for_a_gate() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes any text")
    with transaction(), pytest.raises(DataError):
        write(WriteSet(rows=(Rows("kit_version", ("name", "number"), ("text", "bigint"), (("a", "many"),)),)))

    assert numbers() == {}


@pytest.mark.parametrize(
    ("columns", "types", "rows"), [(("a", "b"), ("text",), ()), (("a",), ("text",), (("x",), ("y", "z")))]
)
def test_rows_that_do_not_fit_their_columns_cannot_be_made(columns: Any, types: Any, rows: Any) -> None:
    with pytest.raises(ValueError, match="columns"):
        Rows("kit_version", columns, types, rows)


@pytest.mark.django_db
@pytest.mark.parametrize("value", [object(), Money(1, as_currency("EUR")), b"bytes"])
def test_a_value_no_database_can_keep_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        write(WriteSet(rows=(replace(receipts("k"), rows=((1, "a", "k", "f", {"x": value}, AT),)),)))


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    facts=json_values.filter(lambda value: value is not None),
    thing=texts,
    moment=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(timezone(timedelta(hours=2)))),
)
@pytest.mark.parametrize("many", [200, 1], ids=["as_a_parameter", "as_a_stream"])
def test_the_fast_way_writes_what_the_orm_writes(
    monkeypatch: pytest.MonkeyPatch, many: int, facts: Any, thing: str, moment: datetime
) -> None:
    monkeypatch.setattr(writing, "MANY", many)
    columns = {
        "id": "bigint",
        "at": "timestamptz",
        "subject": "text",
        "acting_for": "text",
        "via": "text",
        "act": "text",
        "thing": "text",
        "facts": "jsonb",
        "seal": "text",
    }
    fast, plain = new_id(), new_id()
    row = (moment, "s-ada", "", "web", "bees.swarm", thing, facts, "")
    write(WriteSet(rows=(Rows("kit_auditrow", tuple(columns), tuple(columns.values()), ((fast, *row),)),)))
    AuditRow.objects.create(id=plain, **dict(zip(list(columns)[1:], row, strict=True)))

    one, other = (AuditRow.objects.filter(id=key).values(*list(columns)[1:]).get() for key in (fast, plain))
    assert one == other
    assert one["facts"] == facts
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # stored alike, not only read alike
            cursor.execute("SELECT DISTINCT at, thing FROM kit_auditrow WHERE id IN (%s, %s)", [fast, plain])
            assert len(cursor.fetchall()) == 1


# --- new rows -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_row_that_is_there_already_closes_its_gate() -> None:
    write(WriteSet(rows=(receipts("k1"),)))

    assert closed(rows=(receipts("k1"),)) == "once"
    assert closed(rows=(receipts("k2", "k1"),)) == "once"
    assert IdempotencyReceipt.objects.get().key == "k1"


@pytest.mark.django_db
def test_a_repeat_is_told_so_before_it_is_told_that_the_honey_is_gone() -> None:
    write(WriteSet(gates=(draw("allowance", 10),), rows=(receipts("k1"),)))

    assert closed(draw("allowance", 10), rows=(receipts("k1"),)) == "once"
    assert closed(draw("allowance", 10), rows=(receipts("k2"),)) == "allowance"


# --- unchanged ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("hold", [False, True])
def test_a_version_that_moved_closes_its_gate(hold: bool) -> None:
    write(WriteSet(rows=(versions(("a", 1), ("b", 2)),)))

    write(WriteSet(gates=(still("a", "a", 1, hold=hold), still("b", "b", 2, hold=hold)), rows=(versions(("c", 3)),)))

    assert numbers() == {"a": 1, "b": 2, "c": 3}
    assert closed(still("a", "a", 1, hold=hold), still("b moved", "b", 1, hold=hold)) == "b moved"


@pytest.mark.django_db
def test_a_row_that_is_not_there_is_open_only_where_that_is_said() -> None:
    write(WriteSet(gates=(still("a", "a", 0, or_absent=True),), rows=(versions(("b", 0)),)))

    assert closed(still("gone", "a", 0)) == "gone"
    assert closed(still("moved", "b", 1, or_absent=True)) == "moved"


@pytest.mark.django_db
def test_nothing_equals_nothing() -> None:
    task = Task.objects.create(kind="JOB", name="n", due_at=AT, created_at=AT, key="k")
    empty = Unchanged("undone", "kit_task", {"id": task.id}, "done_at", None)
    due = Unchanged("due", "kit_task", {"id": task.id}, "due_at", AT)

    write(WriteSet(gates=(empty, due)))

    assert closed(replace(empty, value=AT)) == "undone"
    assert closed(replace(due, value=None)) == "due"
    assert closed(replace(due, value=AT + timedelta(microseconds=1))) == "due"


# --- counters -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_counter_is_made_filled_and_refused_at_its_limit() -> None:
    write(WriteSet(gates=(draw("honey", 7),)))
    write(WriteSet(gates=(draw("honey", 3),)))

    assert numbers() == {"honey": 10}
    assert closed(draw("honey", 1)) == "honey"
    assert closed(draw("fresh", 11, key="wax")) == "fresh"


@pytest.mark.django_db
def test_giving_back_is_never_refused_even_above_a_lowered_limit() -> None:
    write(WriteSet(gates=(draw("honey", 10),)))

    write(WriteSet(gates=(draw("honey", -1, limit=5), draw("other", 0, limit=5, key="wax"))))

    assert numbers() == {"honey": 9, "wax": 0}
    assert closed(draw("honey", 1, limit=5)) == "honey"


@pytest.mark.django_db
def test_a_counter_without_a_limit_counts() -> None:
    write(WriteSet(gates=(draw("honey", 10**15, limit=None), replace(draw("wax", 3, key="wax"), limits={}))))

    assert numbers() == {"honey": 10**15, "wax": 3}


@pytest.mark.django_db
def test_one_of_two_counters_beyond_its_limit_leaves_the_other_as_it_was() -> None:
    write(WriteSet(gates=(draw("honey", 5), beats("beats", "w", 3, 10))))

    assert closed(draw("honey", 5), beats("too many beats", "w", 8, 10)) == "too many beats"
    assert numbers() == {"honey": 5}
    assert Heartbeat.objects.get().handled == 3
    assert Heartbeat.objects.get().started_at == AT


@pytest.mark.django_db
def test_two_columns_have_two_limits() -> None:
    insert = {
        "id": 1,
        "kind": "JOB",
        "name": "n",
        "payload": "{}",
        "due_at": AT,
        "state": "DONE",
        "last_error": "",
        "created_at": AT,
    }
    both = Counter(
        "both", "kit_task", {"key": "k"}, {"attempts": 2, "version": 3}, {"attempts": 4, "version": 6}, insert
    )

    write(WriteSet(gates=(both,)))
    write(WriteSet(gates=(replace(both, insert={**insert, "id": 2}),)))

    assert Task.objects.values_list("id", "attempts", "version").get() == (1, 4, 6)
    assert closed(replace(both, add={"attempts": 0, "version": 1})) == "both"
    assert closed(replace(both, add={"attempts": 1, "version": 0})) == "both"


@pytest.mark.django_db
def test_what_is_asked_of_the_same_row_is_added_up_within_the_narrower_limit() -> None:
    write(WriteSet(gates=(draw("first", 2, limit=None), draw("second", 3, limit=9), draw("third", 4, limit=20))))

    assert numbers() == {"honey": 9}
    assert closed(draw("first", 1, limit=None), draw("second", 1, limit=9), draw("third", -1, limit=20)) == "first"


@pytest.mark.django_db
def test_gates_with_odd_names_are_named_exactly() -> None:
    name = "allowance:<Ærfugl>\n'%s\" 100%"

    assert closed(draw(name, 11)) == name


@pytest.mark.django_db
def test_many_counters_are_one_shape_and_the_first_closed_is_named() -> None:
    gates = [draw(f"g{number:03}", number, limit=48, key=f"k{number:03}") for number in range(50)]

    write(WriteSet(gates=tuple(reversed(gates[:49]))))

    assert numbers() == {f"k{number:03}": number for number in range(49)}
    assert closed(gates[49], gates[0]) == "g049"


# --- how it is written ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_postgresql_gets_one_statement_with_the_same_text_for_the_same_shape() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes several statements")
    texts = []

    def instead(_execute: object, sql: str, params: list[str], _many: bool, _context: object) -> None:
        if sql.startswith("WITH"):
            texts.append((sql, params[0]))

    with connection.execute_wrapper(instead):
        write(WriteSet(gates=(draw("a", 1), still("v", "x", 1)), rows=(receipts("k1"), versions(("a", 1)))))
        write(
            WriteSet(
                gates=(still("w", "y", 2), draw("b", 2, None, key="o"), draw("c", 1)),
                rows=(receipts("k2"), versions(("b", 1), ("c", 1))),
            )
        )

    assert texts[0][0] is texts[1][0]
    assert texts[0][1] != texts[1][1]


def test_on_its_own_postgresql_is_asked_once(committed: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes several statements")
    connection.ensure_connection()
    with CaptureQueriesContext(connection) as asked:
        write(WriteSet(gates=(draw("a", 1),), rows=(receipts("k1"), versions(("a", 1)))))

    assert len(asked) == 1


def test_hundreds_of_rows_are_streamed_and_the_rest_is_one_statement(committed: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no streams")
    many = tuple((f"k{number:03}", number) for number in range(writing.MANY))
    with CaptureQueriesContext(connection) as asked:
        write(WriteSet(gates=(draw("a", 1),), rows=(receipts("k1"), versions(*many))))

    assert numbers() == {**dict(many), "honey": 1}
    words = [query["sql"].split()[0] for query in asked]
    assert [word for word in words if word not in ("BEGIN", "COMMIT", "SELECT")] == [
        "SAVEPOINT",
        "WITH",
        "RELEASE",
        "COPY",
    ]


@pytest.mark.django_db
def test_of_hundreds_of_rows_none_is_written_where_a_gate_is_closed() -> None:
    many = versions(*((f"k{number:03}", number) for number in range(writing.MANY)))
    new = tuple(f"k{number:03}" for number in range(writing.MANY))

    assert closed(draw("honey", 11), rows=(many,)) == "honey"
    assert closed(draw("honey", 11), rows=(receipts(*new),)) == "honey"
    write(WriteSet(rows=(receipts("k007"),)))
    with transaction():
        assert closed(draw("honey", 11), rows=(many, receipts(*new))) == "once"
        write(WriteSet(rows=(versions(("after", 1)),)))
    assert numbers() == {"after": 1}
    assert IdempotencyReceipt.objects.get().key == "k007"


@pytest.mark.django_db
def test_a_broken_constraint_of_hundreds_of_new_rows_is_not_taken_for_a_gate() -> None:
    made = receipts(*(f"k{number:03}" for number in range(writing.MANY)))
    broken = replace(made, rows=(*made.rows[:-1], (new_id(), None, "k", "f", {}, AT)))
    with pytest.raises(IntegrityError):
        write(WriteSet(rows=(broken,)))
    assert not IdempotencyReceipt.objects.exists()


@pytest.mark.django_db
def test_a_closed_gate_leaves_an_open_transaction_usable() -> None:
    with transaction():
        write(WriteSet(rows=(versions(("before", 1)),)))
        with pytest.raises(GateClosed):
            write(WriteSet(gates=(draw("honey", 11),), rows=(versions(("undone", 1)),)))
        write(WriteSet(rows=(versions(("after", 1)),)))

    assert numbers() == {"before": 1, "after": 1}


@pytest.mark.django_db
def test_fractions_and_whole_numbers_beyond_floats_are_kept_exactly() -> None:
    class Feast(date):
        """Libraries bring such days along."""

    row = (1, "a", "k", "f", {"rate": Fraction(1, 3), "big": 2**53 + 1, "day": Feast(2026, 3, 2)}, AT)
    write(WriteSet(rows=(replace(receipts("k"), rows=(row,)),)))

    assert IdempotencyReceipt.objects.get().receipt == {"rate": "1/3", "big": 2**53 + 1, "day": "2026-03-02"}


@pytest.mark.django_db
def test_a_day_is_stored_as_django_stores_it() -> None:
    table = "test_day"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {table} (on_day date)")
        write(WriteSet(rows=(Rows(table, ("on_day",), ("date",), ((AT.date(),), (None,))),)))
        cursor.execute(f"SELECT CAST(on_day AS text) FROM {table} ORDER BY on_day IS NULL")
        assert cursor.fetchall() == [("2026-03-02",), (None,)]


# --- several at once ------------------------------------------------------------------------------------------------


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; what each returned, or the gate that closed."""
    barrier = threading.Barrier(len(acts))
    answers: list[Any] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(10)
            answers.append(act())
        except GateClosed as gate:
            answers.append(gate.name)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(answers, key=str)


def test_of_many_who_want_the_last_pot_of_honey_one_gets_it(committed: None) -> None:
    write(WriteSet(gates=(draw("honey", 9),)))
    wishes = [WriteSet(gates=(draw("honey", 1),), rows=(versions((f"pot {number}", 1)),)) for number in range(8)]

    answers = at_once(*(lambda wish=wish: write(wish) for wish in wishes))

    assert answers == [None, *["honey"] * 7]
    assert numbers()["honey"] == 10
    assert len(numbers()) == 2


def test_of_many_who_open_a_counter_at_once_as_many_get_through_as_it_holds(committed: None) -> None:
    answers = at_once(*(lambda: write(WriteSet(gates=(draw("honey", 4),))) for _ in range(6)))

    assert answers == [None, None, *["honey"] * 4]
    assert numbers() == {"honey": 8}


def test_the_same_submission_by_many_at_once_is_written_once(committed: None) -> None:
    wishes = [WriteSet(rows=(receipts("k"), versions((f"order {number}", 1)))) for number in range(6)]

    answers = at_once(*(lambda wish=wish: write(wish) for wish in wishes))

    assert answers == [None, *["once"] * 5]
    assert len(numbers()) == 1
    assert IdempotencyReceipt.objects.count() == 1


def test_counters_asked_in_any_order_never_lock_each_other_out(committed: None) -> None:
    names = ["a", "b", "c", "d"]

    def many(order: list[str]) -> None:
        for _ in range(25):
            write(WriteSet(gates=tuple(draw(name, 1, None, key=name) for name in order)))

    at_once(*(lambda order=order: many(order) for order in (names, names[::-1], names[2:] + names[:2], names[1::-1])))

    assert numbers() == {"a": 100, "b": 100, "c": 75, "d": 75}


def test_a_held_row_cannot_change_until_the_write_has_ended(committed: None) -> None:
    """Closing a month waits for the entries that were written on the strength of its being open, or comes before them."""
    write(WriteSet(rows=(versions(("month", 1)),)))
    order: list[str] = []
    inside, go_on = threading.Event(), threading.Event()

    def post() -> None:
        with transaction():
            write(WriteSet(gates=(still("open", "month", 1, hold=True),), rows=(versions(("entry", 1)),)))
            inside.set()
            go_on.wait(10)
            order.append("posted")

    def close() -> None:
        inside.wait(10)
        with transaction():
            Version.objects.filter(name="month").update(number=2)
            order.append("closed")

    threads = [threading.Thread(target=lambda act=act: (act(), connection.close())) for act in (post, close)]
    for thread in threads:
        thread.start()
    inside.wait(10)
    threads[1].join(0.3)
    assert threads[1].is_alive()
    go_on.set()
    for thread in threads:
        thread.join(10)

    assert order == ["posted", "closed"]
    assert closed(still("open", "month", 1, hold=True)) == "open"


def test_two_processes_want_the_last_one_and_one_gets_it(child: Callable[..., Any]) -> None:
    processes = [child("place_at_once", name="honey", limit=1) for _ in range(2)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()

    assert sorted(process.stdout.readline() for process in processes) == ["honey\n", "won\n"]
    assert numbers() == {"honey": 1}
