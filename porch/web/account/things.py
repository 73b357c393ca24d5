"""What the audit speaks of beside people, by names that whoever it is about understands."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.roles.models import Role
from porch.community.tiers.models import Tier
from porch.engine.audit.models import AuditEntry
from porch.kit.refusals import Text

# By the name of the number in an entry: where the names stand, and what is said where the thing is gone. Of other
# numbers, such as that of a note, nobody learns anything.
NAMED: dict[str, tuple[QuerySet[Any], str, Text]] = {
    "role_id": (Role.objects.all(), "name", _("a role that is gone")),
    "circle_id": (Circle.objects.all(), "name", _("a circle that is gone")),
    "tier_id": (Tier.objects.all(), "name", _("a tier that is gone")),
}


def things_in(entries: Collection[AuditEntry]) -> dict[int, list[Text]]:
    """Name what each entry speaks of: a query for each sort of things that occurs."""
    found: dict[int, list[Text]] = {entry.pk: [] for entry in entries}
    for key, (things, column, gone) in NAMED.items():
        ids = {entry.pk: entry.ids[key] for entry in entries if key in entry.ids}
        names = dict(things.filter(pk__in=ids.values()).values_list("pk", column)) if ids else {}
        for pk, number in ids.items():
            found[pk].append(names.get(number, gone))
    return found
