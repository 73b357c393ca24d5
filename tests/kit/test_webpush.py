"""A push message as the standards have it."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from porch.kit.webpush import MOST_TEXT, Receiver, decode, encode, encrypt, key_from, name_of_sender, point_of
from tests.village import NOON

# The example of RFC 8291, appendix A.
RECEIVER = Receiver(
    p256dh="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth="BTBZMqHH6r4Tts7J_aSIgg",
)
SALT = decode("DGv6ra1nlYgDCS1FRnbzlw")
SENDER = decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
TEXT = b"When I grow up, I want to be a watermelon"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PB"
    "ru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard_comes_out() -> None:
    key = derive_private_key(int.from_bytes(SENDER, "big"), SECP256R1())
    assert encode(encrypt(TEXT, RECEIVER, key=key, salt=SALT)) == SEALED


@pytest.mark.parametrize(
    "receiver",
    [
        Receiver("", RECEIVER.auth),
        Receiver(encode(b"\4" + bytes(64)), RECEIVER.auth),
        Receiver(RECEIVER.p256dh, "AAAA"),
        Receiver(RECEIVER.p256dh, "ä"),
        Receiver("!!", RECEIVER.auth),
    ],
)
def test_who_is_no_receiver_gets_nothing(receiver: Receiver) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        encrypt(TEXT, receiver, key=key_from(SENDER), salt=SALT)


def test_a_long_message_is_refused() -> None:
    with pytest.raises(ValueError, match="short"):
        encrypt(bytes(MOST_TEXT + 1), RECEIVER, key=key_from(SENDER), salt=SALT)
    assert len(encrypt(bytes(MOST_TEXT), RECEIVER, key=key_from(SENDER), salt=SALT)) < 4096


def test_the_sender_is_named_for_one_service_and_for_half_a_day() -> None:
    key = key_from(b"k" * 32)
    said = name_of_sender(
        "https://push.example.org/send/abc", key=key, contact="mailto:a@example.org", at=NOON
    )
    token, public = said.removeprefix("vapid t=").split(", k=")
    head, claims, signature = token.split(".")
    assert json.loads(decode(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(decode(claims)) == {
        "aud": "https://push.example.org",
        "exp": int((NOON + timedelta(hours=12)).timestamp()),
        "sub": "mailto:a@example.org",
    }
    there = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), decode(public))
    raw = decode(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    there.verify(der, f"{head}.{claims}".encode(), ECDSA(hashes.SHA256()))


def test_the_key_of_a_house_is_always_the_same() -> None:
    assert point_of(key_from(b"a" * 32)) == point_of(key_from(b"a" * 32))
    assert point_of(key_from(b"a" * 32)) != point_of(key_from(b"b" * 32))
