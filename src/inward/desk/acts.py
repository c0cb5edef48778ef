"""What a macro or a rule does: acts as they are written, and words with safe places. Pure.

There is no template language: five places are filled once, from left to right, and what is filled in is never read again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from inward.core.terms import Fields, Reason, Refusal
from inward.desk.casewords import Impact, Urgency

ACTS_MAX: Final = 10
TEXT_LENGTH_MAX: Final = 10_000
PLACES: Final = ("name", "number", "subject", "due", "handler")
_PLACE: Final = re.compile(r"\{([^{}]*)\}")


class ActKind(Enum):
    """Something that is done to a case."""

    ANSWER = "ANSWER"
    NOTE = "NOTE"
    ASSIGN = "ASSIGN"
    HAND_OVER = "HAND_OVER"
    WEIGH = "WEIGH"
    WATCH = "WATCH"
    SOLVE = "SOLVE"
    MACRO = "MACRO"
    """What a macro does; in rules alone."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act, with what it needs of these: words, a person, a queue, how urgent, or the code of a macro.

    ``person`` is empty in ASSIGN for whoever acts; a rule names one.
    """

    kind: ActKind
    text: str = ""
    person: str = ""
    queue: str = ""
    impact: Impact | None = None
    urgency: Urgency | None = None
    macro: str = ""


_NEEDS: Final[Mapping[ActKind, tuple[str, ...]]] = {
    ActKind.ANSWER: ("text",),
    ActKind.NOTE: ("text",),
    ActKind.ASSIGN: (),
    ActKind.HAND_OVER: ("queue", "text"),
    ActKind.WEIGH: ("impact", "urgency"),
    ActKind.WATCH: ("person",),
    ActKind.SOLVE: ("text",),
    ActKind.MACRO: ("macro",),
}


def read_acts(value: object, where: str = "acts", *, by_rule: bool = False) -> tuple[Act, ...]:
    """The acts of a macro or (``by_rule``) of a rule. Refusal, with the place, for none, too many, and one that cannot be done.

    A rule never says that something is solved, and gives it to somebody by name; a macro does no other macro.
    """
    rows = list(Fields({where: value}).rows(where))
    if not 1 <= len(rows) <= ACTS_MAX:
        raise Refusal(Reason.of("acts_many", most=ACTS_MAX), where=where)
    return tuple(_act(fields, by_rule=by_rule) for fields in rows)


def as_json(acts: Sequence[Act]) -> list[dict[str, Any]]:
    """The acts as they are kept and told, which ``read_acts`` reads."""
    return [{"act": each.kind.value, **_said(each)} for each in acts]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Words with their places filled; what was filled in is not looked at again."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), text)


def _said(act: Act) -> dict[str, Any]:
    said = {"text": act.text, "person": act.person, "queue": act.queue, "macro": act.macro}
    found: dict[str, Any] = {name: value for name, value in said.items() if value}
    if act.impact is not None and act.urgency is not None:
        found |= {"impact": act.impact.value, "urgency": act.urgency.value}
    return found


def _act(fields: Fields, *, by_rule: bool) -> Act:
    kind = fields.choice("act", ActKind)
    if kind is (ActKind.SOLVE if by_rule else ActKind.MACRO):
        fields.refuse("act", "act_not_here")
    needs = _NEEDS[kind]
    if kind is ActKind.ASSIGN and (by_rule or fields.has("person")):
        needs = ("person",)
    fields.only(("act", *needs))
    return Act(
        kind=kind,
        text=_text(fields) if "text" in needs else "",
        person=fields.text("person") if "person" in needs else "",
        queue=fields.text("queue") if "queue" in needs else "",
        impact=fields.choice("impact", Impact) if "impact" in needs else None,
        urgency=fields.choice("urgency", Urgency) if "urgency" in needs else None,
        macro=fields.text("macro") if "macro" in needs else "",
    )


def _text(fields: Fields) -> str:
    text = fields.text("text")
    if len(text) > TEXT_LENGTH_MAX:
        fields.refuse("text", "text_too_long", most=TEXT_LENGTH_MAX)
    unknown = [place for place in _PLACE.findall(text) if place not in PLACES]
    if unknown:
        fields.refuse("text", "place_unknown", place=unknown[0][:60], places=", ".join(PLACES))
    return text
