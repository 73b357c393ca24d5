from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold

MOST_VALUE = 2_000


class Kind(models.TextChoices):
    """What is answered in a field."""

    LINE = "line", _("A line of text")
    TEXT = "text", _("A longer text")
    CHOICE = "choice", _("One of several choices")
    INTERESTS = "interests", _("Interests")
    PLACE = "place", _("A place")
    HOURS = "hours", _("Hours to be reached")
    LINK = "link", _("A link")
    DAY = "day", _("A day of the year")


class Visibility(models.TextChoices):
    """Who may see an answer, beside whoever gave it."""

    NOBODY = "nobody", _("Nobody else")
    STEWARDS = "stewards", _("Stewards")
    MEMBERS = "members", _("All members")


class ProfileField(models.Model):
    """Something that the community asks its members about themselves, with what it is for.

    One that is retired is asked and shown no more. Its answers stay for 30 days, so that it can be taken back.
    """

    id = models.BigAutoField(primary_key=True)
    title = models.CharField(max_length=80)
    purpose = models.CharField(max_length=300)
    help = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # One to a line; for choices alone.
    choices = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.MEMBERS)
    is_theirs_to_choose = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="a_field_is_of_one_of_the_kinds"),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="a_field_says_who_sees_its_answers"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(purpose=""), name="a_field_says_what_it_is_for"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.CHOICE) | ~Q(choices=""), name="a_field_of_choices_has_some"
            ),
        ]

    @property
    def options(self) -> list[str]:
        return self.choices.splitlines()


class ProfileAnswer(models.Model):
    """What a member answered, and who may see it.

    ``turns_at`` is when the clocks of its time zone change next, and with them its hours in the search.
    """

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    field = models.ForeignKey(ProfileField, models.CASCADE, related_name="+")
    value = models.CharField(max_length=MOST_VALUE)
    visibility = models.CharField(max_length=10, choices=Visibility.choices)
    given_at = models.DateTimeField()
    turns_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "field"], name="a_member_answers_a_field_once"),
            models.CheckConstraint(condition=~Q(value=""), name="an_answer_says_something"),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="an_answer_says_who_sees_it"
            ),
        ]
        indexes = [
            models.Index(fields=["turns_at"], condition=Q(turns_at__isnull=False), name="answers_by_turn")
        ]


class ProfileTerm(models.Model):
    """A word under which an answer is found. An answer that nobody else may see has none, nor has a retired field."""

    answer = models.ForeignKey(ProfileAnswer, models.CASCADE, related_name="+")
    field = models.ForeignKey(ProfileField, models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    term = models.CharField(max_length=80)
    visibility = models.CharField(max_length=10, choices=Visibility.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "term"], name="an_answer_has_a_term_once"),
            models.CheckConstraint(
                condition=Q(visibility__in=[Visibility.STEWARDS, Visibility.MEMBERS]),
                name="what_nobody_sees_is_found_by_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "term", "-member"], name="terms_newest_first"),
            models.Index(fields=["member", "kind", "term"], name="terms_of_a_member"),
            models.Index(fields=["field"], name="terms_of_a_field"),
        ]


class NameStart(models.Model):
    """A beginning of a word of a member's name, without case and accents, under which they are found."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    start = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "start"], name="a_name_has_a_start_once")]
        indexes = [models.Index(fields=["start", "-member"], name="names_newest_first")]


hold(ProfileAnswer, _("What you answered about yourself, each for what its question says that it is for."))
hold(ProfileTerm, _("Words of your answers, by which those who may see them find you."))
hold(NameStart, _("Beginnings of your name, by which members find you."))
