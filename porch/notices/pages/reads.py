"""What the page of notices shows: a page of them, put together by topic."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from porch.conversation.posts.models import Post
from porch.kit.paging import page_of
from porch.notices.mailing.letters import what_happened, words_of
from porch.notices.waiting.kinds import AGAIN
from porch.notices.waiting.models import Notice
from porch.notices.waiting.rules import shown_to

PAGE = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as the page shows it."""

    id: int
    kind: int
    what: str
    words: str
    number: int
    at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """The notices of one topic on a page."""

    id: int
    title: str
    space: str
    space_slug: str
    notices: list[Shown] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return any(each.is_new for each in self.notices)


def notices_of(person_id: int, page: int) -> tuple[list[Topic], bool]:
    """Give a page of somebody's notices, the newest topic first, and whether there is another. Pages count from 1."""
    found = shown_to(person_id).order_by("-at", "-id")
    rows, has_more = page_of(found.select_related("post__topic__space", "post__author"), page, PAGE)
    return by_topic(rows), has_more


def by_topic(rows: Sequence[Notice]) -> list[Topic]:
    """Put notices together by their topics, in the order in which they come."""
    topics: dict[int, Topic] = {}
    for each in rows:
        post = each.post
        topic = topics.setdefault(
            post.topic_id,
            Topic(post.topic_id, post.topic.title, post.topic.space.name, post.topic.space.slug),
        )
        topic.notices.append(shown(each, post))
    return list(topics.values())


def shown(notice: Notice, post: Post) -> Shown:
    """Write a notice as it is shown."""
    is_read = notice.is_read and notice.kind != AGAIN  # type: ignore[attr-defined]
    is_new = notice.seen_at is None and not is_read
    what = what_happened(notice, is_named=True)
    return Shown(notice.pk, notice.kind, what, words_of(post), post.number, notice.at, is_new)
