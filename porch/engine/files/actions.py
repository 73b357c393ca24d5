"""The verbs of files: take one in, let go of it, forget those of a person.

All three change who holds which bytes, and take turns at it: bytes that nobody holds are removed later by
``upkeep.sweep``, which takes its turn too, so that it never removes what somebody is just taking in again.
"""

from datetime import datetime, timedelta
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q

from porch.engine.files.intake import Part, TakenIn, taken_in
from porch.engine.files.kinds import FileKind
from porch.engine.files.models import HeldFile, Holding, StoredFile
from porch.engine.files.places import store
from porch.kit.ids import new_token
from porch.kit.locks import take_turns

# So long bytes stay after the last holding went: whoever regrets it, or is just loading them, finds them.
GRACE = timedelta(days=1)
TURN = "files"


def take_in(
    stream: BinaryIO,
    *,
    name: str,
    kind: FileKind,
    by_id: int | None,
    at: datetime,
    about_id: int | None = None,
) -> Holding:
    """Take a file in and hold it. Slow, so not in a transaction: bigger verbs call ``taken_in`` and ``hold``."""
    with taken_in(stream, name=name, kind=kind) as taken:
        return hold(taken, by_id=by_id, about_id=about_id, at=at)


@transaction.atomic
def hold(taken: TakenIn, *, by_id: int | None, at: datetime, about_id: int | None = None) -> Holding:
    """Hold a file that was taken in, within the block that took it in. Call it before noting a fact."""
    take_turns(TURN)
    holding = Holding.objects.create(
        id=new_token(), kind=taken.kind.name, name=taken.name, by_id=by_id, about_id=about_id, at=at
    )
    HeldFile.objects.bulk_create(
        HeldFile(holding=holding, size=part.size, stored=_stored(part, at)) for part in taken.parts
    )
    return holding


@transaction.atomic
def release(*, holdings: list[str], at: datetime, grace: timedelta = GRACE) -> int:
    """Let go of files by the ids of their holdings; give how many there were. Their bytes go after the grace."""
    take_turns(TURN)
    touched = list(HeldFile.objects.filter(holding__in=holdings).values_list("stored", flat=True))
    _, gone = Holding.objects.filter(pk__in=holdings).delete()
    left = StoredFile.objects.filter(pk__in=touched, held__isnull=True)
    left.filter(Q(goes_at__isnull=True) | Q(goes_at__gt=at + grace)).update(goes_at=at + grace)
    return gone.get("engine.Holding", 0)


def forget_files_of(person_id: int, *, at: datetime) -> int:
    """Let go of all files that a person gave or that are about them; bytes that nobody else holds go at once.

    At once means with the next ``sweep``. Gives how many holdings there were.
    """
    theirs = Holding.objects.filter(Q(by_id=person_id) | Q(about_id=person_id))
    return release(holdings=list(theirs.values_list("pk", flat=True)), at=at, grace=timedelta(0))


def _stored(part: Part, at: datetime) -> StoredFile:
    """Find or make the row of some bytes, and see that the bytes are there: a sweep may have taken them meanwhile."""
    if store().size(part.sha256) is None:
        store().put(part.draft, part.sha256)
    row, _ = StoredFile.objects.get_or_create(
        sha256=part.sha256,
        defaults={
            "bytes": part.bytes,
            "media_type": part.format.media_type,
            "width": part.width,
            "height": part.height,
            "frames": part.frames,
            "created_at": at,
        },
    )
    if row.goes_at is not None:
        row.goes_at = None
        row.save(update_fields=["goes_at"])
    return row
