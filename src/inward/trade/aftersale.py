"""What holds after a sale: until when something may be brought back and what comes back then, the guarantee, and faults. Reads only.

What a supplier promises is kept with the instant from which it holds, so that an order reads what was promised when it was placed.
Why: docs/decisions/0187.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inward.catalogue import queries as catalogue
from inward.core.pricing import QuotedLine
from inward.core.pricing.returning import GivenBack, given_back
from inward.core.running import months_after
from inward.core.terms import Money, Refusal
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, held
from inward.kit.policy import Answer, NotThere, require
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.trade import policy
from inward.trade.models import Order, OrderFault, OrderLine, OrderStep, ReturnPromise
from inward.trade.vocabulary import NOT_SOLD, Fault, FaultAnswer, OrderState, StepKind

VERSION = "trade"
LISTED = ListSpec({"supplier": "code"}, {}, default="supplier")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a supplier promises to everybody alike: within how many days it takes back, and for how many months it stands for faults.

    None: it promises none, and whoever bought asks.
    """

    return_days: int | None = None
    guarantee_months: int | None = None


@dataclass(frozen=True, slots=True)
class PromiseView:
    """What a supplier promises now, and since when."""

    supplier: Named
    promise: Promise
    since: datetime

    @property
    def code(self) -> str:
        """By which it is listed."""
        return self.supplier.code


@dataclass(frozen=True, slots=True)
class AllowanceAgain:
    """So much of a scheme's allowance that is free again, in the period in which it was drawn."""

    scheme: str
    periods: tuple[str, ...]
    money: Money
    units: int
    cooling_days: int
    """For how many days after something came back the scheme's price is not given for the same item again."""


@dataclass(frozen=True, slots=True)
class LineAfter:
    """What holds for the pieces of a line that are still there, or are to come.

    ``until`` is the last day on which they may be brought back (None: none is promised, or nothing was handed over yet), ``guarantee``
    the last on which the supplier stands for a fault. ``allowances`` is told to whoever bought it for herself, alone.
    """

    position: int
    name: str
    pieces: int
    handed_over: date | None
    until: date | None
    guarantee: date | None
    back: Money
    allowances: tuple[AllowanceAgain, ...]


@dataclass(frozen=True, slots=True)
class FaultView:
    """A fault that was reported, and what the supplier says to it."""

    id: int
    position: int
    pieces: int
    fault: Fault
    words: str
    reported_at: datetime
    person: Named | None
    answer: FaultAnswer | None
    answer_words: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class AfterSale:
    """What holds after the sale of an order: as was promised when it was placed, line by line, and the faults reported so far."""

    promise: Promise
    lines: tuple[LineAfter, ...]
    faults: tuple[FaultView, ...]
    may_report: Answer
    may_answer: Answer

    @property
    def open(self) -> tuple[FaultView, ...]:
        """The faults that wait for an answer."""
        return tuple(each for each in self.faults if each.answer is None)

    @property
    def reportable(self) -> tuple[LineAfter, ...]:
        """The lines of which something was handed over, is still there, and has no fault that waits."""
        waiting = {each.position for each in self.open}
        return tuple(each for each in self.lines if each.handed_over is not None and each.position not in waiting)


def promise_of(supplier: str, at: datetime) -> Promise:
    """What the supplier promised at an instant."""
    made = [promise for since, promise in _promises.value().get(supplier, ()) if since <= at]
    return made[-1] if made else Promise()


def of_order(
    found: Order,
    lines: Sequence[tuple[OrderLine, QuotedLine]],
    steps: Sequence[OrderStep],
    *,
    viewer: Actor,
    on: date,
    concerned: policy.OrderParties,
) -> AfterSale | None:
    """What holds after the sale of a stored order; None for what sells nothing, was called off or runs on."""
    if OrderState(found.state) in NOT_SOLD or hasattr(found, "running"):
        return None
    promise, handed = promise_of(found.supplier.code, found.placed_at), dict(_handed_over(steps))
    hers = viewer.person is not None and viewer.person == found.customer.code
    rows = found.faults.select_related("line", "person").order_by("id")
    return AfterSale(
        promise=promise,
        lines=tuple(_lines(found, lines, handed, promise, hers=hers)),
        faults=tuple(map(_fault, rows)),
        may_report=policy.may_report_fault(viewer, order=concerned, on=on),
        may_answer=policy.may_deliver(viewer, order=concerned, on=on),
    )


def there(line: OrderLine) -> int:
    """Pieces of a line that were handed over and are still with whoever bought them."""
    return line.delivered - line.returned - line.disposed


