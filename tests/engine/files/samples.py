"""Files made on the spot: whole ones of each format, and kinds that take them."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

from porch.engine.files.kinds import FileKind
from porch.kit.formats.known import ALL

ANYTHING = FileKind("anything", ALL, 20_000_000, lambda request, held: True, moves=True)
FileKind.known.remove(ANYTHING)


def picture(kind: str, size: tuple[int, int] = (90, 60), mode: str = "RGB", **options: Any) -> bytes:
    """A picture with a gradient, so that it does not compress to nothing."""
    image = Image.merge("RGB", [Image.radial_gradient("L").resize(size)] * 3).convert(mode)
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def animation(kind: str, frames: int, size: tuple[int, int] = (8, 8)) -> bytes:
    # Each colour differs from the one before by so much that none is taken for the same.
    images = [Image.new("RGB", size, (n * 97 % 256, n * 53 % 256, n // 256)) for n in range(frames)]
    file = io.BytesIO()
    images[0].save(file, kind, save_all=True, append_images=images[1:], duration=40, optimize=False)
    return file.getvalue()


def archive(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return file.getvalue()


def png_of_zeros(width: int, height: int) -> bytes:
    """A PNG of many pixels in few bytes."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + (width + 7) // 8)) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def with_chunk(png: bytes, name: bytes, content: bytes) -> bytes:
    """Put a chunk behind the head of a PNG."""
    return png[:33] + chunk(name, content) + png[33:]


PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
MP3 = (b"\xff\xfb\x90\x00" + bytes(413)) * 3
OGG = b"OggS\x00\x02" + bytes(60)
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42" + bytes(60)
M4A = b"\x00\x00\x00\x18ftypM4A \x00\x00\x02\x00isomM4A " + bytes(60)
WEBM = (
    b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"
    + bytes(40)
)

WHOLE: dict[str, bytes] = {
    "JPEG": picture("JPEG"),
    "PNG": picture("PNG"),
    "WebP": picture("WEBP"),
    "GIF": picture("GIF"),
    "AVIF": picture("AVIF"),
    "PDF": PDF,
    "plain text": "Grüße, 世界\n".encode(),
    "ZIP": archive({"a/b.txt": b"text"}),
    "MP3": MP3,
    "Ogg": OGG,
    "M4A": M4A,
    "MP4": MP4,
    "WebM": WEBM,
}
