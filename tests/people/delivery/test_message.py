"""Mails as bytes: read back by the standard library, whatever was put in."""

from datetime import UTC
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.kit.refusals import Refusal
from porch.people.delivery.letters import Letter, Written, tidy, write
from porch.people.delivery.message import build, new_message_id
from porch.people.delivery.server import Sender
from tests.village import NOON

OURS = Sender("Our Porch", "porch@example.org")
TWINS = Written("Subject", "Text\n", "<p>Text</p>")
SMUGGLED = [
    "One\nBcc: dov@example.org",
    "One\r\nBcc: dov@example.org",
    "One\r\n\r\nA body of mine",
    "One\rBcc: dov@example.org",
    "One\x0bBcc: dov@example.org",
    "One\x85Bcc: dov@example.org",
    "One\u2028Bcc: dov@example.org",
    "=?utf-8?q?One=0ABcc:_dov@example.org?=",
    "One\x00",
]


def made(
    written: Written = TWINS, *, to: str = "cleo@example.org", sender: Sender = OURS, **headers: str
) -> bytes:
    return build(written, sender=sender, to=to, message_id=new_message_id(sender), at=NOON, headers=headers)


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)


def test_a_mail_has_what_a_mail_needs() -> None:
    mail = read(made())
    assert str(mail["From"]) == "Our Porch <porch@example.org>"
    assert mail["Message-ID"].endswith("@example.org>")
    assert parsedate_to_datetime(mail["Date"]).astimezone(UTC) == NOON
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert not mail.defects


@pytest.mark.parametrize("subject", SMUGGLED)
def test_nothing_is_smuggled_in_by_a_subject(subject: str) -> None:
    try:
        written = write(Letter("people/delivery/mail/test", subject=subject), {"stop_link": ""})
        mail = read(made(written))
    except Refusal:
        return
    assert mail["Bcc"] is None
    assert len(mail.get_all("Subject", [])) == 1
    assert "dov@example.org" not in str(mail["To"])


@pytest.mark.parametrize("name", SMUGGLED)
@pytest.mark.parametrize("place", ["subject", "name", "header"])
def test_nothing_is_smuggled_in_below_the_door_either(name: str, place: str) -> None:
    try:
        if place == "subject":
            mail = read(made(Written(name, "Text\n", "<p>Text</p>")))
        elif place == "name":
            mail = read(made(sender=Sender(name, "porch@example.org")))
        else:
            mail = read(made(**{"List-Unsubscribe": name}))
    except (ValueError, Refusal):
        return
    assert mail["Bcc"] is None
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Text"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=80))
def test_whatever_is_written_is_read_back(text: str) -> None:
    mail = read(made(Written("Subject", f"{text}\n", f"<p>{text}</p>")))
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content().replace("\r\n", "\n") == f"{text}\n"
    assert text in page.get_content()


def test_no_line_is_longer_than_servers_take() -> None:
    long = "word " * 2_000 + "x" * 5_000
    data = made(Written("Subject " * 20, long + "\n", f"<p>{long}</p>"))
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert data.isascii()


def test_families_of_emoji_stay_together() -> None:
    subject = "\U0001f468\u200d\U0001f469\u200d\U0001f467 come along"
    assert read(made(Written(subject, "Text\n", "<p>Text</p>")))["Subject"] == subject


def test_names_beyond_ascii_are_encoded() -> None:
    data = made(sender=Sender("Zoë und Töchter", "porch@example.org"))
    assert data.isascii()
    assert str(read(data)["From"]) == "Zoë und Töchter <porch@example.org>"


def test_hosts_beyond_ascii_are_sent_in_ascii_and_names_in_utf8() -> None:
    assert read(made(to="cleo@bücher.example"))["To"] == "cleo@xn--bcher-kva.example"
    assert "To: zoë@example.org\r\n".encode() in made(to="zoë@example.org")


def test_a_page_is_escaped_and_a_text_is_not() -> None:
    told = {"title_of": "A & <b>", "words": "x < y", "link": "http://localhost:8000/?a=1&b=2"}
    written = write(Letter("people/opt_in/mail/ask", told), {"stop_link": ""})
    assert "A & <b>" in written.text
    assert "?a=1&b=2" in written.text
    assert "A &amp; &lt;b&gt;" in written.html
    assert "<b>" not in written.html


def test_every_template_of_a_mail_has_its_twin_and_loads_nothing() -> None:
    for template in ("people/delivery/mail/test", "people/opt_in/mail/ask"):
        told = {"title_of": "Title", "words": "Words", "link": "http://localhost:8000/"}
        written = write(Letter(template, told), {"stop_link": "http://localhost:8000/stop/x/"})
        assert "http://localhost:8000/stop/x/" in written.text
        assert "http://localhost:8000/stop/x/" in written.html
        assert not {"<img", "<script", "<link", "url("} & {
            each for each in ("<img", "<script", "<link", "url(") if each in written.html
        }


def test_a_text_has_one_empty_line_at_most() -> None:
    assert tidy("\n\na  \n\n\n\nb\n") == "a\n\nb\n"
