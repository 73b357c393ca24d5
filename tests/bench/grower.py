"""A house with so many members, in one process: asked for a round, it says how long each of its pages took.

Words: how many members. It says "ready", and then for each line that it is sent one of JSON: seconds of CPU by page.
"""

import json
import sys
import time
from datetime import timedelta
from functools import partial
from itertools import islice

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from porch.community.circles.models import Circle
from porch.community.invite_lists.actions import invite_addresses
from porch.community.invites.models import Invite
from porch.community.joining.models import Arrival, Way
from porch.community.membership.models import Member
from porch.community.profiles.defining import Asked, define_field
from porch.community.profiles.indexing import index_answers
from porch.community.profiles.models import NameStart, ProfileAnswer, ProfileField
from porch.community.profiles.values import starts
from porch.kit.time import now
from porch.people.holdings.counting import count_holdings
from porch.people.identity.models import Person

TO_INVITE = 100_000
PAGES = (
    "/inside/directory/",
    "/inside/directory/?interest=bees",
    "/inside/directory/?name=newt",
    "/inside/invites/",
    "/inside/invites/graph/",
    "/inside/register/",
    "/inside/members/",
)
BATCH = 5_000
CALLS = 5


def main() -> None:
    size = int(sys.argv[1])
    owner = Member.objects.filter(roles_held__role__key="owner").select_related("person")[0]
    with transaction.atomic():
        grow(owner, size)
    count_holdings(at=now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(headers={"host": "localhost:8000"})
    client.force_login(owner.person)
    for page in PAGES:
        assert client.get(page).status_code == 200, page
    say("ready")
    for line in sys.stdin:
        if line.strip() == "invite":
            say(json.dumps(invite(owner.person)))
        else:
            say(json.dumps({page: seconds(partial(client.get, page)) for page in PAGES}))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def seconds(work: partial[object]) -> float:
    """Give the CPU time of one call, the best of a few."""
    taken = []
    for _ in range(CALLS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def invite(by: Person) -> float:
    """Have a list of addresses become invitations; give the CPU time."""
    text = "\n".join(f"Guest {n} <another{n}@example.net>" for n in range(TO_INVITE))
    settings.PORCH_INVITES_A_DAY = TO_INVITE
    begun = time.process_time()
    whole = Circle.objects.get(is_whole=True)
    report = invite_addresses(circle=whole, by=by, text=text, days=14, note="", at=now())
    taken = time.process_time() - begun
    assert report.invited == TO_INVITE, report
    return taken


def grow(owner: Member, size: int) -> None:
    """Have members come, each brought by one who came before, with a name, an answer and an open invitation."""
    at = now() - timedelta(days=90)
    whole = Circle.objects.get(is_whole=True)
    asked = Asked(title="Interests", purpose="So that members find each other.", kind="interests")
    field = define_field(asked=asked, by=owner.person, at=at)
    brought_by = owner
    for start in range(0, size, BATCH):
        count = min(BATCH, size - start)
        people = [
            Person(email=f"grown{n}@example.org", name=f"Newt {n}", created_at=at)
            for n in range(start, start + count)
        ]
        Person.objects.bulk_create(people)
        members = [
            Member(person=person, joined_at=at + timedelta(seconds=start + n))
            for n, person in enumerate(people)
        ]
        Member.objects.bulk_create(members)
        Arrival.objects.bulk_create(
            Arrival(circle=whole, member=each, at=each.joined_at, way=Way.INVITE, brought_by=brought_by)
            for each in members
        )
        tell(members, field)
        Invite.objects.bulk_create(
            Invite(
                circle=whole, made_by=owner, address=f"guest{each.pk}@example.org", made_at=at,
                expires_at=at + timedelta(days=365),
            )
            for each in members
        )  # fmt: skip
        brought_by = members[0]


def tell(members: list[Member], field: ProfileField) -> None:
    """Give each a name that is found, and an interest, of which one in ten has the one that is asked for."""
    NameStart.objects.bulk_create(
        NameStart(member=each, start=start)
        for each in members
        for start in islice(starts(each.person.name), 8)
    )
    answers = [
        ProfileAnswer(
            member=each, field=field, value="bees" if n % 10 == 0 else f"craft {n % 50}", visibility="members",
            given_at=each.joined_at,
        )
        for n, each in enumerate(members)
    ]  # fmt: skip
    index_answers(ProfileAnswer.objects.bulk_create(answers), at=members[0].joined_at)
