"""Joins the versions under one API with its authentication, errors and OpenAPI document."""

from collections.abc import Callable

from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from inward import __version__
from inward.api import problems
from inward.api.auth import SessionAuth, TokenAuth
from inward.api.v1 import catalogue, ledger, parties, trade
from inward.core.terms import Refusal
from inward.kit.policy import NotThere, Refused

api = NinjaAPI(
    title="Inward",
    version=__version__,
    urls_namespace="api-v1",
    description="Inside or outside, at which price and why; orders and books. Errors are RFC 9457 problems with reasons.",
    auth=[TokenAuth(), SessionAuth()],
    openapi_url="/openapi.json",
    docs_url=None,
)
for part in (parties.router, catalogue.router, trade.router, ledger.router):
    api.add_router("", part)

_HANDLERS: dict[type[Exception], Callable[..., HttpResponse]] = {
    Refused: problems.on_refused,
    Refusal: problems.on_refusal,
    NotThere: problems.on_not_there,
    Http404: problems.on_not_there,
    ValidationError: problems.on_unreadable,
    DjangoValidationError: problems.on_invalid,
    AuthenticationError: problems.on_stranger,
    HttpError: problems.on_http_error,
}
for error, handler in _HANDLERS.items():
    api.add_exception_handler(error, handler)
