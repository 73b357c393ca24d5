"""What the API takes and gives around profiles, notes and the register."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

from porch.web.api.members import MOST_ID
from porch.web.api.shapes import Taken


class FieldOut(Schema):
    id: int
    title: str
    purpose: str = Field(description="What it is asked for.")
    help: str
    kind: str = Field(description="line, text, choice, interests, place, hours, link or day.")
    choices: list[str]
    visibility: str = Field(description="Who sees an answer: nobody, stewards or members.")
    is_theirs_to_choose: bool = Field(description="Whether each member says who sees their answer.")


class AnswerOut(Schema):
    field_id: int
    title: str
    kind: str
    value: str
    visibility: str


class ProfileOut(Schema):
    member_id: int
    name: str
    answers: list[AnswerOut]


class AnswerIn(Taken):
    field_id: Annotated[int, Field(ge=1, le=MOST_ID)]
    value: str = Field(
        max_length=10_000,
        description="Empty removes it. A day is 03-14; hours are Europe/Lisbon; mon 18:00-20:00; tue 09:00-12:00.",
    )
    visibility: str = Field("", max_length=20, description="nobody, stewards or members.")


class ProfileIn(Taken):
    answers: list[AnswerIn] = Field(max_length=200)


class FoundOut(Schema):
    id: int
    name: str
    joined_at: datetime
    portrait: str | None
    about: list[str] = Field(description="What they show of their place and interests.")


class NoteOut(Schema):
    id: int
    text: str = Field(description="Empty where I had it removed.")
    by: str | None
    written_at: datetime
    answer: str
    answered_at: datetime | None
    removed_at: datetime | None


class PurposeOut(Schema):
    table: str
    purpose: str
    kept: str = Field(description="Why something stays when somebody is erased.")
    people: int | None
    rows: int | None
    counted_at: datetime | None
