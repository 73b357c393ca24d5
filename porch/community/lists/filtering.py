"""Which members are meant: read from what somebody typed or saved, and turned into a query."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import CircleMember
from porch.community.joining.models import Arrival, Way
from porch.community.membership.models import Member, here
from porch.community.roles.models import RoleHolder
from porch.community.tiers.models import MemberTier
from porch.kit.days import zone
from porch.kit.refusals import BadInput

MONTH = re.compile(r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])", re.ASCII)
NUMBER = re.compile(r"[1-9]\d{0,17}", re.ASCII)
MOST_NAME = 80
# How members stand: here, or away for a while.
STANDINGS: dict[str, Q] = {
    "here": here(),
    "paused": Q(paused_at__isnull=False),
    "suspended": Q(suspended_until__isnull=False),
}


class BadFilter(BadInput):
    text = _("Nobody can be found by that: %(what)s.")
    hint = _("Take the filters off, and set them again.")


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """A set of members, as text: what is empty takes everyone. ``joined`` is a month such as ``2026-03``."""

    name: str = ""
    circle: str = ""
    role: str = ""
    joined: str = ""
    way: str = ""
    tier: str = ""
    standing: str = ""

    @property
    def is_set(self) -> bool:
        return any(asdict(self).values())

    @property
    def query(self) -> str:
        """Give the filter as the query of an address."""
        return urlencode({key: value for key, value in asdict(self).items() if value})

    def without(self, name: str) -> "MemberFilter":
        """Give the same filter with one part of it taken off."""
        return replace(self, **{name: ""})

    def members(self) -> QuerySet[Member]:
        """Give those who fit all of it, newest first; whoever is away is among them, whoever has left is not."""
        found = Member.objects.belonging().order_by("-joined_at", "-id")
        if self.name:
            found = found.filter(person__name__icontains=self.name)
        if self.circle:
            inside = CircleMember.objects.filter(circle_id=int(self.circle), member=OuterRef("pk"))
            found = found.filter(Exists(inside))
        if self.role:
            found = found.filter(
                Exists(RoleHolder.objects.filter(role_id=int(self.role), member=OuterRef("pk")))
            )
        if self.joined:
            begin, end = month_of(self.joined)
            found = found.filter(joined_at__gte=begin, joined_at__lt=end)
        if self.way:
            by_it = Arrival.objects.filter(member=OuterRef("pk"), circle__is_whole=True, way=self.way)
            found = found.filter(Exists(by_it))
        if self.tier:
            found = found.filter(
                Exists(MemberTier.objects.standing().filter(tier_id=int(self.tier), member=OuterRef("pk")))
            )
        return found.filter(STANDINGS[self.standing]) if self.standing else found


def read_filter(said: Mapping[str, object]) -> MemberFilter:
    """Read a filter from a form, an address or a saved row. Raises ``BadFilter``."""
    found = {name: str(said.get(name, "")).strip() for name in MemberFilter.__slots__}
    if len(found["name"]) > MOST_NAME or "\x00" in found["name"]:
        raise BadFilter(what=_("the name"))
    for name, what in (("circle", _("the circle")), ("role", _("the role")), ("tier", _("the tier"))):
        if found[name] and not NUMBER.fullmatch(found[name]):
            raise BadFilter(what=what)
    if found["joined"] and not MONTH.fullmatch(found["joined"]):
        raise BadFilter(what=_("the month"))
    if found["way"] and found["way"] not in Way.values:
        raise BadFilter(what=_("the way in"))
    if found["standing"] and found["standing"] not in STANDINGS:
        raise BadFilter(what=_("how they stand"))
    return MemberFilter(**found)


def month_of(text: str) -> tuple[datetime, datetime]:
    """Give the first moment of a month and of the next one, in the community's time zone."""
    year, month = int(text[:4]), int(text[5:])
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return datetime(year, month, 1, tzinfo=zone()), datetime(*following, 1, tzinfo=zone())
