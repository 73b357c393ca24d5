"""Blocks of one's own, and who may write to oneself: on the pages of one's account."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porch.community.membership.reads import MEMBER
from porch.community.membership.rules import members
from porch.conversation.blocks.actions import block, choose_who_may_write, lift_block
from porch.conversation.blocks.models import WhoMay
from porch.conversation.blocks.reads import BLOCKS, who_may_write_to
from porch.conversation.blocks.rules import may_not_be_blocked
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest


@members
@require_http_methods(["GET", "HEAD", "POST"])
def show_blocks(request: SignedInRequest) -> HttpResponseBase:
    """Whom one blocked, each to be lifted; and who may begin to write to oneself."""
    if request.method == "POST":
        number = read_number(request.POST.get("block", ""))
        if number is not None:
            lift_block(block_id=number, by=request.user)
            return go_and_tell("blocks", word="block-lifted")
        choose_who_may_write(who=request.POST.get("who", ""), by=request.user)
        return go_and_tell("blocks", word="who-may-write")
    shown = {
        "blocks": BLOCKS.all(person=request.user.pk),
        "who": who_may_write_to(request.user.pk),
        "choices": WhoMay.choices,
        "told": told(request),
    }
    return forget_told(request, render(request, "conversation/blocks/blocks.html", shown))


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit_block(request: SignedInRequest, member: int) -> HttpResponse | HttpResponseBase:
    """Say what a block of a member does, and block them."""
    row, refusal = MEMBER.first(pk=member), None
    if row is None:
        raise NotFound
    if request.method == "POST":
        try:
            block(member_id=member, by=request.user, at=now())
            return go_and_tell("blocks", word="blocked")
        except NotFound:
            raise
        except Refusal as no:
            refusal = no
    stays = may_not_be_blocked(member)
    shown = {"member": row, "refusal": refusal, "stays": stays}
    return render(request, "conversation/blocks/block.html", shown, status=refusal.status if refusal else 200)
