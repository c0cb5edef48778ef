"""The form of an act, made of its declaration; where a refusal belongs in it; and what it would change, line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from inward.core.terms import Refusal
from inward.web.components import formats
from inward.web.components.errors import words
from inward.web.components.forms import wrong_words
from inward.web.office import showing
from inward.web.office.declaring import Act, Field, Looking

SOURCE: Final = "source"
EVIDENCE: Final = "evidence"
PAPER: Final = "paper"
"""The file as it is chosen; what was brought already is carried as ``EVIDENCE``, by its reference."""
SOURCE_LENGTH_MAX: Final = 200
STEPS: Final = ("preview", "save", "edit")


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the preview: what is it called, what it was and what it becomes."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line of the error summary: the field it leads to ("" for the form as a whole), and what is wrong."""

    field: str
    label: str
    words: str


def takes_file(act: Act) -> bool:
    """Whether a form asks for a file: its act keeps one, and this installation takes any."""
    return act.keeps_evidence and settings.INWARD_EVIDENCE_MB > 0


class ActForm(forms.Form):
    """The fields of an act, then why and on whose word. ``promise`` makes the second of two equal submissions none."""

    promise = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        act: Act,
        looking: Looking,
        record: Any,
        *,
        data: Any = None,
        brought: str = "",
        promise: str = "",
        given: Mapping[str, str] | None = None,
    ) -> None:
        """``given`` fills in what a link knows already; ``data`` is what was sent, ``brought`` what its file is called."""
        self.act, self.record, self.brought = act, record, brought
        self.known: Mapping[str, Any] = act.initial(looking, record)
        super().__init__(data, initial={"promise": promise, **self.known, **(given or {})})
        for field in act.form:
            self.fields[field.name] = field.make(looking, record)
            if field.spoken and formats.spoken_language():
                self.fields[field.name].widget.attrs["lang"] = formats.spoken_language()
        if act.keeps_source:
            self.fields[SOURCE] = forms.CharField(
                label=gettext_lazy("Why, and on whose word"),
                max_length=SOURCE_LENGTH_MAX,
                required=False,
                help_text=gettext_lazy(
                    "Kept for good and shown in the history: a letter, a register, a decision. Name papers, not people."
                ),
            )
        if takes_file(act):
            self._ask_for_evidence(brought)

    def _ask_for_evidence(self, brought: str) -> None:
        """A file to choose, and whether the one that was brought before stays."""
        if brought:
            kept = [(str(self.data.get(EVIDENCE, "")), brought), ("", gettext_lazy("none"))]
            label = gettext_lazy("File that shows it")
            self.fields[EVIDENCE] = forms.ChoiceField(label=label, choices=kept, required=False)
        self.fields[PAPER] = forms.FileField(
            label=gettext_lazy("Another file instead") if brought else gettext_lazy("File that shows it"),
            required=False,
            help_text=gettext_lazy(
                "PDF, picture, text, table or document, at most %(megabytes)s MB. Whoever may see this may read it; each reading is noted."
            )
            % {"megabytes": settings.INWARD_EVIDENCE_MB},
        )

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by the fields of the act."""
        return {field.name: self.cleaned_data.get(field.name) for field in self.act.form}

    @property
    def source(self) -> str:
        """On whose word."""
        return str(self.cleaned_data.get(SOURCE, ""))

    def refuse(self, refusal: Refusal) -> None:
        """Say at its field what the room refuses, or above the form when no field is to blame."""
        place = refusal.where.rpartition(".")[2]
        self.add_error(place if place in self.fields else None, words(refusal.reason))

    def wrongs(self) -> tuple[Wrong, ...]:
        """Every mistake, for the summary above the form."""
        found: list[Wrong] = []
        for name, errors in self.errors.items():
            field = self[name] if name in self.fields else None
            if field is None:
                found += [Wrong("", "", str(error)) for error in errors]
            else:
                found += [Wrong(str(field.id_for_label), str(field.label), said) for said in wrong_words(field)]
        return tuple(found)

    def changes(self) -> tuple[Change, ...]:
        """What would be another than it is known now, in the order of the form."""
        lines = (self._change(field) for field in self.act.form)
        return tuple(line for line in lines if line.before != line.after)

    def carried(self) -> Iterable[tuple[str, str]]:
        """What was sent, as hidden fields that send it again; of a file its reference."""
        for name in self.fields:
            if name == PAPER:
                continue
            sent = self.data.getlist(name) if isinstance(self.data, MultiValueDict) else [self.data.get(name, "")]
            for value in sent:
                yield name, str(value)

    def _change(self, asked: Field) -> Change:
        name = asked.name
        after = self.cleaned_data.get(name)
        # What a form proposes for something new is not known yet: a day that nobody changed is still to be read.
        before = None if self.record is None or name in self.act.proposes else self.known.get(name)
        return Change(str(self.fields[name].label), self._read(asked, before), self._read(asked, after))

    def _read(self, asked: Field, value: Any) -> str:
        field = self.fields[asked.name]
        if asked.shown is not None and value not in (None, ""):
            value = asked.shown(value)
        elif isinstance(field, forms.ChoiceField):
            value = dict(field.choices).get(value, value)  # type: ignore[arg-type]  # ours are flat
        return showing.marked(value, spoken=asked.spoken)
