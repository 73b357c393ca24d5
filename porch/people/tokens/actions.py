"""The verbs of tokens. They note no facts: nothing is measured by them, and no open page waits for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from porch.engine.audit.recording import record
from porch.kit.ids import digest, new_token
from porch.kit.locks import take_turns
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.text import clean_line
from porch.people.account.telling import tell
from porch.people.identity.locking import locked
from porch.people.identity.models import Person
from porch.people.identity.operators import require_operator
from porch.people.tokens.acts import MADE, REVOKED
from porch.people.tokens.models import ApiToken
from porch.people.tokens.scopes import offered

# What a token begins with says whose it is, to people and to programs that look for lost secrets.
PERSONAL, SERVICE = "porch_p_", "porch_s_"
SHOWN = 12
LONGEST_NAME = 60
USUAL_DAYS, MOST_DAYS = 90, 365
# How many work at once: each is one more secret that can be lost.
MOST_PERSONAL, MOST_SERVICE = 20, 50


class NoSuchScope(BadInput):
    text = _("A token needs at least one of the scopes that there are.")
    hint = _("Choose what it may be used for.")


class LifeDoesNotFit(BadInput):
    text = _("A token works for 1 to %(most)s days.")
    hint = _("Choose a number of days within that. A new token can follow.")


class TooManyTokens(Conflict):
    text = _("There are %(most)s tokens already.")
    hint = _("Revoke one that is no longer needed, and try again.")


@dataclass(frozen=True, slots=True)
class Made:
    """A new token with its secret, which is shown once and stored nowhere."""

    token: ApiToken
    secret: str


@transaction.atomic
def make_token(
    *, person: Person, name: str, scopes: Collection[str], days: int = USUAL_DAYS, browser: str, at: datetime
) -> Made:
    """Make a token by which a program acts for its person. A letter tells them."""
    person = locked(person)
    if not person.is_active:
        raise NotFound
    require_room(ApiToken.objects.filter(person=person), MOST_PERSONAL, at)
    made = create(PERSONAL, name, scopes, days, at, person=person)
    tell(person, "token-made", made.token.name, browser=browser, at=at)
    return made


@transaction.atomic
def make_service_token(
    *, name: str, scopes: Collection[str], days: int = USUAL_DAYS, by: Person, at: datetime
) -> Made:
    """Make a token that belongs to the house."""
    require_operator(by)
    take_turns("service tokens")
    require_room(ApiToken.objects.filter(person=None), MOST_SERVICE, at)
    made = create(SERVICE, name, scopes, days, at, made_by=by)
    record(MADE, by_id=by.pk, at=at, token_id=made.token.pk)
    return made


@transaction.atomic
def revoke_token(*, token_id: int, by: Person, at: datetime) -> None:
    """Revoke one of one's own tokens; one that is revoked already stays so. Raises ``NotFound``."""
    end(ApiToken.objects.select_for_update().filter(pk=token_id, person=by).first(), at)


@transaction.atomic
def revoke_service_token(*, token_id: int, by: Person, at: datetime) -> None:
    """Revoke a token of the house. Raises ``NotFound``."""
    require_operator(by)
    if end(ApiToken.objects.select_for_update().filter(pk=token_id, person=None).first(), at):
        record(REVOKED, by_id=by.pk, at=at, token_id=token_id)


@transaction.atomic
def hand_back(*, token_id: int, at: datetime) -> None:
    """Revoke a token by itself: whoever finds one can take it out of use."""
    token = ApiToken.objects.select_for_update().filter(pk=token_id).first()
    if end(token, at) and token is not None and token.person_id is None:
        record(REVOKED, by_id=None, at=at, token_id=token_id)


def create(begin: str, name: str, scopes: Collection[str], days: int, at: datetime, **whose: Person) -> Made:
    """Check what was asked for, and keep the token."""
    known = [each.name for each in offered(for_house=begin == SERVICE)]
    if not scopes or not set(scopes) <= set(known):
        raise NoSuchScope
    if not 1 <= days <= MOST_DAYS:
        raise LifeDoesNotFit(most=MOST_DAYS)
    secret = begin + new_token()
    token = ApiToken.objects.create(
        digest=digest(secret),
        prefix=secret[:SHOWN],
        name=clean_line(name, most=LONGEST_NAME, name=_("name")),
        scopes=" ".join(each for each in known if each in scopes),
        made_at=at,
        expires_at=at + timedelta(days=days),
        **whose,
    )
    return Made(token, secret)


def require_room(found: QuerySet[ApiToken], most: int, at: datetime) -> None:
    """Refuse where enough of these work; asked under a lock."""
    if found.filter(revoked_at=None, expires_at__gt=at).count() >= most:
        raise TooManyTokens(most=most)


def end(token: ApiToken | None, at: datetime) -> bool:
    """Revoke a token that was read for that; say whether it worked until now."""
    if token is None:
        raise NotFound
    if token.revoked_at is not None:
        return False
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    return True


def write_used(*, token_id: int, at: datetime) -> None:
    """Write on which day a token was used: once a day, and no time."""
    ApiToken.objects.filter(pk=token_id).update(last_used_on=at.date())
