from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold


class Erasure(models.Model):
    """That a person was erased, and the receipt. Their number leads nowhere; it finds what was written meanwhile."""

    person_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    receipt = models.JSONField(help_text="for each table: what it is for, rows deleted, rows kept, and why")
    # Keyed hashes of the addresses, for as long as what was under way may still write to them; empty after that.
    address_hashes = models.JSONField(default=list)


hold(
    Erasure,
    _("That somebody was erased, and the receipt."),
    kept=_(
        "The receipt holds a number that leads nowhere, and no name. Keyed hashes of the addresses go after two days."
    ),
    stays=("person_id",),
    secret=("address_hashes",),
)
