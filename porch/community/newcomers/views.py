from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST
from markupsafe import Markup

from porch.community.membership.rules import members
from porch.community.newcomers.actions import (
    bring_back_first_steps,
    dismiss_first_steps,
    mark_greeted,
    name_greeter,
    release_greeter,
    unmark_greeted,
    write_first_steps,
)
from porch.community.newcomers.reads import (
    greeters_named,
    greetings_of,
    newcomer,
    newcomers,
    steps_of,
    told_first,
)
from porch.community.newcomers.rights import WELCOME_NEWCOMERS
from porch.community.newcomers.rules import greeters
from porch.community.profiles.reads import portrait_of
from porch.community.roles.rules import having, may
from porch.kit.markdown import render as to_html
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

PAGE = 30
DISMISSED, BACK, WRITTEN, NAMED, RELEASED = (
    "steps-away",
    "steps-back",
    "steps-written",
    "greeter-named",
    "released",
)


def show_welcome(request: HttpRequest) -> Markup | None:
    """Fill the first page inside for a newcomer: what to read, whom to ask, and what they have done."""
    who = newcomer(request.user.pk or 0, now())
    if who is None:
        return None
    is_just_away = told(request) == DISMISSED
    if who.is_dismissed and not is_just_away:
        return None
    shown: dict[str, object] = {"is_away": who.is_dismissed}
    if not who.is_dismissed:
        shown |= {"steps": steps_of(who), "text": told_first(), "greeters": greeters_named()}
    page = render_to_string("community/newcomers/welcome.html", shown, request)
    return Markup(page)  # noqa: S704 - a rendered template


@members
@require_POST
def change_dismissal(request: SignedInRequest) -> HttpResponseBase:
    """Put the first steps away, or take them out again."""
    if request.POST.get("is") == "no":
        bring_back_first_steps(by=request.user)
        return go_and_tell("inside", word=BACK)
    dismiss_first_steps(by=request.user, at=now())
    return go_and_tell("inside", word=DISMISSED)


@greeters
def show_newcomers(request: SignedInRequest) -> HttpResponseBase:
    """Who is new, and who of them was greeted."""
    at, number = now(), page_number(request)
    waiting = request.GET.get("show") != "all"
    page, has_more = page_of(newcomers(at, waiting=waiting), number, PAGE)
    greetings = greetings_of([each.pk for each in page])
    shown = {
        "rows": [(each, portrait_of(each), greetings.get(each.pk)) for each in page],
        "waiting": waiting,
        "may_name": may(request.user.pk, WELCOME_NEWCOMERS),
        **neighbours(request, number, has_more=has_more),
    }
    return forget_told(request, render(request, "community/newcomers/newcomers.html", shown))


@greeters
@require_POST
def change_greeting(request: SignedInRequest, member: int) -> HttpResponseBase:
    """Mark a newcomer as greeted, or as not greeted yet."""
    if request.POST.get("is") == "no":
        unmark_greeted(member_id=member, by=request.user, at=now())
    else:
        mark_greeted(member_id=member, by=request.user, at=now())
    return go_and_tell("newcomers", word="")


@having(WELCOME_NEWCOMERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_first_steps(request: SignedInRequest) -> HttpResponseBase:
    """What newcomers are told, and who greets them."""
    before, refusal = told_first(), None
    text = before.source if before else ""
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            write_first_steps(text=to_html(text), by=request.user, at=now())
            return go_and_tell("first-steps-for-newcomers", word=WRITTEN)
        except Refusal as refused:
            refusal = refused
    shown = {
        "text": text,
        "before": before,
        "refusal": refusal,
        "greeters": [(each, portrait_of(each)) for each in greeters_named()],
        "told": told(request),
    }
    page = render(
        request, "community/newcomers/first_steps.html", shown, status=refusal.status if refusal else 200
    )
    return forget_told(request, page)


@having(WELCOME_NEWCOMERS)
@require_POST
def change_greeter(request: SignedInRequest, member: int) -> HttpResponseBase:
    """Make a member a greeter, or release them."""
    if request.POST.get("is") == "no":
        release_greeter(member_id=member, by=request.user, at=now())
        return go_and_tell("first-steps-for-newcomers", word=RELEASED)
    name_greeter(member_id=member, by=request.user, at=now())
    return go_and_tell("first-steps-for-newcomers", word=NAMED)
