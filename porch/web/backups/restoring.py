"""Restore a backup: everything is checked first, put together beside what shall be, and moved into place last."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.db import Error, connection, transaction
from django.db.migrations.loader import MigrationLoader

from porch import __version__
from porch.web.backups import snapshots, tables
from porch.web.backups.archive import KEY, SEQUENCES, SQLITE, Archive, Told, chunks, verify
from porch.web.backups.drafts import sync_folder
from porch.web.backups.making import require_room
from porch.web.backups.turns import is_lived_in
from porch.web.backups.words import BackupFailed, NotRestorable
from porch.web.settings.folder import READY, STAGE, finish_restore
from porch.web.upgrades.migrating import migrate_file, migrate_here, migrate_to

# What may lie in a folder that is to be filled: an archive to restore from, and what a file system brings along.
MAY_BE_THERE = {STAGE, "backups", "lost+found"}


@dataclass(frozen=True, slots=True)
class Restored:
    folder: Path
    archive: Archive
    migrated: int


def restore(path: Path, folder: Path, *, told: Told = lambda size: None) -> Restored:
    """Fill an empty folder, and on PostgreSQL an empty database, from an archive.

    Raises NotRestorable before anything is touched. Killed at any moment it leaves nothing, or all, or something that
    the same command, or the next start of Porch, brings to its end.
    """
    if not path.is_file():
        raise NotRestorable(f"there is no file {path}")
    archive = verify(path, told)
    require_known(archive)
    if finish_restore(folder):
        raise NotRestorable(f"an earlier restore into {folder} had been interrupted, and is finished now")
    require_empty(folder)
    require_space(folder, archive)
    is_loaded = connection.vendor == "postgresql" and is_here_already(archive)
    try:
        stage = prepare(folder)
        with path.open("rb") as file:
            extract(archive, file, stage, told)
            if connection.vendor == "sqlite":
                migrated = settle_file(archive, stage / "porch.sqlite3")
            else:
                migrated = 0 if is_loaded else load(archive, file)
        sync_all(stage)
        (stage / READY).touch()
        sync_folder(stage)
        finish_restore(folder)
    except OSError as error:
        raise NotRestorable(f"{error.strerror or error} ({error.filename or folder})") from error
    except Error as error:
        raise NotRestorable(f"the database did not take it: {error}".strip()) from error
    return Restored(folder, archive, migrated)


def require_known(archive: Archive) -> None:
    """Refuse what was made on another engine, or by a newer Porch."""
    manifest = archive.manifest
    if manifest.engine != connection.vendor:
        here = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        how = (
            "unset PORCH_DATABASE"
            if manifest.engine == "sqlite"
            else "set PORCH_DATABASE to an empty database"
        )
        raise NotRestorable(
            f"this backup is of {here[manifest.engine]}, and Porch is set to {here[connection.vendor]} here: {how}"
        )
    loader = MigrationLoader(None)
    unknown = [
        f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in loader.disk_migrations
    ]
    if unknown:
        raise NotRestorable(
            f"this backup is of Porch {manifest.porch}, which is newer than this one ({__version__}): "
            f"it knows {unknown[0]}. Install that version or a later one"
        )
    names = {each.name for each in archive.members}
    if KEY not in names or (SQLITE if manifest.engine == "sqlite" else SEQUENCES) not in names:
        raise NotRestorable("the backup is damaged: it holds no database, or no key")


def require_empty(folder: Path) -> None:
    """Refuse a folder in which somebody lives."""
    there = sorted(each.name for each in folder.iterdir()) if folder.exists() else []
    if is_lived_in(folder):
        raise NotRestorable(f"a Porch runs in {folder}. Stop it, and move the folder away")
    in_the_way = [name for name in there if name not in MAY_BE_THERE]
    if in_the_way:
        what = (
            "there is a Porch in" if {"porch.sqlite3", "secret.key"} & set(there) else "there is something in"
        )
        raise NotRestorable(
            f"{what} {folder} ({', '.join(in_the_way[:3])}). Stop it and move it away "
            f"(mv {folder} {folder}.old), or restore to another place with --into"
        )


def require_space(folder: Path, archive: Archive) -> None:
    """Refuse a disk that is too small; a database that takes the steps of an upgrade may grow."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        require_room(there, 2 * archive.manifest.database_bytes + archive.manifest.file_bytes)
    except BackupFailed as error:
        raise NotRestorable(str(error)) from error


def is_here_already(archive: Archive) -> bool:
    """Say whether this very archive is in the database by now: the last restore was killed before it had its folder."""
    if not tables.names():
        return False
    if tables.mark() == archive.id:
        return True
    raise NotRestorable(
        "the database of PORCH_DATABASE is not empty. Make a new one (createdb porch), and name it there"
    )


def prepare(folder: Path) -> Path:
    """Make the place in the folder where everything is put together."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stage = folder / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(mode=0o700)
    return stage


def extract(archive: Archive, file: BinaryIO, stage: Path, told: Told) -> None:
    """Write the key, the files, and the database where it is one file."""
    for member in archive.members:
        if member.name == KEY or member.name.startswith("files/"):
            target = stage / member.name
        elif member.name == SQLITE:
            target = stage / "porch.sqlite3"
        else:
            continue
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for chunk in chunks(file, member):
                out.write(chunk)
                told(len(chunk))


def settle_file(archive: Archive, file: Path) -> int:
    """Check the database that was extracted, and bring it to today's schema; give the number of steps."""
    manifest = archive.manifest
    if snapshots.migrations_in(file) != manifest.migrations or not snapshots.is_sound(file):
        raise NotRestorable("the database in the backup is damaged")
    return migrate_file(file)


def load(archive: Archive, file: BinaryIO) -> int:
    """Build the tables as they were, fill them, and bring them to today's schema, all in one transaction."""
    manifest = archive.manifest
    with transaction.atomic():
        migrate_to(manifest.migrations)
        require_own({name: table.columns for name, table in manifest.tables.items()})
        tables.empty(list(manifest.tables))
        for name, table in manifest.tables.items():
            if tables.load(name, table.columns, pieces_of(archive, file, name)) != table.rows:
                raise NotRestorable(f"the backup is damaged: {name} does not have its {table.rows} rows")
        connection.check_constraints()
        tables.set_sequences(json.loads(b"".join(bytes_of(archive, file, SEQUENCES))))
        migrated = migrate_here()
        tables.mark(archive.id)
    return migrated


def require_own(found: Mapping[str, Iterable[str]]) -> None:
    """Refuse tables and columns that are not ours: nobody knows how to build them, nor what their names may do."""
    foreign = sorted(set(found) - tables.names())
    if foreign:
        raise NotRestorable(f"the backup holds a table that is not of Porch: {foreign[0]}")
    for name, columns in found.items():
        if odd := sorted(set(columns) - tables.columns_of(name)):
            raise NotRestorable(f"the backup holds a column that is not of Porch: {name}.{odd[0]}")


def pieces_of(archive: Archive, file: BinaryIO, table: str) -> Iterator[bytes]:
    return (chunk for chunk in bytes_of(archive, file, f"database/{table}/"))


def bytes_of(archive: Archive, file: BinaryIO, begin: str) -> Iterator[bytes]:
    """Give the bytes of every member whose name begins so, in their order."""
    for member in archive.members:
        if member.name.startswith(begin):
            yield from chunks(file, member)


def sync_all(folder: Path) -> None:
    """Have the disk write every file below a folder."""
    for place, _, names in os.walk(folder):
        for name in names:
            with Path(place, name).open("rb") as file:
                os.fsync(file.fileno())
        sync_folder(Path(place))
