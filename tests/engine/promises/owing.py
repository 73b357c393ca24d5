"""Promises for tests: one that is due in an hour, in the village's own words."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection

from porch.engine.facts.pull import pull
from porch.engine.promises.actions import promise
from porch.engine.promises.kinds import MEMBERS, OWN_WORDS
from porch.engine.promises.models import Promise
from tests.village import NOON

HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)
DUE = NOON + HOUR


def owe(**what: Any) -> Promise:
    """Promise something to the members, due in an hour."""
    given = {"kind": OWN_WORDS, "text": "Mend the roof", "to": MEMBERS, "due_at": DUE, "at": NOON}
    return promise(**{**given, **what})


def story(owed: Promise) -> list[str]:
    return list(owed.story.values_list("state", flat=True))


def facts() -> list[str]:
    return [fact.kind for fact in pull("community", most=10_000) if fact.kind.startswith("Promise")]


def state(owed: Promise) -> str:
    owed.refresh_from_db()
    return owed.state


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Make calls at one moment, each on a connection of its own, and give what came of them, refusals too."""
    start, came = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        start.wait()
        try:
            came[place] = call()
        except Exception as error:
            came[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came
