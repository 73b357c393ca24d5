"""Keys for one use each, all derived from the one secret of the installation."""

from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

BYTES = 32


def derive_key(use: str) -> bytes:
    """Give the key for one use (HKDF with SHA-256, RFC 5869): 32 bytes that say nothing of any other key."""
    if not settings.SECRET_KEY:
        raise ImproperlyConfigured("there is no secret.key yet; `porch serve` makes one")
    return _derive(settings.SECRET_KEY, use)


@lru_cache(maxsize=64)
def _derive(secret: str, use: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=BYTES, salt=b"porch", info=use.encode())
    return derived.derive(secret.encode())
