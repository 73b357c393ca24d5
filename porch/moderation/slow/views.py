from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porch.community.membership.rules import members
from porch.conversation.pages.reads import find_space
from porch.kit.once import go_and_tell
from porch.kit.refusals import NotFound
from porch.kit.text import read_number
from porch.kit.time import now
from porch.moderation.slow.actions import SPANS, NoSuchSpan, choose_slowness
from porch.people.doors import SignedInRequest


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit_slowness(request: SignedInRequest, space: str) -> HttpResponseBase:
    """Say how long a member waits between two posts in a space."""
    found = find_space(space, request.user.pk)
    if not found.tends:
        raise NotFound
    if request.method == "POST":
        seconds = read_number(request.POST.get("seconds", ""), most_digits=6)
        if seconds is None:
            raise NoSuchSpan
        choose_slowness(space_id=found.id, seconds=seconds, by=request.user, at=now())
        return go_and_tell("space", found.slug, word="slow-mode-chosen")
    shown = {"space": found, "spans": [(str(n), text) for n, text in SPANS.items()]}
    return render(request, "moderation/slow/slow.html", shown)
