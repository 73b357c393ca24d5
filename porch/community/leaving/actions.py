"""Leave the community: at once, with seven days to undo it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import CircleMember
from porch.community.leaving.archiving import needs_account
from porch.community.leaving.facts import MemberLeft
from porch.community.leaving.letters import send_receipt
from porch.community.leaving.models import AskAgain, ExitAnswer, LaidDownCircle, LaidDownRole, Leaving
from porch.community.leaving.promising import ARCHIVE
from porch.community.leaving.reads import what_happens_to
from porch.community.leaving.rules import NothingToLeave
from porch.community.leaving.stopping import stop_subscriptions
from porch.community.membership.locking import locked_member
from porch.community.membership.models import Member
from porch.community.roles.limits import require_another_owner, take_turns_with_roles
from porch.community.roles.models import RoleHolder
from porch.engine.facts.noting import note
from porch.engine.promises.actions import promise
from porch.engine.promises.kinds import SYSTEM, Whom
from porch.kit.ids import digest, new_token
from porch.kit.text import clean_line
from porch.people.identity.models import Person
from porch.people.tokens.ending import revoke_along

ARCHIVED_WITHIN = timedelta(days=7)
# The archive is made once nothing can be undone any more, and the last hour is left for it: a worker that was down for
# a while still keeps the promise.
UNDO_FOR = ARCHIVED_WITHIN - timedelta(hours=1)
ASKED_AGAIN_AFTER = timedelta(days=365)
MOST_ANSWER = 2000


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody says when they leave; each is optional."""

    why: str = ""
    what_would_have_kept: str = ""
    may_ask_again: bool = False


@transaction.atomic
def leave(
    *, person: Person, wants_erasure: bool, stops_mail: bool, at: datetime, answers: Answers | None = None
) -> Leaving:
    """Have a member leave at once: with roles and circles, which come back if they undo it.

    Done twice it is done once. Raises ``NothingToLeave`` and ``LastOwner``.
    """
    answers = cleaned(answers or Answers())
    # A role that is given or taken at the same moment counts: one owner stays.
    take_turns_with_roles()
    member = locked_member(person)
    before = Leaving.objects.filter(member=member).first() if member is not None else None
    if before is not None:
        return before
    if member is None or member.left_at is not None:
        raise NothingToLeave
    require_another_owner(member)
    if stops_mail:
        stop_subscriptions(person=person, at=at)
    # The letter says what will be so, as things stand now.
    is_erased = wants_erasure and not needs_account(person)
    lines = what_happens_to(person, wants_erasure=is_erased)
    token = new_token()
    leaving = begin(member, wants_erasure=wants_erasure, token=token, at=at)
    lay_down(member, leaving)
    revoke_along(person=person, at=at)
    keep_answers(answers, person, wants_erasure=wants_erasure, at=at)
    note(MemberLeft(member_id=member.pk, person_id=person.pk, at=at))
    send_receipt(leaving, person, is_erased=is_erased, lines=lines, stopped=stops_mail, token=token, at=at)
    return leaving


def begin(member: Member, *, wants_erasure: bool, token: str, at: datetime) -> Leaving:
    """Write down that a member has left, and promise what comes."""
    member.left_at = at
    member.save(update_fields=["left_at"])
    owed = promise(
        kind=ARCHIVE,
        to=Whom("person", member.person_id),
        due_at=at + ARCHIVED_WITHIN,
        keeper=SYSTEM,
        at=at,
    )
    return Leaving.objects.create(
        member=member,
        left_at=at,
        archive_at=at + UNDO_FOR,
        wants_erasure=wants_erasure,
        digest=digest(token),
        promise_id=owed.pk,
    )


def lay_down(member: Member, leaving: Leaving) -> None:
    """End every role and circle of a member, and remember them."""
    roles, circles = RoleHolder.objects.filter(member=member), CircleMember.objects.filter(member=member)
    LaidDownRole.objects.bulk_create(
        LaidDownRole(
            leaving=leaving, role_id=each.role_id, given_at=each.given_at, given_by_id=each.given_by_id
        )
        for each in roles
    )
    LaidDownCircle.objects.bulk_create(
        LaidDownCircle(leaving=leaving, circle_id=each.circle_id, joined_at=each.joined_at)
        for each in circles
    )
    roles.delete()
    circles.delete()


def cleaned(answers: Answers) -> Answers:
    """Make one line of each answer, or nothing."""
    names = {"why": _("first answer"), "what_would_have_kept": _("second answer")}
    lines = {
        field: clean_line(text, most=MOST_ANSWER, name=name)
        if (text := getattr(answers, field)).strip()
        else ""
        for field, name in names.items()
    }
    return Answers(**lines, may_ask_again=answers.may_ask_again)


def keep_answers(answers: Answers, person: Person, *, wants_erasure: bool, at: datetime) -> None:
    """Keep what was said without a name, and beside it, leading to nothing, who may be asked once more."""
    if answers.why or answers.what_would_have_kept:
        ExitAnswer.objects.create(
            month=at.date().replace(day=1),
            why=answers.why,
            what_would_have_kept=answers.what_would_have_kept,
        )
    if answers.may_ask_again and not wants_erasure:
        AskAgain.objects.update_or_create(person=person, defaults={"not_before": at + ASKED_AGAIN_AFTER})
