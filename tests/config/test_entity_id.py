"""The name by which SAML providers know this house: what it may be."""

import pytest

from inward.config import environment as env


def read(monkeypatch, value):
    monkeypatch.setenv("INWARD_SAML_ENTITY_ID", value)
    known = dict(env.KNOWN)
    try:
        return env.entity_id("INWARD_SAML_ENTITY_ID", "x")
    finally:
        env.KNOWN.clear()
        env.KNOWN.update(known)


@pytest.mark.parametrize("value", ["", "https://inward.example.org/saml", "urn:example:inward"])
def test_an_address_a_urn_or_nothing_is_taken(monkeypatch, value):
    assert read(monkeypatch, value) == value


@pytest.mark.parametrize("value", ["inward", "https://a b", 'https://a"><x/>', "https://a?b=1&c=2"])
def test_what_is_no_address_or_would_break_our_metadata_ends_the_program_with_a_sentence(monkeypatch, value):
    with pytest.raises(env.SettingRefused, match="must be an address or urn"):
        read(monkeypatch, value)
