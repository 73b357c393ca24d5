"""What downloads and the desk read of files."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, F, Sum

from porch.engine.files.models import FilesCheck, HeldFile, Holding, StoredFile
from porch.kit.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Held:
    """One size of a holding, with its bytes' name and measures."""

    holding__id: str
    holding__kind: str
    holding__name: str
    holding__by_id: int | None
    holding__about_id: int | None
    size: str
    stored__sha256: str
    stored__bytes: int
    stored__media_type: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is in the store: files and their bytes; by kind, (kind, holdings, bytes); and the largest."""

    files: int
    bytes: int
    going: int
    kinds: list[tuple[str, int, int]]
    largest: list[tuple[str, int, str, datetime]]
    check: FilesCheck | None


def _held(holding: Any, size: Any) -> Any:
    return HeldFile.objects.select_related("holding", "stored").filter(holding=holding, size=size)


HELD = Prepared(_held, Held, holding=CharField(), size=CharField())


def look_at_store() -> Kept:
    """Read what the desk shows of the store: in five queries, however much there is."""
    sums = StoredFile.objects.aggregate(files=Count("id"), bytes=Sum("bytes"), going=Count("goes_at"))
    by_kind = (
        Holding.objects.values("kind")
        .annotate(holdings=Count("id", distinct=True), bytes=Sum("files__stored__bytes"))
        .order_by("-bytes", "kind")
    )
    largest = (
        HeldFile.objects.values("holding__kind", "stored__bytes", "stored__media_type", "holding__at")
        .order_by(F("stored__bytes").desc(), "id")[:10]
        .values_list("holding__kind", "stored__bytes", "stored__media_type", "holding__at")
    )
    return Kept(
        sums["files"],
        sums["bytes"] or 0,
        sums["going"],
        [(each["kind"], each["holdings"], each["bytes"] or 0) for each in by_kind],
        list(largest),
        FilesCheck.objects.order_by("-at", "-pk").first(),
    )
