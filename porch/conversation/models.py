from porch.community.circles.actions import ASKED_BEFORE_CLOSING
from porch.community.roles.actions import ASKED_BEFORE_DELETING
from porch.conversation.asks.answering import count_reply
from porch.conversation.asks.models import Ask, Asked
from porch.conversation.polls.models import Ballot, Choice, Option, Poll
from porch.conversation.posts.models import Deletion, Edition, Post
from porch.conversation.posts.writing import TOLD_OF_POSTS
from porch.conversation.reading.models import Reading
from porch.conversation.rituals.models import Beat, Ritual
from porch.conversation.spaces.keeping import keep_circle, keep_role
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rights import MANAGE_SPACES, TEND_TOPICS
from porch.conversation.topics.models import Closure, Topic

__all__ = [
    "MANAGE_SPACES",
    "TEND_TOPICS",
    "Ask",
    "Asked",
    "Ballot",
    "Beat",
    "Choice",
    "Closure",
    "Deletion",
    "Edition",
    "Option",
    "Poll",
    "Post",
    "Reading",
    "Ritual",
    "Space",
    "Topic",
]

# Wherever the tables are, verbs of the floor below ask: on pages, in jobs and on the command line.
TOLD_OF_POSTS.append(count_reply)
ASKED_BEFORE_CLOSING.append(keep_circle)
ASKED_BEFORE_DELETING.append(keep_role)
