"""Blocks of one's own, and who may write to oneself."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from porch.conversation.blocks.actions import block, choose_who_may_write, lift_block
from porch.conversation.blocks.reads import blocks_of, who_may_write_to
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_direct.scopes import BLOCKS_READ, BLOCKS_WRITE
from porch.web.api_direct.shapes import BlockIn, BlockOut, WhoMayWriteIn, WhoMayWriteOut

router = Router(tags=["Blocks"])


@router.get(
    "/me/blocks",
    auth=Needs(BLOCKS_READ, Whom.MEMBER),
    response=Part[BlockOut],
    summary="List my blocks",
    url_name="api-my-blocks",
)
def list_blocks(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """Whom I blocked. Nobody else learns of it."""
    found = blocks_of(request.auth.someone.pk)
    return part_of(request, response, found, as_block, cursor=cursor, limit=limit)


@router.post(
    "/me/blocks",
    auth=Needs(BLOCKS_WRITE, Whom.MEMBER),
    response=BlockOut,
    summary="Block a member",
    url_name="api-my-blocks",
)
def block_this_member(request: ApiRequest, body: BlockIn) -> dict[str, object]:
    """Want nothing from a member any more. Done twice, it is done once."""
    made = block(member_id=body.member_id, by=request.auth.someone, at=request.auth.at)
    return as_block(blocks_of(request.auth.someone.pk).get(pk=made.pk))


@router.delete(
    "/me/blocks/{int:number}",
    auth=Needs(BLOCKS_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Lift a block",
    url_name="api-my-block",
)
def lift_this_block(request: ApiRequest, number: int) -> None:
    """Lift a block of mine. Done twice, it is done once."""
    lift_block(block_id=number, by=request.auth.someone)


@router.get(
    "/me/who-may-write",
    auth=Needs(BLOCKS_READ, Whom.MEMBER),
    response=WhoMayWriteOut,
    summary="Show who may write to me",
    url_name="api-who-may-write",
)
def show_who_may_write(request: ApiRequest) -> dict[str, object]:
    """Who may begin a direct conversation with me."""
    return {"who": who_may_write_to(request.auth.someone.pk)}


@router.put(
    "/me/who-may-write",
    auth=Needs(BLOCKS_WRITE, Whom.MEMBER),
    response=WhoMayWriteOut,
    summary="Choose who may write to me",
    url_name="api-who-may-write",
)
def choose_this(request: ApiRequest, body: WhoMayWriteIn) -> dict[str, object]:
    """Choose who may begin a direct conversation with me. What was begun goes on."""
    choose_who_may_write(who=body.who, by=request.auth.someone)
    return {"who": body.who}


def as_block(block: Any) -> dict[str, object]:
    """Say of a block what stands in one's own list."""
    return {name: getattr(block, name) for name in ("id", "name", "at", "rests")}
