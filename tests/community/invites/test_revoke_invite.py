"""An invite is revoked, and that undone within ten minutes; a letter goes out once more."""

from datetime import timedelta

import pytest

from porch.community.invites.accepting import InviteIsUnknown, accept_invite
from porch.community.invites.actions import (
    SLIP_OF_THE_HAND,
    InviteIsSpent,
    NotUndoneAnyMore,
    SentTwiceAlready,
    restore_invite,
    revoke_invite,
    send_again,
)
from porch.community.invites.jobs import write_some
from porch.community.invites.models import Invite
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from porch.engine.outbox.models import Delivery
from tests.community.invites.hands import link, listed
from tests.people.mails import text_of
from tests.village import NOON, Village, add_person, add_steward

SECOND = timedelta(seconds=1)


def sent_to_eve(village: Village) -> Invite:
    listed(village.ada, "eve@example.org")
    write_some(at=NOON)
    return Invite.objects.get(address="eve@example.org")


def test_it_stands_in_the_log_of_whose_invite_it_was(village: Village) -> None:
    sol = add_steward()
    invite, _ = link(sol)
    revoke_invite(invite=invite, by=village.ada, at=NOON)
    entry = AuditEntry.objects.get(act="invite-revoked")
    assert (entry.by_id, entry.about_id) == (village.ada.pk, sol.pk)


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_who_may_not_invite_revokes_nothing(village: Village, who: str) -> None:
    invite, _ = link(village.ada)
    for verb in (revoke_invite, restore_invite, send_again):
        with pytest.raises(NeedsRight):
            verb(invite=invite, by=village.cast()[who], at=NOON)
    invite.refresh_from_db()
    assert invite.revoked_at is None


def test_revoking_twice_is_revoking_once(village: Village) -> None:
    invite, _ = link(village.ada)
    revoke_invite(invite=invite, by=village.ada, at=NOON)
    assert revoke_invite(invite=invite, by=village.ada, at=NOON + SECOND).revoked_at == NOON
    assert AuditEntry.objects.filter(act="invite-revoked").count() == 1


def test_it_is_undone_up_to_the_last_second(village: Village) -> None:
    invite, token = link(village.ada)
    revoke_invite(invite=invite, by=village.ada, at=NOON)
    restore_invite(invite=invite, by=village.ada, at=NOON + SLIP_OF_THE_HAND - SECOND)
    assert accept_invite(token=token, person=village.dov, at=NOON)


@pytest.mark.parametrize("at", [NOON + SLIP_OF_THE_HAND, NOON - SECOND])
def test_later_it_stays_revoked(village: Village, at: object) -> None:
    invite, _ = link(village.ada)
    revoke_invite(invite=invite, by=village.ada, at=NOON)
    with pytest.raises(NotUndoneAnyMore):
        restore_invite(invite=invite, by=village.ada, at=at)  # type: ignore[arg-type]


def test_a_letter_goes_out_once_more_with_another_link(village: Village) -> None:
    invite = sent_to_eve(village)
    send_again(invite=invite, by=village.ada, at=NOON)
    first, second = [
        text_of(row).partition("/join/")[2].partition("/")[0] for row in Delivery.objects.order_by("pk")
    ]
    eve = add_person("eve")
    with pytest.raises(InviteIsUnknown):
        accept_invite(token=first, person=eve, at=NOON)
    assert accept_invite(token=second, person=eve, at=NOON)


def test_and_not_a_third_time(village: Village) -> None:
    invite = sent_to_eve(village)
    send_again(invite=invite, by=village.ada, at=NOON)
    with pytest.raises(SentTwiceAlready):
        send_again(invite=invite, by=village.ada, at=NOON)


def test_a_link_or_a_spent_invite_is_not_sent(village: Village) -> None:
    invite, _ = link(village.ada)
    with pytest.raises(SentTwiceAlready):
        send_again(invite=invite, by=village.ada, at=NOON)
    sent = sent_to_eve(village)
    with pytest.raises(InviteIsSpent):
        send_again(invite=sent, by=village.ada, at=NOON + timedelta(days=7))
