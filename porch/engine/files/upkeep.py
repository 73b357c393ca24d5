"""Keep the store in order: sweep out what nobody holds, and look whether all is there and whole."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from porch.engine.files.actions import TURN
from porch.engine.files.models import FilesCheck, StoredFile
from porch.engine.files.places import drafts, kept_still, store
from porch.engine.files.store import hash_of
from porch.kit.locks import take_turns

# What is younger may belong to an upload under way.
YOUNG = timedelta(days=1)
NAME = re.compile("[0-9a-f]{64}")
MOST_AT_ONCE = 500
MOST_SHOWN = 50


@dataclass(slots=True)
class Look:
    """What is in the store and what should be: names of bytes, by what is wrong with them."""

    files: int = 0
    bytes: int = 0
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Strays are untidy and go by themselves; the others are losses."""
        return not self.missing and not self.damaged


def sweep(*, at: datetime) -> int:
    """Remove bytes that nobody has held for their grace, bytes without a row, and old drafts; give how many.

    While a backup reads the store nothing is removed: the next sweep does it.
    """
    with kept_still(is_reader=False) as is_ours:
        return _sweep(at) if is_ours else 0


def _sweep(at: datetime) -> int:
    gone = 0
    while True:
        due = StoredFile.objects.filter(goes_at__lte=at, held__isnull=True).order_by("pk")
        names = list(due.values_list("sha256", flat=True)[:MOST_AT_ONCE])
        gone += sum(_drop(sha256, at) for sha256 in names)
        if len(names) < MOST_AT_ONCE:
            break
    old = (at - YOUNG).timestamp()
    for name, _, came in store().walk():
        if came < old and NAME.fullmatch(name) and not StoredFile.objects.filter(sha256=name).exists():
            gone += _drop(name, at)
    for path in drafts().iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < old and path.is_file() and not path.is_symlink():
                path.unlink()
                gone += 1
    return gone


@transaction.atomic
def _drop(sha256: str, at: datetime) -> int:
    """Remove some bytes unless somebody holds them by now; who takes them in waits for this turn, and puts them anew.

    The bytes go first: what is left by a crash in between is a row that nobody holds, which the next sweep takes.
    """
    take_turns(TURN)
    row = StoredFile.objects.filter(sha256=sha256).first()
    if row is not None and (row.goes_at is None or row.goes_at > at or row.held.exists()):
        return 0
    store().delete(sha256)
    if row is not None:
        row.delete()
    return 1


def look_over_files(*, at: datetime, is_thorough: bool) -> Look:
    """Hold rows and bytes against each other. A thorough look reads every byte; a quick one compares sizes."""
    look = Look()
    seen: dict[str, tuple[int, float]] = {}
    for name, size, came in store().walk():
        seen[name] = (size, came)
        look.files += 1
        look.bytes += size
    rows = StoredFile.objects.filter(Q(held__isnull=False) | Q(goes_at__isnull=True)).distinct()
    for row in rows.order_by("pk").iterator():
        # What is not seen may have come after the walk.
        kept = seen.pop(row.sha256)[0] if row.sha256 in seen else store().size(row.sha256)
        if kept is None:
            look.missing.append(row.sha256)
        elif kept != row.bytes or (is_thorough and not _is_whole(row.sha256)):
            look.damaged.append(row.sha256)
    old = (at - YOUNG).timestamp()
    going = set(StoredFile.objects.filter(goes_at__isnull=False).values_list("sha256", flat=True))
    look.strays = sorted(name for name, (_, came) in seen.items() if came < old and name not in going)
    return look


def check_files(*, at: datetime, is_thorough: bool = True) -> FilesCheck:
    """Look over the whole store and keep what was found, in place of what the last look found."""
    look = look_over_files(at=at, is_thorough=is_thorough)
    lines = [
        f"{what} {name}"
        for what, names in (("missing", look.missing), ("damaged", look.damaged), ("stray", look.strays))
        for name in names[:MOST_SHOWN]
    ]
    with transaction.atomic():
        FilesCheck.objects.all().delete()
        return FilesCheck.objects.create(
            at=at,
            files=look.files,
            bytes=look.bytes,
            missing=len(look.missing),
            damaged=len(look.damaged),
            strays=len(look.strays),
            findings="\n".join(lines),
        )


def _is_whole(sha256: str) -> bool:
    try:
        with store().open(sha256) as file:
            return hash_of(file) == sha256
    except OSError:
        return False
