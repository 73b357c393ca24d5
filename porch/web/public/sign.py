from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from porch.bridge.door_sign.reads import shown_count


def show_sign(request: HttpRequest) -> Markup | None:
    """Fill the front page's aside with the number of members, where the door sign is up."""
    count = shown_count()
    if count is None:
        return None
    return Markup(render_to_string("public/sign.html", {"count": count}, request))  # noqa: S704 - a rendered template
