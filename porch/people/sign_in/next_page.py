"""Where to go after signing in: the page that was wanted, if it is ours, or a good first page."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

Landing = Callable[[HttpRequest], str | None]
# Higher floors know better first pages than one's own account: asked in this order, the first answer holds.
LANDINGS: list[Landing] = []


def is_ours(wanted: str) -> bool:
    """Say whether an address is a path on this site: nothing leads elsewhere."""
    host = urlsplit(settings.PORCH_URL).netloc
    return wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {host})


def wanted_page(request: HttpRequest) -> str:
    """Give the page that was wanted before, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if is_ours(wanted) else ""


def next_page(request: HttpRequest) -> str:
    """Give the page that was wanted, or where this person best begins."""
    return wanted_page(request) or landing(request)


def landing(request: HttpRequest) -> str:
    """Give the page on which this person best begins."""
    found = (page for choose in LANDINGS if (page := choose(request)))
    return next(found, reverse("account"))
