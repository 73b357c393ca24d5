"""Every address says who may come in, has a name and a path of nouns, and a bound on its queries."""

import re
from collections.abc import Iterable, Mapping
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path, re_path
from django.urls.resolvers import RegexPattern
from django.views.decorators.csrf import csrf_exempt

from porch.people.doors import Door, anyone
from porch.web.api.urls import tokens
from tests.laws.addresses import Address, addresses
from tests.laws.trees import assert_none
from tests.web.test_query_bounds import MOST
from tests.web.test_who_may_come_in import ADMITS, NO_ENTRY

# Addresses of Django's or of libraries, by name, and who guards them instead of a door.
NOT_OURS: dict[str, str] = {}
# Addresses whose callers are programs without a form of ours, and what proves who they are.
WITHOUT_CSRF: dict[str, str] = {
    "stop-mail": "mail programs send the one-click POST of RFC 8058; the keyed code in the address proves it",
    "stop-notices": "whoever opens a mail has no cookie of ours there; the keyed code in the address proves it",
}
SHAPE = re.compile(r"/([a-z0-9-]+(\.[a-z]+)?/?|<(str|int|slug|uuid):[a-z_]+>/?)*")

OPERATION = re.compile(r"/api/v1/(?!openapi\.json$).")


def offences(found: Iterable[Address]) -> list[str]:
    """Find addresses without a door, without a name, open to forged forms, or with a path of another shape."""
    said = []
    for each in found:
        if each.name in NOT_OURS:
            continue
        if not isinstance(getattr(each.view, "door", None), Door):
            said.append(f"{each.path} does not say who may come in: give its view a door")
        if not each.name:
            said.append(f"{each.path} has no name")
        if not SHAPE.fullmatch(each.path):
            said.append(f"{each.path} is not made of nouns in small letters and simple variables")
        # What a token opens takes nothing from a cookie, so no form elsewhere can make use of one.
        is_by_token = getattr(getattr(each.view, "door", None), "name", "") == tokens.name
        if getattr(each.view, "csrf_exempt", False) and each.name not in WITHOUT_CSRF and not is_by_token:
            said.append(f"{each.path} takes forms from anywhere")
    return said


def without_bound(found: Iterable[Address], most: Mapping[str, int]) -> list[str]:
    """Compare the addresses with the table of bounds, tests/web/test_query_bounds.py.

    The operations of the API have a table of their own, which has to be as complete: tests/web/api/test_bounds.py.
    """
    paths = {re.sub(r"<\w+:\w+>", NO_ENTRY, re.sub(r"<int:\w+>", "0", each.path)) for each in found}
    paths = {each for each in paths if not OPERATION.match(each)}
    return [f"{each} has no bound on its queries" for each in sorted(paths - most.keys())] + [
        f"{each} has a bound, and is no address" for each in sorted(most.keys() - paths)
    ]


def test_every_address_says_who_may_come_in() -> None:
    assert_none(offences(addresses()))


def test_every_door_is_tried_with_the_whole_cast() -> None:
    assert {each.view.door.name for each in addresses()} <= set(ADMITS)  # type: ignore[attr-defined]


def test_every_page_has_a_bound_on_its_queries() -> None:
    assert_none(without_bound(addresses(), MOST))


def show(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def site(*patterns: object) -> list[Address]:
    urls = SimpleNamespace(urlpatterns=list(patterns))
    return list(addresses(URLResolver(RegexPattern(r"^/"), urls)))


def test_a_planted_address_is_caught() -> None:
    guarded = anyone(show)
    deep = include(([path("open/", show, name="open")], "deep"))
    found = site(
        path("fine/<str:slug>/", guarded, name="fine"),
        path("deep/", deep),
        path("nameless/", guarded),
        re_path(r"^old/\d+$", guarded, name="old"),
        path("New_Topic/", guarded, name="new"),
        path("hook/", csrf_exempt(guarded), name="hook"),
    )
    assert [each.partition(" ")[0] for each in offences(found)] == [
        "/deep/open/",
        "/nameless/",
        r"/^old/\d+$",
        "/New_Topic/",
        "/hook/",
    ]


def test_a_page_without_a_bound_is_caught() -> None:
    found = site(path("a/", show), path("b/<str:slug>/", show), path("c/<int:pk>/", show))
    assert without_bound(found, {"/a/": 1, "/c/0/": 1, "/gone/": 1}) == [
        "/b/nothing-here/ has no bound on its queries",
        "/gone/ has a bound, and is no address",
    ]
