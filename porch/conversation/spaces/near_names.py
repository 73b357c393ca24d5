"""Names near one that was typed and is nobody's: said in the refusal, of those who reach the space alone."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.profiles.models import NameStart
from porch.community.profiles.values import MOST_START, words

MOST_NEAR, SHORTEST, MOST_LOOKED_FOR = 5, 2, 3
NEAR = _(" Near it are: %(names)s.")


def near_names(name: str, among: QuerySet[Member]) -> str:
    """Say which members have a name that begins as one that was typed; nothing where nobody has."""
    for word in words(name[:80])[:MOST_LOOKED_FOR]:
        for length in range(min(len(word), MOST_START), SHORTEST - 1, -1):
            starts = NameStart.objects.filter(member=OuterRef("pk"), start=word[:length])
            found = among.filter(Exists(starts)).order_by("person__name", "pk")
            names = list(found.values_list("person__name", flat=True)[:MOST_NEAR])
            if names:
                return str(NEAR) % {"names": ", ".join(dict.fromkeys(names))}
    return ""
