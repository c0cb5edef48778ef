"""The hot path's way to write: one act's rows in every table, gated by what must still be true, all or nothing.

Rooms hand over rows and gates as values; none touches another's tables. PostgreSQL gets one data-modifying statement with
one JSON parameter, whose text is the same for every act of the same shape, so it is planned once; hundreds of rows for one
table go beside it, as a stream (``copying``). SQLite gets the same gates as plain statements behind the write lock.
Everything that is not hot uses the ORM inside ``transaction()``.

A gate is a condition that is checked and, where it counts something, taken in the same instant:
``Counter`` adds within limits, ``Unchanged`` asks that a row is still as it was, and rows with a ``gate`` must be new.
A closed gate undoes everything. Gates are taken in one order for all acts (new rows, unchanged rows, counters; then
table, then key), so two acts never wait for each other crosswise.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import chain, groupby
from typing import Any, TypeAlias

from django.db import DataError, IntegrityError, connection

from inward.kit import waiting
from inward.kit.copying import copy
from inward.kit.plain import as_json
from inward.kit.transaction import savepoint, transaction_required

Value: TypeAlias = Any
"""What a column takes: text, whole number, flag, None, date, aware instant; lists and mappings in jsonb columns."""

MANY = 200
"""From so many rows for one table on, they go as a stream."""

_NOT_NEW = "23505"
"""How PostgreSQL calls a broken unique constraint."""
_FIELDS = tuple(f"f{place}" for place in range(200))
_MARK = re.compile(r"closed gate <(.*)>", re.DOTALL)


class GateClosed(Exception):  # noqa: N818 - it states a fact, as every exception of the house does
    """A condition no longer held when the rows were written: nothing was. ``name`` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows for one table, in the order of ``columns``; ``types`` are PostgreSQL's names ("bigint", "jsonb", …).

    Every column without a default in the database must be there. With a ``gate``, each row must be new by the table's
    unique constraints: one that is there already closes the gate of that name.
    """

    table: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    gate: str = ""

    def __post_init__(self) -> None:
        width = len(self.columns)
        if len(self.types) != width or any(len(row) != width for row in self.rows):
            msg = f"rows for {self.table} must have {width} columns, each with a type"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Counter:
    """Add to the row with this key, which a unique constraint must cover; make it when it is not there.

    Closed when an addition above zero takes its column beyond its limit (None or absent: no limit). Giving back is never
    refused. ``insert`` holds what else a new row needs.
    """

    name: str
    table: str
    key: Mapping[str, Value]
    add: Mapping[str, int]
    limits: Mapping[str, int | None] = field(default_factory=dict)
    insert: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Closed unless the column of the row with this key still has this value.

    With ``or_absent`` a row that is not there is as good. With ``hold`` nobody can change the row until the write has
    ended (a share lock: not for a row that every act asks); without it, the write counts as having come just before.
    """

    name: str
    table: str
    key: Mapping[str, Value]
    column: str
    value: Value
    or_absent: bool = False
    hold: bool = False


@dataclass(frozen=True, slots=True)
class WriteSet:
    """All that one act writes, and all that must be true when it does. Rows are written in the order given."""

    gates: tuple[Counter | Unchanged, ...] = ()
    rows: tuple[Rows, ...] = ()


def write(write_set: WriteSet) -> None:
    """Write all of it or nothing; on its own, or as part of an open transaction (then only its own part is undone).

    Raises GateClosed with the name of the first closed gate; database errors (a broken constraint) as Django's.
    """
    new, rows = _arranged(write_set.rows)
    unchanged = _grouped(_of(Unchanged, write_set.gates), _unchanged_shape)
    counters = _grouped(_added_up(_of(Counter, write_set.gates)), _counter_shape)
    work = _Work(new, unchanged, counters, rows)
    if connection.vendor == "postgresql":
        _write_postgresql(work)
    else:
        _write_sqlite(work)


