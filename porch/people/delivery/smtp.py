"""Hand one mail to a server over SMTP (RFC 5321), and say exactly how that ended. The only place that does.

The answer to the last byte decides. Before the first byte every trouble means "nothing has left"; after it, silence
means that nobody knows.
"""

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any

from porch.people.delivery.server import MailServer

CONNECT_SECONDS = 15
ANSWER_SECONDS = 30
# The whole talk, in times of one answer: within the two minutes after which an attempt counts as dead.
WHOLE_ANSWERS = 3.5
MOST_LINES = 100
TROUBLE = (OSError, smtplib.SMTPException, ValueError)
LINE_START_DOT = re.compile(rb"(?m)^\.")
NO_MAILBOX = (550, 551, 553)
# Enhanced codes (RFC 3463) that speak of the mailbox itself; 5.7 speaks of what the server thinks of us.
ABOUT_MAILBOX = re.compile(r"5\.(1\.(0|1|2|3|6|10)|2\.1)\b")
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Said:
    """How it ended. ``end`` is accepted, later (nothing left; try again), refused, unknown, or stopped (by us)."""

    end: str
    reason: str = ""
    answer: str = ""
    mailbox_is_gone: bool = False


class Bounded(smtplib.SMTP):
    """Bounds what smtplib does not: how long the whole talk may take, and how much a server may say at once."""

    def __init__(self, *args: Any, whole: float, **kwargs: Any) -> None:
        self.clock = threading.Timer(whole, self.cut)
        self.clock.daemon = True
        self.clock.start()
        super().__init__(*args, **kwargs)

    def cut(self) -> None:
        """Pull the plug: whoever waits for a byte gets an error."""
        if (sock := getattr(self, "sock", None)) is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = Answers(self.sock.makefile("rb"))
        if isinstance(self.file, Answers):
            self.file.lines = 0
        return super().getreply()

    def close(self) -> None:
        self.clock.cancel()
        super().close()


class BoundedWithTls(Bounded, smtplib.SMTP_SSL):
    """The same, with TLS from the start."""


