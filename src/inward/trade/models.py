"""The tables of the trade room. Only this room imports them.

Amounts are integers of the currency's smallest unit. What was decided (standing, grounds, parts, trace) is kept as JSON
beside the figures and never written again. Keys of the hot tables come from ``kit.ids`` so that children know their
parent before anything is written.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from inward.core.bookkeeping import OnLeaving
from inward.core.classification import Tie
from inward.core.running import Rhythm
from inward.core.terms import Money
from inward.core.terms.money import as_currency
from inward.kit.fields import CurrencyField, MinorField
from inward.kit.ids import new_id
from inward.kit.records import DatedFact, dated_checks
from inward.trade.framewords import FramePrice
from inward.trade.runningwords import ChangeKind, EndedHow
from inward.trade.vocabulary import (
    BudgetRule,
    DisputeAnswer,
    DisputeReason,
    DisputeSide,
    Fault,
    FaultAnswer,
    GivenUpWhy,
    HandoverWay,
    OrderState,
    PayKind,
    PaymentState,
    Settlement,
    StepKind,
    StockMoveKind,
    TermsKind,
    WaitingKind,
)

PLACE_LENGTH_MAX = 60
_FILTERED = ("standing", "kind", "settlement", "state")


class Order(models.Model):
    """One dealing between one customer and one supplier."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=32, unique=True)
    number = models.BigIntegerField(unique=True)
    placed_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=[(state.value, state.name) for state in OrderState])
    subject = models.CharField(max_length=64, help_text="subject key of whoever placed it")
    person = models.ForeignKey(
        "parties.Party", models.PROTECT, null=True, related_name="+", help_text="who placed it", db_index=False
    )
    customer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", db_index=False)
    customer_company = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+")
    supplier = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", db_index=False)
    supplier_company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    standing = models.CharField(max_length=12)
    kind = models.CharField(max_length=16)
    grounds = models.JSONField()
    nearest_miss = models.JSONField(null=True)
    definition = models.CharField(max_length=64)
    books_kind = models.CharField(max_length=16, help_text="the kind by which it is paid and posted")
    books_definition = models.CharField(max_length=64, help_text="the definition that decided that kind")
    tax_definition = models.CharField(
        max_length=64, blank=True, db_default="", help_text="the definition by which it is untaxed: one tax group"
    )
    tax_grounds = models.JSONField(null=True, help_text="on what the tax group rests")
    world_version = models.BigIntegerField()
    book_version = models.BigIntegerField()
    settlement = models.CharField(max_length=14, choices=[(way.value, way.name) for way in Settlement])
    cost_centre = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+", db_index=False)
    currency = models.CharField(max_length=8)
    net_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()
    saving_minor = models.BigIntegerField()
    allowances = models.JSONField(
        help_text="what was drawn: [{scheme, period, money, units}]; of a limit also {limit, item, offerings}"
    )
    approval = models.JSONField(null=True)
    instalments = models.JSONField(
        null=True, help_text="{parts: [[month, smallest units]], leaving}; null: all at once"
    )
    to_receive = models.BooleanField(db_default=False, help_text="something was handed over that nobody has confirmed")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = (
            # A party's orders, latest first, with what they are filtered by: of 100,000 none may fit, and the index alone tells.
            models.Index(fields=["person", "-id", *_FILTERED], name="order_by_person"),
            models.Index(fields=["customer", "-id", *_FILTERED, "person"], name="order_by_customer"),
            models.Index(fields=["supplier", "-id", *_FILTERED], name="order_by_supplier"),
            models.Index(fields=["person", "total_minor", "id"], name="order_by_person_total"),
            models.Index(fields=["customer", "total_minor", "id"], name="order_by_customer_total"),
            models.Index(fields=["supplier", "total_minor", "id"], name="order_by_supplier_total"),
            models.Index(
                fields=["cost_centre", "-id", *_FILTERED],
                name="order_by_cost_centre",
                condition=Q(cost_centre__isnull=False),
            ),
            models.Index(
                fields=["cost_centre", "total_minor", "id"],
                name="order_by_cost_centre_total",
                condition=Q(cost_centre__isnull=False),
            ),
            models.Index(fields=["state", "-id"], name="order_by_state"),
            # What a list can be sorted and filtered by, also where few of a million orders have it.
            models.Index(fields=["total_minor", "id"], name="order_by_total"),
            models.Index(fields=["settlement", "-id"], name="order_by_settlement"),
            models.Index(fields=["kind", "-id"], name="order_by_kind"),
            models.Index(fields=["standing", "-id"], name="order_by_standing"),
            # What came and is not confirmed is few among many, and asked for by whoever ordered or buys for the customer.
            models.Index(fields=["customer", "-id"], name="order_to_receive", condition=Q(to_receive=True)),
            # What waits to be handed over is few among many: a supplier's work by total, and nobody else's on the way.
            models.Index(
                fields=["supplier", "total_minor", "id"],
                name="order_open_by_total",
                condition=Q(state__in=("PARTLY_DELIVERED", "PLACED")),
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(total_minor=F("net_minor") + F("tax_minor")), name="order_adds_up"),
        )

    def __str__(self) -> str:
        return f"order {self.number}"


