"""The OpenAPI document made whole: what every call of a kind takes and may answer is said once, here, for all of them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from inward.api.calls import KIND, SCOPE
from inward.api.problems import MEDIA_TYPE

_MEANINGS = {
    400: "The body cannot be read.",
    401: "Nobody is signed in, or the token holds no longer; the reason says why.",
    403: "You see it, but may not do this.",
    404: "There is no such thing, or not for you; nothing tells the two apart.",
    409: "It was decided on something that has changed: the price, or a race that was lost. Nothing was written.",
    412: "Somebody changed it since you read it (If-Match).",
    413: "The body is too large.",
    422: "It cannot be done so; `where` or `errors` names the place.",
    429: "More calls in this minute than the limit allows; `Retry-After` says for how long to wait.",
    503: "The database is busy with another change. Nothing was written.",
}
_ALWAYS, _BODY, _CHANGE = (401, 403, 404, 422, 429), (400, 413), (409, 503)
_REASON = {
    "type": "object",
    "required": ["code", "text", "facts"],
    "properties": {
        "code": {"type": "string", "description": "Stable: programs go by it."},
        "text": {"type": "string", "description": "The sentence, in the language of the request."},
        "facts": {"type": "object", "description": "What the sentence rests on.", "additionalProperties": True},
    },
}
_PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong and why (RFC 9457).",
    "required": ["type", "title", "status", "detail", "instance", "reasons"],
    "properties": {
        "type": {"type": "string", "description": "A stable relative address that ends in the code."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "The reasons as sentences."},
        "instance": {"type": "string"},
        "reasons": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemReason"}},
        "where": {"type": "string", "description": "The place in what was sent, where one is known."},
        "errors": {
            "type": "array",
            "description": "Every place that does not fit the schema.",
            "items": {
                "type": "object",
                "required": ["where", "what"],
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
            },
        },
    },
    "example": {
        "type": "/problems/not_buyer_for",
        "title": "Forbidden",
        "status": 403,
        "detail": "You are not a buyer for XYZ Widgets.",
        "instance": "/api/v1/quotes",
        "reasons": [
            {
                "code": "not_buyer_for",
                "text": "You are not a buyer for XYZ Widgets.",
                "facts": {"customer": "xyz"},
            }
        ],
    },
}
_HEADERS = {
    "RateLimit-Policy": ("string", "The limit: `q` calls in `w` seconds."),
    "RateLimit": ("string", "What is left: `r` calls; all are back in `t` seconds."),
    "ETag": ("string", "What this was when it was read, for If-Match and If-None-Match."),
    "Retry-After": ("integer", "Seconds to wait."),
    "Idempotency-Replayed": ("string", "`true` when this answers an earlier, equal call again."),
}
_PARAMETERS = {
    "ActingFor": ("Acting-For", "The unit or company that you act for in this call, by code.", 120),
    "IdempotencyKey": (
        "Idempotency-Key",
        "Of your own making, up to 200 characters. The same key with the same call happens once and answers alike.",
        200,
    ),
    "IfMatch": ("If-Match", "The ETag of what you read; the change is refused (412) when it is another by now.", 2000),
}


def completed(document: dict[str, Any]) -> dict[str, Any]:
    """The document with what its calls have in common. Changes and returns it."""
    parts = document["components"]
    parts["schemas"] |= {"Problem": _PROBLEM, "ProblemReason": _REASON}
    parts["headers"] = {
        name: {"description": meaning, "schema": {"type": kind}} for name, (kind, meaning) in _HEADERS.items()
    }
    parts["parameters"] = {
        key: {
            "in": "header",
            "name": name,
            "required": False,
            "description": meaning,
            "schema": {"type": "string", "minLength": 1, "maxLength": most},
        }
        for key, (name, meaning, most) in _PARAMETERS.items()
    }
    parts["responses"] = {f"Problem{status}": _problem_answer(status) for status in _MEANINGS}
    for calls in document["paths"].values():
        for method in calls:
            calls[method] = _call(calls[method])
    _drop_unused(document)
    return document


def _drop_unused(document: dict[str, Any]) -> None:
    """Leave out shapes that nothing refers to: ninja tells those of parameters twice."""
    schemas = document["components"]["schemas"]
    told = str(document)
    for name in [name for name in schemas if f"#/components/schemas/{name}'" not in told]:
        del schemas[name]


def _call(told: Mapping[str, Any]) -> dict[str, Any]:
    call = {name: value for name, value in told.items() if name not in (KIND, SCOPE)}
    kinds: list[str] = list(told.get(KIND, ()))
    change = "change" in kinds
    call["parameters"] = [*call.get("parameters", ()), _ref("parameters", "ActingFor")]
    named = {parameter.get("name", "").lower() for parameter in call["parameters"]}
    if change and "idempotency-key" not in named:
        call["parameters"].append(_ref("parameters", "IdempotencyKey"))
    if "conditional" in kinds:
        call["parameters"].append(_ref("parameters", "IfMatch"))
    call["security"] = [
        {name: [told[SCOPE]] if name == "TokenAuth" and SCOPE in told else [] for name in way}
        for way in told.get("security", ())
    ]
    statuses = [*_ALWAYS, *(_BODY if "requestBody" in call else ()), *(_CHANGE if change else ())]
    statuses += [412] if "conditional" in kinds else []
    answers = {str(status): answer for status, answer in call["responses"].items()}
    for answer in answers.values():
        _head(answer, kinds)
    for status in sorted(statuses):
        answers.setdefault(str(status), _ref("responses", f"Problem{status}"))
    if "one" in kinds:
        answers["304"] = {"description": "It is still what you have (If-None-Match)."}
    call["responses"] = dict(sorted(answers.items()))
    return call


def _head(answer: dict[str, Any], kinds: list[str]) -> None:
    """The headers of an answer, and for a list its other forms."""
    names = ["RateLimit-Policy", "RateLimit"]
    names += ["ETag"] if "one" in kinds else []
    names += ["Idempotency-Replayed"] if "change" in kinds else []
    answer["headers"] = {name: _ref("headers", name) for name in names}
    if "list" in kinds:
        answer["content"] |= {
            "text/csv": {"schema": {"type": "string"}},
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                "schema": {"type": "string", "contentMediaType": "application/octet-stream"}
            },
        }


def _problem_answer(status: int) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": f"{HTTPStatus(status).phrase}: {_MEANINGS[status]}",
        "content": {MEDIA_TYPE: {"schema": _ref("schemas", "Problem")}},
    }
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        answer["headers"] = {"Retry-After": _ref("headers", "Retry-After")}
    return answer


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}
