"""A poll begins as a topic does: its title is the question, its first post the text."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.polls.facts import PollOpened
from porch.conversation.polls.models import LONGEST_OPTION, Option, Poll
from porch.conversation.posts.models import Post
from porch.conversation.posts.telling import is_of_all
from porch.conversation.posts.writing import begin_topic
from porch.conversation.topics.models import Kind
from porch.engine.facts.noting import note
from porch.kit.refusals import BadInput
from porch.kit.text import clean_line
from porch.people.identity.models import Person

FEWEST_OPTIONS, MOST_OPTIONS = 2, 20
FARTHEST = timedelta(days=366)


class WrongNumberOfOptions(BadInput):
    text = _("A poll has 2 to 20 options.")
    hint = _("Write each on a line of its own.")


class SameOptionTwice(BadInput):
    text = _("Two options say the same: %(option)s")
    hint = _("Leave one of them out.")


class WrongNumberOfChoices(BadInput):
    text = _("This many cannot be chosen.")
    hint = _("Let at least one be chosen, and at most as many as there are options.")


class NoSuchEnd(BadInput):
    text = _("The poll cannot close then.")
    hint = _("Choose a time to come, at most a year ahead, or none.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PollTerms:
    """What can be chosen, how many of it, by when, and whether in secret."""

    options: list[str]
    most: int = 1
    is_secret: bool = False
    closes_at: datetime | None = None


@transaction.atomic
def open_poll(
    *,
    space_id: int,
    title: str,
    source: str,
    terms: PollTerms,
    by: Person,
    at: datetime,
    sent_as: str | None = None,
    as_organisation: bool = False,
) -> Post:
    """Open a poll in a space, and give its first post. Sent twice under one key, it is opened once.

    Raises what ``begin_topic`` does, and the refusals of ``clean_poll``.
    """
    terms = clean_poll(terms, at=at)
    post = begin_topic(
        space_id=space_id,
        title=title,
        source=source,
        kind=Kind.POLL,
        by=by,
        at=at,
        sent_as=sent_as,
        has_poll=True,
        as_organisation=as_organisation,
    )
    if Poll.objects.filter(topic_id=post.topic_id).exists():
        return post
    poll = Poll.objects.create(
        topic_id=post.topic_id, most=terms.most, is_secret=terms.is_secret, closes_at=terms.closes_at
    )
    Option.objects.bulk_create(
        Option(poll=poll, place=place, text=text) for place, text in enumerate(terms.options, 1)
    )
    by_id = None if is_of_all(post) else Member.objects.values_list("pk", flat=True).get(person=by)
    note(PollOpened(topic_id=post.topic_id, space_id=space_id, member_id=by_id, at=at))
    return post


def clean_poll(terms: PollTerms, *, at: datetime) -> PollTerms:
    """Tidy what can be chosen.

    Raises ``WrongNumberOfOptions``, ``SameOptionTwice``, ``WrongNumberOfChoices`` and ``NoSuchEnd``.
    """
    said = [each for each in terms.options if each.strip()]
    if not FEWEST_OPTIONS <= len(said) <= MOST_OPTIONS:
        raise WrongNumberOfOptions
    options = [clean_line(each, most=LONGEST_OPTION, name=_("option")) for each in said]
    seen: set[str] = set()
    for each in options:
        if each.casefold() in seen:
            raise SameOptionTwice(option=each)
        seen.add(each.casefold())
    if not 1 <= terms.most <= len(options):
        raise WrongNumberOfChoices
    if terms.closes_at is not None and not at < terms.closes_at <= at + FARTHEST:
        raise NoSuchEnd
    return PollTerms(options=options, most=terms.most, is_secret=terms.is_secret, closes_at=terms.closes_at)
