"""What the page of notices shows: a row for each topic or room, with how much is new in it, and by whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from porch.community.membership.models import Member
from porch.conversation.blocks.rules import blocked_by
from porch.conversation.direct.reads import titles_of
from porch.conversation.posts.models import Post
from porch.conversation.topics.models import Topic
from porch.conversation.topics.voices import Voice, shown_name
from porch.kit.paging import page_of
from porch.notices.mailing.letters import what_happened, words_of
from porch.notices.waiting.kinds import AGAIN, Kind
from porch.notices.waiting.models import Notice
from porch.notices.waiting.rules import shown_to

PAGE, MOST_NAMED = 30, 2
# Of how many notices the list is made: the newest, and the newest of those that were not put away.
MOST_LISTED, MOST_LEFT = 500, 1_000
# Groups stand by the newest of each.
BY = ("told_at", "post__topic")
NEW = Q(seen_at__isnull=True) & (Q(is_read=False) | Q(kind=AGAIN))
MARKS = {
    Kind.REPLY: gettext_lazy("Reply to you"),
    Kind.MENTION: gettext_lazy("You are named"),
    Kind.ASKED: gettext_lazy("You are asked"),
    Kind.REMINDER: gettext_lazy("Reminder"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as it is shown by itself."""

    id: int
    kind: int
    what: str
    words: str
    number: int
    at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What somebody was told of a topic. Where something is new it counts that alone, and ``first`` is the first of it.

    ``kind`` is the strongest reason, and ``words`` how the post begins where there is only one.
    """

    topic_id: int
    title: str
    space: str
    many: int
    names: list[str]
    others: int
    kind: int
    first: int
    at: datetime
    is_new: bool
    what: str
    words: str

    @property
    def mark(self) -> str:
        """Say in two words that something of it is for them by name."""
        return str(MARKS.get(Kind(self.kind), ""))


def groups_of(person_id: int, page: int) -> tuple[list[Group], bool]:
    """Give a page of what somebody was told, the newest topic first, and whether there is more. Pages count from 1."""
    found = by_topic(listed(person_id))
    rows, has_more = page_of(found.order_by(*(f"-{each}" for each in BY)), page, PAGE)
    return grouped(rows, person_id), has_more


def listed(person_id: int) -> QuerySet[Notice]:
    """Select the notices of which somebody's list is made: it costs the same however much they were told in years."""
    # As a number and not as a join, so that the newest are read from the index in their order.
    member = Member.objects.filter(person=person_id).values("pk")[:1]
    newest = Notice.objects.filter(member=member).order_by("-at", "-id").values("pk")
    left = newest.filter(seen_at__isnull=True)
    # No database takes the first of each part of a union, so each part holds them one deeper.
    parts = [
        Notice.objects.filter(pk__in=newest[:MOST_LISTED]),
        Notice.objects.filter(pk__in=left[:MOST_LEFT]),
    ]
    return shown_to(person_id).filter(pk__in=parts[0].values("pk").union(parts[1].values("pk")))


def by_topic(notices: QuerySet[Notice]) -> QuerySet[Notice, Any]:
    """Put notices together by topic, in one query however many there are."""
    found = notices.order_by().values("post__topic")
    found = found.annotate(
        told_at=Max("at"),
        fresh=Count("pk", filter=NEW),
        many=Count("pk"),
        new_first=Min("post__number", filter=NEW),
        old_last=Max("post__number"),
        new_kind=Max("kind", filter=NEW),
        strongest=Max("kind"),
    )
    names = ("post__topic", "told_at", "fresh", "many", "new_first", "old_last", "new_kind", "strongest")
    return found.values_list(*names, named=True)


