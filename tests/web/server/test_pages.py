"""The cache of anonymous pages, on its own."""

import gzip

from hypothesis import given
from hypothesis import strategies as st

from porch.web.server.pages import NONCE_LETTERS, Gzip, Page, Pages
from porch.web.server.wsgi import Answer

NONCE = "n" * NONCE_LETTERS


def page(body: bytes = b"hello", *topics: str) -> Page:
    headers = [
        (b"content-type", b"text/html"),
        (b"content-security-policy", f"script-src 'nonce-{NONCE}'".encode()),
    ]
    return Page.of(Answer(200, headers, body), topics or ("t",), NONCE.encode())


@given(st.lists(st.binary(max_size=3_000), min_size=1, max_size=4), st.binary(min_size=22, max_size=22))
def test_a_stream_with_gaps_unpacks_to_the_page_with_its_nonce(plain: list[bytes], nonce: bytes) -> None:
    assert gzip.decompress(Gzip.of(plain).fill(nonce)) == nonce.join(plain)


def test_two_answers_share_bytes_and_no_nonce() -> None:
    kept = page(f"<script nonce={NONCE}></script>".encode() + b"text " * 500)
    one, two = (gzip.decompress(kept.gzip.fill(nonce)) for nonce in (b"1" * 22, b"2" * 22))
    assert one.replace(b"1" * 22, b"2" * 22) == two
    assert len(kept.gzip.fill(b"1" * 22)) < 300


def test_the_nonce_is_cut_out_of_the_policy_too() -> None:
    assert b"".join(page().policy) == b"script-src 'nonce-'"


def test_a_change_forgets_the_pages_of_its_topic_and_no_others() -> None:
    pages = Pages()
    pages.put(b"/a", page(b"a", "one"), made_since=0)
    pages.put(b"/b", page(b"b", "two"), made_since=0)
    pages.change("one")
    assert pages.get(b"/a") is None
    assert pages.get(b"/b") is not None


def test_a_page_that_was_overtaken_is_not_kept() -> None:
    pages = Pages()
    begun = pages.changes
    pages.change("one")
    assert not pages.put(b"/a", page(b"old", "one"), made_since=begun)
    assert pages.get(b"/a") is None
    assert pages.put(b"/a", page(b"new", "one"), made_since=pages.changes)


def test_the_oldest_go_when_there_is_no_more_room() -> None:
    pages = Pages(most_bytes=40_000)
    for n in range(100):
        pages.put(b"/%d" % n, page(b"x"), made_since=0)
        pages.get(b"/0")
    assert pages.bytes_held <= 40_000
    assert pages.get(b"/0") is not None, "it was asked for again and again"
    assert pages.get(b"/1") is None
    assert sum(each.size for each in pages.held.values()) == pages.bytes_held


def test_one_page_cannot_push_out_all_others() -> None:
    pages = Pages(most_bytes=40_000)
    pages.put(b"/a", page(b"a"), made_since=0)
    assert not pages.put(b"/huge", page(bytes(30_000)), made_since=0)
    assert pages.get(b"/a") is not None


def test_the_same_page_has_the_same_tag_whatever_its_nonce() -> None:
    other = "m" * NONCE_LETTERS
    one = Page.of(Answer(200, [], f"a{NONCE}b".encode()), ["t"], NONCE.encode())
    two = Page.of(Answer(200, [], f"a{other}b".encode()), ["t"], other.encode())
    assert one.etag == two.etag != page(b"another").etag