class OrderHousehold(models.Model):
    """That an order is for somebody of the household of whoever placed it, and what she was to her on that day.

    The only place that names her: emptied when either is erased, or it was never so; ``until`` is then the day from which on
    she counts no more, for what runs on. An empty tie: not of it on that day.
    """

    order = models.OneToOneField(Order, models.PROTECT, primary_key=True, related_name="household")
    member = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+")
    tie = models.CharField(max_length=8, blank=True, choices=[(tie.value, tie.value) for tie in Tie])
    until = models.DateField(null=True)

    def __str__(self) -> str:
        return f"order {self.order_id} for the household"


class PaymentElsewhere(models.Model):
    """That a company takes payments made elsewhere, and in its words where one pays and what the reference is."""

    company = models.OneToOneField("parties.Party", models.PROTECT, primary_key=True, related_name="+")
    words = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"payments elsewhere to {self.company_id}"


class OrderPayment(models.Model):
    """A payment made elsewhere that whoever ordered named, and what the supplier found. ``compared`` is the reference as it is told
    from others: letters and digits alone.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="payments")
    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", db_index=False)
    reference = models.CharField(max_length=80)
    compared = models.CharField(max_length=80)
    given_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=[(state.value, state.value) for state in PaymentState])
    marked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "compared"], name="payment_reference_once"),)
        indexes = (models.Index(fields=["order"], name="payment_to_check", condition=Q(state="GIVEN")),)

    def __str__(self) -> str:
        return self.reference


class OrderHelper(models.Model):
    """That somebody lets another order for her, on some days. Ended, it ends on a day; it is never taken back."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    helper = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(help_text="first day on which she may not any more")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="helper_days_in_order"),
            models.CheckConstraint(condition=~Q(person=F("helper")), name="helper_is_another"),
        )

    def __str__(self) -> str:
        return f"{self.helper_id} for {self.person_id}"


class OrderBehalf(models.Model):
    """That somebody else placed an order for whom it is."""

    order = models.OneToOneField(Order, models.PROTECT, primary_key=True, related_name="behalf")
    helper = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"order {self.order_id} by {self.helper_id}"


class SupplierHandover(models.Model):
    """How a supplier hands over what it sells: the places where it can be picked up, and whether it is brought."""

    supplier = models.OneToOneField("parties.Party", models.PROTECT, primary_key=True, related_name="+")
    places = models.JSONField(help_text="where it can be picked up, in the order in which it is offered")
    brings = models.BooleanField()

    def __str__(self) -> str:
        return f"handover of {self.supplier_id}"


class OrderHandover(models.Model):
    """How an order is handed over: where it is picked up, or that it is brought, and where to (empty: where the customer is)."""

    order = models.OneToOneField(Order, models.PROTECT, primary_key=True, related_name="handover")
    way = models.CharField(max_length=7, choices=[(way.value, way.value) for way in HandoverWay])
    place = models.CharField(max_length=PLACE_LENGTH_MAX, blank=True)
    address = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.way} {self.place}".strip()


