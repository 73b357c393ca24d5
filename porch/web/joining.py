from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from porch.community.circles.models import WayIn
from porch.community.entrance.opening import way_in


def show_way_to_join(request: HttpRequest) -> Markup:
    """Tell whoever has no account yet how one gets one."""
    shown = {"is_open": way_in() == WayIn.OPEN}
    return Markup(render_to_string("public/newcomers.html", shown, request))  # noqa: S704 - a rendered template
