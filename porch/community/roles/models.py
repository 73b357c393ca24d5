from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold


class Role(models.Model):
    """A named set of rights in one circle; those of the whole community hold everywhere.

    ``key`` names the roles that Porch itself makes: ``owner``, which has every right there is, ``steward``, and
    ``member``, which everyone in the circle has without a row.
    """

    id = models.BigAutoField(primary_key=True)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    key = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "name"], name="a_role_has_its_name_to_itself"),
            models.UniqueConstraint(
                fields=["circle", "key"], condition=~models.Q(key=""), name="a_role_of_ours_is_there_once"
            ),
        ]


class RoleRight(models.Model):
    """One right of a role, by the name it is declared with."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="rights")
    right = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "right"], name="a_role_has_a_right_once")]


class RoleHolder(models.Model):
    """That a member has a role, since when, and who gave it."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="roles_held")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "member"], name="a_member_has_a_role_once")]


hold(
    RoleHolder,
    _("Which roles you have, since when, and who gave them."),
    kept=_("That somebody else has a role stays. It no longer says who gave it."),
)
