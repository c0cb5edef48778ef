"""SAML: what is believed of a provider's responses, and everything that is not."""

import copy
import time
from datetime import UTC, datetime

import pytest
import xmlsec
from lxml import etree
from tests import partner as idp

from inward.kit import saml
from inward.kit.oidc import LEEWAY, ProviderFault
from inward.kit.saml import Partner, Site

SITE = Site("https://inward.example.org/saml", "https://inward.example.org/door/with/abc/answer/")
THERE = Partner(idp.ISSUER, metadata=idp.metadata())
ASKED = "_request-1"


def tree(**said):
    return idp.response(**{"request": ASKED, "back": SITE.back, "audience": SITE.entity_id} | said)


def signed(**said):
    found = tree(**said)
    idp.sign(idp.assertion_of(found))
    return found


def heard(found, *, site=SITE, there=THERE):
    return saml.answered(site, there, idp.posted(found))


def fault(found, **where):
    with pytest.raises(ProviderFault) as caught:
        heard(found, **where)
    return str(caught.value)


def test_a_signed_assertion_for_this_site_and_request_says_who_she_is():
    before = time.time()
    answer = heard(signed(attributes={"email": ["maya@abc.example"], "groups": ["a", "b"], "uid": ["maya"]}))
    assert (answer.request, answer.assertion[:2]) == (ASKED, "_a")
    assert before + 299 + LEEWAY <= answer.until.timestamp() <= time.time() + 300 + LEEWAY
    assert answer.until.tzinfo is UTC
    assert answer.claims == {
        "iss": idp.ISSUER,
        "sub": "s-1",
        "email": "maya@abc.example",
        "email_verified": True,
        "preferred_username": "maya",
        "groups": ["a", "b"],
        "uid": "maya",
        "acr": [idp.PASSWORD],
        "amr": [],
    }


def test_a_response_signed_as_a_whole_besides_is_believed_too():
    found = signed()
    idp.sign(found)
    assert heard(found).claims["sub"] == "s-1"


def test_the_way_there_asks_for_nothing_but_an_answer_to_this_request():
    way, state = saml.way_there(SITE, THERE)
    request, said = idp.asked_on(way)
    assert way.startswith(f"{idp.GO}?SAMLRequest=")
    assert request.get("ID") == state
    assert request.get("AssertionConsumerServiceURL") == SITE.back
    assert request.find("saml:Issuer", idp.NAMES).text == SITE.entity_id
    assert request.find("samlp:RequestedAuthnContext", idp.NAMES) is None
    assert said.get("RelayState", "") == ""
    assert "Signature" not in said
    assert saml.way_there(SITE, THERE)[1] != state


def test_with_a_key_of_ours_the_request_is_signed_and_encrypted_assertions_are_read():
    key, certificate = idp.key_pair("inward")
    site = Site(SITE.entity_id, SITE.back, key, certificate)
    _request, said = idp.asked_on(saml.way_there(site, THERE)[0])
    assert said["SigAlg"] == "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    assert said["Signature"]
    assert heard(idp.encrypted(signed(), certificate), site=site).claims["sub"] == "s-1"
    assert "signed" in fault(idp.encrypted(tree(), certificate), site=site)
    assert "private key" in fault(idp.encrypted(signed(), certificate))
    other = Site(SITE.entity_id, SITE.back, *idp.key_pair("other"))
    assert "does not hold" in fault(idp.encrypted(signed(), certificate), site=other)
    assert "PRIVATE KEY" not in repr(site)


def test_our_metadata_say_where_responses_go_that_assertions_are_signed_and_name_no_end():
    plain = saml.own_metadata(SITE)
    root = etree.fromstring(plain)
    assert root.get("entityID") == SITE.entity_id
    assert root.get("validUntil") is None
    descriptor = root[0]
    assert (descriptor.get("WantAssertionsSigned"), descriptor.get("AuthnRequestsSigned")) == ("true", "false")
    assert SITE.back.encode() in plain
    assert b"X509Certificate" not in plain
    site = Site(SITE.entity_id, SITE.back, *idp.key_pair())
    full = saml.own_metadata(site)
    assert full.count(b"X509Certificate>") == 4
    assert b"PRIVATE KEY" not in full
    assert etree.fromstring(full)[0].get("AuthnRequestsSigned") == "true"


def late(seconds):
    return {"before": -seconds - 400, "after": -seconds}


def other_key():
    found = tree()
    idp.sign(idp.assertion_of(found), key=idp.OTHER_KEY)
    return found


def by(method=xmlsec.Transform.RSA_SHA256, digest=xmlsec.Transform.SHA256, extra=None):
    found = tree()
    idp.sign(idp.assertion_of(found), method=method, digest=digest, extra=extra)
    return found


def bomb():
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    text = etree.tostring(signed()).decode().replace("s-1", "&e8;")
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{lines}]>{text}'.encode()


