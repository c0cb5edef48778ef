"""What trade tells the floors above: facts that have happened, frozen and versioned. Never table rows."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from inward.kit.outbox import Announcement


@dataclass(frozen=True)
class _OrderFact(Announcement):
    """What every announcement about an order says."""

    order: str
    number: int
    customer: str
    supplier: str
    person: str
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class OrderPlaced(_OrderFact):
    """An order is binding: it needed no approval, or has it. ``helper`` is who placed it for somebody else, by code."""

    helper: str = ""
    name: ClassVar[str] = "trade.OrderPlaced"


@dataclass(frozen=True)
class ApprovalAsked(_OrderFact):
    """An order waits for a budget holder of ``unit``."""

    unit: str = ""
    name: ClassVar[str] = "trade.ApprovalAsked"


@dataclass(frozen=True)
class ApprovalReminded(_OrderFact):
    """An order has waited for a budget holder of ``unit`` as long as its procedure says."""

    unit: str = ""
    name: ClassVar[str] = "trade.ApprovalReminded"


@dataclass(frozen=True)
class ChargeDisputed(_OrderFact):
    """One side (``side``) of a dealing says that what an order charged to a cost centre is wrong, and wants an answer by a day
    (``due``, 2026-11-30).
    """

    dispute: str = ""
    centre: str = ""
    due: str = ""
    side: str = "CUSTOMER"
    name: ClassVar[str] = "trade.ChargeDisputed"


@dataclass(frozen=True)
class DisputeOwned(_OrderFact):
    """Somebody is to settle a dispute by a day: ``owner``, by code; ``by_herself`` when nobody else said so."""

    dispute: str = ""
    owner: str = ""
    due: str = ""
    by_herself: bool = False
    name: ClassVar[str] = "trade.DisputeOwned"


@dataclass(frozen=True)
class DisputeOverdue(_OrderFact):
    """The day (``due``) by which one side (``side``) of a dealing wanted an answer to a dispute went by without one; ``owner`` is who is
    to settle it, by code, empty for nobody. Told once, while whoever answers is at work.
    """

    dispute: str = ""
    centre: str = ""
    due: str = ""
    side: str = ""
    owner: str = ""
    name: ClassVar[str] = "trade.DisputeOverdue"


@dataclass(frozen=True)
class DisputeAnswered(_OrderFact):
    """The other side has answered a dispute; ``raised_by`` is who raised it, by code."""

    dispute: str = ""
    raised_by: str = ""
    answer: str = ""
    name: ClassVar[str] = "trade.DisputeAnswered"


@dataclass(frozen=True)
class DeductionPutOff(_OrderFact):
    """What was to leave somebody's pay for an order in a month (``month``, 2026-12) does not: a limit by net pay no longer lets it
    through. The next pay run takes it up.
    """

    month: str = ""
    name: ClassVar[str] = "trade.DeductionPutOff"


@dataclass(frozen=True)
class OrderDeclined(_OrderFact):
    """A budget holder said no, and why."""

    reason: str = ""
    name: ClassVar[str] = "trade.OrderDeclined"


@dataclass(frozen=True)
class FaultReported(_OrderFact):
    """Whoever bought something says that it is faulty; ``fault`` by its key."""

    fault: int = 0
    name: ClassVar[str] = "trade.FaultReported"


@dataclass(frozen=True)
class FaultAnswered(_OrderFact):
    """The supplier says what becomes of a fault (``answer``); ``reported_by`` is who reported it, by code."""

    fault: int = 0
    reported_by: str = ""
    answer: str = ""
    name: ClassVar[str] = "trade.FaultAnswered"


@dataclass(frozen=True)
class OrderReady(_OrderFact):
    """What is still to be handed over of an order lies ready or is on its way: ``way`` (``COLLECT``, ``BRING`` or empty) and at
    which ``place`` it is picked up.
    """

    way: str = ""
    place: str = ""
    name: ClassVar[str] = "trade.OrderReady"


@dataclass(frozen=True)
class OrderDelivered(_OrderFact):
    """Goods or work were handed over; ``complete`` when nothing is left to deliver."""

    complete: bool = True
    name: ClassVar[str] = "trade.OrderDelivered"


@dataclass(frozen=True)
class PaymentNotFound(_OrderFact):
    """The supplier could not find the payment made elsewhere that the order names."""

    name: ClassVar[str] = "trade.PaymentNotFound"


@dataclass(frozen=True)
class ReceiptConfirmed(_OrderFact):
    """Whoever received something says what came: so many pieces taken, refused, missing, and more than was said."""

    taken: int = 0
    refused: int = 0
    missing: int = 0
    surplus: int = 0
    name: ClassVar[str] = "trade.ReceiptConfirmed"


@dataclass(frozen=True)
class OrderCancelled(_OrderFact):
    """An order was called off before anything was delivered; or, not ``complete``, the rest of one after something was,
    and then ``amount`` is what is given back for it, as "12.30 EUR".
    """

    reason: str = ""
    complete: bool = True
    amount: str = ""
    name: ClassVar[str] = "trade.OrderCancelled"


@dataclass(frozen=True)
class ItemsReturned(_OrderFact):
    """Pieces came back and their price was given back: ``amount`` as "12.30 EUR"."""

    amount: str = ""
    reason: str = ""
    name: ClassVar[str] = "trade.ItemsReturned"


@dataclass(frozen=True)
class FrameAgreed(_OrderFact):
    """A standing order is agreed: it needed no approval, or has it. Its parts are announced as orders are."""

    name: ClassVar[str] = "trade.FrameAgreed"


@dataclass(frozen=True)
class FrameHeld(_OrderFact):
    """A part of a standing order that is due on a day (``due``, 2026-11-30) could not be ordered, for a reason of this ``code``."""

    due: str = ""
    code: str = ""
    name: ClassVar[str] = "trade.FrameHeld"


@dataclass(frozen=True)
class WaitingMoved(Announcement):
    """Who waited for an item has pieces held through ``until`` (2026-11-30), has let her days pass, or may order it as everybody:
    ``what`` is ``HELD``, ``LAPSED`` or ``OPEN``.
    """

    waiting: int
    offering: str
    person: str
    what: str
    until: str = ""
    name: ClassVar[str] = "trade.WaitingMoved"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class RunningEnds(Announcement):
    """Something that runs (``reference``: the order it began with) ends ``on`` a day, why (``how``), and which change says so
    (0: somebody asked for it).
    """

    reference: str
    person: str
    on: date
    how: str
    change: int
    name: ClassVar[str] = "trade.RunningEnds"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class RunningRepriced(Announcement):
    """From a day ``on``, past or to come, something that runs costs ``after`` a period and not ``before``, as "12.30 EUR"."""

    reference: str
    person: str
    on: date
    change: int
    before: str
    after: str
    name: ClassVar[str] = "trade.RunningRepriced"
    version: ClassVar[int] = 1
