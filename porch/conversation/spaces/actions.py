"""The verbs of spaces."""

import secrets
from collections.abc import Callable
from datetime import datetime
from itertools import count

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.roles.limits import take_turns_with_roles
from porch.community.roles.rules import require
from porch.conversation.spaces.acts import ARCHIVED, CHANGED, MADE, REOPENED
from porch.conversation.spaces.facts import SpaceArchived, SpaceChanged, SpaceMade, SpaceReopened
from porch.conversation.spaces.locking import hold_spaces
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.readers import opens
from porch.conversation.spaces.rights import MANAGE_SPACES
from porch.conversation.spaces.terms import SpaceTerms, clean_terms, terms_of
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict, NotFound
from porch.kit.text import slug
from porch.people.identity.models import Person

# Addresses under /inside/spaces/ that are no space's.
RESERVED = {"new"}
LONGEST_SLUG = 50

# Done in the transaction with each space that was made or changed. Higher layers add to it.
SHAPED: list[Callable[[Space, datetime], None]] = []


class WasSaidForFewer(Conflict):
    text = _("What was said here was said for those who could read it then, so it is not opened to others.")
    hint = _("Make a new space for the others. What is there already stays with those it was written for.")


class ShapeStays(Conflict):
    text = _("Something was said here, so it is shown as before.")
    hint = _("Make a new space in the other shape, and go on there.")


@transaction.atomic
def make_space(*, terms: SpaceTerms, by: Person, at: datetime) -> Space:
    """Make a space. Raises ``NeedsRight`` and the refusals of ``terms``."""
    take_turns_with_roles()
    terms = clean_terms(terms)
    require(by.pk, MANAGE_SPACES, circle_of(terms))
    space = Space.objects.create(slug=free_slug(terms), made_at=at, **terms.as_dict())
    shape(space, at)
    record(MADE, by_id=by.pk, at=at, space_id=space.pk)
    note(SpaceMade(space_id=space.pk, by_person_id=by.pk, at=at))
    return space


@transaction.atomic
def change_space(*, space: Space, terms: SpaceTerms, by: Person, at: datetime) -> Space:
    """Change what a space is, and who reaches it.

    Raises ``NeedsRight``, the refusals of ``terms``, and ``WasSaidForFewer`` where somebody has written in it and
    others would come to read it (B18); those who could read it may become fewer at any time. One that is hidden gets
    another address. Raises ``ShapeStays`` where something was said.
    """
    # A circle or a role that it is for does not go in the same moment, and no other space takes its address.
    take_turns_with_roles()
    space, terms = locked(space), clean_terms(terms)
    require(by.pk, MANAGE_SPACES, circle_of(terms_of(space)))
    require(by.pk, MANAGE_SPACES, circle_of(terms))
    if terms == terms_of(space):
        return space
    if space.posts and opens(space, terms):
        raise WasSaidForFewer
    if space.posts and terms.shape != space.shape:
        raise ShapeStays
    if terms.is_hidden and not space.is_hidden:
        space.slug = free_slug(terms)
    for name, value in terms.as_dict().items():
        setattr(space, name, value)
    space.save(update_fields=["slug", *terms.as_dict()])
    shape(space, at)
    record(CHANGED, by_id=by.pk, at=at, space_id=space.pk)
    note(SpaceChanged(space_id=space.pk, by_person_id=by.pk, at=at))
    return space


@transaction.atomic
def archive_space(*, space: Space, by: Person, at: datetime) -> Space:
    """Archive a space: it can be read as before, and nothing is written in it. Done twice, it is done once."""
    space = locked(space)
    require(by.pk, MANAGE_SPACES, circle_of(terms_of(space)))
    if space.archived_at is None:
        space.archived_at = at
        space.save(update_fields=["archived_at"])
        record(ARCHIVED, by_id=by.pk, at=at, space_id=space.pk)
        note(SpaceArchived(space_id=space.pk, by_person_id=by.pk, at=at))
    return space


@transaction.atomic
def reopen_space(*, space: Space, by: Person, at: datetime) -> Space:
    """Open an archived space again."""
    space = locked(space)
    require(by.pk, MANAGE_SPACES, circle_of(terms_of(space)))
    if space.archived_at is not None:
        space.archived_at = None
        space.save(update_fields=["archived_at"])
        record(REOPENED, by_id=by.pk, at=at, space_id=space.pk)
        note(SpaceReopened(space_id=space.pk, by_person_id=by.pk, at=at))
    return space


def shape(space: Space, at: datetime) -> None:
    """Have everyone do what a space needs that was made or changed."""
    for each in SHAPED:
        each(space, at)


def circle_of(terms: SpaceTerms) -> int | None:
    """Give the circle in which a right is asked for, which for a role is the role's."""
    if terms.role is not None:
        return terms.role.circle_id
    return None if terms.circle is None else terms.circle.pk


def locked(space: Space) -> Space:
    """Read a space anew and hold it to the end of the transaction. Raises ``NotFound``, as for what is direct."""
    hold_spaces(space.pk)
    found = Space.objects.select_related("circle", "role").filter(pk=space.pk, is_direct=False).first()
    if found is None:
        raise NotFound
    return found


def free_slug(terms: SpaceTerms) -> str:
    """Give the part of an address for a new space, which no other has.

    A hidden one gets an ending by chance, so that no other space's address tells that it is there.
    """
    base = slug(terms.name)[:LONGEST_SLUG].strip("-")
    if terms.is_hidden:
        return f"{base}-{secrets.token_hex(4)}"
    taken = {*RESERVED, *Space.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return next(each for n in count(1) if (each := base if n == 1 else f"{base}-{n}") not in taken)
