"""Long lists, a page at a time: sort, filter and a cursor that stays right while rows are added. Also saved lists.

A cursor says where the page began by value, not by number, so a page costs the same at the start and after 100,000 rows.
Only what a list declares can be asked of it; anything else is refused with its place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import EmptyResultSet, FieldError, ValidationError
from django.db import connection
from django.db.models import Q, QuerySet

from inward.core.terms import Reason, Refusal
from inward.kit.actor import Actor
from inward.kit.models import SavedList
from inward.kit.policy import NotThere
from inward.kit.transaction import transaction

Row = TypeVar("Row")
Other = TypeVar("Other")

PAGE_SIZE = 50
PAGE_SIZE_MAX = 200
_SALT = "inward.kit.lists"
_OWN_PARAMS = frozenset({"cursor", "sort", "limit", "text"})


@dataclass(frozen=True, slots=True)
class ListSpec:
    """What may be asked of a list: names of sorts and filters, each with the column it stands for.

    Sorting columns must not be empty. ``default`` is a sort, descending with a minus.
    """

    sortable: Mapping[str, str]
    filters: Mapping[str, str] = field(default_factory=dict)
    default: str = "id"
    size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page: its rows, the cursors before and after (None at the ends), and what was asked."""

    rows: tuple[Row, ...]
    next_cursor: str | None
    previous_cursor: str | None
    sort: str
    filters: Mapping[str, str]

    def map(self, shown: Callable[[Row], Other]) -> "Page[Other]":
        """The same page with each row as something else."""
        rows = tuple(shown(row) for row in self.rows)
        return Page(rows, self.next_cursor, self.previous_cursor, self.sort, self.filters)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page begins: after (or before) the row with this value and key, in this sort."""

    sort: str
    value: Any
    key: int
    backwards: bool


def page(
    rows: QuerySet[Any], spec: ListSpec, params: Mapping[str, str], *, ways: Sequence[Q] | None = None
) -> Page[Any]:
    """The page that the parameters ask for (``cursor``, ``sort``, ``limit`` and the list's filters). One query.

    With ``ways``, the rows that fit any of these filters, and one query more: no index walks several ways at once in the
    order of the list, so each is walked alone, and only as far as this page.
    Refusal for a sort, filter or cursor that the list does not know. Unknown parameters are no filters and are refused too.
    """
    place = _read_cursor(params.get("cursor", ""))
    sort = place.sort if place is not None else params.get("sort") or spec.default
    filters = _filters(spec, params)
    size = _size(spec, params)
    with planned_for_its_values():
        asked = _placed(_filtered(rows, spec, filters), spec, sort, place)
        if ways is not None:
            asked = _placed(rows.filter(pk__in=_first(asked, ways, size + 1)), spec, sort, place)
        found = list(asked[: size + 1])
    return _page_of(found, place, sort, _column(spec, sort), filters, size)


def _page_of(
    found: list[Any], place: _Place | None, sort: str, column: str, filters: Mapping[str, str], size: int
) -> Page[Any]:
    """The page of the rows found from its place on, which are one more than it shows if there is another page."""
    more, backwards = len(found) > size, place is not None and place.backwards
    found = found[:size]
    if backwards:
        found.reverse()
    ahead = more if not backwards else True
    behind = (place is not None) if not backwards else more
    return Page(
        rows=tuple(found),
        next_cursor=_cursor(sort, found[-1], column, backwards=False) if found and ahead else None,
        previous_cursor=_cursor(sort, found[0], column, backwards=True) if found and behind else None,
        sort=sort,
        filters=filters,
    )


def held(rows: Iterable[Row], spec: ListSpec, params: Mapping[str, str]) -> Page[Row]:
    """As ``page``, for few rows that are in memory already; the list has applied its own filters to them.

    What a sort stands for is an attribute, and no two rows have the same value of it. Refusal as of ``page``.
    """
    place = _read_cursor(params.get("cursor", ""))
    sort = place.sort if place is not None else params.get("sort") or spec.default
    filters, size, column = _filters(spec, params), _size(spec, params), _column(spec, sort)
    descending = sort.startswith("-") != (place is not None and place.backwards)
    ordered = sorted(rows, key=attrgetter(column), reverse=descending)
    if place is not None:
        try:
            ordered = [row for row in ordered if _beyond(getattr(row, column), place.value, descending=descending)]
        except TypeError as error:
            raise Refusal(Reason.of("list_cursor"), where="cursor") from error
    return _page_of(ordered[: size + 1], place, sort, column, filters, size)


def _beyond(value: Any, place: Any, *, descending: bool) -> bool:
    return bool(value < place if descending else value > place)


def counted(rows: QuerySet[Any], most: int = 1000, *, ways: Sequence[Q] | None = None) -> tuple[int, bool]:
    """How many rows there are, up to ``most``, and whether there are more. Counting all of a long list is never asked.

    With ``ways``, of those that fit any of these filters, each looked along by itself as in ``page``.
    """
    with planned_for_its_values():
        if ways is None:
            count = len(rows.order_by().values_list("pk", flat=True)[: most + 1])
        else:
            count = len(_first(rows.order_by(), ways, most + 1))
    return min(count, most), count > most


@contextmanager
def planned_for_its_values() -> Iterator[None]:
    """Let PostgreSQL plan what is asked here for the very values asked for, every time.

    Statements are prepared at first use, which the hot path lives by; but the one plan for all values that PostgreSQL then
    makes looks through a million orders for the three that wait, because most states are not that rare.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    raw: Any = connection.connection
    before, raw.prepare_threshold = raw.prepare_threshold, None
    try:
        yield
    finally:
        raw.prepare_threshold = before


def save_list(*, by: Actor, at: datetime, face: str, name: str, params: Mapping[str, str]) -> None:
    """Keep a view of a list under a name of one's own; the same name again replaces it."""
    name = name.strip()
    if by.user is None or not name or len(name) > 80:  # noqa: PLR2004 - the column's length
        raise Refusal(Reason.of("saved_list_name"), where="name")
    kept = {key: value for key, value in params.items() if key != "cursor"}
    with transaction():
        SavedList.objects.update_or_create(user_id=by.user, face=face, name=name, defaults={"params": kept})


def remove_list(*, by: Actor, at: datetime, face: str, name: str) -> None:
    """Forget a saved list of one's own."""
    if by.user is None:
        raise NotThere
    with transaction():
        gone, _ = SavedList.objects.filter(user_id=by.user, face=face, name=name).delete()
        if not gone:
            raise NotThere


def saved_lists(*, viewer: Actor, face: str) -> dict[str, dict[str, str]]:
    """The viewer's saved lists of a face, by name."""
    if viewer.user is None:
        return {}
    rows = SavedList.objects.filter(user_id=viewer.user, face=face).order_by("name")
    return dict(rows.values_list("name", "params"))


def _filters(spec: ListSpec, params: Mapping[str, str]) -> dict[str, str]:
    unknown = set(params) - _OWN_PARAMS - set(spec.filters)
    if unknown:
        raise Refusal(Reason.of("list_filter_unknown", name=min(unknown)), where=min(unknown))
    return {name: params[name] for name in spec.filters if params.get(name)}


def _filtered(rows: QuerySet[Any], spec: ListSpec, filters: Mapping[str, str]) -> QuerySet[Any]:
    for name, value in filters.items():
        if "\0" in value:  # PostgreSQL keeps no such character and breaks off the question
            raise Refusal(Reason.of("list_filter_value", name=name, value=value.replace("\0", "")), where=name)
        try:
            rows = rows.filter(**{spec.filters[name]: value})
        except (ValueError, ValidationError, FieldError) as error:
            raise Refusal(Reason.of("list_filter_value", name=name, value=value), where=name) from error
    return rows


def _size(spec: ListSpec, params: Mapping[str, str]) -> int:
    asked = params.get("limit") or ""
    if not asked:
        return spec.size
    if not (asked.isascii() and asked.isdigit()) or not 1 <= int(asked[:6]) <= PAGE_SIZE_MAX:
        raise Refusal(Reason.of("list_limit", most=PAGE_SIZE_MAX), where="limit")
    return int(asked[:6])


def _column(spec: ListSpec, sort: str) -> str:
    name = sort.removeprefix("-")
    if name not in spec.sortable:
        raise Refusal(Reason.of("list_sort_unknown", name=name), where="sort")
    return spec.sortable[name]


def _placed(rows: QuerySet[Any], spec: ListSpec, sort: str, place: _Place | None) -> QuerySet[Any]:
    """The rows in order, from the place on; ties are in the order of keys, so that no row is shown twice or never."""
    column = _column(spec, sort)
    descending = sort.startswith("-") != (place is not None and place.backwards)
    sign, beyond = ("-", "lt") if descending else ("", "gt")
    if place is not None:
        try:
            # The first condition alone lets the database begin at the place in its index; the second parts ties.
            rows = rows.filter(
                Q(**{f"{column}__{beyond}e": place.value}),
                Q(**{f"{column}__{beyond}": place.value}) | Q(**{f"pk__{beyond}": place.key}),
            )
        except (ValueError, ValidationError, FieldError) as error:
            raise Refusal(Reason.of("list_cursor"), where="cursor") from error
    return rows.order_by(f"{sign}{column}", *([] if column in ("id", "pk") else [f"{sign}pk"]))


def _first(asked: QuerySet[Any], ways: Sequence[Q], most: int) -> list[int]:
    """The keys of the first rows by each way, in one question. Rows that fit several ways come once."""
    parts: list[str] = []
    values: list[Any] = []
    for way in ways:
        try:
            part, given = asked.filter(way).values_list("pk", flat=True)[:most].query.sql_with_params()
        except EmptyResultSet:  # a way that nobody can go
            continue
        parts.append(f"SELECT * FROM ({part}) AS w{len(parts)}")  # noqa: S608 - Django's own text, values apart
        values += given
    if not parts:
        return []
    # By hand, since SQLite takes a limit in a part of a union only within brackets of its own, which Django leaves out.
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(parts), values)
        return [key for (key,) in cursor.fetchall()]


def _cursor(sort: str, row: Any, column: str, *, backwards: bool) -> str:
    value: Any = row
    for part in column.split("__"):
        value = getattr(value, part)
    if isinstance(value, datetime | date):
        value = value.isoformat()
    return signing.dumps([sort, value, getattr(row, "pk", 0), backwards], salt=_SALT, compress=False)


def _read_cursor(text: str) -> _Place | None:
    if not text:
        return None
    try:
        sort, value, key, backwards = signing.loads(text, salt=_SALT)
        return _Place(str(sort), value, int(key), bool(backwards))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Refusal(Reason.of("list_cursor"), where="cursor") from error


__all__ = [
    "ListSpec",
    "Page",
    "counted",
    "held",
    "page",
    "planned_for_its_values",
    "remove_list",
    "save_list",
    "saved_lists",
]
