"""Two currencies: each side of a dealing in its own books, at a told rate; what comes back at the rate it was sold at."""

import csv
import hashlib
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection
from django.db import transaction as raw
from tests.builders import AT, HOUSE, ON, given_actor, nothing_written
from tests.cast import LUCA, MAYA, acting, given_the_cast

from inward.core.bookkeeping import Published, Role, SoldLine, StaffSettlement, intercompany_sale, staff_sale
from inward.core.terms import Money, Refusal
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import transaction
from inward.ledger import jobs, operations, queries, rates
from inward.ledger.models import Account, AccountMapping, Entry, EntryLine, EntryRate, ExchangeRate, JournalExport
from inward.ledger.ratefiles import Told, read_rates

DAY = timedelta(days=1)
BEFORE = ON - DAY


def usd(minor):
    return Money(minor, "USD")


def told(currency="EUR", against="USD", price="1.0876", on=ON, source="ECB", last=None):
    return Told(Published(currency, against, Fraction(price), on, source, last), "line 2")


def tell(*facts, by=HOUSE, at=AT):
    return operations.tell_rates(by=by, at=at, told=facts or (told(),))


def sale(net=10_000, tax=2_100, *, back=False, reference="o1"):
    line = SoldLine(usd(-net if back else net), usd(-tax if back else tax), "STANDARD")
    return intercompany_sale(
        supplier="xyz",
        customer="abc",
        cost_centre="abc-purchasing",
        lines=[line],
        reference=reference,
        correction_of=reference if back else None,
    )


def post(*entries, on=ON, at=AT):
    with transaction():
        operations.post(by=HOUSE, at=at, entries=entries, on=on)


@pytest.fixture
def users(db):
    """ABC keeps its books in euro, XYZ in dollars."""
    users = given_the_cast(MAYA, LUCA)
    for company, currency in (("abc", "EUR"), ("xyz", "USD")):
        operations.open_books(by=HOUSE, at=AT, company=company, currency=currency)
    return users


@pytest.fixture
def luca(users):
    return acting(users, LUCA)


def in_books(company):
    lines = EntryLine.objects.filter(entry__company__code=company).order_by("entry_id", "position")
    return [(line.role, line.amount_minor, line.currency, line.functional_minor) for line in lines]


def test_each_side_is_in_the_currency_of_its_own_books_and_both_owe_the_same_dollars(users):
    tell()
    post(*sale())
    assert in_books("xyz") == [
        ("INTERCOMPANY_RECEIVABLE", 12_100, "USD", 12_100),
        ("INTERCOMPANY_REVENUE", -10_000, "USD", -10_000),
        ("OUTPUT_TAX", -2_100, "USD", -2_100),
    ]
    assert in_books("abc") == [
        ("INTERCOMPANY_PURCHASE", 10_000, "USD", 9_195),
        ("INPUT_TAX", 2_100, "USD", 1_931),
        ("INTERCOMPANY_PAYABLE", -12_100, "USD", -11_125),
        ("EXCHANGE_ROUNDING", 0, "USD", -1),
    ]
    assert queries.unbalanced() == []


def test_the_entry_keeps_the_rate_its_day_and_its_source_and_the_other_side_needs_none(users):
    tell(told(on=BEFORE))
    post(*sale())
    kept = EntryRate.objects.get()
    assert (kept.entry.company.code, kept.rate, kept.rate_on, kept.rate_source, kept.via) == (
        *("abc", "2500/2719", BEFORE, "ECB", ""),
    )
    assert set(EntryLine.objects.filter(entry__company__code="xyz").values_list("rate", flat=True)) == {"1"}
    assert set(EntryLine.objects.filter(entry__company__code="abc").values_list("rate", flat=True)) == {"2500/2719"}


