from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.models import Way
from porch.community.membership.models import Member, here
from porch.people.erasure.holdings import hold


class State(models.TextChoices):
    """How far a request has come."""

    ASKED = "asked", _("waits for a decision")
    VOUCHES = "vouches", _("waits for members who vouch")
    SEAT = "seat", _("on the waiting list")
    ADMITTED = "admitted", _("came in")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


OPEN_STATES = (State.ASKED, State.VOUCHES, State.SEAT)
# What lies too long in one of these expires.
PENDING = (State.ASKED, State.VOUCHES)
# How long a request waits for a decision, and then for vouches, before it expires.
LIFE = timedelta(days=60)
# How long a request that came to nothing is kept.
KEPT = timedelta(days=90)


class Question(models.Model):
    """What a circle asks of whoever wants in. A row is never edited: other words are another question."""

    id = models.BigAutoField(primary_key=True)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    is_required = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["circle", "position", "id"], name="questions_in_their_order")]


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def open(self) -> "JoinRequestQuerySet":
        """Give the requests that may still lead in."""
        return self.filter(state__in=OPEN_STATES)


class JoinRequest(models.Model):
    """That somebody wants into a circle, and how far it has come.

    ``way`` says how they came to the door. Only a request proper waits for a decision: an invitation, or a circle
    that is open, waits for vouches and seats alone. ``queued_at`` gives the place on the waiting list; it stays where
    a vouch is taken back in between.
    """

    id = models.BigAutoField(primary_key=True)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices)
    brought_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    asked_at = models.DateTimeField()
    # When it expires unless something happens: only while it waits for a decision or for vouches.
    expires_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    queued_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="a_request_is_in_one_of_the_states"
            ),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="a_request_has_one_of_the_ways"),
            models.UniqueConstraint(
                fields=["circle", "person"],
                condition=Q(state__in=OPEN_STATES),
                name="a_person_has_one_open_request_per_circle",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, closed_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(closed_at__isnull=False)),
                name="a_request_is_closed_or_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PENDING, expires_at__isnull=False)
                | (~Q(state__in=PENDING) & Q(expires_at__isnull=True)),
                name="what_waits_for_people_expires",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SEAT) | Q(queued_at__isnull=False),
                name="who_waits_for_a_seat_has_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECLINED) | ~Q(reason=""), name="who_declines_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["circle", "state", "queued_at", "id"], name="waiting_lists_in_order"),
            models.Index(fields=["state", "-asked_at", "-id"], name="requests_newest_first"),
            models.Index(fields=["state", "expires_at"], name="requests_that_expire"),
            models.Index(fields=["state", "closed_at"], name="requests_that_are_over"),
        ]


class Answer(models.Model):
    """What somebody answered, with the question in the words in which it was asked."""

    request = models.ForeignKey(JoinRequest, models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=300)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="an_answer_has_its_place"),
            models.CheckConstraint(condition=~Q(text=""), name="an_answer_to_a_question_says_something"),
        ]


class VouchQuerySet(models.QuerySet["Vouch"]):
    def standing(self) -> "VouchQuerySet":
        """Give the vouches that nobody took back."""
        return self.filter(withdrawn_at__isnull=True)

    def counting(self) -> "VouchQuerySet":
        """Give those that count: of members who are here, not shut out, and in the circle they vouch into."""
        inside = CircleMember.objects.filter(circle=OuterRef("request__circle"), member=OuterRef("by"))
        return self.standing().filter(
            Q(request__circle__is_whole=True) | Exists(inside),
            here("by__"),
            by__person__is_active=True,
        )


class Vouch(models.Model):
    """That a member answers for somebody who wants in."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(JoinRequest, models.CASCADE, related_name="vouches")
    by = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = VouchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "by"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_member_vouches_for_a_request_once",
            )
        ]


hold(
    JoinRequest,
    _("Where you asked to come in, what you said to those who may vouch for you, and what was decided."),
    kept=_(
        "That somebody else asked stays with them. It no longer says who decided, or who invited them, and a text in "
        "which your address stood is gone."
    ),
    mentions={"note": {"note": "…"}, "reason": {"reason": "…"}},
)
hold(
    Answer,
    _("What you answered when you asked to come in, for those who decide."),
    kept=_("What others answered stays with them. An answer in which your address stood is gone."),
    mentions={"text": {"text": "…"}},
)
hold(
    Vouch,
    _("For whom you vouched, or who vouched for you, when, and what they said."),
    kept=_("What others said of each other stays. A text in which your address stood is gone."),
    mentions={"text": {"text": "…"}},
)
