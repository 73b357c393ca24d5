"""Pictures that stand in no post and in no draft go after a while."""

from datetime import datetime

from porch.conversation.drafts.models import Draft
from porch.conversation.posts.pictures import WAITING, waiting
from porch.engine.files.actions import release

MOST_AT_ONCE = 500


def sweep_pictures(*, at: datetime) -> int:
    """Let go of pictures that nobody posted; give how many there were. The same again, after a stop in between."""
    old = list(waiting().filter(at__lt=at - WAITING).order_by("at").values_list("pk", "by_id")[:MOST_AT_ONCE])
    gone = [pk for pk, by_id in old if not is_in_draft(pk, by_id)]
    return release(holdings=gone, at=at) if gone else 0


def is_in_draft(holding: str, by_id: int | None) -> bool:
    """Say whether somebody has a picture of theirs in a draft."""
    theirs = Draft.objects.filter(person_id=by_id or 0)
    return (
        theirs.filter(source__contains=holding).exists() or theirs.filter(beside__contains=holding).exists()
    )
