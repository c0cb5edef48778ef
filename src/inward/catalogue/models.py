"""The tables of the catalogue room. Only this room imports them.

Prices are exact fractions of the smallest unit, kept as text; parties are keys of the parties room, and codes where a
list of them is kept.
"""

from django.db import models
from django.db.models import Q

from inward.catalogue.vocabulary import HearingStep
from inward.core.pricing import AllowanceMeasure, Level, OfferingKind, TargetKind, TaxMinimum
from inward.core.pricing.methods import MethodName
from inward.kit.fields import CurrencyField, MinorField, RateField
from inward.kit.ids import new_id
from inward.kit.records import DatedFact, dated_checks

CODE_LENGTH_MAX = 120


class Category(models.Model):
    """A category of offerings, below another or at the top."""

    code = models.CharField(max_length=CODE_LENGTH_MAX, unique=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="below")

    def __str__(self) -> str:
        return self.code


class Family(models.Model):
    """Offerings of one supplier that are one thing to whoever looks for it, and differ in some features."""

    code = models.CharField(max_length=CODE_LENGTH_MAX, unique=True)
    supplier = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    features = models.JSONField(help_text="what its variants differ in, in the order in which it is chosen")

    def __str__(self) -> str:
        return self.code


class Offering(models.Model):
    """An item or service of one supplier. Its supplier never changes; what is said of it may."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=CODE_LENGTH_MAX, unique=True)
    supplier = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="offerings")
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in OfferingKind])
    tax_code = models.CharField(max_length=40, blank=True)
    benefit_kind = models.CharField(
        max_length=40, blank=True, help_text="as tax law calls it, where that is not just goods or services"
    )
    outside_price = RateField(null=True, help_text="smallest units a piece, elsewhere")
    outside_currency = CurrencyField(blank=True)
    outside_source = models.CharField(max_length=200, blank=True)
    outside_seen_on = models.DateField(null=True)
    offered = models.BooleanField(default=True)
    plan = models.JSONField(
        null=True, help_text="of what runs on: how it is charged and ends, as catalogue files say it"
    )
    family = models.ForeignKey(Family, models.PROTECT, null=True, related_name="variants", db_index=False)
    place = models.PositiveSmallIntegerField(null=True, help_text="among the variants of its family, from 1")
    choice = models.JSONField(null=True, help_text="its value for each feature of its family, in their order")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(family=None, place=None) | Q(family__isnull=False, place__gte=1), name="variant_has_a_place"
            ),
        )
        indexes = (
            models.Index(fields=["family", "place"], name="offering_by_family", condition=Q(family__isnull=False)),
            models.Index(fields=["name", "id"], name="offering_by_name"),
            models.Index(fields=["supplier", "name", "id"], name="offering_by_supplier"),
            models.Index(fields=["category", "name", "id"], name="offering_by_category"),
        )

    def __str__(self) -> str:
        return self.code


class OfferingCost(DatedFact):
    """What a piece costs its supplier, without tax."""

    offering = models.ForeignKey(Offering, models.PROTECT, related_name="costs")
    price = RateField(help_text="smallest units a piece")
    currency = CurrencyField()

    class Meta:
        constraints = dated_checks("offering_cost")
        indexes = (models.Index(fields=["offering", "known_until"], name="cost_by_offering"),)

    def __str__(self) -> str:
        return f"cost of {self.offering_id}"


class Comparable(DatedFact):
    """A sale of the like between strangers, beside which prices between related companies are set."""

    code = models.CharField(max_length=CODE_LENGTH_MAX)
    offering = models.ForeignKey(Offering, models.PROTECT, related_name="comparables")
    price = RateField(help_text="smallest units a piece, without tax")
    currency = CurrencyField()
    seen_in = models.CharField(max_length=200, help_text="where it was seen")
    seen_on = models.DateField()

    class Meta:
        constraints = (
            *dated_checks("comparable"),
            models.UniqueConstraint(fields=["code"], condition=Q(known_until=None), name="comparable_code_once"),
        )

    def __str__(self) -> str:
        return self.code


class Scheme(DatedFact):
    """A staff purchase scheme; what changes from a day on is another row of the same code."""

    code = models.CharField(max_length=CODE_LENGTH_MAX)
    supplier = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    work_kinds = models.JSONField()
    employers = models.JSONField(help_text="codes of companies; empty: every company of the inside")
    tenure_months = models.PositiveIntegerField(default=0)
    included = models.JSONField(help_text="[{kind, id}]; empty: everything its prices reach")
    excluded = models.JSONField(help_text="[{kind, id}]")
    allowance_minor = MinorField(null=True)
    allowance_currency = CurrencyField(blank=True)
    allowance_units = models.BigIntegerField(null=True)
    allowance_measure = models.CharField(max_length=8, choices=[(m.value, m.value) for m in AllowanceMeasure])
    limits = models.JSONField(default=list, help_text="further limits, as catalogue files say them")
    lines_of_business = models.JSONField(default=list, help_text="codes of lines; empty: every line of the employers")
    leaving_days = models.PositiveIntegerField(default=0)
    closed_in = models.JSONField(default=list, help_text="states of work in which nobody buys under it")
    keep_days = models.PositiveIntegerField(default=0, help_text="so long what is bought is kept")
    repays_early = models.BooleanField(default=False, help_text="who gives it away before repays the saving")
    cooling_days = models.PositiveIntegerField(default=0, help_text="so long what came back has no staff price")
    given_to = models.JSONField(default=list, help_text="to whom unused allowance may be given")
    household = models.JSONField(default=list, help_text="ties of the household for whom one may buy; empty: none")

    class Meta:
        constraints = (
            *dated_checks("scheme"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=Q(known_until=None), name="scheme_version_once"
            ),
        )

    def __str__(self) -> str:
        return self.code


class PriceRule(DatedFact):
    """One way to a price. Its versions (``CODE@DAY``) are rows of their own, so that an order names the one that priced it."""

    code = models.CharField(max_length=CODE_LENGTH_MAX)
    level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in Level])
    supplier = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    target_kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in TargetKind])
    offering = models.ForeignKey(Offering, models.PROTECT, null=True, related_name="prices")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="prices")
    customer = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+")
    customer_kinds = models.JSONField(help_text="kinds of standing; empty: any")
    method = models.CharField(max_length=16, choices=[(name.value, name.value) for name in MethodName])
    value = RateField(null=True, help_text="smallest units a piece, or a fraction of one")
    currency = CurrencyField(blank=True)
    includes_tax = models.BooleanField(default=False)
    base_price = RateField(null=True, help_text="smallest units a piece: the resale price or standard cost it rests on")
    price_min = RateField(null=True, help_text="smallest units a piece: the least that was agreed on")
    price_max = RateField(null=True, help_text="smallest units a piece: the most that was agreed on")
    quantity_min = models.BigIntegerField(default=1)
    floor_at_cost = models.BooleanField(default=False)
    floor_minimum = RateField(null=True)
    saving_max = RateField(null=True)
    scheme = models.CharField(max_length=CODE_LENGTH_MAX, blank=True)
    credit_method = models.CharField(
        max_length=16, blank=True, help_text="by which the supplying department is credited"
    )
    credit_value = RateField(null=True, help_text="smallest units a piece, or a fraction of one, of what is credited")
    credit_base = RateField(null=True, help_text="smallest units a piece: what the credit rests on")

    class Meta:
        constraints = (
            *dated_checks("price"),
            models.UniqueConstraint(fields=["code"], condition=Q(known_until=None), name="price_code_once"),
        )
        indexes = (models.Index(fields=["supplier", "known_until"], name="price_by_supplier"),)

    def __str__(self) -> str:
        return self.code


class TaxRate(DatedFact):
    """The rate of a tax code in one company's sales, and its lowest base for staff."""

    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    tax_code = models.CharField(max_length=40)
    rate = RateField()
    staff_minimum = models.CharField(max_length=8, choices=[(m.value, m.value) for m in TaxMinimum])

    class Meta:
        constraints = dated_checks("tax_rate")

    def __str__(self) -> str:
        return self.tax_code


