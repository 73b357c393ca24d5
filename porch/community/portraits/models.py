from django.db import models

from porch.community.membership.models import Member
from porch.engine.files.models import Holding


class Portrait(models.Model):
    """The picture by which members recognise one of them."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="portrait")
    holding = models.OneToOneField(Holding, models.CASCADE, related_name="+")
