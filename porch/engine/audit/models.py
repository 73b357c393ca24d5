from django.db import models
from django.db.models import Q


class AuditEntry(models.Model):
    """What somebody in charge did, to whom, when and why. A person is a number in it.

    The database lets rows be added and the columns that name somebody be emptied, nothing else: migration 0008.
    """

    act = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    # The number goes when a person is erased. What stays says that it was one, and not the command line.
    is_by_person = models.BooleanField()
    by_id = models.BigIntegerField(null=True)
    is_about_person = models.BooleanField()
    about_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")
    ids = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by_id__isnull=True) | Q(is_by_person=True),
                name="only_a_person_who_acts_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(about_id__isnull=True) | Q(is_about_person=True),
                name="only_a_person_it_is_about_has_a_number",
            ),
        ]
        indexes = [
            models.Index(fields=["about_id", "-id"], name="audit_about_whom"),
            models.Index(fields=["by_id", "-id"], name="audit_by_whom"),
            models.Index(fields=["act", "-id"], name="audit_by_act"),
        ]
