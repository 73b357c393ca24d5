from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from porch.community.bookkeeping.actions import (
    MOST_BYTES,
    MOST_LINES,
    SheetIsTooLarge,
    apply_sheet,
    find_sheet,
    take_sheet,
)
from porch.community.bookkeeping.models import Kind
from porch.community.bookkeeping.verdicts import COLUMNS, Verdict, hash_of, look_through
from porch.community.bookkeeping.writing import take_payments, take_tiers
from porch.community.tiers.views import treasurers
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import BadInput, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

PAGE = 100


class NoFileChosen(BadInput):
    text = _("No file was chosen.")
    hint = _("Choose one from your device, then send it.")


@treasurers.recently
@require_http_methods(["GET", "HEAD", "POST"])
def send_sheet(request: SignedInRequest) -> HttpResponseBase:
    """Take in a file of tiers or payments, to be looked through before anything is done."""
    refusal: Refusal | None = None
    kind = request.POST.get("kind", Kind.TIERS)
    if request.method == "POST":
        try:
            file = request.FILES.get("file")
            if file is None:
                raise NoFileChosen
            if (file.size or 0) > MOST_BYTES:
                raise SheetIsTooLarge(most=MOST_BYTES // 1_000_000)
            renews = request.POST.get("renews") == "yes"
            sheet = take_sheet(kind=kind, data=file.read(), renews=renews, by=request.user, at=now())
            return redirect("tier-sheet", sheet.pk)
        except Refusal as no:
            refusal = no
    shown = {
        "kind": kind,
        "kinds": Kind.choices,
        "columns": {str(each): ", ".join(names) for each, names in COLUMNS.items()},
        "most_mb": MOST_BYTES // 1_000_000,
        "most_lines": MOST_LINES,
        "refusal": refusal,
    }
    return render(
        request, "community/bookkeeping/send.html", shown, status=refusal.status if refusal else 200
    )


@treasurers.recently
@require_http_methods(["GET", "HEAD", "POST"])
def show_sheet(request: SignedInRequest, sheet: int) -> HttpResponseBase:
    """Show what each line of a file would do; a form does exactly that."""
    at, number, refusal = now(), page_number(request), None
    if request.method == "POST":
        try:
            apply_sheet(sheet_id=sheet, seen=request.POST.get("seen", ""), by=request.user, at=at)
            return redirect("tier-sheet", sheet)
        except Refusal as no:
            refusal = no
    found = find_sheet(sheet, request.user)
    lines = look_through(found, at=at)
    wrong = [each for each in lines if each.verdict is Verdict.WRONG]
    # What has to be mended first stands first.
    rest = [each for each in lines if each.verdict is not Verdict.WRONG]
    rows, has_more = page_of([*wrong, *rest], number, PAGE)
    counts = {each.value: sum(line.verdict is each for line in lines) for each in Verdict}
    shown = {
        "sheet": found,
        "lines": rows,
        "counts": counts,
        "all": len(lines),
        "seen": hash_of(lines),
        "refusal": refusal,
        **neighbours(request, number, has_more=has_more),
    }
    return render(
        request, "community/bookkeeping/sheet.html", shown, status=refusal.status if refusal else 200
    )


@treasurers.recently
@require_safe
def download_tiers(request: SignedInRequest) -> HttpResponseBase:
    """Give who has which tier as a file."""
    at = now()
    return as_file(StreamingHttpResponse(take_tiers(by=request.user, at=at)), f"tiers-{at:%Y-%m-%d}.csv")


@treasurers.recently
@require_safe
def download_payments(request: SignedInRequest) -> HttpResponseBase:
    """Give every payment as a file."""
    at = now()
    return as_file(
        StreamingHttpResponse(take_payments(by=request.user, at=at)), f"payments-{at:%Y-%m-%d}.csv"
    )


def as_file(answer: HttpResponse | StreamingHttpResponse, name: str) -> HttpResponseBase:
    """Have an answer saved by the browser, and kept by nobody in between."""
    answer["Content-Type"] = "text/csv; charset=utf-8"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
