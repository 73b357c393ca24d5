"""The gate of the API: each operation says what it needs, and each request is held to that before anything is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from math import ceil
from typing import ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from porch.community.away.coming_back import is_just_back
from porch.community.membership.reads import is_member
from porch.community.roles.reads import rights_of
from porch.community.roles.rights import Right
from porch.community.roles.rules import NeedsRight, circles_with, require
from porch.kit.ids import digest
from porch.kit.refusals import BadInput, Conflict, NotAllowed, Refusal
from porch.kit.time import now
from porch.people.identity.models import Person
from porch.people.sign_in import limits
from porch.people.sign_in.limits import API_READS, API_WRITES, WRONG_TOKENS, Rate, TooManyTries
from porch.people.tokens.actions import PERSONAL, SERVICE, write_used
from porch.people.tokens.reads import TokenRow, find_token
from porch.people.tokens.scopes import Scope

READING = ("GET", "HEAD")
# Names under which programs are wont to put a token into an address.
IN_ADDRESS = frozenset({"access_token", "api_key", "apikey", "key", "token"})


class NoToken(Refusal):
    status = 401
    text = _("This needs a token.")
    hint = _("Make one in your account, and send it as Authorization: Bearer TOKEN.")
    challenge: ClassVar[str] = 'Bearer realm="Porch"'


class TokenDoesNotWork(Refusal):
    """One answer for a token that was guessed, revoked or left too long: nobody learns which."""

    status = 401
    text = _("This token does not work.")
    hint = _("It is mistyped, expired or revoked. Your account lists the tokens that work.")
    challenge: ClassVar[str] = 'Bearer realm="Porch", error="invalid_token"'


class DoesNotFit(BadInput):
    text = _("Something in this request does not fit.")
    hint = _("`errors` names each field and says why.")

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__()
        self.errors = errors


class WasChanged(Conflict):
    """That something was changed meanwhile. ``current`` is what stands there now, ``yours`` what was sent."""

    text = _("This was changed while you were changing it.")
    hint = _("`current` holds both wordings: take over what you need, and send yours again with its edits.")

    def __init__(self, current: Mapping[str, object]) -> None:
        super().__init__()
        self.current = current


class TokenInAddress(Refusal):
    status = 400
    text = _("A token does not belong in an address.")
    hint = _(
        "Addresses are kept in logs. Revoke that token, and send a new one as Authorization: Bearer TOKEN."
    )


class InsufficientScope(NotAllowed):
    text = _("This token lacks the scope %(scope)s.")
    hint = _("Scopes are chosen when a token is made. Make one that has it.")
    challenge: ClassVar[str] = 'Bearer realm="Porch", error="insufficient_scope", scope="%(scope)s"'


class MembersOnly(NotAllowed):
    text = _("This is for members.")
    hint = _("Whose token this is does not belong to the community.")


class OperatorsOnly(NotAllowed):
    text = _("This is for those who run the server.")


class PersonalTokenOnly(NotAllowed):
    text = _("A service token is nobody, so there is nothing of its own here.")
    hint = _("Use the token of a person.")


class TooManyRequests(Refusal):
    status = 429
    text = _("This token asked too often.")
    hint = _("A token can ask %(most)s times a minute for this. Try again in %(seconds)s s.")


class Whom(Enum):
    """For whom an operation is: any token, those of people, of members, of members and the house, or of operators."""

    ANY = auto()
    PERSON = auto()
    MEMBER = auto()
    INSIDE = auto()
    OPERATOR = auto()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and when: a token, and its person where it has one."""

    token: TokenRow
    person: Person | None
    at: datetime

    @property
    def someone(self) -> Person:
        """Give the person. Raises ``PersonalTokenOnly``."""
        if self.person is None:
            raise PersonalTokenOnly
        return self.person

    @property
    def person_id(self) -> int | None:
        return self.token.person_id


class ApiRequest(HttpRequest):
    """A request that came through the gate."""

    auth: Caller
    # What is left of the rate, for the headers of the answer.
    rate_left: "Left"
    # What is wrong with it before it is read.
    unfit: Refusal | None
    # Whether it was answered with what was answered before.
    is_repeated: bool


