from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold
from porch.people.identity.models import Person


class StepTaken(models.Model):
    """One of the first steps that a new operator has taken, where no other row tells it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    step = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "step"], name="a_step_is_taken_once_by_a_person")
        ]


hold(StepTaken, _("Which first steps you have taken as somebody who runs this server."))
