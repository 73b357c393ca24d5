"""What is given to those who search."""

from datetime import datetime

from ninja import Field, Schema


class PieceOut(Schema):
    text: str
    is_hit: bool = Field(description="Whether it is what was sought.")


class FoundPostOut(Schema):
    id: int
    topic_id: int
    number: int
    kind: str
    is_answer: bool = Field(description="Whether it answers a question.")
    space: str
    author: str | None
    at: datetime
    title: list[PieceOut]
    excerpt: list[PieceOut]


class SearchOut(Schema):
    items: list[FoundPostOut]
    next: str | None = Field(description="The cursor of the next part; null at the end.")
    problems: list[str] = Field(description="What could not be understood of what was asked.")
