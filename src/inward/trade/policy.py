"""Who may order, decide, deliver, cancel, return and see: one rule, three questions. No actor is a refusal.

The rules read only the actor's grants, the parties of the order and who lets whom order for her. A manager never sees private purchases: a private
order is visible to whoever placed it and to those who serve for its supplier.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import F, Q

from inward.core.terms import Reason
from inward.kit.actor import Actor
from inward.kit.policy import ALLOWED, Answer, refusal
from inward.trade import ordering_for
from inward.trade.models import OrderBehalf, OrderShare
from inward.trade.vocabulary import DisputeSide

BUYER, BUDGET_HOLDER, SELLER = "BUYER", "BUDGET_HOLDER", "SELLER"
PAYROLL_OFFICER = "PAYROLL_OFFICER"
_COUNTERS = (SELLER, "DATA_ADMINISTRATOR")


FEWEST_PEOPLE = 3
"""What people buy for themselves is counted for others from so many people on: of fewer it would be told who buys."""
_NONE = Q(pk__in=())
_APART_MAX = 40
"""So many parties are looked at one by one, each along an index; more of them in one go."""
_NOT_PRIVATE = Q(person_id=None) | ~Q(customer_id=F("person_id"))
"""Orders for a unit or company: whoever buys for everything still sees nobody's private purchases."""


@dataclass(frozen=True, slots=True)
class OrderParties:
    """The parties of an order, by code: whose order it is, for whom, from whom, whose budget is asked, and who placed it for her."""

    person: str | None
    customer: str
    supplier: str
    budget: str | None = None
    helper: str | None = None


def may_order(actor: Actor, *, customer: str | None, on: date) -> Answer:
    """For oneself, or for a unit or company over which one is buyer."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if customer is None:
        return refusal(Reason.of("no_customer"))
    if customer == actor.person or actor.holds(BUYER, over=customer, on=on):
        return ALLOWED
    return refusal(Reason.of("not_buyer_for", customer=customer))


def may_order_for(actor: Actor, *, person: str, on: date) -> Answer:
    """Order for somebody who lets her, never for oneself so: that would make two people of one."""
    if actor.nobody or actor.person is None:
        return refusal(Reason.of("no_actor"))
    if person != actor.person and ordering_for.holding(person, actor.person, on=on):
        return ALLOWED
    return refusal(Reason.of("not_helper_for"))


def may_decide(actor: Actor, *, order: OrderParties, on: date) -> Answer:
    """Budget holders of the unit asked, never whoever placed the order."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.person is not None and actor.person == order.person:
        return refusal(Reason.of("own_order_not_decided"))
    if order.budget is not None and actor.holds(BUDGET_HOLDER, over=order.budget, on=on):
        return ALLOWED
    return refusal(Reason.of("not_approver_for", unit=order.budget))


def may_deliver(actor: Actor, *, order: OrderParties, on: date) -> Answer:
    """Those who serve for the supplier, never on what they bought or ordered themselves."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if not actor.holds(SELLER, over=order.supplier, on=on):
        return refusal(Reason.of("not_seller_for", supplier=order.supplier))
    if actor.person is not None and actor.person in (order.customer, order.person, order.helper):
        return refusal(Reason.of("never_to_oneself", supplier=order.supplier))
    return ALLOWED


def may_deliver_something(actor: Actor, *, on: date) -> Answer:
    """Say what some supplier handed over."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    over = actor.parties(SELLER, on=on)
    return ALLOWED if over is None or over else refusal(Reason.of("not_seller"))


def may_mark_payment(actor: Actor, *, order: OrderParties, on: date) -> Answer:
    """Say whether a payment was found: those who serve for the supplier, never of what they bought or ordered themselves."""
    return may_deliver(actor, order=order, on=on)


def may_name_payment(actor: Actor, *, order: OrderParties) -> Answer:
    """Name another payment for an order: whoever placed it."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.person is not None and actor.person == order.person:
        return ALLOWED
    return refusal(Reason.of("payment_named_by_buyer"))


def may_report_fault(actor: Actor, *, order: OrderParties, on: date) -> Answer:
    """Say that something is faulty: whoever placed the order or buys for the customer."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    hers = actor.person is not None and actor.person in (order.person, order.customer)
    if hers or actor.holds(BUYER, over=order.customer, on=on):
        return ALLOWED
    return refusal(Reason.of("fault_reported_by_buyer"))


