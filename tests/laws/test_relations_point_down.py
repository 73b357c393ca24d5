"""The database keeps the map too: the system check of porch.web.checks, on the house and on planted models."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core import checks
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from porch.web.checks import look_over
from tests.laws.tables import apart, foreign, table
from tests.laws.trees import assert_none


def up_the_stairs() -> list[type[models.Model]]:
    space = table("community")
    return [space, table("people", home=foreign(space))]


def one_to_one_up() -> list[type[models.Model]]:
    space = table("community")
    return [space, table("engine", a=models.OneToOneField(space, models.CASCADE, related_name="+"))]


def to_the_neighbour() -> list[type[models.Model]]:
    space = table("community")
    return [space, table("audience", about=foreign(space))]


def many_to_many_up() -> list[type[models.Model]]:
    space = table("community")
    return [space, table("people", homes=models.ManyToManyField(space, related_name="+"))]


def by_a_table_higher_up() -> list[type[models.Model]]:
    one, other = table("community"), table("people")
    link = table("bridge", one=foreign(one), other=foreign(other))
    last = table("community", to=models.ManyToManyField(other, through=link, related_name="+"))
    return [other, link, last]


def insight_to_a_table() -> list[type[models.Model]]:
    person = table("people")
    return [person, table("insight", who=foreign(person))]


def open_name() -> list[type[models.Model]]:
    person = table("people")
    return [person, table("community", person=foreign(person, related_name=None))]


def given_name() -> list[type[models.Model]]:
    person = table("people")
    return [person, table("community", person=foreign(person, related_name="memberships"))]


def open_many_to_many() -> list[type[models.Model]]:
    person = table("people")
    return [person, table("bridge", people=models.ManyToManyField(person))]


def query_name() -> list[type[models.Model]]:
    person = table("people")
    return [person, table("community", who=foreign(person, related_query_name="member"))]


def heir() -> list[type[models.Model]]:
    person = table("people")
    meta = type("Meta", (), {"app_label": "community"})
    return [person, type("Heir", (person,), {"__module__": __name__, "Meta": meta})]


def anywhere() -> list[type[models.Model]]:
    key: Any = GenericForeignKey("kind", "number")
    kind = foreign(ContentType)
    return [table("engine", kind=kind, number=models.BigIntegerField(), to=key)]


def from_anywhere() -> list[type[models.Model]]:
    note = table("engine", object_id=models.BigIntegerField(), content_type=models.BigIntegerField())
    return [table("people", notes=GenericRelation(note))]


def clocks(field: Any) -> Callable[[], list[type[models.Model]]]:
    return lambda: [table("people", at=field)]


def constraint(name: str) -> Callable[[], list[type[models.Model]]]:
    rule = models.CheckConstraint(condition=~Q(title=""), name=name)
    return lambda: [table("people", title=models.TextField(), Meta={"constraints": [rule]})]


def unnamed() -> list[type[models.Model]]:
    pair = {"unique_together": [("a", "b")]}
    return [table("people", a=models.TextField(), b=models.TextField(), Meta=pair)]


PLANTS = {
    "a foreign key up": ("porch.E001", up_the_stairs),
    "a one-to-one up": ("porch.E001", one_to_one_up),
    "a foreign key sideways": ("porch.E001", to_the_neighbour),
    "a many-to-many up": ("porch.E001", many_to_many_up),
    "a table between that lies higher": ("porch.E001", by_a_table_higher_up),
    "insight that holds a table": ("porch.E001", insight_to_a_table),
    "a reverse name by default": ("porch.E002", open_name),
    "a reverse name": ("porch.E002", given_name),
    "a reverse name of a many-to-many": ("porch.E002", open_many_to_many),
    "a name for queries alone": ("porch.E002", query_name),
    "an heir on another floor": ("porch.E002", heir),
    "a generic key": ("porch.E003", anywhere),
    "a generic relation": ("porch.E003", from_anywhere),
    "auto_now": ("porch.E004", clocks(models.DateTimeField(auto_now=True))),
    "auto_now_add": ("porch.E004", clocks(models.DateField(auto_now_add=True))),
    "a default that reads the clock": ("porch.E004", clocks(models.DateTimeField(default=timezone.now))),
    "a default of the database's": ("porch.E004", clocks(models.DateTimeField(db_default=Now()))),
    "a constraint without words": ("porch.E005", constraint("title_chk_1")),
    "a constraint in capitals": ("porch.E005", constraint("A_Person_Has_A_Name")),
    "a constraint without a name": ("porch.E005", unnamed),
}


def test_the_house_keeps_it() -> None:
    assert_none([str(each) for each in look_over(apps.get_models())])


def test_django_asks_for_it_with_its_own_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    with apart():
        planted = up_the_stairs()
    monkeypatch.setattr(apps, "get_models", lambda: planted)
    assert "porch.E001" in [each.id for each in checks.run_checks(tags=[checks.Tags.models], databases=[])]


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_table_is_caught(name: str) -> None:
    wanted, plant = PLANTS[name]
    with apart():
        found = list(look_over(plant()))
    assert [each.id for each in found] == [wanted]
    assert all(each.hint for each in found)


def test_what_points_down_with_its_name_shut_is_fine() -> None:
    with apart():
        person, fact = table("people"), table("engine")
        named_at_home = table("people", friend=foreign(person, related_name="friends"))
        member = table(
            "community",
            person=models.OneToOneField(person, models.CASCADE, related_name="+"),
            facts=models.ManyToManyField(fact, related_name="+"),
            at=models.DateTimeField(),
            title=models.TextField(default=str),
            Meta={
                "constraints": [models.CheckConstraint(condition=~Q(title=""), name="a_member_has_a_title")]
            },
        )
        assert list(look_over([person, fact, named_at_home, member])) == []


def test_tables_of_libraries_are_their_own_affair() -> None:
    with apart("django.contrib.contenttypes"):
        person = table("people")
        assert list(look_over([table("contenttypes", owner=foreign(person, related_name=None))])) == []
