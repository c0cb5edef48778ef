"""Ordering for others: who may order for me, for whom I may, and saying so."""

from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_http_methods

from inward.kit.policy import NotThere
from inward.trade import behalf
from inward.trade import operations as trade
from inward.web.components import formats
from inward.web.components.people import WholeNameField
from inward.web.components.requests import ActingRequest, acts, done


class HelperForm(forms.Form):
    """Who may order for me, and until when."""

    helper = WholeNameField(
        label=__("Who may order for you?"),
        max_length=240,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        help_text=__("The whole name or the code of a colleague."),
    )
    last_day = forms.DateField(
        label=__("Last day"), widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
    )


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who may order for me."""

    code: str
    name: str
    days: str


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ActingRequest) -> HttpResponse:
    """Who may order for me, for whom I may; and letting somebody."""
    viewer, on = request.actor, request.at.date()
    if viewer.person is None:
        raise NotThere
    form = HelperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(trade.let_order, by=viewer, at=request.at, **form.cleaned_data)
        return done(request, act, _("It is noted. You get a letter about each order."), "for_others")
    values = {
        "form": form,
        "helpers": tuple(
            Helper(each.other.code, each.other.name, f"{formats.day(each.since)} – {formats.day(each.last_day)}")
            for each in behalf.mine(viewer, on=on)
        ),
        "helped": behalf.open_to(viewer, on=on),
        "me": viewer.person,
    }
    return render(request, "home/for_others.html", values, status=422 if form.errors else 200)


@acts(instead="for_others")
def end(request: ActingRequest) -> HttpResponse:
    """Somebody may order for another no longer."""
    whom, who = (request.POST.get(name, "").replace("\0", "") for name in ("person", "helper"))
    act = partial(trade.end_help, by=request.actor, at=request.at, person=whom, helper=who)
    return done(request, act, _("It has ended."), "for_others")
