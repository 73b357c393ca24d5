"""Writing: a topic begins with its first post, and goes on with the next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard

from django.db import transaction
from django.db.models import BigIntegerField, CharField, DateTimeField, F, IntegerField, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.posts.acts import SPOKEN
from porch.conversation.posts.mentions import Names, keep_mentions
from porch.conversation.posts.models import Post
from porch.conversation.posts.pictures import keep_pictures
from porch.conversation.posts.telling import is_of_all, note_written
from porch.conversation.reading.actions import mark_own
from porch.conversation.spaces.models import Space
from porch.conversation.tags.actions import read_tags, take_turns_with_tags, write_tags
from porch.conversation.topics.facts import TopicBegun
from porch.conversation.topics.finding import hold_space, hold_topic, require_in_use, require_open
from porch.conversation.topics.models import LONGEST_TITLE, Kind, Topic
from porch.conversation.topics.rooms import require_topics
from porch.conversation.topics.voices import Voice, voice_in
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.markdown import Rendered, render
from porch.kit.markdown.limits import MOST_CHARACTERS
from porch.kit.prepared_models import PreparedInsert, PreparedModel, PreparedUpdate
from porch.kit.refusals import BadInput, Refusal
from porch.kit.text import clean_line, is_seen
from porch.people.identity.models import Person

MOST_KEY = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody is about to write, as those are asked who may speak against it. ``topic`` is None for a new one."""

    by: Person
    member_id: int
    space: Space
    topic: Topic | None
    rendered: Rendered
    at: datetime
    title: str = ""
    kind: str = ""
    reply_to: int | None = None
    sent_as: str | None = None
    as_organisation: bool = False


class WritingIsHeld(Refusal):
    """What somebody wrote is kept, and not said yet. ``address`` is the page on which they find it."""

    status = 202
    text = _("Your post waits for a look by a steward.")
    hint = _(
        "Your words are kept. You find them under “Your posts that wait”; nobody else reads them before."
    )

    def __init__(self, address: str = "") -> None:
        super().__init__()
        self.address = address


# Asked in the transaction before anything is written: each raises a refusal or lets it pass. Higher floors add to it.
ASKED_BEFORE_WRITING: list[Callable[[Wish], None]] = []
# Asked afterwards: each may keep what was written instead, in the same transaction, and say where it is found.
INSTEAD_OF_WRITING: list[Callable[[Wish], WritingIsHeld | None]] = []

# A reply is what a server of conversation does most, so its statements are not built anew each time.
SENT_BEFORE = PreparedModel(
    lambda person, key: Post.objects.filter(author_id=person, sent_as=key).select_related("topic"),
    person=BigIntegerField(),
    key=CharField(),
)
ADD_POST = PreparedInsert(Post)
TOPIC, AUTHOR = Post._meta.get_field("topic"), Post._meta.get_field("author")
COUNT_ON_TOPIC = PreparedUpdate(
    lambda topic, posts, at: (Topic.objects.filter(pk=topic), {"posts": posts, "last_said_at": at}),
    topic=BigIntegerField(),
    posts=IntegerField(),
    at=DateTimeField(),
)
COUNT_ON_SPACE = PreparedUpdate(
    lambda space, begun, at: (
        Space.objects.filter(pk=space),
        {
            "posts": F("posts") + 1,
            "topics": F("topics") + begun,
            # Who waited longer may come with an earlier time.
            "last_said_at": Greatest(Coalesce(F("last_said_at"), at), at),
        },
    ),
    space=BigIntegerField(),
    begun=IntegerField(),
    at=DateTimeField(),
)

# Told in the transaction of what a post says, with its topic, when it was written and when it was edited.
AFTER_WRITING: list[Callable[[Post, Topic], None]] = []
AFTER_EDITING: list[Callable[[Post, Topic], None]] = []


# Told in the same transaction of what was written, the post that it answers, and the member who wrote it.
TOLD_OF_POSTS: list[Callable[[Post, Post | None, int], None]] = []


class PostIsEmpty(BadInput):
    text = _("There is nothing in it yet.")
    hint = _("Write something first.")


class NoSuchKind(BadInput):
    text = _("There is no such kind of topic.")
    hint = _("Choose one of those that are listed.")


class NothingToAnswer(BadInput):
    text = _("The post that this answers is not in this topic.")
    hint = _("Answer the topic, or load the page anew and choose a post again.")


