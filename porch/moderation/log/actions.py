from datetime import datetime

from porch.moderation.log.models import LogEntry, What


def tell_all(what: What, *, at: datetime, why: str = "", posts: int = 0, is_by_itself: bool = False) -> None:
    """Write into the log that members read; call it in the transaction of the verb."""
    LogEntry.objects.create(at=at, what=what, why=why, posts=posts, is_by_itself=is_by_itself)
