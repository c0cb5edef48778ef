"""What letters listen to: each announcement becomes notices to the people concerned. Thin: find whom, one call."""

from datetime import datetime

from inward.access import queries as access
from inward.access.vocabulary import Role
from inward.catalogue.announcements import SuspensionChanged
from inward.catalogue.vocabulary import HearingStep
from inward.desk.announcements import ReviewOverdue
from inward.kit.actor import Actor
from inward.kit.outbox import reaction
from inward.notices import operations as notices
from inward.parties import marks
from inward.parties import queries as parties
from inward.parties.announcements import PersonOpened
from inward.trade import policy
from inward.trade.announcements import (
    ApprovalAsked,
    ApprovalReminded,
    ChargeDisputed,
    DeductionPutOff,
    DisputeAnswered,
    DisputeOverdue,
    DisputeOwned,
    FaultAnswered,
    FaultReported,
    FrameAgreed,
    FrameHeld,
    ItemsReturned,
    OrderCancelled,
    OrderDeclined,
    OrderDelivered,
    OrderPlaced,
    OrderReady,
    PaymentNotFound,
    ReceiptConfirmed,
    RunningEnds,
    RunningRepriced,
    WaitingMoved,
)
from inward.trade.vocabulary import DisputeSide, FaultAnswer
from inward.web.letters.sending import ANSWERED, OPENED, REVIEW, SUSPENDED, WAITED

_HOUSE = Actor.system("letters")


@reaction(OrderPlaced, name="letters.order_placed")
def order_placed(told: OrderPlaced, *, at: datetime) -> None:
    """Thank the buyer: number, where to see it. Where a colleague placed it, tell both."""
    if told.helper:
        _tell(told, at, [told.person], "ordered_for_you", helper=told.helper)
        _tell(told, at, [told.helper], "ordered_for", whom=told.person)
    else:
        _tell(told, at, [told.person], "order_placed")


@reaction(ApprovalAsked, name="letters.approval_asked")
def approval_asked(told: ApprovalAsked, *, at: datetime) -> None:
    """Ask the budget holders, never the one who placed the order."""
    holders = access.holders(Role.BUDGET_HOLDER, over=told.unit, at=at)
    asked = [holder.person for holder in holders if holder.person is not None and holder.person != told.person]
    _tell(told, at, asked, "approval_asked", unit=told.unit)


@reaction(ApprovalReminded, name="letters.approval_reminded")
def approval_reminded(told: ApprovalReminded, *, at: datetime) -> None:
    """Ask the budget holders once more."""
    holders = access.holders(Role.BUDGET_HOLDER, over=told.unit, at=at)
    asked = [holder.person for holder in holders if holder.person is not None and holder.person != told.person]
    _tell(told, at, asked, "approval_reminded", unit=told.unit)


@reaction(ChargeDisputed, name="letters.charge_disputed")
def charge_disputed(told: ChargeDisputed, *, at: datetime) -> None:
    """Ask the other side for an answer."""
    code = "charge_disputed" if told.side == DisputeSide.CUSTOMER.value else "sale_disputed"
    _tell(told, at, _answering(told, at), code, due=told.due)


@reaction(DisputeOwned, name="letters.dispute_owned")
def dispute_owned(told: DisputeOwned, *, at: datetime) -> None:
    """Tell whoever is to settle it, if a colleague said so."""
    if not told.by_herself:
        _tell(told, at, [told.owner], "dispute_owned", due=told.due)


@reaction(DisputeOverdue, name="letters.dispute_overdue")
def dispute_overdue(told: DisputeOverdue, *, at: datetime) -> None:
    """Tell whoever is to settle it; where nobody is, those who may answer."""
    people = [told.owner] if told.owner else _answering(told, at)
    _tell(told, at, people, "dispute_overdue", due=told.due)


def _answering(told: ChargeDisputed | DisputeOverdue, at: datetime) -> list[str]:
    """Those on the other side who may answer a dispute."""
    answers = policy.who_answers(DisputeSide(told.side), supplier=told.supplier, centre=told.centre)
    found = {holder.person for role, over in answers for holder in access.holders(role, over=over, at=at)}
    return sorted(person for person in found if person is not None)


@reaction(DeductionPutOff, name="letters.deduction_put_off")
def deduction_put_off(told: DeductionPutOff, *, at: datetime) -> None:
    """Tell whoever pays that this month nothing leaves her pay for an order."""
    _tell(told, at, [told.person], "deduction_put_off", month=told.month)


