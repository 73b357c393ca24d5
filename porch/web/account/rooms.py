from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from porch.community.notes.reads import count_notes
from porch.web.templating import goes_inside


def show_rooms(request: HttpRequest) -> Markup:
    """Lead from one's account to what other parts keep about oneself."""
    shown = {"is_member": goes_inside(request.user), "notes": count_notes(request.user.pk or 0)}
    return Markup(render_to_string("account/rooms.html", shown, request))  # noqa: S704 - a rendered template
