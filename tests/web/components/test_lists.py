"""Headings turn their sort round; addresses keep the filters and drop the cursor."""

from django.http import QueryDict

from inward.kit.lists import Page
from inward.web.components.lists import Heading, asked, columns, pages

HEADINGS = (Heading("Placed", sort="placed"), Heading("Total", sort="total", end=True), Heading("State"))


def page(sort, **cursors):
    return Page(
        rows=(), next_cursor=cursors.get("next"), previous_cursor=cursors.get("previous"), sort=sort, filters={}
    )


def test_choosing_the_sorting_heading_turns_it_round():
    up = columns(HEADINGS, page("placed"), {"state": "PLACED", "cursor": "c"})
    down = columns(HEADINGS, page("-placed"), {})
    assert (up[0].direction, up[0].sort_url) == ("ascending", "?state=PLACED&sort=-placed")
    assert (down[0].direction, down[0].sort_url) == ("descending", "?sort=placed")


def test_other_headings_sort_by_themselves_and_plain_ones_do_not_sort():
    _, total, state = columns(HEADINGS, page("placed"), {})
    assert (total.direction, total.sort_url, total.end) == ("", "?sort=total", True)
    assert state.sort_url == ""


def test_turning_a_page_keeps_the_filters():
    found = pages(page("placed", next="n1"), {"state": "PLACED", "cursor": "old"})
    assert (found.previous, found.next) == ("", "?state=PLACED&cursor=n1")


def test_only_the_lists_own_parameters_are_asked_and_empty_ones_are_none():
    query = QueryDict("state=PLACED&text=&utm_source=mail")
    assert asked(query, ("state", "text")) == {"state": "PLACED"}
