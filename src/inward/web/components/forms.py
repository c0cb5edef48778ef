"""What forms of all faces share: fields that read money and pieces as people write them, hidden promises, and what an
empty field is told.

Forms translate what was typed into values of the core and say what cannot be read; rules are in the rooms.
"""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from inward.core.terms import Money
from inward.core.terms.money import as_currency

PIECES_MAX = 100_000
REQUIRED: Final = forms.Field.default_error_messages["required"]
"""What Django says of every empty field; it does not tell what to do."""
_AMOUNT = re.compile(r"(-?\d{1,15}) ([A-Z][A-Z0-9]{2,7})")


class PiecesField(forms.IntegerField):
    """A whole number of pieces, at least one."""

    default_error_messages = {"required": _("Type how many: a whole number.")}  # noqa: RUF012 - Django's own way

    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=1, max_value=PIECES_MAX, label=more.pop("label", _("How many")), **more)
        self.widget.attrs.update({"inputmode": "numeric", "class": "quantity", "autocomplete": "off"})


class ShownMoneyField(forms.CharField):
    """The price that was shown, as the form carries it back: smallest units and currency ("12990 EUR")."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """The amount; an unreadable one is a forged form."""
        found = _AMOUNT.fullmatch(str(value or ""))
        if found is None:
            raise forms.ValidationError(_("The price in the form cannot be read. Open the page again."))
        return Money(int(found[1]), as_currency(found[2]))


def carried(amount: Money) -> str:
    """How a form carries a price that was shown."""
    return f"{amount.minor} {amount.currency}"


def wrong_words(of: forms.BoundField) -> list[str]:
    """What is wrong with a field. Of an empty one it says what belongs there (as far as the field has no words of its own)."""
    return [
        str(_empty(of.field) if message == REQUIRED else message)
        for error in of.errors.as_data()
        for message in error.messages
    ]


def _empty(field: forms.Field) -> Any:
    for kind, words in _EMPTY:
        if isinstance(field, kind):
            return words
    return _("Fill this in; it cannot be left empty.")


_EMPTY: Final = (
    (forms.MultipleChoiceField, _("Choose at least one.")),
    (forms.ChoiceField, _("Choose one from the list.")),
    (forms.BooleanField, _("Tick this to go on.")),
    (forms.FileField, _("Choose a file.")),
    (forms.DateField, _("Choose a day.")),
    (forms.EmailField, _("Type an e-mail address.")),
    (forms.IntegerField, _("Type a number.")),
)
"""What an empty field of each kind is told, special kinds before those that they are a kind of."""