def views(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[PromiseView]:
    """What suppliers promise for which the viewer may say it. Refused."""
    on = at.date()
    require(policy.may_say_some_handover(viewer, on=on))
    text = params.get("text", "").strip().casefold()
    found = [
        _view(code)
        for code, made in _promises.value().items()
        if made[-1][1] != Promise()
        and policy.may_say_handover(viewer, supplier=code, on=on)
        and text in f"{parties.name_of(code)} {code}".casefold()
    ]
    return held(found, LISTED, params)


def view(*, viewer: Actor, at: datetime, supplier: str) -> PromiseView:
    """What one of them promises. NotThere out of bounds, and for a supplier that promises nothing."""
    made = _promises.value().get(supplier)
    may = policy.may_say_handover(viewer, supplier=supplier, on=at.date())
    if not made or made[-1][1] == Promise() or not may:
        raise NotThere
    return _view(supplier)


def _view(code: str) -> PromiseView:
    since, promise = _promises.value()[code][-1]
    return PromiseView(Named(code, parties.name_of(code)), promise, since)


def _handed_over(steps: Sequence[OrderStep]) -> Iterator[tuple[int, date]]:
    """Each line by position with the day on which pieces of it were handed over last; later days come later."""
    for step in steps:
        if step.kind == StepKind.DELIVERED.value:
            yield from ((int(place), step.at.date()) for place in step.facts.get("pieces", {}))


def _lines(
    found: Order,
    lines: Sequence[tuple[OrderLine, QuotedLine]],
    handed: Mapping[int, date],
    promise: Promise,
    *,
    hers: bool,
) -> Iterator[LineAfter]:
    for line, quoted in lines:
        here = there(line)
        pieces = here or line.quantity - line.delivered - line.cancelled
        if not pieces:
            continue
        day = handed.get(line.position) if here else None
        back = given_back(quoted, already=line.returned + line.cancelled, pieces=pieces)
        yield LineAfter(
            position=line.position,
            name=line.name,
            pieces=pieces,
            handed_over=day,
            until=_days_after(day, promise.return_days),
            guarantee=_guarantee(day, promise.guarantee_months),
            back=back.gross,
            allowances=tuple(_allowances(found, back)) if hers else (),
        )


def _days_after(day: date | None, days: int | None) -> date | None:
    return None if day is None or days is None else day + timedelta(days=days)


def _guarantee(day: date | None, months: int | None) -> date | None:
    """The last day of so many months; the day before as many months later would be one too few for whoever counts by name."""
    if day is None or months is None:
        return None
    try:
        return months_after(day, months)
    except Refusal:
        return date.max


def _allowances(found: Order, back: GivenBack) -> Iterator[AllowanceAgain]:
    """What of allowances would be free again, by scheme; of a scheme that limits nothing, only for how long it closes."""
    book, on = catalogue.price_book(), found.placed_at.date()
    for scheme in dict.fromkeys(each.scheme for each in back.allowances):
        parts = [each for each in back.allowances if each.scheme == scheme]
        known = book.scheme_on(scheme, on)
        limits = known.allowance_money is not None or known.allowance_units is not None
        drawn = [each["period"] for each in found.allowances if each["scheme"] == scheme and not each.get("limit")]
        periods = tuple(dict.fromkeys(drawn)) if limits else ()
        if periods or known.cooling_days:
            yield AllowanceAgain(
                scheme=known.name or scheme,
                periods=periods,
                money=sum((each.money for each in parts[1:]), start=parts[0].money),
                units=sum(each.units for each in parts),
                cooling_days=known.cooling_days,
            )


def _fault(row: OrderFault) -> FaultView:
    return FaultView(
        id=row.pk,
        position=row.line.position,
        pieces=row.pieces,
        fault=Fault(row.fault),
        words=row.words,
        reported_at=row.reported_at,
        person=None if row.person is None else parties.told(row.person.code, row.person.name),
        answer=FaultAnswer(row.answer) if row.answer else None,
        answer_words=row.answer_words,
        answered_at=row.answered_at,
    )


def _read(_number: int) -> Mapping[str, tuple[tuple[datetime, Promise], ...]]:
    found: dict[str, tuple[tuple[datetime, Promise], ...]] = {}
    rows = ReturnPromise.objects.order_by("supplier__code", "since", "id")
    for code, since, days, months in rows.values_list("supplier__code", "since", "return_days", "guarantee_months"):
        found[code] = (*found.get(code, ()), (since, Promise(days, months)))
    return found


_promises: Kept[Mapping[str, tuple[tuple[datetime, Promise], ...]]] = Kept(VERSION, _read)
