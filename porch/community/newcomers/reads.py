from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from porch.community.membership.models import Member, here
from porch.community.newcomers.actions import NEW_FOR
from porch.community.newcomers.models import FirstSteps, FirstStepsDismissal, Greeter, Greeting
from porch.community.portraits.models import Portrait
from porch.community.profiles.models import ProfileAnswer
from porch.community.profiles.reads import live_fields
from porch.community.roles.models import RoleHolder
from porch.community.roles.reads import OWNER
from porch.kit.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A member and how far they have come."""

    id: int
    joined_at: datetime
    is_dismissed: bool
    is_owner: bool
    has_portrait: bool
    has_answered: bool
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A first step: what it is, where it is taken, and whether it was."""

    text: str
    url: str
    is_done: bool


def owns() -> Exists:
    """Ask of members whether they own the place: then they are no newcomers in it, however young it is."""
    return Exists(
        RoleHolder.objects.filter(member=OuterRef("pk"), role__key=OWNER, role__circle__is_whole=True)
    )


NEWCOMER = Prepared(
    lambda person: (
        Member.objects.present()
        .filter(person_id=person)
        .annotate(
            is_dismissed=Exists(FirstStepsDismissal.objects.filter(member=OuterRef("pk"))),
            is_owner=owns(),
            has_portrait=Exists(Portrait.objects.filter(member=OuterRef("pk"))),
            has_answered=Exists(ProfileAnswer.objects.filter(member=OuterRef("pk"))),
            is_asked=Exists(live_fields().order_by()),
        )
    ),
    Newcomer,
    person=BigIntegerField(),
)


def newcomer(person_id: int, at: datetime) -> Newcomer | None:
    """Give whoever asks, if they have been here for less than 30 days: one query."""
    found = NEWCOMER.first(person=person_id)
    if found is None or found.is_owner or at >= found.joined_at + NEW_FOR:
        return None
    return found


def steps_of(who: Newcomer) -> list[Step]:
    """List the first steps of a newcomer, with those that are done; members who are asked nothing need not answer."""
    told = Step(_("Tell members something about yourself"), "profile", who.has_answered)
    portrait = Step(_("Choose a portrait"), "portrait", who.has_portrait)
    return [told, portrait] if who.is_asked else [portrait]


def told_first() -> FirstSteps | None:
    """Give what newcomers are told, if the stewards have written it."""
    return FirstSteps.objects.first()


def greeters_named() -> list[Member]:
    """Give who greets newcomers and is here, in the order in which they were named."""
    found = Greeter.objects.filter(here("member__"), member__person__is_active=True)
    rows = found.select_related("member__person", "member__portrait").order_by("since", "pk")
    return [each.member for each in rows]


def newcomers(at: datetime, *, waiting: bool) -> QuerySet[Member]:
    """Give those who have been here for less than 30 days, newest first; ``waiting`` leaves out who was greeted."""
    greeted = Exists(Greeting.objects.filter(member=OuterRef("pk")))
    found = Member.objects.present().filter(joined_at__gt=at - NEW_FOR, person__is_active=True)
    found = found.filter(~owns())
    found = found.filter(~greeted) if waiting else found
    return found.select_related("person", "portrait").order_by("-joined_at", "-id")


def greetings_of(member_ids: list[int]) -> dict[int, Greeting]:
    """Give who was greeted, by whom."""
    rows = Greeting.objects.filter(member__in=member_ids).select_related("by__person")
    return {each.member_id: each for each in rows}
