from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.engine.outbox.reads import account, page_of
from porch.engine.outbox.states import MAY_BE_RETRIED, State
from porch.kit.addresses import NotAnAddress
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.delivery.actions import send_again
from porch.people.delivery.actions import send_test_mail as mail_to_test
from porch.people.delivery.carrying import MAIL
from porch.people.delivery.reading import read_letter
from porch.people.doors import SignedInRequest, operators
from porch.web.desk.mail.reading import Opened, open_mail
from porch.web.guard import POLICY
from porch.web.mail import ground_of, why

# A mail is somebody else's page: no script, no request, no form, no window; its own styles, and nothing else.
MAIL_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)

SENT_AGAIN = "mail-sent-again"


@operators
def show_mails(request: HttpRequest) -> HttpResponse:
    """Every mail that was to go out, newest first, with what became of it."""
    return list_page(request)


def list_page(request: HttpRequest, refusal: NotAnAddress | None = None, status: int = 200) -> HttpResponse:
    """Make the page of the list; ``refusal`` is of the address for a test mail."""
    state = request.GET.get("state", "")
    state = state if state in State.values else ""
    before = request.GET.get("before", "")
    rows, older = page_of(
        state, int(before) if before.isdecimal() and len(before) < 19 else None, carrier=MAIL
    )
    shown = {
        "mails": rows,
        "state": state,
        "tabs_of_states": [
            (_("All"), reverse("mails")),
            *((capfirst(label), f"?state={name}") for name, label in State.choices),
        ],
        "older": "?" + urlencode({"state": state, "before": str(older)}) if older else None,
        "newer": "?" + urlencode({"state": state}) if before else None,
        "account": account(carrier=MAIL),
        "server": settings.PORCH_MAIL_SERVER,
        "sender": settings.PORCH_MAIL_SENDER,
        "refusal": refusal,
        "address": request.POST.get("address", ""),
    }
    return render(request, "desk/mail/mails.html", shown, status=status)


@operators
def show_mail(request: HttpRequest, number: int) -> HttpResponse:
    """What one mail is, and everything that became of it; what it says stands behind one more door."""
    row = Delivery.objects.filter(pk=number, carrier=MAIL).first()
    if row is None:
        raise NotFound
    has_body = DeliveryBody.objects.filter(delivery=row).exists()
    shown = {
        "mail": row,
        "has_body": has_body,
        "may_retry": settings.PORCH_MAIL_SERVER and row.state in MAY_BE_RETRIED and has_body,
        "because": why(row.reason),
        "ground": ground_of(row),
        "is_sent_again": told(request) == SENT_AGAIN,
    }
    return forget_told(request, render(request, "desk/mail/mail.html", shown))


@operators.recently  # What was written to somebody else may hold the code with which they sign in.
@require_safe
def show_letter(request: SignedInRequest, number: int) -> HttpResponse:
    """One mail as it was made."""
    opened = open_as(request, number)
    shown = {"mail": Delivery.objects.get(pk=number), "opened": opened}
    page = render(request, "desk/mail/letter.html", shown)
    nonce = getattr(request, "csp_nonce", "")
    page.headers["Content-Security-Policy"] = POLICY.replace("{nonce}", nonce) + "; frame-src 'self'"
    return page


@operators.recently
@require_safe
def show_mail_page(request: SignedInRequest, number: int) -> HttpResponse:
    """The HTML of a mail, for a frame that can do nothing."""
    opened = open_as(request, number)
    if not opened.html:
        raise NotFound
    page = HttpResponse(opened.html)
    page.headers["Content-Security-Policy"] = MAIL_POLICY
    page.headers["X-Frame-Options"] = "SAMEORIGIN"
    return page


@operators.recently
@require_safe
def take_mail_file(request: SignedInRequest, number: int) -> HttpResponse:
    """The bytes of a mail, as a file that mail programs open."""
    opened = open_as(request, number)
    name = f'attachment; filename="mail-{number}.eml"'
    return HttpResponse(opened.data, content_type="message/rfc822", headers={"Content-Disposition": name})


@operators
@require_POST
def retry_mail(request: SignedInRequest, number: int) -> HttpResponseBase:
    """Send a mail again that failed, is uncertain or was kept."""
    send_again(delivery_id=number, by_id=request.user.pk, at=now())
    return go_and_tell("mail", number, word=SENT_AGAIN)


@operators
@require_POST
def send_test_mail(request: SignedInRequest) -> HttpResponse:
    """Send a test mail to an address that the operator enters."""
    try:
        row = mail_to_test(to=request.POST.get("address", ""), by_id=request.user.pk, at=now())
    except NotAnAddress as refusal:
        return list_page(request, refusal, refusal.status)
    return redirect("mail", row.pk)


def open_as(request: SignedInRequest, number: int) -> Opened:
    """Open a mail for whoever asks, as far as it was not wiped."""
    return open_mail(read_letter(delivery_id=number, by_id=request.user.pk, at=now()))
