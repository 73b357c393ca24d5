"""Exact figures of the community."""

from ninja import Router

from porch.community.lists.reads import cohorts, count_all, members_per_circle
from porch.community.membership.models import Member
from porch.web.api import reads
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api.scopes import FIGURES_READ
from porch.web.api.shapes import MemberFigures

router = Router(tags=["Figures"])


@router.get(
    "/figures/members",
    auth=Needs(FIGURES_READ, Whom.INSIDE),
    response=MemberFigures,
    summary="Count the members",
    url_name="api-member-figures",
)
def count_the_members(request: ApiRequest) -> dict[str, object]:
    """How many belong now: in all, in each circle that whoever asks may know of, and by the month they joined in."""
    whole = count_all(Member.objects.belonging())
    circles = members_per_circle(reads.circles(request.auth.person_id).order_by("pk"))
    return {
        "members": whole.members,
        "away": whole.away,
        "circles": [
            {"circle_id": each.pk, "name": each.name, "members": n.members, "away": n.away}
            for each, n in circles
        ],
        "months": [
            {"month": f"{each.month:%Y-%m}", "members": each.present}
            for each in reversed(cohorts())
            if each.present
        ],
    }
