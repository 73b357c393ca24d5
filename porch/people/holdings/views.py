from dataclasses import asdict

from django.contrib.auth import logout
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import BadInput, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest, signed_in
from porch.people.erasure.actions import erase_oneself
from porch.people.erasure.reads import receipt_of, subject_of
from porch.people.holdings.columns import cells_of, columns_of
from porch.people.holdings.reads import overview_of, table_of
from porch.people.sign_in.letters import can_send

PAGE = 20


class NotSaidToBeSure(BadInput):
    text = _("Nothing was erased: you did not say that you are sure.")
    hint = _("Look at what goes, tick the box, and send it again.")


@signed_in
@require_safe
def show_holdings(request: SignedInRequest) -> HttpResponseBase:
    """Everything that we hold about whoever asks, by what it is for."""
    return render(request, "people/holdings/holdings.html", {"overview": overview_of(request.user)})


@signed_in
@require_safe
def show_holding(request: SignedInRequest, table: str) -> HttpResponseBase:
    """The rows of one table that know whoever asks."""
    found = table_of(request.user, table)
    number = page_number(request)
    rows, has_more = page_of(found.rows, number, PAGE)
    columns = columns_of(found.rows.model)
    shown = {
        "holding": found.holding,
        "ways": found.ways,
        "rows": [
            (row.pk, cells_of(row, found.holding, person_id=request.user.pk, columns=columns)) for row in rows
        ],
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return render(request, "people/holdings/holding.html", shown)


@signed_in.recently  # What it does cannot be undone.
@require_http_methods(["GET", "HEAD", "POST"])
def erase_me(request: SignedInRequest) -> HttpResponseBase:
    """Show what erasing oneself does, do it, and show what was done: that page is the last one of the account."""
    refusal: Refusal | None = None
    address = request.user.email
    if request.method == "POST":
        try:
            if request.POST.get("sure") != "yes":
                raise NotSaidToBeSure
            at = now()
            lines = erase_oneself(person=request.user, at=at)
        except Refusal as no:
            refusal = no
        else:
            logout(request)
            gone = {
                "lines": [asdict(line) for line in lines],
                "at": at,
                "is_mailed": bool(address) and can_send(),
            }
            return render(request, "people/holdings/gone.html", gone)
    page = {
        "lines": [asdict(line) for line in receipt_of(subject_of(request.user))],
        "refusal": refusal,
        "is_mailed": bool(address) and can_send(),
    }
    return render(request, "people/holdings/erase.html", page, status=refusal.status if refusal else 200)
