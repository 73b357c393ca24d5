"""Names near one that was typed and is nobody's: said in the refusal, of those who reach the space alone."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.profiles.models import NameStart
from porch.community.profiles.values import MOST_START, words
from porch.kit.text import NOT_TEXT

MOST_NEAR, SHORTEST, MOST_LOOKED_FOR = 5, 2, 3
# Of how many it is asked at most whether they reach the space, those with the longest beginning first.
MOST_TRIED = 1_000
NEAR = _(" Near it are: %(names)s.")


def near_names(name: str, among: QuerySet[Member]) -> str:
    """Say which members have a name that begins as one that was typed; nothing where nobody has."""
    sought = {
        word[:length]
        for word in words(name[:80])[:MOST_LOOKED_FOR]
        for length in range(SHORTEST, min(len(word), MOST_START) + 1)
    }
    # No database holds every character that can be typed, and nobody is called so.
    if not sought or NOT_TEXT.search(name):
        return ""
    longest = NameStart.objects.filter(start__in=sought).order_by(Length("start").desc(), "-member")
    theirs = longest.filter(member=OuterRef("pk")).annotate(near=Length("start")).values("near")[:1]
    found = among.filter(pk__in=longest.values("member")[:MOST_TRIED]).annotate(near=Subquery(theirs))
    rows = list(found.order_by("-near", "person__name", "pk").values_list("near", "person__name")[:MOST_NEAR])
    names = dict.fromkeys(each for near, each in rows if near == rows[0][0])
    return str(NEAR) % {"names": ", ".join(names)} if names else ""