def begin_topic(
    *,
    space_id: int,
    title: str,
    source: str,
    by: Person,
    at: datetime,
    kind: str = Kind.CONVERSATION,
    sent_as: str | None = None,
    has_poll: bool = False,
    tags: str = "",
    is_looked_at: bool = False,
    as_organisation: bool = False,
) -> Post:
    """Begin a topic, and give its first post. Sent twice under one key, it is begun once.

    Raises ``NotFound``, ``SpaceIsArchived``, ``NoSuchKind``, ``RoomHasOneTopic``, ``NotYourVoice``, what is wrong with
    the words and the tags, and ``WritingIsHeld`` where it is kept instead. ``is_looked_at`` says that somebody has
    looked at it, so that nobody is asked again.
    """
    title = clean_line(title, most=LONGEST_TITLE, name=_("title"))
    # A poll begins with what can be chosen, so only its own verb begins one.
    if kind not in Kind.values or kind == Kind.ROOM or (kind == Kind.POLL) != has_poll:
        raise NoSuchKind
    names, tag_names = Names(lambda: Q(pk=space_id), by), read_tags(tags)
    rendered = render_post(source, names)
    with transaction.atomic():
        if tag_names:
            take_turns_with_tags()
        space, member_id = hold_space(space_id, by)
        said = said_before(by, sent_as)
        if is_again(said, rendered, as_organisation) and (said.number, said.topic.title) == (1, title):
            return said
        require_in_use(space)
        require_topics(space)
        # Somebody went back to a page that had been sent, and wrote something else.
        key = None if said else sent_as
        voice = voice_in(space, by, as_organisation=as_organisation)
        wish = Wish(
            by=by,
            member_id=member_id,
            space=space,
            topic=None,
            rendered=rendered,
            at=at,
            title=title,
            kind=kind,
            sent_as=key,
            as_organisation=as_organisation,
        )
        held = None if is_looked_at else ask_before(wish)
        if held is None:
            topic = make_topic(wish, voice, tag_names)
            return add(topic, rendered, names, by=by, member_id=member_id, at=at, sent_as=key, voice=voice)
    # What is kept instead is in the database by now.
    raise held


def make_topic(wish: Wish, voice: Voice, tags: list[str]) -> Topic:
    """Make a topic as somebody wishes it, with nothing said in it yet."""
    topic = Topic.objects.create(
        space=wish.space,
        kind=wish.kind,
        title=wish.title,
        author=wish.by,
        begun_at=wish.at,
        last_said_at=wish.at,
        voice=voice,
    )
    if tags:
        write_tags(topic, tags)
    by_id = None if wish.as_organisation else wish.member_id
    note(TopicBegun(topic_id=topic.pk, space_id=wish.space.pk, member_id=by_id, at=wish.at))
    return topic


def write_post(
    *,
    topic_id: int,
    source: str,
    by: Person,
    at: datetime,
    reply_to: int | None = None,
    sent_as: str | None = None,
    is_looked_at: bool = False,
    as_organisation: bool = False,
) -> Post:
    """Write in a topic; ``reply_to`` is the number of the post that it answers. Under one key it is said once.

    Raises ``NotFound``, ``SpaceIsArchived``, ``TopicIsClosed``, ``NothingToAnswer``, ``NotYourVoice``, what is wrong
    with the words, and ``WritingIsHeld`` where it is kept instead.
    """
    # Before anything is held: a long text takes its time.
    names = names_in_topic(topic_id, by)
    rendered = render_post(source, names)
    with transaction.atomic():
        held = hold_topic(topic_id, by)
        said = said_before(by, sent_as)
        if is_again(said, rendered, as_organisation) and said.topic_id == topic_id:
            return said
        require_open(held)
        topic, member_id = held.topic, held.member_id
        # Somebody went back to a page that had been sent, and wrote something else.
        key = None if said else sent_as
        voice = voice_in(topic.space, by, as_organisation=as_organisation, tends=held.tends)
        wish = Wish(
            by=by,
            member_id=member_id,
            space=topic.space,
            topic=topic,
            rendered=rendered,
            at=at,
            reply_to=reply_to,
            sent_as=key,
            as_organisation=as_organisation,
        )
        kept = None if is_looked_at else ask_before(wish)
        if kept is None:
            return add(
                topic,
                rendered,
                names,
                by=by,
                member_id=member_id,
                at=at,
                reply_to=reply_to,
                sent_as=key,
                voice=voice,
            )
    raise kept


