"""What the pages of conversation show whoever is silenced, in place of the form."""

from datetime import datetime
from typing import Any

from django.db.models import Subquery

from porch.conversation.topics.silence import Silence
from porch.moderation.sanctions.models import Sanction, Strike


def until_of(person: Any) -> Subquery:
    """Give until when somebody is silenced, or was last, as an expression for a query."""
    theirs = Strike.objects.filter(person=person, kind=Sanction.SILENCE, lifted_at__isnull=True)
    return Subquery(theirs.order_by("-until").values("until")[:1])


def silence_of(person_id: int, at: datetime) -> Silence | None:
    """Say until when somebody is silenced and why, if they are."""
    rows = Strike.objects.filter(person=person_id).silencing(at).select_related("appeal")
    found = rows.order_by("-until").first()
    if found is None or found.until is None:
        return None
    return Silence(found.until, found.message, "own-sanctions", not hasattr(found, "appeal"))
