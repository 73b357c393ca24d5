"""Finding members by what they show."""

from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from ninja import Query, Router

from porch.community.profiles.reads import hours_of, people
from porch.community.profiles.rights import SEE_FOR_STEWARDS
from porch.community.profiles.search import NEWEST, find, seen_by
from porch.community.profiles.views.directory import MINE, MOST, Sought, filters_of
from porch.community.roles.rules import may
from porch.engine.files.kinds import SMALL
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, filters, read_cursor, write_cursor
from porch.web.api.gate import ApiRequest, DoesNotFit, Needs, Whom
from porch.web.api.members import MOST_ID
from porch.web.api_profiles.scopes import PROFILES_READ
from porch.web.api_profiles.shapes import FoundOut

Words = Annotated[str, Query(max_length=MOST)]

router = Router(tags=["Profiles"])


@router.get(
    "/directory",
    auth=Needs(PROFILES_READ, Whom.MEMBER),
    response=Part[FoundOut],
    summary="Find members",
    url_name="api-directory",
)
def find_members(
    request: ApiRequest,
    response: HttpResponse,
    name: Words = "",
    interest: Words = "",
    place: Words = "",
    hours: Annotated[Literal["", "mine", "now"], Query(description="Who can be reached then.")] = "",
    field: Annotated[
        int | None, Query(ge=1, le=MOST_ID, description="A field of choices, together with choice.")
    ] = None,
    choice: Words = "",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> dict[str, object]:
    """Members who fit every filter by what they show me, newest first.

    Where little is found, parts may be empty: go on while there is `next`.
    """
    if (field is None) is not (choice == ""):
        raise DoesNotFit([{"field": "query.choice", "text": "field and choice stand together."}])
    caller = request.auth
    mine = hours_of(caller.someone.pk) if hours == MINE else None
    if hours == MINE and mine is None:
        raise DoesNotFit([{"field": "query.hours", "text": "You have no hours in your profile."}])
    sought = Sought(
        name=name, interest=interest, place=place, hours=hours, choices={field: choice} if field else {}
    )
    seen = seen_by(for_stewards=may(caller.person_id, SEE_FOR_STEWARDS))
    before = read_cursor(cursor, request) if cursor else NEWEST
    found = find(filters_of(sought, seen, mine, caller.at), before=before, size=limit)
    coming = write_cursor(found.goes_on_below, request) if found.goes_on_below else None
    if coming:
        query = urlencode({**filters(request), "limit": str(limit), "cursor": coming})
        response.headers["Link"] = f'<{request.path}?{query}>; rel="next"'
    items = [
        {
            "id": each.id,
            "name": each.name,
            "joined_at": each.joined_at,
            "portrait": settings.PORCH_URL + reverse("file", args=[each.portrait, SMALL])
            if each.portrait
            else None,
            "about": list(each.about),
        }
        for each in people(found.ids, seen)
    ]
    return {"items": items, "next": coming}
