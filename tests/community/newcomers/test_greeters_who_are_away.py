"""Whoever is suspended or on a pause greets nobody, and is named to nobody."""

import pytest

from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.newcomers.actions import mark_greeted, name_greeter
from porch.community.newcomers.reads import greeters_named
from porch.community.newcomers.rules import greets
from porch.kit.refusals import NotAllowed
from tests.community.away.going import AWAY, send_away
from tests.community.requests.wishes import whole
from tests.village import NOON, Village, add_person, browser


@pytest.mark.parametrize("how", AWAY)
def test_a_greeter_stays_outside_and_is_not_named(how: str, village: Village) -> None:
    ben = Member.objects.get(person=village.ben)
    name_greeter(member_id=ben.pk, by=village.ada, at=NOON)
    eve = let_in(person=add_person("eve"), circle=whole(), way=Way.OPEN, at=NOON)
    assert greets(village.ben.pk)
    assert browser(village.ben).get("/inside/newcomers/").status_code == 200
    send_away(village, how)
    assert not greets(village.ben.pk)
    assert greeters_named() == []
    client = browser(village.ben)
    assert client.get("/inside/newcomers/").status_code == 302
    assert client.post(f"/inside/newcomers/{eve.pk}/", {"is": "yes"}).status_code == 404
    with pytest.raises(NotAllowed):
        mark_greeted(member_id=eve.pk, by=village.ben, at=NOON)
