"""A pause hides a member until they say that they are back."""

import pytest

from porch.community.away.actions import NotAMember, end_pause, take_pause
from porch.community.membership.models import Member
from porch.community.membership.reads import count_members, is_member
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.roles.founding import admit_founder
from porch.community.roles.limits import LastOwner, owns_alone
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.rules import may
from porch.people.sign_in.next_page import LANDINGS
from porch.web.landing import back_from_pause
from tests.community.leaving.helpers import SECOND, go
from tests.village import NOON, Village, add_person, add_steward, browser


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
    assert ben.get("/inside/").headers["Location"] == "/account/pause/"
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


def test_the_last_owner_who_is_here_takes_none(village: Village) -> None:
    with pytest.raises(LastOwner):
        take_pause(person=village.ada, at=NOON)
    answer = browser(village.ada).post("/account/pause/", {"pause": "yes"})
    assert answer.status_code == 409
    assert "The community has no other owner" in answer.text
    ada, ben = (Member.objects.get(person=each) for each in (village.ada, village.ben))
    RoleHolder.objects.create(role=Role.objects.get(key="owner"), member=ben, given_at=NOON)
    take_pause(person=village.ben, at=NOON)
    assert owns_alone(ada), "an owner on a pause is none to rely on"
    with pytest.raises(LastOwner):
        take_pause(person=village.ada, at=NOON)
    end_pause(person=village.ben, at=NOON)
    take_pause(person=village.ada, at=NOON)


def test_the_next_one_by_the_command_line_owns_where_no_owner_is_here(village: Village) -> None:
    Member.objects.filter(person=village.ada).update(paused_at=NOON)
    eve = admit_founder(person=add_person("eve"), at=NOON)
    assert owns_alone(eve)
