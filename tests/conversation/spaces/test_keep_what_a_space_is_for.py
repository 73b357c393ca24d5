"""A circle or a role stays as long as a space is for it: what was said for few is never opened to all."""

import pytest

from porch.community.circles.actions import close_circle
from porch.community.circles.models import Circle
from porch.community.roles.actions import delete_role
from porch.community.roles.models import Role
from porch.conversation.spaces.keeping import SpacesAreForIt
from tests.community.circles.making import bakers
from tests.community.roles.giving import role_with
from tests.conversation.talk import kitchen, space_for
from tests.village import NOON, Village, browser


def test_a_circle_with_a_space_stays(village: Village) -> None:
    space = kitchen(village)
    assert space.circle is not None
    with pytest.raises(SpacesAreForIt):
        close_circle(circle=space.circle, by=village.ada, at=NOON)
    answer = browser(village.ada).post("/inside/circles/bakers/closing/")
    assert answer.status_code == 409
    assert "was said for those in it" in answer.content.decode()


def test_a_circle_stays_with_a_space_for_one_of_its_roles(village: Village) -> None:
    circle = bakers()
    space_for(village.ada, role=role_with(circle=circle))
    with pytest.raises(SpacesAreForIt):
        close_circle(circle=circle, by=village.ada, at=NOON)
    assert Circle.objects.filter(pk=circle.pk).exists()


def test_a_role_with_a_space_stays(village: Village) -> None:
    role = role_with()
    space_for(village.ada, role=role)
    with pytest.raises(SpacesAreForIt):
        delete_role(role=role, by=village.ada, at=NOON)
    assert Role.objects.filter(pk=role.pk).exists()


def test_a_circle_and_a_role_without_one_go(village: Village) -> None:
    close_circle(circle=bakers(), by=village.ada, at=NOON)
    delete_role(role=role_with(), by=village.ada, at=NOON)
    assert not Role.objects.filter(name="Host").exists()
