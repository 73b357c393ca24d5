"""Beginning a direct conversation: two members have one, and go on in it; a group is made anew each time."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _

from porch.community.membership.locking import lock_members
from porch.community.membership.models import Member
from porch.conversation.direct.facts import DirectBegun
from porch.conversation.direct.models import Conversation
from porch.conversation.direct.rules import refuse_unwanted
from porch.conversation.posts.mentions import Names
from porch.conversation.posts.models import Post
from porch.conversation.posts.writing import Wish, add, ask_before, render_post, said_before, write_post
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.participants import Participant
from porch.conversation.topics.models import Topic
from porch.engine.facts.noting import note
from porch.kit.markdown import Rendered
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.people.identity.models import Person

# With whoever begins.
MOST_PARTICIPANTS = 10
A_DAY = timedelta(days=1)
NEW_FOR = timedelta(days=7)
MOST_A_DAY, MOST_A_DAY_WHEN_NEW = 50, 5


class NobodyChosen(BadInput):
    text = _("You have chosen nobody to write to.")
    hint = _("Find somebody by their name, and tick it.")


class TooManyChosen(BadInput):
    text = _("A direct conversation has at most %(most)s people, you among them.")
    hint = _("Choose fewer, or talk in a space.")


class NoLongerHere(BadInput):
    text = _("Somebody whom you chose is not here, or not any more.")
    hint = _("Those who are still chosen can be written to.")


class TooManyBegun(Conflict):
    text = _("You began %(most)s direct conversations within a day, which is the most.")
    hint = _("Those that there are go on. You can begin another tomorrow.")


def begin_direct(
    *, with_ids: Collection[int], source: str, by: Person, at: datetime, sent_as: str | None = None
) -> Post:
    """Write to members, by their numbers, and give the post.

    Two members go on in the conversation that they have. Raises ``NotFound``, ``NobodyChosen``, ``TooManyChosen``,
    ``NoLongerHere``, ``CannotWriteTo``, ``YouBlockedThem``, ``TooManyBegun``, and what is wrong with the words.
    """
    rendered = render_post(source)
    with transaction.atomic():
        own, others = held_members(by, with_ids)
        said = said_before(by, sent_as)
        if said is not None and said.source == rendered.source and is_with(said.topic, own, others):
            return said
        pair = pair_of(own, others[0]) if len(others) == 1 else None
        there = Topic.objects.filter(space__conversation__pair=pair).first() if pair else None
        if there is not None:
            return write_post(topic_id=there.pk, source=source, by=by, at=at, sent_as=sent_as)
        refuse_unwanted(by, others)
        refuse_too_many(own, at)
        return begin(own, others, rendered, pair=pair, at=at, sent_as=None if said else sent_as)


def held_members(by: Person, with_ids: Collection[int]) -> tuple[Member, list[Member]]:
    """Hold whoever begins, and whom they write to. So two that write to each other at once begin one conversation."""
    own = Member.objects.present().filter(person=by).first()
    if own is None:
        raise NotFound
    wanted = set(with_ids) - {own.pk}
    if not wanted:
        raise NobodyChosen
    if len(wanted) >= MOST_PARTICIPANTS:
        raise TooManyChosen(most=MOST_PARTICIPANTS)
    here = Member.objects.present().filter(pk__in=wanted, person__is_active=True)
    held = lock_members([own, *here])
    there = Member.objects.present().filter(pk__in=held, person__is_active=True)
    found = {each.pk: each for each in there.select_related("person").order_by("pk")}
    if found.keys() != wanted | {own.pk}:
        raise NoLongerHere
    return found.pop(own.pk), list(found.values())


def pair_of(one: Member, other: Member) -> str:
    """Name two members, whoever begins."""
    return "-".join(map(str, sorted((one.pk, other.pk))))


def is_with(topic: Topic, own: Member, others: list[Member]) -> bool:
    """Say whether these and nobody else were written to in a topic."""
    there = Participant.objects.filter(space=topic.space_id).values_list("member_id", flat=True)
    return set(there) == {own.pk, *(each.pk for each in others)}


def refuse_too_many(own: Member, at: datetime) -> None:
    """Refuse to begin more than anybody needs within a day: few at first. Raises ``TooManyBegun``."""
    begun = Topic.objects.filter(
        space__is_direct=True, author_id=own.person_id, begun_at__gt=at - A_DAY
    ).count()
    most = MOST_A_DAY_WHEN_NEW if at < own.joined_at + NEW_FOR else MOST_A_DAY
    if begun >= most:
        raise TooManyBegun(most=most)


def begin(
    own: Member,
    others: list[Member],
    rendered: Rendered,
    *,
    pair: str | None,
    at: datetime,
    sent_as: str | None,
) -> Post:
    """Make a conversation of members who are held, with its first post."""
    # What a page shows that does not ask who takes part.
    title = now_in_words("Direct conversation")
    space = Space.objects.create(
        slug=f"direct-{secrets.token_hex(12)}",
        name=title,
        is_direct=True,
        is_hidden=True,
        is_sensitive=True,
        made_at=at,
    )
    Conversation.objects.create(space=space, pair=pair)
    Participant.objects.bulk_create(
        Participant(space=space, member=each, since=at) for each in [own, *others]
    )
    ask_before(Wish(by=own.person, member_id=own.pk, space=space, topic=None, rendered=rendered, at=at))
    topic = Topic.objects.create(space=space, title=title, author=own.person, begun_at=at, last_said_at=at)
    note(DirectBegun(topic_id=topic.pk, space_id=space.pk, at=at))
    # Whoever takes part is told of all that is said, so names in it call nobody.
    nobody = Names(lambda: Q(pk=0), own.person)
    return add(topic, rendered, nobody, by=own.person, member_id=own.pk, at=at, sent_as=sent_as)
