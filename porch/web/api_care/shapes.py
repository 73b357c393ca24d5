"""What the API takes and gives around keeping the place safe."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from porch.web.api.shapes import Taken
from porch.web.api_talk.shapes import Line

Reason = Literal["spam", "abuse", "private", "illegal", "off-topic", "other"]


class ReportIn(Taken):
    why: Reason
    words: Line = ""


class MyReportOut(Schema):
    id: int
    post_id: int
    why: str
    words: str
    at: datetime
    outcome: str = Field(description="open, upheld or declined.")


class SafetyEntry(Schema):
    id: int
    at: datetime
    what: str
    why: str
    posts: int = Field(description="How many posts it was about.")
    is_by_itself: bool = Field(description="By reports alone.")


class StandingOut(Schema):
    level: str = Field(description="new, member, trusted or steward.")
    posts_an_hour: int
    posts_a_day: int
    topics_a_day: int
    links: int = Field(description="In one post.")
    mentions: int
    pictures: int
    reports_a_day: int


class HeldOut(Schema):
    id: int
    space_id: int
    topic_id: int | None = Field(description="null where it would begin a topic.")
    title: str
    source: str
    at: datetime
    state: str = Field(description="waiting, approved, declined or withdrawn.")
    reason: str
    post_id: int | None = Field(description="The post that it became.")


class CaseOut(Schema):
    person_id: int
    name: str
    since: datetime
    held: int = Field(description="Posts that wait to be written.")
    reported: int = Field(description="Posts that were reported.")
    hidden: int = Field(description="How many of these are hidden until somebody has looked.")
    spaces: list[str]


class CaseReport(Schema):
    at: datetime
    by: str = Field(description="Who reported it, which they were told before.")
    why: str
    words: str
    said: str = Field(description="What the post said then.")


class CasePost(Schema):
    post_id: int
    topic_id: int | None = Field(description="null in a direct conversation, as number and at.")
    number: int | None
    source: str = Field(
        description="What it says; in a direct conversation what it said when it was reported."
    )
    at: datetime | None
    is_hidden: bool
    reports: list[CaseReport]


class CaseHeld(Schema):
    id: int
    space_id: int
    topic_id: int | None
    title: str
    source: str
    at: datetime
    signals: list[str] = Field(description="What looks like spam in it.")


class WholeCaseOut(Schema):
    person_id: int
    name: str
    held: list[CaseHeld]
    reported: list[CasePost]
    burst: int = Field(description="How many posts of the last three days still stand.")


class SentenceIn(Taken):
    kind: Literal["warning", "silence", "suspension", "removal"]
    why: Reason
    message: Line = Field(description="What they are told.")
    until: AwareDatetime | None = Field(
        None, description="A silence and a suspension have an end; a warning none."
    )


class VerdictIn(Taken):
    verdict: Literal["stand", "remove"]
    why: Reason | None = Field(None, description="remove needs it, and stand has none.")
    reason: Line = ""
    whole_burst: bool = Field(
        False, description="Whether the rest of their last three days goes too; with remove alone."
    )
    sentence: SentenceIn | None = Field(
        None,
        description="A sanction in the same step, with remove alone: the token needs sanctions:write too.",
    )


class DecisionOut(Schema):
    id: int
    person_id: int | None
    name: str | None
    by: str | None
    at: datetime
    verdict: str
    why: str
    reason: str
    strike_id: int | None
    undone_at: datetime | None


class StrikeOut(Schema):
    id: int
    kind: str
    why: str
    message: str
    at: datetime
    until: datetime | None
    expires_at: datetime = Field(description="When it no longer counts.")
    lifted_at: datetime | None
    has_appeal: bool


class AppealIn(Taken):
    words: str = Field(max_length=10_000, description="At most 2,000 characters.")


class AppealOut(Schema):
    strike_id: int
    name: str = Field(description="Who appeals.")
    decided_by: str | None = Field(description="Who decided before.")
    kind: str
    why: str
    message: str
    words: str
    at: datetime
    decided_at: datetime | None
    is_lifted: bool
    answer: str


class AppealDecisionIn(Taken):
    is_lifted: bool
    answer: str = Field(max_length=10_000, description="At most 2,000 characters.")


class SlowIn(Taken):
    seconds: int = Field(ge=0, le=1_000_000, description="Between two posts of a member; 0 for none.")
