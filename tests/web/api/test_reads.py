"""What the API tells of members, circles, roles and figures: to each what they may know."""

from datetime import UTC, datetime

import pytest

from porch.community.circles.models import Circle, CircleMember
from porch.community.membership.models import Member
from porch.community.portraits.models import Portrait
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.people.erasure.reads import held
from porch.people.identity.models import Person
from porch.people.identity.operators import shut_out
from tests.community.portraits.pictures import hang
from tests.village import NOON, Village, add_person, add_steward
from tests.web.api.callers import Program, program_of, service_token


@pytest.fixture
def hidden(village: Village) -> Circle:
    """A circle that Ben is in and Ada, the owner, looks after, with a role."""
    circle = Circle.objects.create(slug="h", name="Hidden", is_hidden=True, made_at=NOON)
    ben = Member.objects.get(person=village.ben)
    CircleMember.objects.create(circle=circle, member=ben, joined_at=NOON)
    Role.objects.create(circle=circle, name="Keeper of the key", made_at=NOON)
    return circle


def test_a_hidden_circle_is_known_to_those_inside_and_to_who_looks_after_it(
    hidden: Circle, village: Village
) -> None:
    paths = (f"/circles/{hidden.pk}", f"/circles/{hidden.pk}/members", f"/members?circle={hidden.pk}")
    eve = add_person("eve")
    admit_founder(person=eve, at=NOON)
    for program in (program_of(eve), Program(service_token(village.ada).secret)):
        for path in paths:
            assert program.get(path).status_code == 404
        for path in ("/circles", "/roles", "/figures/members"):
            text = program.get(path).text
            assert "Hidden" not in text
            assert "Keeper" not in text
    for program in (program_of(village.ben), program_of(village.ada)):
        assert {program.get(path).status_code for path in paths} == {200}
        for path in ("/circles", "/figures/members"):
            assert "Hidden" in program.get(path).text
        assert "Keeper of the key" in program.get("/roles").text


def test_a_hidden_circle_is_not_known_to_who_has_a_role_in_it_and_is_outside(
    hidden: Circle, village: Village
) -> None:
    eve = add_person("eve")
    member, role = admit_founder(person=eve, at=NOON), Role.objects.get(circle=hidden)
    RoleHolder.objects.create(role=role, member=member, given_at=NOON)
    path = f"/circles/{hidden.pk}"
    assert program_of(eve).get(path).status_code == 404, "a role without a right tells nothing"
    RoleRight.objects.create(role=role, right="invite-members")
    assert program_of(eve).get(path).status_code == 404, "a role of a circle counts for those who are in it"
    CircleMember.objects.create(circle=hidden, member=member, joined_at=NOON)
    assert program_of(eve).get(path).status_code == 200


def test_who_makes_a_hidden_circle_and_changes_it_can_read_it(village: Village) -> None:
    sol = program_of(add_steward())
    made = sol.send("POST", "/circles", '{"name": "Readers", "is_hidden": true}').json()
    path = f"/circles/{made['id']}"
    assert sol.send("PATCH", path, '{"name": "Writers"}').status_code == 200
    assert sol.get(path).json()["name"] == "Writers"


def test_one_that_is_not_there_and_one_that_is_hidden_answer_alike(hidden: Circle, village: Village) -> None:
    eve = add_person("eve")
    admit_founder(person=eve, at=NOON)
    program = program_of(eve)
    assert program.get(f"/circles/{hidden.pk}").content == program.get("/circles/999999").content


def test_who_has_left_is_in_no_answer(village: Village) -> None:
    gone = Member.objects.get(person=village.ben)
    gone.left_at = NOON
    gone.save()
    ada = program_of(village.ada)
    assert ada.get(f"/members/{gone.pk}").status_code == 404
    for path in ("/members", "/circles/1/members", "/circles"):
        assert "Ben" not in ada.get(path).text
    figures = ada.get("/figures/members").json()
    assert figures["members"] == figures["circles"][0]["members"] == 1


