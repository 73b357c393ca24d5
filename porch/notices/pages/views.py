"""The page of notices, the page on which one chooses, and the page behind a link in a mail that stops one kind."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from markupsafe import Markup

from porch.community.membership.rules import members
from porch.conversation.pages.reading_on import is_fetched
from porch.conversation.pages.reads import find_topic
from porch.conversation.topics.models import Kind, Topic
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.notices.broadcasts.actions import broadcast_topic
from porch.notices.broadcasts.models import Broadcast
from porch.notices.choosing.actions import choose, stop_kind
from porch.notices.choosing.reads import COLUMNS, KINDS, choice_of
from porch.notices.choosing.stopping import read_kind_stop_token
from porch.notices.pages.forms import PACES, QUIET, field_at_fault, given_by, given_in, rows, zone_choices
from porch.notices.pages.reads import groups_of
from porch.notices.waiting.seeing import first_waiting, see_all, see_topic
from porch.people.consent.actions import give_consent, withdraw_consent
from porch.people.consent.models import Proof
from porch.people.consent.purposes import find_purpose
from porch.people.consent.reads import ConsentRow, state_of
from porch.people.consent.subjects import person_subject
from porch.people.doors import SignedInRequest, anyone
from porch.people.identity.models import Person

MAIL, DIGEST = "conversation-mail", "digest"
SOURCE = "page of notices"
SWITCHES: Mapping[str, tuple[str, bool]] = {
    "mail-on": (MAIL, True),
    "mail-off": (MAIL, False),
    "digest-on": (DIGEST, True),
    "digest-off": (DIGEST, False),
}


@members
@require_http_methods(["GET", "HEAD", "POST"])
def show_notices(request: SignedInRequest) -> HttpResponseBase:
    """Of what one was told, the newest first; a POST puts all of it away."""
    if request.method == "POST":
        see_all(member_id=member_of(request), at=now())
        return go_and_tell("notices", word="all-seen")
    number = page_number(request)
    groups, has_more = groups_of(request.user.pk, number)
    if number > 1 and not groups:
        raise NotFound
    shown = {
        "groups": groups,
        "has_mail": stands(state_of(person_subject(request.user).name), MAIL),
        "told": told(request),
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return forget_told(request, render(request, "notices/pages/notices.html", shown))


@members
def open_notices(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Lead to the first post of a topic that one is told of and has not read; all of it is put away by that."""
    found = find_topic(topic, request.user.pk)
    first = first_waiting(request.user.pk, found.id)
    if request.method == "GET" and not is_fetched(request):
        see_topic(member_id=found.member, topic_id=found.id, at=now())
    return redirect("place", found.id, first) if first else redirect("topic", found.id)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit_choices(request: SignedInRequest) -> HttpResponseBase:
    """Choose what comes by mail, how soon, and when nothing does."""
    given, refusal = given_by(choice_of(member_of(request))), None
    if request.method == "POST":
        do, at = request.POST.get("do", ""), now()
        if do in SWITCHES:
            turn(*SWITCHES[do], wording=request.POST.get("wording", ""), person=request.user, at=at)
            return go_and_tell("notice-choices", word=do)
        given = given_in(request.POST)
        try:
            choose(
                member_id=member_of(request),
                paces={column: given[column] for column in COLUMNS.values()},
                zone=given["zone"],
                quiet=(given[QUIET[0]], given[QUIET[1]]),
                at=at,
            )
            return go_and_tell("notice-choices", word="chosen")
        except Refusal as no:
            refusal = no
    said = state_of(person_subject(request.user).name)
    shown = {
        "given": given,
        "rows": rows(),
        "paces": PACES,
        "zones": zone_choices(settings.PORCH_TIME_ZONE),
        "mail": find_purpose(MAIL).current,
        "digest": find_purpose(DIGEST).current,
        "has_mail": stands(said, MAIL),
        "has_digest": stands(said, DIGEST),
        "refusal": refusal,
        "at_field": field_at_fault(refusal),
        "told": told(request),
    }
    status = refusal.status if refusal else 200
    return forget_told(request, render(request, "notices/pages/choices.html", shown, status=status))


@csrf_exempt
@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def stop_notices(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of mail, from the mail itself: a POST stops it, looking at the page does not."""
    member_id, column = read_kind_stop_token(token)
    if request.method == "POST":
        stop_kind(member_id=member_id, column=column, at=now())
    shown = {"label": KINDS[column].label, "is_done": request.method == "POST"}
    return render(request, "notices/pages/stop.html", shown)


@members
@require_POST
def broadcast(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Send an announcement to all."""
    broadcast_topic(topic_id=topic, by=request.user, at=now())
    return redirect("topic-care", topic)


def show_broadcast(request: HttpRequest) -> Markup | None:
    """Offer to send an announcement to all, where it is looked after."""
    topic = int(request.resolver_match.kwargs["topic"]) if request.resolver_match else 0
    if not Topic.objects.filter(pk=topic, kind=Kind.ANNOUNCEMENT).exists():
        return None
    shown = {"topic": topic, "sent": Broadcast.objects.filter(topic=topic).first()}
    return Markup(render_to_string("notices/pages/broadcast.html", shown, request))  # noqa: S704 - a rendered template


def member_of(request: SignedInRequest) -> int:
    """Give the member who asks, as the door found them."""
    return int(request.member_id)  # type: ignore[attr-defined]


def stands(said: Mapping[str, ConsentRow], purpose: str) -> bool:
    """Say whether somebody has agreed to a purpose."""
    row = said.get(purpose)
    return row is not None and row.stands


def turn(purpose: str, is_on: bool, *, wording: str, person: Person, at: datetime) -> None:
    """Give or withdraw a consent, to the words that stood on the page. Raises ``UnknownWording``."""
    who = {"subject": person_subject(person), "purpose": purpose, "source": SOURCE}
    if is_on:
        version = int(wording) if wording.isascii() and wording.isdecimal() and len(wording) <= 4 else 0
        give_consent(**who, wording=version, proof=Proof.SESSION, by=person, at=at)  # type: ignore[arg-type]
    else:
        withdraw_consent(**who, proof=Proof.SESSION, by=person, at=at)  # type: ignore[arg-type]
