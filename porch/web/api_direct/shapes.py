"""What the API takes and gives around direct conversations and blocks."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from porch.web.api.shapes import Taken
from porch.web.api_talk.shapes import Line, Number, Source, WholePostOut


class ParticipantOut(Schema):
    member_id: int
    name: str
    is_in_it: bool = Field(description="false for whoever left it, or the community.")


class DirectOut(Schema):
    id: int = Field(description="Of its topic: what is said stands in its posts.")
    title: str = Field(description="Its name, or those of the others.")
    is_group: bool
    people: list[ParticipantOut]
    posts: int
    last_said_at: datetime
    read_to: int
    level: str | None
    fresh: int = Field(description="How many posts are new to me.")


class BegunOut(Schema):
    topic_id: int
    post: WholePostOut


class BlockOut(Schema):
    id: int
    name: str | None = Field(description="null where they are gone.")
    at: datetime
    rests: bool = Field(description="Whether it rests, as they look after the whole community.")


class WhoMayWriteOut(Schema):
    who: str = Field(description="Who may begin a direct conversation with me: everyone, circles or nobody.")


class DirectIn(Taken):
    member_ids: list[Number] = Field(max_length=100)
    source: Source


class NameIn(Taken):
    name: Line = Field(description="Empty: it is called by the names of the others.")


class BlockIn(Taken):
    member_id: Number


class WhoMayWriteIn(Taken):
    who: Literal["everyone", "circles", "nobody"]
