"""Have a picture drawn anew by a process of its own: see ``porch.kit.formats.redraw``."""

import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from django.utils.translation import gettext_lazy as _

from porch.engine.files.kinds import FileKind
from porch.engine.files.store import new_draft
from porch.kit import formats
from porch.kit.formats.known import JPEG, WEBP, Format
from porch.kit.refusals import BadInput, Refusal

log = logging.getLogger("porch.files")

PROGRAM = Path(formats.__file__).with_name("redraw.py")
# Nothing of the server's settings and secrets goes along.
ENVIRON = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}
WRITTEN = {"JPEG": JPEG, "WEBP": WEBP}
MEASURES = ("width", "height", "frames")
SECONDS = 40
WAIT_SECONDS = 2
# One picture is drawn at a time, and one more may wait: whoever waits holds a page thread.
DRAWING = Lock()
WAITING = BoundedSemaphore(2)


class PictureIsBroken(BadInput):
    text = _("This picture cannot be read to its end.")
    hint = _(
        "It may be damaged, or only partly copied. Open it on your device, save it anew, and choose it again."
    )


class PictureIsTooLarge(BadInput):
    text = _(
        "This picture has too many pixels. At most %(most)s megapixels are taken, and fewer of some formats."
    )
    hint = _("Make it smaller and choose it again.")


class PictureIsTooLong(BadInput):
    text = _("This picture moves for too long: it has too many frames for its size.")
    hint = _("Shorten it, or make it smaller.")


class TooManyPictures(Refusal):
    status = 503
    text = _("Several pictures are being prepared just now.")
    hint = _("Send yours again in a moment.")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One size of a picture that was drawn, in a draft."""

    size: str
    draft: Path
    written: Format
    width: int
    height: int
    frames: int


def draw_anew(picture: Path, found: Format, kind: FileKind) -> list[Drawn]:
    """Draw a picture in the sizes of its kind, as drafts beside it: without metadata or anything else it carried.

    Refuses what is broken, too large, or moves for too long. The drafts are the caller's to remove.
    """
    drafts = {size: new_draft(picture.parent) for size, _ in kind.sizes}
    wish = {
        "kind": found.name.upper(),
        "most_pixels": kind.most_pixels,
        "sizes": {size: [side, str(drafts[size])] for size, side in kind.sizes},
        "moves": kind.moves,
        "is_square": kind.is_square,
    }
    try:
        said = _ask(picture, wish)
        if "unfit" in said:
            log.info("a picture was not taken: %s, %s", said["unfit"], said["because"])
        if said.get("unfit") == "too-large":
            raise PictureIsTooLarge(most=kind.most_pixels // 1_000_000)
        if said.get("unfit") == "too-long":
            raise PictureIsTooLong
        if "unfit" in said:
            raise PictureIsBroken
        return [
            Drawn(
                each["size"],
                drafts[each["size"]],
                WRITTEN[each["format"]],
                *(each[name] for name in MEASURES),
            )
            for each in said["drawn"]
        ]
    except BaseException:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        raise


def _ask(picture: Path, wish: dict[str, Any]) -> dict[str, Any]:
    """Run the program on a picture. What crashes it or takes too long is broken."""
    if not WAITING.acquire(timeout=WAIT_SECONDS):
        raise TooManyPictures
    try:
        with DRAWING, picture.open("rb") as file:
            words = [sys.executable, "-s", "-P", str(PROGRAM), json.dumps(wish)]
            done = subprocess.run(
                words, stdin=file, capture_output=True, timeout=SECONDS, env=ENVIRON, check=False
            )
    except subprocess.TimeoutExpired as error:
        raise PictureIsBroken from error
    finally:
        WAITING.release()
    if done.returncode:
        log.warning("a picture ended the program that draws it (%s): %s", done.returncode, done.stderr[-300:])
        raise PictureIsBroken
    said: dict[str, Any] = json.loads(done.stdout)
    return said
