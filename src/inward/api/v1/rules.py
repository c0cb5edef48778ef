"""What queues do in one press and by themselves, over HTTP: macros, rules, and who is told when clocks run out."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Query, Schema, Status

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import Asked, Code, Day, Line, Name, PartyOut, party
from inward.core.classification import Verdict
from inward.desk import acts, levels, macros, operations
from inward.desk.acts import ActKind
from inward.desk.casewords import Impact, RuleWhen, Urgency
from inward.desk.levels import Receiver
from inward.desk.macros import MACROS, RULES, MacroRow, RuleRow, conditions_as_json
from inward.desk.vocabulary import Priority
from inward.kit import clock

area = Area("cases", room="queues")

Reference = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,32}$")]


class RuleActOut(Schema):
    """One act, with what it needs of these."""

    act: str
    text: str | None = None
    person: str | None = None
    queue: str | None = None
    impact: str | None = None
    urgency: str | None = None
    macro: str | None = None


class MacroOut(Schema):
    """What case handlers of a queue may do with one press."""

    code: str
    queue: PartyOut
    name: str
    acts: list[RuleActOut]
    closed_at: str | None = None


class MacrosOut(Schema):
    """The macros that may be done on a case."""

    macros: list[MacroOut]


class ConditionsOut(Schema):
    """Which cases a rule is for: all that is said holds."""

    requests: list[str]
    priorities: list[str]
    standing: str | None = None
    words: list[str]


class RuleOut(Schema):
    """What a queue does by itself, within what its keeper could do."""

    code: str
    queue: PartyOut
    name: str
    position: int
    when: str
    conditions: ConditionsOut
    acts: list[RuleActOut]
    keeper: PartyOut
    closed_at: str | None = None


class OutcomeOut(Schema):
    """How often a rule ended so: done (an empty code), or not done and why."""

    code: str
    count: int


class OutcomesOut(Schema):
    """What a rule did since a day."""

    outcomes: list[OutcomeOut]


class LevelOut(Schema):
    """At `percent` of a clock, or every `minutes` of working time after it is due (`times` often), somebody is told."""

    to: str
    percent: int | None = None
    minutes: int | None = None
    times: int | None = None


class LevelsOut(Schema):
    """Who is told when clocks of a queue run out; `usual` says that the queue says nothing of its own."""

    usual: bool
    levels: list[LevelOut]


class ToldOut(Schema):
    """That a level of a clock was told, and to whom; nobody: none was there."""

    measure: str
    started: str
    stage: str
    people: list[PartyOut]
    at: str


class ToldListOut(Schema):
    """What was told about the clocks of a case, the latest first."""

    told: list[ToldOut]


class ActIn(Asked):
    """One act. Words may have {name}, {number}, {subject}, {due} and {handler} in them."""

    act: ActKind
    text: str | None = Field(default=None, max_length=acts.TEXT_LENGTH_MAX)
    person: Line | None = None
    queue: Line | None = None
    impact: Impact | None = None
    urgency: Urgency | None = None
    macro: Line | None = None


class MacroIn(Asked):
    """What a macro of a queue does, all of it or nothing."""

    queue: Code
    name: Name
    acts: list[ActIn] = Field(min_length=1, max_length=acts.ACTS_MAX)


class ConditionsIn(Asked):
    """Which cases a rule is for; nothing said: every case."""

    requests: list[Code] = Field(default_factory=list, max_length=50)
    priorities: list[Priority] = Field(default_factory=list, max_length=4)
    standing: Verdict | None = None
    words: list[Line] = Field(default_factory=list, max_length=macros.WORDS_MAX)


class RuleIn(Asked):
    """What a queue does by itself; `keeper` is left out for oneself."""

    queue: Code
    name: Name
    position: int = Field(default=0, ge=0, le=1000)
    when: RuleWhen
    conditions: ConditionsIn = Field(default_factory=ConditionsIn)
    acts: list[ActIn] = Field(min_length=1, max_length=acts.ACTS_MAX)
    keeper: Code | None = None


class SinceIn(Asked):
    """Since which day."""

    since: Day


class LevelIn(Asked):
    """At `percent` of a clock, or every `minutes` after it is due, `times` often."""

    to: Receiver
    percent: int | None = Field(default=None, ge=1, le=100)
    minutes: int | None = Field(default=None, ge=1, le=levels.MINUTES_MAX)
    times: int | None = Field(default=None, ge=1, le=levels.TIMES_MAX)


class LevelsIn(Asked):
    """The levels of a queue; null: as is usual; none: nobody is told."""

    levels: list[LevelIn] | None = Field(max_length=levels.LEVELS_MAX)


class MacroDoneIn(Asked):
    """Which macro, and the version of the case one has seen."""

    macro: Code
    version: int | None = Field(default=None, ge=1, lt=2**31)


@area.list("/case-macros", item=MacroOut, spec=MACROS, summary="List macros")
def listed_macros(request: HttpRequest) -> Found[MacroRow]:
    """Those of queues one keeps or serves for."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda params: macros.macros(viewer=viewer, at=at, params=params), _macro)


