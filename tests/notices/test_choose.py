"""Choosing what comes by mail, on a page and by a link in a mail that needs no sign-in."""

import pytest
from django.test import Client

from porch.community.profiles.hours import ZoneIsUnknown
from porch.notices.choosing.actions import NoSuchPace, QuietHoursAreIncomplete, choose
from porch.notices.choosing.models import Choice, Pace
from porch.notices.choosing.reads import COLUMNS
from porch.notices.choosing.stopping import kind_stop_token, read_kind_stop_token
from porch.people.consent.grounds import standing
from porch.people.delivery.stopping import LinkIsNotWhole
from tests.community.profiles.asking import member_of
from tests.conversation.talk import LATER
from tests.village import Village, browser

PAGE = "/account/notices/"
GIVEN = dict.fromkeys(COLUMNS.values(), "hourly") | {
    "zone": "Asia/Tokyo", "quiet-from": "22:00", "quiet-to": "07:00", "do": "choices",
}  # fmt: skip


def choice(village: Village) -> Choice:
    return Choice.objects.get(member=member_of(village.ben))


def test_a_member_chooses_and_finds_it_again(village: Village, ben: Client) -> None:
    assert ben.post(PAGE, GIVEN).status_code == 302
    kept = choice(village)
    assert {getattr(kept, column) for column in COLUMNS.values()} == {"hourly"}
    assert (kept.zone, kept.quiet_from, kept.quiet_to) == ("Asia/Tokyo", 22 * 60, 7 * 60)
    assert 'value="22:00"' in ben.get(PAGE).text


@pytest.mark.parametrize(("spoil", "refusal"), [
    ({"reply": "often"}, NoSuchPace), ({"zone": "Europe/Nowhere"}, ZoneIsUnknown),
    ({"quiet-to": ""}, QuietHoursAreIncomplete), ({"quiet-to": "22:00"}, QuietHoursAreIncomplete),
    ({"quiet-from": "25:00"}, QuietHoursAreIncomplete), ({"mention": ""}, NoSuchPace),
])  # fmt: skip
def test_what_is_no_choice_is_refused_and_given_back(
    spoil: dict[str, str], refusal: type[Exception], village: Village, ben: Client
) -> None:
    given = GIVEN | spoil
    answer = ben.post(PAGE, given)
    assert answer.status_code == 422
    assert "This was not kept." in answer.text
    assert not Choice.objects.exists()
    with pytest.raises(refusal):
        choose(
            member_id=member_of(village.ben).pk,
            paces={column: given[column] for column in COLUMNS.values()},
            zone=given["zone"],
            quiet=(given["quiet-from"], given["quiet-to"]),
            at=LATER,
        )


@pytest.mark.parametrize(("switch", "purpose"), [("mail", "conversation-mail"), ("digest", "digest")])
def test_mail_comes_only_after_a_yes_and_stops_with_a_no(
    switch: str, purpose: str, village: Village, ben: Client
) -> None:
    subject = f"person:{village.ben.pk}"
    assert standing(subject, purpose) is None
    assert ben.post(PAGE, {"do": f"{switch}-on"}).status_code == 422  # to no words
    assert ben.post(PAGE, {"do": f"{switch}-on", "wording": "1"}).status_code == 302
    assert standing(subject, purpose)
    ben.post(PAGE, {"do": f"{switch}-off"})
    assert standing(subject, purpose) is None


def link(village: Village, column: str = "reply") -> str:
    return f"/stop/notices/{kind_stop_token(member_of(village.ben).pk, column)}/"


def test_looking_at_the_link_stops_nothing(village: Village, cleo: Client) -> None:
    assert "One press is enough" in cleo.get(link(village)).text
    assert cleo.head(link(village)).status_code == 200
    assert not Choice.objects.exists()


def test_one_press_stops_one_kind_without_a_sign_in(village: Village) -> None:
    program = browser(enforce_csrf_checks=True)
    for _twice in range(2):
        assert "Stopped" in program.post(link(village)).text
    kept = choice(village)
    assert kept.reply == Pace.NEVER
    assert kept.mention == Pace.AT_ONCE


def test_a_link_works_after_its_owner_is_gone(village: Village, cleo: Client) -> None:
    path = link(village)
    village.ben.delete()
    assert cleo.post(path).status_code == 200


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: t + "0", lambda t: t.replace("reply", "mention"),
                                   lambda t: t.replace(".", ".1", 1), lambda t: "a.b.c", lambda t: "…"])  # fmt: skip
def test_a_link_that_was_changed_stops_nobody(spoil: object, village: Village, cleo: Client) -> None:
    token = spoil(kind_stop_token(member_of(village.ben).pk, "reply"))  # type: ignore[operator]
    with pytest.raises(LinkIsNotWhole):
        read_kind_stop_token(token)
    assert cleo.post(f"/stop/notices/{token}/").status_code == 404
    assert not Choice.objects.exists()
