"""Lists page by value, not by number: every row once, in order, forward and back, whatever is added meanwhile."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inward.core.terms import Refusal
from inward.kit import lists
from inward.kit.actor import NOBODY, Actor
from inward.kit.lists import ListSpec, counted, held, page, planned_for_its_values
from inward.kit.models import Subject, Task
from inward.kit.policy import NotThere

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, tzinfo=UTC)
SPEC = ListSpec(
    sortable={"name": "name", "id": "id", "due": "due_at"},
    filters={"kind": "kind", "attempts": "attempts"},
    default="name",
    size=3,
)
ADA = Actor(user=1, person="ada", acting_for=None, grants=())
BO = Actor(user=2, person="bo", acting_for=None, grants=())


def given_tasks(names):
    made = [Task(id=number, kind="JOB", name=name, due_at=AT, created_at=AT) for number, name in enumerate(names, 1)]
    Task.objects.bulk_create(made)


def walk(params, back=False, ways=None):
    """Every row from the first page to the last, and, if asked, all the way back."""
    found, cursor, pages = [], "", []
    while True:
        shown = page(Task.objects.all(), SPEC, params | ({"cursor": cursor} if cursor else {}), ways=ways)
        pages.append([task.id for task in shown.rows])
        found += pages[-1]
        if shown.next_cursor is None:
            break
        cursor = shown.next_cursor
    if back:
        again = [pages[-1]]
        while shown.previous_cursor is not None:
            shown = page(Task.objects.all(), SPEC, params | {"cursor": shown.previous_cursor}, ways=ways)
            again.append([task.id for task in shown.rows])
        assert [row for rows in reversed(again) for row in rows] == found
    return found


@given(
    names=st.lists(st.sampled_from("abc"), max_size=14),
    sort=st.sampled_from(["name", "-name", "id", "-id", "due", "-due"]),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_row_is_shown_once_in_order_and_back(names, sort):
    Task.objects.all().delete()
    given_tasks(names)
    keys = {"name": lambda n: (names[n - 1], n), "id": lambda n: n, "due": lambda n: n}
    expected = sorted(range(1, len(names) + 1), key=keys[sort.lstrip("-")], reverse=sort.startswith("-"))
    assert walk({"sort": sort}, back=True) == expected


WAYS = (Q(name="a"), Q(id__lt=4), Q(pk__in=()))


@pytest.mark.parametrize("sort", ["name", "-name", "id", "-id", "due"])
def test_rows_that_fit_several_ways_come_once_in_order_and_back(sort):
    given_tasks("abcacbca")
    shown = [row.id for row in Task.objects.order_by("id") if row.name == "a" or row.id < 4]
    assert shown == [1, 2, 3, 4, 8]
    assert sorted(walk({"sort": sort}, back=True, ways=WAYS)) == shown
    assert walk({"sort": sort}, ways=WAYS) == [key for key in walk({"sort": sort}) if key in shown]


def test_ways_are_asked_in_one_question_and_filters_hold_for_each(django_assert_num_queries):
    given_tasks("abcacbca")
    Task.objects.filter(id__in=(1, 8)).update(attempts=2)
    with django_assert_num_queries(2):  # which rows, and the rows
        shown = page(Task.objects.all(), SPEC, {"attempts": "2"}, ways=WAYS)
    assert [row.id for row in shown.rows] == [1, 8]


@pytest.mark.parametrize("ways", [(), (Q(pk__in=()),)])
def test_whoever_has_no_way_to_a_row_sees_none_and_nothing_is_asked(ways, django_assert_num_queries):
    given_tasks("ab")
    with django_assert_num_queries(0):
        shown = page(Task.objects.all(), SPEC, {}, ways=ways)
    assert (shown.rows, shown.next_cursor, shown.previous_cursor) == ((), None, None)


def test_a_row_added_before_the_place_disturbs_nothing():
    given_tasks("bcdefg")
    first = page(Task.objects.all(), SPEC, {})
    Task.objects.create(id=99, kind="JOB", name="a", due_at=AT, created_at=AT)
    second = page(Task.objects.all(), SPEC, {"cursor": first.next_cursor})
    assert [task.name for task in second.rows] == ["e", "f", "g"]
    assert second.map(lambda task: task.name.upper()).rows == ("E", "F", "G")


def test_the_ends_have_no_cursor_and_filters_are_kept(django_assert_num_queries):
    given_tasks("abc")
    with django_assert_num_queries(1):
        shown = page(Task.objects.all(), SPEC, {"kind": "JOB", "limit": "5", "text": "anything"})
    assert (shown.next_cursor, shown.previous_cursor, shown.filters, shown.sort) == (
        None,
        None,
        {"kind": "JOB"},
        "name",
    )
    assert page(Task.objects.all(), SPEC, {"kind": "REACTION"}).rows == ()


@pytest.mark.parametrize(
    ("params", "code", "where"),
    [
        ({"sort": "secret"}, "list_sort_unknown", "sort"),
        ({"colour": "red"}, "list_filter_unknown", "colour"),
        ({"attempts": "many"}, "list_filter_value", "attempts"),
        ({"kind": "JOB\0"}, "list_filter_value", "kind"),
        ({"limit": "0"}, "list_limit", "limit"),
        ({"limit": "201"}, "list_limit", "limit"),
        ({"limit": "²"}, "list_limit", "limit"),
        ({"cursor": "forged"}, "list_cursor", "cursor"),
    ],
)
def test_what_a_list_does_not_know_is_refused_with_its_place(params, code, where):
    with pytest.raises(Refusal) as refused:
        page(Task.objects.all(), SPEC, params)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_a_far_page_begins_at_its_place_in_the_index():
    """The database seeks to the place instead of reading all that lies before it."""
    given_tasks("abcdefgh")
    place = lists._Place("due", AT.isoformat(), 4, backwards=False)
    rows = lists._placed(Task.objects.order_by(), SPEC, "due", place)
    assert [task.id for task in rows] == [5, 6, 7, 8]
    assert '"due_at" >= ' in str(rows.query)


def test_a_cursor_of_another_list_is_refused():
    given_tasks("abcd")
    cursor = page(Task.objects.all(), ListSpec({"name": "name"}, default="name", size=1), {}).next_cursor
    for spec in (ListSpec({"key": "key"}, default="key"), ListSpec({"name": "due_at"}, default="name")):
        with pytest.raises(Refusal):
            page(Task.objects.all(), spec, {"cursor": cursor})


def test_counting_stops_where_it_is_enough():
    given_tasks("abcd")
    assert counted(Task.objects.all(), 3) == (3, True)
    assert counted(Task.objects.all(), 4) == (4, False)


def test_a_saved_list_is_ones_own():
    lists.save_list(by=ADA, at=AT, face="orders", name=" Late ", params={"state": "PLACED", "cursor": "x"})
    lists.save_list(by=ADA, at=AT, face="orders", name="Late", params={"state": "DELIVERED"})
    assert lists.saved_lists(viewer=ADA, face="orders") == {"Late": {"state": "DELIVERED"}}
    assert lists.saved_lists(viewer=BO, face="orders") == lists.saved_lists(viewer=NOBODY, face="orders") == {}
    for who in (BO, NOBODY):
        with pytest.raises(NotThere):
            lists.remove_list(by=who, at=AT, face="orders", name="Late")
    lists.remove_list(by=ADA, at=AT, face="orders", name="Late")
    assert lists.saved_lists(viewer=ADA, face="orders") == {}
    for who, name in ((NOBODY, "Late"), (ADA, " "), (ADA, "x" * 81)):
        with pytest.raises(Refusal):
            lists.save_list(by=who, at=AT, face="orders", name=name, params={})
    assert Subject.objects.count() == 0


@pytest.mark.django_db
def test_a_list_is_planned_for_what_is_asked_and_everything_else_is_prepared_as_before() -> None:
    with connection.cursor():
        pass
    if connection.vendor != "postgresql":
        with planned_for_its_values():
            return  # there is nothing to plan otherwise
    raw: Any = connection.connection
    before = raw.prepare_threshold
    with planned_for_its_values():
        assert raw.prepare_threshold is None
    assert raw.prepare_threshold == before == 1
    with pytest.raises(ZeroDivisionError), planned_for_its_values():
        _ = 1 / 0
    assert raw.prepare_threshold == before


class TestRowsInMemory:
    """A short list that no table holds is asked as any other."""

    SPEC = ListSpec(sortable={"name": "name"}, filters={"text": "text"}, default="name", size=2)

    def walk(self, **params):
        rows = [Task(name=name) for name in "cbade"]
        shown = held(rows, self.SPEC, params)
        return "".join(task.name for task in shown.rows), shown

    def test_it_is_paged_in_order_and_back(self):
        first, page_one = self.walk()
        second, page_two = self.walk(cursor=page_one.next_cursor)
        third, page_three = self.walk(cursor=page_two.next_cursor)
        assert [first, second, third] == ["ab", "cd", "e"]
        assert (page_one.previous_cursor, page_three.next_cursor) == (None, None)
        assert self.walk(cursor=page_three.previous_cursor)[0] == "cd"
        assert self.walk(sort="-name", limit="5")[0] == "edcba"

    @pytest.mark.parametrize(
        ("params", "where"),
        [({"limit": "many"}, "limit"), ({"sort": "age"}, "sort"), ({"cursor": "x"}, "cursor"), ({"age": "1"}, "age")],
    )
    def test_what_it_does_not_know_is_refused(self, params, where):
        with pytest.raises(Refusal) as refused:
            self.walk(**params)
        assert refused.value.where == where

    def test_the_cursor_of_another_list_is_refused(self):
        given_tasks("abcd")
        other = page(Task.objects.all(), SPEC, {"sort": "id"}).next_cursor
        numbers = ListSpec(sortable={"id": "name"}, default="id")
        with pytest.raises(Refusal) as refused:
            held([Task(name="a")], numbers, {"cursor": other})
        assert refused.value.where == "cursor"
