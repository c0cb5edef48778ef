"""Totals of days say what the lines say, whatever is numbered and whatever is not yet; a balance never looks twice."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import AT, HOUSE, ON
from tests.ledger.test_operations import eur, given_the_books, post, sale

from inward.core.terms import Money
from inward.ledger import operations, queries
from inward.ledger.models import DayCount, DayTotal, Entry, EntryLine

YESTERDAY = ON - timedelta(days=1)
acts = st.lists(
    st.tuples(
        st.sampled_from(("sell", "give back", "number abc", "number xyz")), st.integers(0, 70), st.integers(1, 9_999)
    ),
    max_size=12,
)


@pytest.fixture
def users(db):
    return given_the_books()


def number(company):
    operations.number_entries(by=HOUSE, at=AT, company=company)


def play(drawn):
    for place, (act, days, net) in enumerate(drawn):
        if act.startswith("number"):
            number(act.removeprefix("number "))
        else:
            sign = 1 if act == "sell" else -1
            post(*sale(f"o{place}", net=sign * net, tax=sign * (net // 5 or 1)), on=ON - timedelta(days=days))


def counted(company, since=None, until=None):
    """Debit and credit by account, line by line."""
    sums = {}
    for line in EntryLine.objects.filter(account__company__code=company).select_related("account"):
        if (since is None or line.posted_on >= since) and (until is None or line.posted_on < until):
            debit, credit = sums.get(line.account.code, (0, 0))
            minor = line.functional_minor
            sums[line.account.code] = (debit + max(minor, 0), credit + max(-minor, 0))
    return sums


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=acts)
def test_a_balance_is_the_sum_of_the_lines_however_many_are_numbered(users, drawn):
    mark = connection.savepoint()
    try:
        play(drawn)
        for company in ("abc", "xyz"):
            for since, until in ((None, None), (ON - timedelta(days=30), ON), (None, YESTERDAY), (ON, None)):
                rows = queries.trial_balance(viewer=HOUSE, at=AT, company=company, since=since, until=until)
                found = {row.account.code: (row.debit.minor, row.credit.minor) for row in rows}
                assert found == counted(company, since, until)
            for code, (debit, credit) in counted(company, until=ON).items():
                shown = queries.balance(viewer=HOUSE, at=AT, company=company, account=code, on=YESTERDAY)
                assert shown == eur(debit - credit)
            entries = Entry.objects.filter(company__code=company)
            months = {row.month: row.entries for row in queries.periods(viewer=HOUSE, at=AT, company=company)}
            assert sum(months.values()) == entries.count()
        assert queries.totals_apart() == []
    finally:
        connection.savepoint_rollback(mark)


def test_what_has_no_number_is_in_no_total_and_what_has_one_is_in_them_once(users):
    post(*sale("o1"))
    assert DayTotal.objects.count() == DayCount.objects.count() == 0
    number("xyz")
    number("xyz")
    assert list(DayCount.objects.values_list("company__code", "posted_on", "entries")) == [("xyz", ON, 1)]
    sides = DayTotal.objects.aggregate(debit=Sum("debit_minor"), credit=Sum("credit_minor"))
    assert sides == {"debit": 12_100, "credit": 12_100}


def test_numbering_in_several_goes_adds_to_the_same_days(users, monkeypatch):
    monkeypatch.setattr(operations, "_NUMBERED_AT_ONCE", 2)
    for place in range(5):
        post(*sale(f"o{place}"))
    while operations.number_entries(by=HOUSE, at=AT, company="xyz"):
        pass
    assert sorted(Entry.objects.filter(company__code="xyz").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert DayCount.objects.get().entries == 5
    assert queries.balance(viewer=HOUSE, at=AT, company="xyz", account="1560") == Money(60_500, "EUR")


def test_an_account_whose_sides_are_both_nothing_is_left_out(users):
    post(*sale("o1"))
    number("xyz")
    assert queries.trial_balance(viewer=HOUSE, at=AT, company="xyz", until=YESTERDAY) == ()


def test_totals_that_somebody_changed_are_found(users):
    post(*sale("o1"))
    number("abc")
    number("xyz")
    assert queries.totals_apart() == []
    DayTotal.objects.filter(account__company__code="abc", account__code="2460").update(credit_minor=1)
    assert queries.totals_apart() == ["abc"]


def test_the_migration_fills_the_totals_with_what_was_numbered_before_it(users):
    migration = import_module("inward.ledger.migrations.0003_day_totals")
    post(*sale("o1"), on=date(2026, 3, 31))
    post(*sale("o2"))
    number("xyz")
    post(*sale("o3"))  # stays without a number
    before = sorted(DayTotal.objects.values_list("account_id", "posted_on", "debit_minor", "credit_minor"))
    counts = sorted(DayCount.objects.values_list("company_id", "posted_on", "entries"))
    DayTotal.objects.all().delete()
    DayCount.objects.all().delete()
    with connection.schema_editor(atomic=False) if connection.vendor == "postgresql" else Bare() as editor:
        migration.fill(None, editor)
    assert sorted(DayTotal.objects.values_list("account_id", "posted_on", "debit_minor", "credit_minor")) == before
    assert sorted(DayCount.objects.values_list("company_id", "posted_on", "entries")) == counts
    assert len(before) == 6
    assert len(counts) == 2


class Bare:
    """SQLite's schema editor cannot be had inside a transaction; filling needs only its connection."""

    connection = connection

    def __enter__(self):
        return self

    def __exit__(self, *_more):
        return None
