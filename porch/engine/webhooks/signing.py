"""Messages and their signatures, as Standard Webhooks 1.0.0 describes them."""

import hmac
import json
import re
from base64 import b64encode
from datetime import datetime
from hashlib import sha256

from porch.engine.facts.pull import Pulled
from porch.engine.webhooks.models import Endpoint
from porch.kit.keys import derive_key
from porch.kit.time import from_micros

_WORDS = re.compile(r"[A-Z][a-z0-9]*")


def type_of(kind: str) -> str:
    """Write the kind of a fact as a type of event: ``PostWritten`` is ``post.written``, the verb after the last dot."""
    *nouns, verb = (word.lower() for word in _WORDS.findall(kind))
    return f"{'_'.join(nouns)}.{verb}"


def body_of(fact: Pulled) -> bytes:
    """Write a fact as the body of a message: its type, when it happened, and its ids."""
    happened = from_micros(fact.at).isoformat(timespec="microseconds")
    said = {"type": type_of(fact.kind), "timestamp": happened.replace("+00:00", "Z"), "data": dict(fact.ids)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def headers_for(endpoint: Endpoint, message_id: str, body: bytes, at: datetime) -> dict[str, str]:
    """Sign a message: with the secret, and with the one before as long as that counts."""
    moment = str(int(at.timestamp()))
    salts = [endpoint.salt]
    if endpoint.old_until is not None and at < endpoint.old_until:
        salts.append(endpoint.old_salt)
    signed = f"{message_id}.{moment}.".encode() + body
    return {
        "Content-Type": "application/json",
        "Webhook-Id": message_id,
        "Webhook-Timestamp": moment,
        "Webhook-Signature": " ".join(signature(key_of(salt), signed) for salt in salts),
    }


def signature(key: bytes, signed: bytes) -> str:
    """Sign bytes, as version 1 of the standard has it."""
    return "v1," + b64encode(hmac.new(key, signed, sha256).digest()).decode()


def secret_of(endpoint: Endpoint) -> str:
    """Give the secret as whoever receives the messages puts it in."""
    return "whsec_" + b64encode(key_of(endpoint.salt)).decode()


def key_of(salt: str) -> bytes:
    """Derive the key of an endpoint from its salt: 32 bytes."""
    return hmac.new(derive_key("webhooks"), salt.encode(), sha256).digest()
