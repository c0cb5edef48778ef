"""Lists of many cases: no page loses or doubles one, each act and page asks the database as often as said here, and no more is seen."""

from datetime import timedelta
from itertools import chain

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import given_role
from tests.cast import DEWI, HENK, INES, JONAS, LUCA, MAYA, NORA, OLAV, SITI, TOR
from tests.desk.asked import MONDAY, asked, given_desk, given_personnel, kept, later, seen

from inward.desk import cases, operations, serving
from inward.desk.models import Case

EVERYBODY = (DEWI, HENK, INES, JONAS, LUCA, MAYA, NORA, OLAV, SITI, TOR)


@pytest.fixture
def many(house):
    """Ten cases of IT: four are due at the same instant, three later, of three nothing is promised."""
    given_desk(house)
    made = [asked(house, MAYA if n % 2 else JONAS, text=f"Printer {n}", key=f"{n}") for n in range(4)]
    made += [asked(house, MAYA, text=f"Printer {n}", at=later(minutes=n), key=f"{n}") for n in range(4, 7)]
    made += [asked(house, JONAS, text=f"Printer {n}", key=f"{n}") for n in range(7, 10)]
    Case.objects.filter(reference__in=made[7:]).update(ranked_at=cases_without_promise(), due_at=None, due_measure="")
    return made


def cases_without_promise():
    from inward.desk.operations.steps.acting import _END_OF_DAYS

    return _END_OF_DAYS


def pages(house, params, *, under_way):
    """Every page forward, and then back to the first."""
    found, cursor = [], None
    forward, back = [], []
    while True:
        asked_for = params | {"limit": "3"} | ({"cursor": cursor} if cursor else {})
        found = cases.served(viewer=house.actor(TOR), at=later(hours=1), params=asked_for, under_way=under_way)
        forward.append([row.reference for row in found.rows])
        if found.next_cursor is None:
            break
        cursor = found.next_cursor
    while found.previous_cursor is not None:
        asked_for = params | {"limit": "3", "cursor": found.previous_cursor}
        found = cases.served(viewer=house.actor(TOR), at=later(hours=1), params=asked_for, under_way=under_way)
        back.insert(0, [row.reference for row in found.rows])
    return forward, back


@pytest.mark.parametrize("sort", ["due", "-due", "changed", "-changed", "opened", "id", "-number"])
def test_no_page_loses_or_doubles_a_case_where_days_tie_or_are_missing(house, many, sort):
    forward, back = pages(house, {"sort": sort}, under_way=True)
    assert sorted(chain.from_iterable(forward)) == sorted(many)
    assert [len(page) for page in forward] == [3, 3, 3, 1]
    assert back == forward[:-1]


def test_what_is_due_first_is_at_the_top_and_what_is_never_due_at_the_end(house, many):
    forward, _ = pages(house, {}, under_way=True)
    assert list(chain.from_iterable(forward)) == many


def test_filters_by_code_find_the_same_and_are_told_as_they_were_asked(house, many):
    tor = house.actor(TOR)
    operations.assign(by=tor, at=later(hours=1), case=many[2], owner=TOR.code)

    def found(**params):
        return cases.served(viewer=tor, at=later(hours=1), params=params, under_way=True)

    assert [row.reference for row in found(owner=TOR.code, queue="it", supplier="abc-it").rows] == [many[2]]
    assert {row.customer.code for row in found(customer=JONAS.code).rows} == {JONAS.code}
    for nothing in ({"queue": "no"}, {"owner": "no-one"}, {"customer": "abc"}, {"supplier": "abc-purchasing"}):
        assert found(**nothing).rows == ()
    assert found(owner=TOR.code, queue="it").filters == {"queue": "it", "owner": TOR.code}


def test_counts_are_of_each_case_once_and_not_of_ones_own(house, many):
    given_role(house.users[TOR.code], "SERVICE_OWNER", "abc-it")
    asked(house, TOR, key="own")
    counts = serving.counts(viewer=house.actor(TOR), at=later(hours=1))
    assert (counts.all, counts.nobodys, counts.mine) == ((10, False), (10, False), (0, False))


