"""First steps that are taken on the command line tick themselves off at the desk."""

from django.db import Error

from porch.kit.time import now
from porch.people.account.steps import take_step
from porch.people.identity.models import Operator


def take_step_of_owner(step: str) -> None:
    """Tick a step off for every operator: whoever types here runs the server. What is broken stays unticked."""
    try:
        for operator in Operator.objects.select_related("person"):
            take_step(person=operator.person, step=step, at=now())
    except Error:
        return
