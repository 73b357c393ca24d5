"""Today shows what waits to whoever looks after the community, each line by its right, and nothing to others."""

from datetime import timedelta

import pytest
from django.urls import reverse

from porch.community.circles.models import Circle
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.newcomers.actions import mark_greeted
from porch.community.requests.models import JoinRequest
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.engine.promises.by_hand import promise_by_hand
from porch.engine.promises.kinds import MEMBERS
from porch.kit.time import now
from porch.people.identity.models import Operator, Person
from porch.web.inside.rooms import STEWARD_ROOMS
from tests.community.requests.wishes import add_members, asked, make_circle
from tests.village import NOON, Village, add_person, add_steward, browser


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("ben", 404), ("dov", 404), ("cleo", 302)])
def test_who_comes_in(who: str, status: int, village: Village) -> None:
    assert browser(village.cast()[who]).get("/inside/today/").status_code == status


def test_a_steward_sees_rooms_and_no_desk(village: Village) -> None:
    page = browser(add_steward()).get("/inside/today/").content.decode()
    assert "All members" in page
    assert 'href="/desk/"' not in page


def test_a_host_without_a_role_sees_what_hosts_see(village: Village) -> None:
    Operator.objects.create(person=village.dov, since=now())
    page = browser(village.dov).get("/inside/today/").content.decode()
    assert 'href="/desk/"' in page
    assert "All members" not in page


def test_an_overdue_promise_waits(village: Village) -> None:
    at = now()
    assert "Overdue promises" not in browser(village.ada).get("/inside/today/").content.decode()
    promise_by_hand(
        text="Mend the roof",
        to=MEMBERS,
        due_at=at - timedelta(hours=1),
        by_id=village.ada.pk,
        at=at - timedelta(days=2),
    )
    assert "Overdue promises" in browser(village.ada).get("/inside/today/").content.decode()


def test_newcomers_are_news_until_they_are_greeted(village: Village) -> None:
    news = "came in the last 30 days and nobody has greeted them"
    assert news not in browser(village.ada).get("/inside/today/").text, "the village came long ago"
    whole = Circle.objects.get(is_whole=True)
    eve = let_in(person=add_person("eve"), circle=whole, way=Way.OPEN, at=now())
    assert news in browser(village.ada).get("/inside/today/").text
    mark_greeted(member_id=eve.pk, by=village.ada, at=now())
    assert news not in browser(village.ada).get("/inside/today/").text


def keeper(person: Person, circle: Circle, *rights: str) -> None:
    """Have somebody be in a circle, and look after it by these rights alone."""
    member = let_in(person=person, circle=circle, way=Way.PLACED, at=NOON)
    role = Role.objects.create(circle=circle, name="Keeper", made_at=NOON)
    for each in rights:
        RoleRight.objects.create(role=role, right=each)
    RoleHolder.objects.create(role=role, member=member, given_at=NOON)


def test_whoever_looks_after_one_circle_sees_what_waits_there(village: Village) -> None:
    add_members("eve", "fay")
    mine, other = make_circle("mine"), make_circle("other")
    keeper(village.ben, mine, "decide-requests")
    asked(Person.objects.get(name="Eve"), mine)
    asked(Person.objects.get(name="Eve"), other)
    asked(Person.objects.get(name="Fay"), other)
    page = browser(village.ben).get("/inside/today/").text
    row = page[page.index("?show=decide") :]
    assert ">1<" in row[: row.index("</li>")], "of the other circle they see nothing"
    page = browser(village.ada).get("/inside/today/").text
    row = page[page.index("?show=decide") :]
    assert ">3<" in row[: row.index("</li>")]


def test_vouches_that_are_missing_lead_to_their_list(village: Village) -> None:
    mine = make_circle("mine", vouches=1)
    keeper(village.ben, mine, "decide-requests")
    add_members("eve")
    asked(Person.objects.get(name="Eve"), mine)
    JoinRequest.objects.update(state="vouches")
    page = browser(village.ben).get("/inside/today/").text
    assert 'href="/inside/requests/?show=vouches"' in page
    assert browser(village.ben).get("/inside/requests/?show=vouches").status_code == 200


def test_every_room_that_one_circle_opens_is_there(village: Village) -> None:
    keeper(village.ben, make_circle("mine"), *{room.right.name for room in STEWARD_ROOMS})
    ben = browser(village.ben)
    page = ben.get("/inside/today/").text
    for room in STEWARD_ROOMS:
        address = reverse(room.url)
        assert (f'href="{address}"' in page[page.index("<main") :]) is room.somewhere, address
        assert ben.get(address).status_code == 200 or not room.somewhere
