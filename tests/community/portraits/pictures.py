"""Portraits for tests: hung by whoever is named, as they would be by a form."""

import io

from PIL import Image

from porch.community.portraits.actions import set_portrait
from porch.community.portraits.models import Portrait
from porch.people.identity.models import Person
from tests.village import NOON


def picture(colour: str = "teal", size: tuple[int, int] = (60, 40)) -> bytes:
    return as_bytes(Image.new("RGB", size, colour), "PNG")


def as_bytes(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def hang(person: Person, colour: str = "teal") -> Portrait:
    return set_portrait(stream=io.BytesIO(picture(colour)), name="me.png", by=person, at=NOON)
