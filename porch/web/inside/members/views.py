from django.http import HttpResponse
from django.shortcuts import render

from porch.community.circles.reads import circles_seen_by
from porch.community.lists.one import belonging_of
from porch.community.lists.rights import SEE_MEMBERS
from porch.community.membership.models import is_here
from porch.community.membership.reads import MEMBER, MEMBERSHIP, MemberRow, member_away
from porch.community.membership.rules import members
from porch.community.newcomers.models import Greeter
from porch.community.newcomers.rights import WELCOME_NEWCOMERS
from porch.community.profiles.models import Visibility
from porch.community.profiles.reads import answers_of, circles_in_common
from porch.community.profiles.rights import SEE_FOR_STEWARDS
from porch.community.profiles.search import seen_by
from porch.community.roles.reads import RightRow
from porch.community.roles.rights import MANAGE_ROLES
from porch.community.roles.rules import covers, covers_somewhere, rights_here
from porch.community.tiers.reads import state_on
from porch.conversation.blocks.rules import may_not_be_blocked
from porch.kit.days import day_of
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.doors import SignedInRequest
from porch.web.inside.member_links import MEMBER_LINKS, MemberLink

# The largest number that a row can have is one less.
MOST = 2**63
VIEWS = ("member", "steward")


@members
def show_member(request: SignedInRequest, member: int) -> HttpResponse:
    """A member, with what whoever asks may see of them; of oneself everything, or what others see.

    Whoever is away is there for those alone who may see the list of all members.
    """
    rights = rights_here(request)
    sees_all = covers(rights, SEE_MEMBERS)
    row = find_member(member, sees_all=sees_all)
    own = MEMBERSHIP.first(person=request.user.pk)
    if row is None or own is None:
        raise NotFound
    is_me = own.id == row.id
    seen_as = request.GET.get("as", "") if is_me and request.GET.get("as") in VIEWS else ""
    seen = seen_by(for_stewards=seen_as == "steward" if seen_as else covers(rights, SEE_FOR_STEWARDS))
    belonging = None
    if sees_all and not seen_as:
        belonging = belonging_of(row.id, circles_seen_by(request.user.pk, rights))
    is_away = belonging is not None and not is_here(belonging.member)
    shown = {
        "member": row,
        "is_me": is_me,
        "seen_as": seen_as,
        "answers": answers_of(row.id, None if is_me and not seen_as else seen),
        "visible": dict(Visibility.choices),
        "circles": [] if is_me or belonging else circles_in_common(own.id, row.id),
        "belonging": belonging,
        "tier_state": state_on(belonging.tier, day_of(now())) if belonging and belonging.tier else None,
        "links": [] if is_me else links_for(rights, is_away=is_away),
        "may_give": bool(belonging) and covers_somewhere(rights, MANAGE_ROLES),
        "stays": not is_me and may_not_be_blocked(row.id),
        "is_greeter": Greeter.objects.filter(member=row.id).exists(),
        "may_name": covers(rights, WELCOME_NEWCOMERS) and not seen_as and not is_away,
    }
    return render(request, "inside/members/member.html", shown)


def find_member(number: int, *, sees_all: bool) -> MemberRow | None:
    """Find a member who is here; for those who see all of them, one who is away too."""
    if number >= MOST:
        return None
    return MEMBER.first(pk=number) or (member_away(number) if sees_all else None)


def links_for(rights: list[RightRow], *, is_away: bool) -> list[MemberLink]:
    """Give what whoever asks may do about a member, as far as it is done to somebody who is away."""
    return [each for each in MEMBER_LINKS if covers(rights, each.right) and not (is_away and each.only_here)]
