from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.posts.models import Post
from porch.people.erasure.cutting import cut
from porch.people.erasure.holdings import hold

LONGEST_NOTE = 300


class Bookmark(models.Model):
    """A post that a member wants to find again, with a note to themselves, and when they want to be reminded."""

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    note = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    # When the reminder had its turn: it comes once.
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "post"], name="a_member_bookmarks_a_post_once"),
            models.CheckConstraint(
                condition=Q(reminded_at__isnull=True) | Q(remind_at__isnull=False),
                name="only_what_was_asked_for_is_reminded_of",
            ),
        ]
        indexes = [
            models.Index(
                fields=["remind_at"],
                condition=Q(remind_at__isnull=False, reminded_at__isnull=True),
                name="reminders_by_their_time",
            )
        ]


hold(
    Bookmark,
    _("Which posts you bookmarked, your notes, and when you wanted to be reminded."),
    kept=_("What others noted for themselves stays with them, without your addresses."),
    mentions={"note": cut("note")},
)
