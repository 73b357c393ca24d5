from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porch.community.membership.rules import members
from porch.conversation.posts.reads import find_post
from porch.kit.once import go_and_tell
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.moderation.reports.actions import report_post
from porch.moderation.why import MOST_WORDS, Why
from porch.people.doors import SignedInRequest


@members
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedInRequest, post: int) -> HttpResponseBase:
    """Report a post to those who look after the space, with a reason."""
    found, refusal = find_post(post, request.user.pk), None
    if found.is_deleted and not found.deletion__is_hidden:
        raise NotFound
    if request.method == "POST":
        try:
            report_post(
                post_id=post,
                why=request.POST.get("why", ""),
                words=request.POST.get("words", ""),
                by=request.user,
                at=now(),
            )
            return go_and_tell("topic", found.topic_id, word="post-reported")
        except NotFound:
            raise
        except Refusal as no:
            refusal = no
    shown = {
        "post": found,
        "reasons": [("", "\u2013"), *Why.choices],
        "given": request.POST,
        "most": MOST_WORDS,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "moderation/reports/report.html", shown, status=status)
