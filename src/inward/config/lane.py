"""The short way for programs: a call of the API by token passes none of the middleware that pages need.

A page has a session, a form token, messages, a language of its own and much else; a call by token has none of it, and its way
through it took longer than deciding what it asked. ``TokenLane`` stands near the top and hands such calls to where ``LaneEnd``
stands, at the bottom. A call that brings a session cookie, and every page, goes the long way. What a call keeps of it stands
here: its language, its versions, the length of its answer, and headers that let no browser take the answer for a page.
"""

from collections.abc import Callable
from typing import ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from inward.kit import clock, versions
from inward.kit.actor import NOBODY

Answering = Callable[[HttpRequest], HttpResponseBase]
PREFIX = "/api/"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


class LaneEnd:
    """The innermost middleware: where the lane leads to. It changes nothing."""

    leads_to: ClassVar[Answering | None] = None

    def __init__(self, get_response: Answering) -> None:
        LaneEnd.leads_to = self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on."""
        return self._get_response(request)


class TokenLane:
    """The entrance. Django makes the chain from the inside out, so the end that was made last is that of this chain."""

    def __init__(self, get_response: Answering) -> None:
        end = LaneEnd.leads_to
        assert end is not None  # the settings name both
        self._get_response, self._end = get_response, end

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The short way for a call by token, the long one for everything else."""
        if not _by_token(request):
            return self._get_response(request)
        request.at, request.actor = clock.now(), NOBODY  # type: ignore[attr-defined]
        language = translation.get_language_from_request(request)
        with versions.seen_once(), translation.override(language), timezone.override(None):
            answer = self._end(request)
            answer.headers.setdefault("Content-Language", translation.get_language() or language)
        if not answer.streaming:
            answer.headers.setdefault("Content-Length", str(len(answer.content)))  # type: ignore[attr-defined]
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer


def _by_token(request: HttpRequest) -> bool:
    shown = request.META.get("HTTP_AUTHORIZATION", "")
    return (
        request.path.startswith(PREFIX)
        and shown[:7].lower() == "bearer "
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )
