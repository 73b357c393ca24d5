"""From an address to its pattern, without asking all the others first.

Django asks one pattern after the other, some three hundred of them, nested and each a regular expression. Most of them
cannot be meant by what an address says plainly: ``inside/topics/7/posts/`` has the words ``inside``, ``topics`` and
``posts`` at their places and is of five parts. Those that disagree with that are left out, once for all addresses that
look alike; Django asks the rest, in their order, so that the answer is the same.
"""

from copy import copy

from django.urls import URLPattern, URLResolver
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter
from django.urls.resolvers import ResolverMatch, RoutePattern

# What stands for exactly one part of an address, or for some of it.
OF_ONE_PART = (IntConverter, SlugConverter, StringConverter, UUIDConverter)
MOST_PARTS, MOST_SHAPES = 12, 2_000
# The parts of an address, the plain words among them; None for a part that is none.
Parts = tuple[str | None, ...]
Patterns = list[URLPattern | URLResolver]


class Signpost(URLResolver):
    """All patterns of a list, of which only those are asked that an address may mean."""

    def __init__(self, patterns: Patterns) -> None:
        super().__init__(RoutePattern(""), patterns)
        self._fitting: dict[Parts, URLResolver] = {}

    def resolve(self, path: str) -> ResolverMatch:
        """Find what an address means. Raises ``Resolver404``."""
        parts = str(path).split("/")
        if len(parts) > MOST_PARTS:
            return super().resolve(path)
        words = self._words
        shape = tuple([each if each in words else None for each in parts])
        fitting = self._fitting.get(shape)
        if fitting is not None:
            return URLResolver.resolve(fitting, path)
        # Nothing is made and kept for what leads nowhere: made-up addresses would cost more than they do Django.
        found = super().resolve(path)
        if len(self._fitting) < MOST_SHAPES:
            self._fitting[shape] = narrowed(self, shape, "")
        return found

    @property
    def _words(self) -> frozenset[str]:
        found = self.__dict__.get("words")
        if found is None:
            found = self.__dict__["words"] = frozenset(words_in(self, ""))
        return found


def narrowed(resolver: URLResolver, parts: Parts, before: str | None) -> URLResolver:
    """Copy a resolver with those of its patterns that an address of these parts may mean."""
    kept: Patterns = []
    for each in resolver.url_patterns:
        route = joined(before, each)
        if isinstance(each, URLResolver):
            inner = narrowed(each, parts, route)
            if inner.url_patterns:
                kept.append(inner)
        elif may_mean(parts, route):
            kept.append(each)
    found = copy(resolver)
    # In the place of the property that would list all of them.
    found.__dict__["url_patterns"] = kept
    return found


def words_in(resolver: URLResolver, before: str | None) -> set[str]:
    """Collect the plain words of all patterns."""
    found: set[str] = set()
    for each in resolver.url_patterns:
        route = joined(before, each)
        if isinstance(each, URLResolver):
            found |= words_in(each, route)
        elif route is not None:
            found.update(part for part in route.split("/") if "<" not in part)
    return found


def joined(before: str | None, each: URLPattern | URLResolver) -> str | None:
    """Give the route that leads to a pattern; None where it cannot be told apart into parts."""
    pattern = each.pattern
    if before is None or type(pattern) is not RoutePattern:
        return None
    if not all(isinstance(converter, OF_ONE_PART) for converter in pattern.converters.values()):
        return None
    return before + str(pattern)


def may_mean(parts: Parts, route: str | None) -> bool:
    """Say whether an address of these parts may be of a route; where that cannot be told, it may."""
    if route is None:
        return True
    wanted = route.split("/")
    return len(wanted) == len(parts) and all(
        "<" in each or each == part for each, part in zip(wanted, parts, strict=True)
    )
