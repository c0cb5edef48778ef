"""What leaves the desk for analysis: what was promised, and cases as figures, without words and without people.

Nothing of a confidential case leaves: not even that there is one.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import islice

from inward.core.promises import Run
from inward.core.terms import exact_text
from inward.desk import clocks
from inward.desk.models import Case, CaseEvent, CaseTask, ServiceStandard, TimeSpent
from inward.desk.queries import terms_of
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.columns import AT_ONCE, Column, Export, Value
from inward.kit.policy import Answer
from inward.parties import policy as parties


def _may(actor: Actor, on: date) -> Answer:
    return parties.may_administer_everything(actor, on=on)


def _targets() -> Iterator[tuple[Value, ...]]:
    for row in ServiceStandard.objects.select_related("supplier").order_by("id").iterator(AT_ONCE):
        terms = terms_of(row)
        kinds = " ".join(sorted(kind.value for kind in terms.kinds))
        days = row.valid_from, row.valid_until, row.known_from, row.known_until
        for measure, by_priority in terms.targets.items():
            for priority, within in by_priority.items():
                minutes = None if within.seconds is None else int(within.seconds // 60)
                yield (row.code, row.supplier.code, kinds, measure.value, priority, minutes, within.dates, *days)


def _shares() -> Iterator[tuple[Value, ...]]:
    for row in ServiceStandard.objects.exclude(chain=[]).select_related("supplier").order_by("id").iterator(AT_ONCE):
        days = row.valid_from, row.valid_until, row.known_from, row.known_until
        for place, share in enumerate(terms_of(row).chain, start=1):
            yield (row.code, row.supplier.code, place, share.place, exact_text(Fraction(share.weight)), *days)


def _cases() -> Iterator[tuple[Value, ...]]:
    kept = Case.objects.filter(confidential=False).select_related(
        "queue", "supplier", "customer", "request_type", "standard", "joined_to", "parent"
    )
    for row in kept.order_by("id").iterator(AT_ONCE):
        yield (
            row.number,
            row.kind,
            row.queue.code,
            row.request_type.code if row.request_type else None,
            row.supplier.code,
            row.customer.code if row.customer.subject is None else None,
            row.standing,
            row.standing_kind,
            row.channel,
            row.state,
            row.impact,
            row.urgency,
            row.priority,
            row.standard.code if row.standard else None,
            row.standard.valid_from if row.standard else None,
            row.missed,
            row.solved,
            row.joined_to.number if row.joined_to and not row.joined_to.confidential else None,
            row.parent.number if row.parent and not row.parent.confidential else None,
            row.opened_at,
            row.solved_at,
            row.closed_at,
        )


def _events() -> Iterator[tuple[Value, ...]]:
    kept = CaseEvent.objects.filter(case__confidential=False).order_by("id")
    rows = kept.values_list("case__number", "at", "act", "facts")
    for number, at, act, facts in rows.iterator(AT_ONCE):
        yield number, at, act, facts.get("reason"), facts.get("priority")


def _clocks() -> Iterator[tuple[Value, ...]]:
    """Replayed, as everywhere: so many cases at a time with all that happened to them."""
    now = clock.now()
    cases = Case.objects.filter(confidential=False).order_by("id").values_list("id", "number").iterator(AT_ONCE)
    while some := dict(islice(cases, AT_ONCE)):
        events: dict[int, list[CaseEvent]] = defaultdict(list)
        for event in CaseEvent.objects.filter(case_id__gte=min(some), case_id__lte=max(some)).order_by("id"):
            events[event.case_id].append(event)
        for key, number in some.items():
            for run in clocks.runs(events[key], now=now):
                yield _run(number, run)


def _run(number: int, run: Run) -> tuple[Value, ...]:
    minutes = (int(Fraction(seconds) // 60) for seconds in (run.target, run.elapsed, run.held))
    return (number, run.measure.value, run.state.value, run.started, run.stopped, run.due.at, run.missed_at, *minutes)


def _tasks() -> Iterator[tuple[Value, ...]]:
    kept = CaseTask.objects.filter(case__confidential=False).order_by("id")
    rows = kept.values_list(
        "case__number",
        "position",
        "state",
        "blocks",
        "due_on",
        "added_at",
        "ended_at",
        "waits_for__case__number",
        "waits_for__position",
        "waits_for__case__confidential",
    )
    for row in rows.iterator(AT_ONCE):
        yield row[:-1] if not row[-1] else (*row[:-3], None, None)


def _time() -> Iterator[tuple[Value, ...]]:
    kept = TimeSpent.objects.filter(case__confidential=False).order_by("id")
    yield from kept.values_list("case__number", "on", "minutes").iterator(AT_ONCE)


_NUMBER = Column("case", "integer", "number of the case")
_WHO = "data administrators of everything"
_VERSION = (
    Column("valid_from", "day", "first day it holds; empty: always so far"),
    Column("valid_until", "day", "first day it no longer holds; empty: for ever"),
    Column("known_from", "instant", "since when it is known so"),
    Column("known_until", "instant", "until when it was known so; empty: still"),
)
EXPORTS = (
    Export(
        "service_promises",
        "Every version of every service promise, a row for each target",
        _WHO,
        _may,
        (
            Column("code", "text", "code of the promise"),
            Column("supplier", "text", "code of the company or department that promises"),
            Column("kinds", "text", "kinds of standing it is for; empty: everybody"),
            Column("measure", "text", "what is promised: OWN, RESPOND, RESPOND_NEXT, UPDATE or RESOLVE"),
            Column("priority", "text", "at which priority; empty: every other"),
            Column("minutes", "integer", "within so much working time; empty: in dates", "minutes"),
            Column("dates", "integer", "within so many dates on which work is done; empty: in minutes", "days"),
            *_VERSION,
        ),
        _targets,
    ),
    Export(
        "service_promise_chains",
        "Every version of every service promise that rests on several places, a row for each of them",
        _WHO,
        _may,
        (
            Column("code", "text", "code of the promise"),
            Column("supplier", "text", "code of the company or department that promises"),
            Column("position", "integer", "in which order it works, from 1"),
            Column("place", "text", "code of the company or department it rests on"),
            Column(
                "share",
                "text",
                "its share of the time to solve, an exact fraction; only the ratio to the others counts",
            ),
            *_VERSION,
        ),
        _shares,
    ),
    Export(
        "cases",
        "Every case that is not confidential, as it stands",
        _WHO,
        _may,
        (
            _NUMBER,
            Column("kind", "text", "HELP, FULFILMENT, OUTAGE or BUNDLE"),
            Column("queue", "text", "code of the queue it is in"),
            Column("request_type", "text", "code of the request type; empty: asked in words"),
            Column("supplier", "text", "code of the department or company that serves"),
            Column("customer", "text", "code of the department or company it is for; empty: a person"),
            Column("standing", "text", "internal, external or not_known, as stamped when it was opened"),
            Column("standing_kind", "text", "of which kind"),
            Column("channel", "text", "how it came"),
            Column("state", "text", "NEW, OPEN, WAITING, SOLVED, CLOSED, WITHDRAWN or JOINED"),
            Column("impact", "text", "MANY, SOME or ONE"),
            Column("urgency", "text", "NOW, SOON or LATER"),
            Column("priority", "text", "what follows from both"),
            Column("promise", "text", "code of the service promise that holds; empty: nothing was promised"),
            Column("promise_from", "day", "first day of the version of it; empty: always so far"),
            Column("missed", "yes/no", "whether anything that was promised was missed"),
            Column("solved", "yes/no", "what whoever asked says; empty: nothing"),
            Column("joined_to", "integer", "number of the case it goes on in"),
            Column("part_of", "integer", "number of the case it is a part of"),
            Column("opened_at", "instant", "when it was opened"),
            Column("solved_at", "instant", "when it was called solved last"),
            Column("closed_at", "instant", "when it was over"),
        ),
        _cases,
    ),
    Export(
        "case_events",
        "Everything that happened to cases that are not confidential",
        _WHO,
        _may,
        (
            _NUMBER,
            Column("at", "instant", "when"),
            Column("act", "text", "what happened"),
            Column("reason", "text", "why it waits, where it was set to wait"),
            Column("priority", "text", "the priority from then on, where it was said"),
        ),
        _events,
    ),
    Export(
        "case_clocks",
        "Every clock of cases that are not confidential, replayed from what happened until now",
        _WHO,
        _may,
        (
            _NUMBER,
            Column("measure", "text", "what was promised: OWN, RESPOND, RESPOND_NEXT, UPDATE or RESOLVE"),
            Column("state", "text", "RUNNING, HELD, KEPT, MISSED or DROPPED"),
            Column("started", "instant", "when it started"),
            Column("stopped", "instant", "when it stopped; empty: it has not"),
            Column("due", "instant", "by when it is or was due; empty: it stands still"),
            Column("missed_at", "instant", "when the promise was missed; empty: it was not"),
            Column("target", "integer", "what is promised, in working time", "minutes"),
            Column("passed", "integer", "working time that counts", "minutes"),
            Column("held", "integer", "working time that stood still", "minutes"),
        ),
        _clocks,
    ),
    Export(
        "case_tasks",
        "Tasks of cases that are not confidential, with what they wait for",
        _WHO,
        _may,
        (
            _NUMBER,
            Column("task", "integer", "which of the case"),
            Column("state", "text", "OPEN, DONE or DROPPED"),
            Column("blocks", "yes/no", "whether the case is not solved before"),
            Column("due_on", "day", "by when it is to be done"),
            Column("added_at", "instant", "when it was added"),
            Column("ended_at", "instant", "when it was done or dropped"),
            Column("waits_for_case", "integer", "of which case the task is that it waits for"),
            Column("waits_for_task", "integer", "which of that case"),
        ),
        _tasks,
    ),
    Export(
        "case_time",
        "Time noted on cases that are not confidential",
        _WHO,
        _may,
        (_NUMBER, Column("on", "day", "on which day"), Column("minutes", "integer", "how long", "minutes")),
        _time,
    ),
)
"""The tables for analysis."""
