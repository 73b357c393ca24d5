"""Double opt-in: somebody enters an address, a link goes there, and only whoever opens it says yes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from porch.kit.ids import digest, new_token
from porch.kit.refusals import Refusal
from porch.people.consent.actions import give_consent, look_up
from porch.people.consent.models import Consent, Proof
from porch.people.consent.subjects import Subject, address_subject
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter
from porch.people.opt_in.models import ConsentRequest

LIFE = timedelta(days=3)
# Whoever enters somebody else's address again and again fills no mailbox with it.
NOT_AGAIN_FOR = timedelta(minutes=10)


class RequestIsOver(Refusal):
    """One answer for a link that was guessed, used, or left too long: the three must look alike."""

    status = 410
    text = _("This link no longer works.")
    hint = _("It says yes once, and only within three days. Ask for a new one where you got this one.")


@transaction.atomic
def ask_for_consent(*, address: str, purpose: str, wording: int, source: str, at: datetime) -> None:
    """Send a link to an address with which its owner says yes. It answers the same for every address."""
    subject = address_subject(address)
    _purpose, words = look_up(purpose, subject, wording)
    ConsentRequest.objects.filter(expires_at__lte=at).delete()
    open_one = (
        ConsentRequest.objects.select_for_update().filter(subject=subject.name, purpose=purpose).first()
    )
    if open_one is not None and open_one.asked_at > at - NOT_AGAIN_FOR:
        return
    if open_one is not None:
        open_one.delete()
    token = new_token()
    ConsentRequest.objects.create(
        digest=digest(token),
        subject=subject.name,
        address=address,
        purpose=purpose,
        wording=wording,
        source=source,
        asked_at=at,
        expires_at=at + LIFE,
    )
    told = {"title_of": words.shown_title, "words": words.shown_text, "link": link_of(token)}
    letter = Letter("people/opt_in/mail/ask", told, is_secret=True)
    send(letter, to=address, grounds=Transactional(Reason.ADDRESS_PROOF), at=at)


def confirm_consent(*, token: str, at: datetime) -> Consent:
    """Say yes with the link that was sent. It works once."""
    # Looked up first without a transaction: whoever only guesses must not hold the one lock for writing.
    find_request(token, at)
    return spend_request(token=token, at=at)


@transaction.atomic
def spend_request(*, token: str, at: datetime) -> Consent:
    """Take a link out of use and write the yes, or refuse."""
    request = ConsentRequest.objects.select_for_update().filter(digest=digest(token)).first()
    if request is None or not request.is_open(at):
        raise RequestIsOver
    request.delete()
    return give_consent(
        subject=Subject(request.subject, request.address),
        purpose=request.purpose,
        wording=request.wording,
        source=request.source,
        proof=Proof.MAIL_LINK,
        by=None,
        at=at,
    )


def find_request(token: str, at: datetime) -> ConsentRequest:
    """Find an open request by its secret. Raises ``RequestIsOver``."""
    request = ConsentRequest.objects.filter(digest=digest(token)).first()
    if request is None or not request.is_open(at):
        raise RequestIsOver
    return request


@transaction.atomic
def forget_requests(*, address: str) -> None:
    """Delete what waits for an address that is erased."""
    ConsentRequest.objects.filter(subject=address_subject(address).name).delete()


def link_of(token: str) -> str:
    """Write the link that says yes."""
    return str(settings.PORCH_URL + reverse("consent-request", args=[token]))
