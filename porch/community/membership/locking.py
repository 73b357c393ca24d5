from porch.community.membership.models import Member
from porch.people.identity.locking import locked
from porch.people.identity.models import Person


def locked_member(person: Person) -> Member | None:
    """Hold a person and their membership to the end of the transaction, in the order in which an erasure does."""
    locked(person)
    return Member.objects.select_for_update(of=("self",)).filter(person_id=person.pk).first()
