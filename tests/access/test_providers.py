"""The file of providers: what it may say, what is refused with which words, and what is heard of a provider's claims."""

import pytest
from tests.identity import CLIENT_ID

from inward.access.providers import Claimed, Provider, ProvidersRefused, RoleOfGroup, claimed, read
from inward.access.vocabulary import Role
from inward.kit.oidc import Client
from inward.kit.saml import Partner

LEAST = """
[[provider]]
name = "abc"
issuer = "https://id.example.org"
client_id = "inward"
client_secret_file = "secret"
"""


SAML = """
[[provider]]
name = "abc"
protocol = "saml"
issuer = "urn:abc"
metadata_file = "metadata.xml"
"""


@pytest.fixture
def written(tmp_path):
    (tmp_path / "metadata.xml").write_text("<x/>", encoding="utf-8")
    (tmp_path / "secret").write_text("s3cret\n", encoding="utf-8")
    (tmp_path / "empty").touch()

    def write(text):
        file = tmp_path / "providers.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_the_least_a_provider_needs(written):
    client = Client("https://id.example.org", "inward", "s3cret")
    assert read(written(LEAST)) == (Provider("abc", "abc", client),)


def test_everything_a_provider_may_say(written):
    more = """
title = "ABC Group"
client_secret_in_body = true
scopes = ["openid", "groups"]
email_domains = ["ABC.example"]
directory = "entra"
directory_claim = "oid"
unknown_people = "make"
groups_claim = "roles"
second_factor = ["mfa"]
sign_out = "https://id.example.org/out"
[[provider.role]]
group = "buyers"
role = "buyer"
party = "abc"
[[provider.role]]
group = "admins"
role = "operator"
"""
    (found,) = read(written(LEAST + more))
    assert found == Provider(
        name="abc",
        title="ABC Group",
        client=Client("https://id.example.org", "inward", "s3cret", ("openid", "groups"), secret_in_body=True),
        email_domains=frozenset({"abc.example"}),
        directory="entra",
        directory_claim="oid",
        makes_users=True,
        groups_claim="roles",
        roles=(RoleOfGroup("buyers", Role.BUYER, "abc"), RoleOfGroup("admins", Role.OPERATOR, "*")),
        second_factor=frozenset({"mfa"}),
        sign_out="https://id.example.org/out",
    )
    assert found.source == "sso:abc"


def test_a_provider_that_speaks_saml_brings_its_metadata_and_says_the_rest_as_any_other(written):
    assert read(written(SAML)) == (Provider("abc", "abc", Partner("urn:abc", metadata="<x/>")),)
    more = """
metadata_url = "https://id.example.org/metadata"
subject_attribute = "oid"
email_attribute = "mail"
username_attribute = "uid"
groups_claim = "memberOf"
"""
    (found,) = read(written(SAML.replace('metadata_file = "metadata.xml"', "") + more))
    assert found.client == Partner("urn:abc", "", "https://id.example.org/metadata", "oid", "mail", "uid")
    assert found.groups_claim == "memberOf"


REFUSED = {
    SAML.replace('"saml"', '"ws-fed"'): "protocol of abc as oidc or saml",
    SAML + 'client_id = "inward"': "client_id of abc, which means nothing",
    LEAST + 'metadata_url = "https://id.example.org"': "metadata_url of abc, which means nothing",
    SAML + 'metadata_url = "https://id.example.org"': "either metadata_file or metadata_url",
    SAML.replace('metadata_file = "metadata.xml"', ""): "must say of abc either",
    SAML.replace("metadata.xml", "missing.xml"): "metadata_file of abc that cannot be read",
    SAML.replace(
        'metadata_file = "metadata.xml"', 'metadata_url = "http://id.example.org"'
    ): "metadata_url of abc as an https",
    SAML + SAML.replace('"abc"', '"def"'): "same issuer and client_id twice",
    "not = [toml": "cannot be read",
    'other = "x"' + LEAST: "nothing else",
    "[provider]": "nothing else",
    LEAST.replace('"abc"', '"A B"'): "small letters",
    LEAST + "strange = 1": "strange of abc",
    LEAST + 'unknown_people = "perhaps"': "refuse or make",
    LEAST + "title = 3": "title of abc",
    LEAST + "email_domains = [3]": "list of texts",
    LEAST + 'scopes = ["profile"]': "openid",
    LEAST + "client_secret_in_body = 1": "true or false",
    LEAST.replace('"secret"', '"missing"'): "client_secret_file",
    LEAST.replace('"secret"', '"empty"'): "a secret",
    LEAST.replace("https:", "http:"): "https address",
    LEAST.replace('client_id = "inward"', ""): "client_id of abc",
    LEAST + '[[provider.role]]\ngroup = "g"\nrole = "employee"': "nobody can be granted",
    LEAST + LEAST: "same name twice",
    LEAST + LEAST.replace('"abc"', '"def"'): "same issuer and client_id twice",
}


@pytest.mark.parametrize(("text", "words"), REFUSED.items(), ids=REFUSED.values())
def test_a_file_that_makes_no_sense_is_refused_with_a_sentence(written, text, words):
    with pytest.raises(ProvidersRefused, match=words):
        read(written(text))


def heard(claims, **more):
    provider = Provider("abc", "ABC", Client("i", CLIENT_ID, "s"), email_domains=frozenset({"abc.example"}), **more)
    return claimed(provider, {"iss": "i", "sub": "s", **claims})


def test_an_address_counts_when_it_is_verified_and_of_a_domain_the_provider_is_believed_for():
    address = {"email": "Maya@ABC.example"}
    assert heard(address | {"email_verified": True}).email == "maya@abc.example"
    assert heard(address | {"email_verified": "true"}).email == "maya@abc.example"
    assert heard(address | {"email_verified": False}).email == ""
    assert heard(address).email == ""
    assert heard({"email": "maya@evil.example", "email_verified": True}).email == ""


def test_groups_and_ways_of_showing_are_heard_as_one_or_many():
    found = heard({"groups": ["a", 3, ""], "amr": ["pwd"], "acr": "gold", "oid": "o-1"}, directory_claim="oid")
    assert found == Claimed("i", "s", "", "", frozenset({"a"}), "o-1", frozenset({"pwd", "gold"}))
    assert heard({"groups": "a"}).groups == {"a"}
    assert heard({}).groups == frozenset()


def test_a_second_factor_counts_only_where_the_provider_was_told_to_count():
    said = {"amr": ["pwd", "mfa"]}
    counting = Provider("abc", "ABC", Client("i", "c", "s"), second_factor=frozenset({"mfa"}))
    assert heard(said).second_factor(counting)
    assert not heard({"amr": ["pwd"]}).second_factor(counting)
    assert not heard(said).second_factor(Provider("abc", "ABC", Client("i", "c", "s")))
