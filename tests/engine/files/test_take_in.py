"""Files come in as what they are, or not at all."""

import gzip
import io
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from porch.engine.files.actions import take_in
from porch.engine.files.intake import (
    ArchiveUnpacksToTooMuch,
    FileIsBroken,
    FileIsEmpty,
    FileIsTooLarge,
    FileIsTwoThings,
    FormatIsNotTaken,
    look_at,
    taken_in,
)
from porch.engine.files.kinds import FULL, SMALL, FileKind
from porch.engine.files.models import Holding, StoredFile
from porch.engine.files.pictures import PictureIsBroken, PictureIsTooLarge, PictureIsTooLong
from porch.engine.files.store import LocalStore
from porch.kit.formats.known import JPEG, PICTURES
from porch.kit.refusals import Refusal
from tests.engine.files.samples import (
    ANYTHING,
    MP3,
    MP4,
    PDF,
    WHOLE,
    animation,
    archive,
    picture,
    png_of_zeros,
    with_chunk,
)
from tests.village import NOON

PICTURES_ONLY = FileKind("pictures", PICTURES, 2_000_000, lambda request, held: True)
FileKind.known.remove(PICTURES_ONLY)
PICTURE_NAMES = [each.name for each in PICTURES]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
STARTS = [b"", b"%PDF-1.4", b"PK\x03\x04", b"OggS\x00", b"\xff\xfb\x90\x00", b"\x1a\x45\xdf\xa3", b"ID3"]
PAGES = {
    "svg": SVG,
    "svg behind spaces": b"\n\n   " + SVG,
    "svg behind a mark": b"\xef\xbb\xbf" + SVG,
    "svg behind a declaration": b'<?xml version="1.0"?>' + SVG,
    "svg behind a comment": b"<!-- a picture -->" + SVG,
    "svg in UTF-16": SVG.decode().encode("utf-16"),
    "svg, packed": gzip.compress(SVG),
    "html": b"<!DOCTYPE html><title>x</title>",
    "script": b"#!/bin/sh\nrm -rf /\n",
    "program": b"MZ\x90\x00" + bytes(200),
    "elf": b"\x7fELF" + bytes(200),
    "postscript": b"%!PS-Adobe-3.0\n",
    "half a character": b"text \xc3",
    "controls": b"text\x00text",
    "quicktime": b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  ",
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(40),
    "tiff": b"II*\x00" + bytes(40),
}


def take(data: bytes, name: str = "file", kind: FileKind = ANYTHING) -> Holding:
    return take_in(io.BytesIO(data), name=name, kind=kind, by_id=7, at=NOON)


def stored(holding: Holding, size: str = FULL) -> StoredFile:
    return holding.files.get(size=size).stored


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_each_format_is_taken_and_known(name: str, shelf: LocalStore, db: None) -> None:
    holding = take(WHOLE[name])
    row = stored(holding)
    with shelf.open(row.sha256) as file:
        content = file.read()
    assert row.bytes == len(content)
    if name in PICTURE_NAMES:
        assert (row.width, row.height, row.frames) == (90, 60, 1)
        assert row.media_type in ("image/jpeg", "image/webp")
        assert {each.size for each in holding.files.all()} == {FULL, SMALL}
    else:
        assert content == WHOLE[name]
        assert row.width is None


def test_nothing_is_left_of_the_way_in(shelf: LocalStore, db: None) -> None:
    take(WHOLE["PNG"])
    with pytest.raises(FormatIsNotTaken):
        take(SVG)
    assert list((shelf.folder.parent / "tmp").iterdir()) == []


def test_stored_bytes_cannot_be_written(shelf: LocalStore, db: None) -> None:
    path = shelf.path(stored(take(PDF)).sha256)
    assert path.stat().st_mode & 0o777 == 0o400
    assert path.parent.parent.parent == shelf.folder