class OrderShare(models.Model):
    """What a cost centre bears of an order that several share: its weight among them, and how much that is now."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="shares", db_index=False)  # order_share_once serves
    position = models.PositiveSmallIntegerField()
    centre = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    weight = models.BigIntegerField()
    bears_minor = MinorField(help_text="without tax")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["order", "position"], name="order_share_once"),
            models.UniqueConstraint(fields=["order", "centre"], name="order_share_of_a_centre_once"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="order_share_has_weight"),
        )

    def __str__(self) -> str:
        return f"{self.bears_minor} of {self.order_id}"


class OrderLine(models.Model):
    """One offering on an order, with its parts and the trace of its price as decided."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", db_index=False)  # line_position_once serves
    position = models.PositiveSmallIntegerField()
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, related_name="+")
    code = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    quantity = models.BigIntegerField()
    includes_tax = models.BooleanField()
    tax_code = models.CharField(max_length=40, blank=True)
    ordinary_minor = models.BigIntegerField()
    price_minor = models.BigIntegerField()
    saving_minor = models.BigIntegerField()
    net_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    gross_minor = models.BigIntegerField()
    cost_minor = models.BigIntegerField(null=True)
    parts = models.JSONField()
    trace = models.JSONField()
    delivered = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    received = models.BigIntegerField(
        db_default=0, help_text="confirmed by whoever received them, and not returned since"
    )
    cancelled = models.BigIntegerField(db_default=0, help_text="called off after others had been handed over")
    disposed = models.BigIntegerField(db_default=0, help_text="given away or sold by whoever bought them")
    repaid_minor = models.BigIntegerField(db_default=0, help_text="of the saving, with tax")
    stock = models.ForeignKey(
        "trade.Stock",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="where its pieces are held",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["order", "position"], name="line_position_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="line_has_pieces"),
            models.CheckConstraint(
                condition=Q(delivered__gte=0, cancelled__gte=0, delivered__lte=F("quantity") - F("cancelled")),
                name="line_delivered_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(returned__gte=0, returned__lte=F("delivered")), name="line_returned_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(disposed__gte=0, disposed__lte=F("delivered") - F("returned"), repaid_minor__gte=0),
                name="line_disposed_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(received__gte=0, received__lte=F("delivered") - F("returned")),
                name="line_received_in_bounds",
            ),
            models.CheckConstraint(condition=Q(gross_minor=F("net_minor") + F("tax_minor")), name="line_adds_up"),
        )

    def __str__(self) -> str:
        return f"{self.quantity} × {self.code}"


class ReturnPromise(models.Model):
    """What a supplier promises after a sale, to everybody alike, for orders placed from an instant on. Rows only grow."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    supplier = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    return_days = models.PositiveSmallIntegerField(null=True, help_text="empty: none are promised")
    guarantee_months = models.PositiveSmallIntegerField(null=True, help_text="empty: none are promised")

    def __str__(self) -> str:
        return f"{self.supplier_id} from {self.since}"


class OrderFault(models.Model):
    """That whoever bought something says it is faulty, and what the supplier says to it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="faults")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="faults", db_index=False)
    pieces = models.BigIntegerField()
    fault = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Fault])
    words = models.CharField(max_length=500, blank=True)
    reported_at = models.DateTimeField()
    person = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=12, blank=True, choices=[(each.value, each.value) for each in FaultAnswer])
    answer_words = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["line"], condition=Q(answer=""), name="fault_waits_once"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="fault_has_pieces"),
        )
        indexes = (models.Index(fields=["order"], name="fault_waiting", condition=Q(answer="")),)

    def __str__(self) -> str:
        return f"{self.fault} on {self.line_id}"


class OrderStep(models.Model):
    """One line of an order's history; also what was delivered or returned, in its facts."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    subject = models.CharField(max_length=64)
    person = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.name) for kind in StepKind])
    facts = models.JSONField()

    def __str__(self) -> str:
        return self.kind


class AllowanceUse(models.Model):
    """What a person has drawn of a scheme's allowance in a period. A cold counter: guarded by compare-and-set.

    ``counted`` is empty for the scheme's own allowance of the year, else the limit and, where each item counts apart, the item.
    """

    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", db_index=False)
    scheme = models.CharField(max_length=120)
    counted = models.CharField(max_length=170, blank=True, db_default="")
    period = models.CharField(max_length=10)
    currency = models.CharField(max_length=8)
    used_minor = models.BigIntegerField(default=0)
    used_units = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "scheme", "period", "counted"], name="allowance_use_once"),
            models.CheckConstraint(
                condition=Q(used_minor__gte=0, used_units__gte=0), name="allowance_use_not_negative"
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme} {self.period}"


class AllowanceGift(models.Model):
    """Unused allowance of a calendar year that one person gave another; never taken back."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    giver = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=120)
    period = models.CharField(max_length=10)
    currency = models.CharField(max_length=8)
    money_minor = models.BigIntegerField(default=0)
    units = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(money_minor__gte=0, units__gte=0) & (Q(money_minor__gt=0) | Q(units__gt=0)),
                name="allowance_gift_of_something",
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="allowance_gift_to_another"),
        )

    def __str__(self) -> str:
        return f"gift of {self.scheme} {self.period}"


