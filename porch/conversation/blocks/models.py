from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import Subject, hold


class Block(models.Model):
    """That somebody wants nothing from somebody else. Nobody but them learns of it.

    ``blocked`` is the number of a person and no relation, so that what we hold of somebody says nowhere that, or by
    whom, they are blocked. It stays when either of them leaves the community and comes again.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    blocked = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "blocked"], name="somebody_is_blocked_once"),
            models.CheckConstraint(
                condition=~Q(blocked=models.F("person")), name="a_block_is_of_somebody_else"
            ),
        ]


class WhoMay(models.TextChoices):
    """Who may begin a direct conversation with a member."""

    EVERYONE = "everyone", _("Every member")
    CIRCLES = "circles", _("Those who are in a circle with me")
    NOBODY = "nobody", _("Nobody")


class WhoMayWrite(models.Model):
    """Whom a member lets begin a direct conversation with them; without a row, everyone."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="+")
    who = models.CharField(max_length=10, choices=WhoMay.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(who__in=WhoMay.values), name="who_may_write_is_one_of_the_choices"
            )
        ]


def forget_blocks_of(subject: Subject, at: object) -> None:
    """Delete what says that others blocked somebody who is erased."""
    Block.objects.filter(blocked=subject.person_id).delete()


hold(
    Block,
    _("Whom you blocked, and since when."),
    also=forget_blocks_of,
    corrected_at={"blocks": _("lift a block")},
)
hold(
    WhoMayWrite,
    _("Whom you let begin a direct conversation with you."),
    corrected_at={"blocks": _("change it")},
)