@dataclass(frozen=True, slots=True)
class Left:
    most: int
    left: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Also:
    """A scope that an operation asks for besides in some cases, the right it goes with, and words for the case."""

    scope: Scope
    right: Right
    when: str


@dataclass(frozen=True)
class Needs:
    """What an operation needs of a token: a scope, somebody it is for, and of a person's token, a right of theirs.

    ``somewhere`` is enough in any circle: the operation asks in which. A service token has no rights but its scopes.
    What is costly counts as a write. What it needs ``also`` it asks itself, as not every request does.
    """

    scope: Scope | None
    whom: Whom = Whom.ANY
    right: Right | None = None
    somewhere: Right | None = field(default=None, kw_only=True)
    is_costly: bool = field(default=False, kw_only=True)
    also: Also | None = field(default=None, kw_only=True)

    def __call__(self, request: ApiRequest) -> Caller:
        """Let a request in, or refuse it."""
        at = now()
        rate = API_READS if request.method in READING and not self.is_costly else API_WRITES
        secret = read_secret(request)
        row = find_token(secret, rate=rate, at=at)
        if row is None:
            limits.count(WRONG_TOKENS, limits.place_of(request.META.get("REMOTE_ADDR", "")), at=at)
            raise TokenDoesNotWork
        request.rate_left = spend(row, secret, rate, at)
        if row.last_used_on != at.date():
            write_used(token_id=row.id, at=at)
        self.require(row, at)
        if request.unfit is not None:
            raise request.unfit
        return Caller(row, row.person, at)

    def require(self, row: TokenRow, at: datetime) -> None:
        """Refuse a token that may not do this."""
        if self.scope is not None and self.scope.name not in row.scopes.split():
            raise InsufficientScope(scope=self.scope.name)
        if self.whom in (Whom.PERSON, Whom.MEMBER, Whom.OPERATOR) and row.person_id is None:
            raise PersonalTokenOnly
        if row.person is None:
            return
        try:
            self.require_of(row.person)
        except NotAllowed:
            # Looked at twice, as at the door of a page: their suspension may just have ended.
            if not is_just_back(row.person, at=at):
                raise
            self.require_of(row.person)

    def require_of(self, person: Person) -> None:
        """Refuse a person who may not do this. Raises ``MembersOnly``, ``OperatorsOnly``, ``NeedsRight``."""
        if self.whom in (Whom.MEMBER, Whom.INSIDE) and not is_member(person.pk):
            raise MembersOnly
        if self.whom is Whom.OPERATOR and not person.is_operator:  # type: ignore[attr-defined]  # as read with the token
            raise OperatorsOnly
        if self.right is not None:
            require(person.pk, self.right)
        if self.somewhere is None:
            return
        if circles_with(rights_of(person.pk), self.somewhere) == frozenset():
            raise NeedsRight


def read_secret(request: HttpRequest) -> str:
    """Read the token that a request bears. Raises ``NoToken`` and ``TokenInAddress``."""
    for name, values in request.GET.lists():
        if name.lower() in IN_ADDRESS or any(each.startswith((PERSONAL, SERVICE)) for each in values):
            raise TokenInAddress
    scheme, _space, secret = str(request.META.get("HTTP_AUTHORIZATION", "")).partition(" ")
    if scheme.lower() != "bearer":
        raise NoToken
    return secret.strip(" ")


def spend(row: TokenRow, secret: str, rate: Rate, at: datetime) -> Left:
    """Count a request of a token, or refuse it. Raises ``TooManyRequests``."""
    until, used = row.until, row.count or 0
    if until is None or not at < until <= at + rate.per + limits.A_MOMENT:
        until, used = at + rate.per, 0
    seconds = max(1, ceil((until - at) / timedelta(seconds=1)))
    # Whoever is refused only reads, and does not hold up those who write.
    if used >= rate.most:
        raise TooManyRequests(most=rate.most, seconds=seconds)
    try:
        limits.count_on(rate, digest(secret), at=at)
    except TooManyTries as refused:
        raise TooManyRequests(most=rate.most, seconds=refused.values["seconds"]) from refused
    return Left(rate.most, rate.most - used - 1, seconds)
