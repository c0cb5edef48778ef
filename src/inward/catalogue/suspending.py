"""Who is suspended from which scheme, since when, and every step of the hearing. Reads only; docs/decisions/0166.

Whoever keeps the prices of the scheme's supplier reads it, and the person herself. Out of bounds is ``NotThere``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from inward.catalogue import policy
from inward.catalogue.models import SchemeHearing, SchemeSuspension
from inward.catalogue.queries import price_book
from inward.catalogue.vocabulary import HearingStep
from inward.core.terms import Period
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties import veil
from inward.parties.queries import Named

SUSPENSIONS = ListSpec({"made": "made_at", "since": "since"}, {"scheme": "scheme", "state": "state"}, default="-made")


@dataclass(frozen=True, slots=True)
class Heard:
    """A step: when, what, by whom (None: no person), in which words, and the first day it no longer holds as of it."""

    at: datetime
    kind: HearingStep
    who: Named | None
    words: str
    until: date | None


@dataclass(frozen=True, slots=True)
class SuspensionView:
    """A suspension. ``period`` is empty of days where it was lifted before it began; then ``began`` is False."""

    reference: str
    scheme: str
    scheme_name: str
    supplier: str
    person: str
    who: Named
    since: date
    until: date | None
    answer_by: date
    state: HearingStep
    answered: bool
    begun_by: str
    """The subject key of whoever suspended: another one upholds it."""
    steps: tuple[Heard, ...] = ()

    def open_on(self, day: date) -> bool:
        """Whether something of it is still to come on that day, so that it can be decided."""
        return self.state is not HearingStep.LIFTED and (self.until is None or self.until > day)

    def undecided_on(self, day: date) -> bool:
        """Whether it holds, or will, and nobody has upheld it yet."""
        return self.state is HearingStep.SUSPENDED and self.open_on(day)

    def answerable_on(self, day: date) -> bool:
        """Whether the person may answer on that day."""
        return self.undecided_on(day) and day <= self.answer_by

    def lapsed_on(self, day: date) -> bool:
        """Whether it ended because nobody upheld it."""
        return self.state is HearingStep.SUSPENDED and not self.open_on(day)

    @property
    def period(self) -> Period:
        """Its days; those from the first to the first for one that was lifted before it began."""
        return Period(self.since, None if self.until == self.since else self.until)

    @property
    def began(self) -> bool:
        """Whether it holds on any day at all."""
        return self.until is None or self.since < self.until


def suspensions(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[SuspensionView]:
    """Those from schemes whose prices the viewer keeps, the latest first. ``text`` is a person's code. Refused."""
    require(policy.may_price_something(viewer, on=at.date()))
    rows = _kept(viewer, at)
    text = params.get("text", "").strip()
    if text:
        rows = rows.none() if text in veil.closed() else rows.filter(person__code=text)
    return page(rows, SUSPENSIONS, params).map(lambda row: _view(row, at.date()))


def suspension(*, viewer: Actor, at: datetime, reference: str) -> SuspensionView:
    """One with all its steps: for whoever keeps the prices of the scheme. NotThere out of bounds."""
    return _one(_kept(viewer, at), reference, at.date())


def own(*, viewer: Actor, at: datetime) -> tuple[SuspensionView, ...]:
    """The viewer's own, the latest first, each with its steps."""
    if viewer.nobody or viewer.person is None:
        return ()
    rows = _rows().filter(person_id=parties.keys()[viewer.person]).order_by("-made_at", "-id")
    return tuple(_view(row, at.date(), steps=True) for row in rows.prefetch_related("steps__person"))


def own_one(*, viewer: Actor, at: datetime, reference: str) -> SuspensionView:
    """One of the viewer's own. NotThere for another's."""
    key = -1 if viewer.nobody or viewer.person is None else parties.keys()[viewer.person]
    return _one(_rows().filter(person_id=key), reference, at.date())


def _one(rows: QuerySet[SchemeSuspension], reference: str, on: date) -> SuspensionView:
    found = rows.filter(reference=reference.replace("\0", "")).first()
    if found is None:
        raise NotThere
    return _view(found, on, steps=True)


def _rows() -> QuerySet[SchemeSuspension]:
    return SchemeSuspension.objects.select_related("person", "supplier")


def _kept(viewer: Actor, at: datetime) -> QuerySet[SchemeSuspension]:
    over = policy.priced_by(viewer, on=at.date())
    seen = Q() if over is None else Q(supplier__code__in=sorted(over))
    return _rows().filter(seen).exclude(person__code__in=sorted(veil.closed()))


def _view(row: SchemeSuspension, on: date, *, steps: bool = False) -> SuspensionView:
    book = price_book()
    name = book.scheme_on(row.scheme, on).name if row.scheme in book.schemes else ""
    return SuspensionView(
        reference=row.reference,
        scheme=row.scheme,
        scheme_name=name or row.scheme,
        supplier=row.supplier.code,
        person=row.person.code,
        who=parties.named(row.person),
        since=row.since,
        until=row.until,
        answer_by=row.answer_by,
        state=HearingStep(row.state),
        answered=row.answered,
        begun_by=_first(row).subject if steps else "",
        steps=tuple(map(_heard, _ordered(row))) if steps else (),
    )


def _ordered(row: SchemeSuspension) -> list[SchemeHearing]:
    return sorted(row.steps.all(), key=lambda step: step.id)


def _first(row: SchemeSuspension) -> SchemeHearing:
    return _ordered(row)[0]


def _heard(row: SchemeHearing) -> Heard:
    who = None if row.person is None else parties.named(row.person)
    return Heard(row.at, HearingStep(row.kind), who, row.words, row.until)
