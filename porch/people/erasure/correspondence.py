"""What we hold of people for writing to them: consents, requests, deliveries, and whom not to write to.

Their tables name somebody by a word of the ledger or a keyed hash: neither has a column that the law could follow.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.engine.outbox.states import OPEN
from porch.people.consent.erasure import forget_consents
from porch.people.consent.models import Consent, ConsentAddress
from porch.people.consent.subjects import names_of
from porch.people.delivery.erasure import forget_deliveries
from porch.people.delivery.grounds import Reason
from porch.people.erasure.holdings import Subject, hold
from porch.people.opt_in.actions import forget_requests
from porch.people.opt_in.models import ConsentRequest
from porch.people.suppression.hashing import hash_address
from porch.people.suppression.models import Suppression


def their_names(subject: Subject) -> Q:
    return Q(subject__in=names_of(subject.person_id, *subject.addresses))


def to_them(column: str, subject: Subject) -> Q:
    return Q(**{f"{column}__in": [hash_address(each) for each in subject.addresses]})


def forget_yeses(subject: Subject, at: datetime) -> None:
    for address in subject.addresses or ("",):
        forget_consents(person_id=subject.person_id, address=address, at=at, was_asked=True)


def forget_letters(subject: Subject, at: datetime) -> None:
    for address in subject.addresses:
        forget_deliveries(address=address)


def forget_open_requests(subject: Subject, at: datetime) -> None:
    for address in subject.addresses:
        forget_requests(address=address)


def open_letter(body: DeliveryBody) -> str | None:
    """Give a mail as it went out; one with a code or a link that opens something stays closed."""
    return None if body.delivery.is_secret else bytes(body.data).decode("utf-8", "replace")


def forget_late(hashes: Collection[str], *, until: datetime, the_receipt_too: bool = False) -> None:
    """Forget addresses of which only keyed hashes are left, in what was written up to a time.

    The receipt of the erasure itself keeps its address until it has gone out, or is given up.
    """
    names = [f"address:{each}" for each in hashes]
    ConsentRequest.objects.filter(subject__in=names, asked_at__lte=until).delete()
    ConsentAddress.objects.filter(subject__in=names, since__lte=until).delete()
    late = Delivery.objects.filter(address_hash__in=hashes, queued_at__lte=until).exclude(to_address="")
    if not the_receipt_too:
        late = late.exclude(ground=Reason.ERASURE_RECEIPT.value, state__in=OPEN)
    ids = list(late.values_list("pk", flat=True))
    DeliveryBody.objects.filter(delivery_id__in=ids).delete()
    Delivery.objects.filter(pk__in=ids).update(to_address="", subject="", answer="")


hold(
    Consent,
    _("What you agreed to and what you stopped, in which words, and how we know."),
    kept=_("That somebody agreed or stopped is evidence. Without the address it leads nowhere."),
    finds=their_names,
    stays=("by_person_id",),
    also=forget_yeses,
    secret=("subject",),
    harmless=("wording_hash",),
    corrected_at={"consents": _("agree or stop")},
    counted_by="subject",
)
hold(
    ConsentAddress,
    _("The address to which mail goes that you agreed to without an account."),
    deletes=("address",),
    secret=("subject",),
    corrected_at={"consents": _("agree or stop")},
)
hold(
    ConsentRequest,
    _("Links that wait for your yes to a newsletter or the like."),
    deletes=("address",),
    also=forget_open_requests,
    secret=("digest", "subject"),
)
# Before the deliveries themselves: a body finds its address through them.
hold(
    DeliveryBody,
    _("The mails that we sent you, or are about to."),
    finds=lambda subject: to_them("delivery__address_hash", subject),
    goes=True,
    secret=("data",),
    shows={"data": open_letter},
    along=("delivery",),
    counted_by="delivery__address_hash",
)
hold(
    Delivery,
    _("That a mail went to you, when, on what ground, and what became of it."),
    kept=_("That a mail was sent is what we count by. It no longer says to whom or about what."),
    finds=lambda subject: to_them("address_hash", subject),
    also=forget_letters,
    secret=("address_hash", "subject_name"),
    corrected_at={"consents": _("stop what you agreed to")},
    counted_by="address_hash",
)
hold(
    Suppression,
    _("That you are not to be written to, by a keyed hash of your address."),
    kept=_("It keeps you from being written to again. It holds no address, only a keyed hash."),
    finds=lambda subject: to_them("hash", subject),
    secret=("hash",),
    harmless=("key",),
    counted_by="hash",
)
