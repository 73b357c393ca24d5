"""Static files from memory, under one address that changes whenever any of them does.

``/static/<version>/…`` may be kept by browsers for a year. Files refer to each other by relative paths, so
nothing has to be rewritten, and there is no build.
"""

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from porch.web.server.asgi import Header

FOLDER = Path(__file__).parent.parent / "static"
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
COMMON: list[Header] = [
    (b"cache-control", b"public, max-age=31536000, immutable"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"vary", b"Accept-Encoding"),
]


def files() -> list[Path]:
    return sorted(path for path in FOLDER.rglob("*") if path.is_file() and not path.name.startswith("."))


def compute_version() -> str:
    """Hash the names and contents of all static files."""
    sums = hashlib.sha256()
    for path in files():
        sums.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return sums.hexdigest()[:12]


VERSION = compute_version()
PREFIX = f"/static/{VERSION}/"


@cache
def static_url(name: str) -> str:
    """Give the address of a static file; a name that does not exist is a mistake of the page."""
    if not (FOLDER / name).is_file():
        raise FileNotFoundError(f"no static file {name!r}")
    return PREFIX + name


class StaticFiles:
    """All static files, read and compressed when the server starts."""

    def __init__(self) -> None:
        self.held: dict[bytes, tuple[list[Header], bytes, bytes | None]] = {}
        for path in files():
            body = path.read_bytes()
            packed = (
                gzip.compress(body, 9, mtime=0) if path.suffix not in (".png", ".ico", ".woff2") else None
            )
            kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            if kind.startswith("text/"):
                kind += "; charset=utf-8"
            headers = [*COMMON, (b"content-type", kind.encode())]
            self.held[(PREFIX + path.relative_to(FOLDER).as_posix()).encode()] = (headers, body, packed)

    def get(self, path: bytes, *, may_gzip: bool) -> tuple[list[Header], bytes] | None:
        """Find a file by its whole address; headers and body as they go out."""
        found = self.held.get(path)
        if found is None:
            return None
        headers, body, packed = found
        if may_gzip and packed is not None and len(packed) < len(body):
            return [*headers, (b"content-encoding", b"gzip"), length(packed)], packed
        return [*headers, length(body)], body


def length(body: bytes) -> Header:
    return b"content-length", str(len(body)).encode()
