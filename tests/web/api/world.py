"""What there is for operations to be asked about: one of each, made the first time that it is needed."""

from collections.abc import Collection
from datetime import timedelta

from porch.community.away.actions import suspend_member
from porch.community.circles.models import Circle, CircleMember, WayIn
from porch.community.invites.actions import make_link
from porch.community.invites.models import Invite
from porch.community.membership.models import Member
from porch.community.notes.models import MemberNote
from porch.community.payments.actions import Received, record_payment
from porch.community.profiles.models import Kind, ProfileAnswer, ProfileField
from porch.community.removal.actions import remove_member
from porch.community.removal.models import Removal
from porch.community.requests.actions import ask_to_join
from porch.community.requests.models import JoinRequest
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role, RoleHolder
from porch.community.tiers.actions import TierTerms, make_tier
from porch.community.tiers.holding import set_tier
from porch.community.tiers.models import Tier, TierCircle
from porch.community.vouching.actions import vouch
from porch.kit.days import day_of
from porch.kit.time import now
from porch.people.identity.models import Person
from tests.village import NOON, add_person


def build_world() -> None:
    """Make what the operations are about; ada does it, and who comes is neither she nor ben."""
    ada, ben = Person.objects.get(operator__isnull=False), Person.objects.get(email="ben@example.org")
    Circle.objects.filter(is_whole=True).update(way_in=WayIn.REQUEST, vouches=3)
    for n, slug in enumerate(("club", "mine")):
        circle = Circle.objects.create(slug=slug, name=slug.title(), way_in=WayIn.OPEN, made_at=NOON)
        for person in (ada, ben) if n else ():
            member = Member.objects.get(person=person)
            CircleMember.objects.create(circle=circle, member=member, joined_at=NOON)
    add_rows(ada, [ada, ben], "")
    tier = make_tier(terms=gold("Gold"), by=ada, at=NOON)
    TierCircle.objects.create(tier=tier, circle=Circle.objects.get(slug="club"))
    role = Role.objects.create(circle=Circle.objects.get(is_whole=True), name="Host", made_at=NOON)
    Role.objects.create(circle=role.circle, name="Guest", made_at=NOON)
    RoleHolder.objects.create(role=role, member=who("fay"), given_at=NOON)
    pay(tier, ada, n=0)


def add_rows(ada: Person, vouchers: list[Person], n: str) -> None:
    """Make one more of everything that is listed."""
    at, whole = now(), Circle.objects.get(is_whole=True)
    for name in ("fay", "gus", "hal"):
        admit_founder(person=add_person(f"{name}{n}"), at=NOON)
    make_link(circle=whole, by=ada, uses=2, days=7, note="", at=at)
    for name in ("eve", "ivy"):
        wish = ask_to_join(person=add_person(f"{name}{n}"), circle=whole, answers={}, at=at)
    for each in vouchers:
        vouch(request_id=wish.pk, by=each, at=at)
    until, said = at + timedelta(days=30), {"reason": "Noise", "by": ada, "at": at}
    suspend_member(member=who(f"gus{n}"), until=until, **said)  # type: ignore[arg-type]
    told = {"message": "Too loud.", "appeal_to": "ada@example.org", "expires_at": None}
    remove_member(member=who(f"hal{n}"), **said, **told)  # type: ignore[arg-type]
    field = ProfileField.objects.create(title=f"Craft{n}", purpose="To learn", kind=Kind.LINE, made_at=NOON)
    ProfileAnswer.objects.create(
        member=who(f"fay{n}"), field=field, value="Baker", visibility="members", given_at=NOON
    )
    for person in vouchers[:1]:
        note = {"text": "Was kind.", "by": who(f"fay{n}"), "written_at": NOON}
        MemberNote.objects.create(member=Member.objects.get(person=person), **note)


def more(n: int) -> None:
    """Make one more of each row of a list."""
    ada = Person.objects.get(operator__isnull=False)
    add_rows(ada, [ada], str(n))
    pay(make_tier(terms=gold(f"Gold {n}"), by=ada, at=NOON), ada, n=n)


def pay(tier: Tier, ada: Person, *, n: int) -> None:
    """Give somebody a tier that renews soon, and let fay pay for hers."""
    at, name = now(), f"fay{n or ''}"
    day = day_of(at)
    set_tier(member=who(name), tier=tier, renews_on=day + timedelta(days=9), by=ada, at=at)
    received = Received(amount=2500, currency="USD", received_on=day, reference=f"R{n}")
    record_payment(member=who("fay"), received=received, by=ada, at=at)


def gold(name: str) -> TierTerms:
    return TierTerms(name=name, opens="", price=2500, currency="USD", period="year", grace_days=14)


def who(name: str) -> Member:
    """Give a member by the beginning of their address."""
    return Member.objects.select_related("person").get(person__email=f"{name}@example.org")


def filling(names: Collection[str] = ()) -> dict[str, str]:
    """Give what stands for each name in a path and in a body, whichever of them are asked for."""
    if not Circle.objects.filter(slug="club").exists():
        build_world()
    return {
        "member": str(Member.objects.earliest("pk").pk),
        "circle": str(Circle.objects.get(is_whole=True).pk),
        "club": str(Circle.objects.get(slug="club").pk),
        "mine": str(Circle.objects.get(slug="mine").pk),
        "fay": str(who("fay").pk),
        "gus": str(who("gus").pk),
        "invite": str(Invite.objects.earliest("pk").pk),
        "wish": str(JoinRequest.objects.get(person__email="eve@example.org").pk),
        "vouched": str(JoinRequest.objects.get(person__email="ivy@example.org").pk),
        "removal": str(Removal.objects.earliest("pk").pk),
        "host": str(Role.objects.get(name="Host", circle__is_whole=True).pk),
        "guest": str(Role.objects.get(name="Guest", circle__is_whole=True).pk),
        "tier": str(Tier.objects.get(name="Gold").pk),
        "field": str(ProfileField.objects.get(title="Craft").pk),
        "today": day_of(now()).isoformat(),
        "later": (now() + timedelta(days=30)).isoformat(),
    }
