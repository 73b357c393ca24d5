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
from tests.web.api.talk_world import more_talk, talk_filling
from tests.web.api.told_operations import more_told, told_filling
from tests.web.api.world import more

# The token with its person and its tally is one, the counting another, whether they are a member a third.
MOST = {
    "show_token": 2,
    "show_me": 3,
    "list_my_rights": 3,
    "list_my_holdings": 120,
    "list_members": 4,
    "show_member": 4,
    "list_circles": 5,
    "show_circle": 5,
    "list_circle_members": 6,
    "list_roles": 6,
    "count_the_members": 9,
    "list_invites": 6,
    "list_requests": 6,
    "show_request": 9,
    "list_vouchable": 5,
    "list_tiers": 7,
    "list_renewals": 5,
    "show_tier": 6,
    "list_payments": 6,
    "list_removals": 5,
    "list_fields": 4,
    "show_profile": 6,
    "find_members": 8,
    "list_notes": 3,
    "show_register": 5,
    "list_spaces": 4,
    "show_space": 4,
    "list_topics": 5,
    "list_latest": 4,
    "show_topic": 4,
    "list_posts": 5,
    "show_post": 5,
    "list_editions": 5,
    "list_reactions": 5,
    "list_bookmarks": 4,
    "show_poll": 5,
    "list_ballots": 9,
    "list_asks": 5,
    "list_asked": 6,
    "list_waiting": 4,
    "list_rituals": 6,
    "list_directs": 5,
    "show_direct": 5,
    "list_blocks": 4,
    "show_who_may_write": 4,
    "search_posts": 8,
    "list_notices": 4,
    "list_notice_topics": 7,
    "show_choices": 5,
    "list_drafts": 4,
    "list_reports": 4,
    "show_standing": 4,
    "list_held": 4,
    "read_safety_log": 4,
    "list_cases": 6,
    "show_case": 8,
    "list_decisions": 6,
    "list_own_strikes": 3,
    "list_strikes": 6,
    "list_appeals": 5,
    "list_devices": 5,
    "list_webhooks": 3,
    "show_this_webhook": 3,
    "list_messages": 4,
}
READS = [each for each in OPERATIONS if each.method == "GET"]


def fill(call: Call, first: int, last: int) -> None:
    if call.world is talk_filling:
        # One more of everything is enough to see whether it costs a query.
        more_talk(first)
        return
    if call.world is told_filling:
        more_told(first)
        return
    for n in range(first, last):
        member = admit_founder(person=add_person(f"member{n}"), at=NOON + timedelta(days=31 * n))
        circle = Circle.objects.create(slug=f"c{n}", name=f"Circle {n}", made_at=NOON)
        CircleMember.objects.create(circle=circle, member=member, joined_at=NOON)
        Role.objects.create(circle=circle, name="Host", made_at=NOON)
        more(n)


def statements(call: Call, village: Village) -> list[str]:
    client, ready = program_of(village.ada).client, call.ready()
    # Compiles what is prepared, begins the minute, and writes that today the token was used.
    ready.send(client)
    with CaptureQueriesContext(connection) as caught:
        assert ready.send(client).status_code == 200
    return [each["sql"] for each in caught]


@pytest.mark.parametrize("call", READS, ids=str)
def test_a_read_stays_under_its_bound(call: Call, village: Village) -> None:
    call.ready()
    fill(call, 1, 3)
    few = statements(call, village)
    fill(call, 3, 9)
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
