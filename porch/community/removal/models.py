from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import Subject, hold
from porch.people.suppression.hashing import hashes_for


class RemovalQuerySet(models.QuerySet["Removal"]):
    def standing(self, at: datetime) -> "RemovalQuerySet":
        """Give those that keep somebody out: neither lifted nor over."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at), lifted_at__isnull=True)

    def expired(self, at: datetime) -> "RemovalQuerySet":
        return self.filter(expires_at__lte=at, lifted_at__isnull=True)

    def lifted(self) -> "RemovalQuerySet":
        return self.filter(lifted_at__isnull=False)


class Removal(models.Model):
    """That somebody was removed: why, what they were told, until when, and where they can appeal.

    ``reason`` is for those who look after the community, ``message`` for the removed. It outlives the membership and,
    without their name, the person: by keyed hashes it recognises whoever comes back with an address of then.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=500)
    message = models.CharField(max_length=1000)
    appeal_to = models.CharField(max_length=254)
    # Without one it stands until it is lifted.
    expires_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = RemovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("at")),
                name="a_removal_expires_after_it_is_made",
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="newest_removals_first"),
            models.Index(fields=["person", "-at"], name="removals_of_a_person"),
        ]

    def stands(self, at: datetime) -> bool:
        return self.lifted_at is None and (self.expires_at is None or at < self.expires_at)


def was_removed() -> Exists:
    """Ask of members whether they are gone because they were removed, also where that is lifted by now."""
    return Exists(Removal.objects.filter(person=OuterRef("person"), at__gte=OuterRef("left_at")))


class RemovalHash(models.Model):
    """The keyed hash of an address that a removed person had."""

    removal = models.ForeignKey(Removal, models.CASCADE, related_name="hashes")
    hash = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["removal", "hash"], name="a_removal_has_a_hash_once")]


def by_hash(column: str, subject: Subject) -> Q:
    return Q(**{f"{column}__in": set[str]().union(*map(hashes_for, subject.addresses))})


hold(
    Removal,
    _("That you were removed, why, until when, and where you can appeal; and whom you removed."),
    kept=_(
        "That somebody was removed, and why, stays as evidence for a time that is stated on the page of removals. "
        "It no longer has a name, only keyed hashes of the addresses."
    ),
    mentions={"reason": {"reason": "…"}, "message": {"message": "…"}, "appeal_to": {"appeal_to": "…"}},
    about=("person",),
)
hold(
    RemovalHash,
    _("Keyed hashes of the addresses that you had when you were removed."),
    kept=_("They recognise an address that comes back while the removal stands. They hold no address."),
    finds=lambda subject: by_hash("hash", subject),
    secret=("hash",),
    counted_by="hash",
)
