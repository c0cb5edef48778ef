"""The steps of a standard procedure: how they are written, which of them are asked, how two versions differ. Pure.

A step may be asked only where a question of the form was answered, or an earlier step ended, in a certain way. One that hangs on a step
nobody has recorded yet is undecided: it blocks as if it were asked.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Final, NoReturn

from inward.core.terms import Fields, Reason, Refusal

STEPS_MAX: Final = 60
TITLE_LENGTH_MAX: Final = 200
WORDS_LENGTH_MAX: Final = 4000
UNIT_LENGTH_MAX: Final = 20
ID_LENGTH_MAX: Final = 60
_STEP: Final = ("id", "title", "words", "role", "person", "when", "evidence", "unit", "least", "most", "blocks")


class EvidenceKind(Enum):
    """What shows that a step was done."""

    NONE = "NONE"
    TEXT = "TEXT"
    FILE = "FILE"
    VALUE = "VALUE"
    """A number, within limits."""
    SIGNED = "SIGNED"
    """Somebody else than who did it says so."""


class StepRole(Enum):
    """Who of the service does a step."""

    CASE_HANDLER = "CASE_HANDLER"
    SERVICE_OWNER = "SERVICE_OWNER"


class StepState(Enum):
    """What was recorded of a step."""

    DONE = "DONE"
    SKIPPED = "SKIPPED"


class Need(Enum):
    """Whether a step is asked, on this case, by what is known now."""

    ASKED = "ASKED"
    UNDECIDED = "UNDECIDED"
    NOT_ASKED = "NOT_ASKED"


class Change(Enum):
    """What became of a step from one version to another."""

    ADDED = "ADDED"
    REMOVED = "REMOVED"
    CHANGED = "CHANGED"
    MOVED = "MOVED"


@dataclass(frozen=True, slots=True)
class Condition:
    """That a step is asked only where a question, or an earlier step (one of the two), ended with one of these."""

    question: str
    step: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step, in the organisation's own words; ``role`` or ``person`` (a code) says who does it, neither: any case handler."""

    id: str
    title: str
    words: str = ""
    role: StepRole = StepRole.CASE_HANDLER
    person: str = ""
    when: Condition | None = None
    evidence: EvidenceKind = EvidenceKind.NONE
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Recorded:
    """How a step ended, with its evidence in words, and whether whoever has to sign it has."""

    state: StepState
    evidence: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a step; ``fields`` are those that were said otherwise."""

    change: Change
    before: Step | None
    after: Step | None
    fields: tuple[str, ...] = ()


def read_steps(value: object, where: str = "steps") -> tuple[Step, ...]:
    """The steps of a procedure. Refusal, with the place, for none, for too many, and for one that could not be followed."""
    rows = Fields({where: value}).items(where)
    if not 1 <= len(rows) <= STEPS_MAX:
        raise Refusal(Reason.of("procedure_steps", most=STEPS_MAX), where=where)
    found: list[Step] = []
    for number, row in enumerate(rows):
        found.append(_step(Fields.of(row, f"{where}[{number}]"), found))
    return tuple(found)


def as_json(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The steps as they are kept and told, which ``read_steps`` reads."""
    return [
        {
            "id": each.id,
            "title": each.title,
            "words": each.words,
            "role": each.role.value,
            "person": each.person,
            "when": None
            if each.when is None
            else {"question": each.when.question, "step": each.when.step, "answers": list(each.when.answers)},
            "evidence": each.evidence.value,
            "unit": each.unit,
            "least": None if each.least is None else str(each.least),
            "most": None if each.most is None else str(each.most),
            "blocks": each.blocks,
        }
        for each in steps
    ]


def needs(steps: Sequence[Step], answers: Mapping[str, str], recorded: Mapping[str, Recorded]) -> dict[str, Need]:
    """Whether each step is asked, given the answers of the form and what was recorded."""
    found: dict[str, Need] = {}
    for each in steps:
        found[each.id] = _need(each, answers, recorded, found)
    return found


def in_the_way(steps: Sequence[Step], answers: Mapping[str, str], recorded: Mapping[str, Recorded]) -> tuple[Step, ...]:
    """The blocking steps that are still to be done or signed."""
    asked = needs(steps, answers, recorded)
    return tuple(
        each
        for each in steps
        if each.blocks and asked[each.id] is not Need.NOT_ASKED and not ended(each, recorded.get(each.id))
    )


def ended(step: Step, recorded: Recorded | None) -> bool:
    """Whether nothing is left to be done about a step."""
    if recorded is None:
        return False
    return recorded.state is StepState.SKIPPED or step.evidence is not EvidenceKind.SIGNED or recorded.signed


def check_evidence(step: Step, text: str, *, files: int) -> str:
    """The evidence of a step that is done, fit to be kept. Refusal for none where it is wanted, and for a number out of its limits."""
    plain = text.replace("\0", "").strip()
    if len(plain) > WORDS_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=WORDS_LENGTH_MAX), where="evidence")
    if step.evidence is EvidenceKind.FILE and not files:
        raise Refusal(Reason.of("step_wants_file", step=step.title), where="files")
    if step.evidence is EvidenceKind.TEXT and not plain:
        raise Refusal(Reason.of("step_wants_words", step=step.title), where="evidence")
    if step.evidence is EvidenceKind.VALUE:
        _check_value(step, plain)
    return plain


