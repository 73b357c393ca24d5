"""Static files from memory, under one address that changes whenever any of them does.

``/static/<version>/…`` may be kept by browsers for a year. Files refer to each other by relative paths, so
nothing has to be rewritten, and there is no build. The style sheets go out as one for each side of the door: they
are small, and a browser would wait for each.
"""

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path, PurePosixPath

from porch.web.server.asgi import Header

FOLDER = Path(__file__).parent.parent / "static"
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
FIRST_SHEETS = ("tokens", "base", "shells")
# What goes out as one, and which style sheets are not for that side.
SHEETS = {"outside.css": {"direct", "inside", "notices", "samples"}, "inside.css": {"public"}}
COMMON: list[Header] = [
    (b"cache-control", b"public, max-age=31536000, immutable"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"vary", b"Accept-Encoding"),
]


def read_files() -> dict[str, bytes]:
    """Read every static file, by the name that pages use."""
    paths = sorted(path for path in FOLDER.rglob("*") if path.is_file() and not path.name.startswith("."))
    sheets = sorted((path for path in paths if path.suffix == ".css"), key=place)
    found = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in paths if path not in sheets}
    for name, others in SHEETS.items():
        found[name] = b"".join(path.read_bytes() for path in sheets if path.stem not in others)
    return found


def place(sheet: Path) -> int:
    """Say where a style sheet stands: the tokens declare the layers, and each side builds on the shells."""
    return FIRST_SHEETS.index(sheet.stem) if sheet.stem in FIRST_SHEETS else len(FIRST_SHEETS)


def compute_version() -> str:
    """Hash the names and contents of all static files."""
    sums = hashlib.sha256()
    for name, body in read_files().items():
        sums.update(name.encode() + b"\0" + body + b"\0")
    return sums.hexdigest()[:12]


VERSION = compute_version()
PREFIX = f"/static/{VERSION}/"


@cache
def static_url(name: str) -> str:
    """Give the address of a static file; a name that does not exist is a mistake of the page."""
    if name not in SHEETS and not (FOLDER / name).is_file():
        raise FileNotFoundError(f"no static file {name!r}")
    return PREFIX + name


class StaticFiles:
    """All static files, read and compressed when the server starts."""

    def __init__(self) -> None:
        self.held: dict[bytes, tuple[list[Header], bytes, bytes | None]] = {}
        for name, body in read_files().items():
            suffix = PurePosixPath(name).suffix
            packed = None if suffix in (".png", ".ico", ".woff2") else gzip.compress(body, 9, mtime=0)
            kind = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
            if kind.startswith("text/"):
                kind += "; charset=utf-8"
            headers = [*COMMON, (b"content-type", kind.encode())]
            self.held[(PREFIX + name).encode()] = (headers, body, packed)

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
