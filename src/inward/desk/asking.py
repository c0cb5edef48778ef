"""The form of a request: which questions it has, which of them are asked, and whether the answers will do. Pure.

A question may be asked only where another one, before it, was answered in a certain way. What is not asked is not kept, whatever was
sent for it: the page hides it, and here it is decided.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Final

from inward.core.terms import Fields, Reason, Refusal

QUESTIONS_MAX: Final = 40
CHOICES_MAX: Final = 60
LABEL_LENGTH_MAX: Final = 200
LONG_LENGTH_MAX: Final = 4000
_QUESTION: Final = ("id", "label", "kind", "needed", "choices", "when", "help")


class QuestionKind(Enum):
    """What an answer is."""

    TEXT = "TEXT"
    LONG_TEXT = "LONG_TEXT"
    NUMBER = "NUMBER"
    DAY = "DAY"
    YES_NO = "YES_NO"
    CHOICE = "CHOICE"


@dataclass(frozen=True, slots=True)
class When:
    """That a question is asked only where another was answered with one of these."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form, in the organisation's own words."""

    id: str
    label: str
    kind: QuestionKind
    needed: bool = False
    choices: tuple[str, ...] = ()
    when: When | None = None
    help: str = ""


def read_questions(value: object, where: str = "fields") -> tuple[Question, ...]:
    """The questions of a form. Refusal, with the place, for one that could not be asked."""
    rows = Fields({where: value}).items(where)
    if len(rows) > QUESTIONS_MAX:
        raise Refusal(Reason.of("form_too_long", most=QUESTIONS_MAX), where=where)
    found: list[Question] = []
    for number, row in enumerate(rows):
        question = _question(Fields.of(row, f"{where}[{number}]"), found)
        found.append(question)
    return tuple(found)


def as_json(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """The questions as they are kept and told, which ``read_questions`` reads."""
    return [
        {
            "id": each.id,
            "label": each.label,
            "kind": each.kind.value,
            "needed": each.needed,
            "choices": list(each.choices),
            "when": None if each.when is None else {"question": each.when.question, "answers": list(each.when.answers)},
            "help": each.help,
        }
        for each in questions
    ]


def asked(questions: Sequence[Question], answers: Mapping[str, object]) -> tuple[Question, ...]:
    """The questions that are asked, given what was answered to those before them."""
    found: list[Question] = []
    shown: dict[str, str] = {}
    for each in questions:
        if each.when is None or shown.get(each.when.question, "") in each.when.answers:
            found.append(each)
            shown[each.id] = str(answers.get(each.id) or "").strip()
    return tuple(found)


def read_answers(questions: Sequence[Question], answers: Mapping[str, object]) -> dict[str, str]:
    """What was answered to the questions that are asked, as text. Refusal, with the question, for what is missing or no answer.

    Answers to questions that are not asked are left out; one to a question that the form does not have is refused.
    """
    unknown = set(answers) - {each.id for each in questions}
    if unknown:
        raise Refusal(Reason.of("answer_to_no_question", question=min(unknown)), where=f"answers.{min(unknown)}")
    found: dict[str, str] = {}
    for each in asked(questions, answers):
        text = str(answers.get(each.id) or "").replace("\0", "").strip()
        if text:
            _check(each, text)
            found[each.id] = text
        elif each.needed:
            raise Refusal(Reason.of("answer_missing", question=each.label), where=f"answers.{each.id}")
    return found


def _question(fields: Fields, before: Sequence[Question]) -> Question:
    fields.only(_QUESTION)
    name, label = fields.text("id"), fields.text("label")
    if any(each.id == name for each in before):
        fields.refuse("id", "question_twice", question=name)
    if len(label) > LABEL_LENGTH_MAX or len(name) > LABEL_LENGTH_MAX:
        fields.refuse("label", "text_too_long", most=LABEL_LENGTH_MAX)
    kind = fields.choice("kind", QuestionKind)
    choices = tuple(str(choice).strip() for choice in fields.items("choices"))
    usable = len(set(choices)) == len(choices) <= CHOICES_MAX and all(choices)
    if not usable or (kind is QuestionKind.CHOICE) != bool(choices):
        fields.refuse("choices", "question_choices", most=CHOICES_MAX)
    return Question(
        id=name,
        label=label,
        kind=kind,
        needed=fields.flag("needed"),
        choices=choices,
        when=_when(fields, before) if fields.values.get("when") else None,
        help=fields.text_or_none("help") or "",
    )


def _when(fields: Fields, before: Sequence[Question]) -> When:
    said = Fields.of(fields.values["when"], fields.place("when"))
    said.only(("question", "answers"))
    question = said.text("question")
    if all(each.id != question for each in before):
        said.refuse("question", "question_after", question=question)
    answers = tuple(str(answer) for answer in said.items("answers"))
    if not answers:
        said.refuse("answers", "question_never_asked")
    return When(question, answers)


def _check(question: Question, text: str) -> None:
    where = f"answers.{question.id}"
    most = LONG_LENGTH_MAX if question.kind is QuestionKind.LONG_TEXT else LABEL_LENGTH_MAX
    if len(text) > most:
        raise Refusal(Reason.of("text_too_long", most=most), where=where)
    if not _FITS[question.kind](question, text):
        raise Refusal(Reason.of("answer_unfit", question=question.label), where=where)


def _is_day(_question: Question, text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_number(_question: Question, text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


_FITS: Final[Mapping[QuestionKind, Callable[[Question, str], bool]]] = {
    QuestionKind.TEXT: lambda _question, text: "\n" not in text,
    QuestionKind.LONG_TEXT: lambda _question, _text: True,
    QuestionKind.NUMBER: _is_number,
    QuestionKind.DAY: _is_day,
    QuestionKind.YES_NO: lambda _question, text: text in ("YES", "NO"),
    QuestionKind.CHOICE: lambda question, text: text in question.choices,
}
