"""Web push: a message that only one browser can read (RFC 8291), and the sender's name on it (VAPID, RFC 8292)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

# Push services take 4,096 bytes with all that is around the message; it is sent as one record of that size.
RECORD, MOST_TEXT = 4096, 3000
# How long a sender's name counts; the standard allows a day.
TOKEN_LASTS = timedelta(hours=12)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class Receiver:
    """A browser as its push service knows it: its public key, and the secret it made; both in URL-safe Base64."""

    p256dh: str
    auth: str


def encrypt(text: bytes, receiver: Receiver, *, key: EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """Encrypt a message for one browser (aes128gcm). ``key`` and ``salt`` (16 bytes) are for this message alone.

    Raises ValueError for a receiver that is none, and for more than ``MOST_TEXT`` bytes.
    """
    if len(text) > MOST_TEXT:
        raise ValueError("a push message is short")
    theirs_bytes, auth = decode(receiver.p256dh), decode(receiver.auth)
    theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), theirs_bytes)
    if len(auth) != 16:
        raise ValueError("the secret of a browser has 16 bytes")
    ours_bytes = point_of(key)
    shared = key.exchange(ECDH(), theirs)
    input_key = stretch(shared, auth, b"WebPush: info\0" + theirs_bytes + ours_bytes, 32)
    content_key = stretch(input_key, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = stretch(input_key, salt, b"Content-Encoding: nonce\0", 12)
    # Byte 2 ends the last record.
    sealed = AESGCM(content_key).encrypt(nonce, text + b"\2", None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(ours_bytes)]) + ours_bytes + sealed


def name_of_sender(endpoint: str, *, key: EllipticCurvePrivateKey, contact: str, at: datetime) -> str:
    """Write the header by which a push service knows who sends. ``contact`` is a ``mailto:`` or ``https:`` address."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((at + TOKEN_LASTS).timestamp()),
        "sub": contact,
    }
    signed = ".".join(encode(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.sign(signed.encode(), ECDSA(hashes.SHA256())))
    signature = encode(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={encode(point_of(key))}"


def key_from(secret: bytes) -> EllipticCurvePrivateKey:
    """Make the key of a sender from 32 secret bytes: always the same from the same."""
    return derive_private_key(int.from_bytes(secret, "big") % (ORDER - 1) + 1, SECP256R1())


def point_of(key: EllipticCurvePrivateKey) -> bytes:
    """Give the public part of a key: 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def stretch(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """Derive bytes for one use (HKDF with SHA-256, RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def encode(data: bytes) -> str:
    """Write bytes in URL-safe Base64 without its padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Read URL-safe Base64 with or without padding. Raises ValueError for what is none."""
    if not text.isascii():
        raise ValueError("not Base64")
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
