"""What help there is, for whoever looks for it: departments, when they are open, what may be asked, what is promised. Reads only.

That a queue is there is no secret, also where it is confidential: who has asked of it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from inward.core.classification import Standing
from inward.core.promises import Event, Happening, Run, replay
from inward.core.worktime import Opened, is_open, stretches
from inward.desk import cases, policy, queries
from inward.desk.cases import QueueRow, RequestRow, queue_row, request_row
from inward.desk.clocks import calendar_of
from inward.desk.models import Case, CaseDraft, Queue, RequestType
from inward.desk.queries import Promise
from inward.desk.vocabulary import Priority
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.parties.vocabulary import PartyKind

LAST_MAX: Final = 200
"""Among so many of one's latest cases a request is looked for that can be asked again."""


@dataclass(frozen=True, slots=True)
class Department:
    """A department or company that helps: its queues, and what is often asked of them that the viewer may ask."""

    party: Named
    queues: tuple[QueueRow, ...]
    requests: tuple[RequestRow, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Whether somebody is open now, and when that changes next, in her time zone. None: not for as long as a calendar says."""

    open_now: bool
    changes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Foretold:
    """How customer and supplier stand today, what is promised, and by when, of something asked now. No runs: nothing is due."""

    standing: Standing
    promise: Promise | None
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """A quick request that can be asked with one tap, and how it was answered the last time (None: it never was)."""

    request: RequestRow
    answers: Mapping[str, str] | None
    asked_at: datetime | None


def departments(*, viewer: Actor, at: datetime, text: str = "") -> tuple[Department, ...]:
    """Whoever helps, by name, with what the viewer's customer may ask; with ``text`` only what has all its words in it."""
    lines = Queue.objects.filter(closed_at=None).select_related("supplier").order_by("name", "id")
    rows = RequestType.objects.filter(closed_at=None, queue__closed_at=None).select_related("queue__supplier")
    return _departments(viewer, at, lines, rows.order_by("name", "id"), text)


def department(*, viewer: Actor, at: datetime, party: str) -> Department:
    """One of them. NotThere for a party that does not help."""
    lines = Queue.objects.filter(closed_at=None, supplier__code=party).select_related("supplier").order_by("name", "id")
    rows = RequestType.objects.filter(closed_at=None, queue__closed_at=None, queue__supplier__code=party)
    found = _departments(viewer, at, lines, rows.select_related("queue__supplier").order_by("name", "id"), "")
    if not found:
        raise NotThere
    return found[0]


def queue(*, viewer: Actor, at: datetime, code: str) -> QueueRow:
    """A queue of which something may be asked. NotThere where it is closed, or its department is."""
    found = Queue.objects.filter(code=code, closed_at=None).select_related("supplier").first()
    if found is None or viewer.nobody or not _open(found.supplier.code, at.date()):
        raise NotThere
    return queue_row(found)


def request(*, viewer: Actor, at: datetime, code: str) -> RequestRow:
    """A request with its form, also where it is not for the viewer herself: she may ask it for somebody else. NotThere as ``queue``."""
    rows = RequestType.objects.filter(code=code, closed_at=None, queue__closed_at=None)
    found = rows.select_related("queue__supplier").first()
    if found is None or viewer.nobody or not _open(found.queue.supplier.code, at.date()):
        raise NotThere
    return request_row(found)


def queues(*, viewer: Actor, at: datetime) -> tuple[QueueRow, ...]:
    """Every queue to which something can be handed, or of which a part can be asked, by department and name."""
    if viewer.nobody:
        return ()
    found = Queue.objects.filter(closed_at=None).select_related("supplier").order_by("supplier__name", "name", "id")
    return tuple(queue_row(each) for each in found if _open(each.supplier.code, at.date()))


def hours(*, supplier: str, at: datetime) -> Hours | None:
    """Whether a department is open now; None where nobody has said when it works."""
    calendar = calendar_of(supplier, at.date())
    return None if calendar is None else _hours(calendar, at)


def foretold(
    *, viewer: Actor, at: datetime, supplier: str, customer: str | None, priority: Priority = Priority.NORMAL
) -> Foretold:
    """What whoever asks now would be promised, with its reason and by when; as ``open_case`` stamps it. Refused as it refuses."""
    on = at.date()
    require(policy.may_ask(viewer, customer=customer, supplier=supplier, employers=employers(customer, on=on), on=on))
    assert customer is not None  # policy refuses nobody
    standing = queries.stand(supplier=supplier, customer=customer, on=on)
    promise = queries.promised_on(standing, supplier, on=on)
    if promise is None or promise.calendar is None:
        return Foretold(standing, promise, ())
    opened = Event(
        at,
        Happening.OPENED,
        standard=promise.record.standard,
        calendar=promise.calendar,
        priority=priority.value,
    )
    return Foretold(standing, promise, replay([opened], now=at))


def employers(customer: str | None, *, on: date) -> tuple[str, ...]:
    """The companies a person works for on the day; none for what is no person."""
    if customer is None or parties.kind_of(customer) is not PartyKind.PERSON:
        return ()
    return tuple(work.company for work in parties.work_of(customer, on=on))


def quick(*, viewer: Actor, at: datetime, shown: Iterable[Department]) -> tuple[Again, ...]:
    """The requests measured in minutes that the viewer may ask, what she asked last at the top."""
    known = {each.code: each for department in shown for each in department.requests if each.quick}
    if not known or viewer.person is None:
        return ()
    latest = Case.objects.filter(person__code=viewer.person, request_type__code__in=sorted(known)).order_by("-id")
    last: dict[str, tuple[Mapping[str, str], datetime]] = {}
    for code, answers, asked_at in latest.values_list("request_type__code", "answers", "opened_at")[:LAST_MAX]:
        last.setdefault(code, (answers, asked_at))
    fresh = [code for code in known if code not in last]
    return tuple(Again(known[code], *last.get(code, (None, None))) for code in (*last, *fresh))


def draft(*, viewer: Actor, what: str) -> Mapping[str, str]:
    """What the viewer had typed and not sent yet, by field; nothing where there is none."""
    found = (
        CaseDraft.objects.filter(person__code=viewer.person or "", what=what).values_list("typed", flat=True).first()
    )
    return found or {}


def drafts(*, viewer: Actor) -> tuple[str, ...]:
    """For what she has something typed and not sent, the latest first."""
    rows = CaseDraft.objects.filter(person__code=viewer.person or "").order_by("-at")
    return tuple(rows.values_list("what", flat=True))


def _departments(
    viewer: Actor, at: datetime, lines: Iterable[Queue], rows: Iterable[RequestType], text: str
) -> tuple[Department, ...]:
    if viewer.nobody:
        return ()
    on, by_supplier = at.date(), defaultdict[str, list[QueueRow]](list)
    for line in lines:
        by_supplier[line.supplier.code].append(queue_row(line))
    open_to = {code for code in by_supplier if _open(code, on)}
    asked = defaultdict[str, list[RequestRow]](list)
    for row in rows:
        code = row.queue.supplier.code
        if code in open_to and _may_ask(viewer, row, code, on):
            asked[code].append(request_row(row))
    found = (
        Department(lines[0].supplier, tuple(lines), tuple(asked[code]))
        for code, lines in by_supplier.items()
        if code in open_to
    )
    fitting = (fit for each in found if (fit := _fitting(each, text)) is not None)
    own = {work.company for work in parties.work_of(viewer.person or "", on=on)}
    return tuple(
        sorted(fitting, key=lambda each: (not _is_of(each, own, on), each.party.name.casefold(), each.party.code))
    )


def _is_of(department: Department, companies: set[str], on: date) -> bool:
    """Whether it is a department of one of these companies: those one works for stand first."""
    return parties.company_of(department.party.code, on=on) in companies


def _may_ask(viewer: Actor, row: RequestType, supplier: str, on: date) -> bool:
    customer = viewer.customer
    if customer is None:
        return not row.kinds and not row.work
    kind = queries.stand(supplier=supplier, customer=customer, on=on).kind
    return cases.may_be_asked_by(row, kind, customer, on=on)


def _fitting(each: Department, text: str) -> Department | None:
    """The department as far as it fits: all of it where its own words do, else the requests and queues that fit."""
    wanted = text.casefold().split()
    if not wanted or _has(wanted, each.party.name):
        return each
    lines = tuple(line for line in each.queues if _has(wanted, each.party.name, line.name, line.words))
    asked = tuple(row for row in each.requests if _has(wanted, each.party.name, row.name, row.words))
    return Department(each.party, lines, asked) if lines or asked else None


def _has(wanted: Iterable[str], *texts: str) -> bool:
    said = " ".join(texts).casefold()
    return all(word in said for word in wanted)


def _open(party: str, on: date) -> bool:
    try:
        parties.unit_path(party, on=on)
    except NotThere:
        return False
    return True


def _hours(calendar: Opened, at: datetime) -> Hours:
    zone = calendar.calendar.zone
    if is_open(calendar, at):
        until = next(_ends(calendar, at), None)
        return Hours(open_now=True, changes_at=None if until is None else until.astimezone(zone))
    since = next((start for start, _ in stretches(calendar, at)), None)
    return Hours(open_now=False, changes_at=None if since is None else since.astimezone(zone))


def _ends(calendar: Opened, at: datetime) -> Iterator[datetime]:
    return (end for _, end in stretches(calendar, at))
