"""Lists page by cursor: the answer carries ``items`` and the cursors of the pages before and after."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from inward.kit.lists import Page

Row = TypeVar("Row")


def page_body(page: Page[Row], body: Callable[[Row], dict[str, Any]]) -> dict[str, Any]:
    """A page as JSON."""
    return {
        "items": [body(row) for row in page.rows],
        "next": page.next_cursor,
        "previous": page.previous_cursor,
    }


def params(request: HttpRequest) -> dict[str, str]:
    """The list's own parameters (cursor, sort, filters, limit) out of the address; the last of a name wins."""
    return {name: str(value) for name, value in request.GET.items()}
