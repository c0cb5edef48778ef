"""The form of a request as a page shows it: its questions as fields; what is refused is said where it stands.

What is asked, needed and fit is for the room to say; here it is only shown and read.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.terms import Refusal
from inward.desk.asking import Question, QuestionKind
from inward.desk.casewords import Impact, Urgency
from inward.kit import vocabularies
from inward.web.components import formats
from inward.web.components.errors import words
from inward.web.components.people import WholeNameField

ANSWER: Final = "answer-"
"""Begins the name of a field that holds an answer; the question's id follows."""
_PLACES: Final = {"subject": "subject", "text": "text", "customer": "customer", "concerned": "concerned"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page shows it: its field, and after which answers to which field it is asked."""

    field: forms.BoundField
    when: str = ""
    answers: str = ""
    when_words: str = ""


class PeopleField(forms.CharField):
    """Several people by code or whole name, one a line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        """Their codes."""
        one = WholeNameField(required=False)
        lines = str(super().clean(value) or "").splitlines()
        return tuple(code for line in lines if (code := one.clean(line)))


class AskForm(forms.Form):
    """What is asked of a queue, in one's own words or by the form of a request."""

    customer = WholeNameField(
        label=__("For a colleague"),
        required=False,
        max_length=240,
        help_text=__("Whole name or code. Leave it empty if it is for yourself, or for whom you act."),
    )
    subject = forms.CharField(label=__("What is it about?"), required=False)
    text = forms.CharField(label=__("In your words"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    impact = forms.ChoiceField(label=__("How many cannot work?"), required=False)
    urgency = forms.ChoiceField(label=__("How long can it wait?"), required=False)
    concerned = PeopleField(
        label=__("Whom is it about?"),
        required=False,
        help_text=__(
            "Whole names, one on each line. Whoever is named, is near to them or leads them does not handle it and does not learn of it."
        ),
    )

    def __init__(
        self, *args: Any, questions: Sequence[Question] = (), free: bool, confidential: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.questions, language = tuple(questions), formats.language()
        if free:
            self.fields["impact"].choices = _labels("impact", Impact, language)  # type: ignore[attr-defined]
            self.fields["urgency"].choices = _labels("urgency", Urgency, language)  # type: ignore[attr-defined]
            self.initial = {"impact": Impact.ONE.value, "urgency": Urgency.SOON.value, **self.initial}
            self.fields["text"].required = True
        else:
            for name in ("subject", "impact", "urgency"):
                del self.fields[name]
            self.fields["text"].label = _("Anything else?") if questions else _("In your words")
            self.fields["text"].widget.attrs["rows"] = 3
        if confidential:
            self.fields["concerned"].widget.attrs["rows"] = 2
        else:
            del self.fields["concerned"]
        for question in questions:
            self.fields[ANSWER + question.id] = _field(question)

    @property
    def answers(self) -> Mapping[str, object]:
        """What was answered, by question; empty ones are none."""
        given = ((each.id, self.data.get(ANSWER + each.id, "")) for each in self.questions)
        return {name: text for name, text in given if str(text).strip()}

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The questions in their order."""
        labels = {each.id: each.label for each in self.questions}
        return tuple(self._asked(each, labels) for each in self.questions)

    @property
    def typed(self) -> dict[str, str]:
        """Everything typed, to be kept as a draft."""
        return {name: str(self.data.get(name, "")) for name in self.fields}

    def refuse(self, refusal: Refusal) -> None:
        """Say what the room refused at the field it is about, or above the form."""
        place = refusal.where or ""
        name = ANSWER + place.removeprefix("answers.") if place.startswith("answers.") else _PLACES.get(place, "")
        self.add_error(name if name in self.fields else None, words(refusal.reason))

    def _asked(self, question: Question, labels: Mapping[str, str]) -> Asked:
        field = self[ANSWER + question.id]
        if question.when is None:
            return Asked(field)
        said = {"question": labels[question.when.question], "answers": " / ".join(map(_said, question.when.answers))}
        return Asked(
            field,
            when=ANSWER + question.when.question,
            answers=json.dumps(list(question.when.answers)),
            when_words=_("Only if you answered “%(answers)s” to: %(question)s") % said,
        )


def _labels(sort: str, values: type[Impact | Urgency], language: str) -> list[tuple[str, str]]:
    return [(each.value, vocabularies.label(sort, each.value, language)) for each in reversed(list(values))]


def _said(answer: str) -> str:
    return {"YES": _("Yes"), "NO": _("No")}.get(answer, answer)


def _field(question: Question) -> forms.Field:
    """A field that shows the question; nothing is decided by it, so none is required here."""
    more: dict[str, Any] = {"label": question.label, "required": False, "help_text": question.help}
    match question.kind:
        case QuestionKind.LONG_TEXT:
            field: forms.Field = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **more)
        case QuestionKind.NUMBER:
            field = forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "quantity"}), **more)
        case QuestionKind.DAY:
            field = forms.CharField(widget=forms.TextInput(attrs={"type": "date"}), **more)
        case QuestionKind.YES_NO:
            field = _choice([("YES", _("Yes")), ("NO", _("No"))], more)
        case QuestionKind.CHOICE:
            field = _choice([(choice, choice) for choice in question.choices], more)
        case QuestionKind.TEXT:
            field = forms.CharField(**more)
    field.needed = question.needed  # type: ignore[attr-defined]
    return field


def _choice(choices: list[tuple[str, str]], more: dict[str, Any]) -> forms.Field:
    """One of a few. What is none of them is left for the room to refuse, in its words."""
    return forms.CharField(widget=forms.Select(choices=[("", "–"), *choices]), **more)
