"""What must be there before the first order is posted, done by an operator at the machine itself."""

import pytest
from tests.builders import given_company
from tests.cli.test_commands import run

from inward.access import queries as access
from inward.kit import clock
from inward.ledger.models import BookPeriod, Books
from inward.trade.models import ApprovalLimit

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_books_are_opened_once(capsys):
    given_company("abc")
    assert run(capsys, "books", "begin", "abc", "EUR")[0] == 0
    assert Books.objects.get().currency == "EUR"
    status, _, err = run(capsys, "books", "begin", "abc", "EUR")
    assert (status, bool(err.strip())) == (1, True)
    assert Books.objects.count() == 1


def test_a_month_is_closed_and_opened_again(capsys):
    given_company("abc")
    run(capsys, "books", "begin", "abc", "EUR")
    assert run(capsys, "books", "close", "abc", "2026-10")[0] == 0
    assert BookPeriod.objects.get().state == "CLOSED"
    assert run(capsys, "books", "close", "abc", "2026-10")[0] == 1
    assert run(capsys, "books", "open", "abc", "2026-10")[0] == 0
    assert BookPeriod.objects.get().state == "OPEN"


def test_a_month_that_is_none_is_wrong_usage(capsys):
    with pytest.raises(SystemExit, match="2"):
        run(capsys, "books", "close", "abc", "November")


def test_what_is_no_amount_or_no_currency_is_wrong_usage(capsys):
    given_company("abc")
    for words in (("limit", "abc", "much"), ("limit", "abc", "5", "euros?"), ("begin", "abc", "x")):
        with pytest.raises(SystemExit, match="2"):
            run(capsys, "books", *words)
    assert not ApprovalLimit.objects.exists()


def test_an_approval_limit_is_set_and_lifted(capsys):
    given_company("abc")
    assert run(capsys, "books", "limit", "abc", "500", "EUR")[0] == 0
    assert ApprovalLimit.objects.get().limit_minor == 50000
    assert run(capsys, "books", "limit", "abc", "none")[0] == 0
    assert not ApprovalLimit.objects.exists()


def test_books_of_nobody_are_refused_and_nothing_is_written(capsys):
    assert run(capsys, "books", "begin", "ghost", "EUR")[0] == 1
    assert not Books.objects.exists()


def test_a_token_acts_as_its_user_and_reads_only_unless_told(capsys):
    run(capsys, "user", "invite", "ada")
    status, raw, err = run(capsys, "user", "token", "ada", "--days", "7")
    assert (status, "shown only now" in err) == (0, True)
    asked = {"at": clock.now(), "area": "orders"}
    assert not access.caller(raw.strip(), **asked, writes=False).nobody
    with pytest.raises(access.ScopeMissing):
        access.caller(raw.strip(), **asked, writes=True)
    _, raw, _ = run(capsys, "user", "token", "ada", "--write")
    assert not access.caller(raw.strip(), **asked, writes=True).nobody
    _, raw, _ = run(capsys, "user", "token", "ada", "--scope", "books:read", "--scope", "orders:write")
    assert not access.caller(raw.strip(), **asked, writes=True).nobody
    with pytest.raises(access.ScopeMissing):
        access.caller(raw.strip(), at=clock.now(), area="books", writes=True)
    assert run(capsys, "user", "token", "ada", "--days", "4000")[0] == 1
    with pytest.raises(SystemExit, match="2"):
        run(capsys, "user", "token", "ada", "--scope", "everything")


def test_a_machine_belongs_to_a_unit_and_comes_in_by_token(capsys):
    given_company("abc")
    assert run(capsys, "user", "machine", "till-7", "--of", "abc")[0] == 0
    assert run(capsys, "user", "grant", "till-7", "buyer", "--over", "abc")[0] == 0
    _, raw, _ = run(capsys, "user", "token", "till-7", "--write")
    found = access.caller(raw.strip(), at=clock.now(), area="orders", writes=True)
    assert found.holds("BUYER", over="abc", on=clock.today())
    assert run(capsys, "user", "machine", "till-8", "--of", "ghost")[0] == 1
