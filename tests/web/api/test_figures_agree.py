"""The figures of the page and of the API are the same: who belongs, and how many of them are away."""

from datetime import UTC, datetime

import pytest
from pytest_django.fixtures import Settings

from porch.community.away.actions import take_pause
from porch.community.circles.models import Circle, CircleMember
from porch.community.lists.filtering import MemberFilter, month_of
from porch.community.lists.reads import cohorts
from porch.community.membership.models import Member
from tests.village import NOON, Village, browser
from tests.web.api.callers import program_of


@pytest.fixture
def readers(village: Village) -> Circle:
    circle = Circle.objects.create(slug="readers", name="Readers", made_at=NOON)
    for member in Member.objects.all():
        CircleMember.objects.create(circle=circle, member=member, joined_at=NOON)
    return circle


def test_whoever_is_away_belongs_and_it_is_said(village: Village, readers: Circle) -> None:
    take_pause(person=village.ben, at=NOON)
    said = program_of(village.ada).get("/figures/members").json()
    assert (said["members"], said["away"]) == (2, 1)
    assert [(each["members"], each["away"]) for each in said["circles"]] == [(2, 1), (2, 1)]
    assert said["months"] == [{"month": "2026-03", "members": 2}]
    page = browser(village.ada).get("/inside/figures/").text
    assert "2 members belong." in page
    assert "1 of them is away" in page
    assert '<td class="num">2</td><td class="num">1</td>' in page


def test_the_count_of_a_circle_is_that_of_its_list(village: Village, readers: Circle) -> None:
    take_pause(person=village.ben, at=NOON)
    assert "1 member " in browser(village.ada).get("/inside/circles/").text
    program = program_of(village.ada)
    for each in program.get("/circles").json()["items"]:
        there = program.get(f"/circles/{each['id']}/members").json()["items"]
        assert each["members"] == len(there) == 1


def test_months_begin_where_the_community_is(village: Village, settings: Settings) -> None:
    settings.PORCH_TIME_ZONE = "Pacific/Auckland"
    Member.objects.filter(person=village.ben).update(joined_at=datetime(2026, 3, 31, 11, 30, tzinfo=UTC))
    assert [(f"{each.month:%Y-%m}", each.present) for each in cohorts()] == [("2026-04", 1), ("2026-03", 1)]
    months = program_of(village.ada).get("/figures/members").json()["months"]
    assert [each["month"] for each in months] == ["2026-03", "2026-04"]
    assert MemberFilter(joined="2026-04").members().get().person == village.ben
    assert month_of("2026-12")[1] == datetime(2026, 12, 31, 11, tzinfo=UTC)


def test_pages_say_in_which_zone(village: Village) -> None:
    for page in ("/inside/figures/", "/inside/members/"):
        assert "Months are counted in UTC" in browser(village.ada).get(page).text
