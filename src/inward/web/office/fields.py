"""Fields that the office's forms are made of: texts, days, shares, choices, parties by name or code.

Each is a factory for ``declaring.Field.make``. They turn what people type into values of the core and say what cannot be
read; rules are the rooms'. A last day is typed as people say it and becomes the first day after it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final, TypeAlias

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inward.core.classification import Band
from inward.core.terms import Money, Reason, Refusal
from inward.core.terms.money import as_currency
from inward.core.terms.number import exact, exact_text
from inward.parties import queries, register
from inward.parties.vocabulary import PartyKind
from inward.web.components import formats
from inward.web.components.naming import full_name
from inward.web.components.people import WholeNameField
from inward.web.office.declaring import Looking, Text

Make: TypeAlias = Callable[[Looking, Any], forms.Field]
Choices: TypeAlias = Callable[[Looking, Any], Iterable[tuple[str, str]]]
CHOICES_MAX: Final = 200
"""A list to choose from is no longer than this; beyond it a name or code is typed."""
_NAMED_MAX: Final = 5
_SHARE_WORDS: Final = gettext_lazy("Type the share in percent, such as 60 or 33.3 or 100/3.")
_NUMBER_WORDS: Final = gettext_lazy("Type a number, such as 129.90.")
_NAME_WORDS: Final = gettext_lazy("Type a name or a code.")
_SHARE_LENGTH_MAX: Final = 60
_SHARE_MAX: Final = 100
"""A hundred times the whole: beyond it, and with more digits than a column keeps, nobody meant what was typed."""


class LastDayField(forms.DateField):
    """The last day on which something holds; cleaned it is the first on which it no longer does."""

    def clean(self, value: Any) -> date | None:
        """The day after the one that was typed."""
        last = super().clean(value)
        if last == date.max:
            raise forms.ValidationError(_("This day is too far away. Leave it empty for ever."))
        return None if last is None else last + timedelta(days=1)

    def prepare_value(self, value: Any) -> Any:
        """The last day of a period that ends before ``value``; what was typed stays as it is."""
        return value - timedelta(days=1) if isinstance(value, date) else value


class ShareField(forms.Field):
    """A share in percent, exactly: "60", "33,3", "100/3"; cleaned it is a fraction of one."""

    default_error_messages = {"required": _SHARE_WORDS}  # noqa: RUF012 - Django's own way

    def to_python(self, value: Any) -> Any:
        """The fraction."""
        text = str(value or "").strip().rstrip("%").strip()
        if not text:
            return None
        try:
            share = exact(text.replace(",", ".")) / 100
        except ValueError:
            share = None
        if share is None or abs(share) > _SHARE_MAX or len(str(share)) > _SHARE_LENGTH_MAX:
            raise forms.ValidationError(_SHARE_WORDS)
        return share

    def prepare_value(self, value: Any) -> Any:
        """In percent again."""
        return exact_text(value * 100) if isinstance(value, Fraction) else value


class BandField(ShareField):
    """A share, or the band it lies in: "60", "25..50", ">25..50", "75..<100"; cleaned it is a fraction of one or a ``Band``."""

    def to_python(self, value: Any) -> Any:
        """The fraction or the band."""
        low, band, high = str(value or "").partition("..")
        if not band:
            return super().to_python(value)
        low, high = low.strip(), high.strip()
        found = super().to_python(low.removeprefix(">") or "0"), super().to_python(high.removeprefix("<") or "100")
        return Band(*found, low.startswith(">"), high.startswith("<"))

    def prepare_value(self, value: Any) -> Any:
        """In percent again."""
        if not isinstance(value, Band):
            return super().prepare_value(value)
        ends = ">" if value.low_open else "", "<" if value.high_open else ""
        return f"{ends[0]}{exact_text(value.low * 100)}..{ends[1]}{exact_text(value.high * 100)}"


class PartyField(forms.CharField):
    """A party by code or name, among those that the viewer looks after; cleaned it is the code ("" for none)."""

    default_error_messages = {"required": _NAME_WORDS}  # noqa: RUF012 - Django's own way

    def __init__(self, looking: Looking, kinds: tuple[PartyKind, ...], **more: Any) -> None:
        super().__init__(max_length=240, **more)
        self.looking, self.kinds = looking, kinds

    def to_python(self, value: Any) -> Any:
        """The code of the one party that is meant."""
        typed = str(super().to_python(value) or "").replace("\0", "")
        if not typed:
            return ""
        if queries.kind_of(typed) in self.kinds:
            return typed
        looking = self.looking
        found = [
            party
            for kind in self.kinds
            for party in register.found_by_name(viewer=looking.viewer, at=looking.at, kind=kind, name=typed)
        ]
        if len(found) == 1:
            return found[0].code
        if not found:
            raise forms.ValidationError(_("Nobody is known by this name or code: %(typed)s") % {"typed": typed})
        named = "; ".join(f"{full_name(party.code, on=looking.on)} ({party.code})" for party in found[:_NAMED_MAX])
        raise forms.ValidationError(_("Several fit. Type the code of one of them: %(named)s") % {"named": named})


class NumberField(forms.Field):
    """An exact number as people write it: "129.90", "129,90", "100/3"; cleaned it is the text that files write ("" for none)."""

    default_error_messages = {"required": _NUMBER_WORDS}  # noqa: RUF012 - Django's own way

    def to_python(self, value: Any) -> Any:
        """The number as text with a decimal point, to be read by the core."""
        typed = str(value or "").strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
        if not typed:
            return ""
        try:
            exact(typed if len(typed) <= _SHARE_LENGTH_MAX else "")
        except ValueError:
            raise forms.ValidationError(_NUMBER_WORDS) from None
        return typed


class ThingField(forms.CharField):
    """One of many things by code or name; ``known`` gives them by code. Cleaned it is the code ("" for none)."""

    default_error_messages = {"required": _NAME_WORDS}  # noqa: RUF012 - Django's own way

    def __init__(self, known: Callable[[], Mapping[str, str]], **more: Any) -> None:
        super().__init__(max_length=240, **more)
        self.known = known

    def to_python(self, value: Any) -> Any:
        """The code of the one that is meant."""
        typed = str(super().to_python(value) or "").replace("\0", "")
        known = self.known()
        if not typed or typed in known:
            return typed
        words = typed.casefold().split()
        found = [code for code, name in known.items() if all(word in name.casefold() for word in words)]
        exactly = [code for code in found if known[code].casefold() == typed.casefold()]
        if len(exactly or found) == 1:
            return (exactly or found)[0]
        if not found:
            raise forms.ValidationError(_("Nothing is known by this name or code: %(typed)s") % {"typed": typed})
        named = "; ".join(f"{known[code]} ({code})" for code in found[:_NAMED_MAX])
        raise forms.ValidationError(_("Several fit. Type the code of one of them: %(named)s") % {"named": named})


def number(label: Text, *, required: bool = True, help: Text = "") -> Make:
    """An exact number."""
    return lambda _looking, _record: NumberField(
        label=label, required=required, help_text=help, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )


def currency(label: Text, *, required: bool = True, help: Text = "") -> Make:
    """The code of a currency; the rooms say what is none."""
    return lambda _looking, _record: forms.CharField(label=label, max_length=8, required=required, help_text=help)


def flag(label: Text, *, help: Text = "") -> Make:
    """A tick box."""
    return lambda _looking, _record: forms.BooleanField(label=label, required=False, help_text=help)


def area(label: Text, *, required: bool = False, help: Text = "", most: int = 5000) -> Make:
    """Several lines of text."""
    return lambda _looking, _record: forms.CharField(
        label=label, required=required, help_text=help, max_length=most, widget=forms.Textarea(attrs={"rows": 4})
    )


def several(label: Text, options: Choices, *, required: bool = False, help: Text = "") -> Make:
    """Any number of a list; none may mean all, as its help says, unless one at least is ``required``."""

    def made(looking: Looking, record: Any) -> forms.Field:
        known = list(options(looking, record))
        widget = forms.SelectMultiple(attrs={"size": min(len(known), 8) or 1})
        return forms.MultipleChoiceField(
            label=label,
            choices=known,
            required=required,
            help_text=help,
            widget=widget,
            error_messages={"required": _("Choose at least one.")},
        )

    return made


def one_of_many(label: Text, known: Callable[[], Mapping[str, str]], *, required: bool = True, help: Text = "") -> Make:
    """One of many things, by code or name."""
    return lambda _looking, _record: ThingField(known, label=label, required=required, help_text=help)


def text(label: Text, *, most: int = 200, required: bool = True, help: Text = "") -> Make:
    """A line of text."""
    return lambda _looking, _record: forms.CharField(label=label, max_length=most, required=required, help_text=help)


def email(label: Text, *, required: bool = False) -> Make:
    """An e-mail address."""
    return lambda _looking, _record: forms.EmailField(label=label, max_length=254, required=required)


def day(label: Text, *, required: bool = True, help: Text = "") -> Make:
    """A day."""
    return lambda _looking, _record: forms.DateField(
        label=label, required=required, help_text=help, widget=_day_widget(), input_formats=["%Y-%m-%d"]
    )


def last_day(label: Text, *, required: bool = True, help: Text = "") -> Make:
    """A last day; its value is the day after."""
    return lambda _looking, _record: LastDayField(
        label=label, required=required, help_text=help, widget=_day_widget(), input_formats=["%Y-%m-%d"]
    )


def share(label: Text, *, required: bool = True, help: Text = "") -> Make:
    """A share in percent."""
    return lambda _looking, _record: ShareField(label=label, required=required, help_text=help)


def band(label: Text, *, required: bool = True, help: Text = "") -> Make:
    """A share in percent, or the band it lies in."""
    return lambda _looking, _record: BandField(label=label, required=required, help_text=help)


def whole(label: Text, *, required: bool = True, help: Text = "", least: int = 0, most: int = 10**12) -> Make:
    """A whole number."""
    return lambda _looking, _record: forms.IntegerField(
        label=label, required=required, help_text=help, min_value=least, max_value=most
    )


def choice(label: Text, options: Choices, *, required: bool = True, none: Text = "", help: Text = "") -> Make:
    """One of a list; ``none`` is what the empty choice is called where none may be chosen."""

    def made(looking: Looking, record: Any) -> forms.Field:
        known = list(options(looking, record))
        empty = [] if required and known else [("", none)]
        return forms.ChoiceField(label=label, choices=[*empty, *known], required=required, help_text=help)

    return made


def company(label: Text, *, required: bool = True, none: Text = "", help: Text = "") -> Make:
    """A company whose records the viewer looks after: from a list while it is short, by name or code beyond."""

    def made(looking: Looking, record: Any) -> forms.Field:
        known = companies(looking)
        if len(known) > CHOICES_MAX:
            return PartyField(looking, (PartyKind.COMPANY,), label=label, required=required, help_text=help)
        return choice(label, lambda _looking, _record: known, required=required, none=none, help=help)(looking, record)

    return made


def party(label: Text, *kinds: PartyKind, required: bool = True, help: Text = "") -> Make:
    """A party of one of these kinds, by name or code."""
    return lambda looking, _record: PartyField(looking, kinds, label=label, required=required, help_text=help)


def person_by_whole_name(label: Text, *, help: Text = "") -> Make:
    """A person by code or whole name, whoever looks after her records."""
    return lambda _looking, _record: WholeNameField(label=label, help_text=help, max_length=240)


def companies(looking: Looking) -> list[tuple[str, str]]:
    """The companies whose records the viewer looks after, by name; from what is kept in memory."""
    over = looking.viewer.parties("DATA_ADMINISTRATOR", on=looking.at.date())
    here = queries.world().company
    names = queries.names(here if over is None else over & here.keys())
    return sorted(names.items(), key=lambda pair: (pair[1], pair[0]))


def name(code: Any) -> str:
    """A party's code as its name, for previews."""
    return full_name(str(code), on=date.max) if code else ""


def money_of(values: Mapping[str, Any], name: str, unusable: Callable[[str], Reason]) -> Money:
    """An amount of two fields: the number typed under ``name``, in the ``currency`` beside it. Refusal at the number for what is
    no amount, with the reason that ``unusable`` makes of what was typed.
    """
    try:
        return Money.of(values[name], as_currency(values["currency"].upper()))
    except ValueError:
        raise Refusal(unusable(f"{values[name]} {values['currency']}"), where=name) from None


def day_before(until: Any) -> Any:
    """The last day of what ends before ``until``, for previews."""
    return until - timedelta(days=1) if isinstance(until, date) else until


def percent(fraction: Any) -> Any:
    """A fraction of one as percent, for previews; or the band it lies in."""
    if isinstance(fraction, Band):
        return formats.held_share(fraction)
    return f"{formats.count(fraction * 100)} %" if isinstance(fraction, Fraction) else fraction


def _day_widget() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
