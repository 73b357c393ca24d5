from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.engine.files.models import Holding
from porch.people.erasure.holdings import hold


class Portrait(models.Model):
    """The picture by which members recognise one of them."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="portrait")
    holding = models.OneToOneField(Holding, models.CASCADE, related_name="+")


hold(
    Portrait,
    _("The picture by which members recognise somebody."),
    corrected_at={"portrait": _("change your portrait")},
)
