"""The verbs of welcoming newcomers."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.newcomers.acts import (
    GREETED,
    GREETER_NAMED,
    GREETER_RELEASED,
    NOT_GREETED,
    STEPS_WRITTEN,
)
from porch.community.newcomers.facts import NewcomerGreeted
from porch.community.newcomers.models import FirstSteps, FirstStepsDismissal, Greeter, Greeting
from porch.community.newcomers.rights import WELCOME_NEWCOMERS
from porch.community.newcomers.rules import require_greeter
from porch.community.roles.rules import require
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.markdown import Rendered
from porch.kit.refusals import Conflict, NotAllowed, NotFound
from porch.people.identity.models import Person

NEW_FOR = timedelta(days=30)
MOST_GREETERS = 30


class TooManyGreeters(Conflict):
    text = _("There are %(most)s greeters already, which is the most.")
    hint = _("Release one of them first.")


class NotNewAnyMore(Conflict):
    text = _("They have been here for more than 30 days, and are no newcomer any more.")
    hint = _("The list of newcomers shows who is.")


@transaction.atomic
def write_first_steps(*, text: Rendered, by: Person, at: datetime) -> FirstSteps | None:
    """Set what newcomers are told, in place of what they were told before; an empty text tells them nothing."""
    require(by.pk, WELCOME_NEWCOMERS)
    record(STEPS_WRITTEN, by_id=by.pk, at=at)
    if not text.source.strip():
        FirstSteps.objects.all().delete()
        return None
    told = {"source": text.source, "html": text.html, "changed_at": at}
    return FirstSteps.objects.update_or_create(is_one=True, defaults=told)[0]


@transaction.atomic
def name_greeter(*, member_id: int, by: Person, at: datetime) -> Greeter:
    """Make a member one of those who greet newcomers."""
    require(by.pk, WELCOME_NEWCOMERS)
    member = Member.objects.present().filter(pk=member_id).first()
    if member is None:
        raise NotFound
    if Greeter.objects.filter(member__left_at=None).count() >= MOST_GREETERS:
        raise TooManyGreeters(most=MOST_GREETERS)
    greeter, is_new = Greeter.objects.get_or_create(member=member, defaults={"since": at})
    if is_new:
        record(GREETER_NAMED, by_id=by.pk, about_id=member.person_id, at=at)
    return greeter


@transaction.atomic
def release_greeter(*, member_id: int, by: Person, at: datetime) -> None:
    """End that a member greets newcomers: a steward can, and they themselves."""
    greeter = Greeter.objects.select_related("member").filter(member_id=member_id).first()
    if greeter is None:
        raise NotFound
    if greeter.member.person_id != by.pk:
        require(by.pk, WELCOME_NEWCOMERS)
    greeter.delete()
    record(GREETER_RELEASED, by_id=by.pk, about_id=greeter.member.person_id, at=at)


@transaction.atomic
def mark_greeted(*, member_id: int, by: Person, at: datetime) -> Greeting:
    """Mark a newcomer as greeted; whoever was greeted already stays so, by whoever did it first."""
    require_greeter(by.pk)
    member = Member.objects.present().select_for_update(no_key=True).filter(pk=member_id).first()
    if member is None:
        raise NotFound
    if at >= member.joined_at + NEW_FOR:
        raise NotNewAnyMore
    greeter = own(by)
    greeting, is_new = Greeting.objects.get_or_create(member=member, defaults={"by": greeter, "at": at})
    if is_new:
        record(GREETED, by_id=by.pk, about_id=member.person_id, at=at)
        note(NewcomerGreeted(member_id=member.pk, by_person_id=by.pk, at=at))
    return greeting


@transaction.atomic
def unmark_greeted(*, member_id: int, by: Person, at: datetime) -> None:
    """Take back that a newcomer was greeted. Done twice, it is done."""
    require_greeter(by.pk)
    greeting = (
        Greeting.objects.select_for_update(of=("self",))
        .select_related("member")
        .filter(member_id=member_id)
        .first()
    )
    if greeting is not None:
        greeting.delete()
        record(NOT_GREETED, by_id=by.pk, about_id=greeting.member.person_id, at=at)


@transaction.atomic
def dismiss_first_steps(*, by: Person, at: datetime) -> None:
    """Put one's own first steps away."""
    FirstStepsDismissal.objects.get_or_create(member=own(by), defaults={"at": at})


@transaction.atomic
def bring_back_first_steps(*, by: Person) -> None:
    """Take the first steps out again."""
    FirstStepsDismissal.objects.filter(member=own(by)).delete()


def own(by: Person) -> Member:
    """Find somebody's own membership."""
    member = Member.objects.present().filter(person=by).first()
    if member is None:
        raise NotAllowed
    return member
