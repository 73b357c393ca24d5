"""What the API takes and gives around coming in."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from porch.web.api.members import MOST_ID
from porch.web.api.shapes import Taken

MOST_IN_LIST = 10_000
Number = Annotated[int, Field(ge=1, le=MOST_ID)]
# A line of its own: what is refused is told by its place in the list.
OneLine = Annotated[str, Field(max_length=300, pattern=r"^[^\r\n]*$")]
Note = Annotated[
    str, Field(max_length=2000, description="Said to whoever is invited; at most 500 characters.")
]
Reason = Annotated[str, Field(max_length=2000)]


class InviteOut(Schema):
    id: int
    circle_id: int
    address: str = Field(description="Of a letter: to whom. Empty for a link.")
    note: str
    uses: int = Field(description="For how many people it is.")
    used: int
    by_member_id: int
    made_at: datetime
    expires_at: datetime
    state: str = Field(description="open, used, expired or revoked.")


class LinkOut(InviteOut):
    link: str = Field(description="Whoever has it comes in. It is told here, and never again.")


class LinkIn(Taken):
    circle_id: Number
    uses: int = Field(1, ge=1, le=1_000_000, description="For how many people it is.")
    days: int = Field(30, ge=1, le=10_000)
    note: Note = ""


class AddressesIn(Taken):
    circle_id: Number
    addresses: list[OneLine] = Field(min_length=1, max_length=MOST_IN_LIST)
    days: int = Field(30, ge=1, le=10_000)
    note: Note = ""


class RefusedAddress(Schema):
    position: int = Field(description="Its place in the list, from 1.")
    address: str
    reason: str


class ReportOut(Schema):
    invited: int
    left: int = Field(description="How many are left for later, because the number for a day was reached.")
    go_on_at: datetime | None = Field(description="When those can be sent again; null where none is left.")
    refused: list[RefusedAddress] = Field(description="The first thousand of those who were not invited.")
    refused_in_all: int


class RequestOut(Schema):
    id: int
    circle_id: int
    name: str = Field(description="Who asks.")
    way: str = Field(description="How they came: request, open or invite.")
    state: str = Field(description="asked, vouches, seat, admitted, declined, withdrawn or expired.")
    asked_at: datetime
    expires_at: datetime | None
    closed_at: datetime | None
    vouched: int = Field(description="How many vouch who count.")
    place: int | None = Field(description="On the waiting list; null for who does not stand there.")


class RequestAnswerOut(Schema):
    question: str
    text: str


class VouchOut(Schema):
    name: str
    at: datetime
    text: str
    counts: bool = Field(description="Whether the word of whoever vouched counts now.")


class WholeRequestOut(RequestOut):
    note: str
    reason: str = Field(description="What whoever decided gave as a reason.")
    answers: list[RequestAnswerOut]
    vouches: list[VouchOut]


class VouchableOut(Schema):
    id: int
    circle_id: int
    name: str = Field(description="Who wants in.")
    note: str
    asked_at: datetime
    vouched: int = Field(description="How many vouch who count.")
    vouches: int = Field(description="How many the circle wants.")
    mine: datetime | None = Field(description="Since when I vouch; null where I do not.")


class DecisionIn(Taken):
    decision: Literal["yes", "no", "reopen"]
    reason: Reason = Field("", description="Told to whoever asked; no needs one.")


class VouchIn(Taken):
    text: Reason = Field("", description="What you say for them; at most 500 characters.")
