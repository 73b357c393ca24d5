"""The verbs of identity: appoint an owner, issue a sign-in link, redeem it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.engine.audit.recording import record
from porch.kit.ids import digest, new_token
from porch.kit.locks import take_turns
from porch.kit.refusals import Refusal
from porch.people.identity.acts import OWNER_LINK_MADE
from porch.people.identity.models import Operator, Person, SignInLink
from porch.people.identity.operators import appoint_operator, enter_person

LINK_LIFE = timedelta(hours=1)


class LinkIsSpent(Refusal):
    """One answer for a link that was guessed, used, or left too long: the three must look alike."""

    status = 410
    text = _("This link no longer works.")
    hint = _("A link signs in once, and only within an hour. Ask for a new one where you got this one.")


@transaction.atomic
def appoint_owner(*, at: datetime) -> Person:
    """Find the first operator, or make one: a house without an owner gets a person named Owner."""
    take_turns("owner")
    first = (
        Operator.objects.filter(person__is_active=True)
        .select_related("person")
        .order_by("since", "pk")
        .first()
    )
    if first is not None:
        return first.person
    owner = enter_person(name=str(_("Owner")), at=at)
    appoint_operator(person=owner, by=None, at=at)
    return owner


@transaction.atomic
def issue_sign_in_link(*, person: Person, at: datetime) -> str:
    """Make a link for one person on the command line, and give its secret, which is stored nowhere."""
    SignInLink.objects.filter(expires_at__lte=at).delete()
    token = new_token()
    SignInLink.objects.create(digest=digest(token), person=person, issued_at=at, expires_at=at + LINK_LIFE)
    record(OWNER_LINK_MADE, by_id=None, about_id=person.pk, at=at)
    return token


def redeem_sign_in_link(*, token: str, at: datetime) -> Person:
    """Spend a link and give the person it was made for. Of two who try at once, one gets in."""
    # Looked up first without a transaction: whoever only guesses must not hold the one lock for writing.
    if not SignInLink.objects.filter(digest=digest(token)).exists():
        raise LinkIsSpent
    return spend_link(token=token, at=at)


@transaction.atomic
def spend_link(*, token: str, at: datetime) -> Person:
    """Take a link out of use, or refuse."""
    link = (
        SignInLink.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(digest=digest(token))
        .first()
    )
    if link is None or not link.is_open(at) or not link.person.is_active:
        raise LinkIsSpent
    link.delete()
    return link.person