def test_a_rate_over_a_third_currency_names_it(users):
    operations.open_books(by=HOUSE, at=AT, company="jkl", currency="NOK")
    tell(told(), told(against="NOK", price="11.5"))
    entries = intercompany_sale(
        supplier="xyz",
        customer="jkl",
        cost_centre=None,
        lines=[SoldLine(usd(10_000), usd(0))],
        reference="o2",
    )
    post(*entries)
    kept = EntryRate.objects.get()
    assert (Fraction(kept.rate), kept.via) == (Fraction("11.5") / Fraction("1.0876"), "EUR")
    view = queries.turned("o2")[0]
    assert (view.company.code, view.amount, view.functional, view.exchange.via) == (
        *("jkl", usd(10_000), Money(105_737, "NOK"), "EUR"),
    )


@pytest.mark.parametrize("facts", [(), (told(on=ON - 8 * DAY),), (told(against="NOK"),)])
def test_without_a_rate_of_the_day_nothing_is_posted_and_the_refusal_names_it(users, facts):
    if facts:
        tell(*facts)
    with nothing_written(), pytest.raises(Refusal) as refused:
        post(*sale())
    assert refused.value.reason.code == "exchange_rate_missing"
    assert refused.value.reason.facts == {
        "currency": "USD",
        "functional": "EUR",
        "on": ON,
        "company": "abc",
        "days": 7,
    }


def test_for_how_long_a_rate_is_used_is_a_setting(users, settings):
    tell(told(on=ON - 8 * DAY))
    settings.INWARD_RATE_DAYS = 8
    post(*sale())
    assert EntryRate.objects.get().rate_on == ON - 8 * DAY


def test_a_rate_told_after_the_day_is_not_used(users):
    tell()
    with pytest.raises(Refusal, match="exchange_rate_missing"):
        post(*sale(), on=BEFORE)


def test_what_comes_back_is_turned_at_the_rate_it_was_sold_at_and_leaves_nothing(users):
    tell()
    post(*sale())
    later = AT + 3 * DAY
    tell(told(price="1.25", on=ON + 3 * DAY), at=later)
    for net, tax in ((3_333, 700), (3_333, 700), (3_334, 700)):
        post(*sale(net, tax, back=True), on=ON + 3 * DAY, at=later)
    assert set(EntryRate.objects.values_list("rate", flat=True)) == {"2500/2719"}
    for company in ("abc", "xyz"):
        left = {}
        for role, amount, _, functional in in_books(company):
            before = left.get(role, (0, 0))
            left[role] = (before[0] + amount, before[1] + functional)
        assert set(left.values()) == {(0, 0)}
    assert queries.unbalanced() == []


def test_of_a_dealing_turned_at_several_rates_what_comes_back_takes_the_latest(users):
    tell()
    post(*sale())
    tell(told(price="1.25", on=ON + DAY), at=AT + DAY)
    post(*sale(), on=ON + DAY, at=AT + DAY)
    post(*sale(1_000, 0, back=True), on=ON + 2 * DAY, at=AT + 2 * DAY)
    last = EntryRate.objects.order_by("-entry_id")[0]
    assert last.rate == "4/5"
    assert [line.functional_minor for line in last.entry.lines.order_by("position")] == [-800, 800]


def test_what_was_never_turned_is_corrected_at_the_rate_of_the_day(users):
    tell()
    post(*sale(back=True))
    assert EntryRate.objects.get().rate == "2500/2719"


def test_what_leaves_somebodys_pay_is_refused_in_another_currency(users):
    tell()
    entries = staff_sale(
        supplier="xyz",
        employer="abc",
        person="s-1",
        lines=[SoldLine(usd(100), usd(0))],
        settlement=StaffSettlement.PAYROLL,
        cost_centre=None,
        reference="o3",
    )
    with nothing_written(), pytest.raises(Refusal, match="books_in_another_currency"):
        post(*entries)


def test_what_her_department_pays_is_turned(users):
    tell()
    entries = staff_sale(
        supplier="xyz",
        employer="abc",
        person="s-1",
        lines=[SoldLine(usd(1_000), usd(0))],
        settlement=StaffSettlement.COST_CENTRE,
        cost_centre="abc-purchasing",
        reference="o3",
    )
    post(*entries)
    assert in_books("abc") == [
        ("COST_CENTRE_CHARGE", 1_000, "USD", 919),
        ("INTERCOMPANY_PAYABLE", -1_000, "USD", -919),
    ]


