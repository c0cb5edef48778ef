"""What controllers send: a span of days, an account for a role, a month to close or open. Rules are the ledger's."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inward.core.bookkeeping import EntryKind, Role


def _day(label: object) -> forms.DateField:
    """A day as every browser sends it."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d"])  # type: ignore[arg-type]


class SpanForm(forms.Form):
    """From the first to the last day; either may be left open."""

    since = _day(_("From"))
    until = _day(_("To and including"))


class MappingForm(forms.Form):
    """An account for a role of a kind of entry."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in EntryKind])
    role = forms.ChoiceField(choices=[(role.value, role.value) for role in Role])
    account = forms.CharField(max_length=20)


class MonthForm(forms.Form):
    """A month to close or to open again, named by its first day."""

    month = forms.DateField(input_formats=["%Y-%m-%d"])
    act = forms.ChoiceField(choices=[("close", "close"), ("open", "open")])
