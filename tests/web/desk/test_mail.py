"""The desk's pages about mail: what was sent can be read there, and nothing in it can do anything."""

from datetime import timedelta

import pytest
from django.test import Client

from porch.community.circles.models import Circle
from porch.community.invites.jobs import write_some
from porch.engine.audit.models import AuditEntry
from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import State
from porch.kit.time import now
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter
from porch.people.delivery.reading import read_letter
from porch.people.suppression.models import Suppression
from tests.community.invites.hands import listed
from tests.village import NOON, Village, browser

LETTER = Letter("people/delivery/mail/test")
NEEDED = Transactional(Reason.TEST_MAIL)
PARTS = ["letter/", "page/", "file/"]


@pytest.fixture
def mail(village: Village) -> Delivery:
    return send(LETTER, to="cleo@example.org", grounds=NEEDED, at=NOON)


def test_without_a_server_mail_is_read_at_the_desk(ada: Client, mail: Delivery) -> None:
    assert "No mail server is set" in ada.get("/desk/mail/").text
    page = ada.get(f"/desk/mail/{mail.pk}/").text
    assert "cleo@example.org" in page
    assert "whether mail leaves this Porch" not in page
    assert "whether mail leaves this Porch" in ada.get(f"/desk/mail/{mail.pk}/letter/").text


def test_a_mail_in_its_frame_can_do_nothing(ada: Client, mail: Delivery) -> None:
    frame = ada.get(f"/desk/mail/{mail.pk}/page/")
    policy = frame.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-" not in policy
    assert "frame-src 'self'" in ada.get(f"/desk/mail/{mail.pk}/letter/").headers["Content-Security-Policy"]


def test_a_mail_can_be_taken_along(ada: Client, mail: Delivery) -> None:
    file = ada.get(f"/desk/mail/{mail.pk}/file/")
    assert file.headers["Content-Type"] == "message/rfc822"
    assert "attachment" in file.headers["Content-Disposition"]
    assert b"To: cleo@example.org\r\n" in file.content


@pytest.mark.parametrize("part", ["", *PARTS])
@pytest.mark.parametrize("who", ["ben", "dov"])
def test_nobody_else_reads_it(part: str, who: str, mail: Delivery, village: Village) -> None:
    assert browser(village.cast()[who]).get(f"/desk/mail/{mail.pk}/{part}").status_code == 404


@pytest.mark.parametrize("part", ["retry/"])
@pytest.mark.parametrize("who", ["ben", "cleo", "dov"])
def test_nobody_else_sends_it_again(part: str, who: str, mail: Delivery, village: Village) -> None:
    assert browser(village.cast()[who]).post(f"/desk/mail/{mail.pk}/{part}").status_code in (403, 404)
    assert Delivery.objects.get().state == State.KEPT


def test_what_was_kept_can_be_sent(ada: Client, mail: Delivery) -> None:
    assert ada.post(f"/desk/mail/{mail.pk}/retry/").status_code == 302
    assert Delivery.objects.get().state == State.QUEUED
    assert ada.post(f"/desk/mail/{mail.pk}/retry/").status_code == 409


def test_a_test_mail_is_sent_or_its_address_refused(ada: Client) -> None:
    assert ada.post("/desk/mail/test/", {"address": "cleo@example.org"}).status_code == 302
    refused = ada.post("/desk/mail/test/", {"address": "cleo@nowhere"})
    assert refused.status_code == 422
    assert "not an address" in refused.text
    assert Delivery.objects.count() == 1


def test_the_list_is_filtered_and_paged(ada: Client) -> None:
    for n in range(60):
        send(LETTER, to=f"c{n}@example.org", grounds=NEEDED, at=NOON)
    first = ada.get("/desk/mail/?state=kept").text
    assert "c59@example.org" in first
    assert "c9@example.org" not in first
    oldest = Delivery.objects.order_by("-id")[49].pk
    assert f"before={oldest}" in first
    assert "c9@example.org" in ada.get(f"/desk/mail/?state=kept&before={oldest}").text
    assert "c59@example.org" not in ada.get("/desk/mail/?state=failed").text
    for odd in ("?before=x", "?state=x", f"?before={'9' * 400}"):
        assert ada.get(f"/desk/mail/{odd}").status_code == 200


