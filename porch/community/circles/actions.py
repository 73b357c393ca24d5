"""The verbs of circles."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from porch.community.circles.models import Circle

WHOLE = "community"


@transaction.atomic
def found_whole(*, at: datetime) -> Circle:
    """Find the circle that is the whole community; a new house gets it with its first member."""
    circle, _ = Circle.objects.get_or_create(
        is_whole=True, defaults={"slug": WHOLE, "name": settings.PORCH_NAME, "made_at": at}
    )
    return circle
