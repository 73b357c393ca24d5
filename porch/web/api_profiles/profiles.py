"""What members are asked about themselves, and what they show."""

import re
from typing import Any

from django.http import HttpResponse
from ninja import Router

from porch.community.membership.models import Member
from porch.community.profiles.actions import AnswersDoNotFit, Given, fill_profile
from porch.community.profiles.hours import DAYS
from porch.community.profiles.models import Kind, ProfileField
from porch.community.profiles.reads import answers_of, live_fields
from porch.community.profiles.rights import SEE_FOR_STEWARDS
from porch.community.profiles.search import seen_by
from porch.community.roles.rules import may
from porch.kit.refusals import NotFound
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, DoesNotFit, Needs, Whom
from porch.web.api.scopes import ME_WRITE
from porch.web.api_profiles.scopes import PROFILES_READ
from porch.web.api_profiles.shapes import AnswerIn, FieldOut, ProfileIn, ProfileOut

TOLD = ("title", "purpose", "help", "kind", "visibility", "is_theirs_to_choose")
WINDOW = re.compile(rf"({'|'.join(DAYS)}) (\d\d:\d\d)-(\d\d:\d\d)")

router = Router(tags=["Profiles"])


@router.get(
    "/profile-fields",
    auth=Needs(PROFILES_READ, Whom.INSIDE),
    response=Part[FieldOut],
    summary="List what members are asked",
    url_name="api-profile-fields",
)
def list_fields(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What members are asked about themselves, each with what it is for."""
    return part_of(request, response, live_fields(), as_field, cursor=cursor, limit=limit)


@router.get(
    "/members/{int:member}/profile",
    auth=Needs(PROFILES_READ, Whom.MEMBER),
    response=ProfileOut,
    summary="Show a member's profile",
    url_name="api-member-profile",
)
def show_profile(request: ApiRequest, member: int) -> dict[str, object]:
    """What a member answered, as far as I may see it; of my own answers all."""
    found = Member.objects.present().select_related("person").filter(pk=member).first()
    if found is None:
        raise NotFound
    return as_profile(request, found)


@router.patch(
    "/me/profile",
    auth=Needs(ME_WRITE, Whom.MEMBER),
    response=ProfileOut,
    summary="Change my profile",
    url_name="api-my-profile",
)
def change_profile(request: ApiRequest, body: ProfileIn) -> dict[str, object]:
    """Answer what I was asked, and say who sees it. What is not sent stays; all of it fits, or nothing is kept."""
    kinds = dict(live_fields().values_list("pk", "kind"))
    refuse_unknown(body.answers, kinds)
    given = {
        each.field_id: Given(texts_of(kinds[each.field_id], each.value), each.visibility)
        for each in body.answers
    }
    try:
        member = fill_profile(given=given, by=request.auth.someone, at=request.auth.at)
    except AnswersDoNotFit as refused:
        raise DoesNotFit(
            [
                {"field": field_of(body.answers, number), "text": str(said)}
                for number, said in refused.problems.items()
            ]
        ) from refused
    return as_profile(request, member)


def refuse_unknown(answers: list[AnswerIn], kinds: dict[int, Any]) -> None:
    """Refuse an answer to what is not asked, and two to the same. Raises ``DoesNotFit``."""
    errors, seen = [], set()
    for n, each in enumerate(answers):
        if each.field_id not in kinds or each.field_id in seen:
            errors.append(
                {"field": f"body.answers.{n}.field_id", "text": "This is not asked, or stands twice."}
            )
        seen.add(each.field_id)
        if each.visibility not in ("", "nobody", "stewards", "members"):
            errors.append(
                {"field": f"body.answers.{n}.visibility", "text": "This is nobody, stewards or members."}
            )
    if errors:
        raise DoesNotFit(errors)


def field_of(answers: list[AnswerIn], number: int) -> str:
    """Give the way to the answer to a field."""
    return f"body.answers.{[each.field_id for each in answers].index(number)}.value"


def texts_of(kind: str, value: str) -> dict[str, str]:
    """Take an answer apart as the form of its kind has it."""
    if kind == Kind.DAY:
        month, _dash, day = value.strip().partition("-")
        return {"month": month, "day": day}
    if kind == Kind.HOURS and value.strip():
        zone, *windows = value.strip().split("; ")
        texts = {"zone": zone}
        for each in windows:
            found = WINDOW.fullmatch(each)
            # What cannot be read stands where a time would, and is refused there.
            day, start, end = found.groups() if found else (DAYS[0], each[:20], "")
            texts |= {f"{day}-from": start, f"{day}-to": end}
        return texts if windows else {"zone": zone, f"{DAYS[0]}-from": "?"}
    return {"": value}


def as_field(field: ProfileField) -> dict[str, object]:
    """Say of a field what is asked in it."""
    return {name: getattr(field, name) for name in TOLD} | {"id": field.pk, "choices": field.options}


def as_profile(request: ApiRequest, member: Member) -> dict[str, object]:
    """Say of a member what whoever asks may see."""
    is_own = member.person_id == request.auth.person_id
    seen = None if is_own else seen_by(for_stewards=may(request.auth.person_id, SEE_FOR_STEWARDS))
    answers = [
        {
            "field_id": each.field.pk,
            "title": each.field.title,
            "kind": each.field.kind,
            "value": each.value,
            "visibility": each.visibility,
        }
        for each in answers_of(member.pk, seen)
    ]
    return {"member_id": member.pk, "name": member.person.name, "answers": answers}
