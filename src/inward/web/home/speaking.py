"""The form by which one writes to a speak-up line without a name."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from inward.desk.asking import Question
from inward.parties import queries as parties
from inward.parties import veil
from inward.parties.vocabulary import PartyKind
from inward.web.home.asking import AskForm


class WriteForm(AskForm):
    """What is written, answers to the questions of the line, and whom it concerns.

    Whoever is signed in (``inside``) is told of a name that nobody has. An outsider is not, for that would tell her who works here:
    her names that are known count, the others stay in what she wrote.
    """

    def __init__(self, *args: Any, questions: Sequence[Question], inside: bool, **more: Any) -> None:
        super().__init__(*args, questions=questions, free=False, confidential=True, **more)
        self.inside = inside
        del self.fields["customer"]
        text = self.fields["text"]
        text.label, text.required = _("What do you want to say?"), True
        text.widget.attrs["rows"] = 8
        concerned = self.fields["concerned"]
        if not inside:
            concerned = self.fields["concerned"] = forms.CharField(required=False, widget=forms.Textarea)
            concerned.widget.attrs["rows"] = 2
        concerned.label = _("Whom does it concern?")
        concerned.help_text = _(
            "Whole names, one on each line. Whoever is named, is near to them or leads them does not read this, nor learns of it."
        )

    def clean(self) -> dict[str, Any]:
        """An outsider's names: those that are known as their codes, the others as words."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.inside:
            codes, unknown = _people_in(cleaned.get("concerned", ""))
            cleaned["concerned"] = codes
            if unknown and cleaned.get("text"):
                cleaned["text"] += "\n\n" + _("It concerns: %(names)s") % {"names": ", ".join(unknown)}
        return cleaned


def _people_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Everybody who may be meant by these lines, by code, and the lines by which nobody is."""
    codes: dict[str, None] = {}
    unknown = []
    for name in filter(None, (line.strip() for line in text.splitlines())):
        found = _called(name)
        codes.update(dict.fromkeys(found))
        if not found:
            unknown.append(name)
    return tuple(codes), tuple(unknown)


def _called(name: str) -> tuple[str, ...]:
    if parties.kind_of(name) is PartyKind.PERSON:
        return (name,)
    said, closed = name.casefold(), veil.closed()
    return tuple(each.id for each in parties.world().people if each.name.casefold() == said and each.id not in closed)