# --- what readers see -------------------------------------------------------------------------------------------------


def test_an_entry_tells_both_currencies_and_its_rate(luca):
    tell()
    post(*sale())
    found = next(each for each in queries.entries_of(viewer=luca, at=AT, reference="o1") if each.company.code == "abc")
    assert (found.debit, found.functional_debit) == (usd(12_100), Money(11_126, "EUR"))
    assert (found.exchange.price, found.exchange.on, found.exchange.source) == (Fraction(2500, 2719), ON, "ECB")
    assert queries.entry(viewer=luca, at=AT, id=found.id) == found


def test_an_order_tells_what_it_came_to_in_the_books_that_turned_it(users):
    tell()
    post(*sale())
    tell(told(price="1.25", on=ON + DAY), at=AT + DAY)
    post(*sale(100, 0, back=True), on=ON + DAY, at=AT + DAY)
    (found,) = queries.turned("o1")
    assert (found.company.code, found.amount, found.functional) == ("abc", usd(12_100), Money(11_126, "EUR"))
    assert queries.turned("other") == ()


def test_balances_and_cost_centres_are_in_the_currency_of_the_books(luca):
    tell()
    post(*sale())
    rows = queries.trial_balance(viewer=luca, at=AT, company="abc")
    assert {row.debit.currency for row in rows} == {"EUR"}
    assert sum(row.balance.minor for row in rows) == 0
    (line,) = queries.of_cost_centre("abc-purchasing", since=ON, until=ON + DAY, most=5)
    assert line.amount == Money(9_195, "EUR")


def test_an_export_has_both_currencies_and_one_made_before_keeps_its_columns_and_bytes(luca):
    tell()
    post(*sale())
    jobs.number_entries(at=AT)
    number = operations.export_journal(by=luca, at=AT, company="abc")
    content = queries.journal_csv(viewer=luca, at=AT, company="abc", number=number)
    rows = list(csv.DictReader(content.decode().splitlines()))
    assert [(row["debit"], row["credit"], row["books_debit"], row["books_credit"]) for row in rows] == [
        ("100.00", "", "91.95", ""),
        ("21.00", "", "19.31", ""),
        ("", "121.00", "", "111.25"),
        ("", "", "", "0.01"),
    ]
    assert {(row["books_currency"], row["rate"], row["rate_on"], row["rate_source"]) for row in rows} == {
        ("EUR", "2500/2719", ON.isoformat(), "ECB")
    }
    export = JournalExport.objects.get(company__code="abc")
    assert hashlib.sha256(content).hexdigest() == export.sha256
    old = queries.journal_bytes(JournalExport(pk=export.pk, company_id=export.company_id, layout=1))
    assert old.decode().splitlines()[0].endswith("tax_code,elimination")
    assert len(old.decode().splitlines()) == len(content.decode().splitlines())


def test_the_database_refuses_a_line_that_says_nothing_and_a_rate_that_is_changed(users):
    tell()
    post(*sale())
    line = EntryLine.objects.filter(role="EXCHANGE_ROUNDING").get()
    with pytest.raises(DatabaseError), raw.atomic():  # noqa: TID251 - as other tests of guards
        EntryLine.objects.create(
            entry=line.entry,
            position=9,
            account=line.account,
            role=line.role,
            amount_minor=0,
            currency="USD",
            functional_minor=0,
            rate="1",
            posted_on=ON,
        )
    for table, column in (("ledger_entryrate", "rate"), ("ledger_entryline", "rate")):
        with pytest.raises(DatabaseError), raw.atomic(), connection.cursor() as cursor:  # noqa: TID251 - likewise
            cursor.execute(f"UPDATE {table} SET {column} = '1/3'")


