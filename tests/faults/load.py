"""What an owner does at the desk, again and again, while the house is killed under them; and what they were told.

Only what was answered is written down. A request without an answer may have been done or not: never half.
"""

import io
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
from PIL import Image

from porch.kit.time import now
from tests.porch_server import PorchProcess

LATER = timedelta(days=30)


@dataclass
class Told:
    """What the house has confirmed: by kind, the names of what was done."""

    done: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    asked: int = 0
    refused: list[str] = field(default_factory=list)


class Owner:
    """A signed-in owner who never tires. One thread each, with names of their own."""

    def __init__(self, house: PorchProcess, client: httpx.Client, told: Told, name: str) -> None:
        self.house, self.client, self.told, self.name = house, client, told, name
        self.dice = random.Random(name)
        self.is_over = threading.Event()

    def go_on(self) -> None:
        number = 0
        while not self.is_over.is_set():
            number += 1
            kind = self.dice.choice(list(KINDS))
            name = f"{self.name}{number}"
            try:
                self.do(kind, name)
            except httpx.TransportError:
                time.sleep(0.02)

    def do(self, kind: str, name: str) -> None:
        path, fields = KINDS[kind](name)
        files = {"picture": ("me.png", picture(self.dice), "image/png")} if kind == "portrait" else None
        self.told.asked += 1
        token = self.client.cookies["porch-csrf"]
        answer = self.client.post(path, data={**fields, "csrfmiddlewaretoken": token}, files=files)
        if answer.status_code == 302 and "sign-in" not in answer.headers["Location"]:
            self.told.done[kind].append(name)
        else:
            self.told.refused.append(f"{kind} {answer.status_code}")


def picture(dice: random.Random) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 40), (dice.randrange(256), dice.randrange(256), dice.randrange(256))).save(
        file, "PNG"
    )
    return file.getvalue()


def article(name: str) -> tuple[str, dict[str, str]]:
    return "/desk/articles/new/", {"title": name, "source": f"About **{name}**."}


def promise(name: str) -> tuple[str, dict[str, str]]:
    return "/desk/promises/new/", {"text": name, "to": "members", "due": f"{now() + LATER:%Y-%m-%dT%H:%M}"}


def mail(name: str) -> tuple[str, dict[str, str]]:
    return "/desk/mail/test/", {"address": f"{name}@example.org"}


def portrait(name: str) -> tuple[str, dict[str, str]]:
    return "/account/portrait/", {}


KINDS = {"article": article, "promise": promise, "mail": mail, "portrait": portrait}


@contextmanager
def under_load(house: PorchProcess, owners: int = 3) -> Iterator[Told]:
    """Have owners work until the block ends."""
    told = Told()
    with house.sign_in() as client:
        working = [Owner(house, client, told, chr(ord("a") + n)) for n in range(owners)]
        threads = [threading.Thread(target=each.go_on) for each in working]
        for thread in threads:
            thread.start()
        try:
            yield told
        finally:
            for each in working:
                each.is_over.set()
            for thread in threads:
                thread.join(30)
