"""What went wrong, as RFC 9457 problems with the house's reasons in the reader's language. One shape for every error.

``type`` is a stable relative address ending in the reason's code; ``reasons`` carries code, sentence and facts. Facts keep
the codes of parties, sentences their names. Unforeseen errors are ours: a reference in the answer is also in the log.
"""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja.errors import AuthenticationError, HttpError, ValidationError

from inward.access.queries import ScopeMissing, TokenEnded
from inward.core.terms import Fact, Reason, Refusal
from inward.desk.operations import CaseMoved
from inward.kit.idempotency import KeyReused, KeyUnfit
from inward.kit.ids import public_reference
from inward.kit.policy import NotThere, Refused
from inward.kit.rates import Spent
from inward.kit.vocabularies import text
from inward.kit.wording import plain
from inward.kit.write_lock import WriteLockBusy
from inward.kit.writing import GateClosed
from inward.parties import queries as parties
from inward.parties import veil
from inward.parties.telling import told

log = logging.getLogger("inward.api")
MEDIA_TYPE = "application/problem+json"
CHALLENGE = "Bearer"
_REFERENCE_LENGTH = 10
_PARTY_FACTS = frozenset({"party", "customer", "supplier", "unit", "company", "owner", "owned"})


class TooMany(Exception):  # noqa: N818 - it states a fact
    """More calls in this minute than the limit allows; ``spent`` says when there are new ones."""

    def __init__(self, spent: Spent) -> None:
        super().__init__(spent)
        self.spent = spent


class Moved(Exception):  # noqa: N818 - it states a fact
    """What was to be changed is no longer as the caller read it (``If-Match``)."""


class FormTokenMissing(Exception):  # noqa: N818 - it states a fact
    """A session would change something without showing that its own page asked for it."""


def problem(
    request: HttpRequest,
    status: HTTPStatus,
    code: str,
    *,
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
        "detail": " ".join(worded(reason, language) for reason in reasons),
        "instance": request.path,
        "reasons": [reason_body(reason, language) for reason in reasons],
        **more,
    }
    return HttpResponse(orjson.dumps(body), status=status.value, content_type=MEDIA_TYPE)


def reason_body(reason: Reason, language: str) -> dict[str, Any]:
    """A reason as other programs read it: its code, its sentence, its facts; of it what the reader may know."""
    reason = told(reason)
    return {
        "code": reason.code,
        "text": worded(reason, language),
        "facts": {name: plain(fact) for name, fact in reason.items},
    }


def worded(reason: Reason, language: str) -> str:
    """The sentence; parties that a room states by code are called by their names."""
    reason = told(reason)
    stated = [(name, fact) for name, fact in reason.items if name in _PARTY_FACTS and isinstance(fact, str)]
    if not stated:
        return text(reason, language)
    names = parties.names(fact for _, fact in stated)
    closed = veil.closed()  # what is hidden and still there is what she typed herself
    named: dict[str, Fact] = {name: fact if fact in closed else names[fact] for name, fact in stated}
    return text(Reason.of(reason.code, **{**dict(reason.items), **named}), language)


def on_refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """The actor may not do this."""
    return problem(request, HTTPStatus.FORBIDDEN, error.reasons[0].code, reasons=error.reasons)


def on_scope_missing(request: HttpRequest, error: ScopeMissing) -> HttpResponse:
    """The token holds, but its scopes do not reach this."""
    answer = on_refused(request, error)
    answer["WWW-Authenticate"] = f'{CHALLENGE} error="insufficient_scope", scope="{error.scope}"'
    return answer


def on_key(request: HttpRequest, error: KeyReused | KeyUnfit) -> HttpResponse:
    """The idempotency key came before with another body, or cannot be kept."""
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, error.reasons[0].code, reasons=error.reasons)


def on_refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
    """What was asked cannot be done so; the body's place is named where it is known."""
    where = {"where": error.where} if error.where else {}
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, error.reason.code, reasons=(error.reason,), **where)


def on_not_there(request: HttpRequest, _error: Exception) -> HttpResponse:
    """There is no such thing, or not for this actor; nothing tells the two apart."""
    return problem(request, HTTPStatus.NOT_FOUND, "not_there", reasons=(Reason.of("nothing_there"),))


def on_unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The request does not fit the schema: each place with what is wrong there."""
    language = get_language() or "en"
    places = [{"where": _place(found["loc"]), "what": worded(_unfit(found), language)} for found in error.errors]
    reason = Reason.of("request_unfit", count=len(places))
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "unreadable", reasons=(reason,), errors=places)


def on_invalid(request: HttpRequest, error: DjangoValidationError) -> HttpResponse:
    """A value that a column cannot take."""
    reason = Reason.of("value_unfit", what="; ".join(error.messages))
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "unreadable", reasons=(reason,))


def on_stranger(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Nobody is signed in and no token was given, or one that nobody ever made."""
    return _unknown(request, Reason.of("nobody_signed_in"), CHALLENGE, code="not_signed_in")


def on_token_ended(request: HttpRequest, error: TokenEnded) -> HttpResponse:
    """The token was ours and holds no longer; its owner is told why."""
    return _unknown(request, error.reasons[0], f'{CHALLENGE} error="invalid_token"')


def on_form_token_missing(request: HttpRequest, _error: FormTokenMissing) -> HttpResponse:
    """A session without its CSRF token."""
    return _unknown(request, Reason.of("form_token_missing"), CHALLENGE)


def on_too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    """Slow down; the answer says for how long."""
    reason = Reason.of("too_many_calls", most=error.spent.most, seconds=error.spent.seconds)
    answer = problem(request, HTTPStatus.TOO_MANY_REQUESTS, reason.code, reasons=(reason,))
    answer["Retry-After"] = str(error.spent.seconds)
    return answer


