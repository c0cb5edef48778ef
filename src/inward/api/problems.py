"""What went wrong, as RFC 9457 problems with the house's reasons in the reader's language. One shape for every error.

``type`` is a stable relative address ending in the reason's code; ``reasons`` carries code, sentence and facts.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja.errors import AuthenticationError, HttpError, ValidationError

from inward.core.terms import Reason, Refusal
from inward.kit.policy import NotThere, Refused
from inward.kit.vocabularies import text
from inward.kit.wording import plain

MEDIA_TYPE = "application/problem+json"


def problem(
    request: HttpRequest,
    status: HTTPStatus,
    code: str,
    *,
    detail: str = "",
    reasons: Sequence[Reason] = (),
    **more: Any,
) -> HttpResponse:
    """A problem answer. ``more`` adds members of its own, such as the new price of PriceChanged."""
    language = get_language() or "en"
    request.refused_with = tuple(reason.code for reason in reasons)  # type: ignore[attr-defined]
    body = {
        "type": f"/problems/{code}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail or " ".join(text(reason, language) for reason in reasons),
        "instance": request.path,
        "reasons": [reason_body(reason, language) for reason in reasons],
        **more,
    }
    return HttpResponse(orjson.dumps(body), status=status.value, content_type=MEDIA_TYPE)


def reason_body(reason: Reason, language: str) -> dict[str, Any]:
    """A reason as other programs read it: its code, its sentence, its facts."""
    return {
        "code": reason.code,
        "text": text(reason, language),
        "facts": {name: plain(fact) for name, fact in reason.items},
    }


def on_refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """The actor may not do this."""
    return problem(request, HTTPStatus.FORBIDDEN, error.reasons[0].code, reasons=error.reasons)


def on_refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
    """What was asked cannot be done so; the body's place is named where it is known."""
    where = {"where": error.where} if error.where else {}
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, error.reason.code, reasons=(error.reason,), **where)


def on_not_there(request: HttpRequest, _error: NotThere | Http404) -> HttpResponse:
    """There is no such thing, or not for this actor; nothing tells the two apart."""
    return problem(request, HTTPStatus.NOT_FOUND, "not_there", detail="There is no such thing here.")


def on_unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The request does not fit the schema: each place with what is wrong there."""
    places = [{"where": ".".join(str(part) for part in found["loc"]), "what": found["msg"]} for found in error.errors]
    return problem(
        request, HTTPStatus.UNPROCESSABLE_ENTITY, "unreadable", detail="The request does not fit.", errors=places
    )


def on_invalid(request: HttpRequest, error: DjangoValidationError) -> HttpResponse:
    """A value that a column cannot take."""
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "unreadable", detail="; ".join(error.messages))


def on_stranger(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Nobody is signed in and no token was given, or it no longer holds."""
    answer = problem(
        request, HTTPStatus.UNAUTHORIZED, "not_signed_in", detail="Sign in, or send a token that still holds."
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """An error that a view raised by its status, such as a body that is no JSON."""
    return problem(request, HTTPStatus(error.status_code), "unreadable", detail=str(error))
