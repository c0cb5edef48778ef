"""Signing on from end to end: Chromium, this house, and Canaille, a real OpenID provider, in an environment of its own."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from tests.cast import MAYA
from tests.web.browsing import chromium_at, window

from inward.access.models import RoleGrant, SignOnLink
from inward.access.providers import Provider, RoleOfGroup
from inward.access.vocabulary import Role
from inward.kit import oidc
from inward.kit.oidc import Client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CANAILLE = "canaille[oidc,front,server,sqlite]==0.3.6"
PLACE = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "inward-tests" / "canaille-0.3.6"
HOW_TO_GET_IT = f"{sys.executable} -m venv {PLACE} && {PLACE}/bin/pip install '{CANAILLE}'"
PASSWORD = "kettle harbour violin"
CONFIG = """
SECRET_KEY = "only for this test"
SERVER_NAME = "127.0.0.1:{port}"
PREFERRED_URL_SCHEME = "http"
[CANAILLE]
DATABASE = "sql"
JAVASCRIPT = false
[CANAILLE_SQL]
DATABASE_URI = "sqlite:///{folder}/canaille.sqlite"
[CANAILLE_OIDC]
REQUIRE_NONCE = true
ACTIVE_JWKS = [{{ {key} }}]
"""


@pytest.fixture(scope="module")
def program():
    """Canaille's command, installed once for all runs; where that cannot be done the test says how, and is not run."""
    found = PLACE / "bin" / "canaille"
    if not found.exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", PLACE], check=True, capture_output=True, timeout=120)
            install = [PLACE / "bin" / "pip", "install", "--quiet", CANAILLE]
            subprocess.run(install, check=True, capture_output=True, timeout=300)
        except (subprocess.SubprocessError, OSError):
            pytest.skip(f"Canaille cannot be installed here; to run this: {HOW_TO_GET_IT}")
    return found


@pytest.fixture
def canaille(program, tmp_path, live_server):
    """A provider that knows Maya, her group and this house; returns its issuer. Ended by its own process id."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = tmp_path / "canaille.toml"
    environment = os.environ | {"CANAILLE_CONFIG": str(config)}

    def say(*words):
        done = subprocess.run(
            [program, *words], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=180, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    made = json.loads(say("jwk", "create", "rsa"))
    key = ", ".join(f"{name} = {json.dumps(value)}" for name, value in made.items())
    config.write_text(CONFIG.format(port=port, folder=tmp_path, key=key), encoding="utf-8")
    say("install")
    say("create", "user", "--user-name", "maya", "--family-name", "Lund", "--emails", "maya@id.example",
        "--password", PASSWORD)  # fmt: skip
    say("create", "group", "--display-name", "buyers", "--members", "maya")
    say("create", "client", "--client-id", "inward", "--client-secret", "s3cret", "--client-name", "Inward",
        "--redirect-uris", f"{live_server.url}/door/with/canaille/back/", "--grant-types", "authorization_code",
        "--response-types", "code", "--token-endpoint-auth-method", "client_secret_basic",
        "--scope", "openid", "--scope", "profile", "--scope", "email", "--scope", "groups")  # fmt: skip
    say("set", "client", "inward", "--audience", "inward")
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [program, "run", "--bind", f"127.0.0.1:{port}"], env=environment, cwd=tmp_path, stdout=log, stderr=log
        )
        try:
            yield answering(f"http://127.0.0.1:{port}", tmp_path / "log")
        finally:
            server.terminate()
            server.wait(60)


def answering(issuer, log):
    client = Client(issuer, "inward", "s3cret", ("openid", "profile", "email", "groups"))
    for _attempt in range(480):
        with suppress(oidc.ProviderFault):
            oidc.discover(client)
            return client
        time.sleep(0.25)
    raise AssertionError(log.read_text(encoding="utf-8")[-2000:])


def test_chromium_signs_on_at_canaille_comes_back_with_her_role_and_no_complaint(
    served_house, canaille, live_server, chromium, settings
):
    settings.INWARD_BASE_URL = live_server.url
    settings.INWARD_PROVIDERS = (
        Provider("canaille", "Canaille", canaille, roles=(RoleOfGroup("buyers", Role.BUYER, "abc"),)),
    )
    user = served_house.users[MAYA.code]
    with chromium_at(chromium) as browser, window(browser, live_server.url, MAYA) as she:
        she.go("/account/").click("text=Link Canaille")
        she.click("text=Go on to Canaille")
        at_canaille(she)
        she.reached(re.compile("/account/$"))
        assert "Linked since" in she.text()
        a_new_second()
        she.page.context.clear_cookies(domain="localhost")
        she.go("/door/login/?next=/orders/").click("text=Sign in with Canaille")
        she.reached(re.compile("/orders/$"))
        assert "Maya Lund" in she.text("body")
    assert SignOnLink.objects.get().user_id == user
    grant = RoleGrant.objects.current().get(user_id=user, source="sso:canaille")
    assert (grant.role, grant.party.code) == ("BUYER", "abc")


def a_new_second():
    """Wait for the clock's next second, at most one.

    Canaille's access tokens name their times in whole seconds and nothing else that differs between two sign-ins of
    one person, and its table wants each token once: a second sign-in within the same second is its HTTP 500.
    """
    time.sleep(1 - time.time() % 1)


def at_canaille(she):
    """Sign in there and agree to what is asked."""
    she.page.fill("input[name=login]", "maya")
    she.page.press("input[name=login]", "Enter")
    she.page.wait_for_load_state("load")
    she.page.fill("input[name=password]", PASSWORD)
    she.page.press("input[name=password]", "Enter")
    she.page.wait_for_load_state("load")
    she.page.click("button[name=answer][value=accept]")
