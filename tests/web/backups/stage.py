"""Houses with something in them, commands on them, and every row of two of them side by side."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from tests.porch_server import PORCH, PorchProcess, blank_database, blank_house, fresh_database, house_for

Done = "subprocess.CompletedProcess[str]"
BYTES = (b"", b"a file", bytes(range(256)) * 5_000)


@contextmanager
def empty_house(folder: Path) -> Iterator[PorchProcess]:
    """A place for a house, and an empty database on PostgreSQL."""
    folder.mkdir(parents=True)
    with fresh_database() as database:
        yield house_for(folder, database)


@contextmanager
def lived_in(folder: Path) -> Iterator[PorchProcess]:
    """A house with an owner, and files."""
    folder.mkdir(parents=True)
    with blank_database() as database:
        house = blank_house(folder, database)
        house.run("owner-link")
        for data in BYTES:
            keep_file(folder / "data", data)
        yield house


def keep_file(data: Path, content: bytes) -> Path:
    name = sha256(content).hexdigest()
    path = data / "files" / name[:2] / name[2:4] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def run(
    house: PorchProcess, *words: str, plant: str = "", **settings: str
) -> "subprocess.CompletedProcess[str]":
    """Run a porch command, with a planted migration where one is named."""
    environ = house.environ | {f"PORCH_{name.upper()}": value for name, value in settings.items()}
    return subprocess.run(
        [*program(plant), *words], env=environ, cwd=house.folder, capture_output=True, text=True, timeout=60
    )


def program(plant: str) -> list[str]:
    return [sys.executable, "-m", "tests.web.backups.planted", plant] if plant else PORCH


def back_up(house: PorchProcess, name: str = "it.tar", *, plant: str = "") -> Path:
    file = house.folder / name
    done = run(house, "backup", str(file), "--json", plant=plant)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["bytes"] == file.stat().st_size
    return file


def rows(house: PorchProcess) -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of every table."""
    if database := house.environ.get("PORCH_DATABASE"):
        with psycopg.connect(database) as pg:
            names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            tables = [name for (name,) in pg.execute(names)]
            return {
                each: sorted(pg.execute(f'SELECT * FROM "{each}"').fetchall(), key=repr) for each in tables
            }
    with closing(sqlite3.connect(house.folder / "data" / "porch.sqlite3")) as db:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1"
        tables = [name for (name,) in db.execute(names)]
        return {each: sorted(db.execute(f'SELECT * FROM "{each}"').fetchall(), key=repr) for each in tables}


def execute(house: PorchProcess, statement: str) -> None:
    if database := house.environ.get("PORCH_DATABASE"):
        with psycopg.connect(database) as pg:
            pg.execute(statement)
    else:
        with closing(sqlite3.connect(house.folder / "data" / "porch.sqlite3")) as db, db:
            db.execute(statement)


def files(folder: Path) -> dict[str, bytes]:
    """Read every file that is kept, and the key."""
    kept = [path for path in (folder / "files").rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in [*kept, folder / "secret.key"]}
