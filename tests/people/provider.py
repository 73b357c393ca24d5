"""A small OpenID provider on loopback, which lies where it is told to."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.test import override_settings
from jwt.algorithms import RSAAlgorithm

from porch.web.settings.oidc import oidc_apps


@dataclass
class Provider:
    """Who it says has come, and what it gets wrong: ``says`` and ``info`` change its papers, ``config`` its card."""

    url: str = ""
    says: dict[str, Any] = field(default_factory=dict)
    info: dict[str, Any] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    signs_with: rsa.RSAPrivateKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorise(self, location: str) -> dict[str, str]:
        """Let somebody in who was sent to ``location``; give what comes back with them."""
        asked = dict(parse_qsl(urlsplit(location).query))
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/.well-known/openid-configuration":
            return 200, self.card() | self.config
        if path == "/keys":
            public = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
            return 200, {"keys": [public | {"kid": "one", "alg": "RS256"}]}
        if path == "/info":
            return 200, self.person() | self.info
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or not is_answer(asked["code_challenge"], sent.get("code_verifier", "")):
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "token", "token_type": "Bearer", "id_token": self.token(asked)}

    def card(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorise",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/info",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def person(self) -> dict[str, Any]:
        return {"sub": "ben-1", "email": "ben@example.org", "email_verified": True, "name": "Ben"}

    def token(self, asked: dict[str, str]) -> str:
        at = int(time.time())
        claims = {"iss": self.url, "aud": "porch", "iat": at, "exp": at + 300, "nonce": asked.get("nonce")}
        claims |= self.person() | self.says
        return jwt.encode(claims, self.signs_with or self.key, "RS256", headers={"kid": "one"})


def is_answer(challenge: str, verifier: str) -> bool:
    made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return made == challenge


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Run a provider until the block ends."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/authorise?"):
                self.send_back(dict(parse_qsl(urlsplit(self.path).query))["redirect_uri"])
                return
            self.say(*provider.answer(urlsplit(self.path).path, {}))

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(text).items()}
            self.say(*provider.answer(urlsplit(self.path).path, sent))

        def send_back(self, address: str) -> None:
            back = urlencode(provider.authorise(self.path))
            self.send_response(302)
            self.send_header("Location", f"{address}?{back}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def say(self, status: int, said: dict[str, Any]) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def set_as_ours(provider: Provider) -> Iterator[None]:
    """Set a provider as the one at whose word people may sign in."""
    options = replace(
        settings.OPTIONS, oidc_issuer=provider.url, oidc_client="porch", oidc_secret="s", oidc_label="Home"
    )
    apps = {"openid_connect": {"APPS": oidc_apps(options)}}
    with override_settings(OPTIONS=options, SOCIALACCOUNT_PROVIDERS=apps):
        yield