def test_a_member_shows_a_name_and_a_portrait_and_no_address(village: Village) -> None:
    hang(village.ben)
    ben = Member.objects.get(person=village.ben)
    said = program_of(village.ada).get(f"/members/{ben.pk}").json()
    holding = Portrait.objects.get(member=ben).holding_id
    assert said == {
        "id": ben.pk,
        "name": "Ben",
        "joined_at": "2026-03-02T12:00:00Z",
        "portrait": f"http://localhost:8000/files/{holding}/small",
    }


def test_who_is_shut_out_shows_no_portrait(village: Village) -> None:
    hang(village.ben)
    shut_out(person=village.ben, by=village.ada, reason="Spam.", at=NOON)
    ben = Member.objects.get(person=village.ben)
    assert program_of(village.ada).get(f"/members/{ben.pk}").json()["portrait"] is None


def test_figures_are_exact_by_circle_and_by_month_in_utc(village: Village) -> None:
    circle = Circle.objects.create(slug="c", name="Readers", made_at=NOON)
    moments = [datetime(2026, 3, 31, 23, 59, 59, 999999, UTC), datetime(2026, 4, 1, tzinfo=UTC)]
    for n, moment in enumerate(moments):
        member = admit_founder(person=add_person(f"m{n}"), at=moment)
        CircleMember.objects.create(circle=circle, member=member, joined_at=moment)
    said = program_of(village.ben).get("/figures/members").json()
    assert said["members"] == 4
    assert [(each["name"], each["members"]) for each in said["circles"]] == [("Porch", 4), ("Readers", 2)]
    assert said["months"] == [{"month": "2026-03", "members": 3}, {"month": "2026-04", "members": 1}]


def test_roles_say_their_rights_and_how_many_hold_them(village: Village) -> None:
    sol = add_steward()
    said = {each["key"]: each for each in program_of(village.ben).get("/roles").json()["items"]}
    assert said["owner"]["rights"] == ["*"]
    assert "manage-circles" in said["steward"]["rights"]
    assert [said[key]["holders"] for key in ("owner", "steward", "member")] == [1, 1, 0]
    Member.objects.filter(person=sol).update(left_at=NOON)
    assert program_of(village.ben).get("/roles").json()["items"][1]["holders"] == 0


def test_each_sees_their_own_rights_and_whence(village: Village) -> None:
    sol = program_of(add_steward()).get("/me/rights").json()
    assert {"manage-circles"} <= {each["right"] for each in sol}
    assert {each["role"] for each in sol if each["right"] == "manage-circles"} == {"Steward"}
    assert program_of(village.ben).get("/me/rights").json() == []
    RoleHolder.objects.all().delete()
    assert program_of(village.ada).get("/me/rights").json() == []


def test_what_is_kept_about_me_is_all_that_the_erasure_finds(village: Village) -> None:
    said = program_of(village.ben).get("/me/holdings").json()
    found = {each.table: each.rows.count() for each in held(village.ben)}
    assert {each["table"]: each["rows"] for each in said} == {table: n for table, n in found.items() if n}
    assert "people.ApiToken" in found
    assert all(each["purpose"] for each in said)


def test_a_name_is_changed_and_told_once(village: Village) -> None:
    from porch.engine.outbox.models import Delivery
    from tests.people.mails import text_of

    program = program_of(village.ben, "me:write")
    answer = program.send("PATCH", "/me", '{"name": "  Benedict   XVI "}')
    assert answer.json()["name"] == "Benedict XVI"
    assert Person.objects.get(pk=village.ben.pk).name == "Benedict XVI"
    letter = Delivery.objects.filter(to_address="ben@example.org").latest("pk")
    assert "Benedict XVI" in text_of(letter)
    assert "the API token A program" in text_of(letter)


def test_a_token_tells_of_itself(village: Village) -> None:
    said = Program(service_token(village.ada, ["figures:read"]).secret).get("/token").json()
    assert (said["kind"], said["scopes"], said["last_used_on"]) == ("service", ["figures:read"], None)
    assert said["prefix"].startswith("porch_s_")
