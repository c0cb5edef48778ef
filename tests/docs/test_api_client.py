"""The client on the page "Call the API" is run against a real server: it orders, reads, repeats and is refused as it says."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from tests.builders import AT, ON, committed
from tests.cast import INES, MAYA, TOR
from tests.shop import change_price, given_the_house

from inward.access import operations as access
from inward.access.vocabulary import TokenScope
from inward.kit import clock

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "howto" / "call-the-api.md"
SOURCE = "\n\n".join(re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]


@pytest.fixture
def client():
    """What the page defines, by name."""
    names = {"__name__": "inward_client"}
    exec(compile(SOURCE, str(PAGE), "exec"), names)
    return names


@pytest.fixture
def house(live_server, settings):
    settings.INWARD_TODAY = ON
    with clock.shifted(AT), committed():
        yield given_the_house(), live_server.url


@pytest.fixture
def calls(client, house):
    """Gives the client of a part, with these scopes."""
    made, address = house

    def opened(part, *scopes, **more):
        by = made.actor(part)
        until = clock.now() + timedelta(days=9)
        token = access.make_token(by=by, at=clock.now(), name="test", scopes=scopes, expires_at=until)
        return client["Inward"](address, token.raw, **more)

    return opened


def test_the_client_orders_once_reads_page_by_page_and_says_why_not(client, calls):
    maya, tor = calls(MAYA, TokenScope.ORDERS_WRITE), calls(TOR, TokenScope.ORDERS_READ, language="nb")
    first = client["order"](maya, "coffee-machine", 1, "basket-1")
    assert client["order"](maya, "coffee-machine", 1, "basket-1")["reference"] == first["reference"]
    second = client["order"](maya, "coffee-machine", 2, "basket-2")
    numbers = sorted([first["number"], second["number"]])
    assert client["still_to_deliver"](tor) == numbers
    assert [row["number"] for row in tor.rows("/orders", limit="1", sort="number")] == numbers
    with pytest.raises(client["Problem"]) as refused:
        tor.post(f"/orders/{first['reference']}/deliver", {})
    assert (refused.value.status, refused.value.code) == (403, "token_scope_missing")
    assert "orders:write" in str(refused.value)
    with pytest.raises(client["Problem"]) as gone:
        maya.get("/orders/nothing-like-it")
    assert (gone.value.status, gone.value.code) == (404, "not_there")


def test_a_price_that_moves_between_asking_and_ordering_is_taken_anew(client, calls, monkeypatch):
    maya = calls(MAYA, TokenScope.WRITE)
    asked = client["Inward"].post

    def post(self, path, body, **more):
        answer = asked(self, path, body, **more)
        if path == "/quotes":
            change_price("coffee-machine", "abc", "120.00", includes_tax=True)
        return answer

    monkeypatch.setattr(client["Inward"], "post", post)
    placed = client["order"](maya, "coffee-machine", 1, "basket-1")
    assert placed["total"] == {"amount": "90.00", "currency": "EUR"}


def test_it_acts_for_a_department(client, calls):
    ines = calls(INES, TokenScope.ORDERS_WRITE, acting_for="abc-purchasing")
    client["order"](ines, "widget-a", 1, "basket-1")
    (row,) = ines.rows("/orders")
    assert row["customer"]["code"] == "abc-purchasing"


def test_the_client_is_typed_without_a_gap(tmp_path):
    file = tmp_path / "client.py"
    file.write_text(SOURCE, encoding="utf-8")
    words = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--cache-dir", str(tmp_path), str(file)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