def grouped(rows: Sequence[Any], person_id: int) -> list[Group]:
    """Show groups, with names and words: three queries more, however many they are, and one where some are direct."""
    ids = [each.post__topic for each in rows]
    topics = {each.pk: each for each in Topic.objects.filter(pk__in=ids).select_related("space")}
    direct = [each for each in topics.values() if each.space.is_direct]
    talks = titles_of([(each.space_id, each.title) for each in direct], person_id)
    for each in direct:
        each.title = each.space.name = talks[each.space_id]
    fresh = {each.post__topic for each in rows if each.fresh}
    notices = listed(person_id).filter(post__topic__in=ids)
    # Of a topic in which something is new, those who wrote that.
    notices = notices.filter(NEW | ~Q(post__topic__in=fresh))
    names = names_in(notices)
    alone = [each.post__topic for each in rows if (each.fresh or each.many) == 1]
    single = notices.filter(post__topic__in=alone).select_related("post__topic__space", "post__author")
    single = with_folds(single, person_id)
    only = {each.post.topic_id: each for each in single}
    return [group(each, topics[each.post__topic], names[each.post__topic], only) for each in rows]


def names_in(notices: QuerySet[Notice]) -> dict[int, list[str]]:
    """Name who wrote what notices are of, in each topic, whoever wrote last first; two of one name are two."""
    rows = notices.order_by().values("post__topic", "post__voice", "post__author", "post__author__name")
    found: dict[int, dict[tuple[bool, int | None], str]] = defaultdict(dict)
    for each in rows.annotate(last=Max("post__number")).order_by("-last"):
        is_of_all = each["post__voice"] == Voice.ORGANISATION
        name = shown_name(each["post__voice"], each["post__author__name"]) or _("somebody who has left")
        found[each["post__topic"]].setdefault((is_of_all, None if is_of_all else each["post__author"]), name)
    return defaultdict(list, {topic: list(names.values()) for topic, names in found.items()})


def group(row: Any, topic: Topic, names: list[str], only: dict[int, Notice]) -> Group:
    """Show one group."""
    many = row.fresh or row.many
    alone = only.get(topic.pk) if many == 1 else None
    return Group(
        topic_id=topic.pk,
        title=topic.title,
        space=topic.space.name,
        many=many,
        names=names[:MOST_NAMED],
        others=max(len(names) - MOST_NAMED, 0),
        kind=row.new_kind or row.strongest,
        first=row.new_first or row.old_last,
        at=row.told_at,
        is_new=bool(row.fresh),
        what=what_happened(alone, is_named=True) if alone else in_words(many, names, is_new=bool(row.fresh)),
        words=words_in(alone) if alone else "",
    )


def with_folds(notices: QuerySet[Notice], person_id: int) -> QuerySet[Notice]:
    """Add whether somebody has blocked since who wrote."""
    return notices.annotate(is_folded=blocked_by(person_id, OuterRef("post__author")))


def words_in(notice: Notice) -> str:
    """Say how a post begins; nothing where the topic folds it."""
    is_folded = notice.is_folded and notice.post.voice != Voice.ORGANISATION  # type: ignore[attr-defined]
    return "" if is_folded else words_of(notice.post)


def in_words(many: int, names: list[str], *, is_new: bool) -> str:
    """Say how many posts there are, and by whom."""
    if is_new:
        posts = ngettext("%(num)s new post by %(names)s", "%(num)s new posts by %(names)s", many)
    else:
        posts = ngettext("%(num)s post by %(names)s", "%(num)s posts by %(names)s", many)
    return posts % {"num": many, "names": named(names)}


def named(names: list[str]) -> str:
    """Name two at most, and count the others."""
    others = len(names) - MOST_NAMED
    if others > 0:
        them = ngettext("%(num)s other", "%(num)s others", others) % {"num": others}
        return _("%(names)s and %(others)s") % {"names": ", ".join(names[:MOST_NAMED]), "others": them}
    if len(names) == MOST_NAMED:
        return _("%(one)s and %(other)s") % {"one": names[0], "other": names[1]}
    return "".join(names)


def shown(notice: Notice, post: Post) -> Shown:
    """Write a notice as it is shown by itself."""
    is_read = notice.is_read and notice.kind != AGAIN  # type: ignore[attr-defined]
    is_new = notice.seen_at is None and not is_read
    what = what_happened(notice, is_named=True)
    return Shown(notice.pk, notice.kind, what, words_in(notice), post.number, notice.at, is_new)
