"""The verbs of one's own password, for who wants one."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import BadInput
from porch.people.account.telling import tell
from porch.people.identity.locking import locked
from porch.people.identity.models import Person
from porch.people.sessions.actions import end_sessions_of

LONGEST = 1000


class PasswordIsWeak(BadInput):
    text = _("%(why)s")


def set_password(*, person: Person, password: str, keep: int, browser: str, at: datetime) -> Person:
    """Set a password, unless it is one that would be guessed, and end every session but ``keep``."""
    try:
        if len(password) > LONGEST:
            raise ValidationError(_("That is longer than a password may be."))
        validate_password(password, person)
    except ValidationError as error:
        raise PasswordIsWeak(why=" ".join(error.messages)) from error
    # Hashing is slow on purpose: it is done before the lock is taken.
    hashed = make_password(password)
    return keep_password(
        person=person, hashed=hashed, change="password-set", keep=keep, browser=browser, at=at
    )


def remove_password(*, person: Person, keep: int, browser: str, at: datetime) -> Person:
    """Do without a password again."""
    hashed = make_password(None)
    return keep_password(
        person=person, hashed=hashed, change="password-removed", keep=keep, browser=browser, at=at
    )


@transaction.atomic
def keep_password(
    *, person: Person, hashed: str, change: str, keep: int, browser: str, at: datetime
) -> Person:
    """Write what is set, sign every other browser out, its live pages too, and tell of it."""
    person = locked(person)
    person.password = hashed
    person.save(update_fields=["password"])
    end_sessions_of(person=person, by=person, at=at, keep=keep)
    tell(person, change, browser=browser, at=at)
    return person