@transaction_required
def add(*parts: Rows) -> None:
    """Add rows to the open transaction. What the database refuses (a broken constraint) undoes all of that.

    They wait for others that are added, and are written in one statement with them (``waiting``). Rows with a ``gate`` are written at
    once, and all that waits with them: raises GateClosed, which undoes the whole transaction and not, as with ``write``, its own part.
    """
    new = [part for part in parts if part.gate]
    waiting.wait([part for part in parts if part.rows and not part.gate], _added)
    if new:
        _added([*new, *waiting.taken()])


def _added(parts: Sequence[Rows]) -> None:
    """Write rows in the open transaction as they are, in one statement where there is one."""
    new, rows = _arranged(parts)
    work = _Work(new, [], [], rows)
    if connection.vendor == "postgresql":
        _ask_at_once(work)
    else:
        _ask_plainly(work)


# --- putting a write set in order ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Work:
    """A write set in order: gates grouped by shape (what the statement's text depends on), rows joined by table."""

    new: list[Rows]
    unchanged: list[list[Unchanged]]
    counters: list[list[Counter]]
    rows: list[Rows]


def _of(kind: type[Any], gates: Iterable[Counter | Unchanged]) -> list[Any]:
    return [gate for gate in gates if isinstance(gate, kind)]


def _arranged(rows: Iterable[Rows]) -> tuple[list[Rows], list[Rows]]:
    """The rows that must be new, sorted, and the others in the order given; those for the same columns joined."""
    alike: dict[tuple[Any, ...], list[Rows]] = {}
    for part in rows:
        if part.rows:
            alike.setdefault((part.table, part.columns, part.types, part.gate), []).append(part)
    joined = [_joined(parts) for parts in alike.values()]
    new = sorted((part for part in joined if part.gate), key=lambda part: (part.table, part.gate))
    return new, [part for part in joined if not part.gate]


def _joined(parts: list[Rows]) -> Rows:
    """Rows for the same columns as one."""
    return parts[0] if len(parts) == 1 else replace(parts[0], rows=tuple(chain(*(part.rows for part in parts))))


def _sort_key(gate: Counter | Unchanged) -> tuple[Any, ...]:
    return gate.table, tuple(sorted(gate.key)), as_json(gate.key), gate.name


def _unchanged_shape(gate: Unchanged) -> tuple[Any, ...]:
    return gate.table, tuple(sorted(gate.key)), gate.column, gate.hold


def _counter_shape(gate: Counter) -> tuple[Any, ...]:
    return gate.table, tuple(sorted(gate.key)), tuple(sorted(gate.add)), tuple(sorted(gate.insert))


def _grouped(gates: list[Any], shape: Callable[[Any], tuple[Any, ...]]) -> list[list[Any]]:
    """Gates of one shape together, in the one order in which all acts take them."""
    ordered = sorted(gates, key=lambda gate: (shape(gate), _sort_key(gate)))
    return [list(group) for _, group in groupby(ordered, key=shape)]


def _added_up(counters: Iterable[Counter]) -> list[Counter]:
    """One counter per row: no statement may change a row twice, so what is asked of the same row is added up."""
    merged: dict[tuple[str, bytes], Counter] = {}
    for gate in counters:
        place = (gate.table, as_json(gate.key))
        earlier = merged.get(place)
        merged[place] = gate if earlier is None else _sum(earlier, gate)
    return list(merged.values())


def _sum(one: Counter, other: Counter) -> Counter:
    """Both additions at once, within the narrower of both limits."""
    add = {name: one.add.get(name, 0) + other.add.get(name, 0) for name in {*one.add, *other.add}}
    limits = {name: _narrower(one.limits.get(name), other.limits.get(name)) for name in {*one.limits, *other.limits}}
    return Counter(one.name, one.table, one.key, add, limits, {**other.insert, **one.insert})


def _narrower(one: int | None, other: int | None) -> int | None:
    given = [limit for limit in (one, other) if limit is not None]
    return min(given, default=None)


# --- PostgreSQL: one statement ------------------------------------------------------------------------------------


def _write_postgresql(work: _Work) -> None:
    many_new, many = [[part for part in parts if len(part.rows) >= MANY] for parts in (work.new, work.rows)]
    if not many_new and not many:
        _write_at_once(work)
        return
    with savepoint():
        for part in many_new:
            _copy_new(part)
        few_new, few = [[part for part in parts if len(part.rows) < MANY] for parts in (work.new, work.rows)]
        _write_at_once(replace(work, new=few_new, rows=few))
        for part in many:
            copy(part.table, part.columns, part.types, part.rows)


