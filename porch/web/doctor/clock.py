"""The clock: not behind what was written already, and with the time zones of the world."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import Error

from porch.engine.facts.models import AudienceFactRow, CommunityFactRow
from porch.kit.time import EPOCH, MICROSECOND, now
from porch.web.doctor.finding import Finding
from porch.web.settings.folder import NAME
from porch.web.settings.options import Options

A_LITTLE = timedelta(minutes=2)
SET_IT = "timedatectl set-ntp true"


def look_at_clock(options: Options) -> Finding:
    """Is anything here from the future? And is the table of time zones there?"""
    try:
        ZoneInfo("Europe/Lisbon")
    except ZoneInfoNotFoundError:
        return Finding(
            "clock",
            "wrong",
            "there is no table of time zones",
            ".venv/bin/pip install --force-reinstall tzdata",
        )
    at = now()
    what, newest = max((newest_file(options.data), newest_fact()), key=lambda found: found[1])
    if newest > at + A_LITTLE:
        return Finding(
            "clock",
            "wrong",
            f"it says {at:%Y-%m-%d %H:%M} UTC, and {what} is from {newest:%Y-%m-%d %H:%M}",
            f"One of the two was wrong. Have the clock set by the network: {SET_IT}",
        )
    return Finding("clock", "good", f"{at:%Y-%m-%d %H:%M} UTC, and nothing is from the future")


def newest_file(folder: Path) -> tuple[str, datetime]:
    """Find which of the files that Porch writes all the time was written last."""
    paths = [path for path in (folder / NAME, *folder.glob("porch.sqlite3*")) if path.exists()]
    times = [(os.stat(path).st_mtime, path.name) for path in paths]
    newest, name = max(times, default=(0.0, "nothing"))
    return name, datetime.fromtimestamp(newest, UTC)


def newest_fact() -> tuple[str, datetime]:
    """Find when the latest fact happened."""
    try:
        rows = [kind.objects.order_by("-pk").values_list("at", flat=True).first() for kind in KINDS]
    except Error:
        return "nothing", EPOCH
    return "the newest fact", EPOCH + max([row or 0 for row in rows]) * MICROSECOND


KINDS = (CommunityFactRow, AudienceFactRow)
