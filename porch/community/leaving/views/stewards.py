from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from porch.community.leaving.reads import exit_answers, may_be_asked, terms_of_leaving
from porch.community.leaving.rights import EDIT_CHARTER, READ_EXIT_ANSWERS
from porch.community.leaving.terms import MOST_TERMS, write_terms
from porch.community.roles.rules import having
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

PAGE = 20
SAVED = "leaving-terms-saved"


@having(EDIT_CHARTER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_terms(request: SignedInRequest) -> HttpResponseBase:
    """Show the charter's text on leaving, and take another one."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            write_terms(text=request.POST.get("text", ""), by=request.user, at=now())
            return go_and_tell("leaving-terms", word=SAVED)
        except Refusal as no:
            refusal = no
    shown = {
        "text": request.POST.get("text", "") if refusal else terms_of_leaving(),
        "most": MOST_TERMS,
        "refusal": refusal,
        "is_saved": told(request) == SAVED,
    }
    page = render(request, "community/leaving/terms.html", shown, status=refusal.status if refusal else 200)
    return forget_told(request, page)


@having(READ_EXIT_ANSWERS)
@require_safe
def show_exit_answers(request: SignedInRequest) -> HttpResponseBase:
    """What people said when they left, without names, and who may be asked once more."""
    number = page_number(request)
    answers, has_more = page_of(exit_answers(), number, PAGE)
    shown = {
        "answers": answers,
        "may_be_asked": may_be_asked(now()) if number == 1 else [],
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return render(request, "community/leaving/answers.html", shown)
