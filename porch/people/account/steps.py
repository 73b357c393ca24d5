"""The first steps of an operator: what can be seen by itself, and what is remembered here."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from porch.people.account.models import StepTaken
from porch.people.identity.models import Person
from porch.people.sign_in.second_step import PASSKEY

AWAY = "put away"


def steps_taken(person: Person) -> set[str]:
    return set(StepTaken.objects.filter(person_id=person.pk).values_list("step", flat=True))


def has_address(person: Person) -> bool:
    return bool(person.email)


def has_passkey(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user_id=person.pk, type=PASSKEY).exists())


@transaction.atomic
def take_step(*, person: Person, step: str, at: datetime) -> None:
    """Remember that somebody has taken a step."""
    StepTaken.objects.get_or_create(person=person, step=step, defaults={"at": at})
