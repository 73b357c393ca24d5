"""A person in every table that knows people: by what they do, and where no verb does it here, by a row made up."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import IntegrityError, models, transaction

from porch.people.consent.subjects import address_subject, person_subject
from porch.people.erasure.holdings import HOLDINGS, Holding
from porch.people.erasure.paths import paths_to
from porch.people.erasure.reads import held
from porch.people.identity.models import Person
from porch.people.opt_in.actions import ask_for_consent
from porch.people.suppression.actions import suppress
from porch.people.suppression.models import Reason
from tests.community.portraits.pictures import hang
from tests.people.consent.words import give
from tests.people.delivery.letters import say_yes, send_test
from tests.people.erasure.fullness import leave_and_be_removed, live_here
from tests.village import NOON, Village

ENDS = ("ends", "expires", "until", "due", "after")
numbers = count(1)


def live_in_every_table(village: Village) -> Person:
    """Give Dov a row in every table that knows people, and name those where that was not possible."""
    dov = village.dov
    live_here(village)
    hang(dov)
    leave_and_be_removed(village)
    write_to(dov)
    for each in held(dov):
        if not each.rows.exists():
            make_up(each.rows.model, dov, HOLDINGS[each.table])
    missing = [each.table for each in held(dov) if not each.rows.exists()]
    assert not missing, f"say in {__name__} how somebody comes into {missing}"
    return dov


def write_to(dov: Person) -> None:
    """Do what is found by keyed hashes alone."""
    say_yes(person_subject(dov), "member-letter")
    give(address_subject("dov@example.org"), "news")
    ask_for_consent(address="dov@example.org", purpose="news", wording=1, source="test", at=NOON)
    send_test("dov@example.org")
    suppress(address="dov@example.org", reason=Reason.BOUNCED, at=NOON)


@transaction.atomic
def make_up(model: type[models.Model], person: Person, holding: Holding | None = None) -> models.Model:
    """Make a row that knows somebody, from the columns of its table."""
    refused: list[IntegrityError] = []
    # First with whatever may be empty empty, since constraints ask for little of what is not there; then full.
    for is_full in (False, True):
        values = {
            field.name: value_for(field, person, holding, is_full)
            for field in model._meta.concrete_fields
            if not isinstance(field, models.AutoField)
        }
        row = model(**{name: value for name, value in values.items() if value is not None})
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as no:
            refused.append(no)
        else:
            return row
    raise AssertionError(f"say in {__name__} how somebody comes into {model._meta.label}: {refused}")


def value_for(field: Any, person: Person, holding: Holding | None, is_full: bool) -> Any:
    """Think of something for one column; None where nothing has to stand there."""
    named: set[str] = set()
    if holding is not None:
        named = {*holding.clears, *holding.deletes, *holding.mentions, *holding.stays}
    if field.is_relation:
        return relation_for(field, person)
    if field.name in named:
        is_text = isinstance(field, models.CharField | models.TextField)
        return "dov@example.org" if is_text else person.email if "mail" in field.name else person.pk
    if (field.null and not is_full) or field.has_default():
        return None
    if field.choices:
        return field.flatchoices[0][0]
    return plain(field)


def relation_for(field: Any, person: Person) -> Any:
    remote = field.remote_field.model
    if remote is Person:
        return person
    if field.null and (remote is field.model or not paths_to(Person, remote)):
        return None
    theirs = HOLDINGS.get(remote._meta.label)
    if theirs is not None:
        found = next((each for each in held(person) if each.table == theirs.table), None)
        first = found.rows.first() if found else None
        if first is not None and not field.unique:
            return first
    return remote._base_manager.first() if theirs is None else make_up(remote, person, theirs)


def plain(field: Any) -> Any:
    made: dict[type[models.Field[Any, Any]], Callable[[], Any]] = {
        models.DateTimeField: lambda: (
            NOON + timedelta(days=1) if set(ENDS) & set(field.name.split("_")) else NOON
        ),
        models.DateField: NOON.date,
        models.BooleanField: lambda: False,
        models.JSONField: dict,
        models.BinaryField: lambda: b"bytes",
        models.UUIDField: uuid4,
        models.EmailField: lambda: f"made-up-{next(numbers)}@example.org",
        models.CharField: lambda: f"made-up-{next(numbers)}"[: field.max_length],
        models.TextField: lambda: "made up",
        # Posts of a topic are numbered.
        models.IntegerField: lambda: next(numbers) if field.name == "number" else 1,
    }
    for kind, make in made.items():
        if isinstance(field, kind):
            return make()
    raise TypeError(f"no value for {field}")


def labels() -> set[str]:
    """Name every table that knows people, of those that are there."""
    there = {model._meta.label for model in apps.get_models()}
    return there & set(HOLDINGS)