@area.one("/case-macros/{code}", response=MacroOut, summary="One macro")
def macro(request: HttpRequest, code: str) -> dict[str, Any]:
    """With what it does."""
    return _macro(macros.macro(viewer=actor_of(request), at=clock.now(), code=code))


@area.change(
    "PUT",
    "/case-macros/{code}",
    response={204: None},
    summary="Set a macro",
    example={
        "queue": "it",
        "name": "Switch it off and on",
        "acts": [{"act": "ANSWER", "text": "Dear {name}, please switch it off and on. {handler}"}],
    },
    shown=macro,
)
def set_macro(request: HttpRequest, code: Path[Code], body: MacroIn) -> Status[None]:
    """New, or otherwise. With one act that answers it is a reply."""
    operations.set_macro(
        by=actor_of(request), at=clock.now(), code=code, queue=body.queue, name=body.name, given=_acts(body.acts)
    )
    return Status(204, None)


@area.change("POST", "/case-macros/{code}/close", response={204: None}, summary="Close a macro", shown=macro)
def close_macro(request: HttpRequest, code: Path[Code]) -> Status[None]:
    """It is done no more. Setting it anew opens it again."""
    operations.close_macro(by=actor_of(request), at=clock.now(), code=code)
    return Status(204, None)


@area.list("/case-rules", item=RuleOut, spec=RULES, summary="List rules")
def listed_rules(request: HttpRequest) -> Found[RuleRow]:
    """Those of queues one keeps or serves for."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda params: macros.rules(viewer=viewer, at=at, params=params), _rule)


@area.one("/case-rules/{code}", response=RuleOut, summary="One rule")
def rule(request: HttpRequest, code: str) -> dict[str, Any]:
    """When it does what, to which cases."""
    return _rule(macros.rule(viewer=actor_of(request), at=clock.now(), code=code))


@area.get("/case-rules/{code}/outcomes", response=OutcomesOut, summary="What a rule did")
def outcomes(request: HttpRequest, code: str, asked: Query[SinceIn]) -> dict[str, Any]:
    """How often it was done since a day, and how often not, and why. Confidential cases count only for those told of them."""
    found = macros.outcomes(viewer=actor_of(request), at=clock.now(), code=code, since=asked.since)
    return {"outcomes": [{"code": code, "count": count} for code, count in sorted(found.items())]}


@area.change(
    "PUT",
    "/case-rules/{code}",
    response={204: None},
    summary="Set a rule",
    example={
        "queue": "it",
        "name": "Tills first",
        "when": "OPENED",
        "conditions": {"words": ["till"]},
        "acts": [{"act": "WEIGH", "impact": "SOME", "urgency": "NOW"}],
        "keeper": "tor-bergli",
    },
    shown=rule,
)
def set_rule(request: HttpRequest, code: Path[Code], body: RuleIn) -> Status[None]:
    """New, or otherwise. It reaches no further than whoever keeps it."""
    operations.set_rule(
        by=actor_of(request),
        at=clock.now(),
        code=code,
        queue=body.queue,
        name=body.name,
        when=body.when,
        given=_acts(body.acts),
        conditions=body.conditions.model_dump(mode="json"),
        position=body.position,
        keeper=body.keeper,
    )
    return Status(204, None)


@area.change("POST", "/case-rules/{code}/close", response={204: None}, summary="Close a rule", shown=rule)
def close_rule(request: HttpRequest, code: Path[Code]) -> Status[None]:
    """It does no more. Setting it anew opens it again."""
    operations.close_rule(by=actor_of(request), at=clock.now(), code=code)
    return Status(204, None)


@area.one("/queues/{code}/levels", response=LevelsOut, summary="Who is told when clocks run out")
def queue_levels(request: HttpRequest, code: str) -> dict[str, Any]:
    """For those who keep the queue or serve in it."""
    found, usual = macros.levels_of(viewer=actor_of(request), at=clock.now(), queue=code)
    return {"usual": usual, "levels": levels.as_json(found)}


@area.change(
    "PUT",
    "/queues/{code}/levels",
    response={204: None},
    summary="Say who is told when clocks run out",
    example={"levels": [{"percent": 75, "to": "OWNER"}, {"minutes": 240, "times": 3, "to": "HEAD"}]},
    shown=queue_levels,
)
def set_levels(request: HttpRequest, code: Path[Code], body: LevelsIn) -> Status[None]:
    """Within their own working time, each once. What is under way is looked at anew."""
    given = None if body.levels is None else [each.model_dump(mode="json", exclude_none=True) for each in body.levels]
    operations.set_levels(by=actor_of(request), at=clock.now(), queue=code, given=given)
    return Status(204, None)


@area.one("/cases/{reference}/macros", response=MacrosOut, summary="The macros for a case")
def for_case(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """Those of its queue, for whoever handles it."""
    found = macros.for_case(viewer=actor_of(request), at=clock.now(), reference=reference)
    return {"macros": [_macro(each) for each in found]}


@area.change(
    "POST",
    "/cases/{reference}/macro",
    response={204: None},
    summary="Do a macro",
    example={"macro": "switch-off-and-on"},
    seen=for_case,
)
def do_macro(request: HttpRequest, reference: Reference, body: MacroDoneIn) -> Status[None]:
    """All of it or nothing. Its words are filled by how the case stands before."""
    operations.do_macro(by=actor_of(request), at=clock.now(), case=reference, macro=body.macro, seen=body.version)
    return Status(204, None)


@area.one("/cases/{reference}/told", response=ToldListOut, summary="Whom it was told that a clock runs out")
def told(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """For whoever handles the case."""
    found = macros.told(viewer=actor_of(request), at=clock.now(), reference=reference)
    return {
        "told": [
            {
                "measure": each.measure,
                "started": each.started.isoformat(),
                "stage": each.stage,
                "people": [party(person) for person in each.people],
                "at": each.at.isoformat(),
            }
            for each in found
        ]
    }


# --- as JSON -----------------------------------------------------------------------------------------------------------


def _acts(given: list[ActIn]) -> list[dict[str, Any]]:
    return [each.model_dump(mode="json", exclude_none=True) for each in given]


def _macro(row: MacroRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "queue": party(row.queue),
        "name": row.name,
        "acts": acts.as_json(row.acts),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
    }


def _rule(row: RuleRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "queue": party(row.queue),
        "name": row.name,
        "position": row.position,
        "when": row.when.value,
        "conditions": conditions_as_json(row.conditions),
        "acts": acts.as_json(row.acts),
        "keeper": party(row.keeper),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
    }