def may_serve(actor: Actor, *, on: date) -> Answer:
    """Serve at some supplier's till; whether this item and this buyer, ``may_deliver`` says."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if actor.holds(SELLER, over=None, on=on) else refusal(Reason.of("serves_nobody"))


def may_show_code(actor: Actor) -> Answer:
    """Everybody makes a code for the till for herself, nobody for another."""
    return may_accept_terms(actor)


def may_cancel(actor: Actor, *, order: OrderParties, on: date) -> Answer:
    """Whoever placed it, a buyer for the customer, or those who serve for the supplier."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.person is not None and actor.person == order.person:
        return ALLOWED
    if actor.holds(BUYER, over=order.customer, on=on) or actor.holds(SELLER, over=order.supplier, on=on):
        return ALLOWED
    return refusal(Reason.of("not_order_party"))


def may_draw(actor: Actor, *, customer: str, on: date) -> Answer:
    """Order parts of a standing order, pause it, let it go on: those who buy for its customer."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if actor.holds(BUYER, over=customer, on=on) else refusal(Reason.of("not_frame_drawer"))


def may_draw_due(actor: Actor) -> Answer:
    """Order the parts that are due: the house itself."""
    return ALLOWED if actor.is_system else refusal(Reason.of("not_frame_runner"))


def may_tell_overdue(actor: Actor) -> Answer:
    """Tell that the day of a dispute went by: the house itself."""
    return ALLOWED if actor.is_system else refusal(Reason.of("not_teller_of_overdue"))


def may_end_running(actor: Actor, *, order: OrderParties, on: date) -> Answer:
    """End or change what runs: whoever has it, a buyer for the customer, or those who serve for the supplier."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    own = actor.person is not None and actor.person == order.customer
    if own or actor.holds(BUYER, over=order.customer, on=on) or actor.holds(SELLER, over=order.supplier, on=on):
        return ALLOWED
    return refusal(Reason.of("not_running_party"))