class Answers:
    """Reads lines of answers, and at most so many for one."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.lines = file, 0

    def readline(self, size: int) -> bytes:
        self.lines += 1
        if self.lines > MOST_LINES:
            raise OSError("the server talks without an end")
        return self.file.readline(size)

    def close(self) -> None:
        self.file.close()


class Ended(Exception):
    def __init__(self, said: Said) -> None:
        super().__init__(said.reason)
        self.said = said


def hand_over(
    server: MailServer,
    *,
    sender: str,
    to: str,
    data: bytes,
    may_go: Callable[[], bool],
    me: str,
    seconds: float = ANSWER_SECONDS,
) -> Said:
    """Send one mail. ``may_go`` is asked right before the first byte leaves; a no ends it there.

    ``me`` is the name that we greet with. Blocks for at most 3.5 times ``seconds``: less than an attempt lasts.
    """
    smtp = None
    try:
        smtp = open_door(server, me, seconds)
        needs_utf8 = not (sender + to).isascii()
        if needs_utf8 and not smtp.has_extn("smtputf8"):
            return Said("refused", "needs-smtputf8", "the server does not take addresses beyond ASCII")
        options = ["SMTPUTF8", "BODY=8BITMIME"] if needs_utf8 else []
        smtp.command_encoding = "utf-8" if needs_utf8 else "ascii"
        expect(smtp.mail(sender, options), "sender-refused")
        expect(smtp.rcpt(to), "recipient-refused", is_recipient=True)
        expect(smtp.docmd("DATA"), "content-refused", wanted=3)
    except Ended as end:
        leave(smtp)
        return end.said
    except TROUBLE as error:
        leave(smtp)
        return Said("later", "connection-lost", in_words(error))
    if not may_go():
        # Closed without the end of the data: a server throws away what it has got so far, and that is nothing.
        smtp.close()
        return Said("stopped")
    return send_body(smtp, data)


def open_door(server: MailServer, me: str, seconds: float) -> smtplib.SMTP:
    """Connect, make the way safe and sign in. Raises ``Ended`` where one of these fails."""
    smtp = None
    try:
        smtp = connect(server, me, WHOLE_ANSWERS * seconds)
        if smtp.sock is not None:
            smtp.sock.settimeout(seconds)
        smtp.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            start_tls(smtp)
        if server.name:
            smtp.login(server.name, server.secret)
    except Ended:
        leave(smtp)
        raise
    except TROUBLE as error:
        if smtp is not None:
            smtp.close()
        raise Ended(trouble(error, "connection-lost" if smtp else "server-unreachable")) from error
    return smtp


def trouble(error: Exception, otherwise: str) -> Said:
    """Say why there is no way to the server. All of it may pass, or be mended by the operator: so not now."""
    kinds: list[tuple[type[Exception], str]] = [
        (smtplib.SMTPAuthenticationError, "name-or-secret-wrong"),
        (smtplib.SMTPConnectError, "server-busy"),
        (smtplib.SMTPHeloError, "server-busy"),
        (smtplib.SMTPNotSupportedError, "no-sign-in-there"),
        (ssl.SSLError, "not-trusted"),
    ]
    reason = next((reason for kind, reason in kinds if isinstance(error, kind)), otherwise)
    return Said("later", reason, in_words(error))


def connect(server: MailServer, me: str, whole: float) -> smtplib.SMTP:
    """Open a connection that is cut after ``whole`` seconds, with TLS from the start where that is wanted."""
    bounds = {"timeout": CONNECT_SECONDS, "whole": whole}
    if server.security != "tls":
        return Bounded(server.host, server.port, me, **bounds)
    return BoundedWithTls(server.host, server.port, me, context=ssl.create_default_context(), **bounds)


def start_tls(smtp: smtplib.SMTP) -> None:
    """Encrypt the way, or go no further: a server that offers none may be somebody in between."""
    if not smtp.has_extn("starttls"):
        raise Ended(Said("later", "no-encryption", "the server offers no STARTTLS"))
    code, text = smtp.starttls(context=ssl.create_default_context())
    if code != 220:
        raise Ended(Said("later", "no-encryption", f"{code} {as_text(text)}"))
    smtp.ehlo_or_helo_if_needed()


def send_body(smtp: smtplib.SMTP, data: bytes) -> Said:
    """Send the mail itself and hear the answer. From here on a silence is *unknown*."""
    try:
        body = LINE_START_DOT.sub(b"..", data)
        smtp.send(body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        code, text = smtp.getreply()
    except TROUBLE as error:
        smtp.close()
        return Said("unknown", "answer-lost", in_words(error))
    leave(smtp)
    return said_of(code, as_text(text), "content-refused")


def expect(reply: tuple[int, bytes], reason: str, *, wanted: int = 2, is_recipient: bool = False) -> None:
    """Go on where the server says yes; otherwise end with what it said."""
    code, text = reply
    if code // 100 != wanted:
        raise Ended(said_of(code, as_text(text), reason, is_recipient=is_recipient))


def said_of(
    code: int, text: str, reason: str, *, is_recipient: bool = False, is_about_us: bool = False
) -> Said:
    """Sort an answer: 2 is yes, 5 is no, everything else is not now."""
    answer = f"{code} {text}"
    if code // 100 == 2:
        return Said("accepted", "", answer)
    if code // 100 != 5:
        return Said("later", reason, answer)
    return Said("refused", reason, answer, mailbox_is_gone=is_recipient and is_about_mailbox(code, text))


def is_about_mailbox(code: int, text: str) -> bool:
    """Tell a mailbox that does not exist from a server that does not like us."""
    enhanced = ENHANCED.search(text)
    return bool(ABOUT_MAILBOX.match(enhanced[0])) if enhanced else code in NO_MAILBOX


def leave(smtp: smtplib.SMTP | None) -> None:
    """Say goodbye; what the server thinks of that changes nothing."""
    if smtp is None:
        return
    try:
        smtp.quit()
    except TROUBLE:
        smtp.close()


def in_words(error: Exception) -> str:
    """Write an error without what was said before it: a dialogue may hold the secret."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {as_text(error.smtp_error)}"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message}"
    if isinstance(error, OSError) and error.strerror and not isinstance(error, smtplib.SMTPException):
        return str(error.strerror)
    return str(error) or type(error).__name__


def as_text(said: bytes | str) -> str:
    """Read what a server said as one printable line."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:400]
