from porch.community.circles.actions import ASKED_BEFORE_CLOSING
from porch.community.roles.actions import ASKED_BEFORE_DELETING
from porch.conversation.posts.models import Deletion, Edition, Post
from porch.conversation.reading.models import Reading
from porch.conversation.spaces.actions import SHAPED
from porch.conversation.spaces.keeping import keep_circle, keep_role
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rights import MANAGE_SPACES, TEND_TOPICS
from porch.conversation.topics.models import Closure, Topic
from porch.conversation.topics.rooms import shape_space

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

# Wherever the tables are, verbs of the floor below ask: on pages, in jobs and on the command line.
ASKED_BEFORE_CLOSING.append(keep_circle)
ASKED_BEFORE_DELETING.append(keep_role)
SHAPED.append(shape_space)
