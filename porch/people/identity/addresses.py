"""The addresses of people: one spelling each, and each somebody's alone."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from porch.kit.addresses import NotAnAddress, normal_address
from porch.kit.refusals import Conflict, NotFound, Refusal
from porch.people.identity.locking import locked
from porch.people.identity.models import FormerAddress, Person
from porch.people.suppression.hashing import hash_address

MOST = 5


class AddressIsTaken(Conflict):
    text = _("This address belongs to somebody here already.")
    hint = _("Each address is one person's alone.")


class TooManyAddresses(Refusal):
    status = 409
    text = _("You have five addresses. That is as many as one can have.")
    hint = _("Remove one that you no longer use.")


class MainAddressStays(Refusal):
    status = 409
    text = _("This is your main address, so it stays.")
    hint = _("Make another one your main address first.")


def sign_in_address(text: str) -> str:
    """Give the one spelling under which somebody signs in: as mail is sent to it, in small letters.

    A local part of other letters than ASCII is refused: letters that look or fold alike must not meet.
    """
    if not text.strip().rpartition("@")[0].isascii():
        raise NotAnAddress
    return normal_address(text)


def find_by_address(text: str) -> Person | None:
    """Find the person who has an address, be it their main one or another, however it is spelled."""
    try:
        address = sign_in_address(text)
    except NotAnAddress:
        return None
    row = EmailAddress.objects.filter(email=address, verified=True).first()
    return Person.objects.filter(pk=row.user_id).first() if row else None


def person_at(address: str) -> Person | None:
    """Find the person who has an address, and may come in."""
    person = find_by_address(address)
    return person if person and person.is_active else None


def is_free(address: str) -> bool:
    return not EmailAddress.objects.filter(email=address).exists()


def addresses_of(person: Person) -> list[EmailAddress]:
    """List the addresses of a person, the main one first."""
    return list(EmailAddress.objects.filter(user_id=person.pk).order_by("-primary", "pk"))


@transaction.atomic
def give_address(*, person: Person, address: str) -> EmailAddress:
    """Give a person an address that has been proved; the first one becomes their main address."""
    person = locked(person)
    theirs = EmailAddress.objects.filter(user_id=person.pk)
    if theirs.count() >= MOST:
        raise TooManyAddresses
    is_first = not theirs.exists()
    try:
        with transaction.atomic():
            row = EmailAddress.objects.create(
                user_id=person.pk, email=address, verified=True, primary=is_first
            )
            if is_first:
                keep_main(person, address)
    except IntegrityError as error:
        raise AddressIsTaken from error
    # Whoever had it before has nothing to do with it any more.
    FormerAddress.objects.filter(hash=hash_address(address)).delete()
    return row


@transaction.atomic
def make_main(*, person: Person, number: int) -> EmailAddress:
    """Make one of somebody's addresses the one to which letters go."""
    person = locked(person)
    row = own_address(person, number)
    EmailAddress.objects.filter(user_id=person.pk, primary=True).update(primary=False)
    row.primary = True
    row.save(update_fields=["primary"])
    keep_main(person, row.email)
    return row


@transaction.atomic
def take_address(*, person: Person, number: int) -> EmailAddress:
    """Remove an address; the main one stays."""
    person = locked(person)
    row = own_address(person, number)
    if row.primary:
        raise MainAddressStays
    row.delete()
    FormerAddress.objects.get_or_create(person=person, hash=hash_address(row.email))
    return row


def own_address(person: Person, number: int) -> EmailAddress:
    """Find an address of this person's by its number."""
    row = EmailAddress.objects.filter(user_id=person.pk, pk=number).first()
    if row is None:
        raise NotFound
    return row


def keep_main(person: Person, address: str) -> None:
    """Write the main address beside the name, where every part reads it."""
    person.email = address
    person.save(update_fields=["email"])
