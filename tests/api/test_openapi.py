"""The OpenAPI document as it is in docs/reference/openapi.json, so that every change of it is seen in a review."""

import json

import jsonschema_rs
import pytest
from ninja.openapi.schema import OpenAPISchema
from tools.openapi import KEPT, document

HOW = "write it anew, and look at the diff: .venv/bin/python -m tools.openapi"
CHANGES = {"post", "put", "patch", "delete"}
ASKING = ("quotes", "till/quotes", "standings", "me/benefit/foreseen", "scheme-comparisons")
NO_CHANGE = {f"/api/v1/{name}" for name in ASKING}


def changes(path, method):
    return method in CHANGES and path not in NO_CHANGE and not path.startswith("/api/v1/previews/")


@pytest.fixture(scope="module")
def told():
    return document()


def calls(told):
    for path, methods in told["paths"].items():
        for method, call in methods.items():
            yield path, method, call


def test_the_document_is_the_one_that_was_reviewed(told):
    assert json.loads(KEPT.read_text(encoding="utf-8")) == told, HOW


def test_every_call_says_what_it_is_for_who_may_and_with_which_scope(told):
    for path, method, call in calls(told):
        assert call.get("summary"), f"{method} {path}"
        assert call.get("description"), f"{method} {path}"
        (token,) = [way["TokenAuth"] for way in call["security"] if "TokenAuth" in way]
        scope = "write" if changes(path, method) else "read"
        assert [one.partition(":")[2] for one in token] == [scope], f"{method} {path}"


def test_every_call_names_the_problems_it_may_answer_and_every_name_leads_somewhere(told):
    for path, method, call in calls(told):
        assert {"401", "403", "404", "422", "429"} <= set(call["responses"]), f"{method} {path}"
    text = json.dumps(told)
    for kind, parts in told["components"].items():
        for name in parts:
            if kind != "securitySchemes":
                assert f'"#/components/{kind}/{name}"' in text, f"{kind} {name} is used by nothing"


def test_every_change_takes_a_key_and_every_list_pages_sorts_and_exports(told):
    for path, method, call in calls(told):
        taken = {parameter.get("name", parameter.get("$ref", "")) for parameter in call["parameters"]}
        if changes(path, method):
            assert taken & {"#/components/parameters/IdempotencyKey", "idempotency_key"}, f"{method} {path}"
        if "text/csv" in call["responses"].get("200", {}).get("content", {}) and not path.endswith(".csv"):
            assert {"cursor", "limit", "sort", "format"} <= taken, f"{method} {path}"


def test_no_two_shapes_have_one_name(monkeypatch):
    known = {}

    def added(self, definitions):
        for name, shape in definitions.items():
            assert known.setdefault(name, shape) == shape, f"two shapes are called {name}"
        self.schemas.update(definitions)

    monkeypatch.setattr(OpenAPISchema, "add_schema_definitions", added)
    assert document()["paths"]


def test_every_example_of_a_body_fits_its_schema(told):
    for path, method, call in calls(told):
        body = call.get("requestBody", {}).get("content", {}).get("application/json")
        if body is not None:
            assert "example" in body, f"{method} {path}"
            schema = {**body["schema"], "components": told["components"]}
            found = [error.message for error in jsonschema_rs.validator_for(schema).iter_errors(body["example"])]
            assert found == [], f"{method} {path}"
