"""The books: opened once, posted only in balance and in open months, numbered without gaps, exported once."""

import csv
import hashlib
import threading
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection
from django.db import transaction as raw
from tests.builders import AT, HOUSE, ON, committed, given_actor, nothing_written
from tests.cast import LUCA, MAYA, acting, given_the_cast

from inward.core.bookkeeping import EntryKind, Role, SoldLine, intercompany_sale, outside_sale
from inward.core.terms import Money, Refusal
from inward.kit import versions
from inward.kit.actor import NOBODY
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import NoTransaction, transaction
from inward.kit.writing import GateClosed
from inward.ledger import jobs, operations, queries, register
from inward.ledger.models import Account, AccountMapping, Books, Entry, EntryLine, JournalExport
from inward.ledger.vocabulary import FITTING_KINDS, USUAL_CHART, AccountKind
from inward.parties import quality

NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)


def eur(minor):
    return Money(minor, "EUR")


def sale(reference="o1", net=10_000, tax=2_100, currency="EUR"):
    line = SoldLine(Money(net, currency), Money(tax, currency), "STANDARD")
    return intercompany_sale(
        supplier="xyz", customer="abc", cost_centre="abc-purchasing", lines=[line], reference=reference
    )


def post(*entries, on=ON, at=AT):
    with transaction():
        operations.post(by=HOUSE, at=at, entries=entries, on=on)


@pytest.fixture
def users(db):
    return given_the_books()


def given_the_books():
    users = given_the_cast(MAYA, LUCA)
    for company in ("abc", "xyz"):
        operations.open_books(by=HOUSE, at=AT, company=company, currency="EUR")
    return users


@pytest.fixture
def luca(users):
    return acting(users, LUCA)


def numbers(company):
    return list(Entry.objects.filter(company__code=company).order_by("id").values_list("number", flat=True))


KEEPING = {
    "open_books": lambda by: operations.open_books(by=by, at=AT, company="jkl", currency="EUR"),
    "add_account": lambda by: operations.add_account(by=by, at=AT, company="abc", code="3051", name="Staff, food", kind=AccountKind.REVENUE),
    "map_account": lambda by: operations.map_account(by=by, at=AT, company="abc", kind=EntryKind.OUTSIDE_SALE, role=Role.REVENUE, account="3050"),
    "close_period": lambda by: operations.close_period(by=by, at=AT, company="abc", month=OCTOBER),
    "open_period": lambda by: operations.open_period(by=by, at=AT, company="abc", month=OCTOBER),
    "export_journal": lambda by: operations.export_journal(by=by, at=AT, company="abc"),
}  # fmt: skip


@pytest.mark.parametrize("act", KEEPING)
def test_only_the_controller_of_that_company_keeps_its_books(users, act):
    for by in (NOBODY, acting(users, MAYA), given_actor("sister", ("CONTROLLER", "bellavista"))):
        with nothing_written(), pytest.raises(Refused):
            KEEPING[act](by)


def test_books_open_once_with_a_chart_that_every_posting_finds(luca):
    operations.open_books(by=luca, at=AT, company="jkl", currency="EUR")
    assert Books.objects.filter(company__code="jkl").count() == 1
    assert {account.code for account in queries.accounts(viewer=luca, at=AT, company="jkl")} >= {"1530", "3000", "2700"}
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.open_books(by=luca, at=AT, company="jkl", currency="EUR")
    assert refused.value.reason.code == "books_opened_already"


def test_books_of_nobody_known_are_not_there(users):
    for act in (
        lambda: operations.open_books(by=HOUSE, at=AT, company="nobody", currency="EUR"),
        lambda: operations.number_entries(by=HOUSE, at=AT, company="nobody"),
    ):
        with nothing_written(), pytest.raises(NotThere):
            act()


def test_an_account_must_be_usable_and_new(luca):
    operations.add_account(by=luca, at=AT, company="abc", code="3051", name=" Staff, food ", kind=AccountKind.REVENUE)
    assert Account.objects.get(company__code="abc", code="3051").name == "Staff, food"
    for code, name, why in (("3051", "Again", "account_code_taken"), ("a b", "Blank", "account_not_usable"), ("", "None", "account_not_usable"), ("9", "  ", "account_not_usable"), ("1" * 21, "Long", "account_not_usable")):  # fmt: skip
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.add_account(by=luca, at=AT, company="abc", code=code, name=name, kind=AccountKind.ASSET)
        assert refused.value.reason.code == why


