"""What the API takes and gives around belonging: circles, tiers, payments, removals."""

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema
from pydantic import AwareDatetime

from porch.web.api.members import MOST_ID
from porch.web.api.shapes import Taken

Number = Annotated[int, Field(ge=1, le=MOST_ID)]
Text = Annotated[str, Field(max_length=5000)]
# Read by the verb's own reader, which says what is wrong with it.
Day = Annotated[str, Field(max_length=20, description="A day, as 2027-01-31.")]
Amount = Annotated[int, Field(ge=-MOST_ID, le=MOST_ID, description="In the smallest unit of the currency.")]


class CircleIn(Taken):
    name: Text
    description: Text = ""
    way_in: str = Field("invite", max_length=20, description="invite, request or open.")
    is_hidden: bool = False
    vouches: int = Field(0, ge=0, le=1_000_000)
    ceiling: int | None = Field(None, ge=1, le=MOST_ID)
    comes_in: bool = Field(True, description="Whether I am in it, so that somebody can vouch.")


class CircleChange(Taken):
    """What is not sent stays as it is."""

    name: Text = ""
    description: Text = ""
    way_in: str = Field("", max_length=20)
    is_hidden: bool = False
    vouches: int = Field(0, ge=0, le=1_000_000)
    ceiling: int | None = Field(None, ge=1, le=MOST_ID)


class KnockOut(Schema):
    outcome: str = Field(
        description="in; needs a request (on the page of the circle); or waits for a decision, vouches or a seat."
    )
    request_id: int | None = Field(description="With which I wait.")


class TierOut(Schema):
    id: int
    name: str
    opens: str
    price: int = Field(description="In the smallest unit of the currency.")
    currency: str
    period: str = Field(description="month, quarter, year or once.")
    grace_days: int
    retired_at: datetime | None
    circles: list[int] = Field(description="Those that it opens, of which I may know.")


class HeldTierOut(Schema):
    id: int
    member_id: int
    name: str
    tier_id: int
    since: date
    renews_on: date | None
    lapses_on: date | None
    is_ending: bool = Field(description="Whether it ends on its renewal date.")
    state: str = Field(description="active, grace or lapsed.")


class TierIn(Taken):
    tier_id: Number
    renews_on: Day | None = Field(None, description="Without it, one period from today.")
    reason: Text = ""


class SetTierOut(HeldTierOut):
    full: list[int] = Field(description="The circles of the tier in which there was no room.")


class PaymentOut(Schema):
    id: int
    amount: int = Field(description="In the smallest unit of the currency; below 0 for what was given back.")
    currency: str
    received_on: date
    reference: str
    note: str
    recorded_at: datetime
    is_taken_back: bool
    takes_back: int | None = Field(description="The payment against which it stands.")
    renewed_to: date | None


class PaymentIn(Taken):
    amount: Amount
    currency: str = Field(max_length=20)
    received_on: Day
    reference: Text = ""
    note: Text = ""
    renews: bool = Field(False, description="Whether it moves the renewal date on by one period.")


class RemovalOut(Schema):
    id: int
    name: str | None = Field(description="null where the person was erased.")
    at: datetime
    by: str | None
    reason: str
    message: str = Field(description="What the removed were told.")
    appeal_to: str
    expires_at: datetime | None
    lifted_at: datetime | None
    stands: bool


class RemovalIn(Taken):
    reason: Text = Field(description="For those who look after the community.")
    message: Text = Field(description="For whoever is removed, in a letter.")
    appeal_to: str = Field(max_length=300, description="An address.")
    expires_at: AwareDatetime | None = Field(description="null: until it is lifted.")


class SuspensionIn(Taken):
    until: AwareDatetime
    reason: Text = Field(description="Whoever is suspended reads it.")


class SuspensionOut(Schema):
    since: datetime
    until: datetime
    reason: str
