"""Between the front and Django: an ASGI request becomes a WSGI environ, and the response comes back whole."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from porch.web.server.asgi import Header, Scope

Environ = dict[str, Any]
Handler = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

BARE = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
# httpoxy, and headers that only a proxy that we trust may set: the front has read them already.
NEVER = frozenset({b"proxy", b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"forwarded"})


@dataclass(slots=True)
class Answer:
    """A whole response: status, headers in lower case, and the body."""

    status: int
    headers: list[Header]
    body: bytes

    def take(self, name: bytes) -> bytes | None:
        """Remove a header and give its value: how Django leaves word for the front."""
        for place, (each, value) in enumerate(self.headers):
            if each == name:
                del self.headers[place]
                return value
        return None


def make_environ(scope: Scope, client: str, scheme: str, body: BinaryIO, length: int) -> Environ:
    """Translate a request. WSGI wants the path decoded, as Latin-1; names with underscores are dropped,
    because WSGI cannot tell ``X_Forwarded_For`` from ``X-Forwarded-For``."""
    server = scope["server"] or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": "HTTP/" + scope["http_version"],
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 80),
        "REMOTE_ADDR": client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" in name or name in NEVER:
            continue
        key = BARE.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        if key in environ:
            text = environ[key] + ("; " if name == b"cookie" else ",") + text
        environ[key] = text
    # The body is spooled, so its true length is known whatever the request said of it.
    environ["CONTENT_LENGTH"] = str(length) if length or "CONTENT_LENGTH" in environ else ""
    return environ


def call(handler: Handler, environ: Environ) -> Answer:
    """Run the WSGI application in this thread and collect what it says."""
    said: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        said[:] = [status, headers]

    chunks = handler(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    status, headers = said
    return Answer(
        int(status[:3]),
        [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        body,
    )
