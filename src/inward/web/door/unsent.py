"""What was typed is not lost: a form that came without a session, or from a page that stood open too long, shown to confirm.

Nothing is sent by itself. What waits is kept by ``access.unsent``; here it is shown, and sent by the reader's own click.
"""

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
from inward.kit.actor import NOBODY
from inward.web.components import errors
from inward.web.components.requests import ActingRequest

_SILENT: Final = frozenset({"key", "expected", "shown", "next", "act", "refresh", "version", "reference"})
"""Fields that pages carry for themselves: sent again, but not read by people."""
_LABELS: Final[dict[str, str | Promise]] = {
    "reason": gettext_lazy("Why"),
    "note": gettext_lazy("Note"),
    "quantity": gettext_lazy("How many"),
    "offering": gettext_lazy("Item"),
    "settlement": gettext_lazy("How it is paid"),
    "name": gettext_lazy("Name"),
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
    return _shown(request, found, kept=True)


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


def _shown(request: HttpRequest, found: Unsent, *, kept: bool, status: int = 200) -> HttpResponse:
    read = [(_label(name), value) for name, value in found.fields if value.strip() and name not in _SILENT]
    values = {"unsent": found, "read": read, "kept": kept}
    return render(request, "door/unsent.html", values, status=status)


def _label(name: str) -> str:
    known = _LABELS.get(name)
    return str(known) if known is not None else name.replace("_", " ").replace("-", " ").capitalize()


def _from_our_page(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent the form. No other page can make it say so."""
    origin = request.headers.get("Origin", "")
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return bool(urlsplit(origin).hostname) and origin in own
