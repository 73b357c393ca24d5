"""Every table that knows a person can forget them: what leads to a person goes with them, or lets go."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from porch.people.identity.actions import issue_sign_in_link
from porch.people.identity.models import Person
from porch.web.checks import FLOORS
from tests.laws.tables import apart, foreign, table
from tests.laws.test_words import in_words
from tests.laws.trees import assert_none
from tests.village import NOON, Village, browser

LETS_GO = (models.CASCADE, models.SET_NULL)
# Columns that may hold something of a person without a relation that would take it away with them.
PERSONAL = {
    "person", "member", "subscriber", "email", "mail", "address", "phone", "name", "ip", "user", "author", "device",
}  # fmt: skip
# What stays when a person goes, and why that is right. Each is shown in the privacy notice.
KEPT = {
    "engine.CommunityFactRow.ids": "ids alone: they lead nowhere once the person is gone",
    "engine.AudienceFactRow.ids": "names nobody: see test_facts_are_what_they_say",
    "engine.Delivery.to_address": "erasure empties it: porch.people.delivery.erasure",
    "engine.Delivery.address_hash": "a keyed hash: it says nothing without the address",
    "engine.Delivery.subject_name": "an id or a keyed hash, as in the ledger of consent",
    "people.Consent.by_person_id": "an id alone: it leads nowhere once the person is gone",
    "people.ConsentAddress.address": "the row is deleted by porch.people.consent.erasure",
    "people.ConsentRequest.address": "the row expires, and is deleted by porch.people.opt_in.actions",
}


def offences(
    found: Iterable[type[models.Model]], person: type[models.Model], kept: Mapping[str, str]
) -> list[str]:
    """Find relations that would hold a person back, and columns that would stay behind."""
    tables = [model for model in found if model._meta.app_label in FLOORS]
    going = going_with(person, tables)
    return [
        f"{model._meta.label}.{field.name} {what}"
        for model in tables
        for field in model._meta.local_fields
        if f"{model._meta.label}.{field.name}" not in kept
        for what in faults(field, model, going)
    ]


def faults(field: Any, model: type[models.Model], going: set[type[models.Model]]) -> Iterator[str]:
    if field.is_relation:
        if field.remote_field.model in going and field.remote_field.on_delete not in LETS_GO:
            yield f"holds on to {field.remote_field.model.__name__}: CASCADE or SET_NULL lets go"
    elif model not in going:
        if isinstance(field, models.JSONField):
            yield "may hold anything, also a person; say in KEPT what it holds"
        elif PERSONAL & set(in_words(field.name)):
            yield "knows a person without a relation that would take it away with them"


def going_with(person: type[models.Model], tables: list[type[models.Model]]) -> set[type[models.Model]]:
    """Give the tables whose rows go when a person goes, at any distance."""
    going, more = {person}, True
    while more:
        next_ones = {model for model in tables if model not in going and goes(model, going)}
        going, more = going | next_ones, bool(next_ones)
    return going


def goes(model: type[models.Model], going: set[type[models.Model]]) -> bool:
    return any(
        field.is_relation
        and field.remote_field.model in going
        and field.remote_field.on_delete is models.CASCADE
        for field in model._meta.local_fields
    )


def test_every_table_can_forget_a_person() -> None:
    assert_none(offences(apps.get_models(), Person, KEPT))


def test_whatever_is_kept_is_there_and_has_a_reason() -> None:
    for name, reason in KEPT.items():
        label, _, field = name.rpartition(".")
        assert apps.get_model(label)._meta.get_field(field)
        assert len(reason.split()) >= 4


def test_a_table_that_holds_on_is_caught() -> None:
    with apart():
        person = table("people")
        member = table("community", person=models.OneToOneField(person, models.CASCADE, related_name="+"))
        holds = table("community", author=foreign(member, models.PROTECT))
        lends = table("bridge", lent=foreign(person, models.DO_NOTHING))
        loose = table(
            "audience", email=models.EmailField(), note=models.JSONField(), sent=models.IntegerField()
        )
        goes_along = table(
            "community", person=foreign(member), email=models.EmailField(), note=models.JSONField()
        )
        lets_go = table(
            "community", author=foreign(member, models.SET_NULL, null=True), text=models.TextField()
        )
        found = offences([person, member, holds, lends, loose, goes_along, lets_go], person, {})
    assert [each.partition(" ")[0].partition(".")[2].partition(".")[2] for each in found] == [
        "author",
        "lent",
        "email",
        "note",
    ]


def test_what_is_declared_as_kept_is_let_be() -> None:
    with apart():
        loose = table("audience", email=models.EmailField())
        assert offences([loose], Person, {f"{loose._meta.label}.email": "a reason of four words"}) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough")
def test_nothing_in_the_database_still_names_who_is_gone(village: Village) -> None:
    """Delete Dov, who has done whatever one can do here, and read every cell of every table."""
    browser(village.dov)
    issue_sign_in_link(person=village.dov, at=NOON)
    assert "dov@example.org" in everything_kept()
    village.dov.delete()
    kept = everything_kept()
    assert "dov@example.org" not in kept
    assert "Dov" not in kept


def everything_kept() -> str:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return "\n".join(
            str(row) for name in names for row in cursor.execute(f'SELECT * FROM "{name}"').fetchall()
        )
