from collections.abc import Callable
from datetime import datetime

from porch.engine.files.places import drafts
from porch.engine.files.store import new_draft
from porch.people.takeout.actions import begin, finish
from porch.people.takeout.archive import write_archive
from porch.people.takeout.models import TakeOut


def make_take_out(take_out_id: int, *, clock: Callable[[], datetime]) -> TakeOut | None:
    """Make a take-out that somebody asked for; None where nobody waits for it any more. Safe to call twice.

    Whoever is erased meanwhile gets none, and nothing of it stays: the draft is removed, and never was a file of
    theirs. Takes the clock and not the time: what lies between takes long.
    """
    row = begin(take_out_id=take_out_id, at=clock())
    if row is None:
        return None
    draft = new_draft(drafts())
    try:
        written = write_archive(draft, person_id=row.person_id, at=clock())
        if written is None:
            return None
        return finish(take_out_id=take_out_id, draft=draft, written=written, at=clock())
    finally:
        draft.unlink(missing_ok=True)
