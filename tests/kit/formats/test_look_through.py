"""Archives tell one story, unpack to a bounded amount, and stay in their folder."""

import io
import stat
import struct
import tempfile
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from porch.kit.formats.archives import Budget, Unfit, look_through
from tests.engine.files.samples import archive


def look(data: bytes, budget: Budget | None = None) -> None:
    look_through(io.BytesIO(data), folder=tempfile.gettempdir(), budget=budget)


def why(data: bytes, budget: Budget | None = None) -> str:
    with pytest.raises(Unfit) as refused:
        look(data, budget)
    return refused.value.why


def test_an_honest_archive_passes() -> None:
    look(archive({"a.txt": b"text" * 1000, "folder/": b"", "folder/ü.bin": bytes(range(256)), "empty": b""}))
    look(archive({"a.txt": b"text"}, zipfile.ZIP_STORED))
    look(archive({"inner.zip": archive({"deeper.zip": archive({"a": b"b"})})}))


def test_a_flat_bomb_is_too_big() -> None:
    assert why(archive({"zeros": bytes(20_000_000)})) == "too-big"


def test_a_nested_bomb_is_too_big_or_too_deep() -> None:
    layer = archive({"zeros": bytes(9_000_000)})
    assert why(archive({f"{n}.zip": layer for n in range(12)}), Budget(unpacked=100_000_000)) == "too-big"
    deep = b"x"
    for _ in range(4):
        deep = archive({"a.zip": deep})
    assert why(deep) == "too-deep"


def test_too_many_files_are_too_much() -> None:
    assert why(archive({f"{n}": b"" for n in range(10_001)}, zipfile.ZIP_STORED)) == "too-big"
    inner = archive({f"{n}": b"" for n in range(5_100)}, zipfile.ZIP_STORED)
    assert why(archive({"a.zip": inner, "b.zip": inner})) == "too-big"


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "a\\..\\b", "C:/a", "C:a", ".."])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert why(archive({name: b"x"})) == "names"


def test_a_name_with_a_null_is_refused() -> None:
    data = archive({"aXb.txt": b"x"}).replace(b"aXb.txt", b"a\0b.txt")
    assert why(data) == "names"


def test_a_link_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    assert why(file.getvalue()) == "names"


def test_files_that_share_their_bytes_are_too_much() -> None:
    data = archive({"a": b"x" * 5_000, "b": b"y" * 5_000})
    start = data.rfind(b"PK\x01\x02")
    entry, end = bytearray(data[start : data.rfind(b"PK\x05\x06")]), data[data.rfind(b"PK\x05\x06") :]
    struct.pack_into("<I", entry, 42, 0)  # the second one begins where the first does
    assert why(data[:start] + bytes(entry) + end) in ("too-big", "broken")


def test_a_size_that_lies_is_found_out() -> None:
    data = bytearray(archive({"a": b"x" * 100_000}))
    struct.pack_into("<I", data, data.rfind(b"PK\x01\x02") + 24, 10)
    assert why(bytes(data)) == "too-big"


def test_a_list_and_a_head_that_disagree_are_broken() -> None:
    data = archive({"shown.txt": b"x"})
    assert why(data.replace(b"shown.txt", b"other.exe", 1)) == "broken"


@pytest.mark.parametrize("cut", [1, 10, 30, 60])
def test_a_torn_archive_is_broken(cut: int) -> None:
    data = archive({"a": b"text" * 40})
    assert why(data[:-cut]) == "broken"
    assert why(data[cut:]) == "broken"


def test_what_hides_before_or_behind_is_broken() -> None:
    data = archive({"a": b"x"})
    assert why(b"MZ" + data) == "broken"
    assert why(data + b"behind") == "broken"


def test_what_cannot_be_looked_into_is_broken() -> None:
    data = bytearray(archive({"a": b"x"}))
    data[data.rfind(b"PK\x01\x02") + 8] |= 1  # encrypted
    assert why(bytes(data)) == "broken"
    assert why(archive({"a": b"x" * 100}, zipfile.ZIP_LZMA)) == "broken"
    assert why(b"PK\x05\x06" + bytes(18)) == "broken", "empty"


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_whatever_is_bent_passes_or_is_unfit(data: st.DataObject) -> None:
    whole = bytearray(archive({"a.txt": b"text" * 30, "b/c": bytes(100)}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Unfit):
        look(bytes(whole))
