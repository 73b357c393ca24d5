"""Each operation has a bound on its queries, whatever the number of rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.community.circles.models import Circle, CircleMember
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role
from tests.village import NOON, Village, add_person, browser
from tests.web.api.callers import program_of, token_of
from tests.web.api.operations import OPERATIONS, Call

# The token with its person and its tally is one, the counting another, whether they are a member a third.
MOST = {
    "show_token": 2,
    "show_me": 3,
    "list_my_rights": 3,
    "list_my_holdings": 120,
    "list_members": 4,
    "show_member": 4,
    "list_circles": 4,
    "show_circle": 4,
    "list_circle_members": 5,
    "list_roles": 5,
    "count_the_members": 6,
}
READS = [each for each in OPERATIONS if each.method == "GET"]


def fill(village: Village, first: int, last: int) -> None:
    for n in range(first, last):
        member = admit_founder(person=add_person(f"member{n}"), at=NOON + timedelta(days=31 * n))
        circle = Circle.objects.create(slug=f"c{n}", name=f"Circle {n}", made_at=NOON)
        CircleMember.objects.create(circle=circle, member=member, joined_at=NOON)
        Role.objects.create(circle=circle, name="Host", made_at=NOON)


def statements(call: Call, village: Village) -> list[str]:
    program = program_of(village.ada)
    call.ask(
        program
    )  # compiles what is prepared, begins the minute, and writes that today the token was used
    with CaptureQueriesContext(connection) as caught:
        assert call.ask(program).status_code == 200
    # What the test itself looked up for the path is not the operation's.
    return [each["sql"] for each in caught][2:]


@pytest.mark.parametrize("call", READS, ids=str)
def test_a_read_stays_under_its_bound(call: Call, village: Village) -> None:
    fill(village, 0, 2)
    few = statements(call, village)
    fill(village, 2, 12)
    many = statements(call, village)
    assert len(many) == len(few), "the number of rows does not matter"
    assert len(many) <= MOST[call.id], many


def test_every_read_has_a_bound() -> None:
    assert {each.id for each in READS} == MOST.keys()


def test_a_session_beside_the_token_costs_nothing(village: Village) -> None:
    header = {"authorization": f"Bearer {token_of(village.ben).secret}"}
    client = browser(village.ben)
    client.get("/api/v1/token", headers=header)
    with CaptureQueriesContext(connection) as caught:
        assert client.get("/api/v1/token", headers=header).status_code == 200
    assert len(caught) == 2
