"""What was asked by phone or in person and is solved already, noted in one go."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_http_methods

from inward.core.terms import Refusal
from inward.desk import operations, serving
from inward.desk.casewords import MINUTES_MAX, Channel
from inward.desk.operations import Ask
from inward.kit import ids, vocabularies
from inward.kit.policy import NotThere, Refused
from inward.web.components import formats
from inward.web.components.errors import words
from inward.web.components.people import WholeNameField
from inward.web.components.requests import SEE_OTHER, ActingRequest

UNFIT = 422


def _channels() -> list[tuple[str, str]]:
    ways = (Channel.PHONE, Channel.WALK_IN)
    return [(way.value, vocabularies.label("channel", way.value, formats.language())) for way in ways]


class LogForm(forms.Form):
    """Who asked what, and how it was solved."""

    customer = WholeNameField(label=__("Who asked? (whole name)"), max_length=240)
    queue = forms.ChoiceField(label=__("Queue"))
    text = forms.CharField(label=__("What was asked?"), widget=forms.Textarea(attrs={"rows": 2}))
    solution = forms.CharField(label=__("How was it solved?"), widget=forms.Textarea(attrs={"rows": 2}))
    channel = forms.ChoiceField(label=__("How it came"), choices=_channels)
    minutes = forms.IntegerField(
        label=__("Minutes"),
        required=False,
        min_value=1,
        max_value=MINUTES_MAX,
        widget=forms.NumberInput({"class": "quantity"}),
    )

    def __init__(self, *args: Any, queues: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["queue"].choices = queues  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ActingRequest) -> HttpResponse:
    """The form, and by POST the note: asked, solved and closed."""
    queues = [(line.code, line.name) for line in serving.queues(viewer=request.actor, at=request.at)]
    if not queues:
        raise NotThere
    sent = request.method == "POST"
    form = LogForm(request.POST if sent else None, queues=queues)
    if sent and form.is_valid():
        try:
            return _noted(request, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, words(refusal.reason))
        except Refused as refused:
            form.add_error(None, " ".join(map(words, refused.reasons)))
    values = {"form": form, "key": request.POST.get("key") or ids.public_reference()}
    return render(request, "workbench/log.html", values, status=UNFIT if sent else 200)


def _noted(request: ActingRequest, typed: dict[str, Any]) -> HttpResponse:
    ask = Ask(queue=typed["queue"], text=typed["text"], customer=typed["customer"], channel=Channel(typed["channel"]))
    receipt = operations.take_down(
        by=request.actor,
        at=request.at,
        key=request.POST.get("key", ""),
        ask=ask,
        words=typed["solution"],
        minutes=typed["minutes"] or 0,
    )
    messages.success(request, _("Request %(number)s is noted, solved and closed.") % {"number": receipt.number})
    return HttpResponseRedirect(reverse("desk_log"), status=SEE_OTHER)
