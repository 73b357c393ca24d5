"""Whoever something was done about reads names, and no numbers."""

from porch.community.circles.actions import close_circle, take_out
from porch.community.lists.actions import put_in_circle
from porch.community.membership.models import Member
from porch.community.notes.actions import write_note
from porch.community.roles.actions import give_role
from porch.community.roles.models import Role
from tests.community.circles.making import bakers, member_of
from tests.community.roles.giving import role_with
from tests.village import NOON, Village, browser


def log(village: Village) -> str:
    return browser(village.ben).get("/account/audit/").text


def test_circles_and_roles_stand_there_by_their_names(village: Village) -> None:
    circle = bakers()
    put_in_circle(members=Member.objects.all(), circle=circle, by=village.ada, at=NOON)
    role = role_with(circle=circle, name="Oven keeper")
    give_role(role=role, member=member_of(village.ben), by=village.ada, at=NOON)
    page = log(village)
    assert circle.name in page
    assert "Oven keeper" in page
    assert "circle " + str(circle.pk) not in page


def test_of_what_is_gone_a_plain_word_stands_there(village: Village) -> None:
    circle = bakers()
    put_in_circle(members=Member.objects.all(), circle=circle, by=village.ada, at=NOON)
    role = role_with(name="Oven keeper")
    give_role(role=role, member=member_of(village.ben), by=village.ada, at=NOON)
    take_out(circle=circle, member=member_of(village.ben), reason="Late.", by=village.ada, at=NOON)
    close_circle(circle=circle, by=village.ada, at=NOON)
    Role.objects.filter(pk=role.pk).delete()
    page = log(village)
    assert "a circle that is gone" in page
    assert "a role that is gone" in page


def test_other_numbers_are_not_shown(village: Village) -> None:
    note = write_note(member_id=member_of(village.ben).pk, text="A dog.", by=village.ada, at=NOON)
    assert f"note {note.pk}" not in log(village)
