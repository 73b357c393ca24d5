"""Pictures are drawn anew, within bounds, whatever their bytes are."""

import io
import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from porch.kit.formats import redraw
from tests.engine.files.samples import animation, picture, png_of_zeros


def draw(data: bytes, kind: str, folder: Path, **wish: Any) -> list[dict[str, Any]]:
    sizes = {"full": [200, str(folder / "full")], "small": [40, str(folder / "small")]}
    options = {"most_pixels": 1_000_000, "sizes": sizes, "moves": True, "is_square": False} | wish
    return redraw.redraw(io.BytesIO(data), kind=kind, **options)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_every_way_of_keeping_colours_comes_out_as_one_of_two(mode: str, tmp_path: Path) -> None:
    image = Image.radial_gradient("L").resize((300, 200))
    image = Image.new("I;16", (300, 200), 40_000) if mode == "I;16" else image.convert("RGB").convert(mode)
    file = io.BytesIO()
    image.save(file, "PNG")
    full, small = draw(file.getvalue(), "PNG", tmp_path)
    assert (full["width"], full["height"], small["width"], small["height"]) == (200, 133, 40, 27)
    assert Image.open(tmp_path / "full").mode in ("RGB", "RGBA")


def test_sixteen_bits_of_grey_stay_grey(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("I;16", (30, 20), 128 * 256).save(file, "PNG")
    draw(file.getvalue(), "PNG", tmp_path)
    assert Image.open(tmp_path / "full").convert("RGB").getpixel((5, 5)) == (128, 128, 128)


def test_what_can_be_seen_through_stays_so(tmp_path: Path) -> None:
    image = Image.new("RGBA", (50, 50), (200, 10, 10, 0))
    file = io.BytesIO()
    image.save(file, "PNG")
    draw(file.getvalue(), "PNG", tmp_path)
    assert Image.open(tmp_path / "full").convert("RGBA").getpixel((5, 5))[3] == 0


def test_a_square_is_cut_from_the_middle(tmp_path: Path) -> None:
    image = Image.new("RGB", (300, 100), "red")
    image.paste("blue", (100, 0, 200, 100))
    file = io.BytesIO()
    image.save(file, "PNG")
    full, _ = draw(file.getvalue(), "PNG", tmp_path, is_square=True)
    assert (full["width"], full["height"]) == (100, 100)
    drawn = Image.open(tmp_path / "full").convert("RGB")
    assert drawn.getpixel((2, 50)) == drawn.getpixel((97, 50)) == (0, 0, 255)


def test_colours_are_converted_from_their_profile(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    full, _ = draw(picture("JPEG", icc_profile=profile), "JPEG", tmp_path)
    assert full["format"] == "JPEG"


def test_pixels_are_counted_before_they_are_decoded(tmp_path: Path) -> None:
    with pytest.raises(redraw.Unfit, match="too-large"):
        draw(png_of_zeros(2_000, 2_000), "PNG", tmp_path)
    with pytest.raises(redraw.Unfit, match="too-large"):
        draw(png_of_zeros(20_000, 8), "PNG", tmp_path)


def test_frames_are_counted_while_they_are_decoded(tmp_path: Path) -> None:
    with pytest.raises(redraw.Unfit, match="too-long"):
        draw(animation("GIF", 301), "GIF", tmp_path)
    full, small = draw(animation("GIF", 12), "GIF", tmp_path)
    assert (full["frames"], small["frames"]) == (12, 1)
    assert Image.open(tmp_path / "full").n_frames == 12


# Runs a program and says on standard error how much memory it took at most, in KiB. A child of the tests themselves
# would be weighed with what they weigh, as long as it is their fork.
WEIGHED = """
import resource, subprocess, sys
subprocess.run([sys.executable, *sys.argv[1:]], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""


def test_the_program_stays_within_its_memory(tmp_path: Path) -> None:
    """Forty megapixels with transparency: drawn or refused, in no more memory than it may have."""
    wish = {
        "kind": "PNG",
        "most_pixels": 40_000_000,
        "sizes": {"full": [2560, str(tmp_path / "full")]},
        "moves": False,
        "is_square": False,
    }
    (tmp_path / "in").write_bytes(png_of_zeros(7_900, 5_000))
    with (tmp_path / "in").open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-c", WEIGHED, redraw.__file__, json.dumps(wish)],
            stdin=file,
            capture_output=True,
            check=True,
        )
    said = json.loads(done.stdout)
    assert said.get("unfit") == "too-large" or said["drawn"][0]["width"] == 2560
    assert int(done.stderr) <= redraw.MEMORY_BYTES // 1024


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), kind=st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "AVIF"]))
def test_whatever_is_bent_is_drawn_or_unfit(data: st.DataObject, kind: str, tmp_path: Path) -> None:
    whole = bytearray(picture(kind, (40, 30)))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    del whole[data.draw(st.integers(len(whole) // 3, len(whole))) :]
    with suppress(redraw.Unfit):
        assert draw(bytes(whole), kind, tmp_path)
