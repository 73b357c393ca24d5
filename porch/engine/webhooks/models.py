from django.db import models
from django.db.models import Q


class Endpoint(models.Model):
    """An address of another program that is told of facts of some kinds.

    Its secret is derived from the one of the installation and ``salt``, so that no copy of the database has it.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=2000)
    # Names of kinds of facts, with a space between them.
    kinds = models.TextField()
    salt = models.CharField(max_length=64)
    # The secret before this one signs too for a while, so that nothing is lost while somebody puts in the new one.
    old_salt = models.CharField(max_length=64, blank=True)
    old_until = models.DateTimeField(null=True)
    # The newest fact when it was made: it hears of what comes after.
    after_fact = models.BigIntegerField()
    made_at = models.DateTimeField()
    # Since when every attempt failed; None where the last one arrived.
    failing_since = models.DateTimeField(null=True)
    off_at = models.DateTimeField(null=True)
    off_because = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kinds=""), name="an_endpoint_hears_of_some_kind"),
            models.CheckConstraint(
                condition=Q(old_until__isnull=True) | ~Q(old_salt=""),
                name="an_old_secret_ends_where_there_is_one",
            ),
        ]

    @property
    def kind_names(self) -> list[str]:
        return self.kinds.split()
