"""A circle for tests: the bakers, with whom one wants in it."""

from porch.community.circles.models import Circle, CircleMember
from porch.community.membership.models import Member
from porch.people.identity.models import Person
from tests.village import NOON


def bakers(*people: Person, **what: object) -> Circle:
    circle = Circle.objects.create(**{"slug": "bakers", "name": "Bakers", "made_at": NOON, **what})
    for person in people:
        CircleMember.objects.create(circle=circle, member=member_of(person), joined_at=NOON)
    return circle


def member_of(person: Person) -> Member:
    return Member.objects.get(person=person)
