"""Every address of a site: its path as it is written in the URL configuration, its name and its view."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Address:
    path: str
    name: str
    view: Callable[..., Any]


def addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[Address]:
    for each in (resolver or get_resolver()).url_patterns:
        path = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from addresses(each, path)
        elif isinstance(each, URLPattern):
            yield Address(path, each.name or "", each.callback)