def ask_before(wish: Wish) -> WritingIsHeld | None:
    """Ask whether something may be written, and give what says that it is kept instead.

    Raises the refusal of whoever speaks against it.
    """
    for ask in ASKED_BEFORE_WRITING:
        ask(wish)
    # What the organisation says waits for nobody: whoever may say it is trusted with that.
    if wish.as_organisation:
        return None
    return next((held for keep in INSTEAD_OF_WRITING if (held := keep(wish)) is not None), None)


def names_in_topic(topic_id: int, by: Person) -> Names:
    """Ask for the names in a text that somebody writes in a topic."""
    return Names(lambda: Q(pk__in=Topic.objects.filter(pk=topic_id).values("space")), by)


def render_post(source: str, names: Names | None = None) -> Rendered:
    """Render what somebody wrote, with the names in it. Raises ``PostIsEmpty`` and the refusals of Markdown."""
    if not any(map(is_seen, source[:MOST_CHARACTERS])):
        raise PostIsEmpty
    rendered = render(source, extensions=[names.extension] if names else [])
    if not rendered.html.strip():
        raise PostIsEmpty
    return rendered


def said_before(by: Person, sent_as: str | None) -> Post | None:
    """Find what somebody sent under a key before."""
    if sent_as is None:
        return None
    return SENT_BEFORE.first(person=by.pk, key=sent_as)


def is_again(said: Post | None, rendered: Rendered, as_organisation: bool) -> TypeGuard[Post]:
    """Say whether what was sent under a key before says the same in the same voice."""
    return said is not None and (said.source, is_of_all(said)) == (rendered.source, as_organisation)


def add(
    topic: Topic,
    rendered: Rendered,
    names: Names,
    *,
    by: Person,
    member_id: int,
    at: datetime,
    reply_to: int | None = None,
    sent_as: str | None = None,
    voice: int = Voice.MEMBER,
) -> Post:
    """Add a post to a topic that is held, with the numbers that stand on the topic and the space."""
    answered = find_answered(topic, reply_to)
    topic.posts += 1
    # A clock that was set back does not take a topic down the list.
    topic.last_said_at = max(topic.last_said_at, at)
    COUNT_ON_TOPIC.run(topic=topic.pk, posts=topic.posts, at=topic.last_said_at)
    post = ADD_POST.make(
        topic_id=topic.pk,
        number=topic.posts,
        author_id=by.pk,
        at=at,
        source=rendered.source,
        html=rendered.html,
        html_version=rendered.version,
        reply_to=reply_to,
        sent_as=sent_as,
        voice=voice,
    )
    TOPIC.set_cached_value(post, topic)
    AUTHOR.set_cached_value(post, by)
    if is_of_all(post):
        record(SPOKEN, by_id=by.pk, at=at, post_id=post.pk)
    for tell in AFTER_WRITING:
        tell(post, topic)
    mark_own(member_id=member_id, topic_id=topic.pk, number=post.number, at=at)
    COUNT_ON_SPACE.run(space=topic.space_id, begun=int(post.number == 1), at=topic.last_said_at)
    note_written(
        topic,
        post,
        member_id=member_id,
        parent_id=answered.pk if answered else None,
        target_id=member_of(answered),
        at=at,
    )
    keep_mentions(post, names, space=topic.space, by_member_id=member_id, at=at)
    keep_pictures(post)
    for hear in TOLD_OF_POSTS:
        hear(post, answered, member_id)
    return post


def find_answered(topic: Topic, number: int | None) -> Post | None:
    """Find the post that a reply answers. Raises ``NothingToAnswer``."""
    if number is None:
        return None
    found = Post.objects.filter(
        topic=topic, number=number, deletion__isnull=True, moved_to__isnull=True
    ).first()
    if found is None:
        raise NothingToAnswer
    return found


def member_of(post: Post | None) -> int | None:
    """Give the number of the member who wrote a post under their own name, where they still belong."""
    if post is None or post.author_id is None or is_of_all(post):
        return None
    return Member.objects.filter(person_id=post.author_id).values_list("pk", flat=True).first()
