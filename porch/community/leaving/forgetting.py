"""Take a person out of the tables of the community, and leave their account as it is."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from porch.community.away.models import Suspension, SuspensionKept
from porch.community.membership.models import Member
from porch.community.portraits.actions import remove_portrait
from porch.people.erasure.actions import let_go
from porch.people.erasure.holdings import Holding, Model, Subject
from porch.people.erasure.paths import paths_to, searchable
from porch.people.erasure.reads import installed, subject_of
from porch.people.identity.models import Person

APP = "community"
# What is there because somebody went, and holds after it.
OUTLIVES = {"community.Removal", "community.RemovalHash", "community.AskAgain", "community.SuspensionKept"}


@transaction.atomic
def forget_membership(*, person: Person, at: datetime) -> None:
    """Delete what is a member's alone, and take the name off what others need. Done twice, it does nothing more.

    A suspension that still runs holds on until its time.
    """
    keep_suspension(person, at=at)
    remove_portrait(by=person, at=at)
    subject = subject_of(person)
    for holding, model in community_tables():
        if holding.also is not None:
            holding.also(subject, at)
        let_go(holding, model, subject)
        cut_relations(holding, model, subject)
    Member.objects.filter(person=person).delete()


def keep_suspension(person: Person, *, at: datetime) -> None:
    """Remember until when somebody is suspended, so that leaving and joining again does not end it."""
    running = Suspension.objects.filter(member__person=person, ended_at__isnull=True, until__gt=at).first()
    if running is not None:
        kept = {"until": running.until, "reason": running.reason}
        SuspensionKept.objects.update_or_create(person=person, defaults=kept)


def community_tables() -> Iterator[tuple[Holding, Model]]:
    """Give the tables of the community that end with a membership."""
    for holding, model in installed():
        if model._meta.app_label == APP and model._meta.label not in OUTLIVES:
            yield holding, model


def cut_relations(holding: Holding, model: Model, subject: Subject) -> None:
    """Do with rows that lead to the person what the database does when the person goes."""
    rows: Any = searchable(model, holding)
    for path in paths_to(Person, model):
        theirs = rows.filter(**{path.lookup: subject.person_id})
        if path.goes_along:
            theirs.delete()
        else:
            theirs.update(**{path.lookup.partition("__")[0]: None})
