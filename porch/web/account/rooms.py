from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from porch.community.membership.reads import standing_of
from porch.community.notes.reads import count_notes
from porch.community.removal.reads import is_anything_against
from porch.people.identity.models import Person


def show_rooms(request: HttpRequest) -> Markup:
    """Lead from one's account to what other parts keep about oneself."""
    person: Person = request.user  # type: ignore[assignment]
    standing = standing_of(person.pk)
    shown = {
        "is_member": standing is not None and standing.is_here,
        "belongs": standing is not None and standing.belongs,
        "is_paused": standing is not None and standing.belongs and standing.paused_at is not None,
        "is_suspended": standing is not None and standing.belongs and standing.suspended_until is not None,
        "has_left": standing is not None and not standing.belongs,
        # Whoever is here has nothing standing against them; the others are looked up.
        "notes": count_notes(person.pk or 0),
        "is_held_against": (standing is None or not standing.is_here) and is_anything_against(person),
    }
    return Markup(render_to_string("account/rooms.html", shown, request))  # noqa: S704 - a rendered template