def test_a_company_without_books_takes_neither_accounts_nor_postings(users):
    for act in (
        lambda: operations.add_account(by=HOUSE, at=AT, company="jkl", code="1", name="One", kind=AccountKind.ASSET),
        lambda: operations.export_journal(by=HOUSE, at=AT, company="jkl"),
        lambda: operations.close_period(by=HOUSE, at=AT, company="jkl", month=OCTOBER),
        lambda: post(*outside_sale(supplier="jkl", customer="rossi", reference="o", lines=[SoldLine(eur(1), eur(0))])),
    ):
        with nothing_written(), pytest.raises(Refusal) as refused:
            act()
        assert refused.value.reason.code == "books_not_opened"


def test_another_account_takes_what_comes_and_leaves_what_is_posted(luca):
    def posted(reference):
        entries = queries.entries_of(viewer=luca, at=AT, reference=reference)
        (sold,) = [entry for entry in entries if entry.company.code == "xyz"]
        return sold.lines[1].account.code

    post(*sale("before"))
    operations.map_account(by=luca, at=AT, company="xyz", kind=EntryKind.INTERCOMPANY_SALE, role=Role.INTERCOMPANY_REVENUE, account="3000")  # fmt: skip
    post(*sale("after"))
    assert (posted("before"), posted("after")) == ("3060", "3000")


def test_a_role_maps_only_to_an_account_that_is_there_and_only_where_it_is_used(luca):
    for role, account in ((Role.REVENUE, "9999"), (Role.FREE_USE, "3000")):
        with nothing_written(), pytest.raises(NotThere):
            operations.map_account(
                by=luca, at=AT, company="abc", kind=EntryKind.OUTSIDE_SALE, role=role, account=account
            )


def test_a_role_never_means_an_account_of_a_kind_that_it_cannot_be(luca):
    for kind, role, account, told in (
        (EntryKind.OUTSIDE_SALE, Role.REVENUE, "1500", ("ASSET", "REVENUE", None)),
        (EntryKind.OUTSIDE_SALE, Role.CUSTOMER_RECEIVABLE, "3000", ("REVENUE", "ASSET", None)),
        (EntryKind.OUTSIDE_SALE, Role.OUTPUT_TAX, "6900", ("EXPENSE", "LIABILITY", "ASSET")),
    ):
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.map_account(by=luca, at=AT, company="abc", kind=kind, role=role, account=account)
        facts = refused.value.reason.facts
        assert (refused.value.reason.code, refused.value.where) == ("account_kind_unfit", "account")
        assert (facts["kind"], facts["fits"], facts.get("other")) == told
    operations.map_account(
        by=luca, at=AT, company="abc", kind=EntryKind.OUTSIDE_SALE, role=Role.OUTPUT_TAX, account="1580"
    )
    offered = register.open_accounts(viewer=luca, at=AT, company="abc", role=Role.FREE_USE)
    assert {
        kind
        for code, kind in Account.objects.filter(company__code="abc").values_list("code", "kind")
        if code in dict(offered)
    } == {"EXPENSE"}


def test_the_usual_chart_fits_every_role():
    assert FITTING_KINDS.keys() == set(Role) == USUAL_CHART.keys()
    assert all(usual.kind is FITTING_KINDS[role][0] for role, usual in USUAL_CHART.items())


def test_what_was_mapped_before_kinds_were_asked_is_posted_to_and_found_until_it_is_mended(luca):
    wrong = Account.objects.get(company__code="xyz", code="1500")
    line = AccountMapping.objects.get(company__code="xyz", kind="INTERCOMPANY_SALE", role="INTERCOMPANY_REVENUE")
    with transaction():
        AccountMapping.objects.filter(pk=line.pk).update(account=wrong)
        versions.bump("ledger")
    post(*sale())
    assert queries.balance(viewer=luca, at=AT, company="xyz", account="1500") == eur(-10_000)
    (row,) = [row for row in queries.account_map(viewer=luca, at=AT, company="xyz") if row.unfit is not None]
    assert (row.kind, row.role) == (EntryKind.INTERCOMPANY_SALE, Role.INTERCOMPANY_REVENUE)
    (found,) = quality.findings(viewer=HOUSE, at=AT, check="account_unfit").rows
    assert found.mend == quality.Mend("account-map", "map", "xyz:INTERCOMPANY_SALE:INTERCOMPANY_REVENUE")
    assert found.reason == row.unfit
    keeper = given_actor("keeper", ("DATA_ADMINISTRATOR", None))
    assert quality.findings(viewer=keeper, at=AT, check="account_unfit").rows == (), "who sees no books sees no account"
    operations.map_account(by=luca, at=AT, company="xyz", kind=row.kind, role=row.role, account="3060")
    assert quality.findings(viewer=HOUSE, at=AT, check="account_unfit").rows == ()


