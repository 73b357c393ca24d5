"""A list of addresses becomes invites, never members; each that does not is told, with why."""

import pytest

from porch.community.invite_lists import actions as listing
from porch.community.invite_lists.actions import (
    IN_ALREADY,
    INVITED_ALREADY,
    NO_ADDRESS,
    STOPPED,
    TWICE,
    NobodyInList,
    TooManyInList,
)
from porch.community.invites import jobs
from porch.community.invites.jobs import write_some
from porch.community.invites.models import Invite
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import State
from porch.people.identity.models import Person
from porch.people.suppression.actions import suppress
from porch.people.suppression.models import Reason
from tests.community.invites.hands import bakers, listed, whole
from tests.engine.promises.owing import at_once
from tests.people.mails import html_of, opened, text_of
from tests.village import NOON, Village, add_steward, build_village


def test_addresses_become_invites_and_nobody_a_member(village: Village) -> None:
    before = Member.objects.count(), Person.objects.count()
    report = listed(village.ada, "Eve <eve@example.org>, fay@example.org\nGUS@Example.org")
    assert (report.invited, report.refused) == (3, [])
    assert set(Invite.objects.values_list("address", flat=True)) == {
        "eve@example.org",
        "fay@example.org",
        "gus@example.org",
    }
    assert (Member.objects.count(), Person.objects.count()) == before
    assert AuditEntry.objects.get(act="addresses-invited").ids["invited"] == 3


def test_for_each_that_is_not_invited_it_says_why(village: Village) -> None:
    listed(village.ada, "old@example.org")
    suppress(address="no@example.org", reason=Reason.WITHDRAWN, at=NOON)
    text = "\n".join(
        [
            "eve@example.org",
            "Eve again <EVE@example.org>",
            "not one",
            "ben@example.org",
            "old@example.org",
            "no@example.org",
        ]
    )
    report = listed(village.ada, text)
    assert report.invited == 1
    assert [(line, why) for line, _text, why in report.refused] == [
        (2, TWICE),
        (3, NO_ADDRESS),
        (4, IN_ALREADY),
        (5, INVITED_ALREADY),
        (6, STOPPED),
    ]


def test_a_member_can_be_invited_into_a_circle_and_not_twice(village: Village) -> None:
    circle = bakers()
    let_in(person=village.ada, circle=circle, way=Way.OPEN, at=NOON)
    report = listed(village.ada, "ben@example.org", circle=circle)
    assert report.invited == 1
    assert listed(village.ada, "ben@example.org", circle=circle).refused[0][2] == INVITED_ALREADY


def test_an_invite_to_another_circle_is_another(village: Village) -> None:
    assert listed(village.ada, "eve@example.org").invited == 1
    assert listed(village.ada, "eve@example.org", circle=bakers()).invited == 1


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_who_may_not_invite_invites_nobody(village: Village, who: str) -> None:
    with pytest.raises(NeedsRight):
        listed(village.cast()[who], "eve@example.org")
    assert not Invite.objects.exists()


def test_an_empty_list_and_one_too_long_invite_nobody(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NobodyInList):
        listed(village.ada, " \n\n")
    monkeypatch.setattr(listing, "MOST", 2)
    with pytest.raises(TooManyInList):
        listed(village.ada, "a@x.org b@x.org c@x.org")
    assert not Invite.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_list_twice_at_once_invites_each_once() -> None:
    village = build_village()
    text = "\n".join(f"p{n}@example.org" for n in range(30))
    at_once(*[lambda: listed(village.ada, text)] * 3)
    assert Invite.objects.count() == 30


def test_letters_are_written_some_at_a_time_until_all_are(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    listed(village.ada, "a@x.org b@x.org c@x.org")
    assert [write_some(at=NOON) for _ in range(3)] == [2, 1, 0]
    assert Delivery.objects.filter(kind="community/invites/mail/invite").count() == 3


def test_a_letter_says_who_invites_into_what_and_holds_no_other_header(village: Village) -> None:
    sol = add_steward("sol")
    Person.objects.filter(pk=sol.pk).update(name="Sol =?utf-8?q?=0d=0aBcc:x@x.org?= <b>")
    listed(sol, "eve@example.org")
    write_some(at=NOON)
    row = Delivery.objects.get(to_address="eve@example.org")
    assert row.is_secret
    assert "Bcc" not in opened(row)
    assert "\r" not in row.subject
    assert "<b>" not in html_of(row)
    assert "/join/" in text_of(row)


def test_a_long_name_and_a_long_circle_fit_the_subject(village: Village) -> None:
    circle = bakers()
    type(circle).objects.filter(pk=circle.pk).update(name="B" * 80)
    Person.objects.filter(pk=village.ada.pk).update(name="Ada " * 19)
    listed(village.ada, "eve@example.org", circle=circle)
    assert write_some(at=NOON) == 1


def test_who_stopped_all_mail_in_the_meantime_gets_no_letter(village: Village) -> None:
    listed(village.ada, "eve@example.org")
    suppress(address="eve@example.org", reason=Reason.WITHDRAWN, at=NOON)
    write_some(at=NOON)
    assert Delivery.objects.get(to_address="eve@example.org").state == State.EXCLUDED


def test_nothing_is_written_for_who_has_left_or_after_it_is_over(village: Village) -> None:
    sol = add_steward()
    listed(sol, "eve@example.org")
    listed(village.ada, "fay@example.org", circle=bakers())
    Member.objects.filter(person=sol).update(left_at=NOON)
    Invite.objects.filter(address="fay@example.org").update(revoked_at=NOON)
    assert write_some(at=NOON) == 0
    assert whole()
