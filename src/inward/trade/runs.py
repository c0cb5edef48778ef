"""What runs on, as people look it up: subscriptions and covers, their charges, what changes them and why. Reads only.

That somebody's work, household or share ends on a day to come is told to nobody but her (decision 144): others see a change,
and an end that comes of it, from its day on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from inward.catalogue import queries as catalogue
from inward.core.pricing import Basis, Wanted
from inward.core.running import Notice, Plan, earliest_end, renewal
from inward.core.terms import Money, Reason, Refusal, as_currency
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import Answer, NotThere, Refused
from inward.kit.reasons import from_plain
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.trade import household, policy, queries, running
from inward.trade.models import Order, Running, RunningChange, RunningCharge
from inward.trade.runningrows import contract_of
from inward.trade.runningwords import BENEFICIARY_TURNS, ChangeKind, EndedHow
from inward.trade.terms import Asked
from inward.trade.vocabulary import Settlement

RUNS = ListSpec({"begun": "id"}, {"supplier": "supplier__code"}, default="-begun")
CHANGES = ListSpec(
    {"noted": "id", "on": "on"}, {"kind": "kind", "supplier": "running__supplier__code"}, default="-noted"
)
WHICH = ("own", "all")


@dataclass(frozen=True, slots=True)
class RunRow:
    """Something that runs, in a list. ``price`` is what a whole period costs as it was charged last."""

    reference: str
    number: int
    name: str
    plan: Plan
    customer: Named
    supplier: Named
    quantity: int
    price: Money
    starts_on: date
    ends_on: date | None
    ended_how: EndedHow | None
    charged_until: date
    held: Reason | None
    household: bool = False
    """Whether it is for somebody of her household; told to whoever has it alone, as is for whom."""
    beneficiary: Named | None = None

    @property
    def next_on(self) -> date | None:
        """The day of the next charge; None where there is none."""
        return self.charged_until if self.ends_on is None or self.ends_on > self.charged_until else None


@dataclass(frozen=True, slots=True)
class ChargeView:
    """A charge: for which days, how much, how it is paid, and why. Negative where days were taken back."""

    since: date
    until: date
    billed_on: date
    amount: Money
    tax: Money
    full: Money
    ordinary: Money
    kind: str
    settlement: Settlement
    reverses: bool
    by_order: bool
    basis: Basis | None
    why: tuple[Reason, ...]
    grounds: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What became of the price of something that runs on a day, or that it ended; and why."""

    reference: str
    number: int
    name: str
    customer: Named
    on: date
    kind: ChangeKind
    before: Money
    after: Money | None
    before_standing: str
    after_standing: str
    why: tuple[Reason, ...]
    noted_at: datetime
    taken_back_at: datetime | None

    @property
    def late(self) -> bool:
        """Whether it became known after its day."""
        return self.noted_at.date() > self.on


@dataclass(frozen=True, slots=True)
class Other:
    """A plan of the same supplier that could take its place, what its first period costs today, and the terms it needs
    accepted.
    """

    code: str
    name: str
    plan: Plan
    price: Money
    terms: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class RunView:
    """Something that runs with its charges, changes, what comes next and what the viewer may do now.

    ``next_price`` is told to whoever has it alone: it would tell others that her work ends.
    """

    row: RunRow
    insurer: Named | None
    settlement: Settlement
    next_price: Money | None
    earliest_end: date | None
    renewal: Notice | None
    charges: tuple[ChargeView, ...]
    grounds: tuple[Reason, ...]
    """On what the verdict of the latest charge rests."""
    changes: tuple[ChangeView, ...]
    others: tuple[Other, ...]
    may_end: Answer
    may_keep: bool


_RELATED = ("order", "order__household", "customer", "supplier", "offering")


_OF_CHANGES = tuple(f"running__{name}" for name in _RELATED)


def runs(*, viewer: Actor, at: datetime, params: Mapping[str, str], which: str = "own") -> Page[RunRow]:
    """What runs for the viewer (``own``), or all of which she may see the orders."""
    rows = Running.objects.filter(_seen(viewer, at, which)).select_related(*_RELATED)
    found = page(rows, RUNS, params)
    prices = _prices([row.pk for row in found.rows])
    return found.map(lambda row: _row(row, prices, viewer, at.date()))