@reaction(DisputeAnswered, name="letters.dispute_answered")
def dispute_answered(told: DisputeAnswered, *, at: datetime) -> None:
    """Tell whoever raised it."""
    _tell(told, at, [told.raised_by], "dispute_answered")


@reaction(FrameAgreed, name="letters.frame_agreed")
def frame_agreed(told: FrameAgreed, *, at: datetime) -> None:
    """Tell whoever asked for a standing order that it is agreed."""
    _tell(told, at, [told.person], "frame_agreed")


@reaction(FrameHeld, name="letters.frame_held")
def frame_held(told: FrameHeld, *, at: datetime) -> None:
    """Tell whoever asked for a standing order that a part of it waits."""
    _tell(told, at, [told.person], "frame_held", due=told.due)


@reaction(OrderDeclined, name="letters.order_declined")
def order_declined(told: OrderDeclined, *, at: datetime) -> None:
    """Tell the buyer, with the reason."""
    _tell(told, at, [told.person], "order_declined", reason=told.reason)


@reaction(PaymentNotFound, name="letters.payment_not_found")
def payment_not_found(told: PaymentNotFound, *, at: datetime) -> None:
    """Ask the buyer for another payment."""
    _tell(told, at, [told.person], "payment_not_found")


@reaction(FaultReported, name="letters.fault_reported")
def fault_reported(told: FaultReported, *, at: datetime) -> None:
    """Tell those who serve for the supplier, but whoever reported it."""
    sellers = access.holders(Role.SELLER, over=told.supplier, at=at)
    people = {seller.person for seller in sellers if seller.person not in (None, told.person, told.customer)}
    _tell(told, at, sorted(person for person in people if person), "fault_reported", customer=told.customer)


@reaction(FaultAnswered, name="letters.fault_answered")
def fault_answered(told: FaultAnswered, *, at: datetime) -> None:
    """Tell whoever reported it; that it was taken back, the letter on the return says."""
    if told.answer != FaultAnswer.TAKEN_BACK.value:
        _tell(told, at, [told.reported_by], "fault_answered", answer=told.answer)


@reaction(OrderReady, name="letters.order_ready")
def order_ready(told: OrderReady, *, at: datetime) -> None:
    """Tell the buyer that it can be picked up, or is on its way."""
    _tell(told, at, [told.person], "order_ready", way=told.way, place=told.place)


@reaction(OrderDelivered, name="letters.order_delivered")
def order_delivered(told: OrderDelivered, *, at: datetime) -> None:
    """Tell the buyer that something came, and whether it was all."""
    _tell(told, at, [told.person], "order_delivered" if told.complete else "order_partly_delivered")


@reaction(ReceiptConfirmed, name="letters.receipt_confirmed")
def receipt_confirmed(told: ReceiptConfirmed, *, at: datetime) -> None:
    """Tell those who serve for the supplier when something was not in order."""
    if told.refused or told.missing or told.surplus:
        sellers = access.holders(Role.SELLER, over=told.supplier, at=at)
        people = [seller.person for seller in sellers if seller.person is not None]
        counts = {"refused": str(told.refused), "missing": str(told.missing), "surplus": str(told.surplus)}
        _tell(told, at, people, "receipt_confirmed", customer=told.customer, **counts)


@reaction(OrderCancelled, name="letters.order_cancelled")
def order_cancelled(told: OrderCancelled, *, at: datetime) -> None:
    """Tell the buyer, who may not be the one who called it off, and what comes back of an order partly handed over."""
    if told.complete:
        _tell(told, at, [told.person], "order_cancelled", reason=told.reason)
    else:
        _tell(told, at, [told.person], "rest_cancelled", amount=told.amount, reason=told.reason)


@reaction(ItemsReturned, name="letters.items_returned")
def items_returned(told: ItemsReturned, *, at: datetime) -> None:
    """Tell the buyer what is given back."""
    _tell(told, at, [told.person], "items_returned", amount=told.amount, reason=told.reason)


@reaction(RunningEnds, name="letters.running_ends")
def running_ends(told: RunningEnds, *, at: datetime) -> None:
    """Tell whoever has it on which day it ends, in advance where that is known in advance."""
    _tell_running(told, at, "running_ends")


