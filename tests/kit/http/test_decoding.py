import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from porch.kit.http import BadAnswer, Headers, TooLarge, TooSlow, fetch
from porch.kit.http.deadline import Deadline
from porch.kit.http.decoding import PIECE, read_body
from tests.kit.http.stage import answer, policy, server


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "Deflate": raw_deflate}


def unpacked(packed: bytes, coding: str, *, chunk: int = 1000, most: int = 5_000_000) -> bytes:
    chunks = (packed[at : at + chunk] for at in range(0, len(packed), chunk))
    return read_body(chunks, Headers([(b"content-encoding", coding.encode())]), most, Deadline(10))


@settings(deadline=None)
@given(st.sampled_from(sorted(PACKERS)), st.binary(), st.integers(1, 300), st.integers(1, 200_000))
def test_what_was_packed_comes_out(coding: str, seed: bytes, chunk: int, size: int) -> None:
    data = (seed * (size // max(len(seed), 1)))[:size]
    assert unpacked(PACKERS[coding](data), coding, chunk=chunk) == data


def test_a_packed_answer_is_unpacked() -> None:
    packed = answer(gzip.compress(b"hello"), "Content-Encoding: GZip")
    with server(packed) as site:
        assert fetch(site.url(), policy=policy(site)).body == b"hello"


@pytest.mark.parametrize("size", range(PIECE - 1, PIECE + 300, 50))
def test_what_the_inflater_still_holds_comes_out_too(size: int) -> None:
    assert unpacked(raw_deflate(b"a" * size), "deflate") == b"a" * size


def test_gzip_may_come_in_several_members() -> None:
    packed = gzip.compress(b"hel") + gzip.compress(b"") + gzip.compress(b"lo")
    for chunk in (1, 7, 1000):
        assert unpacked(packed, "gzip", chunk=chunk) == b"hello"


@pytest.mark.parametrize("coding", ["", "identity", "Identity, identity"])
def test_what_is_not_packed_stays(coding: str) -> None:
    assert unpacked(b"hello", coding) == b"hello"


def test_an_empty_body_needs_no_unpacking() -> None:
    with server(answer(b"", "Content-Encoding: gzip")) as site:
        assert fetch(site.url(), policy=policy(site)).body == b""


@pytest.mark.parametrize(
    "coding",
    ["br", "zstd", "compress", "gzip, gzip", "gzip,deflate", "identity, gzip, br", "gzip;q=1", "aes128gcm"],
)
def test_other_and_stacked_packings_are_refused(coding: str) -> None:
    with (
        server(answer(gzip.compress(b"hello"), f"Content-Encoding: {coding}")) as site,
        pytest.raises(BadAnswer),
    ):
        fetch(site.url(), policy=policy(site))


def test_stacking_in_two_headers_is_stacking() -> None:
    twice = answer(gzip.compress(gzip.compress(b"x")), "Content-Encoding: gzip", "Content-Encoding: gzip")
    with server(twice) as site, pytest.raises(BadAnswer):
        fetch(site.url(), policy=policy(site))


def test_a_bomb_does_not_go_off() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(60)) + packer.flush()
    assert len(bomb) < 100_000
    with server(answer(bomb, "Content-Encoding: gzip")) as site:
        tracemalloc.start()
        try:
            with pytest.raises(TooLarge):
                fetch(site.url(), policy=policy(site, most_bytes=1_000_000))
            _now, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 10_000_000


def test_the_cap_is_on_what_comes_out() -> None:
    packed = gzip.compress(bytes(200_000))
    assert unpacked(packed, "gzip", most=200_000) == bytes(200_000)
    with pytest.raises(TooLarge):
        unpacked(packed, "gzip", most=199_999)


def test_and_on_what_comes_in() -> None:
    hollow = gzip.compress(b"") * 100
    with pytest.raises(TooLarge):
        unpacked(hollow, "gzip", most=1999)
    assert unpacked(hollow, "gzip", most=2000) == b""


def test_hollow_members_cannot_hold_us_beyond_the_deadline() -> None:
    hollow = gzip.compress(b"") * 200_000
    with pytest.raises(TooSlow):
        read_body([hollow], Headers([(b"content-encoding", b"gzip")]), 5_000_000, Deadline(0.05))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "Deflate"])
def test_what_is_cut_short_or_garbled_is_refused(coding: str) -> None:
    packed = PACKERS[coding](b"hello" * 1000)
    for wrong in (packed[:-1], packed[:5], b"\xff" + packed, packed + b"junk", b"hello"):
        with pytest.raises(BadAnswer):
            unpacked(wrong, coding)
