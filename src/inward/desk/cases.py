"""Cases, read for a viewer: lists, one with its thread and clocks, what may be asked. Reads only.

Whoever may not see a case gets NotThere, and no count or page tells of it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from inward.core.classification import Kind, Verdict
from inward.core.promises import Chain, Measure, Run
from inward.core.terms import Reason
from inward.desk import asking, chains, clocks, near, policy
from inward.desk.asking import Question
from inward.desk.casewords import (
    OF_THE_SERVICE,
    UNDER_WAY,
    CaseAct,
    CaseKind,
    CaseState,
    Channel,
    Impact,
    LinkKind,
    Side,
    TaskState,
    Turn,
    Urgency,
)
from inward.desk.models import (
    Case,
    CaseConcern,
    CaseEvent,
    CaseLink,
    CaseMessage,
    CaseRead,
    CaseTask,
    CaseWatcher,
    LetterStanding,
    Queue,
    RequestType,
)
from inward.desk.policy import CaseParties
from inward.desk.queries import StandardRecord
from inward.desk.vocabulary import TURNS, HoldReason, Priority
from inward.desk.waits import past_its_day
from inward.kit import search
from inward.kit.actor import Actor
from inward.kit.lists import PAGE_SIZE_MAX, ListSpec, Page, counted, page
from inward.kit.policy import Answer, NotThere
from inward.kit.reasons import from_plain
from inward.kit.rows import one as one_row
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.trade import approvals

SEARCHED: Final = "case"
"""Under what the words of cases are found; never those of confidential ones."""
CASES: Final = ListSpec(
    {"number": "number", "opened": "opened_at", "changed": "changed_at", "id": "id"},
    {
        "state": "state",
        "queue": "queue_id",
        "supplier": "supplier_id",
        "owner": "owner_id",
        "customer": "customer_id",
        "priority": "priority",
        "standing": "standing",
        "kind": "kind",
        "request": "request_type__code",
        "missed": "missed",
        "order": "order_reference",
        "opened_from": "opened_at__date__gte",
        "opened_until": "opened_at__date__lte",
    },
    default="-id",
)
DUE: Final = ListSpec({**CASES.sortable, "due": "ranked_at"}, CASES.filters, default="due")
"""What is under way, what is due first at the top."""
_ROW: Final = ("queue",)
NOBODYS: Final = "-"
"""Asks a list for what nobody has taken on; no code of a person."""
FOUND_MAX: Final = 200
_OF_PARTIES: Final = ("supplier", "owner", "customer")
NO_KEY: Final = -1
"""The key of nothing."""
_DIGITS_MAX: Final = 15
_NUMBERS: Final = ("case", "into")
"""What an event calls the number of another case."""
_OF_ANOTHER: Final = frozenset({CaseAct.LINKED, CaseAct.PARTED})
"""What says nothing but that there is another case."""
_NONE: Final = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list."""

    reference: str
    number: int
    kind: CaseKind
    subject: str
    queue: Named
    supplier: Named
    confidential: bool
    customer: Named
    person: Named | None
    owner: Named | None
    state: CaseState
    turn: Turn
    waits_for: HoldReason | None
    until: date | None
    impact: Impact
    urgency: Urgency
    priority: Priority
    standing: Verdict
    standing_kind: Kind
    channel: Channel
    opened_at: datetime
    changed_at: datetime
    due_at: datetime | None
    due_measure: Measure | None
    missed: bool
    solved_at: datetime | None
    closed_at: datetime | None
    solved: bool | None
    version: int

    @property
    def under_way(self) -> bool:
        """Whether the service still has to do something about it."""
        return self.state in UNDER_WAY


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that came with a message."""

    reference: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class MessageView:
    """What somebody wrote; ``text`` is empty where it was forgotten. ``case`` is the number of a case that was joined, if it stood there."""

    key: int
    at: datetime
    person: Named | None
    side: Side
    note: bool
    text: str
    files: tuple[FileView, ...]
    joined_from: int | None
    fresh: bool
    """Whether the viewer has not seen it before."""
    letter: str = ""
    """The reference of the letter it came by, for the service; empty where it came otherwise."""
    left_out: tuple[str, ...] = ()
    """The names of files that came with the letter and were not taken."""


@dataclass(frozen=True, slots=True)
class HappenedView:
    """Something that happened, when, by whom (a subject key), with its facts."""

    at: datetime
    act: CaseAct
    subject: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task of a case; ``waits_for`` is the task it waits for, with whose that is and when it is due."""

    reference: str
    title: str
    owner: Named | None
    due_on: date | None
    state: TaskState
    blocks: bool
    ended_at: datetime | None
    waits_for: "AwaitedView | None"
    awaited_by: tuple[Named, ...]
    """Whose tasks wait for this one."""
    waits_past_day: bool
    """Whether what it waits for is due after its own day."""
    needed_by: date | None
    """The first day on which a task is due that waits for this one, where that is before its own; else None."""


