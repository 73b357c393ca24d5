"""How far somebody has read, and how much they want to hear. It notes no fact: what members read is theirs alone."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import BigIntegerField, Case, DateTimeField, F, PositiveIntegerField, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from porch.conversation.reading.models import Level, Reading
from porch.conversation.topics.finding import hold_topic
from porch.kit.prepared_models import PreparedUpdate
from porch.kit.refusals import BadInput
from porch.people.identity.models import Person

TABLE = Reading._meta.db_table
# Told after what a member has read, or wants to hear of, was changed: by their number, and whether they read on, so
# that less is new to them than before. Higher floors add to it.
AFTER_READING: list[Callable[[int, bool], None]] = []
# Told when a member looks at a topic on its page, before that is made: the request, the topic, and when.
AFTER_LOOKING: list[Callable[[HttpRequest, int, datetime], None]] = []
# One statement, whether or not there was a row; a row that says more already stays as it is.
READ_ON = (
    f"INSERT INTO {TABLE} (member_id, topic_id, number, at, level) VALUES (%s, %s, %s, %s, %s) "  # noqa: S608 - a constant
    f"ON CONFLICT (member_id, topic_id) DO UPDATE SET number = excluded.number, at = excluded.at "
    f"WHERE {TABLE}.number < excluded.number"
)


GO_ON = PreparedUpdate(
    lambda member, topic, number, at: (
        Reading.objects.filter(member_id=member, topic_id=topic),
        {
            "number": Case(When(number=number - 1, then=number), default=F("number")),
            "level": Case(When(level=Level.NORMAL, then=Value(Level.FOLLOW)), default=F("level")),
            "at": at,
        },
    ),
    member=BigIntegerField(),
    topic=BigIntegerField(),
    number=PositiveIntegerField(),
    at=DateTimeField(),
)


class NoSuchLevel(BadInput):
    text = _("There is no such choice.")
    hint = _("Choose one of those that are listed.")


def mark_read(*, topic_id: int, member_id: int, number: int, at: datetime) -> None:
    """Remember that a member has seen a topic up to a post. An old page that comes late changes nothing."""
    values = [member_id, topic_id, number, connection.ops.adapt_datetimefield_value(at), Level.NORMAL.value]
    with connection.cursor() as cursor:
        cursor.execute(READ_ON, values)
        has_moved = cursor.rowcount > 0
    if has_moved:
        tell_reading(member_id, has_read_on=True)


def mark_seen(*, topic_id: int, member_id: int, first: int, last: int, at: datetime) -> None:
    """Remember that a member saw the posts from one to another on the screen, where nothing before was passed over."""
    if first == 1:
        mark_read(topic_id=topic_id, member_id=member_id, number=last, at=at)
        return
    there = Reading.objects.filter(member_id=member_id, topic_id=topic_id)
    if there.filter(number__gte=first - 1, number__lt=last).update(number=last, at=at):
        tell_reading(member_id, has_read_on=True)


def mark_own(*, member_id: int, topic_id: int, number: int, at: datetime) -> None:
    """Count a post of one's own as read where everything before it was, and let them follow the topic they write in."""
    if not go_on(member_id, topic_id, number, at):
        # Somebody may open the topic in this moment, so that a row is there after all.
        new = Reading(member_id=member_id, topic_id=topic_id, number=0, at=at)
        Reading.objects.bulk_create([new], ignore_conflicts=True)
        go_on(member_id, topic_id, number, at)


def go_on(member_id: int, topic_id: int, number: int, at: datetime) -> int:
    """Count a post as read where the one before it was, and follow the topic unless it is muted; give how many rows."""
    return GO_ON.run(member=member_id, topic=topic_id, number=number, at=at)


@transaction.atomic
def choose_level(*, topic_id: int, level: str, by: Person, at: datetime) -> Reading:
    """Choose how much one wants to hear of a topic. Raises ``NotFound`` and ``NoSuchLevel``."""
    held = hold_topic(topic_id, by)
    if level not in Level.values:
        raise NoSuchLevel
    reading, _made = Reading.objects.update_or_create(
        member_id=held.member_id,
        topic_id=topic_id,
        defaults={"level": level},
        create_defaults={"level": level, "at": at},
    )
    tell_reading(held.member_id)
    return reading


@transaction.atomic
def mark_unread(*, topic_id: int, number: int, by: Person, at: datetime) -> None:
    """Have a topic be new again from a post on. Raises ``NotFound``."""
    held = hold_topic(topic_id, by)
    Reading.objects.filter(number__gte=number, member_id=held.member_id, topic_id=topic_id).update(
        number=max(number - 1, 0), at=at
    )
    tell_reading(held.member_id)


def tell_reading(member_id: int, *, has_read_on: bool = False) -> None:
    """Tell those who want to know that what a member has read, or wants to hear of, has changed."""
    for hear in AFTER_READING:
        hear(member_id, has_read_on)
