"""Circles are made, changed and closed by whoever may; the whole community has the same terms."""

import re
from dataclasses import replace

import pytest
from django.db import connection

from porch.community.circles.actions import (
    ItsRolesGrantMore,
    TheWholeStays,
    change_circle,
    close_circle,
    found_whole,
    make_circle,
)
from porch.community.circles.models import Circle, CircleMember
from porch.community.circles.terms import (
    CircleTerms,
    NoSuchCeiling,
    NoSuchWayIn,
    NotAsManyVouches,
    TheWholeIsSeen,
    terms_of,
)
from porch.community.joining.actions import CircleIsFull, let_in
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.requests.actions import ask_to_join
from porch.community.roles.models import Role
from porch.community.roles.rights import MANAGE_CIRCLES, MANAGE_ROLES
from porch.community.roles.rules import NeedsRight, may
from porch.community.vouching.actions import vouch
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.pull import pull
from porch.kit.refusals import NotFound
from porch.kit.text import LineIsEmpty, LineIsTooLong
from porch.people.identity.models import Person
from tests.community.circles.making import bakers, member_of
from tests.community.roles.giving import role_with
from tests.engine.promises.owing import at_once
from tests.village import NOON, Village, add_steward, build_village

READERS = CircleTerms(
    name="Readers", description="Books", way_in="request", vouches=2, ceiling=12, is_hidden=True
)


def facts() -> list[str]:
    return [fact.kind for fact in pull("community", most=10_000) if fact.kind.startswith("Circle")]


def test_a_steward_makes_a_circle(village: Village) -> None:
    sol = add_steward()
    terms = replace(READERS, name=" Readers  of books ", is_hidden=False)
    circle = make_circle(terms=terms, by=sol, at=NOON)
    assert (circle.slug, terms_of(circle)) == ("readers-of-books", replace(terms, name="Readers of books"))
    assert CircleMember.objects.get(circle=circle).member == member_of(sol), "who made it can vouch"
    assert (facts(), AuditEntry.objects.get(act="circle-made").by_id) == (
        ["CircleMade", "CircleJoined"],
        sol.pk,
    )


def test_whoever_makes_a_circle_may_stay_out_of_it(village: Village) -> None:
    make_circle(terms=READERS, by=village.ada, at=NOON, comes_in=False)
    assert not CircleMember.objects.exists()


def test_the_first_who_wants_into_a_new_circle_can_get_the_vouch_it_asks_for(village: Village) -> None:
    terms = CircleTerms(name="Readers", way_in="open", vouches=1)
    circle = make_circle(terms=terms, by=village.ada, at=NOON)
    wish = ask_to_join(person=village.ben, circle=circle, answers={}, at=NOON)
    vouch(request_id=wish.pk, by=village.ada, at=NOON)
    assert CircleMember.objects.filter(circle=circle, member=member_of(village.ben)).exists()


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_nobody_without_the_right_does_any_of_it(village: Village, who: str) -> None:
    person, circle = getattr(village, who), bakers()
    for act in (
        lambda: make_circle(terms=READERS, by=person, at=NOON),
        lambda: change_circle(circle=circle, terms=READERS, by=person, at=NOON),
        lambda: change_circle(circle=found_whole(at=NOON), terms=READERS, by=person, at=NOON),
        lambda: close_circle(circle=circle, by=person, at=NOON),
    ):
        with pytest.raises(NeedsRight):
            act()
    assert facts() == []


def test_the_right_in_one_circle_counts_in_that_one(village: Village) -> None:
    circle, other = bakers(village.ben), bakers(slug="cooks", name="Cooks")
    role_with(MANAGE_CIRCLES, circle=circle, held_by=village.ben)
    assert change_circle(circle=circle, terms=READERS, by=village.ben, at=NOON).name == "Readers"
    for act in (
        lambda: change_circle(circle=other, terms=READERS, by=village.ben, at=NOON),
        lambda: make_circle(terms=READERS, by=village.ben, at=NOON),
        lambda: close_circle(circle=other, by=village.ben, at=NOON),
    ):
        with pytest.raises(NeedsRight):
            act()
    close_circle(circle=circle, by=village.ben, at=NOON)
    assert not Circle.objects.filter(pk=circle.pk).exists()


def test_names_may_be_alike_and_addresses_never_are(village: Village) -> None:
    made = [
        make_circle(terms=CircleTerms(name=name), by=village.ada, at=NOON)
        for name in ("New", "New", "Community", "水")
    ]
    assert [circle.slug for circle in made] == ["new-2", "new-3", "community-2", "水"]