@pytest.mark.parametrize("name", sorted(PAGES))
@pytest.mark.parametrize("called", ["a.svg", "a.png", "a.txt"])
def test_what_a_browser_or_a_system_would_run_is_refused(
    name: str, called: str, shelf: LocalStore, db: None
) -> None:
    with pytest.raises(FormatIsNotTaken, match="JPEG, PNG, WebP, GIF, AVIF, PDF, plain text"):
        take(PAGES[name], called)
    assert not shelf.folder.exists()


def test_a_text_that_calls_itself_a_program_is_refused(shelf: LocalStore, db: None) -> None:
    for name in ("a.js", "a.html", "a.SVG", "a.php", "a.sh", "a.py. "):
        with pytest.raises(FormatIsNotTaken):
            take(b"alert(1)", name)
    assert take(b"a,b\n1,2\n", "list.csv").name == "list.csv"


def test_a_kind_takes_only_what_it_names(shelf: LocalStore, db: None) -> None:
    for name in set(WHOLE) - set(PICTURE_NAMES):
        with pytest.raises(FormatIsNotTaken, match="taken: JPEG, PNG, WebP, GIF, AVIF"):
            take(WHOLE[name], "a.png", PICTURES_ONLY)


def test_an_empty_file_and_one_over_the_cap_are_refused(shelf: LocalStore, db: None) -> None:
    with pytest.raises(FileIsEmpty):
        take(b"")
    endless = io.BytesIO(WHOLE["JPEG"] + bytes(5_000_000))
    with pytest.raises(FileIsTooLarge, match="2 MB"):
        take_in(endless, name="a", kind=PICTURES_ONLY, by_id=7, at=NOON)
    assert endless.tell() < 4_000_000, "it is not read to its end"


