"""Draw a picture anew from what somebody sent: run as a program of its own, for one picture, under limits.

Decoders are large C libraries that meet hostile bytes. In a process of its own, whatever happens happens there: a
crash, a bomb, a gigabyte of pixels; the server's interpreter stays free meanwhile, and the memory goes back to the
system. This file imports nothing of Porch, so that the process starts in a tenth of a second.

Words: the wish as JSON. The picture comes as standard input. What was drawn, or why not, goes out as JSON.
"""

import io
import json
import math
import os
import resource
import sys
import warnings
from collections.abc import Iterator
from typing import Any, BinaryIO

from PIL import Image, ImageCms, ImageFile, ImageOps, ImageSequence

# Enough for 40 megapixels of JPEG, AVIF or opaque PNG, and for 16 of WebP, whose decoder holds three copies.
MEMORY_BYTES = 384_000_000
CPU_SECONDS = 20
MOST_FRAMES = 300
# Pixels of all frames together, as they come and as they are kept.
MOST_MOVING_PIXELS = 60_000_000
MOST_KEPT_PIXELS = 32_000_000
MOST_PROFILE_BYTES = 1_000_000
FEW_COLOURS = 128
QUALITY = 82
LONGEST_SIDE = 16_384
MOST_PIXELS = {"WEBP": 16_400_000}


class Unfit(Exception):
    """A picture that is not drawn. ``why``: broken, too-large, too-long."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def main() -> None:
    """Draw one picture, as told on the command line."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    try:
        said: dict[str, Any] = {"drawn": redraw(sys.stdin.buffer, **json.loads(sys.argv[1]))}
    except Unfit as unfit:
        said = {"unfit": unfit.why, "because": repr(unfit.__cause__)}
    sys.stdout.write(json.dumps(said))


def redraw(
    file: BinaryIO,
    *,
    kind: str,
    most_pixels: int,
    sizes: dict[str, list[Any]],
    moves: bool,
    is_square: bool,
) -> list[dict[str, Any]]:
    """Draw a picture in each of ``sizes``: a name to the longest side in pixels and the path to write to.

    Gives for each what was written: size, format, width, height, frames. Raises Unfit.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = most_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which go anyway
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=[kind]) as image:
                return draw(image, most_pixels, sizes, moves=moves, is_square=is_square)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise Unfit("too-large") from error
    except Unfit:
        raise
    except Exception as error:  # whatever a decoder stumbles over is in the picture
        raise Unfit("broken") from error


def draw(
    image: Image.Image, most_pixels: int, sizes: dict[str, list[Any]], *, moves: bool, is_square: bool
) -> list[dict[str, Any]]:
    """Look at the head, then decode once and draw each size from the next larger one."""
    width, height = image.size
    if (
        width * height > min(most_pixels, MOST_PIXELS.get(image.format or "", most_pixels))
        or max(width, height) > LONGEST_SIDE
    ):
        raise Unfit("too-large")
    if not width or not height:
        raise Unfit("broken")
    longest = max(side for side, _ in sizes.values())
    if moves and getattr(image, "is_animated", False):
        return draw_moving(image, sizes)
    still = prepare(image, longest, is_square=is_square)
    is_flat = image.format not in ("JPEG", "AVIF") and still.getcolors(FEW_COLOURS) is not None
    drawn = []
    for name, (side, path) in sorted(sizes.items(), key=lambda each: -int(each[1][0])):
        still.thumbnail((side, side), Image.Resampling.LANCZOS)
        drawn.append(write_still(still, name, path, is_flat=is_flat))
    return drawn


def prepare(image: Image.Image, longest: int, *, is_square: bool) -> Image.Image:
    """Decode a picture, make it small enough, upright and of one of two colour modes, and forget all else."""
    profile = image.info.get("icc_profile")
    # A JPEG is decoded at a fraction of its size where that is enough.
    part = longest / (min(image.size) if is_square else max(image.size))
    image.draft(None, (math.ceil(image.width * part), math.ceil(image.height * part)))
    has_alpha = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    turn = image.getexif().get(0x0112, 1)
    image.load()
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image, has_alpha = image.convert("RGB"), False
    if image.mode in ("P", "PA", "1", "La", "RGBa"):
        image = image.convert("RGBA" if has_alpha else "RGB")
    elif image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")  # 16 bits of grey
    if is_square:
        image = ImageOps.fit(image, (min(longest, *image.size),) * 2, Image.Resampling.LANCZOS)
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    image = to_srgb(image, profile, "RGBA" if has_alpha else "RGB")
    upright = turned(image, turn)
    upright.info = {}
    return upright


def turned(image: Image.Image, turn: Any) -> Image.Image:
    """Turn a picture as its camera was held (EXIF 2.3, orientation)."""
    way = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(turn)  # fmt: skip
    return image if way is None else image.transpose(way)


def to_srgb(image: Image.Image, profile: Any, mode: str) -> Image.Image:
    """Convert colours to sRGB by the picture's profile; one that is broken or huge is ignored."""
    if (
        isinstance(profile, bytes)
        and 0 < len(profile) <= MOST_PROFILE_BYTES
        and image.mode in ("RGB", "RGBA", "CMYK")
    ):
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB" if image.mode == "CMYK" else image.mode,
            )
            image = converted or image
        except Exception:  # noqa: S110 - a profile that cannot be used is done without
            pass
    return image if image.mode == mode else image.convert(mode)


