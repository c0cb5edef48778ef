"""Every call of the API with what its document allows and with what it forbids: no answer that the document lacks, no 500.

Schemathesis makes the calls from the document as it is served; the house of the web's tests answers them. Few examples of
each call and always the same ones, so that a failure is the same failure again. Somebody with every role calls: nothing is
hidden behind a refusal.
"""

from datetime import timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from tests.builders import AT, HOUSE, given_actor, given_employee
from tests.cast import MAYA

from inward.access import operations as access
from inward.access.vocabulary import Role, TokenScope
from inward.config.wsgi import application
from inward.kit import clock
from inward.ledger import operations as ledger

EXAMPLES = 6
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
FORBIDDEN = [*CHECKS, checks.negative_data_rejection]
TAGS = (
    "standing",
    "organisation",
    "calendars",
    "service promises",
    "cases",
    "insight",
    "users and roles",
    "directories",
    "catalogue",
    "orders",
    "books",
    "messages",
    "saved lists",
    "imports",
    "previews",
)


@pytest.fixture
def house(house):
    with clock.shifted(AT):
        order = house.order(MAYA, ("coffee-machine", 1))
        ledger.number_entries(by=HOUSE, at=AT, company="abc")
        ledger.export_journal(by=HOUSE, at=AT, company="abc")
        given_employee("ada-alder", "abc", unit="abc-it")
        ada = given_actor(
            "ada", *((role.value, None) for role in Role if role is not Role.EMPLOYEE), person="ada-alder"
        )
        token = access.make_token(
            by=ada, at=AT, name="all", scopes=[TokenScope.WRITE], expires_at=AT + timedelta(days=1)
        )
        yield {
            "headers": {"Authorization": f"Bearer {token.raw}"},
            "known": {
                "company": "abc",
                "reference": order.reference,
                "face": "orders",
                "name": "mine",
                "number": 1,
                "month": "2026-11",
            },
        }


@pytest.fixture(autouse=True)
def _connection_stays():
    """A server closes old connections with each request; that of a test holds its transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def schema(house):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, base_url="http://localhost")


def operations(schema, tag):
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.definition.raw["tags"] == [tag]:
            yield operation


def called(operation, mode, house, *, examples=EXAMPLES):
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case):
        if mode is GenerationMode.POSITIVE:  # whose codes name nothing is told so; these reach what is behind
            for name, value in house["known"].items():
                if name in case.path_parameters:
                    case.path_parameters[name] = value
        for name in ("Acting-For", "If-Match"):
            case.headers.pop(name, None)
        response = case.call(headers=house["headers"], base_url="http://localhost")
        case.validate_response(response, checks=CHECKS if mode is GenerationMode.POSITIVE else FORBIDDEN)

    call()


@pytest.mark.parametrize("tag", TAGS)
def test_what_the_document_allows_is_answered_as_it_says(schema, house, tag):
    for operation in operations(schema, tag):
        called(operation, GenerationMode.POSITIVE, house)


@pytest.mark.parametrize("tag", TAGS)
def test_what_the_document_forbids_is_refused(schema, house, tag):
    for operation in operations(schema, tag):
        if operation.body or operation.query:
            called(operation, GenerationMode.NEGATIVE, house)


def test_every_tag_is_tried(schema):
    assert {tag for path in schema.raw_schema["paths"].values() for call in path.values() for tag in call["tags"]} == {
        *TAGS
    }