def on_moved(request: HttpRequest, _error: Moved) -> HttpResponse:
    """Another change came first."""
    reason = Reason.of("moved_since_read")
    return problem(request, HTTPStatus.PRECONDITION_FAILED, reason.code, reasons=(reason,))


def on_case_moved(request: HttpRequest, error: CaseMoved) -> HttpResponse:
    """Somebody else changed how the case stands first; the answer says how, and by which version to go on."""
    how = {"state": error.state, "version": error.version}
    return problem(request, HTTPStatus.CONFLICT, error.reason.code, reasons=(error.reason,), **how)


def on_gate_closed(request: HttpRequest, _error: GateClosed) -> HttpResponse:
    """A race was lost; nothing was written and trying again is right."""
    reason = Reason.of("moved_meanwhile")
    return problem(request, HTTPStatus.CONFLICT, reason.code, reasons=(reason,))


def on_busy(request: HttpRequest, _error: WriteLockBusy) -> HttpResponse:
    """The one writer of SQLite was held for longer than anybody should wait."""
    answer = problem(request, HTTPStatus.SERVICE_UNAVAILABLE, "writer_busy", reasons=(Reason.of("writer_busy"),))
    answer["Retry-After"] = "5"
    return answer


def on_too_big(request: HttpRequest, _error: RequestDataTooBig | TooManyFieldsSent) -> HttpResponse:
    """The body is larger than the server reads."""
    reason = Reason.of("body_unreadable", kind="JSON")
    return problem(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "unreadable", reasons=(reason,))


def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """An error that was raised by its status alone: a body that is no JSON."""
    reason = Reason.of("body_unreadable", kind="JSON")
    return problem(request, HTTPStatus(error.status_code), "unreadable", reasons=(reason,))


def on_method(request: HttpRequest, allow: str) -> HttpResponse:
    """The address is there, but not for this method."""
    allowed = ", ".join(sorted(method.strip() for method in allow.split(",")))
    reason = Reason.of("method_not_offered", method=request.method or "", allowed=allowed)
    answer = problem(request, HTTPStatus.METHOD_NOT_ALLOWED, reason.code, reasons=(reason,))
    answer["Allow"] = allowed
    return answer


def on_fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """Nobody foresaw this: a fault of ours, with a reference that is in the log."""
    reference = public_reference()[:_REFERENCE_LENGTH]
    log.error("reference %s", reference, exc_info=error)
    reason = Reason.of("fault_of_ours", reference=reference)
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, reason.code, reasons=(reason,), reference=reference)


HANDLERS: Mapping[type[Exception], Any] = {
    Refused: on_refused,
    ScopeMissing: on_scope_missing,
    TokenEnded: on_token_ended,
    KeyReused: on_key,
    KeyUnfit: on_key,
    CaseMoved: on_case_moved,
    Refusal: on_refusal,
    NotThere: on_not_there,
    Http404: on_not_there,
    ValidationError: on_unreadable,
    DjangoValidationError: on_invalid,
    AuthenticationError: on_stranger,
    FormTokenMissing: on_form_token_missing,
    TooMany: on_too_many,
    Moved: on_moved,
    GateClosed: on_gate_closed,
    WriteLockBusy: on_busy,
    RequestDataTooBig: on_too_big,
    TooManyFieldsSent: on_too_big,
    HttpError: on_http_error,
    Exception: on_fault,
}
"""What answers which exception; the nearest in its line of descent."""


def _unknown(request: HttpRequest, reason: Reason, challenge: str, *, code: str = "") -> HttpResponse:
    answer = problem(request, HTTPStatus.UNAUTHORIZED, code or reason.code, reasons=(reason,))
    answer["WWW-Authenticate"] = challenge
    return answer


def _place(parts: Sequence[object]) -> str:
    """Where in the request: without the name that a view gives to the whole body."""
    named = parts if len(parts) < 3 or parts[0] != "body" else (parts[0], *parts[2:])  # noqa: PLR2004 - body, its name
    return ".".join(str(part) for part in named)


_UNFIT = {
    "missing": "value_missing",
    "extra_forbidden": "value_unknown",
    "string_type": "value_not_text",
    "date_type": "value_not_a_day",
    "date_parsing": "value_not_a_day",
    "date_from_datetime_parsing": "value_not_a_day",
    "date_from_datetime_inexact": "value_not_a_day",
    "int_type": "value_not_whole",
    "int_parsing": "value_not_whole",
    "int_from_float": "value_not_whole",
    "int_parsing_size": "value_not_whole",
}
"""What pydantic calls a fault, and our code for it; those with facts are in ``_unfit``."""


def _unfit(found: Mapping[str, Any]) -> Reason:
    """A fault that pydantic found, as a reason in words."""
    kind, facts = str(found["type"]), found.get("ctx", {})
    match kind:
        case "enum" | "literal_error":
            return Reason.of("value_not_among", expected=str(facts["expected"]))
        case "string_too_long":
            return Reason.of("value_too_long", most=facts["max_length"])
        case "string_too_short":
            return Reason.of("value_too_short", least=facts["min_length"])
        case "too_long":
            return Reason.of("value_too_many", most=facts["max_length"])
        case "too_short":
            return Reason.of("value_too_few", least=facts["min_length"])
        case "greater_than_equal":
            return Reason.of("value_too_small", least=str(facts["ge"]))
        case "less_than_equal":
            return Reason.of("value_too_large", most=str(facts["le"]))
        case "string_pattern_mismatch":
            return Reason.of("value_of_other_form", pattern=str(facts["pattern"]))
    if kind in _UNFIT:
        return Reason(_UNFIT[kind])
    return Reason.of("value_unfit", what=str(found["msg"]))
