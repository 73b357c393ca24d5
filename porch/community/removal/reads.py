from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porch.community.away.models import Suspension, SuspensionHash, SuspensionKept
from porch.community.membership.models import Member
from porch.community.removal.archiving import archived_by
from porch.community.removal.models import Removal, RemovalQuerySet
from porch.community.removal.rules import hashes_of, removals_against
from porch.kit.refusals import NotFound
from porch.people.delivery.contact import contact
from porch.people.identity.models import Person

SHOWN: dict[str, tuple[Promise, Callable[[RemovalQuerySet, datetime], RemovalQuerySet]]] = {
    "standing": (_("Hold"), lambda rows, at: rows.standing(at)),
    "expired": (_("Over"), lambda rows, at: rows.expired(at)),
    "lifted": (_("Lifted"), lambda rows, at: rows.lifted()),
}


def removals(state: str, at: datetime) -> RemovalQuerySet:
    """Give the removals in one state, the newest first."""
    rows = SHOWN[state][1](Removal.objects.all(), at)
    return rows.select_related("person", "by", "lifted_by").order_by("-at", "-pk")


def evidence_until(removal: Removal) -> datetime | None:
    """Say when a removal is deleted; None as long as nothing ends it."""
    ended = removal.lifted_at or removal.expires_at
    return None if ended is None else ended + settings.PORCH_REMOVAL_EVIDENCE


def member_to_act_on(pk: int) -> Member:
    """Find somebody who is or was a member. Raises ``NotFound``."""
    found = Member.objects.filter(pk=pk).select_related("person").first()
    if found is None:
        raise NotFound
    return found


def against(person: Person, at: datetime) -> dict[str, object]:
    """Give what stands, or stood, against somebody, for their own eyes."""
    found = list(removals_against(person)[:20])
    held_now = Suspension.objects.filter(member__person=person, ended_at__isnull=True, until__gt=at)
    kept_now = SuspensionKept.objects.filter(person=person, until__gt=at)
    return {
        "removals": [(each, each.stands(at), evidence_until(each), archived_by(each)) for each in found],
        "suspension": held_now.first()
        or kept_now.first()
        or known_again(person).filter(until__gt=at).first(),
        "contact": contact(),
    }


def is_anything_against(person: Person) -> bool:
    """Say whether there is a removal of somebody, or a suspension that holds."""
    suspended = Suspension.objects.filter(member__person=person, ended_at__isnull=True)
    kept = SuspensionKept.objects.filter(person=person)
    by_account = suspended.exists() or kept.exists() or removals_against(person).exists()
    return by_account or known_again(person).exists()


def known_again(person: Person) -> QuerySet[SuspensionHash]:
    """Give the hashes by which somebody is known who is suspended under another account, or was erased since."""
    return SuspensionHash.objects.filter(hash__in=hashes_of(person))