def test_both_sides_are_posted_to_the_cent_or_none(luca):
    post(*sale())
    for company, account, minor in (("xyz", "1560", 12_100), ("xyz", "3060", -10_000), ("abc", "4060", 10_000), ("abc", "2460", -12_100)):  # fmt: skip
        assert queries.balance(viewer=luca, at=AT, company=company, account=account) == eur(minor)
    with nothing_written(), pytest.raises(Refusal) as refused:
        post(
            *sale("o2"),
            *outside_sale(supplier="jkl", customer="rossi", reference="o", lines=[SoldLine(eur(1), eur(0))]),
        )
    assert refused.value.reason.code == "books_not_opened"


def test_nothing_to_post_is_nothing_and_posting_stands_in_the_act_it_belongs_to(users):
    assert operations.entry_rows((), by=HOUSE, at=AT, on=ON) == ((), ())
    with nothing_written(), pytest.raises(NoTransaction):
        operations.post(by=HOUSE, at=AT, entries=sale(), on=ON)


def test_another_currency_than_that_of_the_books_is_refused_without_a_rate(users):
    with nothing_written(), pytest.raises(Refusal) as refused:
        post(*sale(currency="NOK"))
    assert refused.value.reason.code == "exchange_rate_missing"


def test_a_role_without_an_account_is_refused(users):
    from inward.kit import versions
    from inward.ledger.models import AccountMapping

    AccountMapping.objects.filter(company__code="abc", role="INPUT_TAX").delete()
    with transaction():
        versions.bump(queries.VERSION)
    with nothing_written(), pytest.raises(Refusal) as refused:
        post(*sale())
    assert refused.value.reason.code == "account_not_mapped"


def test_a_closed_month_takes_nothing_until_it_is_opened_again(luca):
    operations.close_period(by=luca, at=AT, company="xyz", month=date(2026, 10, 17))
    with nothing_written(), pytest.raises(Refusal) as refused:
        post(*sale(), on=date(2026, 10, 31))
    assert (refused.value.reason.code, dict(refused.value.reason.items)["month"]) == ("period_closed", "2026-10")
    post(*sale("november"), on=NOVEMBER)
    operations.open_period(by=luca, at=AT, company="xyz", month=OCTOBER)
    post(*sale("october"), on=date(2026, 10, 31))


def test_closing_twice_or_opening_what_is_open_is_said(luca):
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.open_period(by=luca, at=AT, company="xyz", month=OCTOBER)
    assert refused.value.reason.code == "period_state_already"
    operations.close_period(by=luca, at=AT, company="xyz", month=OCTOBER)
    with nothing_written(), pytest.raises(Refusal):
        operations.close_period(by=luca, at=AT, company="xyz", month=OCTOBER)


def test_a_month_with_entries_that_have_no_number_yet_is_not_closed(luca):
    post(*sale())
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.close_period(by=luca, at=AT, company="xyz", month=NOVEMBER)
    assert dict(refused.value.reason.items) == {"month": "2026-11", "count": 1}
    operations.number_entries(by=HOUSE, at=AT, company="xyz")
    operations.close_period(by=luca, at=AT, company="xyz", month=NOVEMBER)


def test_an_entry_decided_before_the_month_was_closed_does_not_slip_in(luca):
    rows, gates = operations.entry_rows(sale(), by=HOUSE, at=AT, on=ON)
    operations.close_period(by=luca, at=AT, company="xyz", month=NOVEMBER)
    from inward.kit.writing import WriteSet, write

    with nothing_written(), pytest.raises(GateClosed):
        write(WriteSet(gates=gates, rows=rows))


def test_numbers_follow_the_order_of_entry_without_gaps_by_company(users):
    for reference in ("a", "b", "c"):
        post(*sale(reference))
    jobs.number_entries(at=AT)
    post(*sale("d"))
    assert numbers("xyz") == [1, 2, 3, None]
    assert operations.number_entries(by=HOUSE, at=AT, company="xyz") == 1
    assert operations.number_entries(by=HOUSE, at=AT, company="xyz") == 0
    assert (numbers("xyz"), numbers("abc")) == ([1, 2, 3, 4], [1, 2, 3, None])


