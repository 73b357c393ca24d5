"""Voting: each member once, changed until the poll is over where it is open, final where it is secret."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from porch.conversation.polls.facts import VoteChanged, VoteGiven
from porch.conversation.polls.models import Ballot, Choice, Option, Poll
from porch.conversation.topics.finding import Held, hold_topic, require_open
from porch.engine.facts.noting import note
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.people.identity.models import Person


class PollIsOver(Conflict):
    text = _("This poll is over.")
    hint = _("Your vote was not changed. The result stands on the page.")


class VoteIsFinal(Conflict):
    text = _("You have voted. In a secret poll a vote is final, as nobody knows which one is yours.")
    hint = _("Nothing was changed.")


class NothingChosen(BadInput):
    text = _("You have chosen nothing.")
    hint = _("Choose an option, and send it again.")


class TooManyChosen(BadInput):
    text = _("You have chosen %(chosen)s options; at most %(most)s can be chosen.")
    hint = _("Take some away, and send it again.")


@transaction.atomic
def vote(*, topic_id: int, option_ids: Collection[int], by: Person, at: datetime) -> None:
    """Vote, or change one's vote in an open poll. What is over is over at its second, whoever has noticed it.

    Raises ``NotFound``, ``SpaceIsArchived``, ``TopicIsClosed``, ``PollIsOver``, ``VoteIsFinal``, ``NothingChosen`` and
    ``TooManyChosen``.
    """
    # Votes of one poll wait for each other here, and for its closing.
    held = hold_topic(topic_id, by)
    require_open(held)
    poll = poll_of(held)
    if is_over(poll, at):
        raise PollIsOver
    chosen = set(option_ids)
    if not chosen:
        raise NothingChosen
    if len(chosen) > poll.most:
        raise TooManyChosen(chosen=len(chosen), most=poll.most)
    if poll.options.filter(pk__in=chosen).count() != len(chosen):
        raise NotFound
    ballot = Ballot.objects.filter(poll=poll, member_id=held.member_id).first()
    if ballot is None:
        cast(poll, chosen, held, at)
    elif poll.is_secret:
        raise VoteIsFinal
    else:
        recast(poll, ballot, chosen, at)


def cast(poll: Poll, chosen: set[int], held: Held, at: datetime) -> None:
    """Count a first vote. Of a secret one no row says when it was given, or joins who gave it with what was chosen."""
    ballot = Ballot.objects.create(poll=poll, member_id=held.member_id, at=None if poll.is_secret else at)
    if not poll.is_secret:
        Choice.objects.bulk_create(Choice(ballot=ballot, option_id=each) for each in sorted(chosen))
    count(chosen, 1)
    Poll.objects.filter(pk=poll.pk).update(voters=F("voters") + 1)
    said_by = None if poll.is_secret else held.member_id
    note(VoteGiven(topic_id=poll.pk, space_id=held.topic.space_id, member_id=said_by, at=at))


def recast(poll: Poll, ballot: Ballot, chosen: set[int], at: datetime) -> None:
    """Put another choice in the place of the one before."""
    before = set(ballot.choices.values_list("option_id", flat=True))
    if before == chosen:
        return
    ballot.choices.filter(option_id__in=before - chosen).delete()
    Choice.objects.bulk_create(Choice(ballot=ballot, option_id=each) for each in sorted(chosen - before))
    count(before - chosen, -1)
    count(chosen - before, 1)
    ballot.at = at
    ballot.save(update_fields=["at"])
    note(VoteChanged(topic_id=poll.pk, member_id=ballot.member_id, at=at))


def count(options: set[int], by: int) -> None:
    """Write onto options that one more, or one fewer, chose them."""
    Option.objects.filter(pk__in=options).update(votes=F("votes") + by)


def poll_of(held: Held) -> Poll:
    """Give the poll of a topic that is held. Raises ``NotFound``."""
    found = Poll.objects.filter(topic=held.topic).first()
    if found is None:
        raise NotFound
    return found


def is_over(poll: Poll, at: datetime) -> bool:
    """Say whether a poll was closed, or its time has come."""
    return poll.closed_at is not None or (poll.closes_at is not None and poll.closes_at <= at)
