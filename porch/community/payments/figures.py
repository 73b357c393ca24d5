"""What members pay, exactly, for any set of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from porch.community.membership.models import Member
from porch.community.payments.models import Payment
from porch.kit.money import as_decimal


@dataclass(frozen=True, slots=True)
class InCurrency:
    """What a set of members paid in one currency: ``total`` in its smallest unit, refunds taken off."""

    currency: str
    total: int
    payers: int
    members: int

    @property
    def per_member(self) -> Decimal:
        """The total by the number of all members of the set, in whole units."""
        return as_decimal(self.total, self.currency) / self.members


@dataclass(frozen=True, slots=True)
class PerMember:
    """Payments per member. Where no payment was ever recorded it is *not measurable here*, and not nothing."""

    members: int
    is_measurable: bool
    figures: tuple[InCurrency, ...]


def payments_per_member(members: "QuerySet[Member]", since: date, until: date) -> PerMember:
    """Add up what a set of members paid from a day on and before another, by currency: nothing is converted."""
    count = members.count()
    if not count or not Payment.objects.exists():
        return PerMember(count, is_measurable=False, figures=())
    received = Payment.objects.filter(
        member__in=members.order_by().values("pk"), received_on__gte=since, received_on__lt=until
    )
    sums = (
        received.values("currency")
        .annotate(total=Sum("amount"), payers=Count("member", distinct=True))
        .order_by("currency")
    )
    figures = tuple(InCurrency(row["currency"], int(row["total"]), row["payers"], count) for row in sums)
    return PerMember(count, is_measurable=True, figures=figures)
