from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from porch.community.memory.reads import remembered
from porch.kit.time import now


def show_remembered(request: HttpRequest) -> Markup | None:
    """Fill the first page inside with the anniversaries and firsts of the day."""
    rows, has_more = remembered(now())
    if not rows:
        return None
    page = render_to_string("community/memory/today.html", {"rows": rows, "has_more": has_more}, request)
    return Markup(page)  # noqa: S704 - a rendered template
