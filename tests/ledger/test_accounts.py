"""Accounts are renamed, closed when nothing is posted to them, opened again; what means which account is changed and told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import AT, HOUSE, ON, given_actor, nothing_written
from tests.cast import LUCA, MAYA, acting
from tests.ledger.test_operations import given_the_books, post, sale

from inward.core.bookkeeping import EntryKind, Role
from inward.core.terms import Refusal
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.ledger import operations, policy, register
from inward.ledger.vocabulary import AccountKind


@pytest.fixture
def users(db):
    return given_the_books()


@pytest.fixture
def luca(users):
    return acting(users, LUCA)


def add(by, code="3070", name="Sales of widgets", company="abc"):
    operations.add_account(by=by, at=AT, company=company, code=code, name=name, kind=AccountKind.REVENUE, source="plan")


def last_note():
    row = AuditRow.objects.order_by("id").last()
    return row.act, row.thing, row.facts


def account(by, code="3070"):
    return register.account(viewer=by, at=AT, key=f"abc:{code}")


ACTS = {
    "rename_account": lambda by: operations.rename_account(by=by, at=AT, company="abc", code="3000", name="All sales"),
    "close_account": lambda by: operations.close_account(by=by, at=AT, company="abc", code="3070"),
    "map_account": lambda by: operations.map_account(
        by=by, at=AT, company="abc", kind=EntryKind.OUTSIDE_SALE, role=Role.REVENUE, account="3070"
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_controller_does_it_and_nobody_else(users, luca, act):
    add(luca)
    for by in (NOBODY, acting(users, MAYA), given_actor("keeper", ("DATA_ADMINISTRATOR", None))):
        with nothing_written(), pytest.raises(Refused):
            ACTS[act](by)
    ACTS[act](luca)
    assert last_note()[0] == f"ledger.{act}"


@pytest.mark.parametrize("act", ["rename_account", "close_account", "open_account_again", "map_account"])
def test_an_account_nobody_knows_is_not_there(luca, act):
    more = {
        "rename_account": {"code": "9999", "name": "N"},
        "close_account": {"code": "9999"},
        "open_account_again": {"code": "9999"},
        "map_account": {"kind": EntryKind.OUTSIDE_SALE, "role": Role.REVENUE, "account": "9999"},
    }[act]
    with nothing_written(), pytest.raises(NotThere):
        getattr(operations, act)(by=luca, at=AT, company="abc", **more)


def test_an_account_is_called_otherwise_and_the_history_tells_both_names(luca):
    operations.rename_account(by=luca, at=AT, company="abc", code="3000", name=" All sales ", source="new chart")
    assert register.account(viewer=luca, at=AT, key="abc:3000").name == "All sales"
    assert last_note() == (
        "ledger.rename_account", "abc 3000", {"before": "Sales", "after": "All sales", "source": "new chart"},
    )  # fmt: skip


@pytest.mark.parametrize("name", [" ", "x" * 201])
def test_an_account_without_a_usable_name_stays_as_it_is(luca, name):
    for act in (
        lambda: operations.rename_account(by=luca, at=AT, company="abc", code="3000", name=name),
        lambda: add(luca, name=name),
    ):
        with nothing_written(), pytest.raises(Refusal) as refused:
            act()
        assert (refused.value.reason.code, refused.value.where) == ("account_not_usable", "name")


def test_an_account_that_is_posted_to_is_not_closed(luca):
    post(*sale())
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.close_account(by=luca, at=AT, company="abc", code="4060")
    assert (refused.value.reason.code, refused.value.reason.facts["count"]) == ("account_in_use", 1)


def test_a_closed_account_takes_no_mapping_until_it_is_opened_again(luca):
    add(luca)
    operations.close_account(by=luca, at=AT, company="abc", code="3070")
    assert account(luca).closed_on == ON
    assert ("3070", "Sales of widgets") not in register.open_accounts(viewer=luca, at=AT, company="abc")
    for act in (ACTS["map_account"], ACTS["close_account"]):
        with nothing_written(), pytest.raises(Refusal) as refused:
            act(luca)
        assert refused.value.reason.code == "account_closed"
    operations.open_account_again(by=luca, at=AT, company="abc", code="3070")
    with nothing_written():
        operations.open_account_again(by=luca, at=AT, company="abc", code="3070")
    ACTS["map_account"](luca)
    assert account(luca).uses == 1
    assert last_note()[2] == {"before": "3000", "account": "3070", "source": ""}


def test_the_map_of_every_company_is_listed_and_changed(luca):
    found = register.mappings(viewer=luca, at=AT, params={"kind": "OUTSIDE_SALE", "company": "abc", "text": "sales"})
    assert [(row.key, row.account, row.account_name) for row in found.rows] == [
        ("abc:OUTSIDE_SALE:REVENUE", "3000", "Sales"),
    ]  # fmt: skip
    add(luca)
    ACTS["map_account"](luca)
    assert register.mapping(viewer=luca, at=AT, key="abc:OUTSIDE_SALE:REVENUE").account == "3070"


def test_accounts_and_series_are_found_by_company_word_and_state(luca):
    post(*sale())
    operations.number_entries(by=HOUSE, at=AT, company="abc")
    add(luca)
    operations.close_account(by=luca, at=AT, company="abc", code="3070")
    closed = register.accounts(viewer=luca, at=AT, params={"open": "no"})
    assert [row.key for row in closed.rows] == ["abc:3070"]
    named = register.accounts(viewer=luca, at=AT, params={"open": "yes", "company": "xyz", "text": "sales staff"})
    assert [row.key for row in named.rows] == ["xyz:3050"]
    assert [(row.key, row.last) for row in register.series(viewer=luca, at=AT, params={}).rows] == [("abc:entries", 1)]
    assert register.one_series(viewer=luca, at=AT, key="abc:entries").last == 1


def test_a_list_asks_as_often_for_one_row_as_for_three(luca):
    counts = []
    for codes in (("8001",), ("8002", "8003")):
        for code in codes:
            add(luca, code=code, name="Eight")
        with CaptureQueriesContext(connection) as asked:
            register.accounts(viewer=luca, at=AT, params={"text": "eight"})
        counts.append(len(asked))
    assert counts == [1, 1]


def test_whoever_sees_no_books_finds_nothing(users, luca):
    post(*sale())
    operations.number_entries(by=HOUSE, at=AT, company="abc")
    stranger = given_actor("stranger", ("CONTROLLER", "harbour"))
    for found in (register.accounts, register.mappings, register.series):
        assert found(viewer=stranger, at=AT, params={}).rows == ()
    for find, key in (
        (register.account, "abc:3000"),
        (register.mapping, "abc:OUTSIDE_SALE:REVENUE"),
        (register.mapping, "abc"),
        (register.one_series, "abc:entries"),
    ):
        with pytest.raises(NotThere):
            find(viewer=stranger, at=AT, key=key)
    assert register.open_accounts(viewer=stranger, at=AT, company="abc") == ()


def test_who_sees_some_books():
    assert [reason.code for reason in policy.may_see_some_books(NOBODY, on=ON).reasons] == ["no_actor"]
    assert policy.may_see_some_books(HOUSE, on=ON).allowed


def test_controllers_and_auditors_see_some_books_and_others_none(users):
    assert policy.may_see_some_books(acting(users, LUCA), on=ON).allowed
    assert policy.may_see_some_books(given_actor("auditor", ("AUDITOR", "abc")), on=ON).allowed
    answer = policy.may_see_some_books(acting(users, MAYA), on=ON)
    assert [reason.code for reason in answer.reasons] == ["not_controller_of_any"]
