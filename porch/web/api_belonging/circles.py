"""Making and changing circles, and coming and going by oneself."""

from dataclasses import replace

from porch.community.circles.actions import change_circle, leave_circle, make_circle
from porch.community.circles.models import Circle
from porch.community.circles.terms import CircleTerms, terms_of
from porch.community.joining.models import Way
from porch.community.knocking.actions import knock
from porch.community.roles.rights import MANAGE_CIRCLES
from porch.kit.refusals import NotFound
from porch.web.api import circles, reads
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api.shapes import CircleOut
from porch.web.api_belonging.scopes import CIRCLES_WRITE
from porch.web.api_belonging.shapes import CircleChange, CircleIn, KnockOut

router = circles.router


@router.post(
    "/circles",
    auth=Needs(CIRCLES_WRITE, Whom.MEMBER, MANAGE_CIRCLES),
    response=CircleOut,
    summary="Make a circle",
    url_name="api-circles",
)
def make_circle_here(request: ApiRequest, body: CircleIn) -> dict[str, object]:
    """Make a circle, and come into it, unless ``comes_in`` says otherwise."""
    terms = CircleTerms(**body.dict(exclude={"comes_in"}))
    by, at = request.auth.someone, request.auth.at
    circle = make_circle(terms=terms, comes_in=body.comes_in, by=by, at=at)
    return as_it_is(circle)


@router.patch(
    "/circles/{int:circle}",
    auth=Needs(CIRCLES_WRITE, Whom.MEMBER, somewhere=MANAGE_CIRCLES),
    response=CircleOut,
    summary="Change a circle",
    url_name="api-circle",
)
def change_this_circle(request: ApiRequest, circle: int, body: CircleChange) -> dict[str, object]:
    """Change what a circle is and how one comes in. What is not sent stays; whoever is in it stays too."""
    found = find(request, circle)
    terms = replace(terms_of(found), **body.dict(exclude_unset=True))
    return as_it_is(change_circle(circle=found, terms=terms, by=request.auth.someone, at=request.auth.at))


@router.post(
    "/circles/{int:circle}/members",
    auth=Needs(CIRCLES_WRITE, Whom.MEMBER),
    response=KnockOut,
    summary="Join a circle",
    url_name="api-circle-members",
)
def join_circle(request: ApiRequest, circle: int) -> dict[str, object]:
    """Come into a circle myself, or learn what I wait for. What a circle asks of me is answered on its page."""
    found = knock(person=request.auth.someone, circle=find(request, circle), way=Way.OPEN, at=request.auth.at)
    return {"outcome": str(found.outcome), "request_id": found.request.pk if found.request else None}


@router.delete(
    "/circles/{int:circle}/members/me",
    auth=Needs(CIRCLES_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Leave a circle",
    url_name="api-circle-mine",
)
def leave_this_circle(request: ApiRequest, circle: int) -> None:
    """Leave a circle, and lay down the roles in it. The community itself is left on a page."""
    if not leave_circle(circle=find(request, circle), by=request.auth.someone, at=request.auth.at):
        raise NotFound


def find(request: ApiRequest, number: int) -> Circle:
    """Find a circle of which whoever asks may know, by a right in it too. Raises ``NotFound``."""
    found = reads.circles_known(request.auth.someone.pk).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def as_it_is(circle: Circle) -> dict[str, object]:
    """Say of a circle that was just written what it is now."""
    return circles.as_circle(reads.with_seats(Circle.objects.filter(pk=circle.pk)).get())