def run(*, viewer: Actor, at: datetime, reference: str) -> RunView:
    """One of them. NotThere out of bounds."""
    row = _found(viewer, at, reference)
    on = at.date()
    shown = _row(row, _prices([row.pk]), viewer, on)
    may = policy.may_end_running(viewer, order=queries.order_parties(row.order), on=on)
    contract = contract_of(
        row, parties.known().codes, {row.offering_id: row.offering.code}, household.kept_of(row.order)
    )
    going = shown.ends_on is None or shown.ended_how is EndedHow.TERM
    plan = contract.plan
    charges = tuple(map(_charge, row.charges.order_by("-since", "-turn")))
    latest = next(charge for charge in charges if not charge.reverses)
    changes = RunningChange.objects.filter(
        policy.changes_told(viewer, keys=parties.keys(), on=on), running=row
    ).order_by("-on", "-id")
    asked = shown.ended_how is EndedHow.ASKED and shown.ends_on is not None and shown.ends_on > on
    return RunView(
        row=shown,
        insurer=None if plan.insurer is None else Named(plan.insurer, parties.name_of(plan.insurer)),
        settlement=latest.settlement,
        next_price=_next(contract, shown) if _hers(row, viewer) else None,
        earliest_end=_earliest(row, plan, viewer, on) if going else None,
        renewal=renewal(plan, row.starts_on, on) if shown.ends_on is None else None,
        charges=charges,
        grounds=latest.grounds,
        changes=tuple(_change(each, viewer) for each in changes.select_related(*_OF_CHANGES)),
        others=_others(viewer, at, row) if may and shown.ends_on is None else (),
        may_end=may,
        may_keep=bool(may) and asked,
    )


