"""Take-outs as the tests ask for them and open them."""

import io
import json
from datetime import datetime
from typing import Any
from zipfile import ZipFile

from porch.engine.files.places import store
from porch.engine.files.reads import HELD
from porch.people.identity.models import Person
from porch.people.takeout.actions import ask_for_take_out
from porch.people.takeout.making import make_take_out
from porch.people.takeout.models import TakeOut
from tests.village import NOON


def ask(person: Person, at: datetime = NOON) -> TakeOut:
    return ask_for_take_out(person=person, browser="Firefox on Linux", at=at)


def take_out(person: Person, at: datetime = NOON) -> TakeOut:
    """Have one made, or one finished that was asked for before."""
    asked = TakeOut.objects.filter(person=person, ready_at=None, failed_at=None).first() or ask(person, at)
    made = make_take_out(asked.pk, clock=lambda: at)
    assert made is not None
    return made


def bytes_of(row: TakeOut) -> bytes:
    held = HELD.first(holding=row.holding_id, size="full")
    assert held is not None
    with store().open(held.stored__sha256) as file:
        return file.read()


def opened(row: TakeOut) -> ZipFile:
    return ZipFile(io.BytesIO(bytes_of(row)))


def tables_in(archive: ZipFile) -> dict[str, dict[str, Any]]:
    """Read the JSON of every table."""
    names = [name for name in archive.namelist() if name.startswith("data/")]
    read = [json.loads(archive.read(name)) for name in names]
    return {each["table"]: each for each in read}


def unpacked(archive: ZipFile) -> bytes:
    """Give every byte that is in it, unpacked."""
    return b"\n".join(archive.read(name) for name in archive.namelist())