def test_lines_out_of_balance_in_the_books_are_found(users):
    tell()
    post(*sale())
    entry = Entry.objects.get(company__code="abc")
    assert queries.unbalanced() == []
    if connection.vendor == "sqlite":  # PostgreSQL refuses such a line when it is written
        rounding = EntryLine.objects.get(entry=entry, role="EXCHANGE_ROUNDING")
        EntryLine.objects.create(
            entry=entry,
            position=9,
            account=rounding.account,
            role=rounding.role,
            amount_minor=0,
            currency="USD",
            functional_minor=5,
            rate="1",
            posted_on=ON,
        )
        assert queries.unbalanced() == [entry.pk]


# --- telling rates ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [NOBODY, "maya", "controller of one"])
def test_only_who_keeps_all_books_tells_rates(users, by):
    acts = {"maya": lambda: acting(users, MAYA), "controller of one": lambda: given_actor("one", ("CONTROLLER", "abc"))}
    actor = acts[by]() if isinstance(by, str) else by
    tell()
    with nothing_written():
        with pytest.raises(Refused):
            tell(told(price="2"), by=actor)
        with pytest.raises(Refused):
            operations.take_back_rate(by=actor, at=AT, key=f"EUR:USD:{ON}")


def test_who_keeps_all_books_tells_rates(luca):
    assert tell(by=luca) == 1


def test_where_no_books_are_kept_nobody_keeps_all_of_them(db):
    with pytest.raises(Refused):
        tell(by=acting(given_the_cast(LUCA), LUCA))


def test_a_rate_told_otherwise_is_corrected_and_what_was_posted_keeps_its_own(luca):
    tell()
    post(*sale())
    assert tell(told(price="1.0877"), at=AT + timedelta(hours=1)) == 1
    now, before = rates.versions_of(viewer=luca, at=AT, key=f"EUR:USD:{ON}")
    assert (now.rate.price, now.known_until) == (Fraction("1.0877"), None)
    assert (before.rate.price, before.known_until) == (Fraction("1.0876"), AT + timedelta(hours=1))
    assert EntryRate.objects.get().rate == "2500/2719"


def test_rates_told_again_alike_change_nothing(users):
    tell()
    with nothing_written():
        assert tell() == 0


def test_a_rate_taken_back_is_used_no_more(luca):
    tell()
    operations.take_back_rate(by=HOUSE, at=AT, key=f"EUR:USD:{ON}")
    assert AuditRow.objects.filter(act="ledger.take_back_rate").count() == 1
    with pytest.raises(Refusal, match="exchange_rate_missing"):
        post(*sale())
    with pytest.raises(NotThere):
        rates.versions_of(viewer=luca, at=AT, key=f"EUR:USD:{ON}")
    with nothing_written(), pytest.raises(NotThere):
        operations.take_back_rate(by=HOUSE, at=AT, key=f"EUR:USD:{ON}")


@pytest.mark.parametrize("key", ["EUR", "EUR:USD", "EUR:USD:soon", "EUR:USD:2026-11-24:1"])
def test_what_is_no_key_is_not_there(luca, key):
    with pytest.raises(NotThere):
        rates.versions_of(viewer=luca, at=AT, key=key)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ([], "rates_unfit"),
        ([told(price="0")], "rate_unfit"),
        ([told(price="1.123456789")], "rate_unfit"),
        ([told(price="100000000")], "rate_unfit"),
        ([told(against="EUR")], "rate_unfit"),
        ([told(source=" ")], "rate_unfit"),
        ([told(source="x" * 81)], "rate_unfit"),
        ([told(on=ON + DAY)], "rate_day_unfit"),
        ([told(last=ON - DAY)], "rate_day_unfit"),
        ([told(), told(price="2")], "rate_told_twice"),
    ],
)
def test_a_rate_that_cannot_be_used_keeps_all_of_them_out(users, facts, code):
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.tell_rates(by=HOUSE, at=AT, told=[*facts[:1], *facts[1:]])
    assert refused.value.reason.code == code


