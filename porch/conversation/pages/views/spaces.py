"""Spaces: which there are, what is talked about in one, and their making and changing."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.membership.rules import members
from porch.community.roles.rules import covers_somewhere, having_somewhere, rights_here
from porch.conversation.pages.forms import choices, field_at_fault, given_by, given_in, read_terms
from porch.conversation.pages.reading_on import show_posts
from porch.conversation.pages.reads import PAGE, find_room, find_space, keepers_of, topics_in
from porch.conversation.pages.slots import BESIDE_SPACES
from porch.conversation.reading.counting import fresh_in_spaces
from porch.conversation.rituals.reads import heartbeats_of
from porch.conversation.spaces.actions import archive_space, change_space, make_space, reopen_space
from porch.conversation.spaces.models import Shape, Space
from porch.conversation.spaces.reads import SPACES, SpaceRow
from porch.conversation.spaces.rights import MANAGE_SPACES
from porch.conversation.spaces.terms import SpaceTerms, terms_of
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

MADE, CHANGED, ARCHIVED, REOPENED = "space-made", "space-changed", "space-archived", "space-reopened"


@members
def show_spaces(request: SignedInRequest) -> HttpResponse:
    """The spaces that somebody may know of, those that are archived apart."""
    found = SPACES.all(person=request.user.pk)
    shown = {
        "spaces": [each for each in found if each.archived_at is None],
        "archived": [each for each in found if each.archived_at is not None],
        "may_make": covers_somewhere(rights_here(request), MANAGE_SPACES),
        "beside": BESIDE_SPACES.render(request),
        "fresh": fresh_in_spaces(request.user.pk),
    }
    return render(request, "conversation/spaces/spaces.html", shown)


@members
def show_space(request: SignedInRequest, space: str) -> HttpResponseBase:
    """What is talked about in a space; for whom it is, where somebody does not reach it."""
    found, number = find_space(space, request.user.pk), page_number(request)
    if found.shape == Shape.ROOM and found.is_reached:
        room = find_room(found, request.user.pk)
        return show_posts(request, room, at=now(), may_manage=found.may_manage)
    topics = topics_in(found, request.user.pk, number) if found.is_reached else []
    shown = {
        "space": found,
        "topics": topics[:PAGE],
        "keepers": keepers_of(found) if found.is_reached and number == 1 else [],
        "told": told(request),
        "heartbeats": heartbeats_of(found.id) if found.is_reached and found.rituals and number == 1 else [],
        **neighbours(request, number, has_more=len(topics) > PAGE, has_filters=False),
    }
    return forget_told(request, render(request, "conversation/spaces/space.html", shown))


@having_somewhere(MANAGE_SPACES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_space(request: SignedInRequest) -> HttpResponseBase:
    """Make a space. A refusal gives everything back with the reason beside it."""
    given, refusal = given_by(SpaceTerms(name="")), None
    if request.method == "POST":
        given = given_in(request.POST)
        try:
            made = make_space(
                terms=read_terms(given, request.user.pk, rights_here(request)), by=request.user, at=now()
            )
            return go_and_tell("space", made.slug, word=MADE)
        except Refusal as no:
            refusal = no
    return form_page(request, None, given, refusal)


@having_somewhere(MANAGE_SPACES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_space(request: SignedInRequest, space: str) -> HttpResponseBase:
    """Change a space."""
    row = space_in_care(request, space)
    found = Space.objects.select_related("circle", "role").get(pk=row.id)
    given, refusal = given_by(terms_of(found)), None
    if request.method == "POST":
        given = given_in(request.POST)
        try:
            terms = read_terms(given, request.user.pk, rights_here(request))
            change_space(space=found, terms=terms, by=request.user, at=now())
            return go_and_tell("space", found.slug, word=CHANGED)
        except Refusal as no:
            refusal = no
    return form_page(request, row, given, refusal)


@having_somewhere(MANAGE_SPACES)
@require_POST
def edit_archive(request: SignedInRequest, space: str) -> HttpResponseBase:
    """Archive a space, or open it again."""
    found = Space.objects.get(pk=space_in_care(request, space).id)
    if request.POST.get("is") == "archived":
        archive_space(space=found, by=request.user, at=now())
        return go_and_tell("space", found.slug, word=ARCHIVED)
    reopen_space(space=found, by=request.user, at=now())
    return go_and_tell("space", found.slug, word=REOPENED)


def space_in_care(request: SignedInRequest, slug: str) -> SpaceRow:
    """Find a space that whoever asks may change. Raises ``NotFound``."""
    found = find_space(slug, request.user.pk)
    if not found.may_manage:
        raise NotFound
    return found


def form_page(
    request: SignedInRequest, space: SpaceRow | None, given: dict[str, str], refusal: Refusal | None
) -> HttpResponse:
    """Show the form of a space, new or as it is."""
    shown = {
        "space": space,
        "given": given,
        "refusal": refusal,
        "at_field": field_at_fault(refusal),
        "shapes": Shape.choices,
        "readers": choices(request.user.pk, rights_here(request)),
    }
    return render(request, "conversation/spaces/form.html", shown, status=refusal.status if refusal else 200)
