"""What a participant hands to others of a direct conversation: what they choose, and nothing else of it.

Those to whom it was handed do not reach the conversation. What they decide about the post that they saw is done to
that post alone, by the verbs below, which ask for no reach: whoever calls them has seen to it that it was handed over.
"""

from datetime import datetime

from porch.conversation.posts.acts import DELETED, RESTORED
from porch.conversation.posts.changing import clear_place
from porch.conversation.posts.facts import PostRestored
from porch.conversation.posts.models import Deletion, Post
from porch.conversation.posts.telling import note_changed
from porch.conversation.topics.models import Topic
from porch.engine.audit.recording import record
from porch.people.identity.models import Person


def remove_disclosed(*, post: Post, topic: Topic, by: Person, at: datetime, reason: str) -> None:
    """Delete a post that was handed over, and is held with its topic. Whoever wrote it does not restore it."""
    Deletion.objects.create(post=post, at=at, by=by, reason=reason, by_author=False)
    record(DELETED, by_id=by.pk, about_id=post.author_id, at=at, reason=reason, post_id=post.pk)
    clear_place(post, topic, by_id=by.pk, at=at)


def restore_disclosed(*, post: Post, topic: Topic, by: Person, at: datetime) -> None:
    """Show a post again that was handed over, and is held with its topic."""
    record(RESTORED, by_id=by.pk, about_id=post.author_id, at=at, post_id=post.pk)
    Deletion.objects.filter(post=post).delete()
    note_changed(PostRestored, topic, post, by_id=by.pk, at=at)