def changes(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[ChangeView]:
    """What changed the price of what runs, or ended it, and why: the proof that every price that a ground carried followed it."""
    on = at.date()
    seen = Running.objects.filter(_seen(viewer, at, "all")).values("pk")
    rows = RunningChange.objects.filter(policy.changes_told(viewer, keys=parties.keys(), on=on), running__in=seen)
    return page(rows.select_related(*_OF_CHANGES), CHANGES, params).map(lambda row: _change(row, viewer))


def name_of(reference: str) -> str:
    """What is called by this reference; empty for nothing. A name tells nothing of who has it."""
    return Running.objects.filter(reference=reference).values_list("offering__name", flat=True).first() or ""


def _seen(viewer: Actor, at: datetime, which: str) -> Q:
    if which == "own":
        mine = viewer.customer
        return Q(pk__in=()) if viewer.nobody or mine is None else Q(customer_id=parties.keys()[mine])
    visible = policy.orders_visible_to(viewer, keys=parties.keys(), on=at.date())
    return Q(order__in=Order.objects.filter(visible).values("pk"))


def _found(viewer: Actor, at: datetime, reference: str) -> Running:
    row = (
        Running.objects.filter(_seen(viewer, at, "all"), reference=reference)
        .select_related(*_RELATED, "order__person", "order__customer", "order__supplier")
        .first()
    )
    if row is None:
        raise NotThere
    return row


def _hers(row: Running, viewer: Actor) -> bool:
    """Whether it is her own, so that she may read what is still to come."""
    return viewer.person is not None and viewer.person == row.customer.code


def _prices(keys: list[int]) -> dict[int, Money]:
    """What a whole period costs by the last charge of each that stands."""
    rows = RunningCharge.objects.filter(running_id__in=keys, reverses=False).order_by("since", "turn")
    told = rows.values_list("running_id", "full_gross_minor", "currency")
    return {key: Money(minor, as_currency(currency)) for key, minor, currency in told}


def _row(row: Running, prices: Mapping[int, Money], viewer: Actor, on: date) -> RunRow:
    ends, how = row.ends_on, EndedHow(row.ended_how) if row.ended_how else None
    if how is EndedHow.GROUND and ends is not None and ends > on and not _hers(row, viewer):
        ends, how = None, None
    return RunRow(
        reference=row.reference,
        number=row.order.number,
        name=row.offering.name,
        plan=running.plan_of(row.plan),
        customer=parties.told(row.customer.code, row.customer.name or row.customer.code),
        supplier=Named(row.supplier.code, row.supplier.name),
        quantity=row.quantity,
        price=prices[row.pk],
        starts_on=row.starts_on,
        ends_on=ends,
        ended_how=how,
        charged_until=row.billed_until,
        held=None if row.held is None else from_plain(row.held),
        **_household(row, viewer),
    )


def _household(row: Running, viewer: Actor) -> dict[str, Any]:
    """Whether it is for somebody of her household, and for whom: for whoever has it alone."""
    whom = household.kept_of(row.order)
    if whom is None or not _hers(row, viewer):
        return {}
    return {"household": True, "beneficiary": None if whom.member is None else household.named(whom.member)}


def _next(contract: running.Contract, shown: RunRow) -> Money | None:
    """What the next whole period costs by what is known now."""
    if shown.next_on is None:
        return None
    try:
        return running.priced(running.world(), catalogue.price_book(), contract, shown.next_on)[0].gross
    except Refusal:
        return None


def _earliest(row: Running, plan: Plan, viewer: Actor, on: date) -> date:
    rises = row.changes.filter(policy.changes_told(viewer, keys=parties.keys(), on=on), taken_back_at=None).order_by(
        "on"
    )
    free = next((rise.on for rise in rises if (rise.after_minor or 0) > rise.before_minor), None)
    return earliest_end(plan, starts_on=row.starts_on, told_on=on, free_from=free)


def _charge(row: RunningCharge) -> ChargeView:
    currency = as_currency(row.currency)
    return ChargeView(
        since=row.since,
        until=row.until,
        billed_on=row.billed_on,
        amount=Money(row.gross_minor, currency),
        tax=Money(row.tax_minor, currency),
        full=Money(row.full_gross_minor, currency),
        ordinary=Money(row.full_ordinary_minor, currency),
        kind=row.kind,
        settlement=Settlement(row.settlement),
        reverses=row.reverses,
        by_order=row.by_order,
        basis=Basis(row.why["basis"]) if row.why["basis"] else None,
        why=tuple(from_plain(rule["why"]) for rule in row.why["rules"]),
        grounds=tuple(from_plain(ground) for ground in row.why["grounds"]),
    )


def _change(row: RunningChange, viewer: Actor) -> ChangeView:
    currency, contract = as_currency(row.currency), row.running
    hers, why = _hers(contract, viewer), map(from_plain, row.why)
    return ChangeView(
        reference=contract.reference,
        number=contract.order.number,
        name=contract.offering.name,
        customer=parties.told(contract.customer.code, contract.customer.name or contract.customer.code),
        on=row.on,
        kind=ChangeKind(row.kind),
        before=Money(row.before_minor, currency),
        after=None if row.after_minor is None else Money(row.after_minor, currency),
        before_standing=row.before_standing,
        after_standing=row.after_standing,
        why=tuple(reason for reason in why if hers or reason.code != BENEFICIARY_TURNS),
        noted_at=row.noted_at,
        taken_back_at=row.taken_back_at,
    )


def _others(viewer: Actor, at: datetime, row: Running) -> tuple[Other, ...]:
    """The plans that could take its place, with what they cost whoever has it today."""
    book, found, whom = catalogue.price_book(), list[Other](), household.kept_of(row.order)
    if whom is not None and whom.member is None:
        return ()
    mine = book.offerings[row.offering.code]
    offered = catalogue.offered_plans(mine.supplier)
    for code in offered:
        offering = book.offerings[code]
        if code == row.offering.code or offering.plan is None or not running.alike(offering, mine):
            continue
        try:
            quoted = queries.quote_for(
                viewer=viewer,
                at=at,
                lines=[Wanted(code, row.quantity)],
                customer=row.customer.code,
                beneficiary=None if whom is None else whom.member,
            )
        except (Refusal, Refused):
            continue
        found.append(Other(code, offering.name, offering.plan, quoted.quote.total, quoted.terms))
    return tuple(found)
