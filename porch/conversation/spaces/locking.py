from django.db import connection

from porch.conversation.spaces.models import Space


def hold_spaces(*ids: int) -> None:
    """Hold spaces to the end of the transaction, in the order of their numbers, so that no two wait for each other.

    What is read of them is read afterwards: a statement that had to wait brings what was true before it waited. Where a
    transaction holds the whole database there is nothing to do.
    """
    if connection.features.has_select_for_update:
        list(Space.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
