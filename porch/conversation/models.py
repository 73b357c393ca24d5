from porch.community.circles.actions import ASKED_BEFORE_CLOSING
from porch.community.roles.actions import ASKED_BEFORE_DELETING
from porch.conversation.asks.answering import count_reply
from porch.conversation.asks.asking import count_asks
from porch.conversation.asks.models import Ask, Asked
from porch.conversation.blocks.models import Block, WhoMayWrite
from porch.conversation.bookmarks.models import Bookmark
from porch.conversation.direct.models import Conversation
from porch.conversation.direct.rules import ask_whether_wanted
from porch.conversation.drafts.models import Draft
from porch.conversation.moving.models import Transfer
from porch.conversation.polls.models import Ballot, Choice, Option, Poll
from porch.conversation.posts.models import AFTER_CUTTING, Deletion, Edition, Mention, Post, PostPicture
from porch.conversation.posts.writing import AFTER_EDITING, AFTER_WRITING, ASKED_BEFORE_WRITING, TOLD_OF_POSTS
from porch.conversation.previews.models import LinkedPage
from porch.conversation.reactions.models import Reaction
from porch.conversation.reading.models import Reading
from porch.conversation.rituals.models import Beat, Ritual
from porch.conversation.search.indexing import index_beginning, index_moved, index_new, index_post
from porch.conversation.search.models import Entry
from porch.conversation.spaces.actions import SHAPED
from porch.conversation.spaces.keeping import keep_circle, keep_role
from porch.conversation.spaces.models import Space, SpaceLevel
from porch.conversation.spaces.participants import Participant
from porch.conversation.spaces.rights import MANAGE_SPACES, TEND_TOPICS
from porch.conversation.tags.models import Tag, TopicTag
from porch.conversation.topics.models import Closure, Topic
from porch.conversation.topics.rooms import shape_space
from porch.conversation.topics.tending import AFTER_MOVING, AFTER_PARTING, AFTER_RENAMING

__all__ = [
    "MANAGE_SPACES",
    "TEND_TOPICS",
    "Ask",
    "Asked",
    "Ballot",
    "Beat",
    "Block",
    "Bookmark",
    "Choice",
    "Closure",
    "Conversation",
    "Deletion",
    "Draft",
    "Edition",
    "Entry",
    "LinkedPage",
    "Mention",
    "Option",
    "Participant",
    "Poll",
    "Post",
    "PostPicture",
    "Reaction",
    "Reading",
    "Ritual",
    "Space",
    "SpaceLevel",
    "Tag",
    "Topic",
    "TopicTag",
    "Transfer",
    "WhoMayWrite",
]

# Wherever the tables are, verbs of the floor below ask: on pages, in jobs and on the command line.
TOLD_OF_POSTS.append(count_reply)
ASKED_BEFORE_CLOSING.append(keep_circle)
ASKED_BEFORE_DELETING.append(keep_role)
ASKED_BEFORE_WRITING.append(ask_whether_wanted)
# The index of the search is right in the moment in which something is said.
AFTER_WRITING.append(index_new)
AFTER_CUTTING.append(index_post)
AFTER_EDITING.append(index_post)
AFTER_RENAMING.append(index_beginning)
AFTER_MOVING.append(index_moved)
AFTER_PARTING.append(count_asks)
SHAPED.append(shape_space)
