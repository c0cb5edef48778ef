"""Macros, rules and levels of queues, read for those who keep or use them. Reads only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q

from inward.core.classification import Verdict
from inward.core.terms import Fields, Reason, Refusal
from inward.desk import acts, cases, clocks, lateness, policy
from inward.desk.acts import Act
from inward.desk.casewords import RuleWhen
from inward.desk.levels import Level
from inward.desk.models import Case, Escalation, Macro, Queue, QueueRule, RuleRun
from inward.desk.vocabulary import Priority
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.parties import queries as parties
from inward.parties.queries import Named

MACROS: Final = ListSpec({"code": "code", "name": "name"}, {"queue": "queue__code"}, default="name")
RULES: Final = ListSpec(
    {"code": "code", "name": "name"}, {"queue": "queue__code", "when": "when", "keeper": "keeper__code"}, default="code"
)
WORDS_MAX: Final = 20
WORD_LENGTH_MAX: Final = 100
_CONDITIONS: Final = ("requests", "priorities", "standing", "words")


@dataclass(frozen=True, slots=True)
class Conditions:
    """Which cases a rule is for: all that is said holds; of several values, one. Nothing said: every case."""

    requests: tuple[str, ...] = ()
    priorities: tuple[Priority, ...] = ()
    standing: Verdict | None = None
    words: tuple[str, ...] = ()

    def fit(self, found: Case) -> bool:
        """Whether a rule is for this case. Words are looked for in its subject, whatever their case."""
        request = "" if found.request_type is None else found.request_type.code
        subject = found.subject.casefold()
        return (
            (not self.requests or request in self.requests)
            and (not self.priorities or Priority(found.priority) in self.priorities)
            and (self.standing is None or self.standing is Verdict(found.standing))
            and (not self.words or any(word.casefold() in subject for word in self.words))
        )


@dataclass(frozen=True, slots=True)
class MacroRow:
    """A macro, with what it does."""

    code: str
    queue: Named
    supplier: Named
    name: str
    acts: tuple[Act, ...]
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule, with what it does when to which cases, and how often it did within what is kept."""

    code: str
    queue: Named
    supplier: Named
    name: str
    position: int
    when: RuleWhen
    conditions: Conditions
    acts: tuple[Act, ...]
    keeper: Named
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToldRow:
    """That a stage of a clock was told, and to whom."""

    measure: str
    started: datetime
    stage: str
    people: tuple[Named, ...]
    at: datetime


def read_conditions(value: object, where: str = "conditions") -> Conditions:
    """The conditions of a rule. Refusal, with the place, for what cannot be looked for."""
    fields = Fields.of(value or {}, where)
    fields.only(_CONDITIONS)
    words = tuple(str(word).strip() for word in fields.items("words"))
    if len(words) > WORDS_MAX or any(not word or len(word) > WORD_LENGTH_MAX for word in words):
        raise Refusal(Reason.of("text_too_long", most=WORD_LENGTH_MAX), where=f"{where}.words")
    listed = {f"priorities[{place}]": value for place, value in enumerate(fields.items("priorities"))}
    return Conditions(
        requests=tuple(str(code) for code in fields.items("requests")),
        priorities=tuple(Fields(listed, where).choice(place, Priority) for place in listed),
        standing=fields.choice("standing", Verdict) if fields.has("standing") else None,
        words=words,
    )


def conditions_as_json(conditions: Conditions) -> dict[str, Any]:
    """The conditions as they are kept and told, which ``read_conditions`` reads."""
    return {
        "requests": list(conditions.requests),
        "priorities": [each.value for each in conditions.priorities],
        "standing": None if conditions.standing is None else conditions.standing.value,
        "words": list(conditions.words),
    }


