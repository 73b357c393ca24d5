from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from porch.kit.time import now
from porch.people.consent.actions import withdraw_consent
from porch.people.consent.models import Proof
from porch.people.consent.purposes import find_purpose
from porch.people.consent.subjects import find_subject
from porch.people.delivery.stopping import read_stop_token
from porch.people.doors import anyone


@csrf_exempt
@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of mail, from the mail itself (RFC 8058): a POST stops it, looking at the page does not.

    Mail programs send the POST without a cookie or a form of ours: the code in the address proves enough.
    """
    subject, purpose = read_stop_token(token)
    if request.method == "POST":
        withdraw_consent(
            subject=find_subject(subject),
            purpose=purpose,
            source="stop link",
            proof=Proof.STOP_LINK,
            by=None,
            at=now(),
        )
    shown = {"purpose": find_purpose(purpose), "is_done": request.method == "POST"}
    return render(request, "people/delivery/stop.html", shown)
