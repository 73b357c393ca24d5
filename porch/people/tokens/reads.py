"""The token of a request, whose it is, and how often it asked: one query."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery

from porch.kit.ids import digest
from porch.kit.prepared import Prepared
from porch.people.identity.backend import COLUMNS, as_person
from porch.people.identity.models import Operator, Person
from porch.people.sign_in.limits import Rate, key_of
from porch.people.sign_in.models import Tally
from porch.people.tokens.models import ApiToken

SHAPE = re.compile(r"porch_[ps]_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token that works; the person's cells are empty where it is the house's. ``count`` is that of its tally."""

    id: int
    name: str
    prefix: str
    scopes: str
    expires_at: datetime
    last_used_on: date | None
    person_id: int | None
    person__id: int | None
    person__password: str | None
    person__email: str | None
    person__name: str | None
    person__created_at: datetime | None
    person__is_active: bool | None
    is_operator: bool
    count: int | None
    until: datetime | None

    @property
    def person(self) -> Person | None:
        """Give whose it is."""
        if self.person_id is None:
            return None
        return as_person([getattr(self, f"person__{name}") for name in COLUMNS], self.is_operator)


def _working(digest: Any, tally: Any, at: Any) -> Any:
    counted = Tally.objects.filter(key=tally)
    return (
        ApiToken.objects.select_related("person")
        .filter(digest=digest, revoked_at=None, expires_at__gt=at)
        .filter(Q(person=None) | Q(person__is_active=True))
        .annotate(
            is_operator=Exists(Operator.objects.filter(person=OuterRef("person"))),
            count=Subquery(counted.values("count")),
            until=Subquery(counted.values("until")),
        )
    )


WORKING_TOKEN = Prepared(_working, TokenRow, digest=CharField(), tally=CharField(), at=DateTimeField())


def find_token(secret: str, *, rate: Rate, at: datetime) -> TokenRow | None:
    """Find the token of a secret, if it works at this moment, with how often it asked by one rate."""
    if not SHAPE.fullmatch(secret):
        return None
    hashed = digest(secret)
    return WORKING_TOKEN.first(digest=hashed, tally=key_of(rate, hashed), at=at)


def tokens_of(person_id: int) -> QuerySet[ApiToken]:
    """Give somebody's tokens that are not revoked, the newest first."""
    return ApiToken.objects.filter(person_id=person_id, revoked_at=None).order_by("-id")


def service_tokens() -> QuerySet[ApiToken]:
    """Give the tokens of the house that are not revoked, the newest first."""
    made_by_operator = Exists(Operator.objects.filter(person=OuterRef("made_by")))
    found = ApiToken.objects.filter(person=None, revoked_at=None).select_related("made_by")
    return found.annotate(is_by_operator=made_by_operator).order_by("-id")
