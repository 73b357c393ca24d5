"""Exact figures of the community."""

from datetime import UTC

from django.db.models import Count
from django.db.models.functions import TruncMonth
from ninja import Router

from porch.community.membership.models import Member
from porch.community.membership.reads import count_members
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
    circles = reads.circles(request.auth.person_id).order_by("pk").values_list("pk", "name", "seats")
    months = Member.objects.present().annotate(month=TruncMonth("joined_at", tzinfo=UTC)).values("month")
    joined = months.annotate(n=Count("pk")).order_by("month").values_list("month", "n")
    return {
        "members": count_members(),
        "circles": [{"circle_id": pk, "name": name, "members": n} for pk, name, n in circles],
        "months": [{"month": f"{month:%Y-%m}", "members": n} for month, n in joined],
    }