class Terms(models.Model):
    """One version of the terms of a scheme or of a company's deduction from pay; never changed once it is there.

    A version without texts says that from its day on nothing needs to be accepted.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in TermsKind])
    about = models.CharField(max_length=120, help_text="code of the scheme or company")
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    texts = models.JSONField(help_text="by language")
    published_at = models.DateTimeField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "about", "number"], name="terms_number_once"),
            models.UniqueConstraint(fields=["kind", "about", "valid_from"], name="terms_day_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.about} {self.number}"


class TermsAnswer(models.Model):
    """A person accepted a version of terms; ``withdrawn_at`` is when she withdrew."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    terms = models.ForeignKey(Terms, models.PROTECT, related_name="answers")
    accepted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "terms"], condition=Q(withdrawn_at=None), name="terms_accepted_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} accepted {self.terms_id}"


class BenefitFact(DatedFact):
    """Something true of a person that moves a limit of tax law, as her employer was told; read by her and who keeps it alone."""

    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    company = models.ForeignKey(
        "parties.Party", models.PROTECT, related_name="+", help_text="the employer who keeps it"
    )
    fact = models.CharField(max_length=60, help_text="as the law names it, such as dependent_children")

    class Meta:
        constraints = (
            *dated_checks("benefit_fact"),
            models.UniqueConstraint(
                fields=["person", "company", "fact", "valid_from"],
                condition=Q(known_until=None),
                name="benefit_fact_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.fact} of {self.person_id}"


class BenefitGift(models.Model):
    """A gift or other benefit that no order knows of, as payroll told it; taken back by closing it, never changed."""

    reference = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    company = models.ForeignKey(
        "parties.Party", models.PROTECT, related_name="+", help_text="the employer whose pay it counts as"
    )
    given_by = models.ForeignKey(
        "parties.Party", models.PROTECT, related_name="+", help_text="the company of the group that gave it"
    )
    given_on = models.DateField()
    kind = models.CharField(max_length=60, help_text="as the law names it, such as gift")
    name = models.CharField(max_length=200, blank=True, help_text="what it was")
    value_minor = MinorField(help_text="what it costs customers, with tax")
    cost_minor = MinorField(null=True, help_text="what it cost whoever gave it; empty: not known")
    currency = CurrencyField()
    source = models.CharField(max_length=200, blank=True, help_text="on whose word")
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(value_minor__gt=0), name="benefit_gift_worth"),)
        indexes = (models.Index(fields=["person", "given_on"], name="benefit_gift_by_person"),)

    def __str__(self) -> str:
        return self.reference


class NetPay(DatedFact):
    """What a person nets a month, as payroll told it for limits that are a share of it; read by her and payroll alone."""

    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", help_text="the employer")
    amount_minor = MinorField()
    currency = CurrencyField()

    class Meta:
        constraints = (
            *dated_checks("net_pay"),
            models.UniqueConstraint(
                fields=["person", "company", "valid_from"], condition=Q(known_until=None), name="net_pay_once"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="net_pay_not_negative"),
        )

    def __str__(self) -> str:
        return f"net pay of {self.person_id}"


class BenefitAccounts(DatedFact):
    """Sales of a company in a tax year, and what was sold cost: the gross profit by which some laws measure a discount."""

    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    sales_minor = MinorField()
    cost_minor = MinorField()
    currency = CurrencyField()

    class Meta:
        constraints = (
            *dated_checks("benefit_accounts"),
            models.UniqueConstraint(
                fields=["company", "valid_from"], condition=Q(known_until=None), name="benefit_accounts_once"
            ),
            models.CheckConstraint(condition=Q(sales_minor__gt=0, cost_minor__gte=0), name="benefit_accounts_sold"),
        )

    def __str__(self) -> str:
        return f"accounts of {self.company_id}, {self.valid_from}"


