"""The format: cut off anywhere, changed anywhere, or made by somebody else, an archive is refused with a reason."""

import io
import os
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from porch.web.backups.archive import END, MANIFEST, Writer, header, verify
from porch.web.backups.words import BackupFailed, Manifest, NotRestorable, Table

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NOTHING = Manifest("0.1", "sqlite", "all", AT.isoformat(), [("a", "0001")], {"t": Table(1)}, 4, 1, 3)
NAMES = {"secret.key": b"k" * 40, "database/porch.sqlite3": b"data", "files/ab/cd/abcd": b"x" * 600}


def interesting(whole: bytes) -> list[int]:
    """Choose places in an archive: both sides of every block, the ends, and some in between."""
    edges = {at + n for at in range(0, len(whole), 512) for n in (-1, 0, 1, 124, 156, 257)}
    return sorted(place for place in edges | set(range(0, len(whole), 31)) if 0 <= place < len(whole))


def write(path: Path, *, manifest: bytes = NOTHING.to_json(), names: dict[str, bytes] = NAMES) -> Path:
    with path.open("wb") as out:
        writer = Writer(out, at=AT)
        writer.add(MANIFEST, manifest)
        for name, data in names.items():
            writer.add(name, data)
        writer.finish()
    return path


def refusal(path: Path) -> str:
    with pytest.raises(NotRestorable) as caught:
        verify(path)
    return str(caught.value)


def test_a_whole_archive_is_read_and_any_tar_can_read_it_too(tmp_path: Path) -> None:
    file = write(tmp_path / "a.tar")
    archive = verify(file)
    assert archive.manifest == NOTHING
    with tarfile.open(file) as tar:
        assert tar.getnames() == [MANIFEST, *NAMES, "SHA256SUMS"]
        tar.extractall(tmp_path / "out", filter="data")
    assert os.system(f"cd {tmp_path}/out && sha256sum --quiet -c SHA256SUMS") == 0


def test_cut_off_anywhere_it_is_refused(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.tar").read_bytes()
    part = tmp_path / "part.tar"
    for length in interesting(whole):
        part.write_bytes(whole[:length])
        refusal(part)
    part.write_bytes(whole + b"\0")
    assert "goes on behind its end" in refusal(part)


def test_changed_anywhere_it_is_refused(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.tar").read_bytes()
    part = tmp_path / "part.tar"
    for place in interesting(whole):
        part.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        refusal(part)


def test_what_was_changed_is_named(tmp_path: Path) -> None:
    file = write(tmp_path / "a.tar")
    file.write_bytes(file.read_bytes().replace(b"x" * 600, b"y" * 600))
    assert "files/ab/cd/abcd is not what was backed up" in refusal(file)


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(MANIFEST, NOTHING.to_json())


def other_tar(path: Path) -> None:
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        tar.addfile(tarfile.TarInfo("photos/cat.jpg"))


def tar_with_a_first_member(path: Path) -> None:
    write(path, manifest=b'{"format": "photos", "version": 1}')


@pytest.mark.parametrize(
    "make",
    [
        zipped,
        other_tar,
        tar_with_a_first_member,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(bytes(10_240)),
        lambda path: path.write_bytes(os.urandom(10_240)),
        lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(4_080)),
        lambda path: write(path, manifest=b"[1, 2]"),
        lambda path: write(path, manifest=b"\xff\xfe"),
        lambda path: write(path, manifest=b"[" * 100_000),
    ],
)
def test_what_somebody_else_made_is_refused(make: Callable[[Path], object], tmp_path: Path) -> None:
    make(tmp_path / "a.tar")
    said = refusal(tmp_path / "a.tar")
    assert "no backup of Porch" in said or "is no name that Porch gives" in said


def test_a_newer_format_is_named(tmp_path: Path) -> None:
    newer = replace(NOTHING, version=2, porch="9.0").to_json()
    assert "Restore it with Porch 9.0 or newer" in refusal(write(tmp_path / "a.tar", manifest=newer))


def test_a_manifest_that_lacks_something_is_damaged(tmp_path: Path) -> None:
    short = b'{"format": "porch-backup", "version": 1, "tables": {}, "migrations": []}'
    assert "damaged" in refusal(write(tmp_path / "a.tar", manifest=short))


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "files/../../x",
        "/etc/passwd",
        "files//x",
        "files/./x",
        "x",
        "files/.x",
        "files/a\nb",
        "files/\u202ex",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed):
        write(tmp_path / "never.tar", names={name: b"x"})
    blocks = header(name, 0, int(AT.timestamp()))
    (tmp_path / "a.tar").write_bytes(spliced(tmp_path, blocks))
    assert "did not make this archive" in refusal(tmp_path / "a.tar").replace("it did not", "did not")


@pytest.mark.parametrize("kind", [*b"1235", *b"xgLK"])
def test_what_is_no_plain_file_is_refused(kind: int, tmp_path: Path) -> None:
    info = tarfile.TarInfo("files/link")
    info.type, info.linkname = bytes([kind]), "/etc/passwd"
    (tmp_path / "a.tar").write_bytes(spliced(tmp_path, info.tobuf(tarfile.GNU_FORMAT)))
    assert "is no plain file" in refusal(tmp_path / "a.tar")


def test_a_name_may_not_come_twice(tmp_path: Path) -> None:
    with (tmp_path / "a.tar").open("wb") as out:
        writer = Writer(out, at=AT)
        writer.add(MANIFEST, NOTHING.to_json())
        writer.add("secret.key", b"one")
        writer.add("secret.key", b"two")
        writer.finish()
    assert "secret.key is in the backup twice" in refusal(tmp_path / "a.tar")


def test_a_size_beyond_the_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(spliced(tmp_path, header("files/huge", 1 << 40, int(AT.timestamp()))))
    assert "not all there" in refusal(tmp_path / "a.tar")


def test_a_file_that_grows_shorter_while_it_is_read_ends_the_backup() -> None:
    with pytest.raises(BackupFailed, match="grew shorter"):
        Writer(io.BytesIO(), at=AT).copy("files/x", 10, io.BytesIO(b"12345"))


def spliced(folder: Path, blocks: bytes) -> bytes:
    """Give an archive with blocks of somebody else's behind its manifest."""
    whole = write(folder / "whole.tar").read_bytes()
    second = whole.index(header("secret.key", 40, int(AT.timestamp())))
    return whole[:second] + blocks + whole[second : -len(END)] + END
