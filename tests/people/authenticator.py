"""A small authenticator in software: makes passkeys and shows them, and lies where it is told to."""

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor
from fido2.utils import websafe_encode

HOME = "http://localhost:8000"
PRESENT, VERIFIED, ATTESTED = 1, 4, 64


@dataclass
class Authenticator:
    """Holds one passkey."""

    origin: str = HOME
    domain: str = "localhost"
    verifies: bool = True
    number: bytes = field(default_factory=lambda: os.urandom(16))
    handle: str = ""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: Any) -> str:
        """Answer what a page asks for when a passkey is added."""
        asked = options["publicKey"]
        self.handle = asked["user"]["id"]
        public = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.number).to_bytes(2, "big") + self.number + cbor.encode(cose)
        data = self.head(ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": websafe_encode(self.told("webauthn.create", asked["challenge"])),
            "attestationObject": websafe_encode(attestation),
        }
        return self.wrapped(response)

    def show(self, options: Any, handle: str = "") -> str:
        """Answer what a page asks for when a passkey is to be shown."""
        told = self.told("webauthn.get", options["publicKey"]["challenge"])
        data = self.head()
        signed = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(told),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signed),
            "userHandle": handle or self.handle,
        }
        return self.wrapped(response)

    def head(self, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.domain.encode()).digest() + bytes([flags]) + bytes(4)

    def told(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def wrapped(self, response: dict[str, str]) -> str:
        number = websafe_encode(self.number)
        return json.dumps(
            {
                "id": number,
                "rawId": number,
                "type": "public-key",
                "clientExtensionResults": {"credProps": {"rk": True}},
                "response": response,
            }
        )


def options(client: Client, path: str, **fields: str) -> Any:
    """Ask a page for what an authenticator needs to begin."""
    return client.post(path, {"ask": "options", **fields}).json()


def add_passkey(client: Client, key: Authenticator | None = None, name: str = "Key") -> Authenticator:
    """Add a passkey to the account of whoever uses this browser."""
    key = key or Authenticator()
    made = key.make(options(client, "/account/passkeys/"))
    client.post("/account/passkeys/", {"credential": made, "name": name})
    return key


def show_passkey(client: Client, key: Authenticator, path: str = "/sign-in/passkey/", **fields: str) -> Any:
    """Come in by a passkey, as far as that goes."""
    return client.post(path, {"credential": key.show(options(client, path, **fields)), **fields})
