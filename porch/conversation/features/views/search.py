"""The page of the search: posts that somebody reaches, and members, by the directory's own rules."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from porch.community.membership.rules import members
from porch.community.profiles.reads import people
from porch.community.profiles.rights import SEE_FOR_STEWARDS
from porch.community.profiles.search import NEWEST, Found, by_name, find, seen_by
from porch.community.profiles.values import MOST_START, words
from porch.community.roles.rules import may
from porch.conversation.search.asking import MOST_TYPED
from porch.conversation.search.reads import Cursor, FoundPost, search
from porch.conversation.search.showing import Piece, excerpt, marked
from porch.kit.refusals import NotFound
from porch.kit.text import read_number
from porch.people.doors import SignedInRequest

PEOPLE, OLDEST = "people", "oldest"
MOST_NAMES = 3
IN_TITLE = "t"


@dataclass(frozen=True, slots=True)
class Hit:
    """A post that was found, with its title and the part of it that is shown."""

    post: FoundPost
    title: list[Piece]
    excerpt: list[Piece]


@members
def show_search(request: SignedInRequest) -> HttpResponse:
    """What was said, or who is here, by words."""
    typed = request.GET.get("q", "").replace("\x00", "")
    if request.GET.get("what") == PEOPLE:
        return show_people(request, typed)
    is_newest = request.GET.get("sort") != OLDEST
    cursor = cursor_in(request)
    page, asked = search(typed, request.user.pk, cursor=cursor, is_newest=is_newest)
    on = page.on and f"{IN_TITLE * page.on.in_title}{page.on.start}"
    shown = {
        "typed": typed[:MOST_TYPED],
        "hits": [
            Hit(each, marked(each.topic__title, asked.terms), excerpt(each.html, asked.terms))
            for each in page.posts
        ],
        "problems": asked.problems,
        "seeks": bool(asked.terms or asked.operators),
        "lacks_words": bool(asked.without) and not asked.terms and not asked.operators,
        "is_looking": page.is_looking,
        "is_newest": is_newest,
        "tabs": tabs_for(request, typed),
        "sorts": [address(request, typed), address(request, typed, sort=OLDEST)],
        "here": address(request, typed),
        "first": address(request, typed, sort="" if is_newest else OLDEST) if cursor else "",
        "next": address(request, typed, sort="" if is_newest else OLDEST, on=on) if on else "",
    }
    return render(request, "conversation/search/search.html", shown)


def show_people(request: SignedInRequest, typed: str) -> HttpResponse:
    """Members by the beginnings of their names, as the directory finds them."""
    sought = words(typed[:MOST_TYPED])[:MOST_NAMES]
    seen = seen_by(for_stewards=may(request.user.pk, SEE_FOR_STEWARDS))
    below = read_number(request.GET.get("on", str(NEWEST)), most_digits=19)
    if below is None or not 1 <= below <= NEWEST:
        raise NotFound
    found = find([by_name(each[:MOST_START]) for each in sought], before=below) if sought else Found()
    shown = {
        "typed": typed[:MOST_TYPED],
        "people": people(found.ids, seen),
        "seeks": bool(sought),
        "tabs": tabs_for(request, typed),
        "here": address(request, typed, what=PEOPLE),
        "first": address(request, typed, what=PEOPLE) if "on" in request.GET else "",
        "next": address(request, typed, what=PEOPLE, on=str(found.goes_on_below))
        if found.goes_on_below
        else "",
    }
    return render(request, "conversation/search/people.html", shown)


def cursor_in(request: HttpRequest) -> Cursor | None:
    """Read where a page begins."""
    text = request.GET.get("on", "")
    if not text:
        return None
    number = read_number(text.removeprefix(IN_TITLE), most_digits=19)
    if number is None or number > NEWEST:
        raise NotFound
    return Cursor(number, in_title=text.startswith(IN_TITLE))


def tabs_for(request: HttpRequest, typed: str) -> list[str]:
    """Give the addresses of both kinds of what is found."""
    return [address(request, typed), address(request, typed, what=PEOPLE)]


def address(request: HttpRequest, typed: str, **more: str | None) -> str:
    """Write the address of a page of the search."""
    said = {"q": typed[:MOST_TYPED], **more}
    return f"{request.path}?{urlencode({key: value for key, value in said.items() if value})}"
