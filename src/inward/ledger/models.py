"""The tables of the ledger room. Only this room imports them.

Entries and lines only grow: triggers in the database let the number and the export of an entry be filled once and refuse
every other change. Amounts are signed whole numbers of the smallest unit, debit positive.
"""

from django.db import models
from django.db.models import Q

from inward.core.bookkeeping import EntryKind, Role
from inward.kit.fields import CurrencyField, MinorField
from inward.kit.ids import new_id
from inward.kit.records import DatedFact, dated_checks
from inward.ledger.vocabulary import AccountKind, PeriodState


class Books(models.Model):
    """That a company keeps books here, and in which currency."""

    company = models.OneToOneField("parties.Party", models.PROTECT, related_name="+")
    currency = CurrencyField()
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"books of {self.company_id}"


class Account(models.Model):
    """A ledger account of one company."""

    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=9, choices=[(kind.value, kind.value) for kind in AccountKind])
    closed_on = models.DateField(null=True, help_text="since when nothing may be mapped to it; empty: open")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "code"], name="account_code_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AccountMapping(models.Model):
    """The account that a role of a kind of entry means in a company."""

    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=21, choices=[(kind.value, kind.value) for kind in EntryKind])
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])
    account = models.ForeignKey(Account, models.PROTECT, related_name="mappings")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "kind", "role"], name="account_mapping_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.role}"


class BookPeriod(models.Model):
    """A month that was closed, or opened again. A month nobody closed is open and has no row."""

    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    month = models.DateField(help_text="its first day")
    state = models.CharField(max_length=6, choices=[(state.value, state.value) for state in PeriodState])
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "month"], name="book_period_once"),)

    def __str__(self) -> str:
        return f"{self.month} {self.state}"


class JournalExport(models.Model):
    """A numbered export of the entries that had not been exported before."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    subject = models.CharField(max_length=64)
    first_number = models.BigIntegerField()
    last_number = models.BigIntegerField()
    entries_count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    layout = models.PositiveSmallIntegerField(default=1, help_text="which columns it has; what was made keeps its own")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "number"], name="journal_export_once"),)

    def __str__(self) -> str:
        return f"export {self.number}"


class Entry(models.Model):
    """Balanced lines in the books of one company. ``reference`` is the dealing's."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=21, choices=[(kind.value, kind.value) for kind in EntryKind])
    reference = models.CharField(max_length=40, db_index=True)
    correction_of = models.CharField(max_length=40, blank=True)
    posted_on = models.DateField()
    entered_at = models.DateTimeField()
    subject = models.CharField(max_length=64)
    number = models.BigIntegerField(null=True)
    export = models.ForeignKey(JournalExport, models.PROTECT, null=True, related_name="entries")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "number"], name="entry_number_once"),)
        indexes = (
            models.Index(fields=["company", "-id"], name="entry_by_company"),
            models.Index(fields=["company", "posted_on", "id"], name="entry_by_day"),
            models.Index(fields=["company", "kind", "-id"], name="entry_by_kind"),
            models.Index(fields=["company", "id"], name="entry_unnumbered", condition=Q(number=None)),
        )

    def __str__(self) -> str:
        return f"entry {self.number or self.id}"


class EntryLine(models.Model):
    """One line: account, signed amount, and the dimensions by which it is looked at."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="lines", db_index=False)
    role = models.CharField(max_length=24)
    amount_minor = MinorField()
    currency = CurrencyField()
    functional_minor = MinorField(help_text="the amount in the currency of the books")
    rate = models.CharField(
        max_length=40, help_text="price of one unit of the currency in that of the books, a fraction"
    )
    posted_on = models.DateField(help_text="the entry's, here so that a balance is one index")
    cost_centre = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+", db_index=False)
    counterparty = models.CharField(max_length=120, blank=True, help_text="a party's code, or a person's subject key")
    tax_code = models.CharField(max_length=40, blank=True)
    elimination = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(amount_minor=0, functional_minor=0), name="entry_line_says_something"),
        )
        indexes = (
            models.Index(fields=["account", "posted_on", "functional_minor"], name="line_balance"),
            models.Index(fields=["cost_centre", "posted_on"], name="line_by_cost_centre"),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount_minor}"


class EntryRate(models.Model):
    """At which rate an entry in another currency than that of its books was turned into it; other entries have none."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="exchange")
    rate = models.CharField(max_length=40, help_text="price of one unit of the dealing's currency, an exact fraction")
    rate_on = models.DateField(help_text="of which day the rate is")
    rate_source = models.CharField(max_length=200, help_text="who published it")
    via = models.CharField(max_length=8, blank=True, help_text="over which third currency; empty: over none")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.rate}"


class ExchangeRate(models.Model):
    """One unit of ``currency`` costs ``price`` of ``against`` on a day, as somebody published it. Told anew, the old row is closed."""

    currency = CurrencyField()
    against = CurrencyField()
    price = models.CharField(max_length=40, help_text="an exact fraction")
    rate_on = models.DateField()
    last_day = models.DateField(null=True, help_text="the last day it is used; empty: as long as rates are used")
    rate_source = models.CharField(max_length=80, help_text="who published it")
    told_by = models.CharField(max_length=64, help_text="subject key of whoever told it")
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["currency", "against", "rate_on"], condition=Q(known_until=None), name="exchange_rate_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=models.F("rate_on")), name="exchange_rate_days_in_order"
            ),
        )
        indexes = (models.Index(fields=["rate_on", "currency"], name="exchange_rate_by_day"),)

    def __str__(self) -> str:
        return f"{self.currency} {self.against} {self.rate_on}"


class DayTotal(models.Model):
    """What the numbered entries of a day moved on an account: a roll-up beside the lines, made as they are numbered.

    Entries without a number are not in it, so nobody who posts ever waits for it; both sides are positive.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    posted_on = models.DateField()
    debit_minor = MinorField()
    credit_minor = MinorField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "posted_on"], name="day_total_once"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.posted_on}"


class DayCount(models.Model):
    """How many numbered entries a company has on a day."""

    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    posted_on = models.DateField()
    entries = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "posted_on"], name="day_count_once"),)

    def __str__(self) -> str:
        return f"{self.entries} on {self.posted_on}"


class Series(models.Model):
    """The last number given in a company's series."""

    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "name"], name="series_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class BenefitRule(DatedFact):
    """A version of a rule on taxable benefit that somebody loaded; on its days it goes before the rules that ship.

    ``body`` is the document it came in, with this rule alone; the days are those of the row. ``source`` names the file.
    """

    jurisdiction = models.CharField(max_length=2, help_text="country, ISO 3166")
    code = models.CharField(max_length=60)
    body = models.JSONField()
    file_sha256 = models.CharField(max_length=64, help_text="what the file held")
    loaded_by = models.CharField(max_length=64, help_text="subject key of whoever loaded it")

    class Meta:
        constraints = (
            *dated_checks("benefit_rule"),
            models.UniqueConstraint(
                fields=["jurisdiction", "code", "valid_from"],
                condition=Q(known_until=None),
                name="benefit_rule_version_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.code}"
