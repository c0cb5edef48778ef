"""What forms of all faces share: fields that read money and pieces as people write them, and hidden promises.

Forms translate what was typed into values of the core and say what cannot be read; rules are in the rooms.
"""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inward.core.terms import Money
from inward.core.terms.money import as_currency

PIECES_MAX = 100_000
_AMOUNT = re.compile(r"(-?\d{1,15}) ([A-Z][A-Z0-9]{2,7})")


class PiecesField(forms.IntegerField):
    """A whole number of pieces, at least one."""

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
