from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.posts.models import Post
from porch.notices.waiting.kinds import Kind
from porch.people.erasure.holdings import hold


class Notice(models.Model):
    """That a member is told of a post: one row for both, with the strongest reason.

    ``seen_at`` is when they put it away themselves; that they have read the post says ``Reading``. ``settled_at`` is
    when it was mailed, or it was found that it need not be.
    """

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "member"], name="a_member_is_told_of_a_post_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="a_notice_is_of_one_of_the_kinds"),
        ]
        indexes = [
            models.Index(fields=["member", "-at", "-id"], name="notices_newest_first"),
            models.Index(fields=["member"], condition=Q(seen_at__isnull=True), name="notices_not_put_away"),
            models.Index(
                fields=["member"], condition=Q(settled_at__isnull=True), name="notices_to_be_mailed"
            ),
        ]


class Mailbag(models.Model):
    """That notices of a member may have to be mailed, and when that is looked at next."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="+")
    due_at = models.DateTimeField(db_index=True)


hold(Notice, _("Of which posts you were told, why, and when you put the notice away."))
hold(Mailbag, _("When we look next at which notices are to be mailed to you."))
