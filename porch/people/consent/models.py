from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

APPEND_ONLY = "the ledger of consent is append-only"


class Act(models.TextChoices):
    GIVEN = "given", _("yes")
    WITHDRAWN = "withdrawn", _("stopped")


class Proof(models.TextChoices):
    """By what we know that it was them."""

    SESSION = "session", _("signed in")
    MAIL_LINK = "mail link", _("a link sent to the address")
    STOP_LINK = "stop link", _("the stop link of a mail")
    OPERATOR = "operator", _("told to an operator")
    IMPORT = "import", _("a list brought along")


# Acts that happen as they are proved, and not ones that somebody reports of earlier days.
LIVE = {Proof.SESSION, Proof.MAIL_LINK, Proof.STOP_LINK}


class AppendOnly(models.QuerySet["Consent"]):
    def update(self, **_: Any) -> NoReturn:
        raise TypeError(APPEND_ONLY)

    def delete(self) -> NoReturn:
        raise TypeError(APPEND_ONLY)

    bulk_update = update  # type: ignore[assignment]


class Consent(models.Model):
    """One act of the ledger: who said what to which words, when, and how we know. Rows are only ever added.

    Triggers in the database refuse changes too. What is personal stands beside it, in ``ConsentAddress``.
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=80)
    purpose = models.CharField(max_length=60)
    act = models.CharField(max_length=12, choices=Act.choices)
    basis = models.CharField(max_length=20)
    wording = models.PositiveSmallIntegerField()
    wording_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    source = models.CharField(max_length=60)
    proof = models.CharField(max_length=12, choices=Proof.choices)
    by_person_id = models.BigIntegerField(null=True)

    objects: ClassVar[models.Manager["Consent"]] = models.Manager.from_queryset(AppendOnly)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(act__in=Act.values), name="a_consent_is_given_or_withdrawn"),
            models.CheckConstraint(
                condition=Q(wording__gte=1) & ~Q(wording_hash=""), name="a_consent_names_the_words_shown"
            ),
            models.CheckConstraint(
                condition=Q(subject__startswith="person:") | Q(subject__startswith="address:"),
                name="a_consent_is_of_a_person_or_an_address",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_consent_says_where_it_came_from"),
        ]
        indexes = [models.Index(fields=["subject", "purpose", "-id"], name="consents_newest_first")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(APPEND_ONLY)
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError(APPEND_ONLY)


class ConsentAddress(models.Model):
    """The address behind the hash in the ledger, for as long as it is written to. Erasure deletes it."""

    subject = models.CharField(max_length=80, unique=True)
    address = models.CharField(max_length=254)
    since = models.DateTimeField()