def _copy_new(part: Rows) -> None:
    """Rows that must be new: whatever unique constraint says that one is not closes their gate."""
    try:
        copy(part.table, part.columns, part.types, part.rows)
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", "") != _NOT_NEW:
            raise
        raise GateClosed(part.gate) from None


def _write_at_once(work: _Work) -> None:
    """All of it in one statement, which is a transaction of its own: one is opened only to keep an outer one usable."""
    if not connection.in_atomic_block:
        _ask_at_once(work)
        return
    with savepoint():
        _ask_at_once(work)


def _ask_at_once(work: _Work) -> None:
    statement = _statement(
        tuple((part.table, part.columns, part.types) for part in work.new),
        tuple(_unchanged_shape(group[0]) for group in work.unchanged),
        tuple(_counter_shape(group[0]) for group in work.counters),
        tuple((part.table, part.columns, part.types) for part in work.rows),
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, [as_json(_parameter(work)).decode()])
    except DataError as error:
        found = _MARK.search(str(error))
        if found is None:
            raise
        raise GateClosed(found[1]) from None


def _parameter(work: _Work) -> dict[str, Any]:
    """Everything that differs from one act to the next, under the names by which the statement asks for it."""
    parameter: dict[str, Any] = {}
    for number, part in enumerate(work.new):
        parameter[f"n{number}"] = _objects(part.rows)
        parameter[f"n{number}_gate"] = part.gate
    for number, group in enumerate(work.unchanged):
        parameter[f"u{number}"] = [
            {"gate": gate.name, "row": {**gate.key, gate.column: gate.value}, "absent": gate.or_absent}
            for gate in group
        ]
    for number, counters in enumerate(work.counters):
        parameter[f"c{number}"] = [
            {"gate": gate.name, "row": {**gate.insert, **gate.key, **gate.add}, "limits": _binding(gate)}
            for gate in counters
        ]
    for number, part in enumerate(work.rows):
        parameter[f"r{number}"] = _objects(part.rows)
    return parameter


def _objects(rows: Iterable[Sequence[Value]]) -> list[dict[str, Value]]:
    """Rows as objects named by position: short names are less to send and to read."""
    return [dict(zip(_FIELDS, row, strict=False)) for row in rows]


def _binding(gate: Counter) -> dict[str, int]:
    """The limits that can refuse this addition."""
    limits = ((name, gate.limits.get(name)) for name, added in gate.add.items() if added > 0)
    return {name: limit for name, limit in limits if limit is not None}


@lru_cache(maxsize=256)
def _statement(
    new: tuple[tuple[Any, ...], ...],
    unchanged: tuple[tuple[Any, ...], ...],
    counters: tuple[tuple[Any, ...], ...],
    rows: tuple[tuple[Any, ...], ...],
) -> str:
    """The text for a shape. Each gate's part hangs on the check of the one before, all rows on the last check.

    That order must be spelled out: PostgreSQL otherwise runs the parts of a WITH in any order, all on one snapshot.
    """
    parts = ["d AS MATERIALIZED (SELECT %s::jsonb AS j)"]
    after = "d"
    for number, shape in enumerate(new):
        parts += _new_part(f"n{number}", after, *shape)
        after = f"n{number}_open"
    for number, shape in enumerate(unchanged):
        parts += _unchanged_part(f"u{number}", after, *shape)
        after = f"u{number}_open"
    for number, shape in enumerate(counters):
        parts += _counter_part(f"c{number}", after, *shape)
        after = f"c{number}_open"
    for number, (table, columns, types) in enumerate(rows):
        parts.append(f"r{number} AS ({_insert(f'r{number}', after, table, columns, types)})")
    return "WITH " + ",\n".join(parts) + f"\nSELECT 1 FROM {after}"


def _quoted(name: str) -> str:
    """A name from our own models as an identifier."""
    return connection.ops.quote_name(name)