def changes_told(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The changes of what runs that this actor is told, as a filter: those whose day has come, and her own (decision 144)."""
    come = Q(on__lte=on)
    return come if actor.person is None else come | Q(running__customer_id=keys[actor.person])


def may_bill(actor: Actor, *, company: str | None, on: date) -> Answer:
    """Charge what runs on: the house itself, and for a company its controllers."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.user is None and actor.person is None:
        return ALLOWED
    if company is not None and actor.holds("CONTROLLER", over=company, on=on):
        return ALLOWED
    return refusal(Reason.of("not_biller"))


def may_take_back(actor: Actor, *, order: OrderParties, on: date) -> Answer:
    """Returned goods are taken back by those who serve for the supplier, never from themselves."""
    return may_deliver(actor, order=order, on=on)


def may_give_allowance(actor: Actor) -> Answer:
    """Everybody gives her own allowance, nobody another's."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if actor.person is not None else refusal(Reason.of("no_customer"))


def may_tell_disposal(actor: Actor, *, order: OrderParties) -> Answer:
    """Whoever bought it for herself says what became of it, and nobody else."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.person is not None and actor.person == order.customer:
        return ALLOWED
    return refusal(Reason.of("disposal_not_yours"))


def may_receive(actor: Actor, *, order: OrderParties, handed_over_by: Collection[str | None], on: date) -> Answer:
    """Confirm what came: whoever placed the order or buys for the customer, never who handed any of it over."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.person is not None and actor.person in handed_over_by:
        return refusal(Reason.of("receiver_delivers"))
    placed = actor.person is not None and actor.person == order.person
    return ALLOWED if placed or actor.holds(BUYER, over=order.customer, on=on) else refusal(Reason.of("not_receiver"))


def may_see_allowance(actor: Actor, *, person: str) -> Answer:
    """Everybody sees her own allowance; nobody another's."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if person == actor.person else refusal(Reason.of("not_order_party"))


def may_set_limit(actor: Actor, *, company: str, on: date) -> Answer:
    """The controllers of the company set its approval limits."""
    if actor.holds("CONTROLLER", over=company, on=on):
        return ALLOWED
    return refusal(Reason.of("no_actor") if actor.nobody else Reason.of("not_approver_for", unit=company))


def may_set_some_limit(actor: Actor, *, on: date) -> Answer:
    """Set the approval limits of some company."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    over = limits_set_by(actor, on=on)
    return ALLOWED if over is None or over else refusal(Reason.of("not_setter_of_limits"))


def may_be_away(actor: Actor) -> Answer:
    """Say that one is away, and who approves meanwhile: everybody for herself."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if actor.person is not None else refusal(Reason.of("no_customer"))


def may_keep_terms(actor: Actor, *, keeps: bool) -> Answer:
    """Publish terms: of a scheme whoever keeps its prices, of deduction from pay the controllers of the company.

    ``keeps`` says so of the actor and these terms (``trade.terms``).
    """
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if keeps else refusal(Reason.of("terms_not_kept_by_you"))


def may_keep_benefit(actor: Actor, *, company: str, on: date) -> Answer:
    """Payroll of the company: read what is taxable of what its people bought, say what law asks of them, make payroll files."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.holds(PAYROLL_OFFICER, over=company, on=on):
        return ALLOWED
    return refusal(Reason.of("not_payroll_officer"))


def may_keep_some_benefit(actor: Actor, *, on: date) -> Answer:
    """Keep the taxable benefit of people of some company."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    over = actor.parties(PAYROLL_OFFICER, on=on)
    return ALLOWED if over is None or over else refusal(Reason.of("not_payroll_officer"))


def payroll_visible_to(actor: Actor, about: str, *, keys: Mapping[str, int], on: date) -> Q:
    """What is of companies whose payroll officer this actor is; ``about`` is the column that says of which. Of everything, all."""
    return _over(actor, PAYROLL_OFFICER, about, keys, on)


def may_reject_pay_line(actor: Actor, *, company: str, person: str, rejected: bool, on: date) -> Answer:
    """Say that payroll could not take a line: payroll officers of the company, once, and nobody a line of her own."""
    if rejected:
        return refusal(Reason.of("pay_line_rejected"))
    if not actor.nobody and actor.person == person:
        return refusal(Reason.of("not_payroll_officer"))
    return may_keep_benefit(actor, company=company, on=on)


def may_forget_words(actor: Actor) -> Answer:
    """Forget what was said in words about somebody who was erased: the house itself."""
    return ALLOWED if actor.is_system else refusal(Reason.of("no_actor"))


def may_say_accounts(actor: Actor, *, company: str, on: date) -> Answer:
    """Say the sales of a company in a year, and what was sold cost: its controllers."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.holds("CONTROLLER", over=company, on=on):
        return ALLOWED
    return refusal(Reason.of("not_controller_of", company=company))


def may_say_some_accounts(actor: Actor, *, on: date) -> Answer:
    """Say them of some company."""
    return may_set_some_limit(actor, on=on)


def may_accept_terms(actor: Actor) -> Answer:
    """Everybody accepts and withdraws for herself, nobody for another."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if actor.person is not None else refusal(Reason.of("no_customer"))


def limits_set_by(actor: Actor, *, on: date) -> frozenset[str] | None:
    """The companies and units whose approval limits this actor sets; None for all of them."""
    return actor.parties("CONTROLLER", on=on)


def may_dispute(actor: Actor, *, centre: str, on: date) -> Answer:
    """Say that a charge on a cost centre is wrong: who buys for it or holds its budget."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if any(actor.holds(role, over=centre, on=on) for role in (BUYER, BUDGET_HOLDER)):
        return ALLOWED
    return refusal(Reason.of("not_disputer"))


def may_dispute_sale(actor: Actor, *, supplier: str, on: date) -> Answer:
    """Say, for the side that sells, that something is wrong with a dealing between companies: who serves for the supplier."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return (
        ALLOWED
        if actor.holds(SELLER, over=supplier, on=on)
        else refusal(Reason.of("not_seller_for", supplier=supplier))
    )


def who_answers(side: DisputeSide, *, supplier: str, centre: str) -> tuple[tuple[str, str], ...]:
    """Who may answer a dispute that this side raised: those who hold one of these roles over one of these parties."""
    if side is DisputeSide.CUSTOMER:
        return ((SELLER, supplier),)
    return ((BUYER, centre), (BUDGET_HOLDER, centre))


