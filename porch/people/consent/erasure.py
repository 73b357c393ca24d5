"""What the ledger lets go of when somebody is erased: the addresses. The lines stay, and lead nowhere."""

from datetime import datetime

from django.db import transaction

from porch.people.consent.models import Act, Consent, ConsentAddress
from porch.people.consent.subjects import names_of
from porch.people.suppression.actions import suppress
from porch.people.suppression.models import Reason


@transaction.atomic
def forget_consents(*, person_id: int | None, address: str, at: datetime, was_asked: bool) -> None:
    """Forget the address of whoever is erased, and remember by its hash alone that they are not to be written to.

    ``was_asked`` says that they asked to be erased. Who ever stopped anything is protected also without that.
    """
    names = names_of(person_id, address)
    has_stopped = Consent.objects.filter(subject__in=names, act=Act.WITHDRAWN).exists()
    ConsentAddress.objects.filter(subject__in=names).delete()
    if address and (was_asked or has_stopped):
        suppress(address=address, reason=Reason.ERASED, at=at)
