"""Joins the versions under one API with its authentication, errors and OpenAPI document."""

from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
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

api.add_exception_handler(Refused, problems.on_refused)
api.add_exception_handler(Refusal, problems.on_refusal)
api.add_exception_handler(NotThere, problems.on_not_there)
api.add_exception_handler(Http404, problems.on_not_there)
api.add_exception_handler(ValidationError, problems.on_unreadable)
api.add_exception_handler(DjangoValidationError, problems.on_invalid)
api.add_exception_handler(AuthenticationError, problems.on_stranger)
api.add_exception_handler(HttpError, problems.on_http_error)
