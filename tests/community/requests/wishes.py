"""Those who want in, and the circles that they want into."""

import threading
from collections.abc import Callable
from datetime import timedelta

from django.db import connection

from porch.community.circles.models import Circle, CircleMember, WayIn
from porch.community.membership.models import Member
from porch.community.requests.actions import ask_to_join
from porch.community.requests.models import JoinRequest, Question
from porch.community.roles.founding import admit_founder
from porch.engine.outbox.models import Delivery
from porch.kit.refusals import Refusal
from porch.people.identity.models import Person
from tests.people.mails import text_of
from tests.village import NOON, add_person

LATER = NOON + timedelta(days=1)
SECOND = timedelta(seconds=1)


def whole(**how: object) -> Circle:
    """Give the whole community, with another way in."""
    Circle.objects.filter(is_whole=True).update(**({"way_in": WayIn.REQUEST} | how))
    return Circle.objects.get(is_whole=True)


def make_circle(slug: str = "readers", *members: Person, **how: object) -> Circle:
    """Make a circle inside, with members in it."""
    how = {"way_in": WayIn.REQUEST, "name": slug.title()} | how
    circle = Circle.objects.create(slug=slug, made_at=NOON, **how)
    for person in members:
        member = Member.objects.get(person=person)
        CircleMember.objects.create(circle=circle, member=member, joined_at=NOON)
    return circle


def ask_what(circle: Circle, text: str = "Why?", *, is_required: bool = True) -> Question:
    position = Question.objects.filter(circle=circle).count() + 1
    return Question.objects.create(circle=circle, position=position, text=text, is_required=is_required)


def answers_to(circle: Circle, said: str = "For the food.") -> dict[int, str]:
    return {each.pk: said for each in Question.objects.filter(circle=circle)}


def asked(person: Person, circle: Circle, at: object = NOON) -> JoinRequest:
    return ask_to_join(person=person, circle=circle, answers={}, at=at)  # type: ignore[arg-type]


def add_members(*names: str) -> list[Person]:
    people = [add_person(name) for name in names]
    for person in people:
        admit_founder(person=person, at=NOON)
    return people


def leave(person: Person) -> None:
    Member.objects.filter(person=person).update(left_at=LATER)


def is_member(person: Person) -> bool:
    return Member.objects.present().filter(person=person).exists()


def letters_to(person: Person) -> list[str]:
    """Give the letters about requests that somebody got, oldest first: subject and text."""
    rows = Delivery.objects.filter(to_address=person.email, kind="community/requests/mail/news").order_by(
        "pk"
    )
    return [f"{row.subject}\n{text_of(row)}" for row in rows]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do several things in threads of their own at once; give what came of each, a refusal by its class."""
    start, came = threading.Barrier(len(acts)), []

    def go(act: Callable[[], object]) -> None:
        start.wait()
        try:
            came.append(act())
        except Refusal as refusal:
            came.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came) == len(acts), "one of them broke"
    return came
