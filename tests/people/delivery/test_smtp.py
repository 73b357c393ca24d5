"""The way to the server: encrypted or not at all, with a name that is proved and a secret that nobody sees."""

import logging
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from porch.people.delivery import smtp
from porch.people.delivery.server import MailServer, Sender, read_sender, read_server
from porch.people.delivery.smtp import Said, hand_over
from tests.people.delivery.stage import MailStage, mail_stage

Context = ssl.SSLContext
SECRET = "the-secret-of-the-house"


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Context, Path]:
    """A certificate for 127.0.0.1, and the file with which it is trusted."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl here to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    new = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=stage"
    words = [*new.split(), "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate]
    subprocess.run(words, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


def hand(
    running: MailStage, *, to: str = "cleo@example.org", data: bytes = b"A: b\r\n\r\nc\r\n", **how: Any
) -> Said:
    server = MailServer("127.0.0.1", running.port, how.pop("security", "loopback"), **how.pop("who", {}))
    may_go: Callable[[], bool] = how.pop("may_go", lambda: True)
    return hand_over(
        server, sender="porch@example.org", to=to, data=data, may_go=may_go, me="here.example", **how
    )


def test_a_server_without_encryption_gets_nothing_unless_it_was_said_so() -> None:
    with mail_stage() as running:
        assert hand(running, security="starttls").reason == "no-encryption"
        assert not any(line.startswith("MAIL") for line in running.said)
        assert hand(running, security="none").end == "accepted"


def test_starttls_with_a_certificate_that_is_trusted(tls: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tls[1]))
    with mail_stage(tls=tls[0], secrets={"porch": SECRET}) as running:
        said = hand(running, security="starttls", who={"name": "porch", "secret": SECRET})
        assert said.end == "accepted"
        assert running.said.index("STARTTLS") < next(
            n for n, line in enumerate(running.said) if line.startswith("AUTH")
        )


def test_tls_from_the_start(tls: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tls[1]))
    with mail_stage(tls=tls[0], is_tls_from_start=True) as running:
        assert hand(running, security="tls").end == "accepted"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_ends_it(tls: Any, security: str) -> None:
    with mail_stage(tls=tls[0], is_tls_from_start=security == "tls") as running:
        said = hand(running, security=security, who={"name": "porch", "secret": SECRET})
    assert (said.end, said.reason) == ("later", "not-trusted")
    assert not any(line.startswith(("AUTH", "MAIL")) for line in running.said)


def test_a_wrong_secret_is_said_and_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with mail_stage(secrets={"porch": "another"}) as running:
        said = hand(running, who={"name": "porch", "secret": SECRET})
    assert (said.end, said.reason) == ("later", "name-or-secret-wrong")
    assert SECRET not in caplog.text + repr(said)


def test_a_server_that_wants_no_name_is_told_none() -> None:
    with mail_stage() as running:
        assert hand(running, who={"name": "porch", "secret": SECRET}).reason == "no-sign-in-there"


def test_letters_beyond_ascii_need_a_server_that_takes_them() -> None:
    with mail_stage() as running:
        said = hand(running, to="zoë@example.org")
        assert (said.end, said.reason) == ("refused", "needs-smtputf8")
        assert not said.mailbox_is_gone
    with mail_stage(utf8=True) as running:
        assert hand(running, to="zoë@example.org").end == "accepted"
        assert running.got[0].to == "zoë@example.org"


def test_a_no_right_before_the_first_byte_sends_nothing() -> None:
    with mail_stage() as running:
        assert hand(running, may_go=lambda: False).end == "stopped"
        assert hand(running).end == "accepted"
        assert len(running.got) == 1


def test_the_question_comes_after_the_server_said_go_on() -> None:
    with mail_stage() as running:
        asked: list[list[str]] = []
        hand(running, may_go=lambda: asked.append(list(running.said)) or True)
        assert asked[0][-1] == "DATA"


def test_a_server_that_takes_too_long_after_the_mail_leaves_it_uncertain() -> None:
    with mail_stage(end_seconds=3) as running:
        said = hand(running, seconds=0.5)
    assert (said.end, said.answer) == ("unknown", "no answer in time")


def test_what_a_server_says_is_one_line_that_can_be_shown() -> None:
    with mail_stage(rcpt="550 5.1.1 \x1b[31mno\x07 such mailbox " + "x" * 900) as running:
        said = hand(running)
    assert said.answer.isprintable()
    assert len(said.answer) < 500


@given(st.lists(st.binary(max_size=30).map(lambda line: line.translate(None, b"\r\n")), max_size=12))
@settings(max_examples=25, deadline=None)
def test_every_byte_arrives_dots_and_all(lines: list[bytes]) -> None:
    data = b"".join(b"." * (n % 3) + line + b"\r\n" for n, line in enumerate(lines)) + b"end\r\n"
    with mail_stage() as running:
        assert hand(running, data=data).end == "accepted"
        assert running.got[0].data == data


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 587, "starttls")),
        ("smtp://a%40b:c%2Fd@mail.example:25", MailServer("mail.example", 25, "starttls", "a@b", "c/d")),
        ("smtps://mail.example", MailServer("mail.example", 465, "tls")),
        ("smtp+insecure://mail.example", MailServer("mail.example", 25, "none")),
        ("smtp://localhost:25", MailServer("localhost", 25, "loopback")),
        ("smtp://[::1]:25", MailServer("::1", 25, "loopback")),
    ],
)
def test_an_address_says_how_the_way_is_kept(address: str, server: MailServer) -> None:
    assert read_server(address) == server
    assert read_server(address).secret == server.secret


@pytest.mark.parametrize(
    "address",
    ["mail.example", "http://mail.example", "smtp://", "smtp://a@mail.example", "smtp://h:99999", "smtp://h/x?y",
     "smtp://a:b%0d%0aMAIL@mail.example"],
)  # fmt: skip
def test_other_addresses_are_refused_without_saying_the_secret(address: str) -> None:
    with pytest.raises(ValueError, match="smtp://") as error:
        read_server(address)
    assert "MAIL" not in str(error.value)


def test_a_server_does_not_show_its_secret() -> None:
    server = read_server(f"smtp://porch:{SECRET}@mail.example")
    assert SECRET not in f"{server} {server!r} {replace(server, port=1)!r}"


def test_a_sender_is_a_name_and_an_address() -> None:
    assert read_sender("Our Porch <porch@Example.org>") == Sender("Our Porch", "porch@example.org")
    assert read_sender("porch@example.org") == Sender("", "porch@example.org")
    for text in ("", "Our Porch", "a@b", "Porch <a@example.org>\r\nBcc: b@example.org"):
        with pytest.raises(ValueError, match="an address such as"):
            read_sender(text)


def test_waiting_has_an_end() -> None:
    assert smtp.CONNECT_SECONDS + 5 * smtp.ANSWER_SECONDS < 300


@contextmanager
def odd_server(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run a server that greets, reads a line, and then talks as it likes."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            guest, _ = door.accept()
            with guest, suppress(OSError):
                guest.sendall(b"220 hello\r\n")
                guest.recv(1000)
                talk(guest)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield door.getsockname()[1]
        thread.join(10)


def talks_without_end(guest: socket.socket) -> None:
    while True:
        guest.sendall(b"250-" + b"x" * 500 + b"\r\n")


def drips(guest: socket.socket) -> None:
    while True:
        guest.sendall(b"2")
        time.sleep(0.05)


def asks_in_no_letters(guest: socket.socket) -> None:
    guest.sendall(b"250-x\r\n250 AUTH CRAM-MD5\r\n")
    guest.recv(1000)
    guest.sendall(b"334 a\r\n")
    guest.recv(1000)


@pytest.mark.parametrize("talk", [talks_without_end, drips, asks_in_no_letters])
def test_a_server_that_makes_no_sense_holds_nobody_and_is_tried_later(
    talk: Callable[[socket.socket], None],
) -> None:
    with odd_server(talk) as port:
        server = MailServer("127.0.0.1", port, "loopback", "a", "b")
        said = hand_over(
            server,
            sender="porch@example.org",
            to="cleo@example.org",
            data=b"x",
            may_go=lambda: True,
            me="here.example",
            seconds=0.2,
        )
    assert said.end == "later"
    assert said.reason


@pytest.mark.parametrize("address", ["smtp://a:%C3%A9@mail.example", f"smtp://{'a' * 64}.example"])
def test_what_the_protocol_cannot_say_is_refused_in_the_settings(address: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        read_server(address)
