"""What merging a topic would do, to be said before it is done."""

from dataclasses import dataclass

from porch.conversation.moving.actions import SameTopic, require_may_go, require_mergeable
from porch.conversation.posts.models import Post
from porch.conversation.spaces.readers import opens
from porch.conversation.topics.finding import read_held
from porch.conversation.topics.models import Topic
from porch.people.identity.models import Person


@dataclass(frozen=True, slots=True)
class Merging:
    """How many posts would go where. ``back`` of them take places that they had there; the others follow the last."""

    topic: Topic
    into: Topic
    posts: int
    back: int
    # Whether they could come back later: not from where fewer read them (B18).
    can_be_undone: bool

    @property
    def first(self) -> int:
        """Give the number of the first that would follow the last post there."""
        return self.into.posts + 1

    @property
    def last(self) -> int:
        return self.into.posts + self.posts - self.back


def plan_merge(*, topic_id: int, into_id: int, by: Person) -> Merging:
    """Say what merging a topic would do, as it stands now. Raises what ``merge_topic`` does."""
    if topic_id == into_id:
        raise SameTopic
    held, there = read_held(topic_id, by), read_held(into_id, by)
    require_may_go(held, there)
    require_mergeable(held.topic)
    posts = Post.objects.filter(topic_id=topic_id, moved_to__isnull=True)
    signs = Post.objects.filter(topic_id=into_id, moved_to__topic=topic_id)
    return Merging(
        topic=held.topic,
        into=there.topic,
        posts=posts.count(),
        back=signs.count(),
        can_be_undone=not opens(there.topic.space, held.topic.space),
    )
