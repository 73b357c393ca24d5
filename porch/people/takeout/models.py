from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.engine.files.models import Holding
from porch.people.erasure.holdings import hold
from porch.people.identity.models import Person


class TakeOut(models.Model):
    """A copy of everything that we hold of a person, asked for, being made, ready or failed. It goes at its end."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    browser = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    holding = models.OneToOneField(Holding, models.CASCADE, null=True, related_name="+")
    rows = models.PositiveIntegerField(default=0)
    bytes = models.BigIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True, holding__isnull=True)
                | Q(ready_at__isnull=False, holding__isnull=False, failed_at__isnull=True),
                name="a_take_out_that_is_ready_has_its_file",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ready_at__isnull=True, failed_at__isnull=True),
                name="a_person_has_one_take_out_under_way",
            ),
        ]

    @property
    def is_under_way(self) -> bool:
        return self.ready_at is None and self.failed_at is None


hold(
    TakeOut,
    _("That you asked for a copy of everything, and the copy itself, for seven days."),
    corrected_at={"takeout": _("look at it or remove it")},
)
