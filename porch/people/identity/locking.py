from porch.kit.refusals import NotFound
from porch.people.identity.models import Person


def locked(person: Person) -> Person:
    """Read a person anew, and hold the row to the end of the transaction. Raises ``NotFound``."""
    found = Person.objects.select_for_update().filter(pk=person.pk).first()
    if found is None:
        raise NotFound
    return found
