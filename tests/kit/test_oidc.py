"""OpenID Connect: what is believed of a provider's answers, and everything that is not."""

import time
from dataclasses import replace

import jwt
import pytest
from tests.identity import CLIENT_ID, OMIT, OTHER_KEY, SECRET, running

from inward.kit import oidc
from inward.kit.oidc import Client, Journey, ProviderFault

BACK = "http://localhost:8000/back/"


@pytest.fixture
def provider():
    with running() as identity:
        yield identity


@pytest.fixture
def client(provider):
    return Client(provider.issuer, CLIENT_ID, SECRET)


def came_back(provider, client, journey=None):
    journey = journey or Journey.begun()
    endpoints = oidc.discover(client)
    returned = provider.authorise(oidc.way_there(client, endpoints, journey, back=BACK))
    code = returned.split("code=")[1].split("&")[0]
    return oidc.claims(client, endpoints, journey, code=code, back=BACK)


def test_whoever_comes_back_is_whom_the_token_says_and_user_info_only_adds(provider, client):
    provider.claims = {"email": "token@example.org"}
    provider.user_info = {"email": "info@example.org", "groups": ["g"]}
    found = came_back(provider, client)
    assert (found["sub"], found["email"], found["groups"]) == ("s-1", "token@example.org", ["g"])


def test_the_secret_can_go_in_the_body_and_user_info_need_not_be(provider, client):
    endpoints = {"authorization_endpoint": "go", "token_endpoint": "token", "jwks_uri": "keys"}
    said = {name: f"{provider.issuer}/{place}" for name, place in endpoints.items()}
    provider.pages["/.well-known/openid-configuration"] = 200, {"issuer": provider.issuer, **said}
    assert came_back(provider, replace(client, secret_in_body=True))["sub"] == "s-1"
    assert "/me" not in provider.asked


def test_every_journey_has_its_own_randoms_and_an_address_with_a_question_keeps_it(client):
    first, second = Journey.begun(), Journey.begun()
    assert len({first.state, first.nonce, first.verifier, second.state, second.nonce, second.verifier}) == 6
    endpoints = oidc.Endpoints("https://id.example.org/go?tenant=1", "", "", "")
    assert oidc.way_there(client, endpoints, first, back=BACK).startswith(
        "https://id.example.org/go?tenant=1&response_type=code&"
    )


def test_the_secret_is_not_shown_with_the_client(client):
    assert SECRET not in repr(client)


OLD = int(time.time()) - 3600
WRONG = {
    "another issuer": {"iss": "https://evil.example"},
    "another site": {"aud": "somebody-else"},
    "several sites, made for another": {"aud": [CLIENT_ID, "other"], "azp": "other"},
    "several sites, made for nobody": {"aud": [CLIENT_ID, "other"]},
    "made for another, named alone": {"azp": "other"},
    "over": {"iat": OLD, "exp": OLD + 60},
    "from tomorrow": {"iat": OLD + 90_000, "nbf": OLD + 90_000},
    "another sign-in": {"nonce": "another"},
    "no sign-in": {"nonce": OMIT},
    "nobody": {"sub": ""},
    "no end": {"exp": OMIT},
    "no subject": {"sub": OMIT},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_a_token_that_says_something_else_lets_nobody_in(provider, client, claims):
    provider.claims = claims
    with pytest.raises(ProviderFault):
        came_back(provider, client)


def test_several_sites_are_well_when_it_was_made_for_this_one(provider, client):
    provider.claims = {"aud": [CLIENT_ID, "other"], "azp": CLIENT_ID}
    assert came_back(provider, client)["sub"] == "s-1"


def test_a_clock_that_is_a_little_late_is_forgiven(provider, client):
    now = int(time.time())
    provider.claims = {"iat": now - 90, "exp": now - 30}
    assert came_back(provider, client)["sub"] == "s-1"


def test_another_key_under_the_same_name_lets_nobody_in(provider, client):
    provider.key = OTHER_KEY
    with pytest.raises(ProviderFault, match="Signature verification failed"):
        came_back(provider, client)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_that_is_not_signed_by_a_key_pair_lets_nobody_in(provider, client, algorithm):
    provider.algorithm, provider.key = algorithm, None if algorithm == "none" else SECRET * 3
    with pytest.raises(ProviderFault, match="not believed"):
        came_back(provider, client)


def test_a_key_that_is_not_there_fits_nothing_and_a_token_without_a_name_fits_the_only_one(provider, client):
    provider.header = {"kid": "two"}
    with pytest.raises(ProviderFault, match="no single key"):
        came_back(provider, client)
    provider.header = None
    assert came_back(provider, client)["sub"] == "s-1"


def test_a_code_works_once(provider, client):
    journey, endpoints = Journey.begun(), oidc.discover(client)
    code = provider.authorise(oidc.way_there(client, endpoints, journey, back=BACK)).split("code=")[1].split("&")[0]
    assert oidc.claims(client, endpoints, journey, code=code, back=BACK)["sub"] == "s-1"
    with pytest.raises(ProviderFault, match="400"):
        oidc.claims(client, endpoints, journey, code=code, back=BACK)


def test_user_info_of_somebody_else_lets_nobody_in(provider, client):
    provider.user_info = {"sub": "s-2"}
    with pytest.raises(ProviderFault, match="somebody else"):
        came_back(provider, client)


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"issuer": "https://evil.example"}),
        (200, b"not json"),
        (200, ["a list"]),
        (200, b" " * 1_000_001),
        (500, {}),
        (302, "https://evil.example/"),
    ],
)
def test_a_discovery_that_is_none_is_refused(provider, client, answer):
    provider.pages["/.well-known/openid-configuration"] = answer
    with pytest.raises(ProviderFault):
        oidc.discover(client)


def test_a_discovery_that_lacks_something_or_leads_off_https_is_refused(provider, client):
    said = {"issuer": provider.issuer, "token_endpoint": f"{provider.issuer}/token", "jwks_uri": f"{provider.issuer}/k"}
    provider.pages["/.well-known/openid-configuration"] = 200, said
    with pytest.raises(ProviderFault, match="authorization_endpoint"):
        oidc.discover(client)
    provider.pages["/.well-known/openid-configuration"] = 200, said | {"authorization_endpoint": "http://id.example/go"}
    with pytest.raises(ProviderFault, match="not https"):
        oidc.discover(client)


def test_a_provider_that_is_away_is_a_fault_and_not_a_crash(client):
    with pytest.raises(ProviderFault, match="does not answer"):
        oidc.discover(replace(client, issuer="http://127.0.0.1:1"))


def test_what_is_no_token_at_all_lets_nobody_in(provider, client):
    endpoints = oidc.discover(client)
    for text in ("", "a.b.c", jwt.encode({}, OTHER_KEY, algorithm="RS256")):
        with pytest.raises(ProviderFault):
            oidc.verified(client, endpoints, text, nonce="n")