NOT_BELIEVED = {
    "unsigned": (tree, "not signed"),
    "signed around the assertion only": (lambda: idp.sign(tree()), "not signed"),
    "signed by another key": (other_key, "Signature validation failed"),
    "for another site": (lambda: signed(audience="https://other.example"), "not a valid audience"),
    "for no site": (lambda: signed(audiences=[]), "not for https://inward"),
    "for this site and then for another alone": (
        lambda: signed(audiences=[SITE.entity_id, "https://other.example"]),
        "not for https://inward",
    ),
    "of another issuer": (lambda: signed(issuer="https://evil.example"), "Invalid issuer"),
    "over": (lambda: signed(**late(LEEWAY + 5)), "expired"),
    "not begun": (lambda: signed(before=LEEWAY + 30), "not yet valid"),
    "confirmed until yesterday": (lambda: signed(confirmed=-1), "SubjectConfirmation"),
    "confirmed without an end": (lambda: signed(confirmed=None), "answers no request"),
    "confirmed from a moment on": (
        lambda: signed(confirmation=f'NotBefore="{idp.stamp(-60)}"'),
        "answers no request",
    ),
    "for another address": (lambda: signed(recipient="https://other.example/"), "SubjectConfirmation"),
    "for an address that only begins so": (lambda: signed(recipient=SITE.back + "more/"), "answers no request"),
    "sent elsewhere": (lambda: signed(destination="https://other.example/"), "received at"),
    "sent to an address that only begins so": (lambda: signed(destination=SITE.back + "x"), "sent elsewhere"),
    "answering nothing": (lambda: signed(request=""), "answers no request"),
    "answering nothing, in an envelope that says so": (
        lambda: signed(request="", envelope=ASKED),
        "answers no request",
    ),
    "in an envelope that names another request": (lambda: signed(envelope="_other"), "SubjectConfirmation"),
    "in an envelope that names none": (lambda: signed(envelope=""), "another request"),
    "about nobody": (lambda: signed(subject=None), "NameID not found"),
    "about an empty name": (lambda: signed(subject=""), "empty NameID"),
    "about a name that is too long": (lambda: signed(subject="x" * 256), "longer than 255"),
    "about a name of this moment": (
        lambda: signed(name_format=f"{idp.SAML}:nameid-format:transient"),
        "transient",
    ),
    "signed by SHA-1": (lambda: by(xmlsec.Transform.RSA_SHA1), "rsa-sha1 are not believed"),
    "digested by SHA-1": (lambda: by(xmlsec.Transform.RSA_SHA256, xmlsec.Transform.SHA1), "sha1 are not believed"),
    "with a transform of its own": (lambda: by(extra=xmlsec.Transform.C14N), "are not believed"),
    "no XML": (lambda: b"nothing", "does not hold"),
    "another document": (lambda: etree.fromstring("<a/>"), "does not hold"),
    "with an entity": (bomb, "does not hold"),
    "huge": (lambda: b" " * saml.RESPONSE_MAX, "larger"),
}


@pytest.mark.parametrize(("made", "words"), NOT_BELIEVED.values(), ids=NOT_BELIEVED)
def test_a_response_is_not_believed(made, words):
    assert words in fault(made())


def test_what_was_altered_after_signing_is_not_believed():
    found = signed(subject="maya", attributes={"groups": ["staff"]})
    for place in ("saml:Subject/saml:NameID", "saml:AttributeStatement/saml:Attribute/saml:AttributeValue"):
        changed = copy.deepcopy(found)
        idp.assertion_of(changed).find(place, idp.NAMES).text = "operators"
        assert "Signature validation failed" in fault(changed)


def test_a_comment_does_not_cut_a_name_short():
    found = signed(subject="admin<x>")
    text = etree.tostring(found).replace(b"admin", b"ad<!---->min")
    assert heard(text).claims["sub"] == "admin<x>"


class TestWrapping:
    """A signed assertion moved about, with a forged one where it was: whoever signed did not say the forged one."""

    def forged(self, found):
        false = copy.deepcopy(idp.assertion_of(found))
        false.remove(false.find("ds:Signature", idp.NAMES))
        false.set("ID", "_forged")
        false.find("saml:Subject/saml:NameID", idp.NAMES).text = "operator"
        return false

    def test_beside_it(self):
        for place in (2, 3):
            found = signed()
            found.insert(place, self.forged(found))
            assert "1 assertion" in fault(found)

    def test_around_it(self):
        found = signed()
        true, false = idp.assertion_of(found), self.forged(found)
        found.replace(true, false)
        etree.SubElement(false, "{urn:x}hidden").append(true)
        assert "does not hold" in fault(found)

    def test_with_its_signature_taken_over(self):
        found = signed()
        true, false = idp.assertion_of(found), self.forged(found)
        signature = true.find("ds:Signature", idp.NAMES)
        found.replace(true, false)
        false.insert(1, signature)
        etree.SubElement(signature, f"{{{idp.NAMES['ds']}}}Object").append(true)
        assert "does not hold" in fault(found)

    def test_with_the_same_id(self):
        found = signed()
        false = self.forged(found)
        false.set("ID", idp.assertion_of(found).get("ID"))
        extensions = etree.Element(f"{{{idp.NAMES['samlp']}}}Extensions")
        extensions.append(idp.assertion_of(found))
        found.insert(1, extensions)
        found.append(false)
        assert "does not hold" in fault(found)


