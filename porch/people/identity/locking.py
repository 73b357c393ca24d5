from porch.kit.refusals import NotFound
from porch.people.identity.models import Person


def locked(person: Person) -> Person:
    """Read a person anew, and hold the row to the end of the transaction. Raises ``NotFound``.

    Rows that lead to the person can be written meanwhile: to wait for that could be to wait for each other.
    """
    found = Person.objects.select_for_update(no_key=True).filter(pk=person.pk).first()
    if found is None:
        raise NotFound
    return found
