from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """An identity: somebody who can sign in. Not yet a member of anything."""

    id = models.BigAutoField(primary_key=True)
    # Empty until the person gives one: the owner of a new house signs in before any mail can be sent.
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    is_active = models.BooleanField(default=True)
    last_login: Any = None

    USERNAME_FIELD = "email"
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=True) | Q(email=Lower(F("email"))),
                name="an_address_is_kept_in_lower_case",
                violation_error_message=_("An address is kept in lower case."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_person_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Operator(models.Model):
    """That somebody runs this server."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="operator")
    since = models.DateTimeField()


class FormerAddress(models.Model):
    """The keyed hash of an address that somebody had, so that an erasure finds what was sent there."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "hash"], name="a_former_address_is_kept_once")
        ]


class SignInLink(models.Model):
    """A link that signs one person in, once. Only the digest of its secret is kept; using it deletes it."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="a_link_expires_after_it_is_issued"
            )
        ]

    def is_open(self, at: datetime) -> bool:
        return self.issued_at <= at < self.expires_at


hold(
    Person,
    _("Who somebody is here: a name, and the address with which they sign in."),
    secret=("password",),
    corrected_at={"name": _("change your name"), "addresses": _("change your addresses")},
)
hold(Operator, _("Who runs this server, and since when."))
hold(SignInLink, _("That a link was made which signs somebody in once."), secret=("digest",))
hold(
    FormerAddress,
    _("Keyed hashes of addresses that you no longer have here, so that they are forgotten too."),
    secret=("hash",),
)
