"""The verbs of circles."""

from collections.abc import Callable
from datetime import datetime
from itertools import count

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porch.community.circles.acts import CHANGED, CLOSED, MADE, TAKEN_OUT
from porch.community.circles.facts import (
    CircleChanged,
    CircleClosed,
    CircleLeft,
    CircleMade,
    CircleMemberRemoved,
)
from porch.community.circles.models import Circle, CircleMember
from porch.community.circles.terms import CircleTerms, clean_terms, terms_of
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.roles.limits import has_all, lay_down_roles, take_turns_with_roles
from porch.community.roles.models import Role, RoleRight
from porch.community.roles.reads import MEMBER, rights_of
from porch.community.roles.rights import MANAGE_CIRCLES
from porch.community.roles.rules import require
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.ids import reference
from porch.kit.refusals import Conflict, NotAllowed, NotFound
from porch.kit.text import clean_line, slug
from porch.people.identity.models import Person

WHOLE = "community"
# Addresses under /inside/circles/ that are no circle's.
RESERVED = {"new", WHOLE}
LONGEST_SLUG, LONGEST_REASON = 50, 500


# Asked before a circle is closed: each raises a refusal for one that is still needed. Higher floors add to it.
ASKED_BEFORE_CLOSING: list[Callable[[Circle], None]] = []


class TheWholeStays(Conflict):
    text = _("This is the whole community, so that is not done here.")
    hint = _("Circles in it can be closed and left. To leave the community itself, go to your account.")


class ItsRolesGrantMore(NotAllowed):
    text = _("A role of this circle grants more than you have there, so you cannot close it.")
    hint = _("Somebody who has these rights too can, for instance an owner.")


class HasMoreRights(NotAllowed):
    text = _("They have rights in this circle that you do not have, so you cannot take them out.")
    hint = _("Somebody who has these rights too can, for instance an owner.")


@transaction.atomic
def found_whole(*, at: datetime) -> Circle:
    """Find the circle that is the whole community; a new house gets it with its first member."""
    circle, _ = Circle.objects.get_or_create(
        is_whole=True, defaults={"slug": WHOLE, "name": settings.PORCH_NAME, "made_at": at}
    )
    return circle


@transaction.atomic
def make_circle(*, terms: CircleTerms, by: Person, at: datetime, comes_in: bool = True) -> Circle:
    """Make a circle, with a role for everyone who will be in it, and its maker in it unless they stay out.

    Somebody has to be in it who can vouch for the first ones.
    """
    take_turns_with_roles()
    require(by.pk, MANAGE_CIRCLES)
    terms = clean_terms(terms)
    address = free_slug(terms.name, is_hidden=terms.is_hidden)
    circle = Circle.objects.create(slug=address, made_at=at, **terms.as_dict())
    Role.objects.create(circle=circle, key=MEMBER, name=gettext("Member"), made_at=at)
    record(MADE, by_id=by.pk, at=at, circle_id=circle.pk)
    note(CircleMade(circle_id=circle.pk, by_person_id=by.pk, at=at))
    if comes_in:
        let_in(person=by, circle=circle, way=Way.PLACED, at=at)
    return circle


@transaction.atomic
def change_circle(*, circle: Circle, terms: CircleTerms, by: Person, at: datetime) -> Circle:
    """Change a circle, or the whole community: what it is, and how one comes in.

    Whoever is in it stays in it, also where the ceiling is now lower than their number. One that is hidden gets another
    address.
    """
    circle = locked(circle)
    require(by.pk, MANAGE_CIRCLES, circle.pk)
    terms = clean_terms(terms, is_whole=circle.is_whole)
    if terms == terms_of(circle):
        return circle
    if terms.is_hidden and not circle.is_hidden:
        circle.slug = free_slug(terms.name, is_hidden=True)
    for name, value in terms.as_dict().items():
        setattr(circle, name, value)
    circle.save(update_fields=["slug", *terms.as_dict()])
    record(CHANGED, by_id=by.pk, at=at, circle_id=circle.pk)
    note(CircleChanged(circle_id=circle.pk, by_person_id=by.pk, at=at))
    return circle


@transaction.atomic
def close_circle(*, circle: Circle, by: Person, at: datetime) -> None:
    """Close a circle: its list and its roles go. Its members stay members of the community.

    Raises ``TheWholeStays``, and ``ItsRolesGrantMore`` where a role that would go grants more than whoever acts has.
    """
    take_turns_with_roles()
    circle = locked(circle)
    require(by.pk, MANAGE_CIRCLES, circle.pk)
    if circle.is_whole:
        raise TheWholeStays
    for ask in ASKED_BEFORE_CLOSING:
        ask(circle)
    granted = RoleRight.objects.filter(role__circle=circle).values_list("right", flat=True)
    if not has_all(rights_of(by.pk), granted, circle):
        raise ItsRolesGrantMore
    record(CLOSED, by_id=by.pk, at=at, circle_id=circle.pk)
    note(CircleClosed(circle_id=circle.pk, by_person_id=by.pk, at=at))
    circle.delete()


@transaction.atomic
def leave_circle(*, circle: Circle, by: Person, at: datetime) -> bool:
    """Leave a circle, and lay down the roles in it; say whether one was in it."""
    take_turns_with_roles()
    circle = locked(circle)
    if circle.is_whole:
        raise TheWholeStays
    member = Member.objects.present().filter(person=by).first()
    if member is None or not go(member, circle):
        return False
    note(CircleLeft(circle_id=circle.pk, member_id=member.pk, at=at))
    return True


@transaction.atomic
def take_out(*, circle: Circle, member: Member, reason: str, by: Person, at: datetime) -> bool:
    """Take somebody out of a circle, for a reason that they can read; say whether they were in it.

    Raises ``HasMoreRights`` where a role of theirs there grants more than whoever acts has.
    """
    take_turns_with_roles()
    circle = locked(circle)
    require(by.pk, MANAGE_CIRCLES, circle.pk)
    if circle.is_whole:
        raise TheWholeStays
    reason = clean_line(reason, most=LONGEST_REASON, name=_("reason"))
    held = RoleRight.objects.filter(role__circle=circle, role__in=member.roles_held.values("role"))
    if not has_all(rights_of(by.pk), held.values_list("right", flat=True), circle):
        raise HasMoreRights
    if not go(member, circle):
        return False
    record(TAKEN_OUT, by_id=by.pk, about_id=member.person_id, at=at, reason=reason, circle_id=circle.pk)
    note(CircleMemberRemoved(circle_id=circle.pk, member_id=member.pk, by_person_id=by.pk, at=at))
    return True


def go(member: Member, circle: Circle) -> bool:
    """Take a member off the list of a circle, with the roles that they have in it."""
    lay_down_roles(member, circle)
    gone, _kinds = CircleMember.objects.filter(circle=circle, member=member).delete()
    return bool(gone)


def locked(circle: Circle) -> Circle:
    """Read a circle anew and hold it to the end of the transaction. Raises ``NotFound``."""
    found = Circle.objects.select_for_update().filter(pk=circle.pk).first()
    if found is None:
        raise NotFound
    return found


def free_slug(name: str, *, is_hidden: bool = False) -> str:
    """Give the part of an address for a new circle, which no other has.

    That of a hidden one ends by chance: a number at the end of another's would tell that it is there.
    """
    base = slug(name)[:LONGEST_SLUG].strip("-")
    if is_hidden:
        return f"{base}-{reference().lower()}"
    taken = {*RESERVED, *Circle.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return next(each for n in count(1) if (each := base if n == 1 else f"{base}-{n}") not in taken)
