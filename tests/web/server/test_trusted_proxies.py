"""A proxy is believed where it is trusted by name; anyone else's word about who asks counts for nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.web.server.front import who_asks
from porch.web.settings.options import read_options
from tests.porch_server import free_port, running_porch

TRUSTING = read_options({"PORCH_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8, ::1"})


def scope(client: str) -> dict[str, Any]:
    return {"client": (client, 4711), "scheme": "http"}


def headers(chain: str, scheme: str = "https") -> dict[bytes, bytes]:
    return {b"x-forwarded-for": chain.encode("latin-1"), b"x-forwarded-proto": scheme.encode()}


@pytest.mark.parametrize(
    ("client", "chain", "seen"),
    [
        ("127.0.0.1", "203.0.113.9", ("203.0.113.9", "https")),
        ("::1", "2001:db8::9", ("2001:db8::9", "https")),
        ("127.0.0.1", "198.51.100.7, 203.0.113.9", ("203.0.113.9", "https")),
        ("127.0.0.1", "198.51.100.7, 203.0.113.9, 10.1.2.3", ("203.0.113.9", "https")),
        ("127.0.0.1", "10.1.1.1, 10.1.2.3", ("10.1.1.1", "https")),
        ("127.0.0.1", "", ("127.0.0.1", "https")),
        ("127.0.0.1", "evil, <script>", ("127.0.0.1", "https")),
        ("127.0.0.1", "198.51.100.7, unknown", ("127.0.0.1", "https")),
        ("203.0.113.50", "198.51.100.7", ("203.0.113.50", "http")),
    ],
)
def test_the_last_address_that_a_trusted_proxy_saw_is_who_asks(
    client: str, chain: str, seen: tuple[str, str]
) -> None:
    assert who_asks(scope(client), headers(chain), TRUSTING) == seen


def test_without_trust_nobody_is_believed() -> None:
    assert who_asks(scope("127.0.0.1"), headers("203.0.113.9"), read_options({})) == ("127.0.0.1", "http")


def test_a_scheme_that_is_none_is_not_believed() -> None:
    assert who_asks(scope("127.0.0.1"), headers("", "gopher"), TRUSTING)[1] == "http"


@given(chain=st.text(max_size=80).filter(lambda text: text.isprintable()))
def test_nothing_that_is_written_there_makes_up_an_address_of_the_proxy(chain: str) -> None:
    client, _ = who_asks(scope("127.0.0.1"), headers(chain.encode("ascii", "ignore").decode()), TRUSTING)
    assert client == "127.0.0.1" or client in [each.strip() for each in chain.split(",")]


@pytest.mark.slow
def test_behind_a_proxy_with_https_cookies_are_secure_and_links_are_of_the_site() -> None:
    port = free_port()
    with running_porch(
        "--owner-link",
        url="https://porch.example",
        bind=f"127.0.0.1:{port}",
        trusted_proxies="127.0.0.1",
    ) as server:
        assert "https://porch.example/sign-in/link/" in server.log
        with server.client() as proxy:
            answer = proxy.get(
                server.log.split("https://porch.example")[-1].split()[0],
                headers={
                    "Host": "porch.example",
                    "X-Forwarded-Proto": "https",
                    "X-Forwarded-For": "203.0.113.9",
                },
            )
            assert answer.status_code == 200
            assert "max-age" in answer.headers["strict-transport-security"]
            cookie = answer.headers["set-cookie"]
            assert cookie.startswith("__Host-porch-csrf=")
            assert "Secure" in cookie
            assert "HttpOnly" in cookie
            elsewhere = proxy.get("/", headers={"Host": "other.example"})
            assert elsewhere.status_code in (307, 400)
            assert "other.example" not in elsewhere.headers.get("location", "") + elsewhere.text
