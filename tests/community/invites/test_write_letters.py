"""Letters of invitations go out as long as whoever made them is here and may invite."""

from porch.community.away.actions import end_pause, take_pause
from porch.community.circles.models import Circle
from porch.community.invites.jobs import write_some
from porch.community.roles.models import RoleHolder
from tests.community.invites.hands import bakers, let_invite, listed
from tests.community.requests.wishes import whole
from tests.village import NOON, Village, add_steward


def test_letters_wait_while_their_maker_is_away(village: Village) -> None:
    sol = add_steward()
    listed(sol, "eve@example.org")
    take_pause(person=sol, at=NOON)
    assert write_some(at=NOON) == 0
    end_pause(person=sol, at=NOON)
    assert write_some(at=NOON) == 1


def test_letters_go_only_as_long_as_their_maker_may_invite(village: Village) -> None:
    sol, circle = add_steward(), bakers()
    let_invite(village.ben, whole())
    listed(sol, "eve@example.org")
    listed(village.ben, "fay@example.org", circle=circle)
    RoleHolder.objects.filter(member__person__in=[sol, village.ben]).delete()
    let_invite(sol, Circle.objects.create(slug="smiths", name="Smiths", made_at=NOON))
    assert write_some(at=NOON) == 0
    listed(village.ada, "gus@example.org")
    assert write_some(at=NOON) == 1
