"""Writes that are sent twice happen once (``Idempotency-Key``), and none undoes what its sender had not seen (``If-Match``);
one that is refused tells nobody that there is what she may not see (``bounded``).

The view and the receipt of its answer are one transaction. Only what was done leaves a receipt: a refused call may be sent
again under its key. Placing orders keeps receipts of its own on its hot path and does not come by here.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from inspect import signature
from typing import Any

import orjson
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Status

from inward.api.auth import actor_of
from inward.api.problems import Moved
from inward.kit import clock, idempotency, locks
from inward.kit.canonical import fingerprint
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import carrying
from inward.kit.writing import GateClosed

KEY, MATCH = "Idempotency-Key", "If-Match"
View = Callable[..., Any]


def once(view: View, *, shown: View | None = None, room: str = "") -> View:
    """The view as a write: repeated under the same key it answers as before, and with ``shown`` it honours If-Match.

    ``shown`` is the view of the thing that is changed, called with the same path; ``room`` names the lock under which the
    room changes such things.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, **values: Any) -> Any:
        key = request.headers.get(KEY)
        match = request.headers.get(MATCH) if shown is not None else None
        if key is None and match is None:
            return view(request, **values)
        submission = None if key is None else idempotency.key_for(actor_of(request), key, _asked(request))
        try:
            with carrying():
                before = None if submission is None else idempotency.earlier(submission)
                if before is not None:
                    return _again(request, before)
                if match is not None and shown is not None:
                    _refuse_moved(request, match, shown, room, values)
                answer = view(request, **values)
                if submission is not None and not isinstance(answer, HttpResponseBase):
                    idempotency.keep(submission, _receipt(answer), at=clock.now())
                return answer
        except GateClosed as closed:
            before = idempotency.earlier(submission) if submission and closed.name == idempotency.GATE else None
            if before is None:
                raise
            return _again(request, before)

    return wrapped


def bounded(view: View, *, seen: View | None) -> View:
    """The view as an act whose refusal tells nobody that there is what she may not see: that is not there for her (404).

    ``seen`` is the view by which one sees it, called with the same path once the act was refused; without one, the refusal stands.
    """
    if seen is None:
        return view

    @wraps(view)
    def wrapped(request: HttpRequest, **values: Any) -> Any:
        try:
            return view(request, **values)
        except Refused as refused:
            try:
                _looked_at(seen, request, values)
            except (NotThere, Refused):
                raise NotThere from refused
            raise

    return wrapped


def versioned(view: View) -> View:
    """The view of one thing; its answer carries an ETag, by which a change can say what it was decided on."""

    @wraps(view)
    def wrapped(request: HttpRequest, **values: Any) -> Any:
        answer = view(request, **values)
        request.api_etag = etag_of(answer)  # type: ignore[attr-defined]
        return answer

    return wrapped


def etag_of(answer: Any) -> str:
    """A strong ETag of what a view answers."""
    return f'"{fingerprint(orjson.loads(orjson.dumps(answer)))[:32]}"'


def _asked(request: HttpRequest) -> Any:
    """All that makes two calls the same: where, how, and with which body."""
    if request.content_type == "application/json":
        try:
            body: Any = orjson.loads(request.body or b"null")
        except orjson.JSONDecodeError:
            body = None  # the view does not get that far
        return [request.method, request.get_full_path(), fingerprint(_exact(body))]
    files = [
        [name, file.name, sha256(b"".join(file.chunks())).hexdigest()]
        for name in sorted(request.FILES)
        for file in request.FILES.getlist(name)
    ]
    return [request.method, request.get_full_path(), sorted(request.POST.lists()), files]


def _exact(body: Any) -> Any:
    """JSON as what receipts compare: fractions by their spelling."""
    match body:
        case float():
            return repr(body)
        case dict():
            return {name: _exact(part) for name, part in body.items()}
        case list():
            return [_exact(part) for part in body]
    return body


def _refuse_moved(request: HttpRequest, match: str, shown: View, room: str, values: dict[str, Any]) -> None:
    """Raise Moved unless the thing still is what the caller read; nobody changes it until this call has ended."""
    locks.advisory(*([room] if room else []), f"api:{request.path}")
    wanted = [part.strip().removeprefix("W/") for part in match.split(",")]
    current = etag_of(_looked_at(shown, request, values))
    if "*" not in wanted and current not in wanted:
        raise Moved


def _looked_at(seen: View, request: HttpRequest, values: dict[str, Any]) -> Any:
    """What the view answers for what stands in the address, as far as it asks for it: a change may name more (a day of a calendar)."""
    asked = signature(seen).parameters
    named = request.resolver_match.kwargs  # type: ignore[union-attr]
    return seen(request, **{name: value for name, value in values.items() if name in named and name in asked})


def _receipt(answer: Any) -> dict[str, Any]:
    if isinstance(answer, Status):
        return {"status": answer.status_code, "body": answer.value}
    return {"status": None, "body": answer}


def _again(request: HttpRequest, receipt: dict[str, Any]) -> Any:
    request.api_replayed = True  # type: ignore[attr-defined]
    body = receipt["body"]
    return body if receipt["status"] is None else Status(receipt["status"], body)
