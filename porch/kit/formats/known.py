"""What a file is, told from its bytes alone. What it calls itself does not count."""

from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

HEAD = 4096
# Brands of the ISO container (ISO 14496-12), which films, sound and AVIF share.
AVIF = frozenset({b"avif", b"avis"})
SOUND = frozenset({b"M4A ", b"M4B "})
FILM = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V "})
# Kilobits a second and samples a second of MPEG 1 and 2, layer III.
RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000)}


class Family(Enum):
    """What is done with a file: pictures are drawn anew, sound and film may play in a page, others are downloads."""

    PICTURE = "picture"
    DOCUMENT = "document"
    MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Format:
    """A format that Porch knows. Its first extension is the one that a name gets."""

    name: str
    media_type: str
    extensions: tuple[str, ...]
    family: Family


JPEG = Format("JPEG", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), Family.PICTURE)
PNG = Format("PNG", "image/png", ("png", "apng"), Family.PICTURE)
WEBP = Format("WebP", "image/webp", ("webp",), Family.PICTURE)
GIF = Format("GIF", "image/gif", ("gif",), Family.PICTURE)
AVIF_PICTURE = Format("AVIF", "image/avif", ("avif",), Family.PICTURE)
PDF = Format("PDF", "application/pdf", ("pdf",), Family.DOCUMENT)
TEXT = Format("plain text", "text/plain; charset=utf-8", ("txt", "text", "md", "log"), Family.DOCUMENT)
CSV = Format("CSV", "text/csv; charset=utf-8", ("csv",), Family.DOCUMENT)
ZIP = Format("ZIP", "application/zip", ("zip",), Family.DOCUMENT)
MP3 = Format("MP3", "audio/mpeg", ("mp3",), Family.MEDIA)
OGG = Format("Ogg", "audio/ogg", ("ogg", "oga", "opus"), Family.MEDIA)
M4A = Format("M4A", "audio/mp4", ("m4a", "m4b"), Family.MEDIA)
MP4 = Format("MP4", "video/mp4", ("mp4", "m4v"), Family.MEDIA)
WEBM = Format("WebM", "video/webm", ("webm",), Family.MEDIA)

PICTURES = (JPEG, PNG, WEBP, GIF, AVIF_PICTURE)
DOCUMENTS = (PDF, TEXT, CSV, ZIP)
MEDIA = (MP3, OGG, M4A, MP4, WEBM)
ALL = (*PICTURES, *DOCUMENTS, *MEDIA)
BY_MEDIA_TYPE = {each.media_type: each for each in ALL}


def sniff(file: BinaryIO) -> Format | None:
    """Tell the format of a file, or None. Whatever has no signature may be text, which the whole file decides."""
    file.seek(0)
    head = file.read(HEAD)
    for sign, found in (
        (b"\xff\xd8\xff", JPEG),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"GIF87a", GIF),
        (b"GIF89a", GIF),
        (b"%PDF-", PDF),
        (b"PK\x03\x04", ZIP),
        (b"OggS\x00", OGG),
    ):
        if head.startswith(sign):
            return found
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM if b"\x42\x82\x84webm" in head[:64] else None
    return MP3 if _is_mp3(file, head) else None


def _by_brand(head: bytes) -> Format | None:
    size = int.from_bytes(head[:4], "big")
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(size, 128), 4))]
    if AVIF & set(brands):
        return AVIF_PICTURE
    if brands[0] in SOUND:
        return M4A
    return MP4 if brands[0] in FILM else None


def _is_mp3(file: BinaryIO, head: bytes) -> bool:
    """Find two frames in a row, behind the tag if there is one: two bytes of signature alone prove nothing."""
    at = 0
    if head.startswith(b"ID3") and len(head) > 10 and max(head[6:10]) < 128:
        at = 10 + sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    for _ in range(2):
        file.seek(at)
        length = _frame_length(file.read(4))
        if not length:
            return False
        at += length
    return True


def _frame_length(frame: bytes) -> int:
    """Give the bytes of an MPEG frame of layer III by its head, 0 where it is none."""
    if len(frame) < 4 or frame[0] != 0xFF or frame[1] & 0xE6 != 0xE2:
        return 0
    version, rate, samples = frame[1] >> 3 & 3, frame[2] >> 4, frame[2] >> 2 & 3
    if version not in RATES or rate in (0, 15) or samples == 3:
        return 0
    of_a_frame = 144 if version == 3 else 72
    return of_a_frame * 1000 * RATES[version][rate] // SAMPLES[version][samples] + (frame[2] >> 1 & 1)