def may_answer(
    actor: Actor, *, side: DisputeSide, supplier: str, centre: str, raised_by: str | None, on: date
) -> Answer:
    """Answer a dispute, or say who settles it: the other side than raised it, never whoever raised it."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    stands = any(
        actor.holds(role, over=over, on=on) for role, over in who_answers(side, supplier=supplier, centre=centre)
    )
    if not stands or (raised_by is not None and raised_by == actor.person):
        return refusal(Reason.of("not_answerer"))
    return ALLOWED


def disputes_seen_by(actor: Actor, *, on: date) -> Q:
    """The disputes of cost centres whose budgets this actor reads, of suppliers she serves for, and of companies whose books she
    keeps or audits, on whichever side they stand.
    """
    if actor.nobody:
        return _NONE
    centres, suppliers = budgets_seen_by(actor, on=on), actor.parties(SELLER, on=on)
    if centres is None or suppliers is None:
        return Q(centre__isnull=False)
    kept = [actor.parties(role, on=on) or frozenset() for role in ("CONTROLLER", "AUDITOR")]
    books = sorted(frozenset().union(*kept))
    ours = Q(order__customer_company__code__in=books) | Q(order__supplier_company__code__in=books)
    return Q(centre__code__in=sorted(centres)) | Q(order__supplier__code__in=sorted(suppliers)) | ours


def may_set_budget(actor: Actor, *, company: str, on: date) -> Answer:
    """Set the budgets of a company and its departments: its controllers."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if actor.holds("CONTROLLER", over=company, on=on) else refusal(Reason.of("not_setter_of_budgets"))


def may_set_some_budget(actor: Actor, *, on: date) -> Answer:
    """Set the budgets of some company."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    over = limits_set_by(actor, on=on)
    return ALLOWED if over is None or over else refusal(Reason.of("not_setter_of_budgets"))


def may_set_every_budget(actor: Actor, *, on: date) -> Answer:
    """Set the budgets of all companies: whoever may sees what others brought in."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if limits_set_by(actor, on=on) is None else refusal(Reason.of("not_setter_of_budgets"))


def may_wait(actor: Actor) -> Answer:
    """Wait for what is gone: a person, who is written to; for whom, ``may_order`` says."""
    return may_accept_terms(actor)


def may_say_handover(actor: Actor, *, supplier: str, on: date) -> Answer:
    """Say how a supplier hands over: those who serve for it, and its data administrators."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if any(actor.holds(role, over=supplier, on=on) for role in _COUNTERS):
        return ALLOWED
    return refusal(Reason.of("not_handover_keeper", supplier=supplier))


def may_say_some_handover(actor: Actor, *, on: date) -> Answer:
    """Say it of some supplier."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    over = counted_by(actor, on=on)
    return ALLOWED if over is None or over else refusal(Reason.of("not_some_handover_keeper"))


def may_count(actor: Actor, *, supplier: str, on: date) -> Answer:
    """Say how many of an item lie at a place: those who serve for its supplier, and the supplier's data administrators."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if any(actor.holds(role, over=supplier, on=on) for role in _COUNTERS):
        return ALLOWED
    return refusal(Reason.of("not_counter_for", supplier=supplier))


def may_count_something(actor: Actor, *, on: date) -> Answer:
    """Count what some supplier offers."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    over = counted_by(actor, on=on)
    return ALLOWED if over is None or over else refusal(Reason.of("not_counter"))


def may_count_everything(actor: Actor, *, on: date) -> Answer:
    """Count what every supplier offers: whoever may sees what others brought in."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if counted_by(actor, on=on) is None else refusal(Reason.of("not_counter"))


def counted_by(actor: Actor, *, on: date) -> frozenset[str] | None:
    """The suppliers whose items this actor counts; None for all of them."""
    over = [frozenset() if actor.nobody else actor.parties(role, on=on) for role in _COUNTERS]
    if None in over:
        return None
    return frozenset().union(*(parties for parties in over if parties is not None))


def budgets_seen_by(actor: Actor, *, on: date) -> frozenset[str] | None:
    """The cost centres whose budgets this actor reads: those she buys for, answers for or keeps the books of; None for all."""
    over = [actor.parties(role, on=on) for role in (BUYER, BUDGET_HOLDER, "CONTROLLER", "AUDITOR")]
    if None in over:
        return None
    return frozenset().union(*(parties for parties in over if parties is not None))


def orders_visible_to(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The orders this actor may see, as a filter: her own, those of parties she buys or holds the budget for, and those
    of suppliers she serves for. ``keys`` maps party codes to their keys.
    """
    return reduce(or_, orders_visible_by(actor, keys=keys, on=on), _NONE)


