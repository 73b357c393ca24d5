from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member, here
from porch.community.requests.models import JoinRequest
from porch.people.erasure.holdings import hold


class VouchQuerySet(models.QuerySet["Vouch"]):
    def standing(self) -> "VouchQuerySet":
        """Give the vouches that nobody took back."""
        return self.filter(withdrawn_at__isnull=True)

    def counting(self) -> "VouchQuerySet":
        """Give those that count: of members who are here, not shut out, and in the circle they vouch into."""
        inside = CircleMember.objects.filter(circle=OuterRef("request__circle"), member=OuterRef("by"))
        return self.standing().filter(
            Q(request__circle__is_whole=True) | Exists(inside),
            here("by__"),
            by__person__is_active=True,
        )


class Vouch(models.Model):
    """That a member answers for somebody who wants in."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(JoinRequest, models.CASCADE, related_name="vouches")
    by = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = VouchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "by"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_member_vouches_for_a_request_once",
            )
        ]


hold(
    Vouch,
    _("For whom you vouched, or who vouched for you, when, and what they said."),
    kept=_("What others said of each other stays. A text in which your address stood is gone."),
    mentions={"text": {"text": "…"}},
)
