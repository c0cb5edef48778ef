"""A small OpenID provider of our own, on this machine, that says whatever a test wants it to say, rightly signed or not."""

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID, SECRET = "inward", "a secret: with/signs"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OMIT = object()


class Identity:
    """``claims`` changes what the next token says (OMIT leaves a claim away); ``pages`` replaces a whole answer."""

    def __init__(self):
        self.claims, self.pages, self.header = {}, {}, {"kid": "one"}
        self.key, self.algorithm, self.user_info = KEY, "RS256", {}
        self.codes, self.asked = {}, []

    def authorise(self, way):
        """What the provider's page does once somebody has signed in there: the address to which she is sent back."""
        said = {name: values[0] for name, values in parse_qs(urlsplit(way).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = said
        return f"{said['redirect_uri']}?code={code}&state={said['state']}"

    def token(self, nonce=None, **said):
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": "s-1", "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce}
        claims |= self.claims | said
        kept = {name: value for name, value in claims.items() if value is not OMIT}
        return jwt.encode(kept, self.key, algorithm=self.algorithm, headers=self.header)

    def answer(self, path, form, authorization):
        if path in self.pages:
            return self.pages[path]
        if path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "go", "token_endpoint": "token", "jwks_uri": "keys"}
            found = {name: f"{self.issuer}/{place}" for name, place in names.items()}
            return 200, {"issuer": self.issuer, "userinfo_endpoint": f"{self.issuer}/me", **found}
        if path == "/keys":
            return 200, {"keys": [json.loads(RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "one", "use": "sig"}]}
        if path == "/me":
            return 200, {"sub": self.claims.get("sub", "s-1")} | self.user_info
        return self._exchange(form, authorization)

    def _exchange(self, form, authorization):
        said = self.codes.pop(form.get("code"), None)
        if said is None or form["redirect_uri"] != said["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == said["code_challenge"]
        if authorization:
            pair = base64.b64decode(authorization.removeprefix("Basic ")).decode().split(":")
        else:
            pair = [form["client_id"], form["client_secret"]]
        assert (unquote(pair[0]), unquote(pair[1]) if authorization else pair[1]) == (CLIENT_ID, SECRET)
        return 200, {"access_token": "a-token", "token_type": "Bearer", "id_token": self.token(said["nonce"])}


@contextmanager
def running():
    """The provider at ``issuer``, until the test is over."""
    identity = Identity()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            length = int(self.headers.get("Content-Length") or 0)
            form = {name: each[0] for name, each in parse_qs(self.rfile.read(length).decode()).items()}
            identity.asked.append(self.path)
            status, body = identity.answer(self.path, form, self.headers.get("Authorization"))
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", body)
            self.end_headers()
            self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

        def do_POST(self):
            self.do_GET()

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
