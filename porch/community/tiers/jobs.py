from django.db import transaction
from django_tasks import task

from porch.community.membership.models import Member
from porch.community.tiers.days import State, state_of
from porch.community.tiers.lapsing import attend_renewals
from porch.community.tiers.models import MemberTier, TierCircle
from porch.community.tiers.opening import close_circles, open_circles, opened_by, take_turn
from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.days import day_of
from porch.kit.time import now


@task()
def look_after_tiers() -> None:
    """Write of renewals and close what has lapsed; not while it is doubtful which day it is."""
    if not clock_is_doubtful():
        attend_renewals(at=now())


@task()
def open_to_holders(tier_id: int, circle_id: int) -> None:
    """Open a circle to everyone whose tier opens it from now on."""
    at = now()
    for pk in holders(tier_id):
        with transaction.atomic():
            take_turn([tier_id])
            held = MemberTier.objects.standing().select_related("member__person").filter(pk=pk).first()
            circles = [each for each in opened_by(tier_id) if each.pk == circle_id]
            if held and state_of(held.renews_on, held.lapses_on, day_of(at)) is not State.LAPSED:
                open_circles(held.member, circles, at=at)


@task()
def close_to_holders(tier_id: int, circle_id: int) -> None:
    """Close a circle to everyone who was in it by a tier that no longer opens it."""
    at = now()
    for pk in holders(tier_id):
        with transaction.atomic():
            take_turn([tier_id])
            # Whoever was erased since has no row any more, and is in no circle.
            member = Member.objects.filter(pk__in=MemberTier.objects.filter(pk=pk).values("member")).first()
            if member and not TierCircle.objects.filter(tier=tier_id, circle=circle_id).exists():
                close_circles(member, [circle_id], at=at)


def holders(tier_id: int) -> list[int]:
    """List the tiers of those who have this one."""
    return list(
        MemberTier.objects.standing().filter(tier=tier_id).order_by("pk").values_list("pk", flat=True)
    )
