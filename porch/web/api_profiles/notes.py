"""Notes about whoever asks, and the register of what is held."""

from django.http import HttpResponse
from ninja import Router

from porch.community.notes.models import MemberNote
from porch.community.notes.reads import notes_of
from porch.community.register.rights import SEE_REGISTER
from porch.people.holdings.counting import register
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api.scopes import ME_READ
from porch.web.api_profiles.scopes import REGISTER_READ
from porch.web.api_profiles.shapes import NoteOut, PurposeOut

TOLD = ("text", "written_at", "answer", "answered_at", "removed_at")

router = Router(tags=["Notes and register"])


@router.get(
    "/me/notes",
    auth=Needs(ME_READ, Whom.PERSON),
    response=Part[NoteOut],
    summary="List the notes about me",
    url_name="api-my-notes",
)
def list_notes(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What stewards noted about me, and what I answered."""
    found = notes_of(request.auth.someone.pk)
    return part_of(request, response, found, as_note, cursor=cursor, limit=limit)


@router.get(
    "/register",
    auth=Needs(REGISTER_READ, Whom.INSIDE, SEE_REGISTER),
    response=list[PurposeOut],
    summary="Show the register",
    url_name="api-register",
)
def show_register(request: ApiRequest) -> list[dict[str, object]]:
    """Every purpose for which something is held of people, and how many stood on it when that was last counted."""
    return [
        {
            "table": each.table,
            "purpose": str(each.purpose),
            "kept": str(each.kept),
            "people": each.count.people if each.count else None,
            "rows": each.count.rows if each.count else None,
            "counted_at": each.count.at if each.count else None,
        }
        for each in register()
    ]


def as_note(note: MemberNote) -> dict[str, object]:
    """Say of a note what whoever it is about reads."""
    by = note.by.person.name if note.by else None
    return {name: getattr(note, name) for name in TOLD} | {"id": note.pk, "by": by}
