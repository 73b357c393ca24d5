"""Nothing is noticed or shown of whoever is suspended or on a pause."""

from datetime import timedelta

import pytest

from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.memory.actions import notice
from porch.community.memory.reads import remembered
from tests.community.away.going import AWAY, send_away
from tests.community.invites.hands import bakers
from tests.village import NOON, Village


@pytest.mark.parametrize("how", AWAY)
def test_an_anniversary_is_not_shown(how: str, village: Village) -> None:
    Member.objects.filter(person=village.ben).update(joined_at=NOON - timedelta(days=365))
    notice(at=NOON)
    assert [each.member__person__name for each in remembered(NOON)[0]] == ["Ben"]
    send_away(village, how)
    assert remembered(NOON)[0] == []


@pytest.mark.parametrize("how", AWAY)
def test_a_first_circle_is_not_noticed(how: str, village: Village) -> None:
    let_in(person=village.ben, circle=bakers(), way=Way.PLACED, at=NOON)
    send_away(village, how)
    assert notice(at=NOON) == 0
