"""What a macro or a rule does, and who is told when clocks run out, as people write it: in lines. Pure.

An act begins with its name; what it needs follows a colon: ``ANSWER: Dear {name},``, ``WEIGH: SOME, NOW``, ``ASSIGN: tor-bergli``,
``HAND_OVER: facilities``, ``SOLVE: …``, ``MACRO: restart``. Its words go on in the lines below it, until the next act; such a line
that begins like an act is written two blanks further in. A level: ``75 % = OWNER``, ``240 min x 3 = HEAD``.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from inward.core.terms import Reason, Refusal
from inward.desk.acts import Act, ActKind, as_json
from inward.desk.levels import Level

_ACT: Final = re.compile(rf"({'|'.join(ActKind.__members__)})(?:\s*:[ \t]*(.*))?")
_WEIGHED: Final = re.compile(r"([A-Za-z]+)\s*,\s*([A-Za-z]+)")
_LEVEL: Final = re.compile(
    r"(?:(?P<percent>\d{1,3})\s*%|(?P<minutes>\d{1,6})\s*min(?:\s*x\s*(?P<times>\d{1,3}))?)\s*=\s*(?P<to>[A-Za-z]+)",
    re.IGNORECASE,
)
_INDENT: Final = "  "
_FIRST: Final = {ActKind.ASSIGN: "person", ActKind.WATCH: "person", ActKind.HAND_OVER: "queue", ActKind.MACRO: "macro"}
"""What stands in the first line of an act, where that is not the beginning of its words."""
_WORDED: Final = frozenset({ActKind.ANSWER, ActKind.NOTE, ActKind.SOLVE, ActKind.HAND_OVER})


def read_acts(text: str) -> list[dict[str, Any]]:
    """The acts of these lines, as ``acts.read_acts`` reads them. Refusal with the number of a line that belongs to none."""
    return [_act(number, head, below) for number, head, below in _blocks(text)]


def acts_text(acts: Sequence[Act]) -> str:
    """Acts as lines, which ``read_acts`` reads."""
    return "\n".join(map(_written, acts))


def read_levels(text: str) -> list[dict[str, Any]]:
    """The levels of these lines, as ``levels.read_levels`` reads them. Refusal with the number of a line that is none."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        said = _LEVEL.fullmatch(line.strip())
        if said is None:
            raise Refusal(Reason.of("line_unfit", line=number), where="levels")
        named = {name: int(said[name]) for name in ("percent", "minutes", "times") if said[name] is not None}
        found.append({**named, "to": said["to"].upper()})
    return found


def levels_text(levels: Sequence[Level]) -> str:
    """Levels as lines, which ``read_levels`` reads."""
    return "\n".join(f"{_when(each)} = {each.to.value}" for each in levels)


def _when(level: Level) -> str:
    return f"{level.percent} %" if level.percent is not None else f"{level.minutes} min x {level.times}"


def _blocks(text: str) -> Iterator[tuple[int, re.Match[str], list[str]]]:
    """Each act: the number of its first line, that line read, and the lines below it."""
    number, head, below = 0, None, list[str]()
    for place, line in enumerate(text.splitlines(), start=1):
        begins = _ACT.fullmatch(line.rstrip())
        if begins is None and head is None and line.strip():
            raise Refusal(Reason.of("line_unfit", line=place), where="acts")
        if begins is None:
            below.append(line.removeprefix(_INDENT))
            continue
        if head is not None:
            yield number, head, below
        number, head, below = place, begins, []
    if head is not None:
        yield number, head, below


def _act(number: int, head: re.Match[str], below: list[str]) -> dict[str, Any]:
    kind, first = ActKind(head[1]), (head[2] or "").strip()
    words = "\n".join(below).rstrip()
    found: dict[str, Any] = {"act": kind.value}
    if kind is ActKind.WEIGH:
        weighed = _WEIGHED.fullmatch(first)
        if weighed is None:
            raise Refusal(Reason.of("line_unfit", line=number), where="acts")
        found |= {"impact": weighed[1].upper(), "urgency": weighed[2].upper()}
    elif kind in _FIRST:
        found |= {_FIRST[kind]: first} if first else {}
    else:
        words = f"{first}\n{words}".strip("\n")
    if kind in _WORDED:
        found["text"] = words
    elif words.strip():
        raise Refusal(Reason.of("line_unfit", line=number + 1), where="acts")
    return found


def _written(act: Act) -> str:
    (said,) = as_json([act])
    if act.impact is not None and act.urgency is not None:
        first = f"{act.impact.value}, {act.urgency.value}"
    else:
        first = str(said.get(_FIRST.get(act.kind, ""), ""))
    lines = [_set_in(line) for line in act.text.split("\n")] if act.text else []
    if not first and lines and not lines[0].startswith(_INDENT) and lines[0]:
        first = lines.pop(0)
    head = f"{act.kind.value}: {first}" if first else act.kind.value
    return "\n".join([head, *lines])


def _set_in(line: str) -> str:
    """A line of words, further in where it would be read as something else."""
    return f"{_INDENT}{line}" if _ACT.fullmatch(line.rstrip()) or line.startswith(_INDENT) else line
