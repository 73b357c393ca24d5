"""Who brought whom: all of it for stewards, one's own branch for each member."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.community.invites.graph import SHOWN_BELOW, brought_by, is_below, with_their_own
from porch.community.joining.actions import let_in
from porch.community.joining.models import Arrival, Way
from porch.community.membership.models import Member
from porch.people.identity.models import Person
from tests.community.invites.hands import bakers, member, whole
from tests.community.leaving.helpers import go
from tests.community.removal.test_remove_member import remove
from tests.village import NOON, Village, add_person, add_steward, browser


def bring(name: str, by: Person) -> Person:
    person = add_person(name)
    let_in(person=person, circle=whole(), way=Way.INVITE, brought_by=member(by), at=NOON)
    return person


def test_a_branch_has_the_first_of_those_below_and_says_that_there_are_more(village: Village) -> None:
    eve = bring("eve", village.ben)
    for n in range(SHOWN_BELOW + 1):
        bring(f"p{n}", eve)
    bring("fay", Person.objects.get(name="P0"))
    (branch,) = with_their_own(list(brought_by(member(village.ben).pk)))
    assert (branch.name, branch.has_more, len(branch.below)) == ("Eve", True, SHOWN_BELOW)
    assert [each.brought_some for each in branch.below] == [True] + [False] * (SHOWN_BELOW - 1)


def test_the_top_are_those_whom_nobody_brought(village: Village) -> None:
    bring("eve", village.ben)
    tops = with_their_own(list(brought_by(None)))
    assert [(each.name, [one.name for one in each.below]) for each in tops] == [
        ("Owner", []),
        ("Ben", ["Eve"]),
    ]


def test_a_circle_inside_is_no_part_of_it(village: Village) -> None:
    let_in(person=village.ben, circle=bakers(), way=Way.INVITE, brought_by=member(village.ada), at=NOON)
    assert list(brought_by(member(village.ada).pk)) == []


def test_below_is_over_however_many_and_never_round_in_a_circle(village: Village) -> None:
    eve = bring("eve", village.ben)
    fay = bring("fay", eve)
    assert is_below(member(fay).pk, top=member(village.ben).pk)
    assert not is_below(member(fay).pk, top=member(village.ada).pk)
    Arrival.objects.filter(member=member(village.ben)).update(brought_by=member(fay))
    assert not is_below(member(fay).pk, top=member(village.ada).pk)


def test_a_page_costs_the_same_with_many_as_with_few(village: Village) -> None:
    def queries(path: str) -> int:
        client = browser(village.ada)
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        return len(caught)

    paths = ["/inside/invites/graph/", "/inside/invites/graph/?as=tree", "/account/invites/"]
    bring("gus", bring("fay", bring("eve", village.ada)))
    few = [queries(path) for path in paths]
    for n in range(30):
        bring(f"p{n}", village.ada if n % 2 else Person.objects.get(name="Eve"))
    assert [queries(path) for path in paths] == few


def test_stewards_see_all_of_it_and_who_left(village: Village) -> None:
    sol = add_steward()
    bring("eve", village.ben)
    Member.objects.filter(person__name="Eve").update(left_at=NOON)
    client = browser(sol)
    table = client.get("/inside/invites/graph/").text
    assert "Eve" in table
    assert "Left" in table
    assert "not measurable here yet" in table
    assert "Eve" in client.get("/inside/invites/graph/?as=tree").text
    below = client.get(f"/inside/invites/graph/?as=tree&of={member(village.ben).pk}").text
    assert "Whom Ben brought" in below


def test_stewards_see_who_was_removed_and_members_only_who_is_no_longer_here(village: Village) -> None:
    eve, fay = bring("eve", village.ben), bring("fay", village.ben)
    go(eve)
    remove(fay, village.ada)
    sol, ben = browser(add_steward()), browser(village.ben)
    for path in ("/inside/invites/graph/", f"/inside/invites/graph/?as=tree&of={member(village.ben).pk}"):
        page = sol.get(path).text
        assert page.count(">Removed<") == page.count(">Left<") == 1
    own = ben.get("/account/invites/").text
    assert own.count("No longer here") == 2
    assert ">Removed<" not in own


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("ben", 404), ("dov", 404), ("cleo", 302)])
def test_nobody_else_sees_all_of_it(village: Village, who: str, status: int) -> None:
    assert browser(village.cast()[who]).get("/inside/invites/graph/").status_code == status


def test_a_member_sees_the_own_branch_and_no_other(village: Village) -> None:
    eve = bring("eve", village.ben)
    bring("fay", eve)
    bring("gus", village.ada)
    ben = browser(village.ben)
    own = ben.get("/account/invites/").text
    assert "Eve" in own
    assert "Fay" in own
    assert "Gus" not in own
    assert ben.get(f"/account/invites/?of={member(eve).pk}").status_code == 200
    assert ben.get(f"/account/invites/?of={member(village.ada).pk}").status_code == 404
    for said in ("x", "0", "9" * 30, "-1", "٣"):
        assert ben.get("/account/invites/", {"of": said}).status_code == 404