def macros(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[MacroRow]:
    """The open macros of queues the viewer keeps or serves for."""
    rows = Macro.objects.filter(_read_by(viewer, at), closed_at=None).select_related("queue__supplier")
    return page(rows, MACROS, params).map(macro_row)


def macro(*, viewer: Actor, at: datetime, code: str) -> MacroRow:
    """One macro. NotThere out of bounds."""
    found = Macro.objects.filter(_read_by(viewer, at), code=code).select_related("queue__supplier").first()
    if found is None:
        raise NotThere
    return macro_row(found)


def for_case(*, viewer: Actor, at: datetime, reference: str) -> tuple[MacroRow, ...]:
    """The macros a case handler may do on a case, by name. NotThere out of bounds, and for whoever asked."""
    found = cases.visible(viewer, at).filter(reference=reference).first()
    if found is None or not policy.may_handle(viewer, case=cases.parties_of(viewer, at, found), on=at.date()):
        raise NotThere
    rows = (
        Macro.objects.filter(queue=found.queue_id, closed_at=None)
        .select_related("queue__supplier")
        .order_by("name", "code")
    )
    return tuple(map(macro_row, rows))


def rules(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[RuleRow]:
    """The open rules of queues the viewer keeps or serves for."""
    rows = QueueRule.objects.filter(_read_by(viewer, at), closed_at=None).select_related("queue__supplier", "keeper")
    return page(rows, RULES, params).map(rule_row)


def rule(*, viewer: Actor, at: datetime, code: str) -> RuleRow:
    """One rule. NotThere out of bounds."""
    found = (
        QueueRule.objects.filter(_read_by(viewer, at), code=code).select_related("queue__supplier", "keeper").first()
    )
    if found is None:
        raise NotThere
    return rule_row(found)


def outcomes(*, viewer: Actor, at: datetime, code: str, since: date) -> dict[str, int]:
    """How often a rule was done since a day (""), and how often it was not, by code of why. NotThere out of bounds.

    Confidential cases count for those alone who are told of them.
    """
    found = rule(viewer=viewer, at=at, code=code)
    rows = RuleRun.objects.filter(rule__code=found.code, at__date__gte=since)
    seen = cases.visible(viewer, at)
    counted: dict[str, int] = {}
    for outcome in rows.filter(Q(case__confidential=False) | Q(case__in=seen)).values_list("outcome", flat=True):
        counted[outcome] = counted.get(outcome, 0) + 1
    return counted


def levels_of(*, viewer: Actor, at: datetime, queue: str) -> tuple[tuple[Level, ...], bool]:
    """Who is told when clocks of a queue run out, and whether that is what is usual. NotThere out of bounds."""
    found = Queue.objects.filter(_supplied(viewer, at, "supplier"), code=queue).first()
    if found is None:
        raise NotThere
    return lateness.levels_of(found), found.levels is None


def told(*, viewer: Actor, at: datetime, reference: str) -> tuple[ToldRow, ...]:
    """What was told about the clocks of a case, to whom, the latest first; for whoever handles it. NotThere out of bounds."""
    found = cases.visible(viewer, at).filter(reference=reference).first()
    if found is None or not policy.may_handle(viewer, case=cases.parties_of(viewer, at, found), on=at.date()):
        raise NotThere
    rows = Escalation.objects.filter(case=found).order_by("-at", "-id")
    return tuple(
        ToldRow(
            row.measure,
            row.started,
            row.stage,
            tuple(parties.told(code, parties.name_of(code)) for code in row.people),
            row.at,
        )
        for row in rows
    )


def macro_row(found: Macro) -> MacroRow:
    """A macro, read."""
    queue = Named(found.queue.code, found.queue.name)
    supplier = parties.named(found.queue.supplier)
    return MacroRow(found.code, queue, supplier, found.name, acts.read_acts(found.acts), found.closed_at)


def rule_row(found: QueueRule) -> RuleRow:
    """A rule, read."""
    return RuleRow(
        code=found.code,
        queue=Named(found.queue.code, found.queue.name),
        supplier=parties.named(found.queue.supplier),
        name=found.name,
        position=found.position,
        when=RuleWhen(found.when),
        conditions=read_conditions(found.conditions),
        acts=acts.read_acts(found.acts, by_rule=True),
        keeper=parties.named(found.keeper),
        closed_at=found.closed_at,
    )


def values_of(found: Case, by: Actor) -> dict[str, str]:
    """What the safe places of words stand for, on this case, when ``by`` acts."""
    codes = parties.known().codes
    asker = codes[found.customer_id if found.person_id is None else found.person_id]
    handler = by.person or (None if found.owner_id is None else codes[found.owner_id])
    return {
        "name": parties.name_of(asker),
        "number": str(found.number),
        "subject": found.subject,
        "due": _due(found),
        "handler": found.queue.name if handler is None else parties.name_of(handler),
    }


def _due(found: Case) -> str:
    """What is due next, on the wall clock of whoever serves; nothing where nothing is."""
    if found.due_at is None:
        return ""
    calendar = clocks.calendar_of(parties.known().codes[found.supplier_id], found.due_at.date())
    local = found.due_at if calendar is None else found.due_at.astimezone(calendar.calendar.zone)
    return local.strftime("%Y-%m-%d %H:%M")


def _read_by(viewer: Actor, at: datetime) -> Q:
    return _supplied(viewer, at, "queue__supplier")


def _supplied(viewer: Actor, at: datetime, column: str) -> Q:
    over: Collection[str] | None = policy.procedures_read_by(viewer, on=at.date())
    return Q(pk__isnull=False) if over is None else Q(**{f"{column}__code__in": sorted(over)})
