from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.membership.models import Member
from porch.community.membership.rules import members
from porch.community.memory.actions import choose_memory
from porch.community.memory.reads import is_remembered
from porch.community.profiles.actions import AnswersDoNotFit, Given, fill_profile, remove_answer
from porch.community.profiles.forms import given_in, inputs, zone_choices
from porch.community.profiles.models import ProfileAnswer, ProfileField, Visibility
from porch.community.profiles.reads import live_fields, retired_answers
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

SAVED, REMOVED = "profile-saved", "answer-removed"


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit_profile(request: SignedInRequest) -> HttpResponseBase:
    """Show members their own answers, and take them anew. What does not fit is told beside its field."""
    fields = list(live_fields())
    given: dict[int, Given] = {}
    problems: dict[int, Refusal] = {}
    if request.method == "POST":
        at = now()
        given = given_in(request.POST, fields)
        try:
            fill_profile(given=given, by=request.user, at=at)
            choose_memory(is_wanted=request.POST.get("remembered") == "yes", by=request.user, at=at)
            return go_and_tell("profile", word=SAVED)
        except AnswersDoNotFit as refusal:
            problems = dict(refusal.problems)
    shown = page(request, fields, given, problems)
    return forget_told(
        request, render(request, "community/profiles/profile.html", shown, status=422 if problems else 200)
    )


def page(
    request: SignedInRequest,
    fields: list[ProfileField],
    given: dict[int, Given],
    problems: dict[int, Refusal],
) -> dict[str, object]:
    """Gather what the page shows."""
    answers = {each.field_id: each for each in ProfileAnswer.objects.filter(member__person=request.user)}
    return {
        "inputs": inputs(fields, answers, given, problems),
        "problems": [(f"f{pk}", str(refusal)) for pk, refusal in problems.items()],
        "visibilities": Visibility.choices,
        "visible": dict(Visibility.choices),
        "zones": zone_choices(),
        "retired": retired_answers(request.user.pk),
        "is_remembered": is_remembered(request.user.pk),
        "member_id": Member.objects.present()
        .filter(person=request.user)
        .values_list("pk", flat=True)
        .first(),
        "told": told(request),
    }


@members
@require_POST
def delete_answer(request: SignedInRequest, field: int) -> HttpResponseBase:
    """Remove one of one's own answers."""
    remove_answer(field_id=field, by=request.user)
    return go_and_tell("profile", word=REMOVED)
