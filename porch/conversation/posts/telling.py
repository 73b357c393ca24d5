"""Which facts are noted of a post: those of direct conversations are of kinds of their own, and name nobody."""

from datetime import datetime

from porch.conversation.posts.facts import (
    DirectDeleted,
    DirectEdited,
    DirectRestored,
    DirectWritten,
    PostDeleted,
    PostEdited,
    PostRestored,
    PostWritten,
)
from porch.conversation.posts.models import Post
from porch.conversation.topics.models import Topic
from porch.conversation.topics.voices import Voice
from porch.engine.facts.noting import note

DIRECT: dict[type[PostEdited | PostRestored], type[DirectEdited | DirectRestored]] = {
    PostEdited: DirectEdited,
    PostRestored: DirectRestored,
}


def note_written(
    topic: Topic, post: Post, *, member_id: int, parent_id: int | None, target_id: int | None, at: datetime
) -> None:
    """Note that a post was written in a topic; ``target_id`` is the member whom it answers."""
    where = {"post_id": post.pk, "topic_id": topic.pk, "space_id": topic.space_id, "number": post.number}
    if topic.space.is_direct:
        note(DirectWritten(**where, at=at))
    else:
        note(
            PostWritten(
                **where,
                member_id=None if is_of_all(post) else member_id,
                parent_post_id=parent_id,
                target_member_id=target_id,
                as_organisation=is_of_all(post),
                at=at,
            )
        )


def note_changed(
    kind: type[PostEdited | PostRestored], topic: Topic, post: Post, *, by_id: int, at: datetime
) -> None:
    """Note that a post was changed or restored."""
    if topic.space.is_direct:
        note(DIRECT[kind](post_id=post.pk, topic_id=topic.pk, at=at))
    else:
        note(kind(post_id=post.pk, topic_id=topic.pk, by_person_id=named(by_id, post), at=at))


def is_of_all(post: Post) -> bool:
    """Say whether the organisation says a post: facts leave it to the audit who wrote it."""
    return post.voice == Voice.ORGANISATION


def named(person_id: int | None, post: Post) -> int | None:
    """Give who did something to a post as facts name them: not whoever wrote it as the organisation."""
    return None if is_of_all(post) and person_id == post.author_id else person_id


def note_deleted(topic: Topic, post: Post, *, by_id: int | None, at: datetime) -> None:
    """Note that a post was deleted. ``by_id`` is None where reports hid it."""
    if topic.space.is_direct:
        note(DirectDeleted(post_id=post.pk, topic_id=topic.pk, at=at))
    else:
        note(PostDeleted(post_id=post.pk, topic_id=topic.pk, by_person_id=named(by_id, post), at=at))
