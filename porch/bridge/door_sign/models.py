from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold


class DoorSign(models.Model):
    """That the open site says how many belong. Taking it down deletes the row."""

    put_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    put_up_at = models.DateTimeField()
    is_the_one = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(is_the_one=True), name="there_is_one_door_sign")]


hold(
    DoorSign,
    _("Who put up the door sign."),
    kept=_("The sign stays up, and no longer says who put it there."),
    about=("put_up_by",),
)
