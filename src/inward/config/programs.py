"""The short way of a program to the API: what pages need for a session, a form or a script, a token does not.

A call of the API that brings no session cookie goes by the middlewares named here alone; with the cookie it goes the long
way, whose protection is for it. Which of them each way passes, and why nothing is lost: docs/decisions/0115.
"""

from collections.abc import Callable
from typing import Any, Final

from csp.utils import build_policy
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.common import CommonMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone

from inward.access.middleware import kept_over
from inward.api import problems
from inward.kit import clock, versions
from inward.kit.actor import NOBODY
from inward.parties import veil

Answers = Callable[[HttpRequest], HttpResponseBase]
PREFIX: Final = "/api/"
POLICY: Final = "Content-Security-Policy"


class ProgramsMiddleware:
    """Stands where what is for pages alone begins: after the measuring and the headers of every answer."""

    def __init__(self, get_response: Answers) -> None:
        self._get_response = get_response
        self._programs = _Programs()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer by the short way where it is one, else hand on."""
        if request.path_info.startswith(PREFIX) and settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self._programs.answer(request)
        return self._get_response(request)


class _Programs(BaseHandler):
    """The address and its view, behind the middlewares that concern a program."""

    # What Django's own loading sets besides the chain; none of the middlewares here has more than the two ends.
    _view_middleware: tuple[Answers, ...] = ()
    _template_response_middleware: tuple[Answers, ...] = ()
    _exception_middleware: tuple[Answers, ...] = ()

    def __init__(self) -> None:
        answer: Any = convert_exception_to_response(self._viewed)
        for middleware in (XFrameOptionsMiddleware, CommonMiddleware, LocaleMiddleware):
            answer = convert_exception_to_response(middleware(answer))
        self._answer: Answers = answer
        self._policy = str(build_policy())

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """As ``access.middleware`` does it for pages: one instant, one look at the versions, nobody until the API knows."""
        with versions.seen_once():
            request.at = clock.now()  # type: ignore[attr-defined]
            request.actor = NOBODY  # type: ignore[attr-defined]
            with timezone.override(None), veil.read_by(NOBODY):
                response = kept_over(self._answer(request))
        response.headers.setdefault(POLICY, self._policy)
        return response

    def _viewed(self, request: HttpRequest) -> HttpResponseBase:
        """What the view answers; a fault of ours outside the API's own care is a problem too: its page is for sessions."""
        try:
            response: HttpResponseBase = self._get_response(request)  # type: ignore[attr-defined]
        except Http404:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is; the problem's reference is in the log
            return problems.on_fault(request, error)
        return response
