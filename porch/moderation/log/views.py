from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porch.community.membership.rules import members
from porch.kit.paging import neighbours, page_number, page_of
from porch.moderation.log.models import LogEntry
from porch.people.doors import SignedInRequest

PAGE = 30


@members
@require_safe
def show_log(request: SignedInRequest) -> HttpResponse:
    """What was done to keep this place safe, for every member; nobody is named."""
    number = page_number(request)
    rows, has_more = page_of(LogEntry.objects.order_by("-at", "-id"), number, PAGE)
    shown = {"entries": rows, **neighbours(request, number, has_more=has_more, has_filters=False)}
    return render(request, "moderation/log/log.html", shown)
