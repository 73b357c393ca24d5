"""The person whose token asks."""

from django.utils.translation import gettext as _
from ninja import Router

from porch.community.membership.models import Member
from porch.community.roles.reads import rights_of
from porch.kit.time import now
from porch.people.account.actions import change_name
from porch.people.erasure.reads import held
from porch.people.identity.models import Person
from porch.people.sign_in import limits
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api.scopes import ME_READ, ME_WRITE
from porch.web.api.shapes import HoldingOut, MeIn, MeOut, RightOut

router = Router(tags=["Me"])


@router.get(
    "/me", auth=Needs(ME_READ, Whom.PERSON), response=MeOut, summary="Show who I am", url_name="api-me"
)
def show_me(request: ApiRequest) -> dict[str, object]:
    """The person behind the token, and whether they belong to the community."""
    return as_me(request.auth.someone)


@router.patch(
    "/me", auth=Needs(ME_WRITE, Whom.PERSON), response=MeOut, summary="Change my name", url_name="api-me"
)
def rename_me(request: ApiRequest, body: MeIn) -> dict[str, object]:
    """Change the name under which others see me. A letter tells me of it."""
    caller, at = request.auth, now()
    limits.count(limits.CHANGES, str(caller.person_id), at=at)
    by = _("the API token %(name)s") % {"name": caller.token.name}
    person = change_name(person=caller.someone, name=body.name, browser=by, at=at)
    return as_me(person, is_operator=caller.token.is_operator)


@router.get(
    "/me/rights",
    auth=Needs(ME_READ, Whom.PERSON),
    response=list[RightOut],
    summary="List my rights",
    url_name="api-my-rights",
)
def list_my_rights(request: ApiRequest) -> list[dict[str, object]]:
    """Every right that I have here, and the role it comes from."""
    return [
        {
            "right": row.right,
            "role_id": row.role_id,
            "role": row.role__name,
            "circle_id": row.role__circle_id,
            "everywhere": row.role__circle__is_whole,
        }
        for row in rights_of(request.auth.person_id)
    ]


@router.get(
    "/me/holdings",
    auth=Needs(ME_READ, Whom.PERSON, is_costly=True),
    response=list[HoldingOut],
    summary="List what is kept about me",
    url_name="api-my-holdings",
)
def list_my_holdings(request: ApiRequest) -> list[dict[str, object]]:
    """Each table that knows me, what it is for, and how many rows there are. It looks into all of them: 60 a minute."""
    found = [(each, each.rows.count()) for each in held(request.auth.someone)]
    return [{"table": each.table, "purpose": each.purpose, "rows": n} for each, n in found if n]


def as_me(person: Person, *, is_operator: bool | None = None) -> dict[str, object]:
    """Say of a person what they are shown of themselves."""
    member = Member.objects.present().filter(person=person).values("id", "joined_at").first()
    return {
        "id": person.pk,
        "name": person.name,
        "email": person.email,
        "created_at": person.created_at,
        "is_operator": person.is_operator if is_operator is None else is_operator,  # type: ignore[attr-defined]
        "membership": member and {"member_id": member["id"], "joined_at": member["joined_at"]},
    }
