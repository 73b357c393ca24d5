"""How much I hear of a space."""

from ninja import Router

from porch.conversation.reading.hearing import choose_space_level
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_talk.scopes import TALK_WRITE
from porch.web.api_talk.shapes import SpaceOut
from porch.web.api_talk.spaces import as_space, known_space, reached_space
from porch.web.api_told.shapes import SpaceLevelIn

router = Router(tags=["Spaces"])


@router.put(
    "/spaces/{int:space}/level",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=SpaceOut,
    summary="Follow or mute a space",
    url_name="api-space-level",
)
def choose_for_this_space(request: ApiRequest, space: int, body: SpaceLevelIn) -> dict[str, object]:
    """Choose how much I want to hear of a space; what I chose for a topic of it goes before that."""
    reached = reached_space(request, space)
    choose_space_level(space_id=reached.pk, level=body.level, by=request.auth.someone, at=request.auth.at)
    return as_space(known_space(request, space))
