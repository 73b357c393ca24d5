"""Addresses of people who never answered are forgotten a month after their invite is over."""

from datetime import timedelta

from porch.community.invites.accepting import accept_invite
from porch.community.invites.jobs import FORGOTTEN_AFTER, forget_addresses, write_some
from porch.community.invites.models import Invite
from porch.engine.outbox.models import Delivery
from porch.people.erasure.actions import erase_person
from tests.community.invites.hands import link, listed
from tests.people.mails import text_of
from tests.village import NOON, Village, add_person

WEEK = timedelta(days=7)
SECOND = timedelta(seconds=1)


def test_to_the_second(village: Village) -> None:
    listed(village.ada, "eve@example.org")
    link(village.ada)
    assert forget_addresses(at=NOON + WEEK + FORGOTTEN_AFTER - SECOND) == 0
    assert forget_addresses(at=NOON + WEEK + FORGOTTEN_AFTER) == 1
    assert not Invite.objects.exclude(address="").exists()
    assert Invite.objects.count() == 1, "a link knows no address, and stays"


def test_one_that_was_used_stays_without_its_address(village: Village) -> None:
    listed(village.ada, "eve@example.org")
    write_some(at=NOON)
    token = text_of(Delivery.objects.get()).partition("/join/")[2].partition("/")[0]
    accept_invite(token=token, person=add_person("eve"), at=NOON)
    forget_addresses(at=NOON + WEEK + FORGOTTEN_AFTER)
    assert (Invite.objects.get().used, Invite.objects.get().address) == (1, "")


def test_whoever_is_erased_is_invited_no_more(village: Village) -> None:
    eve = add_person("eve")
    listed(village.ada, "eve@example.org")
    erase_person(person=eve, by=village.ada, at=NOON)
    assert not Invite.objects.exists()
