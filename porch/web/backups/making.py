"""Make a backup: the database as of one moment, then every file, then a list of what is in it."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal

from django.conf import settings
from django.db import Error, connection

from porch import __version__
from porch.engine.files.models import StoredFile
from porch.engine.files.places import kept_still
from porch.kit.text import size_in_words
from porch.web.backups import snapshots, tables
from porch.web.backups.archive import KEY, MANIFEST, SQLITE, Told, Writer
from porch.web.backups.drafts import draft, settle
from porch.web.backups.words import BackupFailed, Manifest, Table
from porch.web.settings.folder import NAME

Content = Literal["all", "database"]
FILES = "files"
# What has to stay free while a backup is written, in bytes, beside the backup itself.
MARGIN = 1_000_000


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, so many ``files`` too. ``damaged`` names those whose content is not what their name says.

    ``missing`` names files that are held and not there: they are not in the backup.
    """

    path: Path | None
    size: int
    manifest: Manifest
    files: int
    damaged: list[str]
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Source:
    """The database of a backup: what the manifest says of it, and how it is written."""

    size: int
    migrations: list[tuple[str, str]]
    tables: dict[str, Table]
    write: Callable[[Writer], object]


@dataclass(slots=True)
class Counted:
    """A pipe or a file that counts what goes into it."""

    out: BinaryIO
    size: int = 0

    def write(self, data: bytes) -> None:
        self.out.write(data)
        self.size += len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.out, name)


def make_backup(
    target: Path | BinaryIO,
    *,
    at: datetime,
    content: Content = "all",
    database: Path | None = None,
    begun: Told = lambda size: None,
    told: Told = lambda size: None,
) -> Made:
    """Write an archive to a file, which appears when it is whole, or into a pipe.

    ``database`` is an SQLite file that nobody writes, in place of the one in use. ``begun`` hears of the number of
    bytes to come, ``told`` of every so many. Raises BackupFailed.
    """
    try:
        if not isinstance(target, Path):
            return write(target, None, at, content, database, begun, told)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with draft(target.parent) as path:
            with path.open("wb") as out:
                made = write(out, target, at, content, database, begun, told)
            settle(path, target)
        return made
    except OSError as error:
        raise BackupFailed(f"{error.strerror or error} ({error.filename or target})") from error
    except (sqlite3.Error, Error) as error:
        raise BackupFailed(f"the database cannot be read: {error}".strip()) from error


def write(
    out: BinaryIO,
    target: Path | None,
    at: datetime,
    content: Content,
    database: Path | None,
    begun: Told,
    told: Told,
) -> Made:
    """Write the members in their order."""
    folder: Path = settings.OPTIONS.data
    is_sqlite = connection.vendor == "sqlite"
    opened = sqlite_source(folder, database, begun, told, target) if is_sqlite else postgresql_source(begun)
    with kept_still(is_reader=True), opened as source:
        # Files are listed after the database was read: each that it names is there by now, and stays meanwhile.
        named = files_named(source) if content == "all" else set()
        files = list(files_in(folder)) if content == "all" else []
        file_bytes = sum(size for _, size in files)
        require_room(target.parent if target else None, source.size + file_bytes)
        begun(source.size + file_bytes)
        manifest = Manifest(
            porch=__version__,
            engine="sqlite" if is_sqlite else "postgresql",
            content=content,
            created_at=at.isoformat(timespec="seconds"),
            migrations=source.migrations,
            tables=source.tables,
            database_bytes=source.size,
            files=len(files),
            file_bytes=file_bytes,
        )
        counted = Counted(out)
        writer = Writer(counted, at=at, told=told)  # type: ignore[arg-type]
        writer.add(MANIFEST, manifest.to_json())
        writer.add(KEY, (folder / NAME).read_bytes())
        source.write(writer)
        sums = {name: copy_file(writer, folder / name, name, size) for name, size in files}
        writer.finish()
    written = {name: found for name, found in sums.items() if found}
    damaged = [name for name, found in written.items() if not is_as_named(name, found)]
    return Made(
        target, counted.size, manifest, len(written), damaged, sorted((named | set(sums)) - set(written))
    )


@contextmanager
def sqlite_source(
    folder: Path, database: Path | None, begun: Told, told: Told, target: Path | None
) -> Iterator[Source]:
    """Copy the database in use, unless a copy is at hand; then write the copy."""
    if database is not None:
        yield source_of(database)
        return
    size = snapshots.size_of(folder / "porch.sqlite3")
    require_room(folder, size)
    begun(size)
    with draft(folder / "tmp") as path:
        snapshots.snapshot(folder / "porch.sqlite3", path, told)
        yield source_of(path)


def source_of(file: Path) -> Source:
    """Describe an SQLite file that nobody writes."""
    size = file.stat().st_size

    def write_file(writer: Writer) -> None:
        with file.open("rb") as source:
            writer.copy(SQLITE, size, source)

    return Source(size, snapshots.migrations_in(file), snapshots.tables_in(file), write_file)


@contextmanager
def postgresql_source(begun: Told) -> Iterator[Source]:
    with tables.one_moment() as cursor:
        described = tables.describe(cursor)
        yield Source(
            tables.size_here(cursor),
            tables.migrations_seen(cursor),
            described,
            lambda writer: tables.dump(cursor, described, writer),
        )


def files_in(folder: Path) -> Iterator[tuple[str, int]]:
    """Give the name and the size of every file that is kept; what begins with a dot is still being written."""
    for place, folders, names in os.walk(folder / FILES):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path.relative_to(folder).as_posix(), path.stat().st_size


def files_named(source: Source) -> set[str]:
    """Give the names of the files that somebody holds, as ``files_in`` spells them."""
    if StoredFile._meta.db_table not in source.tables:
        return set()  # a database from before there were files
    held = StoredFile.objects.filter(held__isnull=False).values_list("sha256", flat=True).distinct()
    return {f"{FILES}/{each[:2]}/{each[2:4]}/{each}" for each in held}


def copy_file(writer: Writer, path: Path, name: str, size: int) -> str:
    """Copy a file that is kept; give its SHA-256, or nothing where it has gone meanwhile."""
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return ""
    with source:
        return writer.copy(name, size, source)


def is_as_named(name: str, found: str) -> bool:
    """Say whether the content of a file is what its name says, if that is a sum."""
    last = name.rpartition("/")[2]
    return len(last) != len(found) or last == found


def require_room(folder: Path | None, size: int) -> None:
    """See to it that so many bytes fit on a disk. Nobody knows the disk behind a pipe."""
    if folder is None:
        return
    free = shutil.disk_usage(folder).free
    if free < size * 1.05 + MARGIN:
        raise BackupFailed(
            f"{folder} has {size_in_words(free)} free, and {size_in_words(size * 1.05 + MARGIN)} are needed. "
            "Make room, or take another disk"
        )