def test_clocks_may_differ_by_a_minute_and_no_more():
    assert heard(signed(**late(LEEWAY - 20))).claims["sub"] == "s-1"
    assert heard(signed(before=LEEWAY - 20)).claims["sub"] == "s-1"


def test_a_partner_that_signs_nobody_in_says_so_and_needs_no_signature_for_it():
    with pytest.raises(saml.Declined):
        heard(tree(status=f"{idp.SAML}:status:Responder"))


def test_two_certificates_are_believed_while_a_partner_changes_its_key():
    there = Partner(idp.ISSUER, metadata=idp.metadata(certificates=(idp.OTHER_CERTIFICATE, idp.CERTIFICATE)))
    assert heard(signed(), there=there).claims["sub"] == "s-1"
    assert heard(other_key(), there=there).claims["sub"] == "s-1"


def test_attributes_named_for_it_say_who_she_is_and_friendly_names_are_heard():
    there = Partner(idp.ISSUER, idp.metadata(), subject="oid", email="urn:work", username="handle")
    said = {"oid": ["o-1"], "urn:work": ["m@abc.example"], "email": ["other@abc.example"], "handle": ["maya"]}
    claims = heard(signed(attributes=said, subject=None), there=there).claims
    assert (claims["sub"], claims["email"], claims["preferred_username"]) == ("o-1", "m@abc.example", "maya")
    assert heard(signed(attributes={"mail": ["m@abc.example"]}, friendly=True)).claims["email"] == "m@abc.example"
    for wrong in ({}, {"oid": ["o-1", "o-2"]}):
        assert "does not say oid once" in fault(signed(attributes=wrong), there=there)


def test_no_attribute_passes_for_what_the_assertion_itself_says():
    false = {"iss": ["x"], "sub": ["operator"], "acr": ["mfa"], "amr": ["mfa"], "email_verified": ["true"]}
    claims = heard(signed(attributes=false)).claims
    assert (claims["iss"], claims["sub"], claims["acr"], claims["amr"]) == (idp.ISSUER, "s-1", [idp.PASSWORD], [])
    assert (claims["email"], claims["email_verified"]) == ("", False)
    assert heard(signed(attributes={saml.METHODS: ["multi"]})).claims["amr"] == ["multi"]


BAD_METADATA = {
    "no XML": ("nothing", "cannot be read"),
    "of another": (idp.metadata(issuer="https://other.example"), "say nothing of https://id.example.org/saml"),
    "over": (idp.metadata(more='validUntil="2020-01-01T00:00:00Z"'), "are over"),
    "without a certificate": (idp.metadata(certificates=()), "no certificate"),
    "with a certificate for encryption alone": (
        idp.metadata(certificates=(idp.CERTIFICATE, idp.OTHER_CERTIFICATE), use="encryption"),
        "no certificate",
    ),
    "without a way by redirect": (idp.metadata(binding="HTTP-POST"), "by redirect"),
    "with an address that is none": (idp.metadata(go="nowhere"), "do not do"),
}


@pytest.mark.parametrize(("text", "words"), BAD_METADATA.values(), ids=BAD_METADATA)
def test_metadata_that_do_not_do_are_said_to(text, words):
    with pytest.raises(ProviderFault, match=words):
        saml.check(SITE, Partner(idp.ISSUER, metadata=text))


def test_metadata_can_be_fetched_and_tell_when_they_end():
    with idp.running() as identity:
        there = Partner(identity.issuer, metadata_url=f"{identity.issuer}/metadata")
        saml.check(SITE, there)
        assert identity.asked == ["/metadata"]
    with pytest.raises(ProviderFault, match="does not answer"):
        saml.check(SITE, there)
    until = datetime.fromtimestamp(time.time() + 3600, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    saml.check(SITE, Partner(idp.ISSUER, metadata=idp.metadata(more=f'validUntil="{until}"')))


def test_a_key_and_a_certificate_belong_together_or_it_is_said():
    assert saml.pair_faults(idp.KEY, idp.CERTIFICATE) == []
    assert saml.pair_faults(idp.KEY, idp.OTHER_CERTIFICATE) == ["the certificate is not of the key"]
    assert "cannot both be read" in saml.pair_faults("no key", idp.CERTIFICATE)[0]
