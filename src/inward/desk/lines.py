"""Forms and promises as people write them: one line each. Pure; what the lines say is read by ``asking`` and ``promises``.

A question: ``till: Which till? | NUMBER | needed``, ``how: How? | CHOICE dead; slow``, ``since: Since when? | DAY | if how = slow``,
with ``| help: …`` at the end of any. A target: ``RESPOND = 240 min``, ``RESOLVE URGENT = 1 days, end of day``. What may wait:
``CUSTOMER = RESOLVE, UPDATE; 960 min``. A place that a promise rests on: ``abc-it = 2``, by its code with its share.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from inward.core.terms import Reason, Refusal
from inward.desk.asking import Question, QuestionKind

_QUESTION: Final = re.compile(r"(?P<id>[A-Za-z0-9_-]{1,60})\s*:\s*(?P<label>.+)")
_WHEN: Final = re.compile(r"if\s+(?P<question>[A-Za-z0-9_-]+)\s*=\s*(?P<answers>.+)", re.IGNORECASE)
_TARGET: Final = re.compile(
    r"(?P<measure>[A-Z_]+)(?:\s+(?P<priority>[A-Z]+))?\s*=\s*(?P<count>[0-9./]+)\s*(?P<unit>min|days)(?P<end>,\s*end of day)?",
    re.IGNORECASE,
)
_HOLD: Final = re.compile(
    r"(?P<reason>[A-Z_]+)\s*=\s*(?P<measures>[A-Z_]+(?:\s*,\s*[A-Z_]+)*)(?:\s*;\s*(?P<most>[0-9./]+)\s*min)?",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"(?P<place>\S+)\s*=\s*(?P<share>[0-9./]+)")
_NEEDED: Final = "needed"


def read_form(text: str) -> list[dict[str, Any]]:
    """The questions of these lines, as ``asking.read_questions`` reads them. Refusal with the number of a line that is none."""
    return [_question(number, line) for number, line in _lines(text)]


def form_text(questions: Sequence[Question]) -> str:
    """The questions as lines, which ``read_form`` reads."""
    return "\n".join(map(_question_line, questions))


def read_targets(text: str) -> dict[str, dict[str, dict[str, Any]]]:
    """The targets of these lines, as ``promises.read_terms`` reads them. Refusal with the number of a line that is none."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for number, line in _lines(text):
        said = _TARGET.fullmatch(line)
        by_priority = {} if said is None else found.setdefault(said["measure"].upper(), {})
        priority = "" if said is None else (said["priority"] or "").upper()
        if said is None or priority in by_priority:
            raise _unfit(number, "targets")
        if said["unit"].lower() == "min":
            by_priority[priority] = {"minutes": said["count"]}
        else:
            by_priority[priority] = {"dates": _whole(said["count"], number)}
        if said["end"]:
            by_priority[priority]["end"] = "END_OF_DAY"
    return found


def targets_text(targets: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """Targets, as ``promises.as_json`` tells them, as lines."""
    return "\n".join(
        f"{measure}{f' {priority}' if priority else ''} = {_within(within)}"
        for measure, by_priority in targets.items()
        for priority, within in by_priority.items()
    )


def read_holds(text: str) -> dict[str, dict[str, Any]]:
    """What may wait by these lines, as ``promises.read_terms`` reads it. Refusal with the number of a line that is none."""
    found: dict[str, dict[str, Any]] = {}
    for number, line in _lines(text):
        said = _HOLD.fullmatch(line)
        if said is None or said["reason"].upper() in found:
            raise _unfit(number, "holds")
        measures = [part.strip().upper() for part in said["measures"].split(",")]
        found[said["reason"].upper()] = {"measures": measures, "minutes_max": said["most"]}
    return found


def holds_text(holds: Mapping[str, Mapping[str, Any]]) -> str:
    """What may wait, as ``promises.as_json`` tells it, as lines."""
    return "\n".join(_hold_line(reason, hold) for reason, hold in holds.items())


def read_chain(text: str) -> list[dict[str, str]]:
    """The chain of these lines, as ``promises.read_terms`` reads it. Refusal with the number of a line that is none."""
    found = []
    for number, line in _lines(text):
        said = _LINK.fullmatch(line)
        if said is None:
            raise _unfit(number, "chain")
        found.append({"place": said["place"], "share": said["share"]})
    return found


def chain_text(chain: Sequence[Mapping[str, str]]) -> str:
    """A chain, as ``promises.as_json`` tells it, as lines."""
    return "\n".join(f"{link['place']} = {link['share']}" for link in chain)


def _hold_line(reason: str, hold: Mapping[str, Any]) -> str:
    most = hold["minutes_max"]
    return f"{reason} = {', '.join(hold['measures'])}" + ("" if most is None else f"; {most} min")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line.strip()


def _question(number: int, line: str) -> dict[str, Any]:
    head, *parts = (part.strip() for part in line.split("|"))
    named = _QUESTION.fullmatch(head)
    if named is None:
        raise _unfit(number, "fields")
    found: dict[str, Any] = {"id": named["id"], "label": named["label"].strip(), "kind": QuestionKind.TEXT.value}
    for part in parts:
        word, _, rest = part.partition(" ")
        when = _WHEN.fullmatch(part)
        if when is not None:
            found["when"] = {"question": when["question"], "answers": _listed(when["answers"])}
        elif part.lower() == _NEEDED:
            found["needed"] = True
        elif part.lower().startswith("help:"):
            found["help"] = part[len("help:") :].strip()
        elif word.upper() in QuestionKind.__members__:
            found["kind"] = word.upper()
            if rest.strip():
                found["choices"] = _listed(rest)
        else:
            raise _unfit(number, "fields")
    return found


def _question_line(question: Question) -> str:
    parts = [f"{question.id}: {question.label}", " ".join([question.kind.value, "; ".join(question.choices)]).strip()]
    if question.needed:
        parts.append(_NEEDED)
    if question.when is not None:
        parts.append(f"if {question.when.question} = {'; '.join(question.when.answers)}")
    if question.help:
        parts.append(f"help: {question.help}")
    return " | ".join(parts)


def _within(within: Mapping[str, Any]) -> str:
    if "minutes" in within:
        return f"{within['minutes']} min"
    return f"{within['dates']} days" + (", end of day" if within["end"] == "END_OF_DAY" else "")


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _whole(text: str, number: int) -> int:
    if not text.isdigit():
        raise _unfit(number, "targets")
    return int(text)


def _unfit(number: int, where: str) -> Refusal:
    return Refusal(Reason.of("line_unfit", line=number), where=where)