@dataclass(frozen=True, slots=True)
class AwaitedView:
    """A task another one waits for: whose, of which case (its number), due when, and how it stands."""

    reference: str
    title: str
    case: int
    owner: Named | None
    due_on: date | None
    state: TaskState


@dataclass(frozen=True, slots=True)
class OwnTaskView:
    """An open task of the viewer's: of which department's case, and of which, as far as she sees that (else no ``row``)."""

    task: TaskView
    supplier: Named
    row: "CaseRow | None"


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another case that this one belongs to, as far as the viewer sees it; ``out`` says in which direction the word reads."""

    kind: LinkKind
    out: bool
    row: CaseRow


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case on its page: what is promised and when it is due, both sides' thread, what the viewer may do."""

    row: CaseRow
    opened_by: Named | None
    request: Named | None
    answers: tuple[tuple[Question, str], ...]
    grounds: tuple[Reason, ...]
    promise: StandardRecord | None
    runs: tuple[Run, ...]
    chain: Chain | None
    """How it went along the places its promise rests on; nothing for the customer's side."""
    thread: tuple[MessageView, ...]
    happened: tuple[HappenedView, ...]
    tasks: tuple[TaskView, ...]
    links: tuple[LinkView, ...]
    watchers: tuple[Named, ...]
    concerned: tuple[Named, ...]
    solved_words: str
    order_reference: str
    equipment: Named | None
    """Which thing it is about, for the service."""
    joined_to: CaseRow | None
    parent: CaseRow | None
    children: tuple[CaseRow, ...]
    minutes: int
    """How much time was noted; none for the customer's side."""
    ends_on: date | None
    """Through which day it is closed without a word where it is called solved, or may be opened again where it is closed."""
    unnamed: bool
    """Whether it was written without a name: nobody knows by whom."""
    may_handle: Answer
    may_speak: Answer

    @property
    def last_message(self) -> int:
        """The key of what was written last, 0 for nothing; in the thread it may stand before others, as what was joined does."""
        return max((each.key for each in self.thread), default=0)

    @property
    def serving(self) -> bool:
        """Whether the viewer is of the service here; whoever has a confidential case open reads it and is not."""
        return bool(self.may_handle)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue, as whoever looks for help or keeps it sees it."""

    code: str
    supplier: Named
    name: str
    words: str
    confidential: bool
    handing_out: str
    close_after: int
    reopen_within: int
    orders: bool
    """Whether orders that need hands become requests here."""
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request type, with its form."""

    code: str
    queue: Named
    supplier: Named
    name: str
    words: str
    questions: tuple[Question, ...]
    kinds: tuple[str, ...]
    work: tuple[str, ...]
    impact: Impact
    urgency: Urgency
    quick: bool
    offering: str
    parts: tuple[str, ...]
    protected: bool
    outsiders: bool
    closed_at: datetime | None


# --- who sees what ----------------------------------------------------------------------------------------------------


