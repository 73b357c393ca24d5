"""A pause hides a member until they say that they are back."""

import pytest

from porch.community.away.actions import NotAMember, end_pause, take_pause
from porch.community.membership.reads import count_members, is_member
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.roles.rules import may
from porch.people.sign_in.next_page import LANDINGS
from porch.web.landing import back_from_pause
from tests.community.leaving.helpers import SECOND, go
from tests.village import NOON, Village, add_steward, browser


def test_whoever_is_on_a_pause_is_nowhere_and_comes_back_as_they_were(village: Village) -> None:
    sol = add_steward()
    before = count_members()
    take_pause(person=sol, at=NOON)
    take_pause(person=sol, at=NOON + SECOND)
    assert not is_member(sol.pk)
    assert not may(sol.pk, REMOVE_MEMBERS)
    assert count_members() == before - 1
    assert end_pause(person=sol, at=NOON).joined_at == NOON
    assert may(sol.pk, REMOVE_MEMBERS)


def test_only_members_take_one(village: Village) -> None:
    go(village.ben)
    for nobody in (village.dov, village.ben):
        for verb in (take_pause, end_pause):
            with pytest.raises(NotAMember):
                verb(person=nobody, at=NOON)


def test_the_page_pauses_and_brings_back(village: Village) -> None:
    ben = browser(village.ben)
    assert (
        "Your pause has begun." in ben.post("/account/pause/", {"pause": "yes"}, follow=True).content.decode()
    )
    assert ben.get("/inside/").status_code == 404
    assert "I am back" in ben.get("/account/").content.decode()
    assert "You are back." in ben.post("/account/pause/", follow=True).content.decode()
    assert ben.get("/inside/").status_code == 200
    assert "You are not a member" in browser(village.dov).get("/account/pause/").content.decode()


def test_signing_in_leads_to_where_one_says_so(village: Village) -> None:
    take_pause(person=village.ben, at=NOON)
    assert back_from_pause in LANDINGS
    request = browser(village.ben).get("/account/").wsgi_request
    assert back_from_pause(request) == "/account/pause/"
    end_pause(person=village.ben, at=NOON)
    assert back_from_pause(request) is None