def test_an_address_beyond_ascii_can_be_read(ada: Client) -> None:
    row = send(LETTER, to="zoë@example.org", grounds=NEEDED, at=NOON)
    assert "zoë@example.org" in ada.get(f"/desk/mail/{row.pk}/").text
    assert "zoë@example.org" in ada.get(f"/desk/mail/{row.pk}/letter/").text


def test_a_mail_wiped_says_so(ada: Client) -> None:
    row = send(Letter(LETTER.template, is_secret=True), to="cleo@example.org", grounds=NEEDED, at=NOON)
    row.body.delete()  # type: ignore[attr-defined]
    assert "held a secret" in ada.get(f"/desk/mail/{row.pk}/").text
    assert ada.get(f"/desk/mail/{row.pk}/file/").status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_a_letter_is_opened_by_those_alone_who_proved_themselves(
    part: str, village: Village, mail: Delivery
) -> None:
    answer = browser(village.ada, recent=False).get(f"/desk/mail/{mail.pk}/{part}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/confirm/")
    assert browser(village.ada).get(f"/desk/mail/{mail.pk}/{part}").status_code == 200


def test_a_letter_with_a_secret_is_opened_in_the_sight_of_whom_it_was_for(village: Village) -> None:
    row = send(Letter(LETTER.template, is_secret=True), to="BEN@example.org", grounds=NEEDED, at=NOON)
    page = f"/desk/mail/{row.pk}/"
    assert "recorded in the audit" in browser(village.ada).get(page).text
    assert not AuditEntry.objects.filter(act="letter-read").exists(), "the outside says nothing secret"
    for part in PARTS:
        assert browser(village.ada).get(page + part).status_code == 200
    entry = AuditEntry.objects.get(act="letter-read")
    assert (entry.by_id, entry.about_id, entry.ids) == (
        village.ada.pk,
        village.ben.pk,
        {"delivery_id": row.pk},
    )
    assert "Opened a letter with a secret in it" in browser(village.ben).get("/account/audit/").text
    later = now() + timedelta(minutes=16)
    read_letter(delivery_id=row.pk, by_id=village.ada.pk, at=later)
    assert AuditEntry.objects.filter(act="letter-read").count() == 2


def test_a_code_to_join_and_an_invitation_are_secrets_like_a_code_to_sign_in(village: Village) -> None:
    stranger = browser()
    stranger.post("/sign-in/", {"address": "ben@example.org"})
    Circle.objects.filter(is_whole=True).update(way_in="open")
    stranger.post("/join/", {"name": "Eve", "address": "eve@example.org"})
    listed(village.ada, "fay@example.org", at=now())
    write_some(at=now())
    rows = Delivery.objects.filter(is_secret=True).order_by("pk")
    assert [row.to_address for row in rows] == ["ben@example.org", "eve@example.org", "fay@example.org"]
    for row in rows:
        assert browser(village.ada, recent=False).get(f"/desk/mail/{row.pk}/letter/").status_code == 302
        assert browser(village.ada).get(f"/desk/mail/{row.pk}/letter/").status_code == 200
    assert AuditEntry.objects.filter(act="letter-read").count() == 3


@pytest.mark.parametrize("part", PARTS)
def test_a_letter_without_a_secret_leaves_no_trace(part: str, ada: Client, mail: Delivery) -> None:
    ada.get(f"/desk/mail/{mail.pk}/{part}")
    assert not AuditEntry.objects.filter(act="letter-read").exists()


def test_an_address_is_looked_up_suppressed_and_a_slip_undone(ada: Client) -> None:
    page = "/desk/suppression/"
    assert "Not suppressed" in ada.post(page, {"address": "cleo@example.org"}).text
    form = {"address": "cleo@example.org", "then": "suppress", "scope": "everything"}
    assert "by an operator" in ada.post(page, form).text
    assert "by an operator" in ada.post(page, {"address": "CLEO@example.org"}).text
    row = Suppression.objects.get()
    assert ada.post(page + "slip/", {"suppression": row.pk}).status_code == 302
    assert not Suppression.objects.exists()
    assert ada.post(page, {"address": "x"}).status_code == 422
    for odd in ("", "x", "9" * 400):
        assert ada.post(page + "slip/", {"suppression": odd}).status_code == 409


@pytest.mark.parametrize("who", ["ben", "cleo", "dov"])
def test_nobody_else_suppresses(who: str, village: Village) -> None:
    form = {"address": "cleo@example.org", "then": "suppress"}
    assert browser(village.cast()[who]).post("/desk/suppression/", form).status_code in (403, 404)
    assert not Suppression.objects.exists()