def test_the_address_of_a_hidden_circle_tells_nobody_that_it_is_there(village: Village) -> None:
    hidden = make_circle(terms=READERS, by=village.ada, at=NOON)
    assert re.fullmatch(r"readers-\w{4}-\w{4}", hidden.slug)
    seen = make_circle(terms=replace(READERS, is_hidden=False), by=village.ada, at=NOON)
    assert seen.slug == "readers", "as if there were no other"
    change_circle(circle=seen, terms=READERS, by=village.ada, at=NOON)
    assert make_circle(terms=replace(READERS, is_hidden=False), by=village.ada, at=NOON).slug == "readers"
    long = make_circle(terms=replace(READERS, name="x" * 80), by=village.ada, at=NOON)
    assert len(long.slug) <= 60


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"name": " "}, LineIsEmpty),
        ({"name": "x" * 81}, LineIsTooLong),
        ({"description": "x" * 501}, LineIsTooLong),
        ({"way_in": "by force"}, NoSuchWayIn),
        ({"vouches": -1}, NotAsManyVouches),
        ({"vouches": 21}, NotAsManyVouches),
        ({"ceiling": 0}, NoSuchCeiling),
        ({"ceiling": 1_000_001}, NoSuchCeiling),
    ],
)
def test_what_no_circle_can_be_is_refused(village: Village, wrong: dict[str, object], refusal: type) -> None:
    circle = bakers()
    with pytest.raises(refusal):
        change_circle(circle=circle, terms=replace(READERS, **wrong), by=village.ada, at=NOON)
    circle.refresh_from_db()
    assert circle.name == "Bakers"


def test_the_whole_community_has_terms_of_its_own_and_is_never_hidden(village: Village) -> None:
    whole, sol = found_whole(at=NOON), add_steward()
    terms = CircleTerms(name="The Village", way_in="open", ceiling=300)
    change_circle(circle=whole, terms=terms, by=sol, at=NOON)
    assert terms_of(Circle.objects.get(is_whole=True)) == terms
    with pytest.raises(TheWholeIsSeen):
        change_circle(circle=whole, terms=replace(terms, is_hidden=True), by=sol, at=NOON)
    with pytest.raises(TheWholeStays):
        close_circle(circle=whole, by=village.ada, at=NOON)


def test_a_ceiling_below_those_inside_keeps_them_in_and_others_out(village: Village) -> None:
    circle, sol = bakers(village.ada, village.ben), add_steward()
    change_circle(circle=circle, terms=CircleTerms(name="Bakers", ceiling=1), by=village.ada, at=NOON)
    assert CircleMember.objects.filter(circle=circle).count() == 2
    with pytest.raises(CircleIsFull):
        let_in(person=sol, circle=circle, way=Way.INVITE, at=NOON)


def test_a_change_that_changes_nothing_leaves_no_trace(village: Village) -> None:
    circle = bakers()
    change_circle(circle=circle, terms=terms_of(circle), by=village.ada, at=NOON)
    assert facts() == []


def test_a_circle_with_a_role_that_grants_more_is_not_closed_by_who_has_less(village: Village) -> None:
    sol, circle = add_steward(), bakers(village.ben)
    role = role_with(MANAGE_ROLES, circle=circle, held_by=village.ben)
    with pytest.raises(ItsRolesGrantMore):
        close_circle(circle=circle, by=sol, at=NOON)
    assert Role.objects.filter(pk=role.pk).exists()
    role_with(MANAGE_ROLES, circle=circle, held_by=sol, name="Host of hosts")
    CircleMember.objects.create(circle=circle, member=member_of(sol), joined_at=NOON)
    close_circle(circle=circle, by=sol, at=NOON)
    assert not Circle.objects.filter(pk=circle.pk).exists()


def test_who_was_in_a_closed_circle_stays_a_member(village: Village) -> None:
    circle = bakers(village.ben)
    role_with(MANAGE_CIRCLES, circle=circle, held_by=village.ben)
    close_circle(circle=circle, by=village.ada, at=NOON)
    assert Member.objects.present().filter(person=village.ben).exists()
    assert not may(village.ben.pk, MANAGE_CIRCLES, circle.pk)
    assert facts() == ["CircleClosed"]
    with pytest.raises(NotFound):
        close_circle(circle=circle, by=village.ada, at=NOON)


def make_readers(by: Person) -> Circle:
    return make_circle(terms=replace(READERS, is_hidden=False), by=by, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_circles_of_one_name_at_once_get_two_addresses() -> None:
    village = build_village()
    came = at_once(*[lambda: make_readers(village.ada)] * 2)
    assert {each.slug for each in came} == {"readers", "readers-2"}  # type: ignore[attr-defined]
    assert member_of(village.ada)
    connection.close()
