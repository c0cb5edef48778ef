"""Lists, one way for all: a page by cursor as JSON, or the whole list as CSV or XLSX that no spreadsheet runs.

A list takes ``cursor``, ``limit``, ``sort``, its filters and ``format``; anything else is refused, never ignored.
Columns of a table are the fields of a row, dots for what is nested; lists inside a row are left out of tables.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar, get_args

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Schema
from pydantic import BaseModel

from inward.core.terms import Money, Reason, Refusal
from inward.kit.lists import PAGE_SIZE_MAX, ListSpec, Page
from inward.kit.sheets import XLSX, Cell, csv_rows, xlsx_bytes

CSV, JSON = "text/csv", "application/json"
ROWS_MAX = 20_000
"""Rows of a table; a longer list is narrowed, or read page by page."""
Row = TypeVar("Row")
Out = TypeVar("Out")
_FORMATS = {"json": JSON, "csv": CSV, "xlsx": XLSX}
_MONEY_DIGITS_MAX = 15


class PageOut(Schema, Generic[Out]):
    """A page of a list, and the cursors of the pages after and before it."""

    items: list[Out]
    next: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """A list as a view hands it over: how a page is found, and how a row is written."""

    page: Callable[[Mapping[str, str]], Page[Row]]
    body: Callable[[Row], dict[str, Any]]


def answered(
    request: HttpRequest, found: Found[Any], item: type[BaseModel], *, own: Sequence[str] = ()
) -> dict[str, Any] | HttpResponseBase:
    """The list as the request wants it. ``own`` are parameters that the view has read itself."""
    asked = {name: str(value) for name, value in request.GET.items() if name not in ("format", *own)}
    _refuse_empty(request)
    form = _form(request)
    if form != "json" and asked.keys() & {"cursor", "limit"}:
        raise Refusal(Reason.of("list_table_is_whole"), where="limit" if "limit" in asked else "cursor")
    if form == "json":
        return _page_body(found.page(asked), found.body)
    name = request.path.rstrip("/").rpartition("/")[2]
    columns = tuple(_columns(item))
    rows = [[_cell(row, column) for column in columns] for row in _all(found, asked)]
    head = [column.name for column in columns]
    if form == "xlsx":
        answer = HttpResponse(xlsx_bytes(name, head, rows), content_type=XLSX)
    else:
        answer = HttpResponse("".join(csv_rows(head, rows)), content_type=f"{CSV}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def parameters(spec: ListSpec) -> list[dict[str, Any]]:
    """What a list takes, for the OpenAPI document."""
    sorts = [sign + name for name in spec.sortable for sign in ("", "-")]
    told: list[tuple[str, dict[str, Any], str]] = [
        (
            "cursor",
            {"type": "string"},
            "Where the page begins, from `next` or `previous` of another page. Not with csv or xlsx.",
        ),
        (
            "limit",
            {"type": "integer", "minimum": 1, "maximum": PAGE_SIZE_MAX, "default": spec.size},
            "Rows of a page. Not with csv or xlsx, which are the whole list.",
        ),
        ("sort", {"type": "string", "enum": sorts, "default": spec.default}, "The order; with a minus, descending."),
        ("format", {"type": "string", "enum": list(_FORMATS), "default": "json"}, "As the header Accept, but shorter."),
        *((name, {"type": "string"}, f"Only rows of this {name.replace('_', ' ')}.") for name in spec.filters),
    ]
    return [parameter(name, schema, description) for name, schema, description in told]


def parameter(name: str, schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    """One parameter of the address that may be left out."""
    return {"in": "query", "name": name, "required": False, "description": description, "schema": dict(schema)}


def day(request: HttpRequest, name: str, *, default: date) -> date:
    """A day in the address. Refusal for what is none, and for nothing."""
    value = request.GET.get(name)
    if value is None:
        return default
    if not value:
        raise Refusal(Reason.of("value_missing"), where=name)
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise Refusal(Reason.of("value_not_a_day"), where=name) from error


def _refuse_empty(request: HttpRequest) -> None:
    """A parameter with its own values has one of them; what is empty by mistake is not what it was meant to be."""
    for name in ("limit", "sort", "format"):
        if request.GET.get(name) == "":
            raise Refusal(Reason.of("value_missing"), where=name)


def _form(request: HttpRequest) -> str:
    asked = request.GET.get("format", "")
    if asked:
        if asked not in _FORMATS:
            raise Refusal(Reason.of("list_format_unknown", value=asked.replace("\0", "")), where="format")
        return asked
    wanted = request.headers.get("Accept", "")
    return next((form for form, kind in _FORMATS.items() if form != "json" and kind in wanted), "json")


def _page_body(page: Page[Any], body: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    return {
        "items": [body(row) for row in page.rows],
        "next": page.next_cursor,
        "previous": page.previous_cursor,
    }


def _all(found: Found[Any], asked: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Every row of the list, from its beginning. Refusal for a list that is too long for a table."""
    cursor: str | None = ""
    count = 0
    while cursor is not None:
        page = found.page({**asked, "limit": str(PAGE_SIZE_MAX), **({"cursor": cursor} if cursor else {})})
        count += len(page.rows)
        if count > ROWS_MAX:
            raise Refusal(Reason.of("list_too_long", most=ROWS_MAX), where="format")
        yield from map(found.body, page.rows)
        cursor = page.next_cursor


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its name, the way to its value in a row, and whether that is an amount beside its currency."""

    name: str
    way: tuple[str, ...]
    amount: bool = False


def _columns(item: type[BaseModel], way: tuple[str, ...] = ()) -> Iterator[_Column]:
    for name, field in item.model_fields.items():
        here = (*way, name)
        kinds = [kind for kind in (field.annotation, *get_args(field.annotation)) if isinstance(kind, type)]
        nested = next((kind for kind in kinds if issubclass(kind, BaseModel)), None)
        if getattr(field.annotation, "__origin__", None) in (list, dict) or list in kinds:
            continue
        if nested is not None:
            yield from _columns(nested, here)
        else:
            amount = name == "amount" and "currency" in item.model_fields
            yield _Column(".".join(here), here, amount)


def _cell(row: dict[str, Any], column: _Column) -> Cell:
    value: Any = row
    for name in column.way[:-1]:
        value = None if value is None else value.get(name)
    if value is None:
        return None
    found = value.get(column.way[-1])
    if column.amount and found is not None:
        return _money(found, value["currency"])
    return found if isinstance(found, str | int | bool | None) else str(found)


def _money(amount: str, currency: str) -> Cell:
    """An amount as a number, where it is an amount of the currency's smallest units."""
    try:
        return Money.of(amount, currency)
    except ValueError:
        return amount[: _MONEY_DIGITS_MAX + 1]
