from collections.abc import Collection

from porch.community.membership.models import Member
from porch.people.identity.locking import locked
from porch.people.identity.models import Person


def locked_member(person: Person) -> Member | None:
    """Hold a person and their membership to the end of the transaction, in the order in which an erasure does.

    Both change without their numbers, so rows that lead to them can be written meanwhile: whoever writes one has the
    turn to note facts by then, and would wait here for somebody who waits for that turn.
    """
    locked(person)
    return Member.objects.select_for_update(of=("self",), no_key=True).filter(person_id=person.pk).first()


def lock_members(members: Collection[Member]) -> dict[int, Member]:
    """Hold several members, by their numbers and in the order of these, and give them as they are now.

    A verb that touches several locks them before its first fact: two that each hold one would wait for each other.
    """
    there = Member.objects.select_related("person").filter(pk__in=[each.pk for each in members])
    return {each.pk: each for each in there.select_for_update(of=("self",), no_key=True).order_by("pk")}