def compared(one: Sequence[Step], other: Sequence[Step]) -> tuple[Difference, ...]:
    """How the steps of one version differ from those of another, in the order of the later one; what is gone stands at the end."""
    before, after = {each.id: each for each in one}, {each.id: each for each in other}
    both = [each.id for each in one if each.id in after]
    moved = _moved(both, [each.id for each in other if each.id in before])
    found = []
    for each in other:
        was = before.get(each.id)
        if was is None:
            found.append(Difference(Change.ADDED, None, each))
        elif was != each:
            found.append(Difference(Change.CHANGED, was, each, _changed(was, each)))
        elif each.id in moved:
            found.append(Difference(Change.MOVED, was, each))
    return (*found, *(Difference(Change.REMOVED, each, None) for each in one if each.id not in after))


def _moved(one: Sequence[str], other: Sequence[str]) -> frozenset[str]:
    """The fewest steps that have to be moved to come from one order to the other: those outside the longest common run."""
    place = {name: number for number, name in enumerate(one)}
    runs: list[list[str]] = [[]]
    for name in other:
        before = (run for run in runs if not run or place[run[-1]] < place[name])
        runs.append([*max(before, key=len), name])
    kept: list[str] = max(runs, key=len)
    return frozenset(other).difference(kept)


def _changed(one: Step, other: Step) -> tuple[str, ...]:
    return tuple(name for name in _STEP if getattr(one, name) != getattr(other, name))


def _need(step: Step, answers: Mapping[str, str], recorded: Mapping[str, Recorded], before: Mapping[str, Need]) -> Need:
    when = step.when
    if when is None:
        return Need.ASKED
    if when.question:
        return Need.ASKED if answers.get(when.question, "") in when.answers else Need.NOT_ASKED
    if before[when.step] is not Need.ASKED:
        return before[when.step]
    ended_so = recorded.get(when.step)
    if ended_so is None:
        return Need.UNDECIDED
    outcomes = {ended_so.state.value, ended_so.evidence} - {""}
    return Need.ASKED if outcomes.intersection(when.answers) else Need.NOT_ASKED


def _step(fields: Fields, before: Sequence[Step]) -> Step:
    fields.only(_STEP)
    name, title = fields.text("id"), fields.text("title")
    if any(each.id == name for each in before):
        fields.refuse("id", "step_twice", step=name)
    evidence = fields.choice("evidence", EvidenceKind) if fields.has("evidence") else EvidenceKind.NONE
    least, most = _limit(fields, "least"), _limit(fields, "most")
    unit = fields.text_or_none("unit") or ""
    words = fields.text_or_none("words") or ""
    _check_lengths(fields, id=(name, ID_LENGTH_MAX), title=(title, TITLE_LENGTH_MAX), unit=(unit, UNIT_LENGTH_MAX))
    _check_lengths(fields, words=(words, WORDS_LENGTH_MAX))
    limited = bool(unit) or least is not None or most is not None
    backwards = least is not None and most is not None and least > most
    if backwards or (limited and evidence is not EvidenceKind.VALUE):
        fields.refuse("least", "step_limits")
    return Step(
        id=name,
        title=title,
        words=words,
        role=fields.choice("role", StepRole) if fields.has("role") else StepRole.CASE_HANDLER,
        person=fields.text_or_none("person") or "",
        when=_when(fields, before) if fields.values.get("when") else None,
        evidence=evidence,
        unit=unit,
        least=least,
        most=most,
        blocks=fields.flag("blocks", default=True),
    )


def _when(fields: Fields, before: Collection[Step]) -> Condition:
    said = Fields.of(fields.values["when"], fields.place("when"))
    said.only(("question", "step", "answers"))
    question, step = said.text_or_none("question") or "", said.text_or_none("step") or ""
    if bool(question) == bool(step) or (step and all(each.id != step for each in before)):
        said.refuse("step", "step_after", step=step or question)
    answers = tuple(str(answer) for answer in said.items("answers"))
    if not answers:
        said.refuse("answers", "question_never_asked")
    return Condition(question, step, answers)


def _check_lengths(fields: Fields, **texts: tuple[str, int]) -> None:
    for name, (text, most) in texts.items():
        if len(text) > most:
            fields.refuse(name, "text_too_long", most=most)


def _limit(fields: Fields, name: str) -> Decimal | None:
    said = fields.text_or_none(name)
    if said is None:
        return None
    found = _number(said)
    if found is None:
        fields.refuse(name, "step_limits")
    return found


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _check_value(step: Step, text: str) -> None:
    found = _number(text)
    if found is None:
        raise Refusal(Reason.of("step_wants_number", step=step.title), where="evidence")
    if (step.least is not None and found < step.least) or (step.most is not None and found > step.most):
        _refuse_value(step, text)


def _refuse_value(step: Step, text: str) -> NoReturn:
    facts: dict[str, str] = {"value": text, "step": step.title}
    if step.least is not None:
        facts["least"] = str(step.least)
    if step.most is not None:
        facts["most"] = str(step.most)
    raise Refusal(Reason.of("step_value_outside", **facts), where="evidence")
