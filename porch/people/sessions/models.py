import json
import re

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import Subject, hold
from porch.people.erasure.paths import pattern_of
from porch.people.identity.models import Person


class Session(models.Model):
    """A browser that was given a key; with a person, a signed-in one. Only the digest of its key is kept.

    Ids are never given twice, so a row that is gone cannot be mistaken for a later one.
    """

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    data = models.TextField()
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    # When the person signed in; of a stranger's, when it was made.
    begun_at = models.DateTimeField()
    # Written now and then: see porch.people.sessions.rules.
    seen_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    way = models.CharField(max_length=20, blank=True)
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begun_at")), name="a_session_ends_after_it_begins"
            )
        ]


def without(row: Session, subject: Subject) -> dict[str, str]:
    """Leave out what a session holds under somebody's address, such as a code that was asked for; the rest goes on."""
    theirs = re.compile(pattern_of(subject), re.IGNORECASE)
    held = {
        name: value for name, value in json.loads(row.data).items() if not theirs.search(json.dumps(value))
    }
    return {"data": json.dumps(held, separators=(",", ":"))}


hold(
    Session,
    _("In which browsers somebody is signed in, and since when."),
    # Somebody else's browser may hold an address that was only typed there: they stay signed in.
    mentions={"data": without},
    kept=_("A browser in which an address was typed stays as it is, without the address."),
    secret=("digest", "data"),
    corrected_at={"sessions": _("end what is not yours")},
)
