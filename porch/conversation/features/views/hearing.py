"""How much a member hears of a space."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from porch.community.membership.rules import members
from porch.conversation.pages.views.topics import reached_space
from porch.conversation.reading.hearing import choose_space_level
from porch.kit.once import go_and_tell
from porch.kit.time import now
from porch.people.doors import SignedInRequest


@members
@require_POST
def choose_for_space(request: SignedInRequest, space: str) -> HttpResponseBase:
    """Choose how much one wants to hear of a space."""
    found = reached_space(request, space)
    choose_space_level(space_id=found.id, level=request.POST.get("level", ""), by=request.user, at=now())
    return go_and_tell("space", found.slug, word="level-chosen")