class PayCode(models.Model):
    """What a company's payroll calls a kind of pay line."""

    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=[(kind.value, kind.value) for kind in PayKind])
    code = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "kind"], name="pay_code_once"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.code}"


class PayParts(models.Model):
    """How a company deducts orders from pay: in how many parts at most, and what becomes of open ones on leaving."""

    company = models.OneToOneField("parties.Party", models.PROTECT, related_name="+")
    parts_max = models.PositiveSmallIntegerField()
    part_min_minor = MinorField(null=True)
    currency = CurrencyField(blank=True)
    last_day = models.PositiveSmallIntegerField(help_text="of a month whose orders go into its pay")
    leaving = models.CharField(max_length=8, choices=[(each.value, each.value) for each in OnLeaving])

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(parts_max__gte=1, last_day__gte=1, last_day__lte=31), name="pay_parts_in_bounds"
            ),
        )

    def __str__(self) -> str:
        return f"{self.parts_max} parts"


class PayRun(models.Model):
    """What payroll of a company was told for a month, through a cut-off day; numbered, and never changed."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    month = models.DateField(help_text="its first day")
    cut_off = models.DateField(help_text="last day whose orders are in it")
    made_at = models.DateTimeField()
    subject = models.CharField(max_length=64)
    unreckoned = models.JSONField(help_text="whose benefit could not be reckoned: [{person (key), year, why}]")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "number"], name="pay_run_once"),)

    def __str__(self) -> str:
        return f"pay run {self.number}"


class PayLine(models.Model):
    """One line of a run: how much more (or less) than was told before for an order, or for a person and tax year."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(PayRun, models.PROTECT, related_name="lines")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=[(kind.value, kind.value) for kind in PayKind])
    code = models.CharField(max_length=40)
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+")
    tax_year = models.CharField(max_length=7, blank=True, help_text="of a benefit, such as NL-2026")
    amount_minor = MinorField()
    currency = CurrencyField()
    rejected_at = models.DateTimeField(null=True)
    rejected_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(amount_minor=0), name="pay_line_not_zero"),
            models.CheckConstraint(
                condition=Q(kind__in=("DEDUCTION", "INVOICE"), order__isnull=False, tax_year="")
                | (Q(kind="BENEFIT", order__isnull=True) & ~Q(tax_year="")),
                name="pay_line_of_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_minor}"


class ApprovalLimit(models.Model):
    """Orders for this unit or company (and what is below it) above the limit need a budget holder's approval."""

    party = models.OneToOneField("parties.Party", models.PROTECT, related_name="+")
    limit_minor = models.BigIntegerField()
    currency = models.CharField(max_length=8)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(limit_minor__gte=0), name="approval_limit_not_negative"),)

    def __str__(self) -> str:
        return f"{self.limit_minor} {self.currency}"

    @property
    def amount(self) -> Money:
        """The limit as money."""
        return Money(self.limit_minor, as_currency(self.currency))


class TillCode(models.Model):
    """A code that a person shows at a till: consent to one order within some minutes. Kept as its SHA-256."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="from then on it holds no longer; a newer code of the person ends it too")

    def __str__(self) -> str:
        return f"till code of {self.person_id}"


class TillSale(models.Model):
    """The one order that a code was used for, and under which subject key she was served."""

    code = models.OneToOneField(TillCode, models.PROTECT, primary_key=True, related_name="sale")
    order = models.OneToOneField(Order, models.PROTECT, related_name="till_sale")
    at = models.DateTimeField()
    subject = models.CharField(max_length=64, help_text="of whoever served")

    def __str__(self) -> str:
        return f"sale by till code {self.code_id}"


class Running(models.Model):
    """A subscription or insurance cover that runs on, begun by an order of its own. ``plan`` is the one it was ordered by.

    ``billed_until`` is where the next period begins. ``review``: what is known of its customer has changed since its charges
    were looked at. ``held`` says why its last period could not be charged.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    order = models.OneToOneField(Order, models.PROTECT, related_name="running")
    reference = models.CharField(max_length=32, unique=True, help_text="its order's")
    subject = models.CharField(max_length=64, help_text="subject key of whoever ordered it")
    person = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    settlement = models.CharField(max_length=14, choices=[(way.value, way.name) for way in Settlement])
    cost_centre = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+", db_index=False)
    plan = models.JSONField(help_text="as catalogue files say it")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    ended_how = models.CharField(max_length=7, blank=True, choices=[(how.value, how.value) for how in EndedHow])
    billed_until = models.DateField()
    review = models.BooleanField(db_default=False)
    held = models.JSONField(null=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")

    class Meta:
        indexes = (
            models.Index(
                fields=["id", "billed_until"],
                name="running_open",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("billed_until")),
            ),
            models.Index(fields=["id"], name="running_to_review", condition=Q(review=True)),
        )
        constraints = (models.CheckConstraint(condition=Q(quantity__gte=1), name="running_has_pieces"),)

    def __str__(self) -> str:
        return self.reference


