"""Stands outside everything else: names each request, times it, counts it, and writes one line about it.

The line says request, method, route, status, milliseconds and the actor's subject key. It never says a path, a query, a
body, a name, an address or a token: a route is the name of a pattern, "order", not what stands in its place.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from inward.config import health, logs
from inward.config.metrics import DATABASE, QUERIES, REFUSALS, REQUESTS, SECONDS, shared

PROBES = {"/healthz": health.alive, "/readyz": health.ready}
"""Answered before anything else: whoever probes names the machine, not the site, and has no session."""

_log = logging.getLogger("inward.request")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_GIVEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_REFUSED = frozenset({403, 409, 422})


class _Timed:
    """Sums up the time of every statement of a request."""

    def __init__(self) -> None:
        self.seconds, self.statements = 0.0, 0

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: Any, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            self.statements += 1


class ObservingMiddleware:
    """The outermost middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then count and write the line."""
        probe = PROBES.get(request.path)
        if probe is not None:
            return probe(request)
        request.request_id = request_id = _id(request)  # type: ignore[attr-defined]
        token = logs.REQUEST_ID.set(request_id)
        began, timed = time.perf_counter(), _Timed()
        try:
            with connection.execute_wrapper(timed):
                response = self._get_response(request)
            response["X-Request-ID"] = request_id
            _note(request, response.status_code, time.perf_counter() - began, timed)
            return response
        finally:
            logs.REQUEST_ID.reset(token)


def _id(request: HttpRequest) -> str:
    """The id that the proxy gave, if it is one; else a new one."""
    given = request.headers.get("X-Request-ID", "")
    return given if _GIVEN_ID.fullmatch(given) else secrets.token_urlsafe(9)


def _note(request: HttpRequest, status: int, seconds: float, timed: _Timed) -> None:
    if request.path.startswith(settings.INWARD_UNNAMED_PREFIXES):
        return  # a line between two others would tell whose they are
    route = request.resolver_match.view_name if request.resolver_match else ""
    if not route and request.path.startswith(str(settings.STATIC_URL)):
        return  # a file of the pages' own look
    route, method = route or "none", str(request.method) if request.method in _METHODS else "other"
    counts = shared.started()
    counts.add(REQUESTS, route, method, str(status))
    counts.observe(SECONDS, route, seconds=seconds)
    counts.add(DATABASE, route, by=timed.seconds)
    counts.add(QUERIES, route, by=timed.statements)
    for reason in getattr(request, "refused_with", ()) or (("other",) if status in _REFUSED else ()):
        counts.add(REFUSALS, reason)
    said = {
        "method": method,
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "database_ms": round(timed.seconds * 1000, 1),
        "subject": getattr(getattr(request, "actor", None), "subject", "") or "nobody",
    }
    _log.info("request", extra=said)
