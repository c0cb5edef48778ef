"""Letters to oneself: how often one wants them, and every letter that went out, as it was written."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from inward.kit import vocabularies
from inward.notices import operations, policy, queries
from inward.notices.vocabulary import NoticeState, Pace
from inward.web.components import formats, lists
from inward.web.components.requests import ActingRequest

PARAMS = ("cursor",)


def _label(pace: Pace) -> str:
    return vocabularies.label("pace", pace.value, formats.language())


class Choice(forms.Form):
    """How often: as soon as something happens, once a day, or never."""

    pace = forms.ChoiceField(
        label=gettext_lazy("When a letter comes"),
        choices=[(pace.value, lazy(_label, str)(pace)) for pace in Pace],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: ActingRequest) -> HttpResponse:
    """The choice, and a page of letters, newest first. Whoever is nobody of the organisation gets none and chooses none."""
    viewer = request.actor
    form = Choice(request.POST) if request.method == "POST" else Choice({"pace": queries.pace(viewer=viewer).value})
    if request.method == "POST" and form.is_valid():
        pace = Pace(form.cleaned_data["pace"])
        operations.choose_pace(by=viewer, at=request.at, person=viewer.person or "", pace=pace)
        messages.success(request, _("Your choice is kept. It holds for letters from now on."))
        return HttpResponseRedirect(reverse("account_notices"))
    params = lists.asked(request.GET, PARAMS)
    page = queries.letters(viewer=viewer, params=params)
    values = {
        "form": form,
        "chooses": policy.may_choose_pace(viewer, person=viewer.person or "").allowed,
        "rows": tuple((letter, letter.notice.state is NoticeState.WAITING) for letter in page.rows),
        "pages": lists.pages(page, params),
    }
    return render(request, "door/letters.html", values, status=422 if form.errors else 200)
