from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porch.kit.time import now
from porch.people.consent.purposes import find_purpose
from porch.people.doors import anyone
from porch.people.opt_in.actions import confirm_consent, find_request


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def answer_request(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, with the words that are agreed to: programs that look at links press no buttons."""
    at = now()
    if request.method == "POST":
        consent = confirm_consent(token=token, at=at)
        words = find_purpose(consent.purpose).wording(consent.wording)
        return render(request, "people/opt_in/answer.html", {"words": words, "is_done": True})
    asked = find_request(token, at)
    words = find_purpose(asked.purpose).wording(asked.wording)
    return render(request, "people/opt_in/answer.html", {"words": words, "is_done": False})
