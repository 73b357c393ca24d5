from datetime import datetime

from django.db import transaction

from porch.people.consent.actions import withdraw_consent
from porch.people.consent.models import Proof
from porch.people.consent.purposes import find_purpose
from porch.people.consent.reads import state_of
from porch.people.consent.subjects import Subject, address_subject, person_subject
from porch.people.erasure.reads import subject_of
from porch.people.identity.models import Person

SOURCE = "leaving"


@transaction.atomic
def stop_subscriptions(*, person: Person, at: datetime) -> int:
    """Withdraw every yes of a person to something they can stop, at each of their addresses; give how many."""
    stopped = 0
    for subject in subjects_of(person):
        for name, said in state_of(subject.name).items():
            if said.stands and find_purpose(name).is_optional:
                withdraw_consent(
                    subject=subject, purpose=name, source=SOURCE, proof=Proof.SESSION, by=person, at=at
                )
                stopped += 1
    return stopped


def has_subscriptions(person: Person) -> bool:
    """Say whether a yes of a person stands to something they can stop."""
    return any(
        said.stands and find_purpose(name).is_optional
        for subject in subjects_of(person)
        for name, said in state_of(subject.name).items()
    )


def subjects_of(person: Person) -> list[Subject]:
    """Give all as whom a person may have agreed."""
    return [person_subject(person), *(address_subject(each) for each in subject_of(person).addresses)]
