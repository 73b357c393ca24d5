from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold
from porch.people.identity.models import Person


class ApiToken(models.Model):
    """A secret by which a program acts for somebody, or for the house. Only its digest is kept.

    With a person it is theirs, and does at most what they may. Without one it is a service token: it belongs to the
    house, does what its scopes say, and goes on working when whoever made it no longer runs the server.
    """

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    # Its beginning, so that one knows it again in a list.
    prefix = models.CharField(max_length=16)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=80)
    # Names of scopes with spaces between, as OAuth writes them.
    scopes = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="a_token_expires_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(made_by__isnull=True),
                name="only_a_service_token_says_who_made_it",
            ),
            models.CheckConstraint(condition=~Q(scopes=""), name="a_token_has_a_scope"),
        ]


class KeptAnswer(models.Model):
    """What a program was answered, so that the same request, sent twice, is done once.

    The answer is sealed with the secret of the token: who has the database alone cannot read it. ``key`` and ``asked``
    are keyed hashes of what the program called its request, and of the request itself.
    """

    id = models.BigAutoField(primary_key=True)
    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    asked = models.CharField(max_length=64)
    answer = models.TextField()
    kept_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="a_token_uses_a_key_once")]


hold(
    ApiToken,
    _("Tokens by which programs act for you, what they may do, and on which day one was last used."),
    kept=_("A service token belongs to the house and stays. It no longer says who made it."),
    secret=("digest",),
    about=("made_by",),
)
hold(
    KeptAnswer,
    _(
        "What programs of yours were answered within the last day, so that nothing is done twice. It is sealed."
    ),
    secret=("key", "asked", "answer"),
    harmless=("token_id",),
)