def visible(viewer: Actor, at: datetime) -> QuerySet[Case]:
    """The cases this viewer may see: the one filter for pages, API, search, counters and exports."""
    near_by = near_keys(viewer, at)
    seen = policy.cases_visible_to(viewer, keys=parties.keys(), near=near_by, on=at.date())
    if policy.may_open_some_cases(viewer, on=at.date()):
        seen |= policy.cases_opened_by(viewer, keys=parties.keys(), near=near_by, at=at)
    return Case.objects.filter(seen)


def sees(viewer: Actor, at: datetime, found: Case) -> bool:
    """Whether the viewer sees a case: as ``visible`` says it, which is not asked about whoever handles it or speaks in it."""
    sides, on = parties_of(viewer, at, found), at.date()
    if policy.may_handle(viewer, case=sides, on=on) or policy.may_speak(viewer, case=sides, on=on):
        return True
    return visible(viewer, at).filter(pk=found.pk).exists()


def has_open(viewer: Actor, at: datetime, found: Case) -> bool:
    """Whether the viewer has a confidential case open to read at this instant."""
    if not found.confidential or not policy.may_open_some_cases(viewer, on=at.date()):
        return False
    seen = policy.cases_opened_by(viewer, keys=parties.keys(), near=near_keys(viewer, at), at=at)
    return Case.objects.filter(seen, pk=found.pk).exists()


def parties_of(viewer: Actor, at: datetime, found: Case) -> CaseParties:
    """What policy looks at of a case."""
    codes = parties.known().codes
    return CaseParties(
        person=None if found.person_id is None else codes[found.person_id],
        customer=codes[found.customer_id],
        supplier=codes[found.supplier_id],
        confidential=found.confidential,
        near=found.confidential and _near_to(viewer, at, found),
    )


def _near_to(viewer: Actor, at: datetime, found: Case) -> bool:
    """Whether the viewer stands near to somebody the case is about."""
    concerned = CaseConcern.objects.filter(case=found).values_list("person_id", flat=True)
    return bool(near_keys(viewer, at).intersection(concerned))


def near_keys(viewer: Actor, at: datetime) -> frozenset[int]:
    """The keys of who stands near to the viewer today: confidential cases about them are not hers to handle."""
    if viewer.person is None:
        return frozenset()
    keys = parties.keys()
    return frozenset(keys[person] for person in near.near_to(viewer.person, on=at.date()) if person in keys)


# --- lists ------------------------------------------------------------------------------------------------------------