class PriceRaise(models.Model):
    """A price list raised in one act; the prices it wrote and closed stand in its rows, so that it can be taken back."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=32, unique=True)
    supplier = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in Level])
    category = models.ForeignKey(Category, models.SET_NULL, null=True, related_name="+")
    rate = RateField(help_text="a fraction of one; below zero: lowered")
    since = models.DateField(help_text="from which on the prices are others")
    prices = models.PositiveIntegerField(help_text="how many became others")
    made_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=200, blank=True, help_text="on whose word")

    class Meta:
        indexes = (
            models.Index(fields=["made_at", "id"], name="price_raise_by_time"),
            models.Index(fields=["since", "id"], name="price_raise_by_day"),
        )

    def __str__(self) -> str:
        return self.reference


class PriceRaiseRow(models.Model):
    """A price that a raise wrote or closed."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    of_raise = models.ForeignKey(PriceRaise, models.CASCADE, related_name="rows")
    table = models.CharField(max_length=80)
    key = models.BigIntegerField(db_index=True)
    act = models.CharField(max_length=7)
    before = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.act} {self.table} {self.key}"


class SchemeSuspension(models.Model):
    """A person to whom a scheme is closed from a day on. ``until`` moves with what is decided; the steps say how.

    The words stand in the steps alone, and go when she is erased.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=32, unique=True)
    scheme = models.CharField(max_length=CODE_LENGTH_MAX)
    supplier = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, help_text="first day it no longer holds; empty: for ever")
    answer_by = models.DateField(help_text="last day on which the person may answer")
    state = models.CharField(max_length=9, choices=[(step.value, step.value) for step in HearingStep])
    answered = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(state="ANSWERED"), name="suspension_stands_somewhere"),)
        indexes = (models.Index(fields=["person", "scheme"], name="suspension_by_person"),)

    def __str__(self) -> str:
        return self.reference


class SchemeHearing(models.Model):
    """One step of a suspension: who did what, when, in which words."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    suspension = models.ForeignKey(SchemeSuspension, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    kind = models.CharField(max_length=9, choices=[(step.value, step.value) for step in HearingStep])
    person = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=64, help_text="subject key of whoever did it")
    words = models.CharField(max_length=2000, blank=True)
    until = models.DateField(null=True, help_text="the first day it no longer holds, as of this step")

    def __str__(self) -> str:
        return self.kind