class RunningCharge(models.Model):
    """What some days of something that runs cost, charged and posted once; never changed but for ``stands_until``.

    ``full_…`` is the price of the whole period. A charge stands for its days up to ``stands_until``; what stood for the days
    after was reversed by another (``reverses``, negative) when what is known of them changed. ``turn`` counts charges that
    begin on the same day.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    running = models.ForeignKey(Running, models.PROTECT, related_name="charges", db_index=False)
    since = models.DateField()
    turn = models.PositiveSmallIntegerField(default=0)
    until = models.DateField()
    stands_until = models.DateField(null=True)
    reverses = models.BooleanField(default=False)
    by_order = models.BooleanField(default=False, help_text="charged and posted with the order itself")
    period_from = models.DateField()
    period_until = models.DateField()
    billed_on = models.DateField()
    full_ordinary_minor = MinorField()
    full_tax_minor = MinorField()
    full_gross_minor = MinorField()
    full_cost_minor = MinorField(default=0, help_text="what the supplier absorbs, where it is free for use")
    net_minor = MinorField()
    tax_minor = MinorField()
    gross_minor = MinorField()
    cost_minor = MinorField(default=0)
    currency = CurrencyField()
    verdict = models.CharField(max_length=12)
    kind = models.CharField(max_length=16)
    work_kind = models.CharField(max_length=12, blank=True)
    books_kind = models.CharField(max_length=16)
    customer_company = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+", db_index=False)
    settlement = models.CharField(max_length=14, choices=[(way.value, way.name) for way in Settlement])
    cost_centre = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+", db_index=False)
    tax_code = models.CharField(max_length=40, blank=True)
    why = models.JSONField(help_text="the rule that won and why, and the grounds of the verdict")
    tie = models.CharField(  # noqa: DJ001 - empty says that she is not of the household, null that it is for nobody else
        max_length=8,
        null=True,
        choices=[("", "not of the household"), *((tie.value, tie.value) for tie in Tie)],
        help_text="what the member of the household was on these days to whoever is charged; null: it is for herself",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["running", "since", "turn"], name="running_charge_once"),
            models.CheckConstraint(condition=Q(gross_minor=F("net_minor") + F("tax_minor")), name="charge_adds_up"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="charge_has_days"),
        )
        indexes = (
            models.Index(
                fields=["customer_company", "billed_on"],
                name="charge_by_payroll",
                condition=Q(settlement="PAYROLL", by_order=False),
            ),
            models.Index(fields=["customer_company", "since"], name="charge_by_tax_year", condition=Q(reverses=False)),
        )

    def __str__(self) -> str:
        return f"{self.running_id} {self.since}"


class RunningChange(models.Model):
    """A day on which what made the customer an inside one begins or ends, and what that does to something that runs.

    Told in advance where it is known in advance. ``taken_back_at``: it is known by now that it does not come.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    running = models.ForeignKey(Running, models.PROTECT, related_name="changes")
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in ChangeKind])
    before_minor = MinorField(help_text="of a whole period, tax included")
    after_minor = MinorField(null=True, help_text="empty where it ends")
    currency = CurrencyField()
    before_standing = models.CharField(max_length=16)
    after_standing = models.CharField(max_length=16)
    why = models.JSONField()
    noted_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["running", "on"], condition=Q(taken_back_at=None), name="running_change_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.running_id} {self.on}"


