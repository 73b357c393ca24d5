"""A process that notes facts through verbs, and says how many a second of CPU time: ``noter CALLS``."""

import json
import sys
import time
from collections.abc import Callable
from statistics import median

from porch.web.cli.base import load

load()

from django.db import connection, transaction  # noqa: E402

from porch.bridge.door_sign.actions import put_up_sign, take_down_sign  # noqa: E402
from porch.community.membership.facts import MemberJoined  # noqa: E402
from porch.engine.facts.noting import note, note_all  # noqa: E402
from porch.kit.time import now  # noqa: E402
from porch.people.identity.models import Person  # noqa: E402

ROUNDS = 7


@transaction.atomic
def rename(n: int) -> None:
    """Change a row and note a fact: what every verb does at least, each in a transaction of its own."""
    Person.objects.filter(pk=OWNER.pk).update(name=f"Owner {n}")
    note(MemberJoined(member_id=n, person_id=n, at=AT))


def switch(n: int) -> None:
    """A verb of the house that looks its row up before it writes."""
    if n % 2:
        put_up_sign(by=OWNER, at=AT)
    else:
        take_down_sign(at=AT)


def bring_in(n: int) -> None:
    """As imports note."""
    with transaction.atomic():
        note_all([MemberJoined(member_id=n, person_id=n, at=AT) for n in range(100)])


def rate(call: Callable[[int], None], calls: int, each: int = 1) -> float:
    """Give facts a second of CPU time, the middle of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for n in range(1, calls + 1):
            call(n)
        rounds.append(calls * each / (time.process_time() - begun))
    return median(rounds)


if __name__ == "__main__":
    AT, OWNER, calls = now(), Person.objects.order_by("pk")[0], int(sys.argv[1])
    take_down_sign(at=AT)
    rates = {
        "through_verbs": rate(rename, calls),
        "looking_up": rate(switch, calls),
        "at_once": rate(bring_in, calls // 50, each=100),
    }
    connection.close()
    print(json.dumps(rates))
