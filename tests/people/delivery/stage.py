"""A mail server on loopback that speaks as much SMTP as a sender needs, and misbehaves when told to."""

import base64
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass
class Manners:
    """How the server behaves. An answer that is empty closes the connection instead."""

    greeting: str = "220 stage.example"
    tls: ssl.SSLContext | None = None
    is_tls_from_start: bool = False
    secrets: dict[str, str] = field(default_factory=dict)
    utf8: bool = False
    mail: str = "250 2.1.0 fine"
    rcpt: str = "250 2.1.5 fine"
    data: str = "354 go on"
    end: str = "250 2.0.0 taken"
    # Reads only so many bytes of a mail, and closes.
    cut_after: int = 0
    end_seconds: float = 0


@dataclass(frozen=True)
class Got:
    sender: str
    to: str
    data: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.data, policy=default)


class MailStage:
    """Takes mail until it is closed; ``got`` has every mail whose last line arrived, answered or not."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self.got: list[Got] = []
        self.said: list[str] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.socket.getsockname()[1])
        threading.Thread(target=self.run, daemon=True).start()

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def run(self) -> None:
        with suppress(OSError):
            while True:
                sock, _peer = self.socket.accept()
                threading.Thread(target=self.serve, args=[sock], daemon=True).start()

    def serve(self, sock: socket.socket) -> None:
        with suppress(OSError, ssl.SSLError), sock:
            sock.settimeout(10)
            if self.manners.is_tls_from_start:
                assert self.manners.tls
                sock = self.manners.tls.wrap_socket(sock, server_side=True)
            with sock:
                Talk(self, sock).run()

    def close(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


class Over(Exception):
    pass


class Talk:
    """One connection."""

    def __init__(self, stage: MailStage, sock: socket.socket) -> None:
        self.stage, self.manners, self.sock = stage, stage.manners, sock
        self.file = sock.makefile("rb")
        self.sender = self.to = ""
        self.is_safe = self.manners.is_tls_from_start

    def run(self) -> None:
        with suppress(Over):
            self.say(self.manners.greeting)
            while line := self.file.readline().decode("utf-8").strip():
                word, space, rest = line.partition(" ")
                self.stage.said.append(word.upper() + space + rest)
                self.hear(line)

    def hear(self, line: str) -> None:
        word = line.split()[0].upper()
        address = re.search(r"<(.*?)>", line)
        if word == "EHLO":
            self.greet()
        elif word == "STARTTLS" and self.manners.tls:
            self.say("220 go on")
            self.sock = self.manners.tls.wrap_socket(self.sock, server_side=True)
            self.file, self.is_safe = self.sock.makefile("rb"), True
        elif word == "AUTH":
            self.prove(line)
        elif word == "MAIL" and address:
            self.sender = address[1]
            self.say(self.manners.mail)
        elif word == "RCPT" and address:
            self.to = address[1]
            self.say(self.manners.rcpt)
        elif word == "DATA":
            self.say(self.manners.data)
            if self.manners.data.startswith("354"):
                self.take()
        elif word in ("QUIT", "RSET"):
            self.say("221 bye")
        else:
            self.say("502 no")

    def greet(self) -> None:
        can = ["stage.example"]
        can += ["STARTTLS"] if self.manners.tls and not self.is_safe else []
        can += ["AUTH PLAIN"] if self.manners.secrets else []
        can += ["SMTPUTF8", "8BITMIME"] if self.manners.utf8 else []
        self.say("\r\n".join(f"250{'-' if n < len(can) - 1 else ' '}{each}" for n, each in enumerate(can)))

    def prove(self, line: str) -> None:
        _, name, secret = base64.b64decode(line.split()[2]).decode().split("\0")
        is_right = self.manners.secrets.get(name) == secret
        self.say("235 fine" if is_right else "535 5.7.8 who are you")

    def take(self) -> None:
        if self.manners.cut_after:
            self.file.read(self.manners.cut_after)
            raise Over
        lines = []
        while (line := self.file.readline()) != b".\r\n":
            if not line:
                raise Over
            lines.append(line[1:] if line.startswith(b".") else line)
        self.stage.got.append(Got(self.sender, self.to, b"".join(lines)))
        if self.manners.end_seconds:
            time.sleep(self.manners.end_seconds)
        self.say(self.manners.end)

    def say(self, answer: str) -> None:
        if not answer:
            raise Over
        self.sock.sendall(f"{answer}\r\n".encode())
        if answer.startswith(("221", "421")):
            raise Over


@contextmanager
def mail_stage(**manners: object) -> Iterator[MailStage]:
    running = MailStage(Manners(**manners))  # type: ignore[arg-type]
    try:
        yield running
    finally:
        running.close()
