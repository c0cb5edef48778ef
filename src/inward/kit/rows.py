"""Rows of one table, read, added and changed by statements whose text is made once for each table: for acts that are done often.

What the ORM works out anew for every statement (which columns, how each is kept and read) is worked out once for a model. What is
read is an instance as the ORM gives it; nothing else is different.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from django.db import connection
from django.db.models import Model

from inward.kit.transaction import transaction_required
from inward.kit.writing import Rows, stored

M = TypeVar("M", bound=Model)
Reader: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is known of a model's table: its columns with PostgreSQL's types, attributes in their order, and what each needs when read."""

    table: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    attributes: tuple[str, ...]
    readers: tuple[tuple[int, Reader], ...]
    key: str


def one(model: type[M], *, lock: bool = False, **where: Any) -> M | None:
    """The row with these values of columns that are unique together, or None; with ``lock`` held until the transaction ends."""
    shape = _shape(model, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(_select(shape, tuple(where), lock=lock), list(where.values()))
        found = cursor.fetchone()
    return None if found is None else _made(model, shape, found)


def every(model: type[M], *, order: str, **where: Any) -> list[M]:
    """All rows with these values, in the order of a column. For few rows."""
    shape = _shape(model, connection.vendor)
    statement = f"{_select(shape, tuple(where), lock=False)} ORDER BY {_quoted(order)}"
    with connection.cursor() as cursor:
        cursor.execute(statement, list(where.values()))
        return [_made(model, shape, row) for row in cursor.fetchall()]


def rows_of(objects: Sequence[Model]) -> Rows:
    """Instances of one model as rows for ``writing``; each says every column itself."""
    shape = _shape(type(objects[0]), connection.vendor)
    values = tuple(tuple(getattr(each, name) for name in shape.attributes) for each in objects)
    return Rows(shape.table, shape.columns, shape.types, values)


@transaction_required
def change(thing: Model, values: Mapping[str, object]) -> None:
    """Keep these values (by attribute) in the row of a thing that is there; nothing is asked where there are none."""
    if not values:
        return
    shape = _shape(type(thing), connection.vendor)
    kinds = dict(zip(shape.attributes, zip(shape.columns, shape.types, strict=True), strict=True))
    named = {kinds[name]: value for name, value in values.items()}
    said = ", ".join(f"{_quoted(column)} = %s" for column, _ in named)
    statement = f"UPDATE {_quoted(shape.table)} SET {said} WHERE {_quoted(shape.key)} = %s"  # noqa: S608 - our own models
    with connection.cursor() as cursor:
        cursor.execute(statement, [*(stored(value, kind) for (_, kind), value in named.items()), thing.pk])


def values_of(thing: Model, but: Collection[str] = ()) -> dict[str, Any]:
    """The values of a thing by attribute, to see afterwards what is otherwise."""
    names = _shape(type(thing), connection.vendor).attributes
    return {name: getattr(thing, name) for name in names if name not in but}


def _made(model: type[M], shape: _Shape, found: Sequence[Any]) -> M:
    values = list(found)
    for place, reader in shape.readers:
        values[place] = reader(values[place])
    return model.from_db(connection.alias, shape.attributes, values)


@lru_cache(maxsize=64)
def _shape(model: type[Model], vendor: str) -> _Shape:
    fields = model._meta.concrete_fields
    readers = []
    for place, field in enumerate(fields):
        column = field.get_col(model._meta.db_table)
        kept = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
        if kept:
            readers.append((place, _reader(kept, column)))
    assert vendor == connection.vendor
    return _Shape(
        table=model._meta.db_table,
        columns=tuple(str(field.column) for field in fields),
        types=tuple(_type(field) for field in fields),
        attributes=tuple(field.attname for field in fields),
        readers=tuple(readers),
        key=str(model._meta.pk.column),
    )


def _reader(kept: Sequence[Callable[[Any, Any, Any], Any]], column: Any) -> Reader:
    """What a value of the column becomes, by all that Django does with it."""

    def read(value: Any) -> Any:
        for each in kept:
            value = each(value, column, connection)
        return value

    return read


_TYPES: Mapping[str, str] = {
    "BigIntegerField": "bigint",
    "BigAutoField": "bigint",
    "IntegerField": "integer",
    "PositiveIntegerField": "integer",
    "PositiveSmallIntegerField": "smallint",
    "BooleanField": "boolean",
    "DateField": "date",
    "DateTimeField": "timestamptz",
    "JSONField": "jsonb",
    "CharField": "text",
    "TextField": "text",
}


def _type(field: Any) -> str:
    """PostgreSQL's name of what a column holds; of a reference, of what it refers to."""
    return _type(field.target_field) if field.is_relation else _TYPES[field.get_internal_type()]


@lru_cache(maxsize=256)
def _select(shape: _Shape, where: tuple[str, ...], *, lock: bool) -> str:
    columns = ", ".join(map(_quoted, shape.columns))
    known = " AND ".join(f"{_quoted(name)} = %s" for name in where)
    held = " FOR UPDATE" if lock and connection.features.has_select_for_update else ""
    return f"SELECT {columns} FROM {_quoted(shape.table)} WHERE {known}{held}"  # noqa: S608 - names of our own models


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


__all__ = ["change", "every", "one", "rows_of", "values_of"]
