"""SAML 2.0 for a site that lets people in by another's word: the way there, what comes back, and what this site is.

Web browser single sign-on (SAML Profiles 4.1): the way there by redirect, the answer by post. XML, schema and signatures are
python3-saml's on libxmlsec; what its checks leave open is closed here: the assertion itself is signed, by an algorithm and
with transforms on a list, names this site as audience and recipient and the request it answers, and ends. Who may come in is
not decided here, nor whether an assertion was taken before: that needs a memory, and nothing is kept here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import Request

from inward.kit.oidc import LEEWAY, ProviderFault, fetched

EMAIL: Final = (
    "email",
    "mail",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
)
"""Attributes that commonly bear the address, looked for in this order where the operator names none."""
USERNAME: Final = (
    "username",
    "uid",
    "urn:oid:0.9.2342.19200300.100.1.1",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
)
"""Attributes that commonly bear a name to sign in by."""
METHODS: Final = "http://schemas.microsoft.com/claims/authnmethodsreferences"
"""The attribute by which Entra ID and ADFS say what was shown, as ``amr`` does in OpenID Connect."""
SUBJECT_LENGTH_MAX: Final = 255
RESPONSE_MAX: Final = 512 * 1024
"""Characters of a response in base64; the largest seen, with 1,000 groups, has some 200,000."""
_SIGNATURES: Final = frozenset(
    {f"http://www.w3.org/2001/04/xmldsig-more#{kind}" for kind in ("rsa-sha256", "rsa-sha384", "rsa-sha512")}
    | {f"http://www.w3.org/2001/04/xmldsig-more#{kind}" for kind in ("ecdsa-sha256", "ecdsa-sha384", "ecdsa-sha512")}
)
_DIGESTS: Final = frozenset(
    {
        "http://www.w3.org/2001/04/xmlenc#sha256",
        "http://www.w3.org/2001/04/xmldsig-more#sha384",
        "http://www.w3.org/2001/04/xmlenc#sha512",
    }
)
_TRANSFORMS: Final = frozenset(
    {
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    }
)
"""SAML Core 5.4.4: no others. Transforms run before a signature is known to hold, so others are refused unrun."""
_POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
_UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
_TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
_ENDS = "/*/@validUntil | //md:EntityDescriptor[@entityID = $issuer]/@validUntil"
_NAMES = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "md": "urn:oasis:names:tc:SAML:2.0:metadata",
}


@dataclass(frozen=True, slots=True)
class Partner:
    """A provider that speaks SAML. ``issuer`` is its entity id; its ``metadata`` are the document itself, or are fetched
    from ``metadata_url`` at each sign-in. ``subject``, ``email`` and ``username`` name attributes; without ``subject``
    the NameID says who she is, without the others the common names are looked for.
    """

    issuer: str
    metadata: str = field(default="", repr=False)
    metadata_url: str = ""
    subject: str = ""
    email: str = ""
    username: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """What this site is to a partner: its entity id, the address that takes responses, and the key (PEM) with its
    certificate by which it signs requests and reads encrypted assertions; both or none.
    """

    entity_id: str
    back: str
    key: str = field(default="", repr=False)
    certificate: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """An assertion that holds: the ``request`` it answers, its own id, when it ends, and what it says, as claims are said."""

    request: str
    assertion: str
    until: datetime
    claims: Mapping[str, Any]


class Declined(Exception):  # noqa: N818 - it states a fact
    """The partner says that it did not sign her in: she called it off, or may not come here."""


def way_there(site: Site, partner: Partner) -> tuple[str, str]:
    """The address at the partner to which the browser goes, and the id of the request on it. ProviderFault without metadata.

    Nothing of ours travels along as relay state: where she wanted to go is remembered here, under the id of the request.
    """
    from onelogin.saml2.auth import OneLogin_Saml2_Auth

    auth = OneLogin_Saml2_Auth(_request(site), old_settings=_settings(site, partner))
    return auth.login(return_to=""), auth.get_last_request_id()


def answered(site: Site, partner: Partner, response: str) -> Answer:
    """What a ``response`` (base64, as posted) says, once everything about it holds.

    Declined when the partner signed nobody in; ProviderFault for whatever does not hold, with why, for the log.
    """
    from lxml.etree import LxmlError
    from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
    from onelogin.saml2.response import OneLogin_Saml2_Response
    from xmlsec import Error as SignatureError

    faults = (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, LxmlError, SignatureError)
    if len(response) > RESPONSE_MAX:
        raise ProviderFault("the response is larger than any should be")
    settings = _settings(site, partner)
    try:
        said = OneLogin_Saml2_Response(settings, response)
        for document in (said.document, said.get_xml_document()):
            _check_signing(document)
        said.is_valid(_request(site), said.get_in_response_to(), raise_exceptions=True)
        return _answer(site, partner, said)
    except OneLogin_Saml2_ValidationError as wrong:
        if wrong.code == OneLogin_Saml2_ValidationError.STATUS_CODE_IS_NOT_SUCCESS:
            raise Declined(str(wrong)) from wrong
        raise ProviderFault(f"the response does not hold: {wrong}") from wrong
    except (*faults, ValueError, TypeError, LookupError, AttributeError) as wrong:
        # What a stranger posts may be anything, and the toolkit stumbles over some of it by plain errors.
        raise ProviderFault(f"the response does not hold: {wrong}") from wrong


def check(site: Site, partner: Partner) -> None:
    """ProviderFault when the partner's metadata cannot be had or do not do."""
    _settings(site, partner)


