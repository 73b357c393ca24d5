"""What facts mean for whoever is to be told: a consumer that writes notices, safe to hear a fact twice."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from porch.community.membership.models import Member
from porch.community.roles.models import RoleHolder
from porch.conversation.blocks.rules import blocked_by
from porch.conversation.posts.models import Post
from porch.conversation.reading.hearing import following, space_muted
from porch.conversation.topics.models import Kind as TopicKind
from porch.conversation.topics.voices import Voice
from porch.engine.facts.noting import note_all
from porch.engine.facts.pull import Pulled
from porch.kit.time import EPOCH
from porch.notices.telling.facts import NoticeMade
from porch.notices.telling.telling import tell
from porch.notices.waiting.counting import count_anew, count_for
from porch.notices.waiting.kinds import SAID_TO_THEM, YOURS, Kind
from porch.notices.waiting.models import Notice
from porch.notices.waiting.rules import reaching

Told = list[tuple[Kind, QuerySet[Member]]]
# What is for somebody by name is noted, so that the number on their open pages changes; of a group only the first.
THEIRS = (*YOURS, Kind.REMINDER)
MOST_NOTED = 50


def hear_what_to_tell(fact: Pulled) -> None:
    """Tell of what a fact is about, or count anew where it changes who may see what."""
    if fact.kind in TELLS:
        tell_of(fact)
    elif fact.kind in COUNTS_OF:
        count_anew(Notice.objects.filter(COUNTS_OF[fact.kind](fact), seen_at__isnull=True))
    elif fact.kind in COUNTS_FOR:
        count_for(Member.objects.filter(pk=fact.ids["member_id"]))


def tell_of(fact: Pulled) -> None:
    """Tell of a post those whom a fact is about, if they reach it; whoever wrote it is told only by their reminder."""
    found = Post.objects.filter(deletion__isnull=True).select_related("topic__space")
    if fact.kind == "BroadcastSent":
        post = found.filter(topic=fact.ids["topic_id"], number=1).first()
    else:
        post = found.filter(pk=fact.ids["post_id"]).first()
    if post is None:
        return
    at = EPOCH + timedelta(microseconds=fact.at)
    members = reaching(post.topic_id)
    if fact.kind != "ReminderReached" and post.author_id is not None:
        members = members.exclude(person_id=post.author_id)
        # Of what somebody wrote whom they blocked nobody is told; the organisation is blocked by nobody.
        if post.voice != Voice.ORGANISATION:
            members = members.filter(~blocked_by(OuterRef("person_id"), post.author_id))
    muting = space_muted(post.topic_id, post.topic.space_id, member=OuterRef("pk"))
    for kind, wanted in TELLS[fact.kind](fact, post, members):
        # A role is nobody by name.
        is_said_to_them = kind in SAID_TO_THEM and fact.kind != "RoleMentioned"
        chosen = wanted if is_said_to_them else wanted.exclude(muting)
        if tell(chosen, post_id=post.pk, kind=kind, at=at) and kind in THEIRS:
            ids = chosen.order_by("pk").values_list("pk", flat=True)[:MOST_NOTED]
            note_all(NoticeMade(member_id=each, post_id=post.pk, at=at) for each in ids)


def who_hears_a_post(fact: Pulled, post: Post, members: QuerySet[Member]) -> Told:
    """Give who is told of a new post, and why."""
    is_new, topic = post.number == 1, post.topic
    wanted = following(topic.pk, topic.space_id, is_new=is_new, member=OuterRef("pk"))
    told = [(Kind.FOLLOWED, members.filter(wanted))]
    if post.topic.space.is_direct:
        told = [(Kind.DIRECT, members)]
    elif is_new and post.topic.kind == TopicKind.ANNOUNCEMENT:
        told = [(Kind.ANNOUNCEMENT, members)]
    parent = fact.ids.get("parent_post_id")
    if parent is None:
        return told
    # Facts do not say who wrote what the organisation says; whoever did is told all the same.
    answered = Post.objects.filter(pk=parent).values("author")
    return [*told, (Kind.REPLY, members.filter(person_id__in=answered))]


def who_has_the_role(fact: Pulled, post: Post, members: QuerySet[Member]) -> Told:
    """Give who is told that their role was mentioned."""
    holders = RoleHolder.objects.filter(member=OuterRef("pk"), role=fact.ids["role_id"])
    return [(Kind.MENTION, members.filter(Exists(holders)))]


def just_them(kind: Kind) -> Callable[[Pulled, Post, QuerySet[Member]], Told]:
    """Tell the member whom a fact names."""
    return lambda fact, post, members: [(kind, members.filter(pk=fact.ids["member_id"]))]


TELLS: dict[str, Callable[[Pulled, Post, QuerySet[Member]], Told]] = {
    "DirectWritten": who_hears_a_post,
    "PostWritten": who_hears_a_post,
    "MemberMentioned": just_them(Kind.MENTION),
    "RoleMentioned": who_has_the_role,
    "MemberAsked": just_them(Kind.ASKED),
    "ReminderReached": just_them(Kind.REMINDER),
    "BroadcastSent": lambda fact, post, members: [(Kind.BROADCAST, members)],
}
# After these facts others see a post, or nobody does.
COUNTS_OF: dict[str, Callable[[Pulled], Q]] = {
    "DirectDeleted": lambda fact: Q(post=fact.ids["post_id"]),
    "DirectLeft": lambda fact: Q(post__topic=fact.ids["topic_id"]),
    "DirectRestored": lambda fact: Q(post=fact.ids["post_id"]),
    "PostDeleted": lambda fact: Q(post=fact.ids["post_id"]),
    "PostRestored": lambda fact: Q(post=fact.ids["post_id"]),
    "TopicMoved": lambda fact: Q(post__topic=fact.ids["topic_id"]),
    "SpaceChanged": lambda fact: Q(post__topic__space=fact.ids["space_id"]),
    "RoleChanged": lambda fact: Q(),
    "RoleDeleted": lambda fact: Q(),
}
# After these one member reaches more than before, or less.
COUNTS_FOR = (
    "CircleJoined",
    "CircleLeft",
    "CircleMemberRemoved",
    "MemberJoined",
    "MemberResumed",
    "MemberReturned",
    "MemberUnpaused",
    "RoleGiven",
    "RoleTaken",
)
HEARS = (*TELLS, *COUNTS_OF, *COUNTS_FOR)
