import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from porch.kit.http import AddressNotAllowed, CertificateNotTrusted, NotReachable, TooSlow, fetch
from tests.kit.http.stage import OK, World, answer, policy, redirect, server

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="there is no openssl here to make a certificate with"
)
NAMES = World({"named.example": [["127.0.0.1"]], "other.example": [["127.0.0.1"]]}).network


@dataclass
class Site:
    certificate: Path
    context: ssl.SSLContext
    greeted: list[str | None]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A certificate for named.example and 127.0.0.1, and what names its server is greeted by."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    new = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=named.example"
    names = "subjectAltName=DNS:named.example,IP:127.0.0.1"
    words = [*new.split(), "-addext", names, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(words, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    greeted: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: greeted.append(name)
    return Site(certificate, context, greeted)


def test_a_server_that_proves_its_name_is_heard(site: Site) -> None:
    with server(context=site.context) as running:
        near = policy(running, ca_file=site.certificate)
        fetched = fetch(running.url(host="named.example"), policy=near, network=NAMES)
    assert (fetched.url, fetched.body) == (running.url(host="named.example"), b"hello")
    assert site.greeted[-1] == "named.example"


def test_a_number_can_be_proven_too(site: Site) -> None:
    with server(context=site.context) as running:
        assert fetch(running.url(), policy=policy(running, ca_file=site.certificate)).body == b"hello"
    assert site.greeted[-1] is None


def test_a_certificate_for_another_name_is_not_trusted(site: Site) -> None:
    with server(context=site.context) as running:
        near = policy(running, ca_file=site.certificate)
        with pytest.raises(CertificateNotTrusted):
            fetch(running.url(host="other.example"), policy=near, network=NAMES)
    assert running.asked == []


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(site.certificate))
    with server(context=site.context) as running, pytest.raises(CertificateNotTrusted):
        fetch(running.url(host="named.example"), policy=policy(running), network=NAMES)
    assert running.asked == []


def test_a_server_without_tls_is_not_reachable_by_https() -> None:
    with server(answer(b"plain"), reads="nothing") as running, pytest.raises(NotReachable):
        fetch(running.url().replace("http:", "https:"), policy=policy(running))


def test_a_greeting_that_never_ends_hits_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        near = policy(ports=(port,), seconds=0.15)
        with pytest.raises(TooSlow):
            fetch(f"https://127.0.0.1:{port}/", policy=near)


def test_a_drip_over_tls_hits_the_deadline(site: Site) -> None:
    def drip(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(400):
            sock.sendall(b"x")
            time.sleep(0.02)

    with server(drip, context=site.context) as running, pytest.raises(TooSlow):
        fetch(running.url(), policy=policy(running, ca_file=site.certificate, seconds=0.3))


def test_a_body_does_not_go_from_https_to_http(site: Site) -> None:
    with server() as plain, server(redirect(plain.url(), 307), context=site.context) as running:
        near = policy(running, plain, ca_file=site.certificate)
        with pytest.raises(AddressNotAllowed):
            fetch(running.url(), method="POST", body=b"secret", policy=near)
        assert plain.asked == []
        assert fetch(running.url(), policy=near).body == b"hello"


def test_a_body_may_go_from_http_to_https(site: Site) -> None:
    with server(OK, context=site.context) as running, server(redirect(running.url(), 308)) as plain:
        near = policy(running, plain, ca_file=site.certificate)
        assert fetch(plain.url(), method="POST", body=b"open", policy=near).body == b"hello"
    assert running.body() == b"open"
