"""A request learns its rights with one query, and no later request believes what an earlier one heard."""

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext

from porch.community.membership.reads import MEMBERSHIP
from porch.community.membership.rules import members
from porch.community.roles.actions import give_role, take_role
from porch.community.roles.rights import MANAGE_CIRCLES, MANAGE_ROLES
from porch.community.roles.rules import having, having_somewhere, rights_here
from porch.people.identity.models import Person
from tests.community.circles.making import bakers, member_of
from tests.community.roles.giving import role_with
from tests.village import NOON, Village, add_steward, browser


def request_of(person: Person | None) -> HttpRequest:
    request = HttpRequest()
    request.user = person or AnonymousUser()  # type: ignore[assignment]
    return request


def asked(request: HttpRequest) -> int:
    """Put every question to a request, twice, and count the queries."""
    rights_here(request_of(request.user if request.user.is_authenticated else None))  # type: ignore[arg-type]
    with CaptureQueriesContext(connection) as caught:
        for _ in range(2):
            having(MANAGE_CIRCLES).admits(request)
            having_somewhere(MANAGE_ROLES).admits(request)
            rights_here(request)
    return len(caught)


def test_asking_twice_costs_one_query(village: Village) -> None:
    assert asked(request_of(village.ben)) == 1
    assert asked(request_of(village.ada)) == 1


def test_a_stranger_costs_none(village: Village) -> None:
    assert asked(request_of(None)) == 0


def test_a_role_counts_from_the_next_request_on_and_no_longer_than_it_stands(village: Village) -> None:
    ben, role = browser(village.ben), role_with(MANAGE_CIRCLES)
    for act, status in ((give_role, 200), (take_role, 404), (give_role, 200)):
        act(role=role, member=member_of(village.ben), by=village.ada, at=NOON)
        assert ben.get("/inside/circles/new/").status_code == status


def test_the_door_of_members_tells_stewards_apart_without_another_query(village: Village) -> None:
    sol, circle = add_steward(), bakers(village.ben)
    MEMBERSHIP.first(person=sol.pk)
    for person, is_steward in ((village.ada, True), (sol, True), (village.ben, False)):
        request = request_of(person)
        with CaptureQueriesContext(connection) as caught:
            assert members.admits(request)
        assert (request.is_steward, len(caught)) == (is_steward, 1)  # type: ignore[attr-defined]
    role_with(circle=circle, held_by=village.ben)
    request = request_of(village.ben)
    members.admits(request)
    assert not request.is_steward, "a role without rights makes nobody a steward"  # type: ignore[attr-defined]


def test_a_right_in_a_circle_opens_that_circle_alone(village: Village) -> None:
    bakers(slug="cooks", name="Cooks")
    role_with(MANAGE_CIRCLES, circle=bakers(village.ben), held_by=village.ben)
    ben = browser(village.ben)
    assert ben.get("/inside/circles/bakers/change/").status_code == 200
    for closed in ("cooks/change/", "community/change/", "cooks/closing/", "new/"):
        assert ben.get(f"/inside/circles/{closed}").status_code == 404
