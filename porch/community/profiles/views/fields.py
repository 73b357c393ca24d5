from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.profiles.defining import (
    KEPT,
    Asked,
    change_field,
    define_field,
    restore_field,
    retire_field,
)
from porch.community.profiles.forms import asked_in
from porch.community.profiles.models import Kind, ProfileField, Visibility
from porch.community.profiles.reads import live_fields
from porch.community.profiles.rights import DEFINE_FIELDS
from porch.community.roles.rules import having
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

SAVED, RETIRED, RESTORED = "field-saved", "field-retired", "field-restored"


@having(DEFINE_FIELDS)
def show_fields(request: SignedInRequest) -> HttpResponseBase:
    """What members are asked about themselves, and what they were asked until lately."""
    retired = ProfileField.objects.filter(retired_at__gt=now() - KEPT).order_by("-retired_at", "-pk")
    shown = {
        "fields": live_fields(),
        "retired": [(each, each.retired_at + KEPT) for each in retired if each.retired_at],
        "kinds": dict(Kind.choices),
        "visible": dict(Visibility.choices),
        "told": told(request),
    }
    return forget_told(request, render(request, "community/profiles/fields.html", shown))


@having(DEFINE_FIELDS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_field(request: SignedInRequest) -> HttpResponseBase:
    """Ask members something more."""
    asked, refusal = Asked(title="", purpose="", kind=Kind.LINE), None
    if request.method == "POST":
        asked = asked_in(request.POST)
        try:
            define_field(asked=asked, by=request.user, at=now())
            return go_and_tell("profile-fields", word=SAVED)
        except Refusal as refused:
            refusal = refused
    return show_form(request, asked, None, refusal)


@having(DEFINE_FIELDS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_field(request: SignedInRequest, field: int) -> HttpResponseBase:
    """Change what members are asked."""
    found = live_fields().filter(pk=field).first()
    if found is None:
        raise NotFound
    asked, refusal = asked_of(found), None
    if request.method == "POST":
        asked = asked_in(request.POST)
        try:
            change_field(field_id=field, asked=asked, by=request.user, at=now())
            return go_and_tell("profile-fields", word=SAVED)
        except Refusal as refused:
            refusal = refused
    return show_form(request, asked, found, refusal)


@having(DEFINE_FIELDS)
@require_POST
def change_retirement(request: SignedInRequest, field: int) -> HttpResponseBase:
    """Stop asking something, or ask it again."""
    if request.POST.get("is") == "yes":
        retire_field(field_id=field, by=request.user, at=now())
        return go_and_tell("profile-fields", word=RETIRED)
    restore_field(field_id=field, by=request.user, at=now())
    return go_and_tell("profile-fields", word=RESTORED)


def show_form(
    request: SignedInRequest, asked: Asked, field: ProfileField | None, refusal: Refusal | None
) -> HttpResponseBase:
    """Show the form, with what was wrong."""
    shown = {
        "asked": asked,
        "field": field,
        "refusal": refusal,
        "kinds": Kind.choices,
        "visibilities": Visibility.choices,
    }
    return render(request, "community/profiles/field.html", shown, status=refusal.status if refusal else 200)


def asked_of(field: ProfileField) -> Asked:
    """Write a field as its form has it."""
    return Asked(
        title=field.title,
        purpose=field.purpose,
        help=field.help,
        kind=field.kind,
        choices=field.choices,
        position=field.position,
        visibility=field.visibility,
        is_theirs_to_choose=field.is_theirs_to_choose,
    )
