from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.membership.rules import members
from porch.community.portraits.actions import remove_portrait, set_portrait
from porch.community.portraits.reads import portrait_of
from porch.community.portraits.rules import PORTRAIT
from porch.engine.files.intake import accepted
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import BadInput, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

SAVED, REMOVED = "portrait-saved", "portrait-removed"


class NoPictureChosen(BadInput):
    text = _("No picture was chosen.")
    hint = _("Choose one from your device, then send it.")


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit_portrait(request: SignedInRequest) -> HttpResponseBase:
    """Show a member their portrait, and take a new one. What is refused is told beside the field."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            picture = request.FILES.get("picture")
            if picture is None:
                raise NoPictureChosen
            set_portrait(stream=picture, name=picture.name or "", by=request.user, at=now())  # type: ignore[arg-type]
            return go_and_tell("portrait", word=SAVED)
        except Refusal as refused:
            refusal = refused
    shown = {
        "portrait": portrait_of(request.user.pk),
        "refusal": refusal,
        "is_saved": told(request) == SAVED,
        "is_removed": told(request) == REMOVED,
        "most_mb": PORTRAIT.most_bytes // 1_000_000,
        "most_megapixels": PORTRAIT.most_pixels // 1_000_000,
        "accepted": accepted(PORTRAIT),
        "media_types": ",".join(each.media_type for each in PORTRAIT.accepts),
    }
    status = refusal.status if refusal else 200
    return forget_told(request, render(request, "community/portraits/portrait.html", shown, status=status))


@members
@require_POST
def delete_portrait(request: SignedInRequest) -> HttpResponseBase:
    """Remove the portrait."""
    remove_portrait(by=request.user, at=now())
    return go_and_tell("portrait", word=REMOVED)
