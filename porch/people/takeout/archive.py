"""Write everything that we hold of a person into one ZIP: JSON for programs, a page for people, and their files.

Rows go from the database into the archive a few at a time, so the memory does not grow with them. The format is
described in docs/take-out.md and in the archive itself.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from porch.engine.files.kinds import FULL
from porch.engine.files.models import HeldFile
from porch.engine.files.places import kept_still, store
from porch.engine.files.store import CHUNK, hash_of
from porch.kit.read_view import read_view
from porch.people.erasure.holdings import HOLDINGS, Holding
from porch.people.erasure.reads import held
from porch.people.holdings.columns import Cell, cells_of, columns_of, words_for
from porch.people.identity.models import Person
from porch.people.takeout.rules import TAKE_OUT

FORMAT, VERSION = "porch-take-out", 1
AT_A_TIME = 100
# So many rows of a table stand on the page for people; all of them stand in the JSON.
ON_THE_PAGE = 50
UNFIT = re.compile(r"[^\w.\- ]+")
NOT_SHOWN = "kept, not shown"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the SHA-256 of the archive, its bytes, and how many rows are in it."""

    sha256: str
    bytes: int
    rows: int


@dataclass(slots=True)
class Section:
    """One table in the archive: where its rows stand, and the first of them for the page."""

    table: str
    holding: Holding
    file: str
    count: int = 0
    first: list[list[Cell]] = field(default_factory=list)


def write_archive(draft: Path, *, person_id: int, at: datetime) -> Written | None:
    """Write the archive of a person to a draft, as everything stands now; None where there is no such person."""
    with kept_still(is_reader=True), read_view():
        person = Person.objects.filter(pk=person_id).first()
        if person is None:
            return None
        with ZipFile(draft, "x", ZIP_DEFLATED) as archive:
            sections = [each for each in write_tables(archive, person, at) if each.count]
            files = list(write_files(archive, person, at))
            write_pages(archive, person, sections, files, at)
    with draft.open("rb+") as file:
        sha256 = hash_of(file)
        os.fsync(file.fileno())
    return Written(sha256, draft.stat().st_size, sum(each.count for each in sections))


def write_tables(archive: ZipFile, person: Person, at: datetime) -> Iterator[Section]:
    """Write a JSON file for each table, those too that hold nothing of them."""
    for each in held(person):
        holding = HOLDINGS[each.table]
        section = Section(each.table, holding, f"data/{each.table}.json")
        rows = each.rows.order_by("pk")
        if holding.along:
            rows = rows.select_related(*holding.along)
        columns = columns_of(rows.model)
        with archive.open(entry(section.file, at), "w", force_zip64=True) as out:
            write_head(out, section, [column.attname for column in columns])
            for row in rows.iterator(chunk_size=AT_A_TIME):
                cells = cells_of(row, holding, person_id=person.pk, columns=columns)
                out.write(b",\n" if section.count else b"\n")
                out.write(as_json(as_kept(row, cells)))
                section.count += 1
                if section.count <= ON_THE_PAGE:
                    section.first.append(cells)
            out.write(b"\n]}\n")
        yield section


def write_head(out: IO[bytes], section: Section, columns: list[str]) -> None:
    """Begin the JSON of a table: what it is for, and what its columns are called in words."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "table": section.table,
        "purpose": str(section.holding.purpose),
        "why_something_stays_after_erasure": str(section.holding.kept) or None,
        "columns": {name: words_for(name) for name in columns},
        "not_shown": [name for name in columns if name in section.holding.secret],
    }
    out.write(as_json(head)[:-1] + b', "rows": [')


def as_kept(row: Any, cells: list[Cell]) -> dict[str, Any]:
    """Give a row for programs: values as they are kept, except for those that are not shown."""
    return {cell.name: NOT_SHOWN if cell.is_secret else raw(row, cell) for cell in cells}


def raw(row: Any, cell: Cell) -> Any:
    """Give a value as it is kept; bytes as the words in which people read them."""
    value = getattr(row, cell.name)
    return cell.value if isinstance(value, bytes | memoryview) else value


def as_json(value: Any) -> bytes:
    """Write JSON in UTF-8; a half of a character, which no UTF-8 has, is written as its escape."""
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, cls=DjangoJSONEncoder).encode()


def write_files(archive: ZipFile, person: Person, at: datetime) -> Iterator[dict[str, Any]]:
    """Write the files that they gave or that show them, in full size; earlier take-outs are left out."""
    theirs = Q(holding__by_id=person.pk) | Q(holding__about_id=person.pk)
    rows = HeldFile.objects.filter(theirs, size=FULL).exclude(holding__kind=TAKE_OUT.name)
    for number, row in enumerate(rows.select_related("holding", "stored").order_by("pk").iterator(), 1):
        name = f"files/{number}-{safe_name(row.holding.name)}"
        told = {
            "file": name,
            "kind": row.holding.kind,
            "bytes": row.stored.bytes,
            "sha256": row.stored.sha256,
        }
        try:
            source = store().open(row.stored.sha256)
        except FileNotFoundError:
            yield told | {"file": None, "missing": True}
            continue
        with source, archive.open(entry(name, at, ZIP_STORED), "w", force_zip64=True) as out:
            while chunk := source.read(CHUNK):
                out.write(chunk)
        yield told


def write_pages(
    archive: ZipFile, person: Person, sections: list[Section], files: list[dict[str, Any]], at: datetime
) -> None:
    """Write what leads through the archive: a page, a text, and a list for programs."""
    told = {
        "at": at.astimezone(UTC),
        "sections": sections,
        "files": files,
        "on_the_page": ON_THE_PAGE,
        "rows": sum(each.count for each in sections),
        "name": person.name,
        "house": settings.PORCH_NAME,
        "version": VERSION,
    }
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": at,
        "site": settings.PORCH_URL,
        "person": person.pk,
        "tables": [
            {"table": each.table, "file": each.file, "purpose": str(each.holding.purpose), "rows": each.count}
            for each in sections
        ],
        "files": files,
    }
    archive.writestr(entry("index.html", at), render_to_string("people/takeout/archive/index.html", told))
    archive.writestr(entry("README.txt", at), render_to_string("people/takeout/archive/readme.txt", told))
    archive.writestr(entry("take-out.json", at), as_json(manifest) + b"\n")


def safe_name(name: str) -> str:
    """Leave of a name what leads nowhere, on any system that unpacks it."""
    plain = UNFIT.sub("_", re.sub(r"\.\.+", "_", name))[-100:]
    return plain.strip(". ") or _("file")


def entry(name: str, at: datetime, how: int = ZIP_DEFLATED) -> ZipInfo:
    """Name an entry, with the time of the take-out."""
    info = ZipInfo(name, at.astimezone(UTC).timetuple()[:6])
    info.compress_type = how
    info.external_attr = 0o600 << 16
    return info
