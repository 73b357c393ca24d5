from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from porch.audience.articles.actions import TitleIsTaken, publish_article
from porch.bridge.door_sign.actions import put_up_sign, take_down_sign
from porch.bridge.door_sign.crossing import CARD
from porch.bridge.door_sign.reads import is_sign_up
from porch.bridge.glass.crossing import CARD as GLASS
from porch.bridge.glass.reads import GLASS_SPACES
from porch.insight.joins.joins import joins_this_week
from porch.kit.markdown import render as render_markdown
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import BadInput, Refusal
from porch.kit.text import LineIsEmpty, LineIsNotPlain, LineIsTooLong
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators
from porch.web.desk.first_steps.steps import steps_of
from porch.web.desk.rooms import ROOMS
from porch.web.desk.samples import GIVEN, samples

SIGN_CHANGED = "sign-changed"


@operators
def show_desk(request: SignedInRequest) -> HttpResponse:
    """The operator's first page."""
    shown = {"joins": joins_this_week(at=now()), "steps": steps_of(request.user)}
    return render(request, "desk/desk.html", shown)


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def write_article(request: SignedInRequest) -> HttpResponse:
    """Write a piece, look at it, publish it. A refusal gives the text back with the reason beside it."""
    title, source = request.POST.get("title", ""), request.POST.get("source", "")
    shown: dict[str, object] = {
        "title": title,
        "source": source,
        "refusal": None,
        "at_field": "",
        "preview": None,
    }
    if request.method == "POST":
        try:
            if request.POST.get("then") != "preview":
                article = publish_article(title=title, source=source, by=request.user, at=now())
                return redirect("article", article.slug)
            shown["preview"] = render_markdown(source).html
        except Refusal as refusal:
            shown |= {"refusal": refusal, "at_field": field_at_fault(refusal)}
            return render(request, "desk/write.html", shown, status=refusal.status)
    return render(request, "desk/write.html", shown)


def field_at_fault(refusal: Refusal) -> str:
    """Name the field that a refusal is about, if it is about one."""
    if isinstance(refusal, (TitleIsTaken, LineIsEmpty, LineIsTooLong, LineIsNotPlain)):
        return "title"
    return "source" if isinstance(refusal, BadInput) else ""


@operators
def show_bridge(request: HttpRequest) -> HttpResponse:
    """The crossings, each with its card and its switch."""
    shown = {
        "card": CARD,
        "is_up": is_sign_up(),
        "changed": told(request) == SIGN_CHANGED,
        "glass_card": GLASS,
        "glass": GLASS_SPACES.all(),
    }
    return forget_told(request, render(request, "desk/bridge.html", shown))


@operators
@require_POST
def switch_sign(request: SignedInRequest) -> HttpResponseBase:
    """Put the door sign up or take it down."""
    if request.POST.get("up") == "yes":
        put_up_sign(by=request.user, at=now())
    else:
        take_down_sign(by=request.user, at=now())
    return go_and_tell("bridge", word=SIGN_CHANGED)


@operators
def show_engine(request: HttpRequest) -> HttpResponse:
    """The rooms in which one sees what Porch does by itself."""
    rooms = [(each, each.waiting() if each.waiting else 0) for each in ROOMS]
    return render(request, "desk/engine.html", {"rooms": rooms})


@operators
def show_components(request: HttpRequest) -> HttpResponse:
    """Every component in one place, to look at in light and dark."""
    return render(request, "desk/components.html", {"samples": samples(), **GIVEN})
