from django.http import HttpResponse
from django.shortcuts import render

from porch.community.membership.rules import members
from porch.engine.promises.reads import owed_to
from porch.kit.time import now
from porch.people.doors import SignedInRequest
from porch.web.promises import listing


@members
def show_promises(request: SignedInRequest) -> HttpResponse:
    """What the community is promised, and whether it was kept."""
    listed = listing(request, owed_to(request.user.pk, is_member=True), at=now())
    return render(request, "inside/promises/promises.html", listed)
