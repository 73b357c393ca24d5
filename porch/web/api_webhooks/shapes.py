"""What the API takes and gives around webhooks."""

from datetime import datetime

from ninja import Field, Schema

from porch.web.api.shapes import Taken
from porch.web.api_talk.shapes import Line

Kinds = list[str]
KINDS_ARE = "Kinds of events, such as post.written; those that there are stand in `offered` of the list."


class WebhookOut(Schema):
    id: int
    name: str
    url: str
    kinds: Kinds
    is_on: bool
    made_at: datetime
    failing_since: datetime | None = Field(description="Since when every attempt failed.")
    off_because: str = Field(description="Why Porch switched it off, if it did.")


class WebhooksOut(Schema):
    items: list[WebhookOut]
    offered: Kinds = Field(description="The kinds of events that there are.")


class WebhookIn(Taken):
    name: Line
    url: str = Field(max_length=4000, description="It begins with https://.")
    kinds: Kinds = Field(max_length=100, description=KINDS_ARE)


class WebhookChange(Taken):
    """What is not sent stays."""

    name: Line = ""
    url: str = Field("", max_length=4000)
    kinds: Kinds = Field(default_factory=list, max_length=100, description=KINDS_ARE)


class SwitchIn(Taken):
    is_on: bool


class SecretOut(Schema):
    secret: str = Field(description="By which its messages are signed. That it was read is in the audit.")
    old_until: datetime | None = Field(description="Until when the secret before signs too.")


class MessageOut(Schema):
    id: int
    kind: str = Field(description="The kind of event.")
    message_id: str = Field(description="The same in every attempt: whoever gets it twice knows it.")
    state: str = Field(description="queued, sending, accepted, excluded, failed, uncertain or kept.")
    reason: str = Field(description="Why it failed or was left out.")
    answer: str = Field(description="What the other side said.")
    attempts: int
    queued_at: datetime
