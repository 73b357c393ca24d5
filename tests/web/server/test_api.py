"""The API over the wire: what the front does with what programs send."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.porch_server import PorchProcess
from tests.web.server.test_front import fill_in

pytestmark = pytest.mark.usefixtures("porch_server")


@pytest.fixture
def secret(porch_server: PorchProcess) -> str:
    """Make a token as the owner does, on the page."""
    with porch_server.sign_in() as owner:
        page = fill_in(owner, "/account/tokens/new/", name="Over the wire", scope="me:read", days="7")
    assert page.status_code == 200, page.text
    return page.text.partition('id="token-secret" tabindex="0">')[2].partition("<")[0]


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


def test_a_token_made_on_the_page_works_at_once(porch_server: PorchProcess, secret: str) -> None:
    with porch_server.client() as program:
        answer = program.get("/api/v1/me", headers=bearer(secret))
        assert answer.status_code == 200
        assert answer.json()["is_operator"] is True
        assert answer.headers["cache-control"] == "no-store"
        head = program.head("/api/v1/me", headers=bearer(secret))
        assert (head.status_code, head.content) == (200, b"")
        assert program.get("/api/v1/me").status_code == 401, "nothing of it was kept for the next one"


def test_its_description_and_its_page_are_kept_for_strangers(porch_server: PorchProcess) -> None:
    with porch_server.client() as stranger:
        for path in ("/api/v1/", "/api/v1/openapi.json"):
            first = stranger.get(path)
            assert first.status_code == 200
            assert stranger.get(path, headers={"if-none-match": first.headers["etag"]}).status_code == 304
            shown = stranger.get(path, headers=bearer("porch_p_wrong"))
            assert shown.status_code == 200, "it is open, whatever one sends along"


def test_many_at_once_with_tokens_do_not_get_each_other_s(porch_server: PorchProcess, secret: str) -> None:
    def ask(n: int) -> bool:
        with porch_server.client() as program:
            answer = program.get("/api/v1/me", headers=bearer(secret if n % 2 else "porch_p_" + "x" * 43))
        return answer.status_code == (200 if n % 2 else 401)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(24)))


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_beyond_a_megabyte_is_cut_off_in_json(
    chunked: bool, porch_server: PorchProcess, secret: str
) -> None:
    def pieces() -> object:
        for _ in range(20):
            yield b"x" * 100_000

    content = pieces() if chunked else b"x" * 2_000_000
    with porch_server.client() as program:
        try:
            answer = program.patch("/api/v1/me", content=content, headers=bearer(secret))  # type: ignore[arg-type]
        except httpx.WriteError:
            return  # hung up on in the middle: that too is a no
    assert answer.status_code == 413
    assert answer.json()["code"] == "body-too-large"


@pytest.mark.parametrize(
    "line",
    [
        "GET /api/v1/me%00 HTTP/1.1",
        "GET /api/v1/members?circle=%00 HTTP/1.1",
        "GET /api/v1/%2e%2e/me HTTP/1.1",
        "GET /api/v1/%ff%fe HTTP/1.1",
        "GET /api/v1/me?%ff=%fe HTTP/1.1",
    ],
)
def test_a_hostile_line_is_answered_in_json(line: str, porch_server: PorchProcess, secret: str) -> None:
    with socket.create_connection(("127.0.0.1", porch_server.port), timeout=5) as sock:
        head = f"{line}\r\nHost: localhost:{porch_server.port}\r\nAuthorization: Bearer {secret}\r\nConnection: close"
        sock.sendall(head.encode() + b"\r\n\r\n")
        raw = b""
        while chunk := sock.recv(65536):
            raw += chunk
    top, _, body = raw.partition(b"\r\n\r\n")
    assert int(top.split()[1]) in (400, 404, 405, 422)
    said = body[body.index(b"{") : body.rindex(b"}") + 1]  # it may come in chunks
    assert json.loads(said)["status"] == int(top.split()[1])


def test_the_log_holds_no_token(porch_server: PorchProcess, secret: str) -> None:
    with porch_server.client() as program:
        program.get("/api/v1/me", headers=bearer(secret))
        program.get(f"/api/v1/me?access_token={secret}")
    assert secret not in porch_server.log
