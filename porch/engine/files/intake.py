"""From a stream to bytes in the store: told what it is, looked through or drawn anew, and given a harmless name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from porch.engine.files.kinds import FULL, FileKind
from porch.engine.files.pictures import draw_anew
from porch.engine.files.places import drafts, store
from porch.engine.files.store import hash_of, new_draft, write_draft
from porch.kit.formats import archives, documents
from porch.kit.formats.known import CSV, PDF, TEXT, ZIP, Family, Format, sniff
from porch.kit.formats.names import clean_name, is_run_by_name
from porch.kit.refusals import BadInput


class FileIsEmpty(BadInput):
    text = _("This file is empty.")
    hint = _("Choose another one.")


class FileIsTooLarge(BadInput):
    status = 413
    text = _("This file is too large: at most %(most)s MB are taken.")
    hint = _("Make it smaller and choose it again.")


class FormatIsNotTaken(BadInput):
    text = _("This kind of file is not taken here. What is taken: %(accepted)s.")
    hint = _("What counts is what the file is, not its name. Save it in one of these formats.")


class FileIsBroken(BadInput):
    text = _("This file cannot be read to its end.")
    hint = _("It may be damaged, protected, or only partly copied. Save it anew, and choose it again.")


class FileIsTwoThings(BadInput):
    text = _("This file is two things at once: a %(format)s, and something else behind it.")
    hint = _("Save it anew with a program that makes such files.")


class ArchiveUnpacksToTooMuch(BadInput):
    text = _(
        "This archive unpacks to more than it should: too many files, too many bytes, or archives in archives."
    )
    hint = _("Send what is in it in smaller parts.")


class ArchiveLeadsElsewhere(BadInput):
    text = _("This archive has names in it that lead out of the folder it is unpacked in.")
    hint = _("Pack the folder anew, without links.")


@dataclass(frozen=True, slots=True)
class Part:
    """One size of a file that was taken in: its bytes are in the store, and still in a draft."""

    size: str
    draft: Path
    sha256: str
    bytes: int
    format: Format
    width: int | None = None
    height: int | None = None
    frames: int | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file that is in the store and held by nobody yet."""

    kind: FileKind
    name: str
    parts: tuple[Part, ...]


@contextmanager
def taken_in(stream: BinaryIO, *, name: str, kind: FileKind) -> Iterator[TakenIn]:
    """Take a file into the store, to be held within the block. Slow, so outside of every transaction.

    Refuses what its kind does not accept. Reads no more of the stream than the kind allows.
    """
    draft = new_draft(drafts())
    made = [draft]
    try:
        sha256, length = write_draft(stream, draft, most=kind.most_bytes)
        if not length:
            raise FileIsEmpty
        if length > kind.most_bytes:
            raise FileIsTooLarge(most=kind.most_bytes // 1_000_000)
        with draft.open("rb") as file:
            found = look_at(file, name, kind)
            shown = clean_name(name, found)
            if found.family is not Family.PICTURE:
                check_whole(file, found)
        if found.family is Family.PICTURE:
            parts = picture_parts(draft, found, kind, made)
            shown = clean_name(name, next(part.format for part in parts if part.size == FULL))
        else:
            parts = [Part(FULL, draft, sha256, length, found)]
        for part in parts:
            store().put(part.draft, part.sha256)
        yield TakenIn(kind, shown, tuple(parts))
    finally:
        for each in made:
            each.unlink(missing_ok=True)


def look_at(file: BinaryIO, name: str, kind: FileKind) -> Format:
    """Tell what a file is, and refuse what the kind does not take."""
    found = sniff(file)
    if found is None and {TEXT, CSV} & set(kind.accepts) and documents.is_text(file):
        found = documents.text_format(name)
        found = found if found in kind.accepts else TEXT
        if is_run_by_name(name, found):
            found = None
    if found is None or found not in kind.accepts:
        raise FormatIsNotTaken(accepted=accepted(kind))
    return found


def check_whole(file: BinaryIO, found: Format) -> None:
    """Refuse a file that is torn, hides a second one, or would swamp whoever opens it."""
    if found is PDF and not documents.is_whole_pdf(file):
        raise FileIsBroken
    if found is not ZIP:
        if found not in (TEXT, CSV) and documents.is_also_something_else(file, found):
            raise FileIsTwoThings(format=found.name)
        return
    try:
        archives.look_through(file, folder=str(drafts()))
    except archives.Unfit as unfit:
        refusals = {"broken": FileIsBroken, "names": ArchiveLeadsElsewhere}
        raise refusals.get(unfit.why, ArchiveUnpacksToTooMuch) from unfit


def picture_parts(draft: Path, found: Format, kind: FileKind, made: list[Path]) -> list[Part]:
    """Draw a picture anew in its sizes; ``made`` gets the drafts, to be removed in the end."""
    parts = []
    drawn = draw_anew(draft, found, kind)
    made.extend(each.draft for each in drawn)
    for each in drawn:
        with each.draft.open("rb+") as file:
            sha256, length = hash_of(file), documents.size_of(file)
            os.fsync(file.fileno())
        parts.append(
            Part(each.size, each.draft, sha256, length, each.written, each.width, each.height, each.frames)
        )
    return parts


def accepted(kind: FileKind) -> str:
    """List the formats that a kind takes, for people."""
    return ", ".join(each.name for each in kind.accepts)
