from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold


class Mailbag(models.Model):
    """That notices of a member wait to be mailed, and when they are to be looked at next."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="+")
    due_at = models.DateTimeField(db_index=True)


hold(Mailbag, _("When we look next at which notices are to be mailed to you."))
