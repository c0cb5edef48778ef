"""What runs on: charged period by period, repriced or ended on the day on which what carried its price ends, ended, changed.

A run may be killed at any point and started again: each part of it is one transaction under a lock, and a charge is new by a
constraint or not written at all. Nothing charged is ever changed: what was wrong is taken back by another charge in the month
that is open.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Max, Q

from inward.catalogue import queries as catalogue
from inward.core.bookkeeping import SoldLine
from inward.core.classification import World, causes
from inward.core.pricing import PriceBook, Wanted
from inward.core.pricing.tally import Tally
from inward.core.running import by_itself, earliest_end, period_of, periods, plan_plain
from inward.core.terms import Money, Period, Reason, Refusal
from inward.kit import audit, heap, idempotency, locks, outbox, versions
from inward.kit.actor import Actor
from inward.kit.ids import new_id
from inward.kit.policy import NotThere, require
from inward.kit.reasons import to_plain
from inward.kit.transaction import together, transaction
from inward.kit.writing import GateClosed, WriteSet, write
from inward.ledger.entryrows import REFERENCE, SUBJECT, EntryRows, Stencil
from inward.parties import queries as parties
from inward.trade import deciding, household, policy, queries, running
from inward.trade.announcements import RunningEnds, RunningRepriced
from inward.trade.models import Order, OrderHousehold, OrderLine, OrderStep, Running, RunningChange, RunningCharge
from inward.trade.operations.placing import VERSIONS, OrderReceipt, place_order
from inward.trade.running import Contract, Days, Stood, Turn
from inward.trade.runningrows import CONTRACT, Charged, charge_rows, contract_of, priced_of, stood_of
from inward.trade.runningwords import BENEFICIARY_TURNS, ChangeKind, EndedHow
from inward.trade.vocabulary import OrderState, Settlement, StepKind
from inward.trade.writing import Placing, season_gates

CHUNK = 1000
ATTEMPTS = 3
LOCK = "trade.running"
_BY_TERM = EndedHow.TERM.value
_DAY = timedelta(days=1)
_OPEN = Q(ends_on=None) | Q(ends_on__gt=F("billed_until"))


@dataclass(frozen=True, slots=True)
class Billed:
    """What a run did: periods and parts of periods charged, days taken back or charged anew, and what could not be charged."""

    charges: int = 0
    corrections: int = 0
    held: int = 0

    def __add__(self, other: "Billed") -> "Billed":
        return Billed(self.charges + other.charges, self.corrections + other.corrections, self.held + other.held)


def bill_running(
    *, by: Actor, at: datetime, company: str | None = None, progress: Callable[[int], None] | None = None
) -> Billed:
    """Charge every period that has begun by today and was not charged; of one supplying ``company`` or of all.

    1. Refuse what policy refuses.                           3. Decide a thousand on what is known now; write their charges,
    2. Look again at whatever news has come of.                 entries, allowances and where they stand in one transaction.
    What has no price, or whose month is closed, is held with the reason and tried again by the next run. Raises Refused;
    GateClosed when the ground never stood still.
    """
    require(policy.may_bill(by, company=company, on=at.date()))
    done, after = review_running(by=by, at=at, company=company), 0
    while True:
        some, last = _again(lambda after=after: _bill_some(by, at, company, after))  # type: ignore[misc]
        done += some
        if last is None:
            return done
        after = last
        if progress is not None:
            progress(done.charges)


def review_running(*, by: Actor, at: datetime, company: str | None = None) -> Billed:
    """Look again at whatever news has come of: what its charged days cost now, when it ends, what its price becomes.

    1. Refuse what policy refuses.                           3. Take back and charge anew the days that cost otherwise.
    2. Say when it ends, where its plan ends with its ground. 4. Note each day to come that changes its price; announce it.
    Raises Refused, GateClosed.
    """
    require(policy.may_bill(by, company=company, on=at.date()))
    done, after = Billed(), 0
    while True:
        some, last = _again(lambda after=after: _review_some(by, at, company, after))  # type: ignore[misc]
        done += some
        if last is None:
            return done
        after = last


def note_news(*, by: Actor, at: datetime, people: Iterable[str] | None) -> int:
    """Say that something has become known of these people (None: of everybody); returns how many contracts are looked at again:
    theirs, and those that are for them.

    What ended long ago is looked at again as well: news may be late.
    """
    rows = Running.objects.filter(review=False)
    if people is not None:
        keys = parties.keys()
        found = [keys[code] for code in people if code in keys]
        rows = rows.filter(
            Q(customer_id__in=found) | Q(order__in=OrderHousehold.objects.filter(member__in=found).values("order"))
        )
    with transaction():
        return rows.update(review=True)


def end_running(*, by: Actor, at: datetime, reference: str, on: date | None = None) -> date:
    """Say that something ends, on a day or as soon as it can; returns the day.

    1. Lock it; refuse what policy refuses, what has an end already, and a day before it can end.
    2. Keep the day; take back the days after it that were charged.  3. Audit, announce RunningEnds.
    Raises NotThere, Refused, Refusal.
    """
    with transaction():
        row = _locked(by, at, reference)
        require(policy.may_end_running(by, order=queries.order_parties(row.order), on=at.date()))
        contract = _contract(row)
        unseen = _ends_unseen(by, row, at.date())
        if row.ends_on is not None and not unseen and (row.ended_how != _BY_TERM or row.ends_on <= at.date()):
            raise Refusal(Reason.of("running_ended_already", day=row.ends_on))
        earliest = earliest_end(
            contract.plan, starts_on=row.starts_on, told_on=at.date(), free_from=_free_from(row, by, at.date())
        )
        ends_on = earliest if on is None else on
        if ends_on < earliest:
            raise Refusal(Reason.of("running_ends_earliest", earliest=earliest), where="on")
        if unseen is None or ends_on < unseen:
            _end(by, at, row, ends_on, EndedHow.ASKED)
    return ends_on


def keep_running(*, by: Actor, at: datetime, reference: str) -> None:
    """Take back that something ends, before that day has come.

    1. Lock it; refuse what policy refuses, and what nobody asked to end on a day to come.  2. Let it go on.  3. Audit.
    """
    with transaction():
        row = _locked(by, at, reference)
        require(policy.may_end_running(by, order=queries.order_parties(row.order), on=at.date()))
        if row.ended_how != EndedHow.ASKED.value or row.ends_on is None or row.ends_on <= at.date():
            raise Refusal(Reason.of("running_not_ending"))
        plan = running.plan_of(row.plan)
        row.ends_on = by_itself(plan, row.starts_on)
        row.ended_how = "" if row.ends_on is None else EndedHow.TERM.value
        row.review = True
        row.save(update_fields=["ends_on", "ended_how", "review"])
        audit.record(by=by, at=at, act="trade.keep_running", thing=reference, facts={})


def change_running(
    *, by: Actor, at: datetime, reference: str, offering: str, expected: Money, key: str, accepts: Sequence[str] = ()
) -> OrderReceipt:
    """Change to another plan of the same supplier from today on: this one ends today, the other is ordered.

    1. Refuse what policy refuses, what has ended, and an offering that cannot take its place.
    2. End it today, whatever its notice; take back the days that were charged.
    3. Order the other at the price that was shown; all of it, or nothing. Sent twice, it is changed once.
       Refuse one that somebody must approve first: until then there would be neither.
    Raises NotThere, Refused, Refusal, PriceChanged.
    """
    with together():
        with transaction():
            row = _locked(by, at, reference)
            require(policy.may_end_running(by, order=queries.order_parties(row.order), on=at.date()))
            changed = row.ended_how == EndedHow.CHANGED.value
            if changed and not idempotency.used(by, key):  # another window: the place has been taken
                raise Refusal(Reason.of("running_ended_already", day=row.ends_on))
            if not changed:
                _check_change(row, offering, at.date())
                _end(by, at, row, max(at.date(), row.starts_on), EndedHow.CHANGED)
        receipt = place_order(
            by=by,
            at=at,
            lines=[Wanted(offering, row.quantity)],
            expected=expected,
            key=key,
            customer=row.customer.code,
            beneficiary=_beneficiary(row),
            accepts=accepts,
        )
        if receipt.state is OrderState.AWAITING_APPROVAL:
            raise Refusal(Reason.of("running_change_waits"), where="offering")
        if not changed:
            Running.objects.filter(reference=receipt.reference).update(follows=row)
    return receipt


def begin_approved(*, by: Actor, at: datetime, order: Order) -> None:
    """An order that runs was approved: it begins that day, and with it its first period. In the transaction of the approval."""
    line = order.lines.get()
    plan = catalogue.price_book().offerings[line.code].plan
    assert plan is not None  # whoever calls has asked whether it runs: by now it may be sold once
    on = at.date()
    period = period_of(on, plan.every, on)
    ends_on = by_itself(plan, on)
    assert period.until is not None  # a period of what runs has both days
    row = Running.objects.create(
        order=order,
        reference=order.reference,
        subject=order.subject,
        person=order.person,
        customer=order.customer,
        supplier=order.supplier,
        offering_id=line.offering_id,
        quantity=line.quantity,
        settlement=order.settlement,
        cost_centre=order.cost_centre,
        plan=plan_plain(plan),
        starts_on=on,
        ends_on=ends_on,
        ended_how="" if ends_on is None else EndedHow.TERM.value,
        billed_until=period.until,
        review=True,
    )
    contract = _contract(row)
    world = running.world()
    quoted = queries.quoted_line(line, order.currency)
    price = running.Priced(
        side=running.side(world, contract, on),
        books_kind=order.books_kind,
        company=None if order.customer_company is None else order.customer_company.code,
        supplier_company=order.supplier_company.code,
        settlement=Settlement(order.settlement),
        cost_centre=None if order.cost_centre is None else order.cost_centre.code,
        ordinary=quoted.ordinary,
        tax=quoted.tax,
        gross=quoted.gross,
        cost=deciding.absorbed_cost(quoted) or Money.zero(quoted.gross.currency),
        tax_code=line.tax_code,
        why={
            "rules": [],
            "basis": quoted.parts[0].basis.value,
            "includes_tax": line.includes_tax,
            "grounds": order.grounds,
        },
    )
    first = Charged.of(Days(period, on, period.until, price), by_order=True)
    write(WriteSet(rows=(charge_rows([(contract, first)], parties=parties.keys(), on=on),)))
    order.state = OrderState.DELIVERED.value
    OrderLine.objects.filter(order=order).update(delivered=F("quantity"))
    OrderStep.objects.create(
        order=order, at=at, subject="", kind=StepKind.DELIVERED.value, facts={"pieces": {"1": line.quantity}}
    )


# --- charging ---------------------------------------------------------------------------------------------------------


@dataclass
class _Part:
    """What a part of a run writes, gathered contract by contract."""

    by: Actor
    at: datetime
    stamp: Mapping[str, int]
    world: World
    book: PriceBook
    keys: Mapping[str, int]
    entries: EntryRows
    charges: list[tuple[Contract, Charged]] = field(default_factory=list)
    stencils: dict[tuple[Any, ...], Stencil] = field(default_factory=dict)
    """The entries of charges, made once for all that post the same."""
    drawn: list[Placing] = field(default_factory=list)
    held: dict[int, Reason] = field(default_factory=dict)

    @classmethod
    def of(cls, by: Actor, at: datetime) -> "_Part":
        """On what is known now."""
        stamp = versions.current(*VERSIONS)
        entries = EntryRows(subject=by.subject, at=at, on=at.date())
        return cls(by, at, stamp, running.world(), catalogue.price_book(), parties.keys(), entries)

    def post(self, contract: Contract, charged: Sequence[Charged]) -> None:
        """Charge some days and post them. Refusal when the books do not take it; then nothing of them is charged."""
        made = [self._stencil(contract, each) for each in charged]
        names = {REFERENCE: contract.reference, SUBJECT: contract.subject}
        for stencil in made:
            self.entries.add(stencil, names)
        self.charges += [(contract, each) for each in charged]

    def _stencil(self, contract: Contract, each: Charged) -> Stencil:
        """The entries of a charge, for whoever is charged the same. Refusal when the books do not take them."""
        price, gross, tax, cost = each.days.priced, each.gross, each.tax, each.cost
        alike = (
            *(gross.minor, gross.currency, tax.minor, cost.minor, price.tax_code, each.reverses, price.books_kind),
            *(price.settlement, price.supplier_company, price.company, price.cost_centre, contract.supplier),
            None if contract.plan.insurer is None else contract.plan,
            "" if contract.customer == contract.person else contract.customer,
        )
        found = self.stencils.get(alike)
        if found is None:
            on, sold = self.at.date(), [SoldLine(net=gross - tax, tax=tax, tax_code=price.tax_code, cost=cost or None)]
            dealing = running.dealing_of(contract, price, on)
            own = deciding.entries_for(dealing, sold, correction_of=contract.reference if each.reverses else None)
            one = Stencil.of(own, on=on)  # a refusal names this one
            if one.of_one:
                return one
            dealing = replace(dealing, reference=REFERENCE, subject=SUBJECT)
            entries = deciding.entries_for(dealing, sold, correction_of=REFERENCE if each.reverses else None)
            found = self.stencils[alike] = Stencil.of(entries, on=on)
        return found

    def write(self, act: str) -> None:
        """Everything at once, if all that it rests on still holds."""
        asked = (versions.unchanged(name, self.stamp[name]) for name in VERSIONS)
        rows = [charge_rows(self.charges, parties=self.keys, on=self.at.date()), *self.entries.rows]
        if self.charges:
            sums: dict[str, int] = {}
            for _, each in self.charges:
                sums[each.gross.currency] = sums.get(each.gross.currency, 0) + each.gross.minor
            facts = {"charges": len(self.charges), "sums": sums, "first": self.charges[0][0].reference}
            rows.append(audit.audit_rows(by=self.by, at=self.at, act=act, thing="running", facts=facts))
        drawn = season_gates(self.drawn, parties=self.keys)
        write(WriteSet(gates=(*asked, *self.entries.gates, *drawn), rows=tuple(rows)))


def _again(act: Callable[[], tuple[Billed, int | None]]) -> tuple[Billed, int | None]:
    """A part of a run; decided anew where somebody changed under it what it rests on."""
    for _ in range(ATTEMPTS - 1):
        try:
            return _alone(act)
        except GateClosed:
            continue
    return _alone(act)


def _alone(act: Callable[[], tuple[Billed, int | None]]) -> tuple[Billed, int | None]:
    with versions.seen_once(), heap.looked_through_later():
        return act()


def _bill_some(by: Actor, at: datetime, company: str | None, after: int) -> tuple[Billed, int | None]:
    """Charge the next thousand that are due; the key of the last of them, None where there is none."""
    with transaction():
        locks.advisory(LOCK)
        due = _of(company).filter(_OPEN, id__gt=after, billed_until__lte=at.date()).order_by("id")
        due = due.select_for_update(of=("self",))  # who ends one meanwhile waits, and takes back what was charged
        rows = list(due.values_list(*CONTRACT, "held", named=True)[:CHUNK])
        if not rows:
            return Billed(), None
        part = _Part.of(by, at)
        known, offerings = parties.known().codes, _offerings()
        whom = household.all_kept([row.order_id for row in rows])
        contracts = [contract_of(row, known, offerings, whom.get(row.order_id)) for row in rows]
        used = _used(contracts)
        until: dict[date, list[int]] = {}
        for contract in contracts:
            reached = _bill(part, contract, used)
            if reached != contract.billed_until:
                until.setdefault(reached, []).append(contract.id)
        part.write("trade.bill_running")
        for day, keys in until.items():
            Running.objects.filter(id__in=keys).update(billed_until=day)
        _hold({row.id for row in rows if row.held is not None}, part.held)
        return Billed(len(part.charges), held=len(part.held)), contracts[-1].id


def _bill(part: _Part, contract: Contract, used: Mapping[str, Tally]) -> date:
    """Charge every period of a contract that has begun; returns up to which day it is charged now."""
    reached, today = contract.billed_until, part.at.date()
    tally = None if contract.person is None else used[contract.person]
    for period in periods(contract.starts_on, contract.plan.every, since=reached):
        assert period.start is not None  # a period of what runs has both days
        assert period.until is not None  # the same
        if period.start > today or (contract.ends_on is not None and period.start >= contract.ends_on):
            return reached
        try:
            days = list(running.new_days(part.world, part.book, contract, period, () if tally is None else tally.used))
            part.post(contract, [Charged.of(each) for each in days])
        except Refusal as refusal:
            part.held[contract.id] = refusal.reason
            return reached
        _draw(part, contract, days, tally)
        reached = period.until
    raise AssertionError  # pragma: no cover - periods have no end


def _draw(part: _Part, contract: Contract, days: Sequence[Days], tally: Tally | None) -> None:
    """Draw on allowances what the first days of the period draw, as an order would."""
    decision = days[0].decision
    if tally is None or decision is None or not decision.quote.allowances:
        return
    tally.add(decision.quote.allowances)
    part.drawn.append(Placing(decision, new_id(), contract.reference, 0, part.at, contract.subject, None))


def _used(contracts: Sequence[Contract]) -> dict[str, Tally]:
    """What all of them have drawn of every scheme."""
    used = {contract.person: Tally() for contract in contracts if contract.person is not None}
    for person, use in queries.allowances_used(used):
        used[person].know(use)
    return used


def _hold(before: set[int], held: Mapping[int, Reason]) -> None:
    """Keep why something could not be charged; forget it of what was held before and could."""
    Running.objects.filter(id__in=before - held.keys()).update(held=None)
    for key, reason in held.items():
        Running.objects.filter(id=key).update(held=to_plain(reason))


# --- looking again ----------------------------------------------------------------------------------------------------


def _review_some(by: Actor, at: datetime, company: str | None, after: int) -> tuple[Billed, int | None]:
    with transaction():
        locks.advisory(LOCK)
        found = _of(company).filter(review=True, id__gt=after).order_by("id")
        rows = list(found.select_for_update(of=("self",))[: CHUNK // 10])
        if not rows:
            return Billed(), None
        part = _Part.of(by, at)
        held: dict[int, Reason] = {}
        for row in rows:
            try:
                _review(part, row)
            except Refusal as refusal:
                held[row.pk] = refusal.reason
        part.write("trade.correct_running")
        Running.objects.filter(id__in=[row.pk for row in rows]).update(review=False)
        for key, reason in held.items():
            Running.objects.filter(id=key).update(held=to_plain(reason), review=True)
        return Billed(corrections=len(part.charges), held=len(held)), rows[-1].pk


def _review(part: _Part, row: Running) -> None:
    """One contract: its end by its ground, its charged days, its changes to come."""
    contract = _contract(row)
    ends = running.ground_ends(part.world, contract)
    asked = row.ends_on if row.ended_how in (EndedHow.ASKED.value, EndedHow.CHANGED.value) else None
    term = by_itself(contract.plan, contract.starts_on)
    days = {
        EndedHow.GROUND: ends,
        EndedHow.ASKED if row.ended_how != EndedHow.CHANGED.value else EndedHow.CHANGED: asked,
        EndedHow.TERM: term,
    }
    how, ends_on = min(
        ((how, day) for how, day in days.items() if day is not None),
        key=lambda pair: pair[1],
        default=(None, None),
    )
    if ends_on != row.ends_on or (how is not None and how.value != row.ended_how):
        row.ends_on, row.ended_how = ends_on, "" if how is None else how.value
        row.save(update_fields=["ends_on", "ended_how"])
        contract = replace(contract, ends_on=ends_on)
    _correct(part, contract, row)
    _note_changes(part, contract, row, how)


def _correct(part: _Part, contract: Contract, row: Running) -> None:
    """Take back and charge anew the days of charged periods that cost otherwise by what is known now."""
    company, codes = row.order.supplier_company.code, parties.known().codes
    charges = list(row.charges.filter(reverses=False, stands_until__gt=F("since")).order_by("since", "turn"))
    stood = [stood_of(each, codes, company) for each in charges]
    turn = dict(row.charges.values_list("since").annotate(Max("turn")))
    charged: list[Charged] = []
    ends: list[tuple[int, date]] = []
    for period in _charged_periods(row):
        before = [each for each in stood if each.period == period]
        wanted = running.wanted_days(part.world, part.book, contract, period, before)
        first = running.differs_from(before, wanted)
        if first is None:
            continue
        for days, reverses in _moved(before, wanted, first):
            turn[days.since] = turn.get(days.since, -1) + 1
            charged.append(Charged.of(days, turn[days.since], reverses=reverses))
        ends += [(each.id, max(first, each.since)) for each in before if each.until > first]
    part.post(contract, charged)
    for key, day in ends:
        RunningCharge.objects.filter(id=key).update(stands_until=day)


def _charged_periods(row: Running) -> list[Period]:
    found = row.charges.values_list("period_from", "period_until").distinct().order_by("period_from")
    return [Period(start, until) for start, until in found]


def _moved(before: Sequence[Stood], wanted: Sequence[Days], first: date) -> Iterator[tuple[Days, bool]]:
    """The days from ``first`` on: those that stood, to be taken back, then those that cost now."""
    for each in before:
        if each.until > first:
            yield Days(each.period, max(first, each.since), each.until, each.priced), True
    for days in wanted:
        if days.until > first:
            yield replace(days, since=max(first, days.since)), False


def _note_changes(part: _Part, contract: Contract, row: Running, how: EndedHow | None) -> None:
    """Note the days on which its price becomes another or it ends with its ground; announce what was not told yet."""
    turns = list(running.turns(part.world, part.book, contract, contract.starts_on))
    if how is EndedHow.GROUND and contract.ends_on is not None:
        eve = _eve(part, contract, row, contract.ends_on)
        turns = [turn for turn in turns if turn.on < contract.ends_on] + [Turn(contract.ends_on, eve, None)]
    known = {change.on: change for change in RunningChange.objects.filter(running=row, taken_back_at=None)}
    for turn in turns:
        before = known.pop(turn.on, None)
        if before is not None and _same(before, turn):
            continue
        if before is not None:
            RunningChange.objects.filter(pk=before.pk).update(taken_back_at=part.at)
        _note_change(part, contract, row, turn)
    RunningChange.objects.filter(pk__in=[change.pk for change in known.values()]).update(taken_back_at=part.at)


def _eve(part: _Part, contract: Contract, row: Running, ends_on: date) -> running.Priced:
    """What a period costs on the eve of its end; where it has no price then, what was charged last: an end is told all the same."""
    try:
        return running.priced(part.world, part.book, contract, max(contract.starts_on, ends_on - _DAY))[0]
    except Refusal:
        last = row.charges.filter(reverses=False).latest("since", "turn")
        return priced_of(last, parties.known().codes, row.order.supplier_company.code)


def _same(change: RunningChange, turn: Turn) -> bool:
    after = None if turn.after is None else turn.after.gross.minor
    return (change.before_minor, change.after_minor) == (turn.before.gross.minor, after)


def _note_change(part: _Part, contract: Contract, row: Running, turn: Turn) -> None:
    why = causes(
        supplier=contract.supplier,
        customer=contract.customer,
        world=part.world,
        on=turn.on,
        definition=part.world.definition_on(turn.on),
    )
    before = running.side(part.world, contract, turn.on - _DAY)
    after = running.side(part.world, contract, turn.on)
    if before is not None and after is not None and before[4] != after[4]:
        why = (*why, Reason.of(BENEFICIARY_TURNS))
    kind = ChangeKind.ENDED if turn.after is None else ChangeKind.REPRICED
    change = RunningChange.objects.create(
        running=row,
        on=turn.on,
        kind=kind.value,
        before_minor=turn.before.gross.minor,
        after_minor=None if turn.after is None else turn.after.gross.minor,
        currency=turn.before.gross.currency,
        before_standing="" if turn.before.side is None else turn.before.side[1],
        after_standing="" if after is None else after[1],
        why=[to_plain(reason) for reason in why],
        noted_at=part.at,
    )
    person = contract.person or ""
    told: RunningEnds | RunningRepriced
    if turn.after is None:
        told = RunningEnds(contract.reference, person, turn.on, EndedHow.GROUND.value, change.pk)
    else:
        prices = str(turn.before.gross), str(turn.after.gross)
        told = RunningRepriced(contract.reference, person, turn.on, change.pk, *prices)
    outbox.announce(told, by=part.by, at=part.at)


# --- ending -----------------------------------------------------------------------------------------------------------


def _ends_unseen(by: Actor, row: Running, today: date) -> date | None:
    """The day to come on which it ends with its ground, of which none but whoever has it is told (decision 144); None for no such."""
    coming = row.ended_how == EndedHow.GROUND.value and row.ends_on is not None and row.ends_on > today
    return row.ends_on if coming and by.person != row.customer.code else None


def _end(by: Actor, at: datetime, row: Running, ends_on: date, how: EndedHow) -> None:
    """Keep the day; take back what was charged for the days after it; audit, announce."""
    row.ends_on, row.ended_how = ends_on, how.value
    row.save(update_fields=["ends_on", "ended_how"])
    if ends_on < row.billed_until:
        part = _Part.of(by, at)
        _correct(part, _contract(row), row)
        part.write("trade.correct_running")
    facts = {"on": ends_on, "how": how.value}
    audit.record(by=by, at=at, act="trade.end_running", thing=row.reference, facts=facts)
    told = RunningEnds(
        reference=row.reference,
        person="" if row.person is None else row.person.code,
        on=ends_on,
        how=how.value,
        change=0,
    )
    outbox.announce(told, by=by, at=at)


def _check_change(row: Running, offering: str, on: date) -> None:
    if row.ends_on is not None and row.ends_on <= on:
        raise Refusal(Reason.of("running_ended_already", day=row.ends_on))
    book = catalogue.price_book()
    new, old = book.offerings.get(offering), book.offerings[row.offering.code]
    if new is None or new.plan is None or new.id == old.id or not running.alike(new, old):
        named = offering if new is None else new.name
        raise Refusal(Reason.of("running_change_unfit", offering=named), where="offering")


def _beneficiary(row: Running) -> str | None:
    """For whom of the household another plan is ordered. Refusal where that is forgotten."""
    whom = household.kept_of(row.order)
    if whom is not None and whom.member is None:
        raise Refusal(Reason.of("not_of_household"), where="beneficiary")
    return None if whom is None else whom.member


def _free_from(row: Running, by: Actor, today: date) -> date | None:
    """From when on neither term nor notice binds: the first day on which its ground ended and it cost more, of those that the actor
    may know.
    """
    rises = row.changes.filter(policy.changes_told(by, keys=parties.keys(), on=today), taken_back_at=None)
    return rises.filter(after_minor__gt=F("before_minor")).order_by("on").values_list("on", flat=True).first()


def _locked(by: Actor, at: datetime, reference: str) -> Running:
    """The contract, locked until the transaction ends; NotThere where the actor may not even see its order."""
    visible = policy.orders_visible_to(by, keys=parties.keys(), on=at.date())
    if not Order.objects.filter(visible, reference=reference).exists():
        raise NotThere
    found = (
        Running.objects.select_for_update(of=("self",))
        .select_related("order", "person", "customer", "offering")
        .filter(reference=reference)
        .first()
    )
    if found is None:
        raise NotThere
    return found


def _contract(row: Running) -> Contract:
    return contract_of(row, parties.known().codes, _offerings(), household.kept_of(row.order))


def _of(company: str | None) -> Any:
    rows = Running.objects.all()
    return rows if company is None else rows.filter(order__supplier_company_id=parties.keys()[company])


def _offerings() -> dict[int, str]:
    return {key: code for code, key in catalogue.offering_keys().items()}
