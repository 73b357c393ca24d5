"""Tags of topics: chosen where a topic begins, changed later, renamed and merged.

Whoever writes tags takes turns first, before any topic or space is held. So the names on topics are right, and no two
wait for each other.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.roles.rules import require
from porch.conversation.spaces.rights import MANAGE_SPACES
from porch.conversation.tags.acts import RENAMED, TAGGED
from porch.conversation.tags.facts import TagRenamed, TopicTagged
from porch.conversation.tags.models import LONGEST_TAG, MOST_TAGS, Tag, TopicTag
from porch.conversation.topics.finding import NotYoursToTend, hold_topic, require_open
from porch.conversation.topics.models import Topic
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.locks import take_turns
from porch.kit.refusals import BadInput, NotFound
from porch.kit.text import clean_line, fold
from porch.people.identity.models import Person

MOST_TYPED, BATCH = 1_000, 500


class TooManyTags(BadInput):
    text = _("A topic has at most %(most)s tags.")
    hint = _("Leave out those that matter least.")


def read_tags(text: str) -> list[str]:
    """Read tags that are separated by commas, each once. Raises ``TooManyTags`` and what is wrong with a word."""
    if len(text) > MOST_TYPED:
        raise TooManyTags(most=MOST_TAGS)
    # A tag stands in an address: a slash would end it there, and dots alone would lead elsewhere.
    parts = [each for each in text.replace("\n", ",").replace("/", "-").split(",") if each.strip(" \t\r#.")]
    if len(parts) > 4 * MOST_TAGS:
        raise TooManyTags(most=MOST_TAGS)
    # A sharp before a word is how others write tags.
    names = [clean_line(each.strip().lstrip("#"), most=LONGEST_TAG, name=_("tag")) for each in parts]
    found = list({folded(name): name for name in reversed(names)}.values())[::-1]
    if len(found) > MOST_TAGS:
        raise TooManyTags(most=MOST_TAGS)
    return found


def folded(name: str) -> str:
    """Give what a tag is compared by."""
    return fold(name).strip() or name


def take_turns_with_tags() -> None:
    """Wait until nobody else writes tags; before anything is held."""
    take_turns("tags")


@transaction.atomic
def tag_topic(*, topic_id: int, tags: str, by: Person, at: datetime) -> Topic:
    """Give a topic these tags and no others: who began it may as long as it is open, and those who look after it.

    Raises ``NotFound``, ``NotYoursToTend``, ``TopicIsClosed``, ``SpaceIsArchived`` and what is wrong with the tags.
    """
    names = read_tags(tags)
    take_turns_with_tags()
    held = hold_topic(topic_id, by)
    topic = held.topic
    if not held.tends:
        if topic.author_id != by.pk:
            raise NotYoursToTend
        require_open(held)
    before = topic.tags
    if write_tags(topic, names) != before:
        if topic.author_id != by.pk:
            record(TAGGED, by_id=by.pk, about_id=topic.author_id, at=at, topic_id=topic_id)
        note(TopicTagged(topic_id=topic_id, by_person_id=by.pk, at=at))
    return topic


def write_tags(topic: Topic, names: Sequence[str]) -> str:
    """Have a topic bear tags; give their names as they stand on it. Whoever calls takes turns with tags."""
    tags = [Tag.objects.get_or_create(folded=folded(name), defaults={"name": name})[0] for name in names]
    there = TopicTag.objects.filter(topic=topic)
    there.exclude(tag__in=tags).delete()
    TopicTag.objects.bulk_create((TopicTag(topic=topic, tag=tag) for tag in tags), ignore_conflicts=True)
    topic.tags = names_on([topic.pk]).get(topic.pk, "")
    Topic.objects.filter(pk=topic.pk).update(tags=topic.tags)
    return topic.tags


@transaction.atomic
def rename_tag(*, tag_id: int, name: str, by: Person, at: datetime) -> Tag:
    """Give a tag another name; where a tag of this name is there, it goes into that one. Give what it is then.

    Raises ``NotFound``, ``NeedsRight`` and what is wrong with the name.
    """
    require(by.pk, MANAGE_SPACES)
    (name,) = read_tags(name.replace(",", " ")) or [clean_line(name, most=LONGEST_TAG, name=_("tag"))]
    take_turns_with_tags()
    tag = Tag.objects.filter(pk=tag_id).first()
    if tag is None:
        raise NotFound
    into = Tag.objects.filter(folded=folded(name)).exclude(pk=tag.pk).first()
    if into is None and tag.name == name:
        return tag
    topics = list(TopicTag.objects.filter(tag=tag).order_by("topic_id").values_list("topic_id", flat=True))
    if into is None:
        tag.name, tag.folded = name, folded(name)
        tag.save(update_fields=["name", "folded"])
    else:
        rows = TopicTag.objects.filter(tag=tag)
        rows.exclude(topic__in=TopicTag.objects.filter(tag=into).values("topic")).update(tag=into)
        Tag.objects.filter(pk=tag.pk).delete()
    for start in range(0, len(topics), BATCH):
        for pk, names in names_on(topics[start : start + BATCH]).items():
            Topic.objects.filter(pk=pk).update(tags=names)
    record(RENAMED, by_id=by.pk, at=at, tag_id=tag_id)
    note(TagRenamed(tag_id=tag_id, by_person_id=by.pk, at=at))
    return into or tag


def names_on(topics: Iterable[int]) -> dict[int, str]:
    """Write the names of the tags of some topics as they stand on each, in the order in which they were given."""
    found: dict[int, list[str]] = {}
    rows = TopicTag.objects.filter(topic__in=list(topics)).order_by("pk")
    for topic_id, name in rows.values_list("topic_id", "tag__name"):
        found.setdefault(topic_id, []).append(name)
    return {topic_id: ", ".join(names) for topic_id, names in found.items()}
