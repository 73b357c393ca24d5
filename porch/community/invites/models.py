from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold

LONGEST_NOTE = 500
MOST_USES = 10_000
MOST_DAYS = 365


class InviteQuerySet(models.QuerySet["Invite"]):
    def unspent(self) -> "InviteQuerySet":
        """Give those that are neither used up nor revoked; whether they have run out is for the clock."""
        return self.filter(revoked_at__isnull=True, used__lt=F("most_uses"))

    def open(self, at: datetime) -> "InviteQuerySet":
        return self.unspent().filter(expires_at__gt=at)

    def expired(self, at: datetime) -> "InviteQuerySet":
        return self.unspent().filter(expires_at__lte=at)

    def used_up(self) -> "InviteQuerySet":
        return self.filter(revoked_at__isnull=True, used__gte=F("most_uses"))

    def revoked(self) -> "InviteQuerySet":
        return self.filter(revoked_at__isnull=False)

    def whose_letter_waits(self) -> "InviteQuerySet":
        return self.filter(Q(sent_at__isnull=True) & ~Q(address=""))


class Invite(models.Model):
    """A link by which people come into a circle, or a letter with one to one address. Invited is not yet a member.

    Only the digest of the secret is kept; of a letter there is none until it is written.
    """

    id = models.BigAutoField(primary_key=True)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Member, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, null=True, unique=True)
    # Of a letter: only who has proved this address comes in by it.
    address = models.CharField(max_length=254, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    most_uses = models.PositiveIntegerField(default=1)
    used = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_again_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InviteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="an_invite_expires_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(used__lte=F("most_uses")), name="an_invite_is_not_used_more_than_it_may_be"
            ),
            models.CheckConstraint(
                condition=Q(address="") | Q(most_uses=1), name="an_invite_to_an_address_is_for_one"
            ),
        ]
        indexes = [
            models.Index(fields=["address"], name="invites_by_address"),
            models.Index(fields=["made_by", "made_at"], name="invites_by_maker_and_day"),
            models.Index(
                fields=["expires_at", "id"],
                condition=Q(revoked_at__isnull=True) & Q(used__lt=F("most_uses")),
                name="invites_that_are_unspent",
            ),
            models.Index(
                fields=["-id"],
                condition=Q(revoked_at__isnull=True) & Q(used__gte=F("most_uses")),
                name="invites_that_are_used_up",
            ),
            models.Index(
                fields=["-id"], condition=Q(revoked_at__isnull=False), name="invites_that_are_revoked"
            ),
            models.Index(
                fields=["id"],
                condition=Q(sent_at__isnull=True) & ~Q(address=""),
                name="invites_whose_letter_waits",
            ),
        ]


class HeldUse(models.Model):
    """That one use of an invite to a circle inside is somebody's whom the community itself lets wait.

    It was counted when they came, so nobody else takes it, and it goes when they are in the circle or wait for it.
    """

    invite = models.ForeignKey(Invite, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invite", "person"], name="somebody_holds_one_use_of_an_invite")
        ]


hold(
    Invite,
    _("Invitations that you made, and those that wait for you at your address, with the note in them."),
    deletes=("address",),
    secret=("digest",),
)
hold(
    HeldUse,
    _(
        "Which invitation to a circle stays good for you, or for whom you invited, while they wait to come in."
    ),
)
