"""I am away from … to …: the days are noted, and a colleague approves what would wait for me."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_http_methods

from inward.access import queries as access
from inward.access.queries import GrantRow
from inward.access.vocabulary import Role
from inward.core.terms import Period
from inward.kit.policy import NotThere
from inward.parties import leading
from inward.parties import queries as parties
from inward.trade import operations as trade
from inward.web.components import formats
from inward.web.components.naming import full_name
from inward.web.components.people import WholeNameField
from inward.web.components.requests import ActingRequest, acts, done


class AwayForm(forms.Form):
    """The days, and who approves meanwhile."""

    since = forms.DateField(
        label=__("First day"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )
    last_day = forms.DateField(
        label=__("Last day"), widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
    )
    deputy = WholeNameField(
        label=__("Who approves meanwhile?"),
        max_length=240,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text=__("The whole name or the code of a colleague. Needed if you hold a budget."),
    )


@dataclass(frozen=True, slots=True)
class HandedOn:
    """A budget that a colleague looks after for some days."""

    party: str
    deputy: str
    days: str


@require_http_methods(["GET", "HEAD", "POST"])
def away(request: ActingRequest) -> HttpResponse:
    """When I am away, who stands in, and noting it."""
    viewer, at = request.actor, request.at
    if viewer.person is None:
        raise NotThere
    form = AwayForm(request.POST or None, initial={"since": at.date(), "last_day": at.date()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> object:
            return trade.go_away(
                by=viewer, at=at, since=given["since"], last_day=given["last_day"], deputy=given["deputy"] or None
            )

        return done(request, act, _("It is noted. Come back here if you return earlier."), "away")
    values = {
        "form": form,
        "absences": tuple(
            _days(each) for each in leading.absences(viewer=viewer, at=at, on=at.date(), person=viewer.person)
        ),
        "handed_on": tuple(
            _handed_on(each) for each in access.handed_on_by(viewer=viewer, at=at) if each.role is Role.BUDGET_HOLDER
        ),
        "holds": any(each.role is Role.BUDGET_HOLDER for each in access.own_grants(viewer=viewer, at=at)),
    }
    return render(request, "home/away.html", values, status=422 if form.errors else 200)


@acts(instead="away")
def back(request: ActingRequest) -> HttpResponse:
    """I am back."""
    act = partial(trade.come_back, by=request.actor, at=request.at)
    return done(request, act, _("Welcome back. What waits for approval comes to you again."), "away")


def _days(period: Period) -> str:
    if period.last is None:
        return _("from %(day)s") % {"day": formats.day(period.start or date.min)}
    return f"{formats.day(period.start or date.min)} – {formats.day(period.last)}"


def _handed_on(grant: GrantRow) -> HandedOn:
    holder = access.holder_of_user(grant.user)
    name = grant.username if holder is None else parties.name_of(holder)
    return HandedOn(full_name(grant.party, on=date.max), name, _days(grant.period))
