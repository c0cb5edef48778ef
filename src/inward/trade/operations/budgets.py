"""Budgets of cost centres are set, raised, lowered and lifted, and what orders take of them is counted."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import ClassVar

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Sum, When

from inward.core.pricing.returning import given_back
from inward.core.terms import Money, Period, Reason, Refusal
from inward.core.terms.money import as_currency
from inward.core.terms.reading import Fields
from inward.kit import audit, versions
from inward.kit.actor import Actor
from inward.kit.intake import Row, Tables
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction, transaction_required
from inward.kit.undoing import Journal
from inward.kit.writing import GateClosed, WriteSet, write
from inward.ledger import queries as ledger
from inward.parties import queries as parties
from inward.parties.operations.bringing import Bringing, RowsReport
from inward.trade import budgets, frames, policy, queries
from inward.trade.budgets import Allotted
from inward.trade.deciding import AMOUNT_MAX
from inward.trade.models import Budget, BudgetUse, Order, OrderShare
from inward.trade.vocabulary import CALLED_OFF, BudgetRule, OrderState

BUDGET_COLUMNS = ("centre", "valid_from", "last_day", "amount", "currency", "rule", "source")
BUDGET_REQUIRED = ("centre", "valid_from", "last_day", "amount", "currency")
_TRIES = 5


def set_budget(
    *,
    by: Actor,
    at: datetime,
    centre: str,
    starts: date,
    last_day: date,
    amount: Money,
    rule: BudgetRule = BudgetRule.WARN,
    source: str = "",
    journal: Journal | None = None,
) -> str:
    """Set what a cost centre may spend from a day through another, or set it anew; returns its key.

    1. Refuse what policy refuses, an amount that is none, another currency than that of the company's books (where they are
       kept here), days that run backwards or meet another budget of the same cost centre.
    2. Wait for orders that are being written; write.   3. Count what orders of these days take already.
    4. Bump, audit (what it was and is).
    Raises Refused, Refusal, NotThere (no such unit or company).
    """
    on = at.date()
    company = parties.company_of(centre, on=on)
    require(policy.may_set_budget(by, company=company, on=on))
    _check(centre, company, amount, starts, last_day)
    wanted = Allotted(centre, Period.through(starts, last_day), amount, rule)
    with transaction():
        versions.bump(budgets.VERSION)
        _free(wanted)
        before = _write(wanted, journal)
        _count(wanted)
        facts = {"amount": str(amount), "before": before, "last_day": last_day.isoformat(), "rule": rule.value}
        audit.record(
            by=by, at=at, act="trade.set_budget", thing=f"budget {wanted.key}", facts=facts | {"source": source}
        )
    return wanted.key


def lift_budget(*, by: Actor, at: datetime, key: str, source: str = "") -> None:
    """Lift a budget: orders of its days are held to none.

    1. NotThere for none; refuse what policy refuses.  2. Wait for orders that are being written; remove.  3. Bump, audit.
    Raises Refused, NotThere.
    """
    found = Budget.objects.filter(**budgets.which(key)).select_related("centre").first()
    if found is None:
        raise NotThere
    company = parties.company_of(found.centre.code, on=at.date())
    require(policy.may_set_budget(by, company=company, on=at.date()))
    with transaction():
        versions.bump(budgets.VERSION)
        Budget.objects.filter(pk=found.pk).delete()
        BudgetUse.objects.filter(centre_id=found.centre_id, starts=found.starts).delete()
        facts = {"before": str(Money(found.amount_minor, as_currency(found.currency))), "source": source}
        audit.record(by=by, at=at, act="trade.lift_budget", thing=f"budget {key}", facts=facts)


def import_budgets(
    *,
    by: Actor,
    at: datetime,
    tables: Tables,
    good_rows: bool = False,
    dry_run: bool = False,
    source: str = "",
    journal: Journal | None = None,
) -> RowsReport:
    """Bring in budgets, one on each row; what is known already changes nothing, and nothing is lifted by being left out.

    1. Refuse whoever sets no budgets.   2. Each row by ``set_budget``, with all that it refuses.
    3. Undo all of it where a row was refused, unless ``good_rows``, and on a dry run.
    Raises Refused.
    """
    require(policy.may_set_some_budget(by, on=at.date()))
    coming = _Budgets(by, at, source)
    coming.journal = journal or Journal()
    return coming.bring(tables.get("budgets", ()), good_rows=good_rows, dry_run=dry_run)


def take(*, found: Order, amount: Money, used: int, posted: int) -> None:
    """Count what becomes of an order inside the act on it: ``used`` and ``posted`` are 1, 0 or -1 times the amount.

    Budgets may be set at the same moment: whoever sets one waits for this act, and this act looks again when one was set.
    Giving back is never refused.
    """
    if found.cost_centre is None or not amount.minor:
        return
    for attempt in range(1, _TRIES + 1):
        number = versions.current(budgets.VERSION)[budgets.VERSION]
        counters = budgets.gates(
            budgets.takes_of(found, amount), keys=parties.keys(), used=used, posted=posted, bound=False
        )
        try:
            write(WriteSet(gates=(budgets.still(number), *counters)))
        except GateClosed:
            if attempt == _TRIES:
                raise
        else:
            return
    raise AssertionError  # pragma: no cover - the loop returns or raises


class _Budgets(Bringing):
    fields: ClassVar = BUDGET_COLUMNS
    required: ClassVar = BUDGET_REQUIRED
    blamed: ClassVar = "centre"
    journal: Journal

    def all(self, rows: Iterable[Row]) -> None:
        """Each as it comes."""
        for row in rows:
            self.one(row, self._budget)

    def named(self, row: Row) -> str:
        """The cost centre."""
        return str(row.values.get("centre", ""))

    def _budget(self, fields: Fields) -> None:
        centre, starts, last_day = fields.text("centre"), fields.day("valid_from"), fields.day("last_day")
        rule = fields.choice("rule", BudgetRule) if fields.has("rule") else BudgetRule.WARN
        amount = _money(fields)
        known = next((each for each in budgets.of_centre(centre) if each.starts == starts), None)
        if known is not None and known == Allotted(centre, Period.through(starts, last_day), amount, rule):
            return
        set_budget(
            by=self.by,
            at=self.at,
            centre=centre,
            starts=starts,
            last_day=last_day,
            amount=amount,
            rule=rule,
            source=fields.text_or_none("source") or self.source,
            journal=self.journal,
        )
        self.added += known is None
        self.changed += known is not None


def _money(fields: Fields) -> Money:
    typed = f"{fields.text('amount')} {fields.text('currency')}"
    try:
        return Money.of(fields.text("amount"), as_currency(fields.text("currency")))
    except ValueError:
        fields.refuse("amount", "budget_not_usable", amount=typed)


def _check(centre: str, company: str, amount: Money, starts: date, last_day: date) -> None:
    if not 0 <= amount.minor <= AMOUNT_MAX:
        raise Refusal(Reason.of("budget_not_usable", amount=amount), where="amount")
    currency = ledger.prepared().currencies.get(company)
    if currency is not None and currency != amount.currency:
        reason = Reason.of("budget_currency", currency=currency, unit=parties.name_of(centre))
        raise Refusal(reason, where="currency")
    if last_day < starts or last_day == date.max:
        raise Refusal(Reason.of("budget_days"), where="last_day")


def _free(wanted: Allotted) -> None:
    """Refuse days on which another budget of the cost centre holds."""
    for each in budgets.of_centre(wanted.centre):
        if each.starts != wanted.starts and each.period.overlaps(wanted.period):
            unit = parties.name_of(wanted.centre)
            reason = Reason.of("budget_overlaps", unit=unit, since=each.starts, last=each.period.last)
            raise Refusal(reason, where="valid_from")


def _write(wanted: Allotted, journal: Journal | None) -> str:
    """Keep it; returns the amount that it was before, in words, empty for a new one."""
    key = parties.keys()[wanted.centre]
    columns = {
        "until": wanted.period.until.isoformat() if wanted.period.until else None,
        "amount_minor": wanted.amount.minor,
        "currency": wanted.amount.currency,
        "rule": wanted.rule.value,
    }
    row = Budget.objects.filter(centre_id=key, starts=wanted.starts).first()
    if row is None:
        made = Budget.objects.create(centre_id=key, starts=wanted.starts, **columns)
        if journal is not None:
            journal.added(Budget, [made.pk])
        return ""
    before = {name: getattr(row, name) for name in columns} | {"until": row.until.isoformat()}
    Budget.objects.filter(pk=row.pk).update(**columns)
    if journal is not None:
        journal.changed(Budget, row.pk, before, columns)
    return str(Money(row.amount_minor, as_currency(row.currency)))


@transaction_required
def count_anew() -> None:
    """Count anew what orders take of every budget, and of none that is not there any more: budgets were taken back."""
    BudgetUse.objects.exclude(
        Exists(Budget.objects.filter(centre=OuterRef("centre"), starts=OuterRef("starts")))
    ).delete()
    for row in Budget.objects.select_related("centre"):
        _count(budgets.allotted(row))


def _count(budget: Allotted) -> None:
    """Count anew what its orders take: those of its days may be older than it is, and its days may have changed."""
    used, posted = _taken_so_far(budget)
    BudgetUse.objects.update_or_create(
        centre_id=parties.keys()[budget.centre],
        starts=budget.starts,
        defaults={"used_minor": used, "posted_minor": posted},
    )


def _taken_so_far(budget: Allotted) -> tuple[int, int]:
    """What the orders of these days take of a budget, and what of it is posted, counted anew: (used, posted)."""
    span = (budget.starts, budget.period.until or date.max)
    start, end = (datetime.combine(day, time.min, tzinfo=UTC) for day in span)
    private = Q(customer_id=F("person_id"))
    charged = Order.objects.filter(cost_centre__code=budget.centre, currency=budget.amount.currency).exclude(
        state__in=[state.value for state in CALLED_OFF]
    )
    alive = charged.filter(placed_at__gte=start, placed_at__lt=end, frame=None, shares=None)
    amount = Case(When(private, then=F("total_minor")), default=F("net_minor"), output_field=BigIntegerField())
    waits = Q(state=OrderState.AWAITING_APPROVAL.value)
    sums = alive.aggregate(used=Sum(amount), waiting=Sum(amount, filter=waits))
    back, agreed = (
        _given_back(alive),
        _agreed(charged.filter(frame__starts_on__gte=span[0], frame__starts_on__lt=span[1], shares=None)),
    )
    shares = OrderShare.objects.filter(centre__code=budget.centre, order__currency=budget.amount.currency)
    agreed += _agreed_apart(shares.filter(order__frame__starts_on__gte=span[0], order__frame__starts_on__lt=span[1]))
    shares = shares.filter(order__placed_at__gte=start, order__placed_at__lt=end, order__frame=None)
    apart = shares.aggregate(
        used=Sum("bears_minor"),
        waiting=Sum("bears_minor", filter=Q(order__state=OrderState.AWAITING_APPROVAL.value)),
    )
    used = (sums["used"] or 0) + (apart["used"] or 0) - back
    return used + agreed, used - (sums["waiting"] or 0) - (apart["waiting"] or 0)


def _agreed(standing: QuerySet[Order]) -> int:
    """What is left of standing orders, those that wait for approval whole."""
    rows = standing.exclude(state=OrderState.ENDED.value).select_related("frame")
    return sum(frames.committed(order, order.frame.quantity - order.frame.drawn).minor for order in rows)


def _agreed_apart(shares: QuerySet[OrderShare]) -> int:
    """What a cost centre bears of what is left of standing orders that are shared; of those that have ended nothing."""
    return shares.aggregate(left=Sum("bears_minor"))["left"] or 0


def _given_back(alive: QuerySet[Order]) -> int:
    """What came back of these orders, or was called off after a part of them had been handed over."""
    back = 0
    touched = alive.filter(Q(lines__returned__gt=0) | Q(lines__cancelled__gt=0)).distinct()
    for order in touched.prefetch_related("lines"):
        for line in order.lines.all():
            pieces = line.returned + line.cancelled
            if pieces:
                part = given_back(queries.quoted_line(line, order.currency), already=0, pieces=pieces)
                back += budgets.borne(private=order.customer_id == order.person_id, net=part.net, tax=part.tax).minor
    return back
