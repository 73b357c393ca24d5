"""An address leads to the same view with and without the signpost, for every address that there is."""

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.urls.resolvers import RoutePattern

from porch.web.signpost import Signpost, may_mean
from porch.web.urls import PATTERNS, urlpatterns

PLAIN = URLResolver(RoutePattern(""), PATTERNS)


def addresses(resolver: URLResolver, before: str = "") -> list[str]:
    """Write an address for each pattern, with a word, a word of others, or a number for what varies."""
    found = []
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            found += addresses(each, route)
        else:
            found += [filled(each, route, word) for word in ("new", "7", "topics", "x-y")]
    return found


def filled(pattern: URLPattern, route: str, word: str) -> str:
    for name, converter in pattern.pattern.converters.items():
        value = word
        if isinstance(converter, IntConverter):
            value = "7"
        elif isinstance(converter, UUIDConverter):
            value = "0" * 8 + "-0000-4000-8000-" + "0" * 12
        for written in (
            f"<{name}>",
            *(f"<{kind}:{name}>" for kind in ("int", "str", "slug", "path", "uuid")),
        ):
            route = route.replace(written, value)
    return route


def answer(resolver: URLResolver, path: str) -> object:
    try:
        found = resolver.resolve(path)
    except Resolver404:
        return None
    return found.func, found.args, found.kwargs, found.view_name, found.route, found.captured_kwargs


def test_all_addresses_go_by_the_signpost() -> None:
    (only,) = urlpatterns
    assert isinstance(only, Signpost)
    assert get_resolver().url_patterns == urlpatterns


def test_every_address_means_what_it_means_without_it() -> None:
    (sign,) = urlpatterns
    paths = addresses(PLAIN)
    assert len(paths) > 1_000
    for path in paths:
        for each in (path, path.rstrip("/"), path + "more/", path.replace("7", "07"), path.upper()):
            # The first time all are asked, the second time those that may be meant.
            assert [answer(sign, each), answer(sign, each)] == [answer(PLAIN, each)] * 2, each


def test_nothing_is_kept_of_addresses_that_lead_nowhere() -> None:
    sign = Signpost(PATTERNS)
    for words in ("topics", "spaces", "direct", "inside"):
        assert answer(sign, f"{words}/{words}/topics/") is None
    assert sign._fitting == {}
    assert answer(sign, "inside/topics/7/") == answer(PLAIN, "inside/topics/7/")
    assert list(sign._fitting) == [("inside", "topics", None, "")]


@pytest.mark.parametrize(
    "path", ["", "/", "inside//", "x" * 3_000, "a/" * 500, "inside/topics/\n/", "%2e%2e/"]
)
def test_what_is_no_address_is_none(path: str) -> None:
    (sign,) = urlpatterns
    assert answer(sign, path) == answer(PLAIN, path)


def test_only_patterns_that_agree_are_asked() -> None:
    parts = ("inside", "topics", None, "posts", "")
    assert may_mean(parts, "inside/topics/<int:topic>/posts/")
    assert not may_mean(parts, "inside/topics/<int:topic>/level/")
    assert not may_mean(parts, "inside/topics/<int:topic>/")
    assert may_mean(parts, None), "where nothing can be told"
