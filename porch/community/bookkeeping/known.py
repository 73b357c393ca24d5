"""What the lines of a file are looked up in: read at once for the whole file, however long it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from allauth.account.models import EmailAddress

from porch.community.membership.models import Member
from porch.community.payments.models import Payment
from porch.community.tiers.models import MemberTier, Tier
from porch.kit.addresses import NotAnAddress
from porch.kit.text import fold
from porch.people.identity.addresses import sign_in_address

AT_A_TIME = 400
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Known:
    """Members by address, away or not, tiers by folded name, what each member has, and payments by reference."""

    members: dict[str, Member]
    tiers: dict[str, Tier]
    held: dict[int, MemberTier]
    payments: dict[str, Payment]

    def member(self, address: str) -> Member | None:
        return self.members.get(normal(address))

    def tier(self, name: str, held: MemberTier | None) -> Tier | None:
        """Find a tier by its name; the one that the member has comes first, be it retired or not."""
        if held is not None and held.tier.folded == fold(name):
            return held.tier
        return self.tiers.get(fold(name))


def read_known(addresses: Iterable[str], references: Iterable[str] = ()) -> Known:
    """Read what lines with these addresses and references may mean."""
    person_of: dict[str, int] = {}
    for some in parts({normal(each) for each in addresses} - {""}):
        rows = EmailAddress.objects.filter(email__in=some, verified=True).values_list("email", "user_id")
        person_of.update(rows)
    members: dict[int, Member] = {}
    held: dict[int, MemberTier] = {}
    for people in parts(set(person_of.values())):
        belonging = Member.objects.belonging().filter(person__in=people).select_related("person")
        members.update({each.person_id: each for each in belonging})
        standing = MemberTier.objects.standing().filter(member__person__in=people)
        held.update({each.member_id: each for each in standing.select_related("tier", "member__person")})
    payments: dict[str, Payment] = {}
    for some in parts({each.strip() for each in references} - {""}):
        found = Payment.objects.filter(reference__in=some, counters=None).order_by("pk")
        payments.update({each.reference: each for each in found})
    return Known(
        {address: members[pk] for address, pk in person_of.items() if pk in members},
        {each.folded: each for each in Tier.objects.filter(retired_at=None)},
        held,
        payments,
    )


def normal(address: str) -> str:
    """Give an address as people sign in with it; nothing for what is none."""
    try:
        return sign_in_address(address)
    except NotAnAddress:
        return ""


def parts(values: Iterable[Value]) -> Iterator[list[Value]]:
    """Cut values into parts that one statement takes."""
    rest = iter(values)
    while some := list(islice(rest, AT_A_TIME)):
        yield some
