from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold


class State(models.TextChoices):
    """How an offer stands. One whose time has passed is over, whether it says so yet or not."""

    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class OwnershipOffer(models.Model):
    """That an owner offers the ownership of the community to a member, and what came of it."""

    id = models.BigAutoField(primary_key=True)
    giver = models.ForeignKey(Member, models.CASCADE, related_name="+")
    receiver = models.ForeignKey(Member, models.CASCADE, related_name="+")
    offered_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="an_offer_of_the_ownership_has_one_of_the_states"
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="ownership_goes_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(state=State.OFFERED, settled_at__isnull=True)
                | (~Q(state=State.OFFERED) & Q(settled_at__isnull=False)),
                name="an_offer_of_the_ownership_is_open_or_settled",
            ),
            models.UniqueConstraint(
                fields=["giver"], condition=Q(state=State.OFFERED), name="an_owner_makes_one_offer_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["receiver", "state"], name="offers_of_ownership_to_whom")]


hold(
    OwnershipOffer,
    _("That you offered the ownership of the community, or were offered it, and what came of it."),
)
