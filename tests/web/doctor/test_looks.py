"""What the doctor sees, look by look: each finds what is wrong, and is content where nothing is."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from porch.engine.facts.models import AudienceFactRow
from porch.kit.time import now, to_micros
from porch.web.backups.keeping import BY_HAND, failed, name_for, succeeded
from porch.web.doctor.address import look_at_answer
from porch.web.doctor.backups import look_at_backups
from porch.web.doctor.clock import look_at_clock
from porch.web.doctor.database import quick_check
from porch.web.doctor.folder import look_at_privacy
from porch.web.doctor.machine import how_built, look_at_memory
from porch.web.settings.folder import prepare_folder
from porch.web.settings.options import Options
from tests.village import Village


@pytest.fixture
def options(tmp_path: Path) -> Options:
    prepare_folder(tmp_path)
    return replace(settings.OPTIONS, data=tmp_path, backups="")


def backup(options: Options, age: timedelta, size: int = 10) -> str:
    assert options.backup_folder is not None
    options.backup_folder.mkdir(exist_ok=True)
    name = name_for(BY_HAND, now() - age)
    (options.backup_folder / name).write_bytes(bytes(size))
    return name


def test_a_young_backup_that_was_read_back_is_good(options: Options) -> None:
    name = backup(options, timedelta(hours=2))
    assert options.backup_folder is not None
    assert look_at_backups(options).state == "advice"
    succeeded(options.data, name, "sum", options.backup_folder)
    assert look_at_backups(options).state == "good"


def test_no_backup_an_old_one_and_one_that_failed_are_told_apart(options: Options) -> None:
    assert look_at_backups(options).state == "advice"
    backup(options, timedelta(days=3))
    assert "is 3 days old" in look_at_backups(options).text
    assert look_at_backups(options).state == "wrong"
    failed(options.data, now(), "the disk is full")
    assert "the disk is full" in look_at_backups(options).text
    assert look_at_backups(replace(options, backups="off")).state == "advice"


def test_a_folder_that_others_may_read_is_found(options: Options) -> None:
    options.data.chmod(0o700)
    assert look_at_privacy(options).state == "good"
    options.data.chmod(0o755)
    assert look_at_privacy(options).state == "advice"
    (options.data / "porch.sqlite3").touch()
    (options.data / "porch.sqlite3").chmod(0o644)
    found = look_at_privacy(options)
    assert (found.state, found.advice) == ("wrong", f"chmod -R go= {options.data}")


def test_a_clock_that_is_behind_its_files_or_its_facts_is_found(options: Options, village: Village) -> None:
    assert look_at_clock(options).state == "good"
    future = (now() + timedelta(days=400)).timestamp()
    os.utime(options.data / "secret.key", (future, future))
    assert "secret.key is from" in look_at_clock(options).text
    os.utime(options.data / "secret.key")
    AudienceFactRow.objects.create(kind="X", version=1, at=to_micros(now() + timedelta(days=3)), ids={})
    assert "the newest fact is from" in look_at_clock(options).text


def test_a_damaged_database_is_found(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite3"
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("CREATE TABLE t (id integer PRIMARY KEY, x text)")
        db.executemany("INSERT INTO t (x) VALUES (?)", [("x" * 500,) for _ in range(500)])
    assert quick_check(file) == "ok"
    data = bytearray(file.read_bytes())
    data[5 * 4096 : 5 * 4096 + 64] = os.urandom(64)
    file.write_bytes(data)
    assert quick_check(file) not in ("ok", None)
    file.write_bytes(b"my shopping list\n" * 500)
    assert "not a database" in str(quick_check(file))


@pytest.mark.parametrize(
    ("arguments", "how"),
    [
        ("'--enable-optimizations' '--with-lto'", "optimised"),
        ("'--prefix=/usr' '--enable-shared'", "unknown"),
        ("'--prefix=/home/ada/.pyenv/versions/3.11.7'", "plain"),
        ("", "unknown"),
    ],
)
def test_how_python_was_built_is_told_from_its_arguments(arguments: str, how: str) -> None:
    assert how_built(arguments) == how


def test_nobody_answering_is_said(options: Options) -> None:
    assert look_at_answer(replace(options, bind=("127.0.0.1", 1))).text == "nobody answers at 127.0.0.1:1"


def test_a_tight_limit_on_memory_is_said(
    options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("porch.web.doctor.machine.CGROUP", tmp_path)
    assert look_at_memory(options).text == "no limit"
    (tmp_path / "memory.max").write_text(f"{128 << 20}\n")
    found = look_at_memory(options)
    assert found.state == "advice"
    assert "MemoryMax=512M" in found.advice
    (tmp_path / "memory.max").write_text("max\n")
    assert look_at_memory(options).state == "good"
