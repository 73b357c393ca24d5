"""What a mail says: which posts, in which topics, by whom, and how they begin."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from porch.community.membership.models import Member
from porch.conversation.posts.models import Post
from porch.kit.markdown import Rendered, excerpt
from porch.kit.text import shorten
from porch.notices.choosing.reads import COLUMNS
from porch.notices.choosing.stopping import kind_stop_link
from porch.notices.waiting.kinds import Kind
from porch.notices.waiting.models import Notice
from porch.people.delivery.letters import Letter

TEMPLATE = "notices/mail/news"
MOST_SHOWN, MOST_WORDS, MOST_TITLE = 40, 240, 80


@dataclass(frozen=True, slots=True)
class Line:
    """A post in a mail: what happened, how it begins (nothing where that is not for a mail), and where it is."""

    what: str
    words: str
    link: str


@dataclass(frozen=True, slots=True)
class Group:
    """The posts of one topic in a mail."""

    title: str
    space: str
    link: str
    lines: list[Line] = field(default_factory=list)


def letter_of(member: Member, notices: Sequence[Notice]) -> Letter:
    """Write the mail about some notices. A mail about one topic stands with the others about it."""
    topics = {each.post.topic_id for each in notices}
    columns = {COLUMNS[kind] for each in notices if (kind := Kind(each.kind)) in COLUMNS}
    shown = {
        "groups": groups_of(notices[:MOST_SHOWN]),
        "more": max(len(notices) - MOST_SHOWN, 0),
        "all_link": address("notices"),
        "choices_link": address("notice-choices"),
        "stops": [
            (kind.label, kind_stop_link(member.pk, column))
            for kind, column in COLUMNS.items()
            if column in columns
        ],
    }
    thread = f"topic-{topics.pop()}-{member.pk}" if len(topics) == 1 else ""
    return Letter(TEMPLATE, shown, subject=subject_of(notices), thread=thread)


def subject_of(notices: Sequence[Notice]) -> str:
    """Say in one line what a mail is about."""
    topics = len({each.post.topic_id for each in notices})
    first = notices[0]
    if len(notices) == 1:
        what = what_happened(first)
        is_named = not first.post.topic.space.is_sensitive
        return f"{what}: {shorten(first.post.topic.title, MOST_TITLE)}" if is_named else what
    things = ngettext("%(num)s thing", "%(num)s things", len(notices)) % {"num": len(notices)}
    if topics > 1:
        places = ngettext("%(num)s topic", "%(num)s topics", topics) % {"num": topics}
        return _("%(things)s in %(places)s") % {"things": things, "places": places}
    if first.post.topic.space.is_sensitive:
        return _("%(things)s for you") % {"things": things}
    return f"{things}: {shorten(first.post.topic.title, MOST_TITLE)}"


def groups_of(notices: Sequence[Notice]) -> list[Group]:
    """Put notices together by their topics, in the order in which the first of each came."""
    order = {
        topic: place for place, topic in reversed(list(enumerate(each.post.topic_id for each in notices)))
    }
    ordered = sorted(notices, key=lambda each: (order[each.post.topic_id], each.post.number))
    return [group_of(list(each)) for _topic, each in groupby(ordered, key=lambda each: each.post.topic_id)]


def group_of(notices: Sequence[Notice]) -> Group:
    """Show the posts of one topic. Of a sensitive space a mail tells no names, no title and no words (C18)."""
    topic = notices[0].post.topic
    is_open = not topic.space.is_sensitive
    return Group(
        topic.title if is_open else _("In a sensitive space"),
        topic.space.name if is_open else "",
        address("topic", topic.pk),
        [
            Line(
                what_happened(each),
                words_of(each.post) if is_open else "",
                address("place", topic.pk, each.post.number),
            )
            for each in notices
        ],
    )


def what_happened(notice: Notice, *, is_named: bool | None = None) -> str:
    """Say in a few words why somebody is told of a post. By itself it names nobody of a sensitive space."""
    if is_named is None:
        is_named = not notice.post.topic.space.is_sensitive
    name = (notice.post.said_by if is_named else None) or _("Somebody")
    return SAID[Kind(notice.kind)]() % {"name": name}


SAID = {
    Kind.FOLLOWED: lambda: _("%(name)s wrote"),
    Kind.ANNOUNCEMENT: lambda: _("%(name)s announced"),
    Kind.BROADCAST: lambda: _("%(name)s announced"),
    Kind.REPLY: lambda: _("%(name)s replied to you"),
    Kind.MENTION: lambda: _("%(name)s mentioned you"),
    Kind.DIRECT: lambda: _("%(name)s wrote to you"),
    Kind.ASKED: lambda: _("%(name)s asks you"),
    Kind.REMINDER: lambda: _("You wanted to be reminded"),
}


def words_of(post: Post) -> str:
    """Give how a post begins. One in which something is hidden until one wants to see it shows nothing."""
    if "spoiler" in post.html or "<details" in post.html:
        return _("There is a spoiler in it.")
    return excerpt(Rendered(post.source, post.html, post.html_version), MOST_WORDS)


def address(name: str, *args: object) -> str:
    return str(settings.PORCH_URL + reverse(name, args=args))
