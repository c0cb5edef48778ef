"""One's own tokens: for programs that act as oneself, made here, shown once, revoked here. What a token is stands in ``access``."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from inward.access import operations, queries
from inward.access.queries import TokenRow
from inward.access.vocabulary import TokenScope
from inward.core.terms import Refusal
from inward.kit import vocabularies
from inward.kit.ids import public_reference
from inward.kit.policy import NotThere
from inward.web.components import formats
from inward.web.components.errors import words
from inward.web.components.requests import ActingRequest

_DAYS = (7, 30, 90, 180, 365)


def _scope_label(scope: TokenScope) -> str:
    return vocabularies.label("token_scope", scope.value, formats.language())


def _days_label(days: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


class NewToken(forms.Form):
    """What a token is for, what it may do, and for how long. ``once`` marks the page it was asked from."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        help_text=gettext_lazy("Such as “Monthly export of the journal”."),
        max_length=100,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=[(scope.value, lazy(_scope_label, str)(scope)) for scope in TokenScope],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Choose what the token may do.")},
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("For how long"),
        coerce=int,
        choices=[(days, lazy(_days_label, str)(days)) for days in _DAYS],
        initial=90,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    once = forms.CharField(max_length=64, widget=forms.HiddenInput)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: ActingRequest) -> HttpResponse:
    """All of them, and the form for another. A new one is shown in the answer to its form and never again."""
    form = NewToken(request.POST) if request.method == "POST" else _blank()
    made: operations.NewToken | None = None
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = operations.make_token(
                by=request.actor,
                at=request.at,
                name=asked["name"],
                scopes=[TokenScope(scope) for scope in asked["scopes"]],
                expires_at=request.at + timedelta(days=asked["days"]),
                submission=f"page:{asked['once']}",
            )
        except Refusal as refused:
            form.add_error(refused.where if refused.where in form.fields else None, words(refused.reason))
        else:
            form = _blank()
    values = {"rows": _mine(request), "form": form, "made": made, "at": request.at}
    return render(request, "door/tokens.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: ActingRequest, id: int) -> HttpResponse:
    """Ask first, for it cannot be undone; then end it at once."""
    if request.method == "POST":
        operations.revoke_token(by=request.actor, at=request.at, token=id)
        messages.success(request, _("The token is revoked; whatever used it is out."))
        response = HttpResponseRedirect(reverse("account_tokens"))
        response.status_code = 303
        return response
    found = next((row for row, _scopes in _mine(request) if row.id == id and row.revoked_at is None), None)
    if found is None:
        raise NotThere
    values = {
        "question": _("Revoke “%(name)s”?") % {"name": found.name},
        "words": [_("Whatever uses it is out at once. It cannot be made to hold again.")],
        "action": reverse("account_token_revoke", kwargs={"id": id}),
        "yes": _("Revoke it"),
        "danger": True,
        "back": reverse("account_tokens"),
    }
    return render(request, "components/confirm.html", values)


def _blank() -> NewToken:
    return NewToken(initial={"once": public_reference(), "days": 90})


def _mine(request: ActingRequest) -> list[tuple[TokenRow, list[str]]]:
    """One's own tokens, newest first, each with what it may do in words."""
    mine = queries.tokens(viewer=request.actor, at=request.at, user=request.actor.user or -1)
    order = list(TokenScope)
    return [(row, [_scope_label(scope) for scope in sorted(row.scopes, key=order.index)]) for row in mine]
