"""Who may make a link, on which terms, and that nobody finds it in the database."""

from datetime import timedelta

import pytest

from porch.community.invites.actions import DoesNotCount, make_link
from porch.community.invites.models import Invite
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from porch.kit.text import LineIsNotPlain, LineIsTooLong
from tests.community.invites.hands import bakers, let_invite, link, whole
from tests.village import NOON, Village, add_steward


def test_a_steward_makes_a_link_for_so_many_and_so_long(village: Village) -> None:
    sol = add_steward()
    invite, token = link(sol, uses=5, days=3, note="  Come\n in. ")
    assert (invite.most_uses, invite.used, invite.note) == (5, 0, "Come in.")
    assert invite.expires_at == NOON + timedelta(days=3)
    assert len(token) >= 43, "256 bits"
    assert AuditEntry.objects.get(act="invite-made").by_id == sol.pk


def test_the_secret_is_not_in_the_database(village: Village) -> None:
    _, token = link(village.ada)
    assert token not in str(list(Invite.objects.values()))


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_who_has_no_right_makes_none(village: Village, who: str) -> None:
    with pytest.raises(NeedsRight):
        link(village.cast()[who])
    assert not Invite.objects.exists()


def test_a_right_in_a_circle_is_none_in_the_community(village: Village) -> None:
    circle = bakers()
    let_invite(village.ben, circle)
    assert link(village.ben, circle=circle)
    with pytest.raises(NeedsRight):
        link(village.ben)


@pytest.mark.parametrize("terms", [{"uses": 0}, {"uses": 10_001}, {"days": 0}, {"days": 366}, {"uses": -1}])
def test_terms_out_of_bounds_are_refused(village: Village, terms: dict[str, int]) -> None:
    with pytest.raises(DoesNotCount):
        make_link(circle=whole(), by=village.ada, at=NOON, **{"uses": 1, "days": 1, "note": "", **terms})


def test_a_note_is_one_plain_line(village: Village) -> None:
    with pytest.raises(LineIsTooLong):
        link(village.ada, note="x" * 501)
    with pytest.raises(LineIsNotPlain):
        link(village.ada, note="a\x00b")