class Frame(models.Model):
    """What makes an order a standing one: how its parts follow, at which price, and how much of it was ordered.

    ``goes_from`` is the day from which parts are due: the first, that of its approval, that on which it went on after a pause.
    ``held`` says why the part that is due could not be ordered.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    order = models.OneToOneField(Order, models.PROTECT, related_name="frame")
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    drawn = models.BigIntegerField(default=0)
    rhythm = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Rhythm])
    each = models.BigIntegerField(null=True, help_text="pieces of a part that is due")
    weekday = models.PositiveSmallIntegerField(null=True, help_text="0 is Monday")
    price = models.CharField(max_length=6, choices=[(each.value, each.value) for each in FramePrice])
    starts_on = models.DateField()
    until = models.DateField(help_text="first day on which nothing is ordered of it")
    goes_from = models.DateField()
    paused = models.BooleanField(default=False)
    held = models.JSONField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(drawn__gte=0, drawn__lte=F("quantity")), name="frame_drawn_in_bounds"),
            models.CheckConstraint(condition=Q(until__gt=F("starts_on")), name="frame_days_in_order"),
            models.CheckConstraint(
                condition=Q(rhythm="BY_HAND", each=None, weekday=None)
                | Q(rhythm="DAILY", each__gte=1, weekday=None)
                | Q(rhythm="WEEKLY", each__gte=1, weekday__lte=6),
                name="frame_parts_as_its_rhythm",
            ),
        )

    def __str__(self) -> str:
        return f"{self.drawn} of {self.quantity}"


class FrameDraw(models.Model):
    """A part of a standing order: the ordinary order it became, and the day on which it was due (none: by hand)."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    frame = models.ForeignKey(Frame, models.PROTECT, related_name="draws", db_index=False)  # frame_draw_once serves
    order = models.OneToOneField(Order, models.PROTECT, related_name="draw")
    due = models.DateField(null=True)
    quantity = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["frame", "due"], name="frame_draw_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="frame_draw_has_pieces"),
        )

    def __str__(self) -> str:
        return f"{self.quantity} of {self.frame_id}"


class Dispute(models.Model):
    """One side of a dealing says that something is wrong with what an order charged to a cost centre; the other side answers.

    ``side`` raised it; ``owner`` is who settles it, of those who may answer.
    """

    reference = models.CharField(max_length=32, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="disputes")
    centre = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=[(each.value, each.value) for each in DisputeReason])
    words = models.CharField(max_length=500)
    person = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+", db_index=False)
    raised_at = models.DateTimeField()
    due = models.DateField()
    side = models.CharField(
        max_length=8, choices=[(each.value, each.value) for each in DisputeSide], db_default="CUSTOMER"
    )
    amount_minor = MinorField(null=True, help_text="in the order's currency")
    owner = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=12, blank=True, choices=[(each.value, each.value) for each in DisputeAnswer])
    answer_words = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+", db_index=False)
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True, help_text="when it was told that its day went by without an answer")

    class Meta:
        indexes = (models.Index(fields=["due"], name="dispute_to_remind", condition=Q(answer="", reminded_at=None)),)
        constraints = (
            models.UniqueConstraint(fields=["order", "centre"], condition=Q(answer=""), name="dispute_open_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="dispute_answered_or_not",
            ),
        )

    def __str__(self) -> str:
        return f"dispute {self.reference}"


class ApprovalProcedure(models.Model):
    """How orders of this unit or company (and what is below it) are approved, and when those asked are reminded."""

    party = models.OneToOneField("parties.Party", models.PROTECT, related_name="+")
    needed = models.PositiveSmallIntegerField()
    stages = models.JSONField(help_text="above an amount: [{place, above, currency, needed}]")
    remind_after = models.PositiveSmallIntegerField(null=True, help_text="working days; empty: never")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(needed__gte=1), name="approval_procedure_needs_one"),)

    def __str__(self) -> str:
        return f"{self.needed} for {self.party_id}"


class Budget(models.Model):
    """What a cost centre may spend in some days, and whether an order beyond it is stopped or only told."""

    centre = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", db_index=False)
    starts = models.DateField()
    until = models.DateField(help_text="first day it no longer holds")
    amount_minor = MinorField()
    currency = CurrencyField()
    rule = models.CharField(max_length=4, choices=[(rule.value, rule.value) for rule in BudgetRule])

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["centre", "starts"], name="budget_once"),
            models.CheckConstraint(condition=Q(until__gt=F("starts")), name="budget_days_in_order"),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="budget_not_negative"),
        )

    def __str__(self) -> str:
        return f"budget of {self.centre_id} from {self.starts}"


