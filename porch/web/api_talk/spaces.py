"""Spaces: which there are, made, changed and archived."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from ninja import Router

from porch.community.circles.models import Circle
from porch.community.roles.models import Role
from porch.community.roles.reads import rights_of
from porch.conversation.pages.forms import ALL, read_readers
from porch.conversation.spaces.actions import archive_space, change_space, make_space, reopen_space
from porch.conversation.spaces.models import Heard, Space
from porch.conversation.spaces.reads import spaces_of
from porch.conversation.spaces.rights import MANAGE_SPACES
from porch.conversation.spaces.terms import CircleOrRole, SpaceTerms, terms_of
from porch.kit.refusals import NotFound
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_talk.scopes import SPACES_WRITE, TALK_READ
from porch.web.api_talk.shapes import SpaceChange, SpaceIn, SpaceOut

TOLD = (
    *("id", "slug", "name", "description", "icon", "place", "shape", "circle_id", "role_id"),
    *("is_hidden", "is_glass", "is_sensitive", "archived_at", "slow_seconds"),
    *("is_reached", "tends", "may_manage"),
)
# What those learn who reach it.
COUNTED = ("topics", "posts", "last_said_at")
READERS = ("circle_id", "role_id")

router = Router(tags=["Spaces"])


@router.get(
    "/spaces",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=Part[SpaceOut],
    summary="List the spaces",
    url_name="api-spaces",
)
def list_spaces(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """The spaces of which I may know, and whether I reach each. Direct conversations are in a list of their own."""
    found = spaces_of(request.auth.someone.pk)
    return part_of(request, response, found, as_space, cursor=cursor, limit=limit)


@router.get(
    "/spaces/{int:space}",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=SpaceOut,
    summary="Show a space",
    url_name="api-space",
)
def show_space(request: ApiRequest, space: int) -> dict[str, object]:
    """One space of which I may know."""
    return as_space(known_space(request, space))


@router.post(
    "/spaces",
    auth=Needs(SPACES_WRITE, Whom.MEMBER, somewhere=MANAGE_SPACES),
    response=SpaceOut,
    summary="Make a space",
    url_name="api-spaces",
)
def make_this_space(request: ApiRequest, body: SpaceIn) -> dict[str, object]:
    """Make a space for every member, for those in a circle, or for those who have a role."""
    circle, role = readers_in(request, body.circle_id, body.role_id)
    terms = SpaceTerms(**body.dict(exclude=set(READERS)), circle=circle, role=role)
    made = make_space(terms=terms, by=request.auth.someone, at=request.auth.at)
    return as_space(known_space(request, made.pk))


@router.patch(
    "/spaces/{int:space}",
    auth=Needs(SPACES_WRITE, Whom.MEMBER, somewhere=MANAGE_SPACES),
    response=SpaceOut,
    summary="Change a space",
    url_name="api-space",
)
def change_this_space(request: ApiRequest, space: int, body: SpaceChange) -> dict[str, object]:
    """Change what a space is. What is not sent stays. What was said for fewer is not opened to others."""
    found, sent = space_in_care(request, space), body.dict(exclude_unset=True)
    terms = replace(terms_of(found), **{name: value for name, value in sent.items() if name not in READERS})
    if sent.keys() & set(READERS):
        circle, role = readers_in(request, sent.get("circle_id"), sent.get("role_id"))
        terms = replace(terms, circle=circle, role=role)
    change_space(space=found, terms=terms, by=request.auth.someone, at=request.auth.at)
    return as_space(known_space(request, space))


@router.put(
    "/spaces/{int:space}/archive",
    auth=Needs(SPACES_WRITE, Whom.MEMBER, somewhere=MANAGE_SPACES),
    response=SpaceOut,
    summary="Archive a space",
    url_name="api-space-archive",
)
def archive_this_space(request: ApiRequest, space: int) -> dict[str, object]:
    """Have a space be read as before, and nothing be written in it."""
    archive_space(space=space_in_care(request, space), by=request.auth.someone, at=request.auth.at)
    return as_space(known_space(request, space))


@router.delete(
    "/spaces/{int:space}/archive",
    auth=Needs(SPACES_WRITE, Whom.MEMBER, somewhere=MANAGE_SPACES),
    response=SpaceOut,
    summary="Open an archived space again",
    url_name="api-space-archive",
)
def reopen_this_space(request: ApiRequest, space: int) -> dict[str, object]:
    """Have members write again in a space that was archived."""
    reopen_space(space=space_in_care(request, space), by=request.auth.someone, at=request.auth.at)
    return as_space(known_space(request, space))


def known_space(request: ApiRequest, number: int) -> Any:
    """Find a space of which whoever asks may know. Raises ``NotFound``."""
    found = spaces_of(request.auth.someone.pk).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def reached_space(request: ApiRequest, number: int) -> Any:
    """Find a space that whoever asks reaches. Raises ``NotFound``."""
    found = known_space(request, number)
    if not found.is_reached:
        raise NotFound
    return found


def space_in_care(request: ApiRequest, number: int) -> Space:
    """Find a space that whoever asks may change. Raises ``NotFound``."""
    found = known_space(request, number)
    if not found.may_manage:
        raise NotFound
    return found  # type: ignore[no-any-return]


def readers_in(
    request: ApiRequest, circle_id: int | None, role_id: int | None
) -> tuple[Circle | None, Role | None]:
    """Read for whom something is, of what whoever asks may know. Raises ``NoSuchReaders`` and ``CircleOrRole``."""
    if circle_id is not None and role_id is not None:
        raise CircleOrRole
    said = f"circle:{circle_id}" if circle_id else f"role:{role_id}" if role_id else ALL
    person_id = request.auth.someone.pk
    return read_readers(said, person_id, rights_of(person_id) if said != ALL else [])


def as_space(space: Any) -> dict[str, object]:
    """Say of a space what those may know who may know of it, and what else those who reach it."""
    said: dict[str, object] = {name: getattr(space, name) for name in TOLD}
    said["level"] = space.heard or Heard.TRACK.value
    return said | {name: getattr(space, name) if space.is_reached else None for name in COUNTED}