@reaction(RunningRepriced, name="letters.running_repriced")
def running_repriced(told: RunningRepriced, *, at: datetime) -> None:
    """Tell whoever has it from which day on it costs how much, and that she may end it from that day."""
    _tell_running(told, at, "running_repriced", before=told.before, after=told.after)


@reaction(WaitingMoved, name="letters.waiting_moved")
def waiting_moved(told: WaitingMoved, *, at: datetime) -> None:
    """Tell whoever waited for an item that it is held until a day, that her days are over, or that it can be ordered again."""
    code = WAITED[told.what]
    facts = {"waiting": told.waiting, "until": told.until}
    notices.tell(by=_HOUSE, at=at, to=[told.person], code=code, facts=facts, key=f"{code}:{told.id}", at_once=True)


@reaction(ReviewOverdue, name="letters.review_overdue")
def review_overdue(told: ReviewOverdue, *, at: datetime) -> None:
    """Tell whoever looks after the procedure; where she works here no more, the service owners of the department."""
    to = [told.owner]
    if not parties.work_of(told.owner, on=at.date()):
        owners = {holder.person for holder in access.holders(Role.SERVICE_OWNER, over=told.supplier, at=at)}
        to = sorted(person for person in owners if person is not None)
    about = {"procedure": told.procedure, "name": told.procedure_name, "review_by": told.review_by}
    if to:
        notices.tell(by=_HOUSE, at=at, to=to, code=REVIEW, facts=about, key=f"{REVIEW}:{told.id}")


def _tell_running(told: RunningEnds | RunningRepriced, at: datetime, code: str, **facts: str) -> None:
    if told.person:
        known = {"running": told.reference, "on": told.on.isoformat(), **facts}
        notices.tell(by=_HOUSE, at=at, to=[told.person], code=code, facts=known, key=f"{code}:{told.id}")


@reaction(PersonOpened, name="letters.person_opened")
def person_opened(told: PersonOpened, *, at: datetime) -> None:
    """Tell the keepers of marks at once, whatever pace they chose, and the person where policy says so."""
    opening = marks.told_of(told.opening_id)
    if opening is None:
        return
    keepers = {holder.person for holder in access.mark_keepers(opening.person.code, at=at)}
    asked = sorted(each for each in keepers if each is not None and each != opening.person.code)
    about = {"opening": str(told.opening_id)}
    for code, to in ((OPENED[0], asked), (OPENED[1], [opening.person.code] if opening.told else [])):
        if to:
            notices.tell(by=_HOUSE, at=at, to=to, code=code, facts=about, key=f"{code}:{told.opening_id}", at_once=True)


@reaction(SuspensionChanged, name="letters.suspension_changed")
def suspension_changed(told: SuspensionChanged, *, at: datetime) -> None:
    """Tell the person what was done to her; and what she answered, those who decide, but herself."""
    person = parties.known().codes.get(told.person_id)
    if person is None:
        return
    step, about = HearingStep(told.step), {"suspension": told.suspension}
    if step is HearingStep.ANSWERED:
        keepers = {holder.person for holder in access.holders(Role.DATA_ADMINISTRATOR, over=told.supplier, at=at)}
        to = sorted(each for each in keepers if each is not None and each != person)
        notices.tell(by=_HOUSE, at=at, to=to, code=ANSWERED, facts=about, key=f"{ANSWERED}:{told.id}")
        return
    code = dict(zip((HearingStep.SUSPENDED, HearingStep.UPHELD, HearingStep.LIFTED), SUSPENDED, strict=True))[step]
    notices.tell(by=_HOUSE, at=at, to=[person], code=code, facts=about, key=f"{code}:{told.id}", at_once=True)


def _tell(
    told: OrderPlaced
    | ApprovalAsked
    | ApprovalReminded
    | ChargeDisputed
    | DeductionPutOff
    | DisputeAnswered
    | DisputeOverdue
    | DisputeOwned
    | FrameAgreed
    | FrameHeld
    | OrderDeclined
    | OrderDelivered
    | OrderCancelled
    | OrderReady
    | FaultReported
    | FaultAnswered
    | ItemsReturned
    | PaymentNotFound
    | ReceiptConfirmed,
    at: datetime,
    to: list[str],
    code: str,
    **facts: str,
) -> None:
    people = [person for person in to if person]
    if people:
        known = {"order": told.order, "number": told.number, "supplier": told.supplier, **facts}
        notices.tell(by=_HOUSE, at=at, to=people, code=code, facts=known, key=f"{code}:{told.id}")
