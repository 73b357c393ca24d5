"""Secrets and names that nobody can guess."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """Make a URL-safe secret of 256 bits. Store only its digest."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """Hash a token for the database. A plain SHA-256 is enough: the token already has 256 bits of chance."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def reference() -> str:
    """Make a short code that a person can read out on the telephone, as ``K7QF-29MX``."""
    letters = "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