def own_metadata(site: Site) -> bytes:
    """What this site is, as an XML document for the partner to read. It names no end: an operator may hand it over by hand."""
    from onelogin.saml2.metadata import OneLogin_Saml2_Metadata

    plain = OneLogin_Saml2_Metadata.builder(
        _sp(site), authnsign=bool(site.key), wsign=True, valid_until="", cache_duration=""
    )
    found = OneLogin_Saml2_Metadata.add_x509_key_descriptors(plain, site.certificate, add_encryption=True)
    return found if isinstance(found, bytes) else str(found).encode()


def pair_faults(key: str, certificate: str) -> list[str]:
    """What is wrong with a key and a certificate (PEM) that a site would use; empty when they belong together."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509 import load_pem_x509_certificate

    try:
        ours = load_pem_private_key(key.encode(), password=None)
        shown = load_pem_x509_certificate(certificate.encode())
    except (ValueError, TypeError) as wrong:
        return [f"the key and the certificate cannot both be read: {wrong}"]
    if ours.public_key() != shown.public_key():
        return ["the certificate is not of the key"]
    return []


# --- what is checked beyond the toolkit ---------------------------------------------------------------------------------


def _check_signing(document: Any) -> None:
    """Only listed algorithms and transforms; looked at before anything is computed by them."""
    for name, allowed in (
        ("ds:SignatureMethod", _SIGNATURES),
        ("ds:DigestMethod", _DIGESTS),
        ("ds:Transform", _TRANSFORMS),
    ):
        for each in document.xpath(f"//ds:Signature//{name}", namespaces=_NAMES):
            if each.get("Algorithm") not in allowed:
                raise ProviderFault(f"signatures by {each.get('Algorithm')} are not believed")


def _answer(site: Site, partner: Partner, said: Any) -> Answer:
    """Read from the one assertion there is, whose signature holds."""
    (assertion,) = said.get_xml_document().xpath("/samlp:Response/saml:Assertion", namespaces=_NAMES)
    meant = [
        {each.text.strip() for each in limit.findall("saml:Audience", _NAMES) if each.text}
        for limit in assertion.findall("saml:Conditions/saml:AudienceRestriction", _NAMES)
    ]
    if not meant or not all(site.entity_id in each for each in meant):
        raise ProviderFault(f"the assertion is not for {site.entity_id}")
    if said.document.get("Destination") not in (None, site.back):
        raise ProviderFault("the response was sent elsewhere")
    request, until = _confirmed(site, assertion)
    if said.get_in_response_to() != request:
        raise ProviderFault("the envelope names another request than the assertion")
    return Answer(request, str(assertion.get("ID")), until, _claims(partner, said))


def _confirmed(site: Site, assertion: Any) -> tuple[str, datetime]:
    """The request that the assertion answers, and when it ends: of the confirmation that is for this site (Profiles 4.1.4.2)."""
    from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils

    for each in assertion.findall("saml:Subject/saml:SubjectConfirmation", _NAMES):
        data = each.find("saml:SubjectConfirmationData", _NAMES)
        if each.get("Method") != "urn:oasis:names:tc:SAML:2.0:cm:bearer" or data is None:
            continue
        ends, request = data.get("NotOnOrAfter"), data.get("InResponseTo")
        if data.get("Recipient") != site.back or not request or not ends or data.get("NotBefore"):
            continue
        until = int(Utils.parse_SAML_to_time(ends))
        if until > Utils.now():
            return str(request), datetime.fromtimestamp(until + LEEWAY, tz=UTC)
    raise ProviderFault("the assertion answers no request of this site, or is over")


def _claims(partner: Partner, said: Any) -> dict[str, Any]:
    """Attributes under their names, plain and friendly, and what else is heard of a provider under OpenID Connect's names.

    What is ours comes last: no attribute can pass for it.
    """
    found: dict[str, list[str]] = {}
    for names in (said.get_friendlyname_attributes(), said.get_attributes()):
        found |= {name: [each for each in values if isinstance(each, str)] for name, values in names.items()}
    plain = {name: values[0] if len(values) == 1 else values for name, values in found.items()}
    address = _first(found, (partner.email,) if partner.email else EMAIL)
    return plain | {
        "iss": partner.issuer,
        "sub": _subject(partner, said, found),
        "email": address,
        "email_verified": bool(address),
        "preferred_username": _first(found, (partner.username,) if partner.username else USERNAME),
        "acr": [each for each in said.get_authn_contexts() if each],
        "amr": found.get(METHODS, []),
    }


def _subject(partner: Partner, said: Any, found: Mapping[str, list[str]]) -> str:
    """Who she is there, for good: one value of the attribute named for it, or the NameID."""
    if partner.subject:
        values = found.get(partner.subject, [])
        if len(values) != 1:
            raise ProviderFault(f"the assertion does not say {partner.subject} once")
        subject = values[0]
    else:
        name = said.get_nameid_data()
        if name.get("Format") == _TRANSIENT:
            raise ProviderFault("the NameID is another one at each sign-in (transient); name a subject_attribute")
        subject = str(name["Value"]).strip()
    if not 0 < len(subject) <= SUBJECT_LENGTH_MAX:
        raise ProviderFault(f"the subject is empty or longer than {SUBJECT_LENGTH_MAX} characters")
    return subject


def _first(found: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    return next((found[name][0] for name in names if found.get(name)), "")


# --- what the toolkit is told -------------------------------------------------------------------------------------------


def _settings(site: Site, partner: Partner) -> Any:
    from onelogin.saml2.constants import OneLogin_Saml2_Constants
    from onelogin.saml2.errors import OneLogin_Saml2_Error
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    OneLogin_Saml2_Constants.ALLOWED_CLOCK_DRIFT = LEEWAY  # its own are five minutes; the other protocol has one
    told = {
        "strict": True,
        "debug": False,
        "sp": _sp(site),
        "idp": _idp(partner),
        "security": {
            "authnRequestsSigned": bool(site.key),
            "wantAssertionsSigned": True,
            "wantAttributeStatement": False,
            "wantNameId": not partner.subject,
            "rejectDeprecatedAlgorithm": True,
            "requestedAuthnContext": False,
            "allowRepeatAttributeName": True,
            "allowSingleLabelDomains": True,
        },
    }
    try:
        return OneLogin_Saml2_Settings(told)
    except OneLogin_Saml2_Error as wrong:
        raise ProviderFault(f"the provider's metadata do not do: {wrong}") from wrong


def _sp(site: Site) -> dict[str, Any]:
    return {
        "entityId": site.entity_id,
        "assertionConsumerService": {"url": site.back, "binding": _POST},
        "NameIDFormat": _UNSPECIFIED,
        "x509cert": site.certificate,
        "privateKey": site.key,
    }


def _idp(partner: Partner) -> dict[str, Any]:
    """The partner as its metadata say: where one signs in by redirect, and by which certificates it signs."""
    from lxml.etree import LxmlError
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
    from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils
    from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

    document = partner.metadata or fetched(Request(partner.metadata_url)).decode("utf-8", "replace")  # noqa: S310 - see fetched
    try:
        root = OneLogin_Saml2_XML.to_etree(document.encode())
        found = OneLogin_Saml2_IdPMetadataParser.parse(document.encode(), entity_id=partner.issuer).get("idp", {})
        ends = root.xpath(_ENDS, namespaces=_NAMES, issuer=partner.issuer)
        over = any(Utils.parse_SAML_to_time(until) <= Utils.now() for until in ends)
    except (LxmlError, ValueError, TypeError) as wrong:
        raise ProviderFault(f"the provider's metadata cannot be read: {wrong}") from wrong
    if found.get("entityId") != partner.issuer:
        raise ProviderFault(f"the provider's metadata say nothing of {partner.issuer}")
    if over:
        raise ProviderFault("the provider's metadata are over (validUntil): bring new ones")
    if not found.get("x509cert") and not found.get("x509certMulti", {}).get("signing"):
        raise ProviderFault("the provider's metadata name no certificate by which it signs")
    if not found.get("singleSignOnService", {}).get("url"):
        raise ProviderFault("the provider's metadata name no address to sign in at by redirect (HTTP-Redirect)")
    return {name: value for name, value in found.items() if name != "singleLogoutService"}


def _request(site: Site) -> dict[str, Any]:
    """Where responses are taken, as configured: what a request says of its host is not asked."""
    parts = urlsplit(site.back)
    return {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": parts.path,
        "get_data": {},
        "post_data": {},
    }
