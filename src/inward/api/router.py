"""Joins the parts of version 1 under one API with its authentication, errors, headers and OpenAPI document."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.cache import patch_vary_headers
from ninja import NinjaAPI
from ninja.operation import Operation

from inward import __version__
from inward.api import limits, problems
from inward.api.auth import SAFE_METHODS, nobody
from inward.api.describing import completed
from inward.api.v1 import PARTS

_DESCRIPTION = """
Inside or outside, at which price and why; orders and books; and everything else that the pages do, by the same acts.

* Errors are problems (RFC 9457) with reasons in the language of `Accept-Language`.
* Lists page by cursor, sort, filter, and come as CSV or XLSX too.
* Changes take `Idempotency-Key`; sent twice, they happen once. Where two may change the same thing, they take `If-Match`.
* Calls are limited by the minute; the headers `RateLimit-Policy` and `RateLimit` say what is left.

The guide is docs/reference/api.md.
""".strip()


class Api(NinjaAPI):
    """The API as Django serves it: every address behind the same door, and everything else a problem as well."""

    def get_openapi_schema(self, **how: Any) -> Any:
        """The document, made whole."""
        return completed(super().get_openapi_schema(**how))

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Short and stable: the part of the API and the name of the call."""
        return f"{operation.view_func.__module__.rpartition('.')[2]}_{operation.view_func.__name__}"

    def _get_urls(self) -> list[Any]:
        found = [
            pattern for pattern in super()._get_urls() if isinstance(pattern, URLPattern) and pattern.name != "api-root"
        ]
        found.sort(key=_turn)
        for pattern in found:
            pattern.callback = _at_the_door(pattern.callback)
        return [*found, re_path(r"^.*$", _at_the_door(_nowhere), name="api-root")]


def _turn(pattern: URLPattern) -> tuple[bool, int]:
    """When an address is looked at: those without a place for a code first, the short ones of them before the long.

    They are compared letter by letter, which costs less than a pattern, and no pattern can take them for its own.
    """
    route = str(pattern.pattern)
    return "<" in route, 0 if "<" in route else len(route)


def _at_the_door(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view with what every answer has: the limit, the ETag, and a problem where the method is not offered."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        answer = view(request, *args, **named)
        if answer.status_code == 405:  # noqa: PLR2004 - not allowed
            answer = problems.on_method(request, answer["Allow"])
        etag = getattr(request, "api_etag", None)
        if etag is not None and answer.status_code == 200:  # noqa: PLR2004 - as it stands
            answer = _unchanged(request, answer, etag)
        if getattr(request, "api_replayed", False):
            answer["Idempotency-Replayed"] = "true"
        if request.method in SAFE_METHODS:
            answer.headers.setdefault("Cache-Control", "private, no-cache")
        else:
            answer["Cache-Control"] = "no-store"
        patch_vary_headers(answer, ("Accept", "Accept-Language", "Authorization", "Acting-For", "Cookie"))
        limits.tell(request, answer)
        return answer

    wrapped.csrf_exempt = True  # type: ignore[attr-defined]  # who comes by session shows its token (auth)
    return wrapped


def _unchanged(request: HttpRequest, answer: HttpResponseBase, etag: str) -> HttpResponseBase:
    """The answer with its ETag; nothing but that where the caller has it already."""
    had = [part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")]
    if etag in had:
        answer = HttpResponse(status=304)
    answer["ETag"] = etag
    return answer


def _nowhere(request: HttpRequest) -> HttpResponse:
    """An address of the API at which there is nothing."""
    try:
        nobody(request)
    except problems.TooMany as many:
        return problems.on_too_many(request, many)
    return problems.on_not_there(request, LookupError())


api = Api(
    title="Inward",
    version=__version__,
    urls_namespace="api-v1",
    description=_DESCRIPTION,
    openapi_url="/openapi.json",
    docs_url=None,
)
for part in PARTS:
    api.add_router("", part.router)
for error, handler in problems.HANDLERS.items():
    api.add_exception_handler(error, handler)
