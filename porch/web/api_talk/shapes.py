"""What the API takes and gives around spaces, topics and posts."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from porch.web.api.members import MOST_ID
from porch.web.api.shapes import Taken

# What is longer than any of ours is refused by the verb, with the number that fits.
Line = Annotated[str, Field(max_length=1000)]
Source = Annotated[str, Field(max_length=200_000, description="Markdown.")]
Number = Annotated[int, Field(ge=1, le=MOST_ID)]
PostNumber = Annotated[int, Field(ge=1, le=2_000_000_000, description="The number of a post in its topic.")]
Names = Annotated[list[Line], Field(max_length=1000)]


class SpaceOut(Schema):
    id: int
    slug: str = Field(description="Its part of the address of its page.")
    name: str
    description: str
    icon: str
    place: int = Field(description="Smaller comes first.")
    shape: str = Field(description="topics or room.")
    circle_id: int | None = Field(description="For whom it is, where it is for a circle.")
    role_id: int | None = Field(description="For whom it is, where it is for a role.")
    is_hidden: bool
    is_glass: bool = Field(description="Whether anyone reads it, outside too.")
    is_sensitive: bool
    archived_at: datetime | None
    slow_seconds: int = Field(description="How long one waits here between two posts.")
    is_reached: bool = Field(description="Whether I read and write here.")
    tends: bool = Field(description="Whether I look after what is said here.")
    may_manage: bool = Field(description="Whether I may change it.")
    level: str = Field(description="How much I hear of it: follow, topics, track or mute.")
    topics: int | None = Field(description="null where I do not reach it.")
    posts: int | None
    last_said_at: datetime | None


class SpaceIn(Taken):
    name: Line
    description: Line = ""
    icon: Line = ""
    place: int = Field(100, ge=-1, le=100_000)
    circle_id: Number | None = Field(None, description="For those in a circle alone.")
    role_id: Number | None = Field(None, description="For those who have a role alone.")
    is_hidden: bool = False
    is_glass: bool = False
    is_sensitive: bool = False
    shape: Literal["topics", "room"] = "topics"


class SpaceChange(Taken):
    """What is not sent stays."""

    name: Line = ""
    description: Line = ""
    icon: Line = ""
    place: int = Field(100, ge=-1, le=100_000)
    circle_id: Number | None = None
    role_id: Number | None = None
    is_hidden: bool = False
    is_glass: bool = False
    is_sensitive: bool = False
    shape: Literal["topics", "room"] = "topics"


class TopicLineOut(Schema):
    id: int
    space_id: int
    kind: str = Field(description="conversation, question, announcement, decision, poll or room.")
    title: str
    author: str | None = Field(description="Who began it, by name; null where they have left.")
    begun_at: datetime
    posts: int = Field(description="The number of its newest post.")
    last_said_at: datetime
    is_pinned: bool
    answer: int | None = Field(description="The number of the post that answers a question.")
    closed_at: datetime | None
    tags: list[str]
    read_to: int | None = Field(
        description="The number up to which I have read; null where I never opened it."
    )
    level: str | None = Field(description="follow, normal or mute.")
    fresh: int = Field(description="How many posts are new to me.")


class TopicOut(Schema):
    id: int
    space_id: int
    is_direct: bool
    kind: str
    title: str
    posts: int
    is_pinned: bool
    answer: int | None
    closed_at: datetime | None
    closed_because: str
    is_open: bool = Field(description="Whether one can write in it now.")
    merged_into_id: int | None = Field(description="The topic into which it went.")
    tags: list[str]
    asks: int = Field(description="How many of its posts ask members for an answer.")
    read_to: int
    level: str | None
    is_mine: bool = Field(description="Whether I began it.")
    tends: bool = Field(description="Whether I look after it.")


class AuthorOut(Schema):
    member_id: int | None = Field(description="null for whoever is no member any more.")
    name: str | None
    voice: Literal["member", "steward", "organisation"] = Field(
        description="As whom it was written. Whoever wrote as the organisation is not named."
    )


class ReactionCount(Schema):
    emoji: str
    count: int
    is_mine: bool


class DeletedOut(Schema):
    at: datetime
    by_author: bool
    reason: str
    is_hidden: bool = Field(description="Reported, and hidden until somebody has looked.")


class PostOut(Schema):
    id: int
    topic_id: int
    number: int
    author: AuthorOut | None = Field(description="null where the post is gone.")
    at: datetime
    html: str = Field(description="Empty where the post is gone.")
    reply_to: int | None = Field(description="The number of the post that this one answers.")
    reply_topic_id: int | None = Field(description="The topic of that post, where it is another.")
    edits: int = Field(description="How often it was changed. Send it with a change.")
    deleted: DeletedOut | None
    moved_to_id: int | None = Field(description="The post that went from here to another topic.")
    is_blocked: bool = Field(description="Whether I blocked whoever wrote it.")
    reactions: list[ReactionCount]
    is_bookmarked: bool


class WholePostOut(Schema):
    id: int
    topic_id: int
    number: int
    author: AuthorOut | None
    at: datetime
    source: str = Field(
        description="Markdown, as it was written. Empty where the post is deleted, and for a token that may not read."
    )
    html: str
    edits: int
    deleted: DeletedOut | None
    reactions: list[ReactionCount]
    is_mine: bool
    tends: bool


class WrittenOut(Schema):
    post: WholePostOut | None = Field(description="null where it waits for a look by a steward.")
    is_held: bool = Field(description="Whether it was kept, and nobody reads it yet.")


class EditionOut(Schema):
    number: int
    source: str
    since: datetime = Field(description="From when it stood there, until the next one.")


class ReactionOut(Schema):
    id: int
    member_id: int
    name: str
    emoji: str
    at: datetime


class BookmarkOut(Schema):
    id: int
    post_id: int
    topic_id: int
    number: int
    title: str
    note: str
    at: datetime
    remind_at: datetime | None
    reminded_at: datetime | None


class RenderedOut(Schema):
    html: str


class TagOut(Schema):
    name: str


AS_ORGANISATION = Field(
    default=False,
    description="Write as the organisation: for those who may, with a token that has talk:speak too.",
)


class TopicIn(Taken):
    title: Line
    source: Source
    kind: Literal["conversation", "question", "announcement", "decision"] = "conversation"
    tags: Names = Field(default_factory=list)
    as_organisation: bool = AS_ORGANISATION


class PostIn(Taken):
    source: Source
    reply_to: PostNumber | None = None
    as_organisation: bool = AS_ORGANISATION


class PostChange(Taken):
    source: Source
    edits: int = Field(ge=0, le=100_000, description="How often it had been changed when you read it.")


class TitleIn(Taken):
    title: Line


class TagsIn(Taken):
    tags: Names


class TagIn(Taken):
    name: Line


class ReasonIn(Taken):
    reason: Line = ""


class SpaceOfTopicIn(Taken):
    space_id: Number


class SplitIn(Taken):
    numbers: list[PostNumber] = Field(max_length=1000, description="The posts that go.")
    title: Line | None = Field(None, description="Of the new topic.")
    to_topic_id: Number | None = Field(None, description="Or the topic that is there to which they go.")


class MergeIn(Taken):
    into_topic_id: Number


class ChosenAnswerIn(Taken):
    number: PostNumber


class LevelIn(Taken):
    level: Literal["follow", "track", "normal", "mute"]


class ReadIn(Taken):
    number: int = Field(ge=0, le=2_000_000_000, description="What comes after it is new to me.")


class ReadOut(Schema):
    read_to: int


class BookmarkIn(Taken):
    note: Line = ""
    remind_at: AwareDatetime | None = None


class RenderIn(Taken):
    source: Source
    topic_id: Number | None = Field(None, description="The topic whose readers can be named in it.")
    space_id: Number | None = Field(None, description="Or the space.")
