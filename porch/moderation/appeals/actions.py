"""The verbs of appeals: whoever was struck says that it is wrong, and somebody else decides within a week (C10)."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.removal.rules import NotAgainstOneself
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import EVERY
from porch.community.roles.rules import require
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.engine.promises.actions import PromiseIsSettled, keep_promise, promise
from porch.engine.promises.kinds import Kind, Whom, declare
from porch.kit.refusals import Conflict, NotAllowed, NotFound
from porch.kit.text import clean_line
from porch.moderation.acts import APPEAL_DECIDED
from porch.moderation.appeals.models import ANSWERED_WITHIN, MOST_APPEAL, Appeal
from porch.moderation.facts import AppealDecided, AppealMade
from porch.moderation.letters import tell
from porch.moderation.log.actions import tell_all
from porch.moderation.log.models import What
from porch.moderation.sanctions.actions import lift
from porch.moderation.sanctions.models import Strike
from porch.people.identity.models import Person

ANSWER = declare(
    Kind(
        "appeal-answered",
        _("Your appeal is decided, by somebody else than who decided before where there is somebody"),
        _("So that an appeal is not forgotten."),
        ids=("strike_id",),
    )
)


class CannotAppeal(Conflict):
    text = _(
        "There is nothing to appeal against any more: it is lifted or over, or you have appealed before."
    )
    hint = _("Each decision can be appealed once.")


class AppealIsDecided(Conflict):
    text = _("This appeal is decided already.")
    hint = _("Load the page anew to see how.")


class SomebodyElseDecides(NotAllowed):
    text = _("You decided about it before, so somebody else decides the appeal.")
    hint = _("Ask one of those who can.")


@transaction.atomic
def make_appeal(*, strike_id: int, words: str, by: Person, at: datetime) -> Appeal:
    """Say that a sanction against oneself is wrong; once, and also from outside. Raises ``CannotAppeal``."""
    words = clean_line(words, most=MOST_APPEAL, name=_("appeal"))
    found = Strike.objects.select_for_update(of=("self",)).filter(pk=strike_id, person=by).first()
    if found is None:
        raise NotFound
    # A removal without an end stands longer than its strike counts.
    stands = found.lifted_at is None and (found.holds(at) or (found.removal_number and found.until is None))
    if not stands or Appeal.objects.filter(strike=found).exists():
        raise CannotAppeal
    owed = promise(
        kind=ANSWER, to=Whom("person", by.pk), due_at=at + ANSWERED_WITHIN, at=at, strike_id=found.pk
    )
    made = Appeal.objects.create(strike=found, words=words, at=at, promise_number=owed.pk)
    note(AppealMade(strike_id=found.pk, at=at))
    return made


@transaction.atomic
def decide_appeal(
    *, strike_id: int, is_lifted: bool, answer: str, by: Person, at: datetime, hold: bool = False
) -> Appeal:
    """Lift a sanction or let it stand, with words. ``hold`` says that the clock is in doubt.

    Raises ``NeedsRight``, ``NotAgainstOneself``, ``SomebodyElseDecides`` and ``AppealIsDecided``.
    """
    answer = clean_line(answer, most=MOST_APPEAL, name=_("answer"))
    require(by.pk, REMOVE_MEMBERS)
    found = Appeal.objects.select_for_update(of=("self",)).filter(pk=strike_id).first()
    if found is None:
        raise NotFound
    struck = Strike.objects.select_related("person").get(pk=strike_id)
    require_other(struck, by)
    if found.decided_at is not None:
        raise AppealIsDecided
    found.decided_at, found.by, found.is_lifted, found.answer = at, by, is_lifted, answer
    found.save(update_fields=["decided_at", "by", "is_lifted", "answer"])
    if is_lifted and struck.lifted_at is None:
        lift(strike_id=strike_id, by=by, at=at)
    # Somebody may have withdrawn it by hand.
    with suppress(PromiseIsSettled):
        keep_promise(promise_id=found.promise_number, at=at, by_id=by.pk, hold=hold)
    record(APPEAL_DECIDED, by_id=by.pk, about_id=struck.person_id, at=at, strike_id=strike_id)
    note(AppealDecided(strike_id=strike_id, at=at))
    tell_all(What.APPEAL_LIFTED if is_lifted else What.APPEAL_UPHELD, at=at, why=struck.why)
    tell(
        struck.person,
        head=_("Your appeal is decided"),
        text=_("What was decided is lifted.") if is_lifted else _("What was decided stands."),
        reason=answer,
        label=_("Read it"),
        page="own-sanctions",
        at=at,
    )
    return found


def require_other(struck: Strike, by: Person) -> None:
    """Refuse whom it is about, and whoever decided before as long as there is somebody else."""
    if struck.person_id == by.pk:
        raise NotAgainstOneself
    if struck.by_id == by.pk and others_who_decide(struck).exists():
        raise SomebodyElseDecides


def others_who_decide(struck: Strike) -> QuerySet[Member]:
    """Give who may decide an appeal: those here with the right, but who decided before and whom it is about."""
    roles = Role.objects.filter(circle__is_whole=True, rights__right__in=(REMOVE_MEMBERS.name, EVERY))
    held = RoleHolder.objects.filter(member=OuterRef("pk"), role__in=roles.values("pk"))
    found = Member.objects.present().filter(Exists(held), person__is_active=True)
    return found.exclude(person__in=[each for each in (struck.by_id, struck.person_id) if each is not None])