def _check(name: str) -> str:
    """One row when nothing is in ``NAME_closed``; else a cast error that carries the gate's name and undoes all.

    An error is the only way in which a plain statement can undo itself without a second trip.
    """
    error = "CAST('closed gate <' || gate || '>' AS integer)"
    return f"{name}_open AS MATERIALIZED (SELECT count({error}) FROM {name}_closed)"  # noqa: S608 - names of our own


def _insert(name: str, after: str, table: str, columns: Sequence[str], types: Sequence[str]) -> str:
    fields = ", ".join(f"f{place} {kind}" for place, kind in enumerate(types))
    values = ", ".join(f"x.f{place}" for place in range(len(columns)))
    into = ", ".join(_quoted(column) for column in columns)
    source = "d" if after == "d" else f"{after}, d"
    return (
        f"INSERT INTO {_quoted(table)} ({into}) "  # noqa: S608 - names of our own models, quoted
        f"SELECT {values} FROM {source}, jsonb_to_recordset(d.j->'{name}') AS x({fields})"
    )


def _new_part(name: str, after: str, table: str, columns: Sequence[str], types: Sequence[str]) -> list[str]:
    closed = (
        f"SELECT d.j->>'{name}_gate' AS gate FROM d "  # noqa: S608 - names of our own
        f"WHERE (SELECT count(*) FROM {name}) < jsonb_array_length(d.j->'{name}')"
    )
    return [
        f"{name} AS ({_insert(name, after, table, columns, types)} ON CONFLICT DO NOTHING RETURNING 1)",
        f"{name}_closed AS MATERIALIZED ({closed})",
        _check(name),
    ]


def _input(name: str, after: str, table: str) -> str:
    """The group's gates as ``e`` (their JSON) and ``r`` (the same as a row of the table, so every type is right)."""
    source = "d" if after == "d" else f"{after}, d"
    return (
        f"{source}, jsonb_array_elements(d.j->'{name}') WITH ORDINALITY AS e(o, n), "
        f"jsonb_populate_record(NULL::{_quoted(table)}, e.o->'row') AS r"
    )


def _unchanged_part(
    name: str,
    after: str,
    table: str,
    key: Sequence[str],
    column: str,
    hold: bool,  # noqa: FBT001 - comes from a shape
) -> list[str]:
    same = " AND ".join(f"t.{_quoted(part)} = r.{_quoted(part)}" for part in key)
    holds = f"t.{_quoted(column)} IS NOT DISTINCT FROM r.{_quoted(column)}"
    # A locked row is read as it is now, not as it was when the statement began: that is what holding is for.
    lock = " FOR SHARE" if hold else ""
    closed = (
        f"SELECT e.o->>'gate' AS gate FROM {_input(name, after, table)} "  # noqa: S608 - names of our own models, quoted
        f"LEFT JOIN LATERAL (SELECT {holds} AS same FROM {_quoted(table)} AS t WHERE {same}{lock}) AS s ON true "
        "WHERE NOT COALESCE(s.same, (e.o->>'absent')::boolean) ORDER BY e.n LIMIT 1"
    )
    return [f"{name}_closed AS MATERIALIZED ({closed})", _check(name)]


def _counter_part(
    name: str, after: str, table: str, key: Sequence[str], add: Sequence[str], insert: Sequence[str]
) -> list[str]:
    columns = (*key, *add, *insert)
    into = ", ".join(_quoted(column) for column in columns)
    values = ", ".join(f"r.{_quoted(column)}" for column in columns)
    sums = ", ".join(f"{_quoted(column)} = t.{_quoted(column)} + EXCLUDED.{_quoted(column)}" for column in add)
    on_key = ", ".join(_quoted(part) for part in key)
    # The sum is taken first and judged after: a closed gate undoes it anyway, and so it is right under any interleaving.
    counted = (
        f"INSERT INTO {_quoted(table)} AS t ({into}) SELECT {values} FROM {_input(name, after, table)} "  # noqa: S608 - as above
        f"ORDER BY e.n ON CONFLICT ({on_key}) DO UPDATE SET {sums} RETURNING {into}"
    )
    same = " AND ".join(f"g.{_quoted(part)} = r.{_quoted(part)}" for part in key)
    beyond = " OR ".join(f"g.{_quoted(column)} > (e.o->'limits'->>'{column}')::bigint" for column in add)
    closed = (
        f"SELECT e.o->>'gate' AS gate FROM {_input(name, 'd', table)} "  # noqa: S608 - as above
        f"JOIN {name} AS g ON {same} WHERE {beyond} ORDER BY e.n LIMIT 1"
    )
    return [f"{name} AS ({counted})", f"{name}_closed AS MATERIALIZED ({closed})", _check(name)]


