from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from porch.kit.time import now
from porch.people.doors import anyone, signed_in
from porch.people.identity.actions import redeem_sign_in_link
from porch.people.sign_in.arriving import come_in_by_link
from porch.people.sign_in.next_page import wanted_page


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def use_sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before the link is spent: programs that look at links follow them, and do not press buttons."""
    if request.method != "POST":
        return render(request, "people/identity/use_link.html")
    wanted = wanted_page(request)
    at = now()
    person = redeem_sign_in_link(token=token, at=at)
    return come_in_by_link(request, person, wanted=wanted, at=at)


@signed_in
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session. Only a POST does; whoever comes by a link is asked."""
    if request.method != "POST":
        page = render(request, "people/identity/sign_out.html", status=405)
        page.headers["Allow"] = "POST"
        return page
    logout(request)
    return redirect("home")
