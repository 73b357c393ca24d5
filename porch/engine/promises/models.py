from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.engine.promises.states import State

TO = [
    ("members", _("members")),
    ("readers", _("readers")),
    ("everyone", _("everyone")),
    ("person", _("one person")),
]
KEPT_BY = [("operators", _("operators")), ("system", _("the system")), ("person", _("one person"))]


class Promise(models.Model):
    """Something owed: what, to whom, by when, and where it stands. Ids of people are numbers: see people/erasure."""

    kind = models.CharField(max_length=60)
    text = models.CharField(max_length=300, blank=True, default="")
    ids = models.JSONField(default=dict)
    owed_to = models.CharField(max_length=10, choices=TO)
    owed_to_id = models.BigIntegerField(null=True)
    kept_by = models.CharField(max_length=10, choices=KEPT_BY)
    kept_by_id = models.BigIntegerField(null=True)
    promised_by_id = models.BigIntegerField(null=True)
    promised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # Whoever promises twice with one key has promised once.
    key = models.CharField(max_length=120, unique=True, null=True)
    # Where the story stands; its changes are rows, and these three follow the last of them.
    state = models.CharField(max_length=10, choices=State.choices, default=State.OWED)
    since = models.DateTimeField()
    changes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="a_promise_is_in_a_state_of_the_graph",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=models.F("promised_at")), name="a_promise_is_due_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(owed_to_id__isnull=True) | Q(owed_to="person"),
                name="only_a_promise_to_one_person_names_one",
            ),
            models.CheckConstraint(
                condition=Q(kept_by_id__isnull=True) | Q(kept_by="person"),
                name="only_a_keeper_who_is_a_person_is_named",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at", "id"], name="promises_by_what_is_due"),
            models.Index(fields=["state", "-since", "-id"], name="promises_newest_change_first"),
            models.Index(fields=["owed_to_id"], name="promises_to_one_person"),
        ]


class PromiseChange(models.Model):
    """One step in the story of a promise, after its making, which is in the promise itself.

    The database lets rows be added and the columns that name somebody be emptied, nothing else: migration 0008.
    """

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="story")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "number"], name="a_promise_changes_one_step_at_a_time"
            ),
        ]
