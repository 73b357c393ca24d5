from django.http import HttpResponse
from django.shortcuts import render

from porch.community.membership.reads import MEMBER, MEMBERSHIP
from porch.community.membership.rules import members
from porch.community.newcomers.models import Greeter
from porch.community.newcomers.rights import WELCOME_NEWCOMERS
from porch.community.profiles.models import Visibility
from porch.community.profiles.reads import answers_of, circles_in_common
from porch.community.profiles.rights import SEE_FOR_STEWARDS
from porch.community.profiles.search import seen_by
from porch.community.roles.reads import rights_of
from porch.community.roles.rules import covers
from porch.kit.refusals import NotFound
from porch.people.doors import SignedInRequest
from porch.web.inside.member_links import MEMBER_LINKS

# The largest number that a row can have is one less.
MOST = 2**63
VIEWS = ("member", "steward")


@members
def show_member(request: SignedInRequest, member: int) -> HttpResponse:
    """A member, with what whoever asks may see of them; of oneself everything, or what others see."""
    row = MEMBER.first(pk=member) if member < MOST else None
    own = MEMBERSHIP.first(person=request.user.pk)
    if row is None or own is None:
        raise NotFound
    rights = rights_of(request.user.pk)
    is_me = own.id == row.id
    seen_as = request.GET.get("as", "") if is_me and request.GET.get("as") in VIEWS else ""
    seen = seen_by(for_stewards=seen_as == "steward" if seen_as else covers(rights, SEE_FOR_STEWARDS))
    is_greeter = Greeter.objects.filter(member=row.id).exists()
    may_name = covers(rights, WELCOME_NEWCOMERS) and not seen_as
    shown = {
        "member": row,
        "is_me": is_me,
        "seen_as": seen_as,
        "answers": answers_of(row.id, None if is_me and not seen_as else seen),
        "visible": dict(Visibility.choices),
        "circles": [] if is_me else circles_in_common(own.id, row.id),
        "links": [each for each in MEMBER_LINKS if covers(rights, each.right) and not is_me],
        "is_greeter": is_greeter,
        "may_name": may_name,
    }
    return render(request, "inside/members/member.html", shown)