# --- SQLite: plain statements behind the write lock ------------------------------------------------------------------


def _write_sqlite(work: _Work) -> None:
    with savepoint():
        _ask_plainly(work)


def _ask_plainly(work: _Work) -> None:
    with connection.cursor() as cursor:
        for part in work.new:
            _insert_new(cursor, part)
        for group in work.unchanged:
            for gate in group:
                _ask(cursor, gate)
        for counters in work.counters:
            for counter in counters:
                _count(cursor, counter)
        for part in work.rows:
            cursor.executemany(_plain_insert(part.table, part.columns), _stored_rows(part))


@lru_cache(maxsize=256)
def _plain_insert(table: str, columns: tuple[str, ...]) -> str:
    into = ", ".join(_quoted(column) for column in columns)
    return f"INSERT INTO {_quoted(table)} ({into}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608


def _insert_new(cursor: Any, part: Rows) -> None:
    cursor.executemany(f"{_plain_insert(part.table, part.columns)} ON CONFLICT DO NOTHING", _stored_rows(part))
    if cursor.rowcount < len(part.rows):
        raise GateClosed(part.gate)


def _ask(cursor: Any, gate: Unchanged) -> None:
    where = " AND ".join(f"{_quoted(name)} = %s" for name in gate.key)
    asked = f"SELECT {_quoted(gate.column)} IS %s FROM {_quoted(gate.table)} WHERE {where}"  # noqa: S608
    cursor.execute(asked, [_stored(gate.value), *map(_stored, gate.key.values())])
    found = cursor.fetchone()
    if not (gate.or_absent if found is None else found[0]):
        raise GateClosed(gate.name)


def _count(cursor: Any, gate: Counter) -> None:
    values = {**gate.insert, **gate.key, **gate.add}
    add = list(gate.add)
    sums = ", ".join(f"{_quoted(name)} = {_quoted(name)} + excluded.{_quoted(name)}" for name in add)
    statement = (
        f"{_plain_insert(gate.table, tuple(values))} ON CONFLICT ({', '.join(map(_quoted, gate.key))}) "
        f"DO UPDATE SET {sums} RETURNING {', '.join(map(_quoted, add))}"
    )
    cursor.execute(statement, list(map(_stored, values.values())))
    totals = dict(zip(add, cursor.fetchone(), strict=True))
    if any(totals[name] > limit for name, limit in _binding(gate).items()):
        raise GateClosed(gate.name)


def _stored_rows(part: Rows) -> list[list[Value]]:
    """The rows as Django itself stores them in SQLite, so that the ORM reads and compares them alike."""
    changed = [place for place, kind in enumerate(part.types) if kind in ("jsonb", "timestamptz", "date")]
    plain = frozenset(place for place in changed if part.types[place] == "jsonb")
    stored = []
    for row in part.rows:
        values = list(row)
        for place in changed:
            values[place] = _stored(values[place], plain=place in plain)
        stored.append(values)
    return stored


def stored(value: Value, kind: str) -> Value:
    """A value of a column of this type (PostgreSQL's name) as the database takes it by itself."""
    if connection.vendor == "postgresql":
        if kind != "jsonb" or value is None:
            return value
        from psycopg.types.json import Jsonb

        return Jsonb(value, as_json)
    return _stored(value, plain=kind == "jsonb")


def _stored(value: Value, *, plain: bool = False) -> Value:
    """One value; its own type says what is to be done, unless the column holds JSON."""
    if value is None:
        return None
    if plain:
        return as_json(value).decode()
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
