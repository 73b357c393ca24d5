"""What the API answers with, field by field. A field that is added is no new version; one that goes or changes is."""

from datetime import date, datetime

from ninja import Field, Schema
from pydantic import ConfigDict


class MemberOut(Schema):
    id: int
    name: str
    joined_at: datetime
    portrait: str | None = Field(description="The address of a small picture, for whoever is signed in.")


class CircleOut(Schema):
    id: int
    slug: str
    name: str
    description: str
    is_whole: bool = Field(description="Whether this is the whole community.")
    is_hidden: bool = Field(description="Whether only those inside know of it.")
    way_in: str = Field(description="How one comes in: invite, request or open.")
    vouches: int = Field(description="How many members have to vouch for whoever comes in.")
    ceiling: int | None = Field(description="The most members that it takes.")
    members: int = Field(description="How many are in it now.")
    made_at: datetime


class RoleOut(Schema):
    id: int
    circle_id: int
    key: str = Field(description="owner, steward or member for those that Porch makes; otherwise empty.")
    name: str
    description: str
    rights: list[str] = Field(description="Names of rights; * stands for every one.")
    holders: int = Field(description="How many members were given it; everyone has `member` without that.")


class MembershipOut(Schema):
    member_id: int
    joined_at: datetime


class MeOut(Schema):
    id: int
    name: str
    email: str | None
    created_at: datetime
    is_operator: bool
    membership: MembershipOut | None = Field(description="null for whoever does not belong.")


class Taken(Schema):
    """What an operation takes: what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid")


class MeIn(Taken):
    name: str = Field(max_length=1000, description="At most 80 characters are kept; more are refused.")


class RightOut(Schema):
    right: str = Field(description="Its name; * stands for every one.")
    role_id: int
    role: str
    circle_id: int
    everywhere: bool = Field(description="Whether it holds in every circle.")


class HoldingOut(Schema):
    table: str
    purpose: str
    rows: int


class TokenOut(Schema):
    name: str
    prefix: str
    kind: str = Field(description="personal or service.")
    scopes: list[str]
    expires_at: datetime
    last_used_on: date | None


class CircleCount(Schema):
    circle_id: int
    name: str
    members: int = Field(description="Who belongs to it now; whoever is away is among them.")
    away: int = Field(description="How many of them are suspended, or on a pause.")


class MonthCount(Schema):
    month: str = Field(description="In which they joined, as 2026-03, in the time zone of the community.")
    members: int


class MemberFigures(Schema):
    members: int = Field(description="Who belongs now; whoever is away is among them.")
    away: int = Field(description="How many of them are suspended, or on a pause.")
    circles: list[CircleCount]
    months: list[MonthCount]
