from django.http import HttpResponse
from django.shortcuts import render

from porch.engine.audit.reads import entries, page_of
from porch.engine.promises.reads import owed_to
from porch.kit.paging import neighbours, page_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest, signed_in
from porch.web.account.things import things_in
from porch.web.audit import lines_of
from porch.web.promises import listing


@signed_in
def show_audit_about_me(request: SignedInRequest) -> HttpResponse:
    """What operators did about whoever asks, by whom and why."""
    number = page_number(request)
    page, has_more = page_of(entries(about_id=request.user.pk), number)
    shown = {
        "entries": lines_of(page, asks=request.user.pk),
        "things": things_in(page),
        **neighbours(request, number, has_more=has_more),
    }
    return render(request, "account/audit.html", shown)


@signed_in
def show_promises_to_me(request: SignedInRequest) -> HttpResponse:
    """What is owed to whoever asks alone, whether they are a member or not."""
    return render(
        request,
        "account/promises.html",
        listing(request, owed_to(request.user.pk, is_member=False), at=now()),
    )
