from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold

MOST_NOTE = 2_000


class MemberNote(models.Model):
    """What a steward keeps about a member, who reads it, may answer it, and may have it removed.

    Of one that its member has removed stays the row alone, without its text: that there was one, and when it went.
    """

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    text = models.CharField(max_length=MOST_NOTE, blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    answer = models.CharField(max_length=MOST_NOTE, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) & ~Q(text="")
                | Q(removed_at__isnull=False, text="", answer="", answered_at__isnull=True, by__isnull=True),
                name="of_a_removed_note_nothing_stays",
            ),
            models.CheckConstraint(
                condition=~Q(answer="") | Q(answered_at__isnull=True), name="an_answer_to_a_note_has_words"
            ),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="notes_newest_first")]


hold(
    MemberNote,
    _("What stewards noted about you, so that the community remembers, and what you answered."),
    kept=_(
        "What somebody noted about others stays with those whom it is about. It no longer says who wrote it, and "
        "a text in which your address stood is gone."
    ),
    mentions={"text": {"text": "…"}, "answer": {"answer": "…"}},
)