@pytest.mark.parametrize("name", PICTURE_NAMES)
def test_a_torn_picture_is_refused(name: str, shelf: LocalStore, db: None) -> None:
    whole = picture({"WebP": "WEBP"}.get(name, name), (300, 200))
    with pytest.raises(PictureIsBroken):
        take(whole[: len(whole) // 2])


def test_a_hundred_megapixels_are_refused_by_their_head(shelf: LocalStore, db: None) -> None:
    data = png_of_zeros(10_000, 10_000)
    assert len(data) < 100_000
    with pytest.raises(PictureIsTooLarge, match="40 megapixels"):
        take(data)


@pytest.mark.parametrize("kind", ["GIF", "PNG"])
def test_ten_thousand_frames_are_refused(kind: str, shelf: LocalStore, db: None) -> None:
    data = animation("GIF", 10_000, (2, 2)) if kind == "GIF" else animation("PNG", 400, (2, 2))
    with pytest.raises(PictureIsTooLong):
        take(data)


def test_a_short_animation_keeps_moving_where_its_kind_moves(shelf: LocalStore, db: None) -> None:
    moving = take(animation("GIF", 5))
    assert (stored(moving).frames, stored(moving).media_type) == (5, "image/webp")
    assert stored(moving, SMALL).frames == 1
    assert stored(take(animation("PNG", 5))).frames == 5, "APNG"
    assert stored(take(animation("GIF", 5), kind=PICTURES_ONLY)).frames == 1


def test_a_bomb_in_a_text_or_a_profile_is_refused_or_dropped(shelf: LocalStore, db: None) -> None:
    packed = zlib.compress(bytes(200_000_000), 9)
    for name in (b"zTXt", b"iCCP"):
        with pytest.raises(PictureIsBroken):
            take(with_chunk(WHOLE["PNG"], name, b"a\x00\x00" + packed))


def test_a_profile_of_rubbish_is_dropped(shelf: LocalStore, db: None) -> None:
    holding = take(picture("JPEG", icc_profile=b"rubbish" * 100))
    with shelf.open(stored(holding).sha256) as file:
        assert "icc_profile" not in Image.open(file).info


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_and_with_what_a_picture_was_taken_is_gone(kind: str, shelf: LocalStore, db: None) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET camera"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 29: "SECRET:1"})
    xmp = {} if kind == "PNG" else {"xmp": b"<x:xmpmeta>SECRET</x:xmpmeta>"}
    data = picture(kind, exif=exif.tobytes(), **xmp)
    assert b"SECRET" in data
    holding = take(data)
    for each in holding.files.all():
        with shelf.open(each.stored.sha256) as file:
            assert b"SECRET" not in file.read()
            image = Image.open(file)
            assert not image.getexif()
            assert not {"exif", "xmp", "comment"} & set(image.info)
            assert image.size == (60, 90), "upright, as the camera was held"


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF"])
def test_a_picture_loses_its_other_half(name: str, shelf: LocalStore, db: None) -> None:
    page = b"<script>alert('SECRET')</script>"
    for other in (archive({"SECRET.class": b"x"}), page, b"/*SECRET*/=1;"):
        row = stored(take(WHOLE[name] + other, "both.html"))
        with shelf.open(row.sha256) as file:
            assert b"SECRET" not in file.read()
    comment = picture("JPEG", comment=page)
    assert page in comment
    row = stored(take(comment))
    with shelf.open(row.sha256) as file:
        assert b"SECRET" not in file.read()


@pytest.mark.parametrize("name", ["PDF", "MP3", "MP4"])
def test_what_is_kept_as_it_came_is_one_thing(name: str, shelf: LocalStore, db: None) -> None:
    first = {"PDF": PDF, "MP3": MP3, "MP4": MP4}[name]
    tail = b"\n%%EOF\n" if name == "PDF" else b""
    for other in (archive({"a.class": b"x"}), archive({"a": b"x" * 30}) + b"junk" * 20):
        with pytest.raises(FileIsTwoThings):
            take(first + other + tail)


def test_a_pdf_is_one_from_its_first_byte_to_its_last(shelf: LocalStore, db: None) -> None:
    with pytest.raises(FormatIsNotTaken):
        take(b"\x00" + PDF)
    with pytest.raises(FileIsBroken):
        take(PDF[:-8])
    with pytest.raises(FileIsTwoThings):
        take(PDF.replace(b"1 0 obj", b"% <html><script>\n1 0 obj"))


def test_a_bomb_of_an_archive_is_refused(shelf: LocalStore, db: None) -> None:
    with pytest.raises(ArchiveUnpacksToTooMuch):
        take(archive({"zeros": bytes(30_000_000)}))


def test_who_gave_it_and_what_it_is_called_are_kept(shelf: LocalStore, db: None) -> None:
    holding = take(picture("JPEG"), "C:\\fakepath\\holiday.PNG")
    assert (holding.name, holding.by_id, holding.kind, holding.at) == ("holiday.jpg", 7, "anything", NOON)
    assert len(holding.pk) == 43


def test_the_same_bytes_are_there_once_and_held_twice(shelf: LocalStore, db: None) -> None:
    first, second = take(PDF, "a.pdf"), take(PDF, "b.pdf")
    assert first.pk != second.pk
    assert stored(first) == stored(second)
    assert len(list(shelf.walk())) == 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(STARTS),
    rest=st.binary(max_size=400),
    name=st.text(max_size=30),
)
def test_any_bytes_are_taken_or_refused(start: bytes, rest: bytes, name: str, shelf: LocalStore) -> None:
    try:
        with taken_in(io.BytesIO(start + rest), name=name, kind=ANYTHING) as taken:
            assert taken.parts
    except Refusal:
        pass


def test_only_the_bytes_say_what_a_file_is(shelf: LocalStore) -> None:
    assert look_at(io.BytesIO(WHOLE["JPEG"]), "page.html", ANYTHING) is JPEG


def test_a_store_is_a_folder_that_others_cannot_enter(shelf: LocalStore, db: None) -> None:
    take(PDF)
    folders: list[Path] = [path for path in shelf.folder.rglob("*") if path.is_dir()]
    assert all(path.stat().st_mode & 0o007 == 0 for path in folders)
