"""The pages of circles and roles: what each of the cast is shown, and no more."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porch.community.circles.models import Circle, CircleMember
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.rights import MANAGE_CIRCLES
from tests.community.circles.making import bakers, member_of
from tests.community.roles.giving import holders, owner_role, role_with
from tests.village import NOON, Village, add_person, add_steward, browser

FORM = {"name": "Readers", "description": "Books", "way_in": "open", "vouches": "1", "ceiling": ""}


def said(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_hidden_circle_is_there_for_its_members_and_those_who_manage_circles(village: Village) -> None:
    sol, eve = add_steward(), add_person("eve")
    admit_founder(person=eve, at=NOON)
    circle = bakers(village.ben, is_hidden=True)
    role = role_with(circle=circle, name="Miller")
    for person, is_seen in ((village.ada, True), (sol, True), (village.ben, True), (eve, False)):
        client = browser(person)
        assert ("Bakers" in said(client, "/inside/circles/")) is is_seen
        assert ("Miller" in said(client, "/inside/roles/")) is is_seen
        for path in ("/inside/circles/bakers/", f"/inside/roles/{role.pk}/"):
            assert client.get(path).status_code == (200 if is_seen else 404)


def test_one_s_own_circles_come_first(village: Village) -> None:
    Circle.objects.create(slug="apples", name="Apples", made_at=NOON)
    bakers(village.ben)
    text = said(browser(village.ben), "/inside/circles/")
    assert text.index("Bakers") < text.index("Apples")


def test_a_circle_is_made_with_a_form_that_keeps_what_was_typed(ada: Client) -> None:
    wrong = ada.post("/inside/circles/new/", {**FORM, "ceiling": "-4"})
    assert wrong.status_code == 422
    assert 'value="Readers"' in wrong.content.decode()
    assert "checked" in said(ada, "/inside/circles/new/").partition('name="comes_in"')[2][:200]
    assert ada.post("/inside/circles/new/", FORM).headers["Location"] == "/inside/circles/readers/"
    assert not CircleMember.objects.exists(), "it was not ticked"
    ada.post("/inside/circles/new/", {**FORM, "comes_in": "yes"})
    assert CircleMember.objects.get().circle.slug == "readers-2"
    assert "It is open to every member." in said(ada, "/inside/circles/readers/")


@pytest.mark.parametrize(
    "given", [{"vouches": "many"}, {"vouches": "²"}, {"ceiling": "1e3"}, {"way_in": "x"}, {"name": ""}]
)
def test_what_cannot_be_read_is_refused_beside_its_field(ada: Client, given: dict[str, str]) -> None:
    answer = ada.post("/inside/circles/new/", {**FORM, **given})
    (field,) = given
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.content.decode()


def test_the_whole_community_is_changed_by_the_same_form(ada: Client, village: Village) -> None:
    ada.post("/inside/circles/community/change/", {**FORM, "name": "The Village", "way_in": "request"})
    assert Circle.objects.get(is_whole=True).way_in == "request"
    assert "is_hidden" not in said(ada, "/inside/circles/community/change/")


def test_a_member_leaves_by_a_page_that_says_what_it_means(
    village: Village, ben: Client, ada: Client
) -> None:
    bakers(village.ben)
    assert ada.get("/inside/circles/bakers/leaving/").status_code == 404, "who is not in it"
    assert "You stay a member" in said(ben, "/inside/circles/bakers/leaving/")
    ben.post("/inside/circles/bakers/leaving/")
    assert not CircleMember.objects.exists()
    assert ben.get("/inside/circles/community/leaving/").status_code == 404


def test_grave_things_ask_for_a_proof_first(village: Village) -> None:
    bakers(village.ben)
    role = role_with(held_by=village.ben)
    late = browser(village.ada, recent=False)
    for path in ("circles/bakers/closing/", f"roles/{role.pk}/holders/", f"roles/{role.pk}/deletion/"):
        assert late.post(f"/inside/{path}", {"who": "Ben"}).status_code == 403
    assert late.get("/account/rights/ownership/").headers["Location"].startswith("/account/confirm/")
    assert Circle.objects.filter(slug="bakers").exists()


def test_a_role_is_given_by_name_or_address(village: Village, ada: Client) -> None:
    role = role_with()
    for who in ("bEN", "ben@example.org"):
        ada.post(f"/inside/roles/{role.pk}/holders/", {"who": who})
        assert holders(role) == {"Ben"}
        RoleHolder.objects.filter(role=role).delete()


def test_it_is_given_to_nobody_by_a_name_that_is_not_one_member_s(village: Village, ada: Client) -> None:
    role = role_with()
    other = add_person("other")
    other.name = "Ben"
    other.save()
    admit_founder(person=other, at=NOON)
    for who, status in (("Ben", 409), ("Dov", 422), ("dov@example.org", 422), ("", 422), ("x" * 9_999, 422)):
        assert ada.post(f"/inside/roles/{role.pk}/holders/", {"who": who}).status_code == status
    assert holders(role) == set()


def test_a_role_s_form_offers_only_rights_that_one_has(village: Village, ada: Client) -> None:
    answer = ada.post("/inside/roles/new/community/", {"name": "Host", "right": ["manage-circles"]})
    role = Role.objects.get(name="Host")
    assert answer.headers["Location"] == f"/inside/roles/{role.pk}/"
    RoleHolder.objects.create(role=owner_role(), member=member_of(village.ben), given_at=NOON)
    RoleHolder.objects.filter(member=member_of(village.ada)).delete()
    assert ada.post("/inside/roles/new/community/", {"name": "Two"}).status_code == 404


def test_every_member_sees_who_may_what_and_only_managers_see_how_to_change_it(
    village: Village, ben: Client
) -> None:
    role = role_with(MANAGE_CIRCLES, held_by=village.ada)
    page = said(ben, f"/inside/roles/{role.pk}/")
    assert "make circles" in page
    assert "Ada" in page or village.ada.name in page
    assert "holders/" not in page
    assert f"/inside/roles/{role.pk}/change/" not in page


def test_laying_down_a_role_of_one_s_own_needs_no_right_and_taking_one_does(
    village: Village, ben: Client
) -> None:
    role = role_with(held_by=village.ben)
    RoleHolder.objects.create(role=role, member=member_of(village.ada), given_at=NOON)
    path = f"/inside/roles/{role.pk}/removal/"
    assert ben.post(path, {"member": member_of(village.ada).pk}).status_code == 404
    assert ben.post(path, {"member": member_of(village.ben).pk}).status_code == 302
    assert holders(role) == {village.ada.name}


def test_long_lists_cost_no_more_queries(village: Village, ada: Client) -> None:
    circle = bakers(village.ben)
    role = role_with(circle=circle, held_by=village.ben)
    paths = ("/inside/circles/", "/inside/circles/bakers/", "/inside/roles/", f"/inside/roles/{role.pk}/")
    few = [queries(ada, path) for path in paths]
    for n in range(12):
        member = admit_founder(person=add_person(f"m{n}"), at=NOON)
        CircleMember.objects.create(circle=circle, member=member, joined_at=NOON)
        RoleHolder.objects.create(role=role, member=member, given_at=NOON, given_by=member)
        role_with(MANAGE_CIRCLES, circle=bakers(slug=f"c{n}", name=f"C{n}"))
    assert [queries(ada, path) for path in paths] == few
    assert max(few) <= 9


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)