def test_words_of_other_departments_are_not_found_and_the_latest_come_first(house, many):
    given_personnel(house)
    asked(house, MAYA, queue="hr", text="Printer of the personnel desk")
    assert cases.found_by_words(viewer=house.actor(TOR), at=MONDAY, text="print") == tuple(reversed(many))
    assert cases.found_by_words(viewer=house.actor(TOR), at=MONDAY, text="print", most=2) == tuple(reversed(many))[:2]
    assert cases.found_by_words(viewer=house.actor(MAYA), at=MONDAY, text="print") == ()


def test_whoever_handles_or_speaks_sees_exactly_what_the_one_filter_says(house):
    given_desk(house)
    given_personnel(house)
    made = [
        asked(house, MAYA),
        asked(house, TOR),
        asked(house, JONAS, queue="hr"),
        asked(house, MAYA, queue="hr", text="Pay"),
    ]
    made.append(asked(house, INES, customer="abc-purchasing", text="For the department"))
    operations.watch(by=house.actor(MAYA), at=later(hours=1), case=made[0], person=JONAS.code)
    answers = set()
    for who in (each for each in EVERYBODY if each.code in house.users):
        viewer = house.actor(who)
        said = {row.pk for row in cases.visible(viewer, later(hours=2)).filter(reference__in=made)}
        for reference in made:
            found = kept(reference)
            assert cases.sees(viewer, later(hours=2), found) is (found.pk in said), (who.code, reference)
            answers.add(found.pk in said)
    assert answers == {True, False}


def statements(told):
    """What is asked and written, without what opens and ends transactions, and without the looks at versions: a request has one."""
    ends = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    found = (each["sql"] for each in told.captured_queries)
    return [sql for sql in found if not sql.startswith(ends) and "kit_version" not in sql]


def test_each_act_asks_the_database_so_often(house):
    given_desk(house)
    tor, maya, more = house.actor(TOR), house.actor(MAYA), timedelta(minutes=10)
    asked(house, MAYA, key="first")  # what is kept in memory is made
    counts, sqlite = {}, connection.vendor == "sqlite"

    def count(name, act):
        with CaptureQueriesContext(connection) as told:
            found = act()
        counts[name] = len(statements(told))
        return found

    case = count("ask", lambda: asked(house, MAYA, key="second"))
    acting = {"case": case, "at": MONDAY + more}
    count("answer", lambda: operations.answer(by=tor, text="Switch it off.", **acting))
    count("write", lambda: operations.write(by=maya, text="It still stands.", **acting))
    count("solve", lambda: operations.solve(by=tor, words="The cable.", **acting))
    count("confirm", lambda: operations.confirm(by=maya, solved=True, **acting))
    # SQLite takes the rows of each table by a statement of their own.
    expected = {"ask": 8, "answer": 8, "write": 7, "solve": 9, "confirm": 6}
    if not sqlite:
        expected = {"ask": 2, "answer": 4, "write": 3, "solve": 5, "confirm": 4}
    assert counts == expected


def test_a_list_and_a_case_ask_the_database_so_often_however_many_there_are(house, many):
    tor = house.actor(TOR)
    for few in ("2", "9"):
        with CaptureQueriesContext(connection) as told:
            cases.served(viewer=tor, at=later(hours=1), params={"limit": few, "queue": "it"}, under_way=True)
        assert len(statements(told)) == 3  # the queue, the keys of the page, its rows
    for times in (0, 3):
        for n in range(times):
            operations.answer(by=tor, at=later(hours=1), case=many[0], text=f"Answer {n}")
        with CaptureQueriesContext(connection) as told:
            seen(house, TOR, many[0], at=later(hours=2))
        assert len(statements(told)) == 12


def test_an_act_that_changes_nothing_of_the_row_leaves_it_alone(house):
    given_desk(house)
    first = asked(house, MAYA)
    with CaptureQueriesContext(connection) as told:
        operations.watch(by=house.actor(MAYA), at=MONDAY, case=first, person=JONAS.code)
    assert [each for each in statements(told) if each.startswith("UPDATE")] == []
    with CaptureQueriesContext(connection) as told:
        operations.rename(by=house.actor(TOR), at=later(minutes=1), case=first, subject="The till")
    (changed,) = [each for each in statements(told) if each.startswith('UPDATE "desk_case"')]
    assert ("subject" in changed, "priority" in changed, "reference" in changed) == (True, False, False)
    assert kept(first).subject == "The till"
