"""Kinds of files: what each accepts, how much of it, and who may read it. Declared in code, by whoever holds files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.http import HttpRequest

from porch.kit.formats.known import Format

if TYPE_CHECKING:
    from porch.engine.files.reads import Held

FULL, SMALL = "full", "small"
MOST_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of files.

    ``may_read`` is asked at each download. ``sizes`` are a picture's, with the longest side of each in pixels; the one
    called ``full`` is always there. A kind that ``moves`` keeps animations. ``is_public`` lets anyone's cache keep it.
    """

    name: str
    accepts: tuple[Format, ...]
    most_bytes: int
    may_read: Callable[[HttpRequest, "Held"], bool]
    most_pixels: int = MOST_PIXELS
    sizes: tuple[tuple[str, int], ...] = ((FULL, 2560), (SMALL, 512))
    moves: bool = False
    is_square: bool = False
    is_public: bool = False
    # All that were declared, so that a test can hold the site to serving each.
    known: ClassVar[list["FileKind"]] = []

    def __post_init__(self) -> None:
        self.known.append(self)
