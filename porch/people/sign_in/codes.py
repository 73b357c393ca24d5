"""Codes by mail: one use, one browser, five tries, a quarter of an hour, counted here and not in the session."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.core.internal.cryptokit import generate_user_code, normalize_user_code
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from porch.kit.ids import digest, new_token
from porch.kit.refusals import BadInput, Refusal
from porch.people.identity.models import Person
from porch.people.sign_in.models import MailedCode

LIFE = timedelta(minutes=15)
TRIES = 5
SIGN_IN, ADDRESS, CONFIRM, JOIN = "sign-in", "address", "confirm", "join"
# What an address can be proved for that nobody here has yet.
OF_STRANGERS = (JOIN,)


class CodeIsWrong(BadInput):
    text = _("That is not the code.")
    hint = _("Look at the newest letter. Tries left: %(left)s.")


class CodeIsSpent(Refusal):
    status = 410
    text = _("This code no longer works.")
    hint = _(
        "A code works once, within a quarter of an hour, in the browser that asked for it. Ask for a new one."
    )


@dataclass(frozen=True, slots=True)
class Issued:
    """A new code: the ticket stays with the browser that asked, the code goes out by mail."""

    ticket: str
    code: str


@transaction.atomic
def issue_code(*, purpose: str, person: Person | None, address: str, at: datetime) -> Issued:
    """Make a code; for nobody, one that fits nothing, so that nobody learns who is here.

    Whoever wants to join is nobody yet: their code fits, and their address is kept with it as long as it lasts.
    """
    MailedCode.objects.filter(expires_at__lte=at).delete()
    issued = Issued(new_token(), generate_user_code())
    MailedCode.objects.create(
        ticket=digest(issued.ticket),
        purpose=purpose,
        person=person,
        address=address if person or purpose in OF_STRANGERS else "",
        mac=mac_of(issued.ticket, issued.code),
        tries_left=TRIES,
        issued_at=at,
        expires_at=at + LIFE,
    )
    return issued


def spend_code(*, purpose: str, ticket: str, code: str, at: datetime) -> MailedCode:
    """Take a code out of use and give whose it was, or refuse and keep count."""
    found = try_code(purpose=purpose, ticket=ticket, code=code, at=at)
    if isinstance(found, Refusal):
        raise found
    return found


@transaction.atomic
def try_code(*, purpose: str, ticket: str, code: str, at: datetime) -> MailedCode | Refusal:
    """Hold a code against what went out. The refusal is given, not raised: the count of tries has to stay."""
    row = (
        MailedCode.objects.select_for_update(of=("self",))
        .filter(ticket=digest(ticket), purpose=purpose)
        .first()
    )
    if row is None or not row.is_open(at):
        return CodeIsSpent()
    fits = constant_time_compare(row.mac, mac_of(ticket, code))
    row.tries_left -= 1
    if fits and (row.person_id is not None or purpose in OF_STRANGERS):
        row.delete()
        return row
    if row.tries_left < 1:
        row.delete()
        return CodeIsSpent()
    row.save(update_fields=["tries_left"])
    return CodeIsWrong(left=row.tries_left)


def mac_of(ticket: str, code: str) -> str:
    """Hash a code with the key of this installation: the table alone does not tell it."""
    spelt = normalize_user_code(code[:40])
    return salted_hmac("porch.mailed-code", f"{ticket}:{spelt}", algorithm="sha256").hexdigest()