def test_what_is_numbered_is_exported_once_and_the_file_never_changes(luca):
    post(*sale("a"), at=AT - timedelta(days=1))
    jobs.number_entries(at=AT)
    post(*sale("b"))
    assert operations.export_journal(by=luca, at=AT, company="xyz") == 1
    export = JournalExport.objects.get(company__code="xyz")
    first = queries.journal_csv(viewer=luca, at=AT, company="xyz", number=1)
    assert (export.first_number, export.last_number, export.entries_count) == (1, 1, 1)
    assert export.sha256 == hashlib.sha256(first).hexdigest()
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.export_journal(by=luca, at=AT, company="xyz")
    assert refused.value.reason.code == "nothing_to_export"
    jobs.number_entries(at=AT)
    assert operations.export_journal(by=luca, at=AT, company="xyz") == 2
    assert queries.journal_csv(viewer=luca, at=AT, company="xyz", number=1) == first
    second = list(
        csv.reader(queries.journal_csv(viewer=luca, at=AT, company="xyz", number=2).decode("utf-8-sig").splitlines())
    )
    assert all("b" in row for row in second[1:])
    assert len(second) == 1 + 3


def test_an_export_of_the_journal_is_never_changed_nor_removed(luca):
    post(*sale("a"), at=AT - timedelta(days=1))
    jobs.number_entries(at=AT)
    operations.export_journal(by=luca, at=AT, company="xyz")
    export = JournalExport.objects.get(company__code="xyz")
    for statement in (
        "UPDATE ledger_journalexport SET last_number = 9",
        "UPDATE ledger_journalexport SET sha256 = 'other'",
        "UPDATE ledger_journalexport SET sha256 = ''",
        "DELETE FROM ledger_journalexport",
    ):
        with pytest.raises(DatabaseError, match="is append-only"), raw.atomic(), connection.cursor() as cursor:  # noqa: TID251 - past the house on purpose
            cursor.execute(statement)
    kept = JournalExport.objects.get(company__code="xyz")
    assert (kept.last_number, kept.sha256) == (export.last_number, export.sha256)


def test_posted_lines_are_never_changed_nor_removed(users):
    post(*sale())
    for statement in (
        "UPDATE ledger_entryline SET amount_minor = 1",
        "DELETE FROM ledger_entryline",
        "UPDATE ledger_entry SET reference = 'other'",
        "DELETE FROM ledger_entry",
    ):
        with pytest.raises(DatabaseError), raw.atomic(), connection.cursor() as cursor:  # noqa: TID251 - past the house on purpose
            cursor.execute(statement)
    assert EntryLine.objects.count() == 6
    assert queries.unbalanced() == []


def test_a_stranger_to_the_books_sees_none_of_them(users):
    post(*sale())
    jobs.number_entries(at=AT)
    operations.export_journal(by=HOUSE, at=AT, company="xyz")
    maya, other = acting(users, MAYA), given_actor("abc-only", ("CONTROLLER", "abc"))
    assert queries.companies(viewer=maya, at=AT) == ()
    assert queries.entries(viewer=maya, at=AT).rows == ()
    assert queries.entries_of(viewer=maya, at=AT, reference="o1") == ()
    assert [named.code for named in queries.companies(viewer=other, at=AT)] == ["abc"]
    assert {entry.company.code for entry in queries.entries_of(viewer=other, at=AT, reference="o1")} == {"abc"}
    key = Entry.objects.get(company__code="xyz").id
    for ask in (
        lambda: queries.entry(viewer=other, at=AT, id=key),
        lambda: queries.trial_balance(viewer=other, at=AT, company="xyz"),
        lambda: queries.exports(viewer=other, at=AT, company="xyz"),
        lambda: queries.journal_csv(viewer=other, at=AT, company="xyz", number=1),
        lambda: queries.account_map(viewer=other, at=AT, company="xyz"),
        lambda: queries.periods(viewer=other, at=AT, company="xyz"),
    ):
        with pytest.raises(NotThere):
            ask()


@pytest.mark.django_db(transaction=True)
def test_two_who_number_at_once_leave_no_gap_and_no_double():
    with committed():
        given_the_books()
        for count in range(30):
            post(*sale(f"o{count}"))
        together = threading.Barrier(3)

        def number():
            together.wait()
            try:
                operations.number_entries(by=HOUSE, at=AT, company="xyz")
            finally:
                connection.close()

        threads = [threading.Thread(target=number) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert numbers("xyz") == list(range(1, 31))


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_does_not_balance_is_refused_by_the_database_itself():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no deferred triggers: the doctor looks for such entries there")
    with committed():
        given_the_books()
        post(*sale())
        line = EntryLine.objects.first()
        line.pk, line.position = line.pk + 1, 9
        with pytest.raises(DatabaseError), raw.atomic():  # noqa: TID251 - past the house on purpose
            line.save(force_insert=True)
        assert EntryLine.objects.count() == 6