def write_still(still: Image.Image, name: str, path: str, *, is_flat: bool) -> dict[str, Any]:
    """Write a picture: what has many colours as JPEG, or WebP where it can be seen through; drawings without loss."""
    if not is_flat and still.mode == "RGB":
        still.save(path, "JPEG", quality=QUALITY, optimize=True, progressive=True)
        written = "JPEG"
    else:
        still.save(path, "WEBP", quality=75 if is_flat else QUALITY, lossless=is_flat, method=2)
        written = "WEBP"
    return {"size": name, "format": written, "width": still.width, "height": still.height, "frames": 1}


def draw_moving(image: Image.Image, sizes: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Draw a moving picture as moving WebP in its largest size, and its first frame in the others."""
    largest, *others = sorted(sizes.items(), key=lambda each: -int(each[1][0]))
    (name, (side, path)), frames, durations = largest, [], []
    for frame in frames_of(image, side):
        durations.append(max(20, min(int(frame.info.get("duration") or 100), 60_000)))
        frame.info = {}
        frames.append(frame)
    first = frames[0]
    first.save(
        path, "WEBP", save_all=True, append_images=frames[1:], duration=durations, quality=QUALITY, method=1,
        loop=0, background=(0, 0, 0, 0),
    )  # fmt: skip
    drawn = [
        {"size": name, "format": "WEBP", "width": first.width, "height": first.height, "frames": len(frames)}
    ]
    for name, (side, path) in others:
        first.thumbnail((side, side), Image.Resampling.LANCZOS)
        drawn.append(write_still(first, name, path, is_flat=False))
    return drawn


def frames_of(image: Image.Image, side: int) -> Iterator[Image.Image]:
    """Decode frame after frame, small enough to be kept together. Stops with Unfit as soon as there are too many."""
    seen = kept = 0
    for place, frame in enumerate(ImageSequence.Iterator(image)):
        seen += frame.width * frame.height
        if place >= MOST_FRAMES or seen > MOST_MOVING_PIXELS:
            raise Unfit("too-long")
        still = frame.convert("RGBA")
        still.info = {"duration": frame.info.get("duration")}
        still.thumbnail((side, side), Image.Resampling.BOX)
        kept += still.width * still.height
        if kept > MOST_KEPT_PIXELS:
            raise Unfit("too-long")
        yield still


if __name__ == "__main__":
    main()
