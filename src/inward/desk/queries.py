"""What is promised: to whom, by which version, on which calendar, and by when that would be. Reads only."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q

from inward.core.classification import Kind, Standing, classify
from inward.core.promises import Event, Happening, Run, Standard, replay
from inward.core.terms import Fields, Period, Reason, Refusal
from inward.core.worktime import Opened
from inward.desk import policy
from inward.desk.models import ServiceStandard
from inward.desk.promises import Terms, read_terms
from inward.desk.vocabulary import Priority
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.parties import definitions, explaining, opening
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.parties.vocabulary import Purpose

VERSION: Final = "standards"
STANDARDS: Final = ListSpec({"code": "code", "name": "name"}, {"supplier": "supplier__code"}, default="code")
VERSIONS_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class StandardRecord:
    """One version of a service promise: whose, what, from when until when, and on whose word."""

    key: int
    code: str
    supplier: Named
    name: str
    terms: Terms
    period: Period
    known_from: datetime
    known_until: datetime | None
    source: str

    @property
    def standard(self) -> Standard:
        """The version as clocks take it, named so that it is known again."""
        since = self.period.start
        return self.terms.standard(f"{self.code}@{since.isoformat() if since else '-'}")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a customer is promised by a supplier on a day: the version, why that one, and the calendar its clocks run on."""

    record: StandardRecord
    standing: Standing
    calendar: Opened | None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A promise with the clocks of something opened at an instant, if nothing else happens."""

    promise: Promise
    runs: tuple[Run, ...]


def _made(_number: int) -> Mapping[str, tuple[StandardRecord, ...]]:
    found: dict[str, list[StandardRecord]] = defaultdict(list)
    for row in ServiceStandard.objects.current().select_related("supplier").order_by("code"):
        found[row.supplier.code].append(record_of(row))
    return {supplier: tuple(records) for supplier, records in found.items()}


_known: Kept[Mapping[str, tuple[StandardRecord, ...]]] = Kept(VERSION, _made)


def promise_between(*, supplier: str, customer: str, on: date) -> Promise | None:
    """What the customer is promised by the supplier on a day, for the house itself; None where nothing is.

    The nearest place of the supplier that promises something to dealings of this kind decides; there, what is for this kind goes
    before what is for everybody. Refusal for a party nobody knows, NotThere for a unit that is not open on that day.
    """
    return promised_on(stand(supplier=supplier, customer=customer, on=on), supplier, on=on)


def stand(*, supplier: str, customer: str, on: date) -> Standing:
    """How the two stand on a day by the inside rule that serves promises, for the house itself. Raises as ``promise_between``."""
    rule = definitions.definition(Purpose.PROMISE, on=on)
    world = parties.world(purpose=Purpose.PROMISE)
    return classify(supplier=supplier, customer=customer, world=world, on=on, definition=rule)


def promise(*, viewer: Actor, at: datetime, supplier: str, customer: str, on: date) -> Promise:
    """What the customer is promised by the supplier on a day, for whoever may ask how the two stand.

    Refused and Refusal as ``explaining.verdict``; NotThere where nothing is promised.
    """
    rule = definitions.definition(Purpose.PROMISE, on=on)
    ends = {"supplier": supplier, "customer": customer}
    standing = explaining.verdict(viewer=viewer, at=at, on=on, definition=rule, purpose=Purpose.PROMISE, **ends)
    found = promised_on(standing, supplier, on=on)
    if found is None:
        raise NotThere
    return found


def foreseen(
    *, viewer: Actor, at: datetime, supplier: str, customer: str, start: datetime, priority: Priority | None = None
) -> Foreseen:
    """By when everything is due that the customer is promised, of something opened at ``start``.

    Raises as ``promise``, and Refusal where nobody has said when the supplier works.
    """
    found = promise(viewer=viewer, at=at, supplier=supplier, customer=customer, on=start.date())
    if found.calendar is None:
        raise Refusal(Reason.of("promise_without_calendar", supplier_name=parties.name_of(supplier)), where="supplier")
    urgency = "" if priority is None else priority.value
    opened = Event(start, Happening.OPENED, standard=found.record.standard, calendar=found.calendar, priority=urgency)
    return Foreseen(found, replay([opened], now=start))


def standards(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[StandardRecord]:
    """The promises of a day that the viewer looks after."""
    rows = ServiceStandard.objects.current().on(on).filter(_kept(viewer, at)).select_related("supplier")
    return page(rows, STANDARDS, params).map(record_of)


def versions(*, viewer: Actor, at: datetime, code: str) -> tuple[StandardRecord, ...]:
    """Every version of a promise as it was ever believed, the latest first. NotThere out of bounds."""
    rows = ServiceStandard.objects.filter(_kept(viewer, at), code=code).select_related("supplier")
    found = tuple(record_of(row) for row in rows.order_by("-known_from", "-id")[:VERSIONS_MAX])
    if not found:
        raise NotThere
    return found


def promised_on(standing: Standing, supplier: str, *, on: date) -> Promise | None:
    """What the supplier promises whoever stands so to it on a day; None where nothing is. NotThere for a unit that is not open."""
    for place in parties.unit_path(supplier, on=on):
        here = [record for record in _known.value().get(place, ()) if on in record.period]
        found = next((record for record in here if standing.kind in record.terms.kinds), None)
        found = found or next((record for record in here if not record.terms.kinds), None)
        if found is not None:
            return Promise(found, standing, opening.opened(supplier, on=on))
    return None


def _kept(viewer: Actor, at: datetime) -> Q:
    over = policy.standards_kept_by(viewer, on=at.date())
    return Q(pk__isnull=False) if over is None else Q(supplier__code__in=sorted(over))


def terms_of(row: ServiceStandard) -> Terms:
    """The terms of a kept version."""
    kept = {"kinds": row.kinds, "targets": row.targets, "holds": row.holds, "grace": row.grace, "chain": row.chain}
    return read_terms(Fields(kept))


def record_of(row: ServiceStandard) -> StandardRecord:
    """A kept version, by the name of its supplier that the reader may know."""
    return StandardRecord(
        key=row.pk,
        code=row.code,
        supplier=parties.told(row.supplier.code, row.supplier.name),
        name=row.name,
        terms=terms_of(row),
        period=row.period,
        known_from=row.known_from,
        known_until=row.known_until,
        source=row.source,
    )


def overlap(one: frozenset[Kind], other: frozenset[Kind]) -> bool:
    """Whether two promises are as near to the same dealing: both for everybody, or both for one of the same kinds."""
    return bool(one & other) or not (one or other)
