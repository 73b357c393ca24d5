"""What a file that is kept as it came must not be: torn, a page in disguise, or two things at once."""

import codecs
import os
import re
from typing import BinaryIO

from porch.kit.formats.known import CSV, PDF, TEXT, Format
from porch.kit.formats.names import extension_of

CHUNK = 1_048_576
# So far from its end may the record stand that makes a file an archive: its comment may be long.
ARCHIVE_TAIL = 65_535 + 22 + 20
ARCHIVE_END = b"PK\x05\x06"
PDF_TAIL = 1024
PDF_HEAD = 1024
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
TAGS = re.compile(rb"(?i)<(!doctype|html|head|body|script|svg|iframe|\?xml|\?php)")
# How pages, scripts and programs for printers begin.
BEGINS = re.compile(r"(?i)<[!?/a-z]|#!|%!|\{\\rtf|javascript:")


def is_text(file: BinaryIO) -> bool:
    """Say whether a whole file is text in UTF-8, without controls, that does not begin as a page or script does."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_first = True
    while True:
        chunk = file.read(CHUNK)
        try:
            text = decoder.decode(chunk, not chunk)
        except UnicodeDecodeError:
            return False
        if CONTROLS.search(text) or (is_first and BEGINS.match(text.lstrip("\ufeff \t\r\n\f"))):
            return False
        if not chunk:
            return True
        is_first = False


def text_format(name: str) -> Format:
    """Tell tables from other texts, by the name: nothing else could."""
    return CSV if extension_of(name) in CSV.extensions else TEXT


def is_whole_pdf(file: BinaryIO) -> bool:
    """Say whether a PDF ends as one does."""
    return b"%%EOF" in tail(file, PDF_TAIL)


def is_also_something_else(file: BinaryIO, found: Format) -> bool:
    """Find an archive behind a document, or a page in front of it: one file, two readers, two meanings."""
    end = tail(file, ARCHIVE_TAIL)
    at = end.rfind(ARCHIVE_END)
    if at >= 0 and _is_archive_end(end[at:], file_size=size_of(file), behind=len(end) - at):
        return True
    file.seek(0)
    return found is PDF and TAGS.search(file.read(PDF_HEAD)) is not None


def _is_archive_end(record: bytes, *, file_size: int, behind: int) -> bool:
    """Hold a record to what it says: the list of files fits in front of it."""
    size, offset = int.from_bytes(record[12:16], "little"), int.from_bytes(record[16:20], "little")
    return len(record) >= 22 and size + offset <= file_size - behind


def tail(file: BinaryIO, most: int) -> bytes:
    """Read the last bytes of a file."""
    file.seek(max(0, size_of(file) - most))
    return file.read(most)


def size_of(file: BinaryIO) -> int:
    """Give the bytes of an open file."""
    return file.seek(0, os.SEEK_END)
