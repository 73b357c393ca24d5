from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold


class SavedSet(models.Model):
    """A set of members by a name: not who is in it, but whom it takes, so that it is never out of date."""

    name = models.CharField(max_length=80, unique=True)
    # The fields of a MemberFilter that are not empty. The name of a member may stand in it.
    wanted = models.JSONField(default=dict)
    saved_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_saved_set_has_a_name"),
        ]


hold(
    SavedSet,
    _("Which sets of members you saved, by which filters."),
    mentions={"name": {}, "wanted": {}},
    kept=_(
        "The set stays for other stewards, unless your address stands in it. It no longer says who saved it."
    ),
    about=("saved_by__person",),
)
