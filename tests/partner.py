"""A small SAML provider of our own that says whatever a test wants it to say, rightly signed or not. It signs by xmlsec
directly, not by the toolkit under test.
"""

import base64
import threading
import zlib
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

from inward.kit import clock

ISSUER = "https://id.example.org/saml"
GO = "https://id.example.org/saml/go"
SAML = "urn:oasis:names:tc:SAML:2.0"
NAMES = {"saml": f"{SAML}:assertion", "samlp": f"{SAML}:protocol", "ds": "http://www.w3.org/2000/09/xmldsig#"}
SUCCESS = f"{SAML}:status:Success"
PERSISTENT = f"{SAML}:nameid-format:persistent"
PASSWORD = f"{SAML}:ac:classes:PasswordProtectedTransport"
_numbers = count(1)


def key_pair(name="id.example.org"):
    """A private key and a certificate of its own, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key())
    now = clock.utc_now()
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


KEY, CERTIFICATE = key_pair()
OTHER_KEY, OTHER_CERTIFICATE = key_pair()


def bare(certificate):
    """A certificate without its first and last line, as metadata show it."""
    return "".join(line for line in certificate.splitlines() if "CERTIFICATE" not in line)


def metadata(*, issuer=ISSUER, go=GO, certificates=(CERTIFICATE,), binding="HTTP-Redirect", more="", use="signing"):
    keys = "".join(
        f'<md:KeyDescriptor use="{use}"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{bare(each)}</ds:X509Certificate>'
        "</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
        for each in certificates
    )
    return (
        f'<md:EntityDescriptor xmlns:md="{SAML}:metadata" xmlns:ds="{NAMES["ds"]}" entityID="{issuer}" {more}>'
        f'<md:IDPSSODescriptor protocolSupportEnumeration="{SAML}:protocol">{keys}'
        f'<md:SingleSignOnService Binding="{SAML}:bindings:{binding}" Location="{go}"/>'
        "</md:IDPSSODescriptor></md:EntityDescriptor>"
    )


def asked_on(way):
    """The request on the way there, as the provider reads it, and what else is on the address."""
    said = {name: values[0] for name, values in parse_qs(urlsplit(way).query, keep_blank_values=True).items()}
    return etree.fromstring(zlib.decompress(base64.b64decode(said["SAMLRequest"]), -15)), said


def stamp(seconds):
    return (clock.utc_now() + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def response(
    *,
    request,
    back,
    audience,
    issuer=ISSUER,
    subject="s-1",
    name_format=PERSISTENT,
    attributes=None,
    context=PASSWORD,
    status=SUCCESS,
    before=-5,
    after=300,
    confirmed=300,
    recipient=None,
    destination=None,
    envelope=None,
    audiences=None,
    confirmation="",
    assertion_id=None,
    friendly=False,
):
    """A whole response, unsigned, as a tree. What is None is what it should be; "" leaves it away."""
    number = next(_numbers)
    said = "".join(
        f'<saml:Attribute {"FriendlyName" if friendly else "Name"}="{name}"{f""" Name="urn:{name}" """ if friendly else ""}>'
        + "".join(f"<saml:AttributeValue>{escape(each)}</saml:AttributeValue>" for each in values)
        + "</saml:Attribute>"
        for name, values in (attributes or {}).items()
    )
    meant = "".join(
        f"<saml:AudienceRestriction><saml:Audience>{each}</saml:Audience></saml:AudienceRestriction>"
        for each in ([audience] if audiences is None else audiences)
    )
    data = {
        "InResponseTo": request,
        "Recipient": back if recipient is None else recipient,
        "NotOnOrAfter": stamp(confirmed) if confirmed is not None else "",
    }
    shown = " ".join(f'{name}="{value}"' for name, value in data.items() if value)
    name = f'<saml:NameID Format="{name_format}">{escape(subject)}</saml:NameID>' if subject is not None else ""
    assertion = (
        f'<saml:Assertion ID="{assertion_id or f"_a{number}"}" Version="2.0" IssueInstant="{stamp(0)}">'
        f"<saml:Issuer>{issuer}</saml:Issuer><saml:Subject>{name}"
        f'<saml:SubjectConfirmation Method="{SAML}:cm:bearer"><saml:SubjectConfirmationData {shown} {confirmation}/>'
        f'</saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{stamp(before)}" '
        f'NotOnOrAfter="{stamp(after)}">{meant}</saml:Conditions><saml:AuthnStatement AuthnInstant="{stamp(0)}">'
        f"<saml:AuthnContext><saml:AuthnContextClassRef>{context}</saml:AuthnContextClassRef></saml:AuthnContext>"
        f"</saml:AuthnStatement>{f'<saml:AttributeStatement>{said}</saml:AttributeStatement>' if said else ''}"
        "</saml:Assertion>"
    )
    names = request if envelope is None else envelope
    sent = back if destination is None else destination
    return etree.fromstring(
        f'<samlp:Response xmlns:samlp="{NAMES["samlp"]}" xmlns:saml="{NAMES["saml"]}" ID="_r{number}" Version="2.0" '
        f'IssueInstant="{stamp(0)}"{f""" Destination="{sent}" """ if sent else ""}'
        f'{f""" InResponseTo="{names}" """ if names else ""}><saml:Issuer>{issuer}</saml:Issuer>'
        f'<samlp:Status><samlp:StatusCode Value="{status}"/></samlp:Status>'
        f"{assertion if status == SUCCESS else ''}</samlp:Response>"
    )


def assertion_of(tree):
    return tree.find("saml:Assertion", NAMES)


def sign(element, *, key=KEY, method=xmlsec.Transform.RSA_SHA256, digest=xmlsec.Transform.SHA256, extra=None):
    """Sign an element in its place, right after its issuer."""
    template = xmlsec.template.create(element, xmlsec.Transform.EXCL_C14N, method, ns="ds")
    element.insert(1, template)
    reference = xmlsec.template.add_reference(template, digest, uri=f"#{element.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
    if extra is not None:
        xmlsec.template.add_transform(reference, extra)
    xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    xmlsec.tree.add_ids(element, ["ID"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(key, xmlsec.KeyFormat.PEM)
    context.sign(template)
    return element


def encrypted(tree, certificate):
    """The same with its assertion encrypted for the holder of that certificate."""
    assertion = assertion_of(tree)
    around = etree.SubElement(tree, f"{{{NAMES['saml']}}}EncryptedAssertion")
    tree.remove(assertion)
    around.append(assertion)
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(certificate, xmlsec.KeyFormat.CERT_PEM))
    template = xmlsec.template.encrypted_data_create(
        around, xmlsec.Transform.AES256, type=xmlsec.EncryptionType.ELEMENT, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(template)
    info = xmlsec.template.encrypted_data_ensure_key_info(template, ns="ds")
    carried = xmlsec.template.add_encrypted_key(info, xmlsec.Transform.RSA_OAEP)
    xmlsec.template.encrypted_data_ensure_cipher_value(carried)
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(xmlsec.KeyData.AES, 256, xmlsec.KeyDataType.SESSION)
    context.encrypt_xml(template, assertion)
    return tree


def posted(tree):
    """As the browser posts it."""
    content = tree if isinstance(tree, bytes) else etree.tostring(tree)
    return base64.b64encode(content).decode()


class Identity:
    """A provider with a page that posts back by itself, for browsers. ``attributes`` and ``subject`` are what it says next."""

    def __init__(self):
        self.subject, self.attributes, self.asked, self.audience = "s-1", {}, [], ""

    def page(self, path):
        request, _said = asked_on(path)
        back = request.get("AssertionConsumerServiceURL")
        tree = response(
            request=request.get("ID"), back=back, audience=self.audience or request.find("saml:Issuer", NAMES).text,
            issuer=self.issuer, subject=self.subject, attributes=self.attributes,
        )  # fmt: skip
        sign(assertion_of(tree))
        return (
            f'<!doctype html><html lang="en"><title>Sign in</title><form method="post" action="{back}">'
            f'<input type="hidden" name="SAMLResponse" value="{posted(tree)}">'
            '<input type="hidden" name="RelayState" value="https://evil.example/"><button>Sign in as Maya</button></form>'
        )


@contextmanager
def running():
    """The provider at ``issuer``, with its metadata and its page, until the test is over."""
    identity = Identity()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            identity.asked.append(self.path)
            status, body, kind = 404, "", "text/html"
            if self.path == "/metadata":
                status, body, kind = (
                    200,
                    metadata(issuer=identity.issuer, go=f"{identity.issuer}/go"),
                    "application/xml",
                )
            elif self.path.startswith("/go?"):
                status, body = 200, identity.page(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_said):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    identity.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield identity
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