def orders_visible_by(actor: Actor, *, keys: Mapping[str, int], on: date) -> tuple[Q, ...]:
    """The same as each way of seeing an order by itself: one party in one place, as far as they are few; none for nobody."""
    if actor.nobody:
        return ()
    own = () if actor.person is None else (Q(person_id=keys[actor.person]), Q(customer_id=keys[actor.person]))
    bought = _each(actor, (BUYER, BUDGET_HOLDER), "customer_id", keys, on)
    held = _each(actor, (BUDGET_HOLDER,), "cost_centre_id", keys, on)
    sharing = _sharing(actor, keys, on)
    return (
        *own,
        *(way & _NOT_PRIVATE for way in bought),
        *held,
        *sharing,
        *_placed_for_others(actor, keys, on),
        *_each(actor, (SELLER,), "supplier_id", keys, on),
    )


def _placed_for_others(actor: Actor, keys: Mapping[str, int], on: date) -> tuple[Q, ...]:
    """The orders that she placed for people for whom she may order still."""
    helped = [keys[code] for code in ordering_for.helped_by(actor.person, on=on) if code in keys]
    if not helped or actor.person is None:
        return ()
    rows = OrderBehalf.objects.filter(helper_id=keys[actor.person], order__person_id__in=helped)
    return (Q(pk__in=rows.values("order_id")),)


def _sharing(actor: Actor, keys: Mapping[str, int], on: date) -> tuple[Q, ...]:
    """The orders that cost centres share for which she buys or whose budget she holds; as keys, since a join would double them."""
    over = [actor.parties(role, on=on) for role in (BUYER, BUDGET_HOLDER)]
    if None in over:
        return ()  # she sees every order of a department anyway
    known = sorted({keys[code] for parties in over for code in parties or () if code in keys})
    return (Q(pk__in=OrderShare.objects.filter(centre_id__in=known).values("order_id")),) if known else ()


def orders_to_decide(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The orders whose budget this actor holds and which she did not place herself (their state is asked apart)."""
    over = frozenset() if actor.nobody else actor.parties(BUDGET_HOLDER, on=on)
    held = Q(approval__isnull=False) if over is None else Q(approval__unit__in=sorted(over))
    return held & ~Q(person_id=keys.get(actor.person or "", -1))


def orders_to_deliver(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The orders of suppliers this actor serves for, but not what she bought or ordered herself."""
    own = keys.get(actor.person or "", -1)
    serves = _over(actor, SELLER, "supplier_id", keys, on)
    if ordering_for.helps(actor.person):  # of nobody else are such orders looked for
        serves &= ~Q(pk__in=OrderBehalf.objects.filter(helper_id=own).values("order_id"))
    return serves & ~(Q(customer_id=own) | Q(person_id=own, person_id__isnull=False))


def orders_to_receive(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The orders whose coming this actor confirms (whether something came is asked apart)."""
    return Q(person_id=keys.get(actor.person or "", -1)) | _over(actor, BUYER, "customer_id", keys, on)


def _over(actor: Actor, role: str, field: str, keys: Mapping[str, int], on: date) -> Q:
    """A filter on the parties over which the actor holds the role; None from the actor means over everything."""
    return reduce(or_, _each(actor, (role,), field, keys, on, apart=0), _NONE)


def _each(
    actor: Actor, roles: Sequence[str], field: str, keys: Mapping[str, int], on: date, *, apart: int = _APART_MAX
) -> list[Q]:
    """A filter for each party over which the actor holds one of the roles; for more than ``apart``, one for all of them."""
    over = [actor.parties(role, on=on) for role in roles]
    if None in over:
        return [Q(**{f"{field}__isnull": False})]
    known = sorted({keys[code] for parties in over for code in parties or () if code in keys})
    if not known:
        return []
    return [Q(**{field: key}) for key in known] if len(known) <= apart else [Q(**{f"{field}__in": known})]


def may_see_all_terms(actor: Actor, *, supplier: str, on: date) -> Answer:
    """See what was agreed with every customer: those who serve for the supplier, and those who keep its prices."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.holds(SELLER, over=supplier, on=on) or actor.holds("DATA_ADMINISTRATOR", over=supplier, on=on):
        return ALLOWED
    return refusal(Reason.of("not_seller_for", supplier=supplier))
