from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from porch.kit.time import now
from porch.people.doors import anyone, signed_in
from porch.people.identity.actions import redeem_sign_in_link
from porch.people.sessions.rules import WAY


@anyone
def show_sign_in(request: HttpRequest) -> HttpResponse:
    """Say how one signs in here."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_page(request))
    return render(request, "people/identity/sign_in.html")


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def use_sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before the link is spent: programs that look at links follow them, and do not press buttons."""
    if request.method != "POST":
        return render(request, "people/identity/use_link.html")
    wanted = next_page(request)
    person = redeem_sign_in_link(token=token, at=now())
    login(request, person)
    request.session[WAY] = "link"
    return HttpResponseRedirect(wanted)


@signed_in
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session. Only a POST does; whoever comes by a link is asked."""
    if request.method != "POST":
        page = render(request, "people/identity/sign_out.html", status=405)
        page.headers["Allow"] = "POST"
        return page
    logout(request)
    return redirect("home")


def next_page(request: HttpRequest) -> str:
    """Give the page that was wanted before signing in, where it is one of ours."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours and wanted.startswith("/") else reverse("inside")
