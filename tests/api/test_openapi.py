"""The OpenAPI document as it is in docs/reference/openapi.json, so that every change of it is seen in a review."""

import json
from pathlib import Path

from inward.api.router import api

KEPT = Path(__file__).resolve().parents[2] / "docs" / "reference" / "openapi.json"
HOW = "write it anew: .venv/bin/python -m tests.api.test_openapi"


def document():
    found = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
    found["info"]["version"] = "1"
    return found


def test_the_document_is_the_one_that_was_reviewed():
    assert json.loads(KEPT.read_text(encoding="utf-8")) == document(), HOW


def test_every_call_says_what_it_is_for_and_who_may():
    for path, calls in document()["paths"].items():
        for method, call in calls.items():
            assert call.get("summary"), f"{method} {path}"
            assert call.get("security"), f"{method} {path}"


if __name__ == "__main__":
    KEPT.write_text(json.dumps(document(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
