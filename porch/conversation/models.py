from porch.conversation.posts.models import Deletion, Edition, Post
from porch.conversation.reading.models import Reading
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rights import MANAGE_SPACES, TEND_TOPICS
from porch.conversation.topics.models import Closure, Topic

__all__ = [
    "MANAGE_SPACES",
    "TEND_TOPICS",
    "Closure",
    "Deletion",
    "Edition",
    "Post",
    "Reading",
    "Space",
    "Topic",
]
