"""Steps of a procedure as lines that somebody types in the office, and how a step reads there.

A step is a line of parts between bars: its name and title, then in any order what shows that it was done (``text``, ``file``,
``signed``, ``number 11.1 to 12.6 V``), who does it (``owner``, ``by CODE``), when it is asked (``if QUESTION = A, B``, ``after STEP =
DONE``), ``open`` where it does not block, and anything else as words about it.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from inward.core.terms import Reason, Refusal
from inward.desk.steps import Condition, EvidenceKind, Step, StepRole
from inward.kit import vocabularies
from inward.parties import queries as parties
from inward.web.components import formats

_FIRST: Final = re.compile(r"(?P<id>[^\s:|]+)\s*:\s*(?P<title>.+)")
_NUMBER: Final = re.compile(
    r"number(?:\s+(?P<least>[-\d.]+)?\s*to\s*(?P<most>[-\d.]+)?)?(?:\s+(?P<unit>\S+))?", re.ASCII
)
_WHEN: Final = re.compile(r"(?P<how>if|after)\s+(?P<what>[^=]+?)\s*=\s*(?P<answers>.+)")
_BY: Final = re.compile(r"by\s+(?P<person>\S+)")
_PLAIN: Final = {"text": EvidenceKind.TEXT, "file": EvidenceKind.FILE, "signed": EvidenceKind.SIGNED}


def read(typed: str) -> list[dict[str, Any]]:
    """The steps of what was typed, as the operation takes them. Refusal for a line without a name and a title."""
    lines = [line.strip() for line in typed.splitlines()]
    return [_step(line) for line in lines if line]


def written(steps: Sequence[Step]) -> str:
    """The steps as lines that ``read`` reads."""
    return "\n".join(" | ".join(_parts(each)) for each in steps)


def told(step: Step) -> str:
    """A step in a sentence, for its page."""
    parts = [step.title]
    if step.evidence is EvidenceKind.VALUE:
        parts.append(_limits(step))
    elif step.evidence is not EvidenceKind.NONE:
        parts.append(_label("step_evidence", step.evidence.value))
    if step.person:
        parts.append(parties.name_of(step.person))
    elif step.role is StepRole.SERVICE_OWNER:
        parts.append(_label("step_role", step.role.value))
    if step.when is not None:
        facts = {"what": step.when.question or step.when.step, "answers": ", ".join(step.when.answers)}
        parts.append(_("only after %(what)s: %(answers)s") % facts)
    if not step.blocks:
        parts.append(_("may be left open"))
    return " · ".join(parts)


def _step(line: str) -> dict[str, Any]:
    first, *rest = (part.strip() for part in line.split("|"))
    named = _FIRST.fullmatch(first)
    if named is None:
        raise Refusal(Reason.of("stage_not_readable", line=line[:80]), where="steps")
    found: dict[str, Any] = {"id": named["id"], "title": named["title"].strip()}
    words = [part for part in rest if part and not _said(part, found)]
    return {**found, "words": "\n".join(words)} if words else found


def _said(part: str, found: dict[str, Any]) -> bool:
    """Whether a part says something that is known, which is then in ``found``."""
    if part in _PLAIN:
        found["evidence"] = _PLAIN[part].value
    elif part == "open":
        found["blocks"] = False
    elif part == "owner":
        found["role"] = StepRole.SERVICE_OWNER.value
    elif (number := _NUMBER.fullmatch(part)) is not None:
        found.update({"evidence": EvidenceKind.VALUE.value, **number.groupdict(default="")})
    elif (when := _WHEN.fullmatch(part)) is not None:
        answers = [each.strip() for each in when["answers"].split(",") if each.strip()]
        found["when"] = {"question" if when["how"] == "if" else "step": when["what"], "answers": answers}
    elif (by := _BY.fullmatch(part)) is not None:
        found["person"] = by["person"]
    else:
        return False
    return True


def _parts(step: Step) -> list[str]:
    parts = [f"{step.id}: {step.title}"]
    if step.evidence is EvidenceKind.VALUE:
        least, most = step.least, step.most
        between = (
            ""
            if least is None and most is None
            else f"{'' if least is None else least} to {'' if most is None else most}"
        )
        parts.append(" ".join(filter(None, ("number", between.strip(), step.unit))))
    parts += [name for name, kind in _PLAIN.items() if kind is step.evidence]
    if step.role is StepRole.SERVICE_OWNER:
        parts.append("owner")
    if step.person:
        parts.append(f"by {step.person}")
    if step.when is not None:
        parts.append(_when(step.when))
    if not step.blocks:
        parts.append("open")
    return [*parts, *step.words.splitlines()]


def _when(when: Condition) -> str:
    how, what = ("if", when.question) if when.question else ("after", when.step)
    return f"{how} {what} = {', '.join(when.answers)}"


def _limits(step: Step) -> str:
    facts = {"least": str(step.least), "most": str(step.most), "unit": step.unit}
    if step.least is not None and step.most is not None:
        return (_("between %(least)s and %(most)s %(unit)s") % facts).strip()
    if step.least is not None:
        return (_("at least %(least)s %(unit)s") % facts).strip()
    if step.most is not None:
        return (_("at most %(most)s %(unit)s") % facts).strip()
    return (_label("step_evidence", step.evidence.value) + " " + step.unit).strip()


def _label(sort: str, value: str) -> str:
    return vocabularies.label(sort, value, formats.language())