def test_rates_are_listed_by_currency_and_text_for_whoever_sees_some_books(users, luca):
    tell(told(), told(against="NOK", price="11.5", source="Norges Bank", last=ON))
    listed = rates.told(viewer=luca, at=AT, params={"text": "norges"}).rows
    assert [(each.key, each.rate.last) for each in listed] == [(f"EUR:NOK:{ON}", ON)]
    assert len(rates.told(viewer=luca, at=AT, params={}).rows) == 2
    with pytest.raises(Refused):
        rates.told(viewer=acting(users, MAYA), at=AT, params={})
    with pytest.raises(Refused):
        rates.versions_of(viewer=acting(users, MAYA), at=AT, key=f"EUR:NOK:{ON}")


def test_every_books_has_an_account_for_what_rounding_leaves(users):
    assert Account.objects.get(company__code="abc", code="7950").name == "Rounding of exchange"
    mapped = AccountMapping.objects.filter(company__code="abc", role=Role.EXCHANGE_ROUNDING.value)
    assert mapped.count() == 9


# --- files ------------------------------------------------------------------------------------------------------------

ECB = b"Date,USD,JPY,CYP,\n2026-11-27,1.0876,162.11,N/A,\n2026-11-26,1.0891,162.5,,\n"
COMMA = b"Date,USD\n2026-11-27,1,0876\n"
OF_THE_DAY = b"Date, USD, NOK, \n27 November 2026, 1.0876, 11.5, \n"
ROWS = b"currency,against,rate,day,last_day,source\nusd,eur,0.93,2026-11-01,2026-11-30,Group rate\nUSD,EUR,0.9195,2026-11-27,,\n"


def read(content):
    return read_rates(content, source="ECB", base="EUR")


def test_the_file_of_a_central_bank_is_read_column_by_column():
    found = [(each.rate.against, each.rate.price, each.rate.on.day, each.where) for each in read(ECB)]
    assert found == [
        ("USD", Fraction("1.0876"), 27, "line 2"),
        ("JPY", Fraction("162.11"), 27, "line 2"),
        ("USD", Fraction("1.0891"), 26, "line 3"),
        ("JPY", Fraction("162.5"), 26, "line 3"),
    ]
    assert {(each.rate.currency, each.rate.source) for each in read(ECB)} == {("EUR", "ECB")}


def test_the_file_of_a_day_writes_its_day_in_words():
    assert [(each.rate.against, each.rate.on) for each in read(OF_THE_DAY)] == [
        ("USD", date(2026, 11, 27)),
        ("NOK", date(2026, 11, 27)),
    ]


def test_rows_name_pair_day_last_day_and_source():
    monthly, daily = (each.rate for each in read(ROWS))
    assert monthly == Published("USD", "EUR", Fraction("0.93"), date(2026, 11, 1), "Group rate", date(2026, 11, 30))
    assert daily == replace(monthly, price=Fraction("0.9195"), on=date(2026, 11, 27), source="ECB", last=None)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"\xff\xfe", "line 1"),
        (b"", "line 1"),
        (b"currency,rate\nUSD,1\n", "line 1"),
        (COMMA, "line 2"),
        (b"Date,USD\nyesterday,1.1\n", "line 2"),
        (b"Date,USD\n2026-11-27,-1\n", "line 2"),
        (b"Date,$\n2026-11-27,1\n", "line 1"),
        (ROWS + b"USD,EUR,x,2026-11-28,,\n", "line 4"),
    ],
)
def test_a_line_that_cannot_be_read_keeps_the_file_out(content, where):
    with pytest.raises(Refusal) as refused:
        read(content)
    assert (refused.value.reason.code, refused.value.where) == ("rates_file_unfit", where)


def test_rates_of_a_file_are_told_at_once(users):
    assert tell(*read(ECB.replace(b"2026-11-27", b"2026-11-24")), at=AT + 5 * DAY) == 4
    assert ExchangeRate.objects.filter(known_until=None).count() == 4
