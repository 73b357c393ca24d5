"""What the API takes and gives around notices and drafts."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from porch.web.api.shapes import Taken
from porch.web.api_talk.shapes import Line

Pace = Literal["at-once", "hourly", "daily", "weekly", "never"]
Clock = Annotated[str, Field(max_length=5, description="Hours and minutes, such as 22:00; empty for none.")]


class NoticeOut(Schema):
    id: int
    kind: str = Field(
        description="followed, announcement, broadcast, reply, mention, direct, asked or reminder."
    )
    what: str = Field(description="What happened, in words.")
    words: str = Field(description="How the post begins.")
    post_id: int
    topic_id: int
    number: int
    title: str
    at: datetime
    is_new: bool


class NoticeGroupOut(Schema):
    topic_id: int
    title: str
    space: str
    many: int = Field(description="How many posts: the new ones, where there are any.")
    names: list[str] = Field(description="Who wrote them: two at most, whoever wrote last first.")
    others: int = Field(description="How many others wrote.")
    what: str = Field(description="The same in words.")
    words: str = Field(description="How the post begins, where there is only one.")
    first: int = Field(description="The number of the first new post; of the last, where none is new.")
    at: datetime
    is_new: bool


class ChoicesOut(Schema):
    followed: Pace
    announcement: Pace
    reply: Pace
    mention: Pace
    direct: Pace
    asked: Pace
    reminder: Pace
    zone: str = Field(description="By whose clocks the quiet hours are; empty: those of the community.")
    quiet_from: str
    quiet_to: str


class ChoicesIn(Taken):
    """What is not sent stays."""

    followed: Pace = "daily"
    announcement: Pace = "at-once"
    reply: Pace = "at-once"
    mention: Pace = "at-once"
    direct: Pace = "at-once"
    asked: Pace = "at-once"
    reminder: Pace = "at-once"
    zone: Line = ""
    quiet_from: Clock = ""
    quiet_to: Clock = ""


class SpaceLevelIn(Taken):
    level: Literal["follow", "topics", "track", "mute"] = Field(
        description="follow: be told of every post; topics: of new topics; track: count what is new; mute."
    )


class DraftOut(Schema):
    id: int
    topic_id: int | None = Field(description="The topic in which it is written.")
    space_id: int | None = Field(description="Or the space in which it would begin a topic.")
    title: str
    kind: str
    source: str
    beside: str = Field(description="What another device wrote that had not seen this.")
    version: int
    at: datetime


class DraftIn(Taken):
    source: str = Field(max_length=200_000)
    title: Line = Field("", description="Of a new topic.")
    kind: Literal["", "conversation", "question", "announcement", "decision"] = ""
    version: int = Field(0, ge=0, le=2_000_000_000, description="The version that you saw; 0 for none.")


class KeptOut(Schema):
    version: int = Field(description="Send it with the next wording; 0 where nothing is kept.")
    is_beside: bool = Field(description="Whether another device was first, and both wordings are kept.")


class DeviceOut(Schema):
    id: int
    name: str
    made_at: datetime


class DevicesOut(Schema):
    items: list[DeviceOut]
    key: str = Field(description="The public key of this Porch (VAPID), for the subscription.")


class DeviceIn(Taken):
    name: Line = Field("", description="What I call it.")
    endpoint: str = Field(max_length=2000, description="The address at its push service.")
    p256dh: str = Field(max_length=200, description="Its public key.")
    auth: str = Field(max_length=100, description="Its secret.")


class BroadcastOut(Schema):
    topic_id: int
    at: datetime = Field(description="When it was sent to all.")