class BudgetUse(models.Model):
    """What orders have taken of a budget: all that they take, and what of it is posted. A cold counter, guarded in the write.

    The rest is committed: asked for, and not approved yet.
    """

    centre = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", db_index=False)
    starts = models.DateField()
    used_minor = models.BigIntegerField(default=0)
    posted_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["centre", "starts"], name="budget_use_once"),)

    def __str__(self) -> str:
        return f"{self.used_minor} from {self.starts}"


class Stock(models.Model):
    """An item that is counted at a place. A hot counter: orders add to it inside their own write, guarded by its limit of zero.

    What lies there is ``promised - short``; where nobody counts any more (``counted``), orders of before still give back to it.
    """

    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, related_name="+")
    place = models.CharField(max_length=PLACE_LENGTH_MAX)
    promised = models.BigIntegerField(db_default=0, help_text="held by orders and not handed over")
    short = models.BigIntegerField(
        db_default=0, help_text="promised beyond what lies there; below zero: so many are left"
    )
    counted = models.BooleanField(db_default=True)
    back_order = models.BooleanField(db_default=False, help_text="it may be ordered beyond what lies there")
    expected = models.DateField(null=True, help_text="when more is expected")
    answer_days = models.PositiveSmallIntegerField(
        db_default=3, help_text="working days in which who waits takes what became free"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["offering", "place"], name="stock_once"),)

    def __str__(self) -> str:
        return f"{self.offering_id} at {self.place}"


class WaitingPlace(models.Model):
    """Somebody waits for pieces of a counted item. Once pieces are held for her, it says where and until when."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", help_text="who asked, and is told")
    pieces = models.BigIntegerField()
    joined_at = models.DateTimeField()
    stock = models.ForeignKey(
        Stock, models.PROTECT, null=True, related_name="+", help_text="where they are held for her"
    )
    until = models.DateField(null=True, help_text="last day on which she may order them")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pieces__gte=1), name="waiting_for_pieces"),)
        indexes = (models.Index(fields=["offering", "id"], name="waiting_by_offering"),)

    def __str__(self) -> str:
        return f"{self.customer_id} waits for {self.offering_id}"


class WaitingEnd(models.Model):
    """How somebody's waiting ended; there once, so that an order and anything else that ends it never both win."""

    waiting = models.OneToOneField(WaitingPlace, models.CASCADE, primary_key=True, related_name="end")
    kind = models.CharField(max_length=6, choices=[(kind.value, kind.value) for kind in WaitingKind])
    at = models.DateTimeField()
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+", db_index=False)

    def __str__(self) -> str:
        return self.kind


class KeptBasket(models.Model):
    """What somebody has put aside for herself or for whom she acts, and since when it lies untouched. Hers alone to read."""

    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", db_index=False)
    pieces = models.JSONField(help_text="{offering: pieces}, in the order in which they were put in")
    since = models.DateField()
    asked = models.BooleanField(default=False, help_text="she was asked why she did not order it")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "customer"], name="basket_once"),)
        indexes = (models.Index(fields=["since"], name="basket_by_age"),)

    def __str__(self) -> str:
        return f"basket of {self.person_id}"


class GivenUp(models.Model):
    """How many said in a year that they did not order an item, for a reason. Whoever said so is not here."""

    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=16, choices=[(why.value, why.value) for why in GivenUpWhy])
    count = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["offering", "year", "why"], name="given_up_counted_once"),)

    def __str__(self) -> str:
        return f"{self.why} {self.count}"


class GivenUpWords(models.Model):
    """What somebody added; its key says nothing of when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.words


class GivenUpOnce(models.Model):
    """That somebody answered for an item in a year, by a digest; without what she answered."""

    digest = models.CharField(max_length=64, primary_key=True)

    def __str__(self) -> str:
        return self.digest


class StockMove(models.Model):
    """What lies at a place became more or less by so many pieces. Rows only grow; their sum is what lies there."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(max_length=PLACE_LENGTH_MAX)
    at = models.DateTimeField()
    kind = models.CharField(max_length=11, choices=[(kind.value, kind.value) for kind in StockMoveKind])
    pieces = models.BigIntegerField()
    subject = models.CharField(max_length=64, help_text="subject key of whoever said so")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = (models.Index(fields=["offering", "place", "-id"], name="stock_move_by_place"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pieces}"
