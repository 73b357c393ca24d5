"""Every table that knows a person can forget them, and says in plain words what it is for.

All tables count, those of libraries too: each lets go by its relations, or has somebody named by number or address
cleared by its holding (porch/people/erasure), or stands below with the reason why it holds nothing of a person.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from porch.people.erasure.actions import erase_person
from porch.people.erasure.holdings import HOLDINGS, Holding, Subject
from porch.people.erasure.paths import known_rows, paths_to
from porch.people.identity.models import Person
from porch.web.checks import FLOORS
from tests.laws.tables import apart, foreign, table
from tests.laws.test_words import in_words
from tests.laws.trees import assert_none
from tests.people.erasure.fullness import everything_kept, live_fully, name_everywhere
from tests.village import NOON, Village

LETS_GO = (models.CASCADE, models.SET_NULL)
# Columns that may hold something of a person without a relation that would take it away with them.
PERSONAL = {
    "person", "member", "subscriber", "email", "mail", "address", "phone", "name", "ip", "user", "author", "device",
}  # fmt: skip
# Numbers that may be those of people, by what is said before ``_id``.
PERSONAL_NUMBERS = {"by", "about", "to", "owed", "whom", "for", "keeper", "actor", "owner"}
NO_ROOM = (models.BooleanField, models.DateField, models.TimeField, models.DurationField)
# Tables and columns that hold nothing of a person, or nothing that has to go, and why.
NOTHING_OF_A_PERSON = {
    "engine.AudienceFactRow.ids": "names nobody: see test_facts_are_what_they_say",
    "engine.CommunityFactRow.ids": "ids alone: they lead nowhere once the person is gone",
    "engine.AuditEntry.ids": "ids of things alone, as the act declares them; people have columns of their own",
    "engine.Holding.name": "the name of a file, which goes with the holding when its person goes",
    "engine.ConsumerPlace": "how far a consumer has come, in numbers, and what it stumbled over",
    "engine.Promise.ids": "ids of things alone, as the kind declares them; people have columns of their own",
    "people.Erasure.address_hashes": "keyed hashes, emptied two days after the erasure: see clear_aftermath",
    "people.Erasure.receipt": "counts for each table, and texts of ours; no name and no address",
    "django_tasks_database.DBTaskResult.worker_ids": "which worker did it, a number of ours",
    "django_tasks_database.DBTaskResult.backend_name": "which backend keeps the work, a word of ours",
    "django_tasks_database.DBTaskResult.queue_name": "which queue it stands in, a word of ours",
    "engine.Endpoint": "an address of a program that operators entered, with a name for themselves",
    "conversation.LinkedPage": "what pages elsewhere say of themselves, for seven days",
    "conversation.Space": "a place and for whom it is; who writes there stands in tables of its own",
    "conversation.Conversation": "the numbers of two memberships, which lead nowhere once these are gone",
    "conversation.Tag": "a word of at most thirty characters by which topics are found, and nobody's own",
    "community.Circle": "a named set and how one comes in; who is in it stands in tables of its own",
    "community.FirstSteps": "what newcomers are told, a text of the community",
    "community.ProfileField": "what members are asked; what they answer stands in a table of its own",
    "community.Tier": "what a tier costs and opens; who has it stands in a table of its own",
    "community.Role": "a named set of rights; who holds it stands in a table of its own",
    "auth.Permission": "what Django lets programs ask about; it names tables, and Porch gives nobody one",
    "auth.Group": "Django's table of groups; Porch puts nobody in one",
    "contenttypes.ContentType": "Django's list of the tables that there are",
    "socialaccount.SocialApp": "the houses elsewhere at which one can sign in, as the owner set them up",
    "engine.Delivery.to_address": "its holding finds it by the keyed hash, and empties it",
    "engine.Delivery.address_hash": "a keyed hash: it says nothing without the address",
    "engine.Delivery.subject_name": "an id or a keyed hash, as in the ledger of consent",
}
OF_LIBRARIES_TO_COME = {"account", "mfa", "socialaccount"}


def offences(
    found: Iterable[type[models.Model]],
    person: type[models.Model],
    holdings: Mapping[str, Holding],
    nothing: Mapping[str, str],
) -> list[str]:
    """Find tables that hold a person back, keep something of them, or do not say what they are for."""
    return [
        f"{model._meta.label}{what}"
        for model in found
        if model._meta.label not in nothing
        for what in faults(model, person, holdings.get(model._meta.label), nothing)
    ]


def faults(
    model: type[models.Model], person: type[models.Model], holding: Holding | None, nothing: Mapping[str, str]
) -> Iterator[str]:
    yield from relations_that_hold(model, person)
    paths = paths_to(person, model)
    suspects = suspicious_columns(model, nothing)
    if holding is None:
        if paths or suspects or model._meta.app_label not in FLOORS:
            yield " does not say what it knows of people: declare it with hold(), or say why it knows nothing"
        return
    if len(str(holding.purpose).split()) < 4:
        yield " does not say in plain words what it is for"
    looked_after = {*holding.clears, *holding.deletes, *holding.mentions}
    if not any(path.goes_along for path in paths):
        looked_after |= {each.partition("__")[0] for each in holding.stays}
        for column in sorted(set(suspects) - looked_after):
            yield f".{column} may know a person, and nothing clears it"
    keeps = any(holding.mentions.values()) or holding.clears or holding.stays
    if (keeps or any(not path.goes_along for path in paths)) and len(str(holding.kept).split()) < 4:
        yield " keeps something when a person goes, and does not say why"


def relations_that_hold(model: type[models.Model], person: type[models.Model]) -> Iterator[str]:
    """Find relations to a person, or to what goes with one, that would stop them from going."""
    for field in model._meta.local_fields:
        if field.is_relation and field.remote_field.on_delete not in LETS_GO:
            remote = field.remote_field.model
            if any(path.goes_along for path in paths_to(person, remote)):
                yield f".{field.name} holds on to {remote.__name__}: CASCADE or SET_NULL lets go"


def suspicious_columns(model: type[models.Model], nothing: Mapping[str, str]) -> list[str]:
    """Name the columns, other than relations, in which somebody may stand."""
    return [
        field.name
        for field in model._meta.local_fields
        if not field.is_relation
        and not isinstance(field, NO_ROOM)
        and f"{model._meta.label}.{field.name}" not in nothing
        and (
            isinstance(field, models.JSONField)
            or PERSONAL & set(in_words(field.name))
            or (field.name.endswith("_id") and PERSONAL_NUMBERS & set(in_words(field.name)))
        )
    ]


def test_every_table_can_forget_a_person() -> None:
    assert_none(offences(apps.get_models(), Person, HOLDINGS, NOTHING_OF_A_PERSON))


def test_whatever_is_said_of_a_table_is_there_and_has_a_reason() -> None:
    for name, reason in NOTHING_OF_A_PERSON.items():
        label, model, *field = name.split(".")
        assert len(reason.split()) >= 4
        if apps.is_installed(label) or label not in OF_LIBRARIES_TO_COME:
            found = apps.get_model(label, model)
            assert all(found._meta.get_field(each) for each in field)


def test_every_holding_names_a_table_and_columns_that_there_are(db: None) -> None:
    there = {model._meta.label: model for model in apps.get_models()}
    for label, holding in HOLDINGS.items():
        if label in there:
            known_rows(holding, there[label], Person, Subject(1, ("a@porch.example",))).count()
            for changes in (*holding.clears.values(), *holding.mentions.values()):
                # What depends on the row is said by a function, and tried where the row is erased.
                assert callable(changes) or all(there[label]._meta.get_field(column) for column in changes)
        else:
            assert label.partition(".")[0] in OF_LIBRARIES_TO_COME, f"there is no table {label}"


def test_a_table_that_holds_on_is_caught() -> None:
    with apart():
        person = table("people")
        member = table("community", person=models.OneToOneField(person, models.CASCADE, related_name="+"))
        holds = table("community", author=foreign(member, models.PROTECT))
        lends = table("bridge", lent=foreign(person, models.DO_NOTHING))
        said = {
            each._meta.label: Holding(each._meta.label, "Why we hold that here") for each in (person, member)
        }
        found = offences([person, member, holds, lends], person, said, {})
    assert [each.split(".", 2)[2].partition(" ")[0] for each in found if "holds on" in each] == [
        "author",
        "lent",
    ]


@pytest.mark.parametrize(
    "column",
    [
        {"email": models.EmailField()},
        {"note": models.JSONField()},
        {"by_id": models.BigIntegerField()},
        {"about_id": models.IntegerField(null=True)},
        {"owed_to_id": models.BigIntegerField()},
        {"home_address": models.TextField()},
        {"person_id": models.BigIntegerField()},
    ],
)
def test_a_column_that_knows_somebody_is_caught(column: dict[str, Any]) -> None:
    (name,) = column
    with apart():
        person, loose = table("people"), table("audience", **column)
        label = loose._meta.label
        (silent,) = offences([loose], person, {}, {})
        said = {label: Holding(label, "Why we hold that here")}
        (blind,) = offences([loose], person, said, {})
        cleared = {label: Holding(label, "Why we hold that here", deletes=(name,))}
        assert offences([loose], person, cleared, {}) == []
        assert offences([loose], person, {}, {f"{label}.{name}": "a reason of four words"}) == []
    assert silent.endswith("declare it with hold(), or say why it knows nothing")
    assert blind == f"{label}.{name} may know a person, and nothing clears it"


def test_a_table_without_a_purpose_is_caught_and_one_that_keeps_without_a_reason() -> None:
    with apart():
        person = table("people")
        member = table(
            "community", person=foreign(person), email=models.EmailField(), note=models.JSONField()
        )
        piece = table(
            "community", author=foreign(member, models.SET_NULL, null=True), text=models.TextField()
        )
        labels = [each._meta.label for each in (person, member, piece)]
        assert len(offences([person, member, piece], person, {}, {})) == 3
        said = {label: Holding(label, "What it is for") for label in labels}
        (only,) = offences([person, member, piece], person, said, {})
        said[labels[2]] = Holding(labels[2], "What it is for", kept="The text belongs to all")
        assert offences([person, member, piece], person, said, {}) == []
        said[labels[1]] = Holding(labels[1], "Because")
        (mute,) = offences([member], person, said, {})
    assert only == f"{labels[2]} keeps something when a person goes, and does not say why"
    assert mute == f"{labels[1]} does not say in plain words what it is for"


def test_a_table_of_a_library_is_spoken_for_too() -> None:
    with isolate_apps("django.contrib.contenttypes"):
        person = table("contenttypes")
        theirs = table("contenttypes", title=models.TextField())
        assert len(offences([theirs], person, {}, {})) == 1
        assert offences([theirs], person, {}, {theirs._meta.label: "a reason of four words"}) == []


def test_nothing_in_the_database_still_names_who_is_gone(village: Village) -> None:
    """Erase Dov, who has done whatever one can do here, and read every cell of every table."""
    live_fully(village)
    before = everything_kept()
    assert "dov@example.org" in before
    assert "Dov called" in before
    erase_person(person=village.dov, by=village.ada, at=NOON)
    assert "dov" not in everything_kept().lower()


def test_only_tables_that_say_so_keep_the_number(village: Village) -> None:
    dov = Person.objects.create(id=987_654_321, name="Dov", created_at=NOON)
    name_everywhere(dov.pk)
    assert everything_kept().count(str(dov.pk)) >= 6
    erase_person(person=dov, by=village.ada, at=NOON)
    tables = {line.partition(":")[0] for line in everything_kept().splitlines() if str(dov.pk) in line}
    assert tables == {"engine_community_fact", "people_erasure"}
