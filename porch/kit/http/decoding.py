"""The body of an answer, unpacked, and never more of it than allowed."""

import zlib
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from porch.kit.http.deadline import Deadline
from porch.kit.http.failures import BadAnswer, TooLarge
from porch.kit.http.headers import Headers

PIECE = 64 * 1024
GZIP, ZLIB, RAW = 31, 15, -15


def read_body(chunks: Iterable[bytes], headers: Headers, most_bytes: int, deadline: Deadline) -> bytes:
    """Read and unpack a body; it is too large when either form has more than ``most_bytes``."""
    unpack = unpacker_for(headers)
    travelled = 0
    body = bytearray()
    for chunk in chunks:
        travelled += len(chunk)
        if travelled > most_bytes:
            raise TooLarge
        for piece in unpack.pieces(chunk) if unpack else (chunk,):
            deadline.left()
            body += piece
            if len(body) > most_bytes:
                raise TooLarge
    if unpack and travelled and not unpack.is_whole:
        raise BadAnswer(why=_("it ends too early"))
    return bytes(body)


def unpacker_for(headers: Headers) -> "Unpacker | None":
    """Choose how to unpack. One layer is all that honest servers use; more of them are a bomb's fuse."""
    codings = [coding.strip().lower() for coding in headers.get("content-encoding", "").split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity")]
    if not codings:
        return None
    if len(codings) > 1 or codings[0] not in ("gzip", "x-gzip", "deflate"):
        raise BadAnswer(why=_("it is packed in a way that was not asked for"))
    return Unpacker(is_gzip=codings[0] != "deflate")


class Unpacker:
    """Unpacks gzip or deflate in small pieces, so that whoever takes them can stop in time."""

    def __init__(self, *, is_gzip: bool) -> None:
        self.is_gzip = is_gzip
        self.inflater = zlib.decompressobj(GZIP) if is_gzip else None

    @property
    def is_whole(self) -> bool:
        return self.inflater is not None and self.inflater.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Unpack what came; a piece has at most ``PIECE`` bytes."""
        has_more = False
        while data or has_more:
            inflater = self.ready(data)
            try:
                piece = inflater.decompress(data, PIECE)
            except zlib.error as error:
                raise BadAnswer(why=_("it is packed wrongly")) from error
            data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            has_more = len(piece) == PIECE and not inflater.eof
            yield piece

    def ready(self, data: bytes) -> "zlib._Decompress":
        """Give the inflater for what comes next: gzip may have several members, one after the other."""
        if self.inflater is None:
            # "deflate" means zlib's wrapping by the book, and none at all on some servers.
            self.inflater = zlib.decompressobj(ZLIB if data[0] & 0x0F == 8 else RAW)
        elif self.inflater.eof:
            if not self.is_gzip:
                raise BadAnswer(why=_("it is packed wrongly"))
            self.inflater = zlib.decompressobj(GZIP)
        return self.inflater
