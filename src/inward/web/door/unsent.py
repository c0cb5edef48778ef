"""What was typed is not lost: a form that came without a session, or from a page that stood open too long, shown to confirm.

Nothing is sent by itself. What waits is kept by ``access.unsent``; here it is shown, and sent by the reader's own click.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from inward.access import unsent
from inward.access.unsent import Unsent
from inward.catalogue import queries as catalogue
from inward.kit import vocabularies
from inward.kit.actor import NOBODY
from inward.web.components import errors, formats
from inward.web.components.naming import full_name
from inward.web.components.requests import ActingRequest

_SILENT: Final = frozenset(
    {
        *("key", "expected", "shown", "next", "act", "refresh", "version", "reference"),
        *("what", "follows", "again", "events", "seen", "back", "query", "anyway", "sure"),
    }
)
"""Fields that pages carry for themselves: sent again, but not read by people."""
_LABELS: Final[dict[str, str | Promise]] = {
    "reason": gettext_lazy("Why"),
    "note": gettext_lazy("Note"),
    "quantity": gettext_lazy("How many"),
    "offering": gettext_lazy("Item"),
    "settlement": gettext_lazy("How it is paid"),
    "name": gettext_lazy("Name"),
    "subject": gettext_lazy("What is it about?"),
    "customer": gettext_lazy("For whom"),
    "text": gettext_lazy("Text"),
    "month": gettext_lazy("Month"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: ActingRequest) -> HttpResponse:
    """Show what waits, with a button that sends it; POST throws it away."""
    found = unsent.kept(request.session, user=request.actor.user)
    if request.method == "POST":
        unsent.forget(request)
        messages.info(request, _("What you had typed is thrown away. Nothing was sent."))
        return HttpResponseRedirect(reverse("home"))
    if found is None:
        return HttpResponseRedirect(reverse("home"))
    then, now = found.acting_for, request.actor.acting_for or ""
    return _shown(request, found, kept=True, switch=None if then == now else _Switch(then, _party(then, request)))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the guard against forged forms. When the browser vouches that the form stood on a page of ours, what was typed
    is shown again to confirm, or waits behind the door; otherwise nothing of it is shown, for anybody may have made it.
    """
    if not _from_our_page(request):
        return errors.form_expired(request, reason)
    if getattr(request, "actor", NOBODY) is NOBODY:
        if unsent.keep(request):
            return HttpResponseRedirect(f"{reverse('account_login')}?next={reverse('unsent')}")
        return errors.form_expired(request, reason)
    found = unsent.form_of(request)
    if found is None:
        return errors.form_expired(request, reason)
    return _shown(request, found, kept=False, status=403)


@dataclass(frozen=True, slots=True)
class _Switch:
    """Whom she acted for when she filled the form in: code and name, both "" for herself."""

    party: str
    name: str


def _party(code: str, request: ActingRequest) -> str:
    return full_name(code, on=request.at.date()) if code else ""


def _shown(
    request: HttpRequest, found: Unsent, *, kept: bool, switch: _Switch | None = None, status: int = 200
) -> HttpResponse:
    said = [(name, value) for name, value in found.fields if value.strip() and name not in _SILENT]
    items = catalogue.offering_names([value for name, value in said if name == "offering"])
    read = [(_label(name), _value(name, value, items)) for name, value in said]
    values = {"unsent": found, "read": read, "kept": kept, "switch": switch}
    return render(request, "door/unsent.html", values, status=status)


def _value(name: str, value: str, items: Mapping[str, str]) -> str:
    """What was chosen, as the page called it."""
    return items.get(value, value) if name == "offering" else vocabularies.label(name, value, formats.language())


def _label(name: str) -> str:
    known = _LABELS.get(name)
    return str(known) if known is not None else name.replace("_", " ").replace("-", " ").capitalize()


def _from_our_page(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent the form. No other page can make it say so."""
    origin = request.headers.get("Origin", "")
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return bool(urlsplit(origin).hostname) and origin in own
