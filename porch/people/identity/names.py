"""The names of people, for pages that know their numbers alone."""

from collections.abc import Collection

from porch.people.identity.models import Person


def names_of(ids: Collection[int]) -> dict[int, str]:
    """Give the names of people by their numbers; whoever is gone is left out."""
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
