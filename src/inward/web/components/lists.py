"""From a page of ``kit.lists`` to what the table components take: sortable headings, links to the pages around.

Addresses keep every other parameter of the list, so that filters and sorting survive turning a page.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from inward.kit.lists import Page
from inward.web.components.records import Column, Pages


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as a view names it: its label, the sort it stands for ("" for none), and whether figures stand in it."""

    label: str
    sort: str = ""
    end: bool = False


def asked(query: QueryDict, known: Collection[str]) -> dict[str, str]:
    """The parameters of the list that the address asks for; others are not the list's, and empty ones are no filters."""
    return {name: str(query[name]) for name in known if query.get(name)}


def columns(headings: Collection[Heading], page: Page[Any], params: Mapping[str, str]) -> tuple[Column, ...]:
    """The headings as columns: choosing the one that sorts turns it round."""
    return tuple(_column(heading, page.sort, params) for heading in headings)


def pages(page: Page[Any], params: Mapping[str, str]) -> Pages:
    """Where the list goes on, backwards and forwards."""
    return Pages(
        previous="" if page.previous_cursor is None else _address(params, cursor=page.previous_cursor),
        next="" if page.next_cursor is None else _address(params, cursor=page.next_cursor),
    )


def _column(heading: Heading, sort: str, params: Mapping[str, str]) -> Column:
    if not heading.sort:
        return Column(heading.label, end=heading.end)
    current = sort.removeprefix("-") == heading.sort
    down = current and sort.startswith("-")
    turned = heading.sort if down or not current else f"-{heading.sort}"
    direction = "" if not current else "descending" if down else "ascending"
    return Column(heading.label, end=heading.end, sort_url=_address(params, sort=turned), direction=direction)


def _address(params: Mapping[str, str], **changed: str) -> str:
    kept = {name: value for name, value in params.items() if name != "cursor" and value}
    return f"?{urlencode(kept | changed)}"
