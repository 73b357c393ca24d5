from django.db import models


class HoldingCount(models.Model):
    """How many people, or addresses, stood in a table when it was last counted. It names nobody."""

    table = models.CharField(max_length=100, primary_key=True)
    # None where people can be found in the table, but not counted.
    people = models.PositiveBigIntegerField(null=True)
    rows = models.PositiveBigIntegerField()
    at = models.DateTimeField()