def asked(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[CaseRow]:
    """The cases of whoever asks for help: her own, those for her, followed ones, and those of departments she buys for."""
    ways = policy.cases_asked_by(viewer, keys=parties.keys(), on=at.date())
    return _page(viewer, at, ways, CASES, params, serving=False)


def served(*, viewer: Actor, at: datetime, params: Mapping[str, str], under_way: bool = False) -> Page[CaseRow]:
    """The cases of departments the viewer serves for; those under way, what is due first at the top, or all, the latest first.

    ``owner`` NOBODYS asks for those that nobody has taken on.
    """
    ways = policy.cases_served_by(viewer, keys=parties.keys(), near=near_keys(viewer, at), on=at.date())
    if not under_way:
        return _page(viewer, at, ways, CASES, params, serving=True)
    # A state that is asked for stands alone: beside a second condition on it PostgreSQL expects a twentieth of the rows there are.
    states = {state.value for state in UNDER_WAY}
    going = Q(state=params["state"]) if params.get("state") in states else Q(state__in=sorted(states))
    return _page(viewer, at, tuple(way & going for way in ways), DUE, params, serving=True)


def each(
    *, viewer: Actor, at: datetime, params: Mapping[str, str], serving: bool, under_way: bool = False, most: int
) -> Iterator[CaseRow]:
    """The same cases one after the other, up to ``most``, for a file. What cannot be asked is refused now."""

    def part(params: Mapping[str, str], left: int) -> Page[CaseRow]:
        asked_for = {**params, "limit": str(min(PAGE_SIZE_MAX, left))}
        if serving:
            return served(viewer=viewer, at=at, params=asked_for, under_way=under_way)
        return asked(viewer=viewer, at=at, params=asked_for)

    def rows(found: Page[CaseRow], left: int) -> Iterator[CaseRow]:
        yield from found.rows
        while found.next_cursor is not None and (left := left - len(found.rows)) > 0:
            found = part({**params, "cursor": found.next_cursor}, left)
            yield from found.rows

    return rows(part(params, most), most)


def count_served(*, viewer: Actor, at: datetime, owner: str | None = None) -> tuple[int, bool]:
    """How many cases under way the viewer serves (of an owner, or that nobody has: ""), up to 1000, and whether there are more."""
    ways = policy.cases_served_by(viewer, keys=parties.keys(), near=near_keys(viewer, at), on=at.date())
    rows = Case.objects.filter(state__in=sorted(state.value for state in UNDER_WAY))
    if owner is not None:
        rows = rows.filter(owner_id=parties.keys().get(owner)) if owner else rows.filter(owner=None)
    return counted(rows, ways=ways)


def waits_for_me(*, viewer: Actor, at: datetime, most: int = 20) -> tuple[CaseRow, ...]:
    """The viewer's own cases in which it is her turn: an answer is wanted, or whether it is solved; the longest waiting first."""
    if viewer.person is None:
        return ()
    key = parties.keys()[viewer.person]
    hers = Q(person_id=key) | Q(customer_id=key)
    turn = Q(state=CaseState.SOLVED.value) | Q(
        state=CaseState.WAITING.value,
        waits_for__in=[hold.value for hold, turn in TURNS.items() if turn is Turn.CUSTOMER],
    )
    rows = Case.objects.filter(hers, turn).select_related(*_ROW).order_by("changed_at")[:most]
    return tuple(map(row_of, rows))


def own_tasks(*, viewer: Actor, at: datetime, most: int = 50) -> tuple[OwnTaskView, ...]:
    """The open tasks that are the viewer's, what is due first on top, also where she does not see the case; of a confidential one only
    where she does.
    """
    key = parties.keys().get(viewer.person or "")
    if key is None:
        return ()
    rows = CaseTask.objects.filter(owner_id=key, state=TaskState.OPEN.value).select_related(
        "owner", "case__queue", "waits_for__owner", "waits_for__case"
    )
    found = list(
        rows.prefetch_related("awaited_by__owner", "awaited_by__case").order_by(
            F("due_on").asc(nulls_last=True), "added_at", "id"
        )[:most]
    )
    seen = visible(viewer, at).filter(pk__in=[task.case_id for task in found]) if found else ()
    known = {each.pk for each in seen}
    return tuple(
        OwnTaskView(
            task_view(task), _called(task.case.supplier_id), row_of(task.case) if task.case_id in known else None
        )
        for task in found
        if task.case_id in known or not task.case.confidential
    )


def found_by_words(*, viewer: Actor, at: datetime, text: str, most: int = FOUND_MAX) -> tuple[str, ...]:
    """The references of cases the viewer serves whose subject or messages have these words, the latest first; confidential ones are
    not searched. Each is still to be looked at through ``visible``.
    """
    served, keys = policy.served_by(viewer, on=at.date()), parties.keys()
    scopes = None if served is None else [scope_of(keys[code]) for code in sorted(served) if code in keys]
    found = search.latest(text, kind=SEARCHED, scopes=scopes, limit=most)
    return tuple(dict.fromkeys(each.partition("#")[0] for each in found))


def scope_of(supplier: int) -> str:
    """Within what the words of a department's cases are found."""
    return f"supplier {supplier}"


def _page(
    viewer: Actor, at: datetime, ways: Collection[Q], spec: ListSpec, params: Mapping[str, str], *, serving: bool
) -> Page[CaseRow]:
    text = params.get("text", "").replace("\0", "").strip()
    rows = Case.objects.select_related(*_ROW)
    if params.get("owner") == NOBODYS:
        rows, params = rows.filter(owner=None), {name: value for name, value in params.items() if name != "owner"}
    if text:
        rows = rows.filter(_said(viewer, at, text) if serving else _asked_in(text))
    found = page(rows, spec, _by_key(params), ways=tuple(ways)).map(row_of)
    return replace(found, filters={name: params[name] for name in found.filters})


def _by_key(params: Mapping[str, str]) -> Mapping[str, str]:
    """The same filters with keys in place of codes: the database knows how often a key stands in a column, not how often a code does."""
    keys, by_key = parties.keys(), dict(params)
    for name in (*_OF_PARTIES, "queue"):
        code = params.get(name, "")
        if code and "\0" not in code:  # which is refused
            found = _queue_key(code) if name == "queue" else keys.get(code)
            by_key[name] = str(NO_KEY if found is None else found)
    return by_key


def _queue_key(code: str) -> int | None:
    return Queue.objects.filter(code=code).values_list("id", flat=True).first()


def _said(viewer: Actor, at: datetime, text: str) -> Q:
    """Cases found by their words, or by their number."""
    return Q(reference__in=found_by_words(viewer=viewer, at=at, text=text)) | _numbered(text)


def _asked_in(text: str) -> Q:
    """One's own cases are few: looked through as they are."""
    written = CaseMessage.objects.filter(case=OuterRef("pk"), note=False, text__icontains=text)
    return Q(subject__icontains=text) | _numbered(text) | Q(Exists(written))


def _numbered(text: str) -> Q:
    digits = text.removeprefix("#")
    return Q(number=int(digits)) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS_MAX else _NONE


# --- one ----------------------------------------------------------------------------------------------------------------


def case(*, viewer: Actor, at: datetime, reference: str) -> CaseView:
    """A case with everything about it that the viewer may read. NotThere out of bounds.

    Whoever asked reads no notes, no tasks, no time and no names of whom it is about beside her own.
    """
    related = (*_ROW, "opened_by", "request_type", "joined_to", "parent", "return_code", "equipment")
    found = visible(viewer, at).filter(reference=reference).select_related(*related).first()
    if found is None:
        raise NotThere
    sides = parties_of(viewer, at, found)
    handles = policy.may_handle(viewer, case=sides, on=at.date())
    events = list(CaseEvent.objects.filter(case=found).order_by("id"))
    serving = bool(handles) or has_open(viewer, at, found)
    promise = None if found.standard_id is None else clocks.standard_of(_promised(events, found.standard_id))
    form = () if found.request_type is None else asking.read_questions(found.request_type.fields)
    return CaseView(
        row=row_of(found),
        opened_by=_named(found.opened_by),
        request=None if found.request_type is None else Named(found.request_type.code, found.request_type.name),
        answers=tuple((each, found.answers[each.id]) for each in form if each.id in found.answers),
        grounds=tuple(from_plain(ground) for ground in found.grounds),
        promise=promise,
        runs=clocks.runs(events, now=at),
        chain=chains.of_case(promise, events, now=at) if serving and promise is not None else None,
        thread=_thread(viewer, found, serving=serving),
        happened=_happened(viewer, at, found, events, serving=serving),
        tasks=_tasks(found) if serving else (),
        links=_links(viewer, at, found),
        watchers=tuple(
            parties.named(each.person) for each in CaseWatcher.objects.filter(case=found).select_related("person")
        ),
        concerned=_concerned(found) if serving else (),
        solved_words=found.solved_words,
        order_reference=found.order_reference,
        equipment=Named(found.equipment.code, found.equipment.name) if serving and found.equipment else None,
        joined_to=_seen_row(viewer, at, found.joined_to_id),
        parent=_seen_row(viewer, at, found.parent_id),
        children=tuple(map(row_of, visible(viewer, at).filter(parent=found).select_related(*_ROW).order_by("id"))),
        minutes=sum(found.spent.values_list("minutes", flat=True)) if serving else 0,
        ends_on=ends_on(found),
        unnamed=hasattr(found, "return_code"),
        may_handle=handles,
        may_speak=policy.may_speak(viewer, case=sides, on=at.date()),
    )


def stands(*, viewer: Actor, at: datetime, reference: str) -> CaseRow:
    """How a case stands, as lists show it. NotThere out of bounds."""
    found = visible(viewer, at).filter(reference=reference).select_related(*_ROW).first()
    if found is None:
        raise NotThere
    return row_of(found)


def turn(*, viewer: Actor, at: datetime, reference: str) -> tuple[CaseState, Turn, int]:
    """How a case stands, whose turn it is, and its version. NotThere out of bounds."""
    found = one_row(Case, reference=reference)
    if found is None or not sees(viewer, at, found):
        raise NotThere
    state = CaseState(found.state)
    return state, turn_of(state, HoldReason(found.waits_for) if found.waits_for else None), found.version


def _happened(
    viewer: Actor, at: datetime, found: Case, events: Iterable[CaseEvent], *, serving: bool
) -> tuple[HappenedView, ...]:
    """The history, which names no case the viewer does not see; for whoever asked without what is the service's own, nor whom of it a
    case was given to.
    """
    rows = [HappenedView(each.at, CaseAct(each.act), each.subject, each.facts) for each in events]
    told = _naming_seen_cases(viewer, at, found, rows)
    if serving:
        return told
    shared = (each for each in told if each.act not in OF_THE_SERVICE)
    return tuple(_without(each, "owner") for each in shared)


def _naming_seen_cases(
    viewer: Actor, at: datetime, found: Case, rows: Iterable[HappenedView]
) -> tuple[HappenedView, ...]:
    """Without the numbers of cases the viewer does not see, and without what says of such a case that there is one; what was joined is
    read with the case.
    """
    kept = [(each, {each.facts[name] for name in _NUMBERS if name in each.facts}) for each in rows]
    named: set[int] = set().union(*(numbers for _, numbers in kept))
    if not named:
        return tuple(each for each, _ in kept)
    others = visible(viewer, at).filter(number__in=sorted(named)).values_list("number", flat=True)
    joined = Case.objects.filter(joined_to=found, number__in=sorted(named)).values_list("number", flat=True)
    seen = {*others, *joined}
    return tuple(
        each if numbers <= seen else _without(each, *_NUMBERS)
        for each, numbers in kept
        if numbers <= seen or each.act not in _OF_ANOTHER
    )


def _without(happened: HappenedView, *names: str) -> HappenedView:
    return replace(happened, facts={name: fact for name, fact in happened.facts.items() if name not in names})


def state_of(*, viewer: Actor, at: datetime, reference: str) -> tuple[int, int]:
    """The version of a case and the key of its last message the viewer may read: whether her page is still true. NotThere out of bounds."""
    found = visible(viewer, at).filter(reference=reference).first()
    if found is None:
        raise NotThere
    last = _messages(found, serving=_reads_all(viewer, at, found)).order_by("-id").values_list("id", flat=True).first()
    return found.version, last or 0


def _reads_all(viewer: Actor, at: datetime, found: Case) -> bool:
    """Whether the viewer reads what only the service reads: who handles the case, and who has it open."""
    handles = policy.may_handle(viewer, case=parties_of(viewer, at, found), on=at.date())
    return bool(handles) or has_open(viewer, at, found)


def ends_on(found: Case) -> date | None:
    """The last day on which whoever asked may say that it is not solved, in working days of the department; None while it is open."""
    since, days = {
        CaseState.SOLVED: (found.solved_at, found.queue.close_after),
        CaseState.CLOSED: (found.closed_at, found.queue.reopen_within),
    }.get(CaseState(found.state), (None, 0))
    supplier = parties.known().codes[found.supplier_id]
    return None if since is None else approvals.after_working_days(supplier, since.date(), days)


def over_for_good(found: Case, *, on: date) -> bool:
    """Whether a case that is closed was so for longer than its queue lets it be opened again."""
    last = ends_on(found) if found.state == CaseState.CLOSED.value else None
    return last is not None and on > last


def file(*, viewer: Actor, at: datetime, reference: str, file: str) -> Any:
    """A file that came with a message the viewer may read, as it is kept. NotThere out of bounds."""
    found = visible(viewer, at).filter(reference=reference).first()
    if found is None:
        raise NotThere
    messages = _messages(found, serving=_reads_all(viewer, at, found)).filter(attached__file__reference=file)
    kept = messages.prefetch_related("files").first()
    if kept is None:
        raise NotThere
    return next(each for each in kept.files.all() if each.reference == file)


def row_of(found: Case) -> CaseRow:
    """A row with its parties, as the reader may know them."""
    state, hold = CaseState(found.state), HoldReason(found.waits_for) if found.waits_for else None
    return CaseRow(
        reference=found.reference,
        number=found.number,
        kind=CaseKind(found.kind),
        subject=found.subject,
        queue=Named(found.queue.code, found.queue.name),
        supplier=_called(found.supplier_id),
        confidential=found.confidential,
        customer=_called(found.customer_id),
        person=None if found.person_id is None else _called(found.person_id),
        owner=None if found.owner_id is None else _called(found.owner_id),
        state=state,
        turn=turn_of(state, hold),
        waits_for=hold,
        until=found.until,
        impact=Impact(found.impact),
        urgency=Urgency(found.urgency),
        priority=Priority(found.priority),
        standing=Verdict(found.standing),
        standing_kind=Kind(found.standing_kind),
        channel=Channel(found.channel),
        opened_at=found.opened_at,
        changed_at=found.changed_at,
        due_at=found.due_at,
        due_measure=Measure(found.due_measure) if found.due_measure else None,
        missed=found.missed,
        solved_at=found.solved_at,
        closed_at=found.closed_at,
        solved=found.solved,
        version=found.version,
    )


def turn_of(state: CaseState, hold: HoldReason | None) -> Turn:
    """Whose turn it is: it follows from how the case stands."""
    if state is CaseState.WAITING:
        return Turn.OTHERS if hold is None else TURNS[hold]
    if state in UNDER_WAY:
        return Turn.SERVICE
    return Turn.CUSTOMER if state is CaseState.SOLVED else Turn.NOBODY


def _called(key: int) -> Named:
    """A party by what is known of it in memory, as the reader may know it."""
    known = parties.known()
    code = known.codes[key]
    return parties.told(code, known.world.names.get(code) or code)


def _named(party: Any) -> Named | None:
    return None if party is None else parties.named(party)


def _promised(events: Iterable[CaseEvent], first: int) -> int:
    """The version that holds now: the last that was said."""
    said = [each.facts["standard"] for each in events if each.act == CaseAct.PROMISED_ANEW.value]
    return int(said[-1]) if said else first


def _messages(found: Case, *, serving: bool) -> QuerySet[CaseMessage]:
    """Those of the case and of what was joined to it."""
    # Their keys are asked first: with both in one condition the database looks through every message there is.
    joined = Case.objects.filter(joined_to=found).values_list("id", flat=True)
    rows = CaseMessage.objects.filter(case__in=[found.pk, *joined])
    return rows if serving else rows.filter(note=False)


def _thread(viewer: Actor, found: Case, *, serving: bool) -> tuple[MessageView, ...]:
    rows = (
        _messages(found, serving=serving)
        .select_related("person", "case", "letter__letter")
        .prefetch_related("files")
        .order_by("at", "id")
    )
    seen = (
        CaseRead.objects.filter(case=found, person__code=viewer.person or "").values_list("message", flat=True).first()
    )
    return tuple(
        MessageView(
            key=row.pk,
            at=row.at,
            person=_named(row.person),
            side=Side(row.side),
            note=row.note,
            text=row.text,
            files=tuple(FileView(each.reference, each.name, each.media_type, each.size) for each in row.files.all()),
            joined_from=row.case.number if row.case_id != found.pk else None,
            fresh=(seen is not None or serving)
            and row.pk > (seen or 0)
            and row.person_id != parties.keys().get(viewer.person or ""),
            **_by_letter(row, serving=serving),
        )
        for row in rows
    )


def _by_letter(row: CaseMessage, *, serving: bool) -> Mapping[str, Any]:
    """What a message says of the letter it came by."""
    came: LetterStanding | None = getattr(row, "letter", None)
    if came is None:
        return {}
    return {"letter": came.letter.reference if serving else "", "left_out": tuple(came.left_out)}


def _tasks(found: Case) -> tuple[TaskView, ...]:
    rows = CaseTask.objects.filter(case=found).select_related("owner", "case", "waits_for__owner", "waits_for__case")
    return tuple(map(task_view, rows.prefetch_related("awaited_by__owner", "awaited_by__case").order_by("position")))


def task_view(row: CaseTask) -> TaskView:
    """A task with what it waits for and what waits for it, unless that belongs to another case, which has become confidential."""
    first = row.waits_for
    if first is not None and first.case.confidential and first.case_id != row.case_id:
        first = None
    awaiting = [each for each in row.awaited_by.all() if each.case_id == row.case_id or not each.case.confidential]
    sooner = [each.due_on for each in awaiting if each.due_on is not None and past_its_day(each)]
    return TaskView(
        reference=row.reference,
        title=row.title,
        owner=_named(row.owner),
        due_on=row.due_on,
        state=TaskState(row.state),
        blocks=row.blocks,
        ended_at=row.ended_at,
        waits_for=None
        if first is None
        else AwaitedView(
            first.reference, first.title, first.case.number, _named(first.owner), first.due_on, TaskState(first.state)
        ),
        awaited_by=tuple(parties.named(each.owner) for each in awaiting if each.owner is not None),
        waits_past_day=first is not None and past_its_day(row),
        needed_by=min(sooner, default=None),
    )


def _links(viewer: Actor, at: datetime, found: Case) -> tuple[LinkView, ...]:
    """What it is linked with, as far as the viewer sees that."""
    rows = CaseLink.objects.filter(Q(case=found) | Q(other=found)).order_by("id")
    pairs = [
        (LinkKind(row.kind), row.case_id == found.pk, row.other_id if row.case_id == found.pk else row.case_id)
        for row in rows
    ]
    seen = visible(viewer, at).filter(pk__in=[key for _, _, key in pairs]).select_related(*_ROW)
    known = {each.pk: row_of(each) for each in seen} if pairs else {}
    return tuple(LinkView(kind, out, known[key]) for kind, out, key in pairs if key in known)


def _concerned(found: Case) -> tuple[Named, ...]:
    rows = CaseConcern.objects.filter(case=found).select_related("person").order_by("id")
    return tuple(parties.named(row.person) for row in rows)


def _seen_row(viewer: Actor, at: datetime, key: int | None) -> CaseRow | None:
    if key is None:
        return None
    found = visible(viewer, at).filter(pk=key).select_related(*_ROW).first()
    return None if found is None else row_of(found)


# --- what may be asked ------------------------------------------------------------------------------------------------


def may_be_asked_by(request: RequestType, kind: Kind, customer: str, *, on: date) -> bool:
    """Whether whoever stands so may ask it: by standing, and where that is said, by how she works on the day."""
    if request.kinds and kind.value not in request.kinds:
        return False
    works = {work.kind.value for work in parties.work_of(customer, on=on)}
    return not request.work or bool(works.intersection(request.work))


def queue_row(found: Queue) -> QueueRow:
    """A queue with its department."""
    return QueueRow(
        code=found.code,
        supplier=parties.named(found.supplier),
        name=found.name,
        words=found.words,
        confidential=found.confidential,
        handing_out=found.handing_out,
        close_after=found.close_after,
        reopen_within=found.reopen_within,
        orders=found.orders,
        closed_at=found.closed_at,
    )


def request_row(found: RequestType) -> RequestRow:
    """A request type with its form, read."""
    return RequestRow(
        code=found.code,
        queue=Named(found.queue.code, found.queue.name),
        supplier=parties.named(found.queue.supplier),
        name=found.name,
        words=found.words,
        questions=asking.read_questions(found.fields),
        kinds=tuple(found.kinds),
        work=tuple(found.work),
        impact=Impact(found.impact),
        urgency=Urgency(found.urgency),
        quick=found.quick,
        offering=found.offering,
        parts=tuple(found.parts),
        protected=found.protected,
        outsiders=found.outsiders,
        closed_at=found.closed_at,
    )
