"""What the API takes and gives around polls, asks and rituals."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from porch.web.api.shapes import Taken
from porch.web.api_talk.shapes import Line, Names, Number, Source


class OptionOut(Schema):
    id: int
    text: str
    is_mine: bool = Field(description="Whether I chose it.")
    votes: int | None = Field(description="null as long as the result is not shown.")


class TurnoutOut(Schema):
    voted: int = Field(description="How many of those who can read it have voted.")
    reached: int = Field(description="How many can read it.")
    others: int = Field(description="Votes of those who no longer can.")
    counted_at: datetime | None = Field(description="When it was counted for good.")


class PollOut(Schema):
    topic_id: int
    options: list[OptionOut]
    most: int = Field(description="How many options one can choose.")
    is_secret: bool
    closes_at: datetime | None
    closed_at: datetime | None
    is_over: bool
    has_voted: bool = Field(description="Whether I voted.")
    voters: int
    turnout: TurnoutOut


class BallotOut(Schema):
    id: int
    member_id: int
    name: str
    options: list[str]


class PollIn(Taken):
    title: Line
    source: Source
    options: Names
    most: int = Field(1, ge=0, le=1000)
    is_secret: bool = False
    closes_at: AwareDatetime | None = None
    as_organisation: bool = Field(False, description="For those who may speak for the organisation.")


class VoteIn(Taken):
    option_ids: list[Number] = Field(max_length=100)


class AskOut(Schema):
    id: int
    post_id: int
    number: int = Field(description="The number of the post that asks.")
    at: datetime
    until: datetime
    asked: int = Field(description="How many were asked. That list stays as it was.")
    in_time: int = Field(description="How many answered by then.")
    late: int
    declined: int
    reminded_at: datetime | None
    is_asked: bool = Field(description="Whether I was asked.")
    answered_at: datetime | None = Field(description="When I answered.")
    declined_at: datetime | None = Field(description="When I said that I have no answer.")


class AskedOut(Schema):
    id: int
    member_id: int | None = Field(description="null for whoever is no member any more.")
    name: str | None
    answered_at: datetime | None
    answer_id: int | None = Field(description="The post that is the answer.")
    declined_at: datetime | None


class WaitingOut(Schema):
    id: int
    post_id: int
    topic_id: int
    number: int
    title: str
    by: str | None = Field(description="Who asks, by name.")
    until: datetime


class AskIn(Taken):
    until: AwareDatetime
    circle_id: Number | None = Field(
        None, description="Those in a circle; without any of the three, everyone."
    )
    role_id: Number | None = Field(None, description="Those who have a role.")
    names: Names = Field(
        default_factory=list, description="Members by name, each of which only one may have."
    )


class AskAnswerIn(Taken):
    post_id: Number | None = Field(description="The post that counts as my answer; null: I have none.")


class BeatOut(Schema):
    due_at: datetime
    state: str = Field(description="due, kept, late or missed.")
    topic_id: int | None


class RitualOut(Schema):
    id: int
    space_id: int
    title: str = Field(description="With {n} where the number stands.")
    source: str
    every: str
    weekday: int
    nth: int
    day: int
    minute: int = Field(description="Minutes after midnight, by the clocks of the house.")
    grace_hours: int
    number: int = Field(description="The number of the last one.")
    opens_itself: bool
    keeper: str | None
    next_at: datetime | None
    paused_at: datetime | None
    ended_at: datetime | None
    beats: list[BeatOut] = Field(description="Its last twelve times, the oldest first.")


class RitualIn(Taken):
    title: Line
    source: Source
    every: Literal["week", "two-weeks", "month-weekday", "month-day"]
    minute: int = Field(540, ge=0, le=1439, description="Minutes after midnight, by the clocks of the house.")
    weekday: int = Field(0, ge=0, le=6, description="0 is Monday.")
    nth: int = Field(1, ge=-1, le=4, description="Which of the month; -1 is the last.")
    day: int = Field(1, ge=1, le=31, description="Of the month, at most 28.")
    grace_hours: int = Field(24, ge=0, le=100_000)
    first_number: int = Field(1, ge=0, le=2_000_000_000)
    keeper: Line = Field("", description="The name of the member who opens it; empty: it opens by itself.")


class OpeningIn(Taken):
    source: Source = ""


class StateIn(Taken):
    state: Literal["running", "paused", "ended"]
