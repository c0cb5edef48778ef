"""Callers of the API: people of the cast with a token of their own, in the house of the web's tests."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from tests.builders import AT

from inward.access import operations as access
from inward.access.vocabulary import TokenScope
from inward.kit import clock


class Caller:
    """Somebody with a token."""

    def __init__(self, token, language="en"):
        self.client = Client(
            HTTP_HOST="localhost", headers={"Authorization": f"Bearer {token}", "Accept-Language": language}
        )

    def get(self, path):
        return self.client.get(f"/api/v1{path}")

    def post(self, path, body, key="", match="", **more):
        return self.sent("POST", path, body, key=key, match=match, **more)

    def put(self, path, body, **more):
        return self.sent("PUT", path, body, **more)

    def patch(self, path, body, **more):
        return self.sent("PATCH", path, body, **more)

    def delete(self, path, **more):
        return self.sent("DELETE", path, None, **more)

    def sent(self, method, path, body, *, key="", match="", acting_for=""):
        named = {"Idempotency-Key": key, "If-Match": match, "Acting-For": acting_for}
        headers = {name: value for name, value in named.items() if value}
        content = "" if body is None else json.dumps(body)
        return self.client.generic(method, f"/api/v1{path}", content, content_type="application/json", headers=headers)


@pytest.fixture
def house(house):
    with clock.shifted(AT):
        yield house


@pytest.fixture
def caller(house):
    """Gives a caller for somebody of the cast; reading only, if so asked."""

    def made(part, *, writes=True, language="en"):
        return Caller(token_of(house, part, writes=writes), language)

    return made


def token_of(house, part, *, writes=True):
    """A token of somebody of the cast."""
    scopes = [TokenScope.READ, TokenScope.WRITE] if writes else [TokenScope.READ]
    by, until = house.actor(part), AT + timedelta(days=1)
    return access.make_token(by=by, at=AT, name="test", scopes=scopes, expires_at=until).raw
