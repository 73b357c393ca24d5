"""Tags: the topics that bear one, and its name."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porch.community.membership.rules import members
from porch.community.roles.rules import covers, having, rights_here
from porch.conversation.pages.reads import PAGE, topics_tagged
from porch.conversation.spaces.rights import MANAGE_SPACES
from porch.conversation.tags.actions import folded, rename_tag
from porch.conversation.tags.models import LONGEST_TAG, Tag
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest


@members
def show_tag(request: SignedInRequest, tag: str) -> HttpResponse:
    """The topics with a tag that one reaches. A tag of others alone is not there."""
    found, number = find_tag(tag), page_number(request)
    topics = topics_tagged(found.pk, request.user.pk, number)
    if not topics:
        raise NotFound
    shown = {
        "tag": found,
        "topics": topics[:PAGE],
        "may_rename": covers(rights_here(request), MANAGE_SPACES),
        "told": told(request),
        **neighbours(request, number, has_more=len(topics) > PAGE, has_filters=False),
    }
    return forget_told(request, render(request, "conversation/tags/tag.html", shown))


@having(MANAGE_SPACES)
@require_http_methods(["GET", "HEAD", "POST"])
def change_tag(request: SignedInRequest, tag: str) -> HttpResponseBase:
    """Give a tag another name, or have it go into another."""
    found, refusal = find_tag(tag), None
    if request.method == "POST":
        try:
            name = request.POST.get("name", "")
            renamed = rename_tag(tag_id=found.pk, name=name, by=request.user, at=now())
            return go_and_tell("tag", renamed.name, word="tag-renamed")
        except NotFound:
            raise
        except Refusal as no:
            refusal = no
    shown = {"tag": found, "given": request.POST.get("name", found.name), "refusal": refusal}
    status = refusal.status if refusal else 200
    return render(request, "conversation/tags/change.html", shown, status=status)


def find_tag(name: str) -> Tag:
    """Find a tag, however it is spelt. Raises ``NotFound``."""
    found = Tag.objects.filter(folded=folded(name)).first() if len(name) <= 4 * LONGEST_TAG else None
    if found is None:
        raise NotFound
    return found
